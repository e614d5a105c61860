"""The files of the benchmark, as Anki understands them: the table with headers of its own, and the log as SQL."""

import csv
import html
import pathlib
import re
import shutil
import sqlite3
import sys
import time
import unicodedata
from collections import Counter
from operator import itemgetter

DAY_MS = 86_400_000
NOTETYPE = "question of a bank"
ROOT = "Bank"

REVLOG = """
insert into revlog (id, cid, usn, ease, time, type, ivl, lastIvl, factor) values (?, ?, -1, ?, ?, ?, ?, ?, 2500)
"""
# The kind of an answer in Anki, for each state of the open schema.
KINDS = {0: 0, 1: 0, 2: 1, 3: 2, 4: 3}

CARDS = """
update cards set type = 2, queue = 2, ivl = last.ivl, factor = 2500, reps = last.reps, lapses = last.lapses, usn = -1,
                 mod = strftime('%s', 'now'), data = '{"lrt":' || (last.at / 1000) || '}',
                 due = (last.at / 1000 - (select crt from col)) / 86400 + last.ivl
from (select cid, count(*) reps, sum(ease = 1 and type = 1) lapses, max(id) at, ivl from revlog group by cid) last
where last.cid = cards.id
"""


class Watch:
    """Clock and CPU time (all threads) of a block."""

    def __enter__(self):
        self.start, self.cpu_start = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_):
        self.cpu, self.clock = time.process_time() - self.cpu_start, time.perf_counter() - self.start

    def row(self, name, note="", **more):
        return {"row": name, "clock_s": self.clock, "cpu_s": self.cpu, "note": note, **more}


def open_collection(job):
    from anki.collection import Collection

    return Collection(job["collection"])


def rows_of_table(path):
    csv.field_size_limit(2**31 - 1)
    with open(path, encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file)


def answers_of_log(job):
    """Number of the question (from 0, or -1), time, rating, state, duration; times are moved by whole days."""
    rows = rows_of_table(job["history"])
    header = next(rows)
    names = ["card_id", "review_time", "review_rating", "review_state", "review_duration"]
    missing = [name for name in names if name not in header]
    if missing:
        sys.exit(f"`history.csv` has no column `{missing[0]}`")
    card, at, rating, state, took = (header.index(name) for name in names)
    move = job["move_days"] * DAY_MS
    for row in rows:
        number = row[card][1:] if row[card].startswith("g") else ""
        question = int(number) if number.isdecimal() else -1
        yield question, int(row[at]) + move, int(row[rating]), int(row[state] or 0), int(row[took] or 0)


def prepare(job):
    """An empty collection with a note type for the columns, and the table with the headers of Anki's own import."""
    table = rows_of_table(job["table"])
    header = [name.strip() for name in next(table)]
    if "question" not in header:
        sys.exit("`table.csv` has no column `question`")
    deck, topic = (header.index(name) if name in header else None for name in ("deck", "topic"))
    # Anki takes the first field for the identity of a note.
    others = [n for n, name in enumerate(header) if name not in ("deck", "topic", "question")]
    fields = [header.index("question"), *others]
    names = [re.sub(r'[:{}"]', " ", header[n]) for n in fields]
    questions, markup, words = 0, False, Counter()
    bodies = [pathlib.Path(job[name]).with_suffix(".body") for name in ("import", "edited")]
    with (open(bodies[0], "w", encoding="utf-8", newline="") as plain,
          open(bodies[1], "w", encoding="utf-8", newline="") as edited):
        writers = [csv.writer(plain), csv.writer(edited)]
        for row in table:
            texts = [row[n] if n < len(row) else "" for n in fields]
            markup = markup or any(re.search(r"</?[a-z][^<>]*>", text) for text in texts)
            words.update(set(re.findall(r"[^\W\d_]{4,}", " ".join(texts).lower())))
            # A tag of Anki ends at a space.
            tag = re.sub(r"\s+", "_", row[topic].strip()) if topic is not None else ""
            place = f"{ROOT}::{row[deck].strip()}" if deck is not None else ROOT
            for number, writer in enumerate(writers):
                changed = number == 1 and questions % 100 == 0
                last_text = texts[-1] + (" (edited)" if changed else "")
                writer.writerow([place, tag, *texts[:-1], last_text])
            questions += 1
    # Only the whole table tells whether it has markup, so the headers are written last.
    head = ["#separator:Comma", f"#html:{str(markup).lower()}", f"#notetype:{NOTETYPE}", "#deck column:1", "#tags column:2"]
    for body in bodies:
        with open(body, "rb") as source, open(body.with_suffix(".csv"), "wb") as target:
            target.write(("\n".join(head) + "\n").encode())
            shutil.copyfileobj(source, target)
        body.unlink()

    first = last = None
    answers = 0
    for _, at, *_ in answers_of_log({**job, "move_days": 0}):
        first, last, answers = min(first or at, at), max(last or at, at), answers + 1
    # Anki makes no package where an answer is in the future, so the log is moved less far then.
    move_days = min(job["move_days"], int((time.time() * 1_000 - (last or 0)) // DAY_MS))

    col = open_collection(job)
    notetype = col.models.new(NOTETYPE)
    for name in names:
        col.models.add_field(notetype, col.models.new_field(name))
    template = col.models.new_template("Card 1")
    answer = [name for name in names[1:] if name in ("answer", "explanation")]
    template["qfmt"] = "".join(f"<div>{{{{{name}}}}}</div>" for name in names if name not in answer)
    template["afmt"] = "{{FrontSide}}<hr id=answer>" + "".join(f"<div>{{{{{name}}}}}</div>" for name in answer or names[-1:])
    col.models.add_template(notetype, template)
    col.models.add(notetype)
    # A collection is made before its first answer, at 04:00.
    if first is not None:
        col.crt = (first // DAY_MS + move_days - 1) * 86_400 + 4 * 3_600
    col.set_config("fsrs", False)
    col.close()
    # The word that is in about one question of a hundred.
    word = min(words, key=lambda word: (abs(words[word] - questions / 100), word), default="a")
    return {"questions": questions, "answers": answers, "word": word, "move_days": move_days}


def import_log(job):
    """Anki has no importer for a log: its rows are written with SQL, in one transaction, while Anki is closed."""
    db = sqlite3.connect(job["collection"], isolation_level=None)
    cards = cards_of_questions(db, job)
    # Anki gives itself 40 MB. More is kinder to it.
    db.execute("pragma cache_size = -200000")
    lost = 0
    with Watch() as log:
        answers = []
        for question, at, rating, state, took in answers_of_log(job):
            card = cards[question] if 0 <= question < len(cards) else None
            if card is None:
                lost += 1
            else:
                answers.append((card, at, rating, took, KINDS.get(state, 0)))
        db.execute("begin")
        # It is faster to make the indexes again at the end than to write rows in the order of time into them.
        of_log = "select name, sql from sqlite_master where tbl_name = 'revlog' and type = 'index'"
        indexes = db.execute(of_log).fetchall()
        for name, _ in indexes:
            db.execute(f"drop index {name}")
        db.executemany(REVLOG, in_order_of_time(answers))
        for _, sql in indexes:
            db.execute(sql)
        db.execute("commit")
    with Watch() as places:
        db.execute("begin")
        db.execute(CARDS)
        db.execute("update col set mod = strftime('%s', 'now') * 1000")
        db.execute("commit")
    written = db.execute("select count(*) from revlog").fetchone()[0]
    db.close()
    note = f"{written} answers" + (f"; {lost} of no known question" if lost else "")
    return [log.row("import of the log: SQL into `revlog`", note), places.row("  its cards: repetitions and due dates by SQL")]


def in_order_of_time(answers):
    """The rows of `revlog`. Its key is the time, so that answers of one moment get keys one after another."""
    answers.sort(key=itemgetter(0, 1))
    rows = []
    for number, (card, at, *rest) in enumerate(answers):
        before = answers[number - 1] if number else (None, 0)
        after = answers[number + 1] if number + 1 < len(answers) else (None, 0)
        past = (at - before[1]) // DAY_MS if before[0] == card else 0
        coming = (after[1] - at) // DAY_MS if after[0] == card else past
        rows.append((at, card, *rest, max(1, coming), past))
    answers.clear()
    rows.sort(key=itemgetter(0))
    last = 0
    for at, *rest in rows:
        last = max(last + 1, at)
        yield last, *rest


def cards_of_questions(db, job):
    """The card of each row of the table. Notes are in the order of the table, unless Anki took two rows for one."""
    notes = db.execute("select c.id, n.flds from cards c join notes n on n.id = c.nid order by n.id").fetchall()
    if len(notes) == job["questions"]:
        return [card for card, _ in notes]
    by_stem = {}
    for card, fields in notes:
        by_stem.setdefault(unicodedata.normalize("NFC", html.unescape(fields.split("\x1f")[0])).strip(), card)
    table = rows_of_table(job["import"])
    stems = (row[2] for row in table if len(row) > 2)
    return [by_stem.get(unicodedata.normalize("NFC", html.unescape(stem)).strip()) for stem in stems]
