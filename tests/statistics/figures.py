"""Shares and their intervals, means and medians, and the counts of answers."""

import math
from typing import Any, Dict, Iterable, List, Optional, Sequence, Tuple

from check import Rounded
from world import Answer

Z_95 = 1.959963984540054


def wilson(part: int, whole: int) -> Optional[Tuple[float, float]]:
    """The 95 % interval of a share after Wilson (1927): the values that a score test does not refuse."""
    if whole == 0:
        return None
    share, z2 = part / whole, Z_95**2
    root = Z_95 * math.sqrt(whole * share * (1 - share) + z2 / 4)
    low, high = ((part + z2 / 2 + sign * root) / (whole + z2) for sign in (-1, 1))
    return (0.0 if part == 0 else low), (1.0 if part == whole else high)


def ratio(part: float, whole: float) -> Optional[float]:
    return part / whole if whole else None


def mean(values: Sequence[float]) -> Optional[float]:
    return math.fsum(values) / len(values) if values else None


def median(values: Iterable[float]) -> Optional[float]:
    """The middle value; of an even number the mean of the two in the middle."""
    ordered = sorted(values)
    if not ordered:
        return None
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def share(part: int, whole: int) -> Dict[str, Any]:
    """A share as the JSON of the overview has it."""
    interval = wilson(part, whole) or (None, None)
    return {
        "part": part,
        "whole": whole,
        "share": Rounded(ratio(part, whole)),
        "low_95": Rounded(interval[0]),
        "high_95": Rounded(interval[1]),
    }


def recall(answers: Sequence[Answer]) -> Dict[str, Any]:
    """Right answers to cards that were due, and what is left of their share and of its interval without luck."""
    right = share(sum(answer.right for answer in answers), len(answers))
    luck = mean([answer.guess for answer in answers])
    ends = (None, None)
    if luck is not None and luck < 1:
        low, high = wilson(sum(answer.right for answer in answers), len(answers)) or (0.0, 1.0)
        ends = tuple(min(1.0, max(0.0, (end - luck) / (1 - luck))) for end in (low, high))
    return {
        "right": right,
        "guess": Rounded(luck),
        "corrected": Rounded(Tally(answers).corrected),
        "corrected_low_95": Rounded(ends[0]),
        "corrected_high_95": Rounded(ends[1]),
    }


def verdict(target: float, found: Dict[str, Any]) -> str:
    """What recall is, held against the target. All as written: with four decimals."""
    low, high = found["corrected_low_95"].value, found["corrected_high_95"].value
    if low is None or high is None:
        return "too-few"
    target, low, high = (round(value * 10_000) for value in (target, low, high))
    if high < target:
        return "below"
    if low > target:
        return "above"
    return "on-target" if target - low <= 500 and high - target <= 500 else "too-few"


class Tally:
    """Counts over answers that were not taken back. Practice is among the answers and in the minutes, and nowhere else."""

    def __init__(self, answers: Iterable[Answer]):
        self.all = [answer for answer in answers if not answer.undone]
        self.counted = [answer for answer in self.all if not answer.practice]
        self.due = [answer for answer in self.counted if answer.kind == "review"]

    @property
    def minutes(self) -> float:
        return sum(answer.ms for answer in self.all) / 60_000

    @property
    def right(self) -> int:
        return sum(answer.right for answer in self.counted)

    @property
    def guessed(self) -> int:
        return sum(answer.right and answer.confidence == "guessed" for answer in self.counted)

    @property
    def new(self) -> int:
        return sum(answer.kind == "new" for answer in self.counted)

    @property
    def ratings(self) -> List[int]:
        return [sum(answer.rating == rating for answer in self.counted) for rating in (1, 2, 3, 4)]

    @property
    def accuracy(self) -> Optional[float]:
        return ratio(self.right, len(self.counted))

    @property
    def kept(self) -> int:
        return sum(answer.rating > 1 for answer in self.due)

    @property
    def retention(self) -> Optional[float]:
        return ratio(self.kept, len(self.due))

    @property
    def corrected(self) -> Optional[float]:
        """(accuracy − g) / (1 − g) over the answers to due cards; none where all of them are right by luck alone."""
        if not self.due:
            return None
        right = sum(answer.right for answer in self.due) / len(self.due)
        luck = math.fsum(answer.guess for answer in self.due) / len(self.due)
        return (right - luck) / (1 - luck) if luck < 1 else None

    @property
    def predicted(self) -> Optional[float]:
        return mean([1.0 if answer.recall is None else answer.recall for answer in self.due])


def daily_rows(answers: Iterable[Answer]) -> List[Dict[str, Any]]:
    """The table `stats`: study days and decks with an answer that was not taken back."""
    groups: Dict[Tuple[str, bytes], List[Answer]] = {}
    for answer in answers:
        if not answer.undone:
            groups.setdefault((answer.day.isoformat(), answer.deck.encode()), []).append(answer)
    return [_daily(day, deck.decode(), Tally(group)) for (day, deck), group in sorted(groups.items())]


def _daily(day: str, deck: str, tally: Tally) -> Dict[str, Any]:
    again, hard, good, easy = tally.ratings
    return {
        "date": day,
        "deck": deck,
        "answers": len(tally.all),
        "new": tally.new,
        "reviews": len(tally.due),
        "again": again,
        "hard": hard,
        "good": good,
        "easy": easy,
        "right": tally.right,
        "guessed": tally.guessed,
        "accuracy": Rounded(tally.accuracy),
        "retention": Rounded(tally.retention),
        "retention_corrected": Rounded(tally.corrected),
        "predicted": Rounded(tally.predicted),
        "minutes": Rounded(tally.minutes),
    }
