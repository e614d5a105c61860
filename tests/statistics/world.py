"""What the figures are computed from: answers, cards and questions as exported, and what no table says.

What no table says comes from a JSON file (`--known`), all of it optional:
 - `now`: RFC 3339, the moment of the export; `day_start`: the hour at which a study day begins;
 - `decks`: settings by deck: `desired_retention`, `prior_knowledge`, `luck_aware`, `exam`, `leech_threshold`, `new_per_day`,
   `reviews_per_day`, `new_ignores_review_limit`, `parameters` (null for the published ones), and `parameters_since_ms`, when they
   were set, which is to be before all answers;
 - `moves`: changes of schedules in the order of the log, each `[id, card, kind, day]`, kind one of `suspend`, `unsuspend`, `bury`,
   `unbury`, `due`, `forget`. Without them cards are taken as they are exported, and none is buried;
 - `drafts`: the number of drafts by deck; `tags`: tags by question;
 - `kinds`: by question its kind and the number of its options, from which the chance of luck follows. Without them it is taken from
   the last answer, and from the options of `choices` where there is none.
"""

import math
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Tuple

from files import Row, Table, read_table

DEFAULTS: Dict[str, Any] = {
    "desired_retention": 0.9,
    "prior_knowledge": 0.3,
    "luck_aware": True,
    "exam": None,
    "leech_threshold": 8,
    "new_per_day": 20,
    "reviews_per_day": 200,
    "new_ignores_review_limit": False,
    "parameters": None,
    "parameters_since_ms": None,
}
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def number(text: str) -> Optional[float]:
    return float(text) if text else None


def moment(text: str) -> datetime:
    """A moment on its own wall clock."""
    return datetime.fromisoformat(text)


def unix_ms(at: datetime) -> int:
    return (at - EPOCH) // timedelta(milliseconds=1)


def chance_of_luck(kind: str, options: int) -> float:
    """One of the options; of several right ones, one of their sets that are not empty; of pairs and orders, one of all orders."""
    if kind in ("single", "truefalse"):
        return 1 / options
    if kind == "multiple":
        return 1 / (2**options - 1)
    return 1 / math.factorial(options) if kind in ("match", "order") else 0.0


class Answer(NamedTuple):
    """A row of `reviews`. Days are dates, times milliseconds, probabilities 0–1."""

    id: str
    card: str
    question: str
    deck: str
    topic: str
    at: datetime
    day: date
    kind: str
    rating: int
    confidence: str
    right: bool
    picked: Tuple[str, ...]
    shown: Tuple[str, ...]
    guess: float
    known: Optional[float]
    ms: int
    elapsed: Optional[int]
    stability: Optional[float]
    difficulty: Optional[float]
    recall: Optional[float]
    stability_after: Optional[float]
    difficulty_after: Optional[float]
    due: str
    undone: bool
    practice: bool
    sure: Optional[bool]

    @property
    def counts(self) -> bool:
        return not (self.undone or self.practice)


def letters(text: str) -> Tuple[str, ...]:
    """Letters of options; parted by spaces where a question has more than 26."""
    return tuple(text.split(" ")) if " " in text else tuple(text)


def answer_of(row: Row) -> Answer:
    return Answer(
        row["review"], row["card"], row["question"], row["deck"], row["topic"], moment(row["at"]),
        date.fromisoformat(row["study_day"]), row["kind"], int(row["rating"]), row["confidence"], row["right"] == "true",
        letters(row["picked"]), letters(row["shown"]), float(row["guess_probability"]), number(row["known_probability"]),
        round(float(row["seconds"]) * 1000), int(row["elapsed_days"]) if row["elapsed_days"] else None,
        number(row["stability_before"]), number(row["difficulty_before"]), number(row["retrievability_before"]),
        number(row["stability_after"]), number(row["difficulty_after"]), row["due"], row["undone"] == "true",
        row["practice"] == "true", {"true": True, "false": False}.get(row.get("sure", "")),
    )


class Card(NamedTuple):
    """A row of `cards`, and until which day it is buried."""

    id: str
    question: str
    deck: str
    topic: str
    state: str
    due: str
    stability: Optional[float]
    difficulty: Optional[float]
    recall: Optional[float]
    interval: Optional[float]
    lapses: int
    last: Optional[datetime]
    suspended: bool
    buried: Optional[date]


class Scope:
    """Which decks, topics, tags and days are asked for."""

    def __init__(self, deck: str = "", topics: Tuple[str, ...] = (), tags: Tuple[str, ...] = (),
                 first: Optional[date] = None, last: Optional[date] = None):
        self.deck, self.first, self.last = deck.lower(), first, last
        self.topics = {topic.lower() for topic in topics}
        self.tags = {tag.lower() for tag in tags}

    def has_deck(self, deck: str) -> bool:
        name = deck.lower()
        return not self.deck or name == self.deck or name.startswith(self.deck + "::")

    def has(self, world: "World", thing: Any) -> bool:
        """Whether a card or an answer is of such a deck, topic and tag."""
        if not self.has_deck(thing.deck) or (self.topics and thing.topic.lower() not in self.topics):
            return False
        return not self.tags or any(tag.lower() in self.tags for tag in world.tags.get(thing.question, ()))

    def has_day(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


class World:
    """Everything there is, not only what is asked for."""

    def __init__(self, folder: Path, known: Dict[str, Any]):
        self.known = known
        self.now = moment(known["now"]) if "now" in known else datetime.now().astimezone()
        self.day_start = known.get("day_start", 4)
        self.today = self.study_day(self.now)
        self.tags: Dict[str, List[str]] = known.get("tags", {})
        # What today asks of decks whose exam is ahead: cards seen, and new ones.
        self.exam_today: Dict[str, Tuple[int, int]] = {}
        self.moves: Optional[List[list]] = known.get("moves")
        self.decks = self._settings(read_table(folder, "decks"))
        self.answers = [answer_of(row) for row in self._must(folder, "reviews").rows]
        self.by_card: Dict[str, List[Answer]] = {}
        for answer in self.answers:
            self.by_card.setdefault(answer.card, []).append(answer)
        cards = self._must(folder, "cards")
        self.stems = {row["question"]: row["stem"] for row in cards.rows}
        self.cards = [self._card(row) for row in cards.rows]
        self.questions = read_table(folder, "questions")
        self.choices = read_table(folder, "choices")
        if self.questions:
            self.stems.update((row["question"], row["stem"]) for row in self.questions.rows)
        self.luck = self._luck()
        counted = (answer for answer in self.answers if answer.counts)
        self._last = {answer.card: answer.day for answer in counted}

    @staticmethod
    def _must(folder: Path, name: str) -> Table:
        table = read_table(folder, name)
        if table is None:
            raise ValueError(f"{folder}: there is no `{name}.csv`, which all figures follow from")
        return table

    def study_day(self, at: datetime) -> date:
        """The day that a moment belongs to, on its own wall clock."""
        return (at.replace(tzinfo=None) - timedelta(hours=self.day_start)).date()

    def setting(self, deck: str, key: str) -> Any:
        return self.decks[deck][key]

    def exam(self, deck: str) -> Optional[date]:
        """The day of the deck's exam, where it is ahead."""
        text = self.setting(deck, "exam")
        day = date.fromisoformat(text) if text else None
        return day if day and day > self.today else None

    def _settings(self, table: Optional[Table]) -> Dict[str, Dict[str, Any]]:
        decks = {name: {**DEFAULTS, **own} for name, own in self.known.get("decks", {}).items()}
        for row in table.rows if table else []:
            own = {"desired_retention": float(row["desired_retention"]), "exam": row["exam_date"] or None}
            decks.setdefault(row["deck"], {**DEFAULTS, **own})
        return decks

    def _luck(self) -> Dict[str, float]:
        """The chance of luck by question."""
        options: Dict[str, List[bool]] = {}
        for row in self.choices.rows if self.choices else []:
            options.setdefault(row["question"], []).append(row["correct"] == "true")
        luck = {question: chance_of_luck("multiple" if sum(right) > 1 else "single", len(right))
                for question, right in options.items()}
        luck.update((answer.question, answer.guess) for answer in self.answers)
        luck.update((question, chance_of_luck(*own)) for question, own in self.known.get("kinds", {}).items())
        return luck

    def _card(self, row: Row) -> Card:
        return Card(
            row["card"], row["question"], row["deck"], row["topic"], row["state"], row["due"], number(row["stability"]),
            number(row["difficulty"]), number(row["retrievability"]), number(row["interval_days"]), int(row["lapses"]),
            moment(row["last_answer"]) if row["last_answer"] else None, row["suspended"] == "true", None,
        )

    def last_day(self, card: Card) -> Optional[date]:
        """The study day of the last answer that counts, as it was then and there."""
        return self._last.get(card.id) if card.last else None
