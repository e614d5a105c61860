"""Holds figures against printed ones, and collects what differs.

A figure is equal when it is equal to the last digit that is shown: the printed one lies within half a unit of its last place of the
unrounded one. Where that lies on the boundary of two roundings (within 1e-9), both are accepted.
"""

import math
import re
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple

from files import Table

TIE = 1e-9


class Rounded:
    """A number printed with so many decimals (4 unless said otherwise). `slack` is what single precision may add to it."""

    def __init__(self, value: Optional[float], decimals: Optional[int] = 4, slack: float = 0.0):
        self.value, self.decimals, self.slack = value, decimals, slack

    def __repr__(self) -> str:
        return "" if self.value is None else f"{self.value:.{(self.decimals or 4) + 3}f}"

    def fits_text(self, text: str) -> bool:
        if self.value is None:
            return text == ""
        form = re.fullmatch(r"-?\d+(?:\.(\d+))?", text)
        if not form or (self.decimals is not None and len(form.group(1) or "") != self.decimals):
            return False
        return self._near(float(text), len(form.group(1) or ""))

    def fits_json(self, found: Any) -> bool:
        if self.value is None or found is None or isinstance(found, bool):
            return self.value is None and found is None
        decimals = self.decimals or 4
        return abs(found - round(found, decimals)) < 1e-12 and self._near(found, decimals)

    def _near(self, found: float, decimals: int) -> bool:
        return abs(found - (self.value or 0.0)) <= 0.5 * 10.0**-decimals + TIE + self.slack


class Estimate(Rounded):
    """A share that no table tells how to compute: it lies between 0 and 1, and (where it is `told` at all) is printed."""

    def __init__(self, told: bool):
        super().__init__(0.5 if told else None, slack=0.5)

    def __repr__(self) -> str:
        return "" if self.value is None else "a share"


class Exact:
    """A number that is never rounded. `relative` and `absolute` are how far the last digits of another way to compute may be off."""

    def __init__(self, value: Optional[float], relative: float = 1e-12, absolute: float = 1e-12):
        self.value, self.relative, self.absolute = value, relative, absolute

    def __repr__(self) -> str:
        return "" if self.value is None else repr(self.value)

    def fits_text(self, text: str) -> bool:
        if self.value is None or text == "":
            return self.value is None and text == ""
        if "e" in text or "n" in text:
            return False
        found = float(text)
        return found == self.value or math.isclose(found, self.value, rel_tol=self.relative, abs_tol=self.absolute)

    fits_json = None


def _short(value: Any) -> str:
    """A value as a line has room for it."""
    text = str(value)
    return text if len(text) <= 120 else f"{text[:117]}..."


def text_of(value: Any) -> str:
    """A cell as tables print it."""
    if value is None:
        return ""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


class Difference(NamedTuple):
    """A figure that is not what it should be. A row of the overview is a path in its JSON."""

    table: str
    row: str
    column: str
    ours: str
    theirs: str

    def __str__(self) -> str:
        return f"{self.table}: {self.row}: {self.column}: ours `{self.ours}`, theirs `{self.theirs}`"


class Check:
    """What was compared, and what differs."""

    def __init__(self) -> None:
        self.differences: List[Difference] = []
        self.compared = 0

    def differs(self, table: str, row: str, column: str, ours: Any, theirs: Any) -> None:
        self.differences.append(Difference(table, row, column, _short(ours), _short(theirs)))

    def report(self, most: int = 40) -> List[str]:
        """What differs in so many lines at the most: of each column the first rows, for one cause mostly spoils a whole column."""
        columns: Dict[Tuple[str, str], List[Difference]] = {}
        for one in self.differences:
            columns.setdefault((one.table, one.column), []).append(one)
        shown = list(columns.items())[:(most - 1) // 2]
        each = max(1, (most - 1) // max(1, len(shown)) - 1)
        lines = []
        for (table, column), own in shown:
            lines += [str(one) for one in own[:each]]
            if len(own) > each:
                lines.append(f"{table}: {len(own) - each} more rows: {column}")
        if len(columns) > len(shown):
            lines.append(f"{len(columns) - len(shown)} more columns")
        return lines

    def cell(self, table: str, row: str, column: str, ours: Any, theirs: str) -> None:
        """Compares a cell with its text."""
        self.compared += 1
        fits = ours.fits_text(theirs) if hasattr(ours, "fits_text") else text_of(ours) == theirs
        if not fits:
            self.differs(table, row, column, ours if hasattr(ours, "fits_text") else text_of(ours), theirs)

    def json(self, place: str, ours: Any, theirs: Any) -> None:
        """Compares a tree of objects, lists and values. What `ours` does not name is not compared."""
        if isinstance(ours, dict):
            if not isinstance(theirs, dict):
                self.differs("overview", place, "object", list(ours), theirs)
                return
            for key, value in ours.items():
                self.json(f"{place}.{key}" if place else key, value, theirs.get(key, "nothing of this name"))
        elif isinstance(ours, list):
            if not isinstance(theirs, list) or len(ours) != len(theirs):
                count = len(theirs) if isinstance(theirs, list) else theirs
                self.differs("overview", place, "length", len(ours), count)
                return
            for number, (one, other) in enumerate(zip(ours, theirs)):
                self.json(f"{place}[{number}]", one, other)
        else:
            self.compared += 1
            alike = type(ours) is type(theirs) and ours == theirs
            if not (ours.fits_json(theirs) if isinstance(ours, Rounded) else alike):
                self.differs("overview", place.rpartition(".")[0], place.rpartition(".")[2], ours, theirs)

    def same(self, name: str, table: Table, key: str, ours: List[Dict[str, str]]) -> None:
        """A table of a part has these rows of the whole one, as they are."""
        self._rows(name, [row[key] for row in ours], [row[key] for row in table.rows])
        found = {row[key]: row for row in table.rows}
        for row in ours:
            self.compared += 1
            other = found.get(row[key], row)
            if other != row:
                column = next(column for column in table.columns if row.get(column) != other[column])
                self.differs(name, row[key], column, row.get(column), other[column])

    def table(self, name: str, table: Table, keys: Sequence[str], ours: List[Dict[str, Any]]) -> None:
        """Compares rows in their order. Columns that ours does not name are not compared; those that the table lacks are told."""
        def key_of(row: Dict[str, Any]) -> str:
            return " / ".join(text_of(row[key]) for key in keys)

        if ours:
            for column in ours[0]:
                if column not in table.columns and not column.startswith("?"):
                    self.differs(name, "header", column, "a column", "none")
        theirs_keys, our_keys = [key_of(row) for row in table.rows], [key_of(row) for row in ours]
        self._rows(name, our_keys, theirs_keys)
        found = {key_of(row): row for row in table.rows}
        for key, row in zip(our_keys, ours):
            for column, value in row.items():
                column = column.lstrip("?")
                if key in found and column in found[key]:
                    self.cell(name, key, column, value, found[key][column])

    def _rows(self, name: str, ours: List[str], theirs: List[str]) -> None:
        if ours == theirs:
            return
        here, there = set(ours), set(theirs)
        for key in [key for key in ours if key not in there]:
            self.differs(name, key, "row", "a row", "none")
        for key in [key for key in theirs if key not in here]:
            self.differs(name, key, "row", "none", "a row")
        if sorted(ours) == sorted(theirs):
            at = next(place for place, (one, other) in enumerate(zip(ours, theirs)) if one != other)
            self.differs(name, f"row {at + 1}", "order of rows", ours[at], theirs[at])
        elif len(set(theirs)) != len(theirs):
            self.differs(name, "all", "rows", "one for each key", "several")
