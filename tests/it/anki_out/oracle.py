"""What the real Anki makes of packages, and a second reader of their databases.

    python3 oracle.py look PACKAGE      imports it twice, checks the collection, and says what Anki has then
    python3 oracle.py rework PACKAGE FOLDER
                                        imports it, writes every note again as the editor would, and exports packages of all generations
    python3 oracle.py text FILE         imports notes in plain text twice, and says what Anki has then
    python3 oracle.py as_text PACKAGE FILE   imports a package, and writes the notes in plain text
    python3 oracle.py second DATABASE   reads the unpacked database of a package with fastanki

`anki` 26.9.3 of PyPI must be installed, for `second` also `fastanki` 0.0.6. Prints a line of JSON.
"""

import json
import os
import re
import sys
import tempfile

os.environ["TZ"] = "UTC"


def opened(work):
    from anki.collection import Collection

    col = Collection(os.path.join(work, "collection.anki2"))
    col.set_config("fsrs", True)
    return col


def bring(col, path):
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    col.import_anki_package(ImportAnkiPackageRequest(package_path=os.path.abspath(path), options=options))


def counts(col):
    return [col.note_count(), col.card_count(), col.db.scalar("select count(*) from revlog")]


def everything(col):
    problems, sound = col.fix_integrity()
    # The study day of today, in days since 1970.
    day = (col.sched.day_cutoff - 86_400) // 86_400
    cards = {}
    for cid in col.db.list("select id from cards order by id"):
        card = col.get_card(cid)
        note = card.note()
        state = card.memory_state
        cards[f"{note.guid}/{card.ord}"] = {
            "deck": col.decks.name(card.did), "type": card.type, "queue": card.queue, "interval": card.ivl,
            "due": day + card.due - col.sched.today if card.type == 2 else card.due,
            "reps": card.reps, "lapses": card.lapses, "flag": card.flags & 7, "tags": sorted(note.tags),
            "kind": note.note_type()["name"], "retention": card.desired_retention,
            "stability": state.stability if state else None, "difficulty": state.difficulty if state else None,
            "front": card.question(), "back": card.answer(), "fields": note.fields,
            "log": col.db.all(
                "select id, ease, ivl, lastIvl, factor, time, type from revlog where cid = ? order by id", cid),
        }
    return {
        "problems": problems, "sound": sound, "cards": cards,
        "presets": sorted(config["name"] for config in col.decks.all_config()),
        "media": sorted(os.listdir(col.media.dir())),
    }


def look(path):
    with tempfile.TemporaryDirectory() as work:
        col = opened(work)
        counted = []
        for _ in range(2):
            bring(col, path)
            counted.append(counts(col))
        found = {"counts": counted, **everything(col)}
        col.close()
        return found


def rework(path, folder):
    from anki.collection import ExportAnkiPackageOptions

    with tempfile.TemporaryDirectory() as work:
        col = opened(work)
        bring(col, path)
        for nid in col.db.list("select id from notes order by id"):
            note = col.get_note(nid)
            for place, name in enumerate(note.keys()):
                if name != "retain":
                    html = re.sub(r" ?/>", ">", note.fields[place])
                    note.fields[place] = html.replace("&rarr;", "→").replace("&plusmn;", "±").replace("\n", " ")
            note.add_tag("seen")
            col.update_note(note)
            note.remove_tag("seen")
            col.update_note(note)
        for name, legacy in [("new.apkg", False), ("old.apkg", True)]:
            options = ExportAnkiPackageOptions(
                with_scheduling=True, with_deck_configs=True, with_media=True, legacy=legacy)
            col.export_anki_package(out_path=os.path.join(folder, name), options=options, limit=None)
        found = {"counts": [counts(col)], **everything(col)}
        col.export_collection_package(os.path.join(folder, "all.colpkg"), include_media=True, legacy=False)
        return found


def text(path):
    from anki.import_export_pb2 import ImportCsvRequest

    with tempfile.TemporaryDirectory() as work:
        col = opened(work)
        counted = []
        for _ in range(2):
            metadata = col.get_csv_metadata(os.path.abspath(path), None)
            col.import_csv(ImportCsvRequest(path=os.path.abspath(path), metadata=metadata))
            counted.append(counts(col))
        found = {"counts": counted, **everything(col)}
        col.close()
        return found


def as_text(package, path):
    with tempfile.TemporaryDirectory() as work:
        col = opened(work)
        bring(col, package)
        col.export_note_csv(
            out_path=path, limit=None, with_html=True, with_tags=True, with_deck=True, with_notetype=True, with_guid=True)
        col.close()
        return {}


def second(path):
    from fastanki.collection import Collection

    with Collection(path) as col:
        notes = col.q("select guid, flds, tags, name from notes join notetypes on notetypes.id = mid")
        return {
            "notes": {guid: [kind, tags.split(), fields.split("\x1f")] for guid, fields, tags, kind in notes},
            "found": len(col.find_notes()), "due": len(col.find_cards(is_due=True)), "cards": len(col.find_cards()),
            "kinds": {name: col.nt(name).flds for name in col.notetypes()},
        }


print(json.dumps({"look": look, "rework": rework, "text": text, "as_text": as_text, "second": second}[sys.argv[1]](*sys.argv[2:])))
