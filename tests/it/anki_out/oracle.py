"""Imports packages with the real Anki, twice each, and says what Anki has then.

    python3 oracle.py PACKAGE…

`anki` 26.9.3 of PyPI must be installed. Prints a line of JSON for each package.
"""

import json
import os
import sys
import tempfile

os.environ["TZ"] = "UTC"
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest  # noqa: E402

for path in sys.argv[1:]:
    with tempfile.TemporaryDirectory() as work:
        col = Collection(os.path.join(work, "collection.anki2"))
        col.set_config("fsrs", True)
        counts = []
        for _ in range(2):
            request = ImportAnkiPackageRequest(
                package_path=os.path.abspath(path),
                options=ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True))
            col.import_anki_package(request)
            counts.append([col.note_count(), col.card_count(), col.db.scalar("select count(*) from revlog")])
        problems, sound = col.fix_integrity()
        today = col.sched.today
        cards = {}
        for cid in col.db.list("select id from cards order by id"):
            card = col.get_card(cid)
            made = card.note()
            cards[f"{made.guid}/{card.ord}"] = {
                "deck": col.decks.name(card.did),
                "type": card.type, "queue": card.queue, "due": card.due - (today if card.type == 2 else 0),
                "reps": card.reps, "lapses": card.lapses, "flag": card.flags & 7, "tags": made.tags,
                "stability": card.memory_state.stability if card.memory_state else None,
                "difficulty": card.memory_state.difficulty if card.memory_state else None,
                "front": card.question()[:400], "back": card.answer()[-400:],
                "answers": col.db.all("select id, ease from revlog where cid = ? and ease > 0 order by id", cid),
            }
        print(json.dumps({
            "counts": counts, "problems": problems, "sound": sound, "cards": cards,
            "presets": sorted(config["name"] for config in col.decks.all_config()),
            "media": sorted(os.listdir(col.media.dir())),
        }))
        col.close()
