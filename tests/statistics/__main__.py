"""Computes every figure of `retain` again, from the answers alone, and says what differs.

By hand, in any folder:

    retain export --all -o FOLDER && retain stats --json > FOLDER/overview.json
    python3 tests/statistics FOLDER

It takes the answers of `reviews` (and from `cards`, `questions` and `choices` what only these know: how cards stand without an
answer, texts, keys) and makes all tables and the overview of them by the definitions of `docs/statistics.md`; no line of the
trainer is shared. What differs is told with table, row, column, our value and theirs, and the exit code is 1 where anything does. What no table says (settings, suspended and buried cards) comes from `--known FILE`: see `world.py`; without it the defaults
of the trainer are taken.

Tables of a part (`--deck`, `--topic`, `--tag`, `--from`, `--to`, as given to `retain export`) need all the answers, too:

    retain export --all -o PART --deck Law --from 2026-01-01
    python3 tests/statistics PART --whole FOLDER --deck Law --from 2026-01-01

`python3 tests/statistics --self-test` holds the script against cases that were computed by hand. Python 3.8 or later, nothing else.
"""

import argparse
import json
import sys
import unittest
from datetime import date
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple

import calibration
import decks
import log
from check import Check
from files import TABLES, Table, read_json, read_table
from figures import daily_rows
from items import Items, leeches
from overview import check_overview
from work import Forecast
from world import Scope, World

OVERVIEW = "overview.json"


def arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="statistics", description="Computes every figure again from the answers.")
    parser.add_argument("folder", type=Path, nargs="?", help="the tables to check")
    parser.add_argument("--whole", type=Path, help="the tables without filters (default: the folder itself)")
    parser.add_argument("--known", type=Path, help="JSON of what no table says")
    parser.add_argument("--require", default="", help="tables that must be there, parted by commas")
    parser.add_argument("--deck", default="")
    parser.add_argument("--topic", action="append", default=[])
    parser.add_argument("--tag", action="append", default=[])
    parser.add_argument("--from", dest="first", type=date.fromisoformat)
    parser.add_argument("--to", dest="last", type=date.fromisoformat)
    parser.add_argument("--self-test", action="store_true", help="check the script itself")
    return parser.parse_args(words)


def check_folder(asked: argparse.Namespace) -> Check:
    """Checks the tables of the folder that are there."""
    check = Check()
    for name in filter(None, asked.require.split(",")):
        path = asked.folder / (name if name == OVERVIEW else f"{name}.csv")
        if not path.exists():
            check.differs(name, "all", "table", "required", "none")
    whole = asked.whole or asked.folder
    world = World(whole, (read_json(asked.known) or {}) if asked.known else {})
    scope = Scope(asked.deck, tuple(asked.topic), tuple(asked.tag), asked.first, asked.last)
    found = log.replay(world)
    if not scope.topics and not scope.tags:
        world.exam_today = exams_of_today(world, read_table(whole, "forecast"))
    if whole == asked.folder:
        check_source(check, world, whole, found)
    world.cards = [log.with_buried(card, found) for card in world.cards]
    tables = {name: read_table(asked.folder, name) for name in TABLES}
    check_tables(check, world, scope, {name: table for name, table in tables.items() if table}, whole, found)
    theirs = read_json(asked.folder / OVERVIEW)
    if theirs is not None:
        check_overview(check, world, scope, found, theirs)
    return check


def exams_of_today(world: World, table: Optional[Table]) -> Dict[str, Tuple[int, int]]:
    """What today asks of the decks whose exam is ahead: cards seen, and new ones."""
    rows = [row for row in (table.rows if table else []) if row["date"] == world.today.isoformat()]
    return {row["deck"]: (int(row["due"]), int(row["new"])) for row in rows if world.exam(row["deck"])}


def check_source(check: Check, world: World, whole: Path, found: log.Replay) -> None:
    """What all other figures follow from has to follow from itself. A part's tables are held against the whole ones only."""
    for name, holds in (("reviews", log.check_reviews), ("cards", log.check_cards)):
        table = read_table(whole, name)
        if table:
            holds(check, world, table, found)


def check_tables(check: Check, world: World, scope: Scope, tables: Dict[str, Table], whole: Path, found: log.Replay) -> None:
    """Makes each table of what is asked for again."""
    answers = log.in_scope(world, scope)
    cards = [card for card in world.cards if scope.has(world, card)]
    for name, wanted in (("reviews", {answer.id for answer in answers}), ("cards", {card.id for card in cards})):
        every = read_table(whole, name)
        if name in tables and every:
            key = every.columns[0]
            check.same(name, tables[name], key, [row for row in every.rows if row[key] in wanted])
    if "revlog" in tables:
        log.check_revlog(check, answers, tables["revlog"])
    rows: Dict[str, Any] = {
        "stats": (("date", "deck"), lambda: daily_rows(answers)),
        "topics": (("deck", "topic"), lambda: decks.topic_rows(world, cards, answers)),
        "decks": (("deck",), lambda: decks.deck_rows(world, scope, cards)),
    }
    for name, (keys, ours) in rows.items():
        if name in tables:
            check.table(name, tables[name], keys, ours())
    check_items(check, world, scope, tables, found)
    if "forecast" in tables:
        check.table("forecast", tables["forecast"], ["date", "deck"], Forecast(world, cards, scope.last).rows(scope))
    if "calibration" in tables:
        check_calibration(check, world, answers, tables["calibration"])


def check_items(check: Check, world: World, scope: Scope, tables: Dict[str, Table], found: log.Replay) -> None:
    """The tables `questions` and `choices`. Which questions and options there are, they alone say."""
    items = Items(world, log.in_scope(world, scope), found.lapses)
    of_leeches = {card.question for card in leeches(world)}
    if "questions" in tables:
        wanted = {question for question, row in items.about.items() if _asked(world, scope, row)}
        rows = [row for row in items.question_rows(scope, of_leeches) if row["question"] in wanted]
        check.table("questions", tables["questions"], ["question"], rows)
    if "choices" in tables:
        wanted = {question for question, row in items.about.items() if _asked(world, scope, row)}
        rows = [row for row in items.choice_rows() if not items.about or row["question"] in wanted]
        check.table("choices", tables["choices"], ["question", "choice"], rows)


def _asked(world: World, scope: Scope, row: Dict[str, str]) -> bool:
    return scope.has(world, argparse.Namespace(deck=row["deck"], topic=row["topic"], question=row["question"]))


def check_calibration(check: Check, world: World, answers: List[Any], table: Table) -> None:
    """Bins are found by their lower end, however it is printed."""
    rows = calibration.calibration_rows(calibration.predictions(world, answers))
    for row in rows:
        row["bin_low"] = f"{row['bin_low'].value:.2f}"
    theirs = [{**row, "bin_low": f"{float(row['bin_low']):.2f}"} for row in table.rows]
    check.table("calibration", Table(table.columns, theirs), ["deck", "bin_low"], rows)


def main(words: Sequence[str]) -> int:
    asked = arguments(words)
    if asked.self_test:
        suite = unittest.defaultTestLoader.loadTestsFromName("self_test")
        return 0 if unittest.TextTestRunner().run(suite).wasSuccessful() else 1
    if asked.folder is None:
        print("which folder? see --help", file=sys.stderr)
        return 2
    try:
        check = check_folder(asked)
    except (ValueError, json.JSONDecodeError) as error:
        print(error, file=sys.stderr)
        return 1
    for line in check.report():
        print(line)
    print(f"{check.compared} figures compared, {len(check.differences)} differ", file=sys.stderr)
    return 1 if check.differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
