"""Reads exported tables: CSV after RFC 4180 in which a text that begins like a formula has an apostrophe before it, and JSON."""

import csv
import json
from functools import lru_cache
from pathlib import Path
from typing import Dict, List, Optional

Row = Dict[str, str]

TABLES = (
    "stats", "cards", "questions", "choices", "topics", "reviews", "revlog", "forecast", "calibration", "decks",
)
TEXTS = ("deck", "topic", "stem", "text", "note", "typed")


class Table:
    """A table with its columns in order. Rows are as written, but for the apostrophe of texts."""

    def __init__(self, columns: List[str], rows: List[Row]):
        self.columns, self.rows = columns, rows


@lru_cache(maxsize=None)
def read_table(folder: Path, name: str) -> Optional[Table]:
    """A table of the folder; none where it is not there."""
    path = folder / f"{name}.csv"
    if not path.exists():
        return None
    text = path.read_bytes().decode("utf-8")
    lone = text.replace("\r\n", "")
    if not text.endswith("\r\n"):
        raise ValueError(f"{path}: does not end with CRLF")
    records = csv.reader(text.splitlines(keepends=True) if "\n" not in lone else _lines(text), strict=True)
    columns = next(records)
    rows = []
    for record in records:
        if len(record) != len(columns):
            raise ValueError(f"{path}: {len(record)} cells under {len(columns)} columns: {record}")
        rows.append(dict(zip(columns, record)))
    for column in TEXTS:
        if column in columns:
            for row in rows:
                row[column] = row[column][1:] if row[column].startswith("'") else row[column]
    return Table(columns, rows)


def _lines(text: str) -> List[str]:
    """Lines with their ends, parted at line feeds alone: a text may hold other signs that end lines."""
    return [line + "\n" for line in text.split("\n")[:-1]]


def read_json(path: Path) -> Optional[dict]:
    """An object; none where there is no file."""
    return json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_number) if path.exists() else None


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")
