"""Makes the packages of `tests/it/anki/packages` with the real Anki, and writes what Anki says of their cards beside them.

    python3 make.py FOLDER

`anki` 26.9.3 of PyPI must be installed. `CARDS` is the number of cards with a log. Anki makes up the guids of the notes; all else is the same
each time.
"""

import json
import os
import random
import sys
import tempfile

os.environ["TZ"] = "UTC"
from anki.collection import Collection, ExportAnkiPackageOptions, ExportLimit, DeckIdLimit  # noqa: E402
from anki import import_export_pb2  # noqa: E402

DAY = 86_400
NOW_DAYS = 400
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001"
    "e221bc330000000049454e44ae426082"
)


def note(col, kind, fields, deck, tags=""):
    model = col.models.by_name(kind)
    made = col.new_note(model)
    for place, value in enumerate(fields):
        made.fields[place] = value
    made.tags = tags.split()
    col.add_note(made, col.decks.id(deck))
    return made


def add_kind(col, name, fields, templates, kind=0):
    model = col.models.new(name)
    for field in fields:
        col.models.add_field(model, col.models.new_field(field))
    for place, (front, back) in enumerate(templates):
        template = col.models.new_template(f"Card {place + 1}")
        template["qfmt"], template["afmt"] = front, back
        col.models.add_template(model, template)
    model["type"] = kind
    col.models.add(model)


ALL_IN_ONE = [
    "Question", "Title", "QType (0=kprim,1=mc,2=sc)", "Q_1", "Q_2", "Q_3", "Q_4", "Q_5", "Answers", "Sources", "Extra 1",
]
ECO = ["question", "optionA", "optionB", "optionC", "optionD", "optionE", "optionF", "answer", "note"]


def fill(col):
    with open(os.path.join(col.media.dir(), "dot.png"), "wb") as file:
        file.write(PIXEL)
    add_kind(col, "AllInOne (kprim, mc, sc)", ALL_IN_ONE, [("{{Question}}<script>1</script>", "{{Answers}}")])
    add_kind(col, "anki-eco", ECO, [("{{question}}", "{{FrontSide}}{{answer}}")])
    add_kind(
        col, "Vocabulary", ["Word", "Meaning", "Example"],
        [("{{Word}}{{#Example}}<br>{{Example}}{{/Example}}", "{{FrontSide}}<hr id=answer>{{Meaning}}"),
         ("{{#Example}}{{Meaning}}{{/Example}}", "{{FrontSide}}<hr id=answer>{{text:Word}}")],
    )
    note(col, "Basic", ["capital of Peru", "Lima"], "Geo", "south a")
    note(col, "Basic", ["<img src=\"dot.png\"> what?", "a <b>dot</b> &amp; more"], "Geo")
    note(col, "Basic", ["missing <img src=\"none.png\">", "x"], "Geo")
    note(col, "Basic (and reversed card)", ["gato", "cat"], "Lang::Spanish")
    note(col, "Basic (optional reversed card)", ["perro", "dog", "y"], "Lang::Spanish")
    note(col, "Basic (optional reversed card)", ["pez", "fish", ""], "Lang::Spanish")
    note(col, "Basic (type in the answer)", ["2 + 2", "4"], "Lang")
    note(col, "Cloze", ["{{c1::Rome}} is in {{c2::Italy::land}}; {{c3::a {{c4::b}}}}", "extra"], "Geo")
    note(col, "Vocabulary", ["Haus", "house", "Das Haus"], "Lang::German")
    note(col, "Vocabulary", ["Hund", "dog", ""], "Lang::German")
    note(col, "AllInOne (kprim, mc, sc)",
         ["Largest?", "", "2", "Mars", "Jupiter", "Venus", "", "", "0 1 0", "a book", "Because."], "Sky")
    note(col, "AllInOne (kprim, mc, sc)",
         ["Planets?", "", "1", "Mars", "Sun", "Venus", "Moon", "", "1 0 1 0", "", ""], "Sky")
    note(col, "anki-eco", ["Primes?", "2", "4", "5", "", "", "", "AC", "only these"], "Sky")
    io = col.models.by_name("Image Occlusion")
    if io:
        made = col.new_note(io)
        made.fields[0] = "{{c1::image-occlusion:rect:left=.1:top=.1:width=.2:height=.2}}<br>{{c2::image-occlusion:rect:left=.5:top=.1:width=.2:height=.2}}"
        made.fields[1] = "<img src=\"dot.png\">"
        made.fields[2] = "Bones"
        col.add_note(made, col.decks.id("Geo"))


def history(col, count, chance):
    """Cards with logs of every kind, then the state that Anki computes from them."""
    now = col.crt + NOW_DAYS * DAY
    used = set()
    entries = []
    for number in range(count):
        made = note(col, "Basic", [f"question {number}", f"answer {number}"], "Log" if number % 2 else "Log::Inner")
        card = made.cards()[0]
        at = (now - chance.randint(120, 350) * DAY) * 1000 + chance.randint(0, 80_000_000)
        interval = 0
        for step in range(chance.randint(1, 14)):
            while at in used:
                at += 1
            used.add(at)
            ease = chance.choice([1, 2, 3, 3, 3, 3, 4])
            kind = 0 if step < 2 else (1 if chance.random() < 0.9 else 2)
            if number % 9 == 4 and step == 5:
                entries.append((at, card.id, -1, 0, 0, interval, 0, 0, 4))
                at += 1000
                used.add(at)
                kind = 0
            elif number % 9 == 4 and step == 6:
                kind = 0
            factor = 0 if kind == 0 else 500
            if number % 7 == 3 and step == 4:
                kind, factor = 3, 0
            if number % 11 == 6 and step == 4:
                entries.append((at + 5, card.id, -1, 0, 30, interval, 700, 0, 4))
                entries.append((at + 6, card.id, -1, 0, 30, interval, 700, 0, 5))
                used.update((at + 5, at + 6))
                at += 7
                used.add(at)
            last, interval = interval, (-600 if kind == 0 and step == 0 else max(1, step * 3))
            entries.append((at, card.id, -1, ease, interval, last, factor, chance.randint(800, 70_000), kind))
            at += chance.choice([90_000, 600_000, DAY * 1000, 3 * DAY * 1000, 9 * DAY * 1000, 20 * DAY * 1000])
            if at // 1000 > now - DAY:
                break
        card.type, card.queue, card.ivl, card.reps, card.factor = 2, 2, max(1, interval), 3, 2500
        card.due = (entries[-1][0] // 1000 - col.crt) // DAY + max(1, interval) + (2 if number % 5 == 0 else 0)
        if number % 10 == 1:
            card.queue = -1
        if number % 10 == 2:
            card.flags = 1 + number % 7
        col.update_card(card)
    col.db.executemany("insert into revlog values (?,?,?,?,?,?,?,?,?)", entries)


def expected(col):
    cards = {}
    for cid in col.db.list("select id from cards order by id"):
        card = col.get_card(cid)
        made = card.note()
        state = col.compute_memory_state(cid)
        answers = col.db.list(
            "select id from revlog where cid = ? and ease between 1 and 4 and not (type = 3 and factor = 0) order by id", cid)
        cards[f"{made.guid}/{card.ord}"] = {
            "deck": col.decks.name(card.odid or card.did),
            "type": card.type,
            "queue": card.queue,
            "due": card.due,
            "flag": card.flags & 7,
            "front": made.fields[0],
            "stability": state.stability or None,
            "difficulty": state.difficulty or None,
            "answers": answers,
        }
    return {"created": col.crt, "notes": col.note_count(), "cards": cards}


def main(folder):
    os.makedirs(folder, exist_ok=True)
    chance = random.Random(19)
    with tempfile.TemporaryDirectory() as work:
        col = Collection(os.path.join(work, "collection.anki2"))
        col.db.execute("update col set crt = ?", 1_735_704_000 + 0)
        col.close()
        col = Collection(os.path.join(work, "collection.anki2"))
        col.set_config("fsrs", True)
        preset = col.decks.config_dict_for_deck_id(1)
        preset["fsrsParams6"] = [
            0.25, 1.3, 2.5, 8.5, 6.4, 0.8, 3.0, 0.01, 1.9, 0.2, 0.8, 1.5, 0.06, 0.27, 1.6, 0.6, 1.9, 0.5, 0.09, 0.07, 0.15]
        preset["desiredRetention"] = 0.87
        preset["new"]["perDay"] = 33
        col.decks.update_config(preset)
        fill(col)
        history(col, int(os.environ.get("CARDS", "60")), chance)
        with open(os.path.join(folder, "expected.json"), "w", encoding="utf-8") as file:
            json.dump(expected(col), file, indent=1, ensure_ascii=False, sort_keys=True)
        for name, legacy in [("new.apkg", False), ("old.apkg", True)]:
            options = ExportAnkiPackageOptions(
                with_scheduling=True, with_deck_configs=True, with_media=True, legacy=legacy)
            col.export_anki_package(out_path=os.path.join(folder, name), options=options, limit=None)
        col.export_collection_package(os.path.join(folder, "all.colpkg"), include_media=True, legacy=False)


main(sys.argv[1])
