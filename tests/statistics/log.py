"""The tables `reviews`, `revlog` and `cards`: what follows from each answer, and where the cards stand after all of them."""

from datetime import date, timedelta, timezone
from functools import lru_cache
from typing import Any, Dict, List, NamedTuple, Optional, Set, Tuple

import memory
from check import Check, Exact
from files import Table
from world import Answer, Card, Scope, World, moment, unix_ms

DAY_MS = 86_400_000


class Standing:
    """Where a card stands."""

    def __init__(self) -> None:
        self.state, self.due = "new", ""
        self.stability: Optional[float] = None
        self.difficulty: Optional[float] = None
        self.last: Optional[Answer] = None
        self.answers, self.lapses = 0, 0
        self.suspended = False
        self.buried: Optional[date] = None

    def answer(self, answer: Answer) -> bool:
        """Takes an answer that counts into account; whether it is a lapse: rated again, of a card that stood in review."""
        before = {"ahead": "review", "exam": self.state}.get(answer.kind, answer.kind)
        lapse = answer.rating == 1 and before == "review"
        steps = "learning" if before in ("new", "learning") else "relearning"
        self.state = steps if "T" in answer.due else "review"
        self.due, self.last, self.buried = answer.due, answer, None
        self.stability, self.difficulty = answer.stability_after, answer.difficulty_after
        self.answers, self.lapses = self.answers + 1, self.lapses + lapse
        return lapse

    def move(self, kind: str, day: str) -> None:
        """Takes a change without an answer into account."""
        if kind in ("suspend", "unsuspend"):
            self.suspended = kind == "suspend"
        elif kind in ("bury", "unbury"):
            self.buried = date.fromisoformat(day) if kind == "bury" else None
        elif kind == "forget":
            suspended = self.suspended
            self.__init__()  # type: ignore[misc]
            self.suspended = suspended
        elif self.stability is not None:
            self.state, self.due = "review", day


class Replay(NamedTuple):
    """What the whole log leads to."""

    standing: Dict[str, Standing]
    lapses: Set[str]
    before: Dict[str, Tuple[Optional[float], Optional[float], Optional[date]]]


def replay(world: World) -> Replay:
    """Answers and moves in the order of the log."""
    standing = {card.id: Standing() for card in world.cards}
    lapses, before = set(), {}
    entries: List[Tuple[str, Any]] = [(answer.id, answer) for answer in world.answers if answer.counts]
    entries += [(move[0], move) for move in world.moves or []]
    for _, entry in sorted(entries, key=lambda entry: entry[0]):
        if isinstance(entry, Answer):
            card = standing[entry.card]
            last = card.last.day if card.last else None
            before[entry.id] = (card.stability, card.difficulty, last)
            if card.answer(entry):
                lapses.add(entry.id)
        elif entry[1] in standing:
            standing[entry[1]].move(entry[2], entry[3])
    return Replay(standing, lapses, before)


def with_buried(card: Card, found: Replay) -> Card:
    """The card with the day until which it is buried, which its table does not say."""
    return card._replace(buried=found.standing[card.id].buried)


def check_reviews(check: Check, world: World, table: Table, found: Replay) -> None:
    """What follows from each answer. Answers that do not count have no memory before or after."""
    ids = [answer.id for answer in world.answers]
    if ids != sorted(ids) or len(set(ids)) != len(ids):
        check.differs("reviews", "all", "order of rows", "rising identities", "others")
    for answer, row in zip(world.answers, table.rows):
        expected: Dict[str, Any] = {
            "study_day": world.study_day(answer.at),
            "interval_days": Exact(interval_of(answer)),
            "seconds": Exact(answer.ms / 1000),
        }
        expected.update(_judged(world, answer, found) if answer.counts else _nothing())
        for column, value in expected.items():
            check.cell("reviews", answer.id, column, value, row[column])


def interval_of(answer: Answer) -> float:
    """The interval that an answer promised, in days."""
    return _interval(answer.due, answer.day, answer.at)


def _interval(due: str, day: date, at: Any) -> float:
    if "T" in due:
        return (unix_ms(moment(due)) - unix_ms(at)) / DAY_MS
    return float((date.fromisoformat(due) - day).days)


def _nothing() -> Dict[str, Any]:
    return dict.fromkeys((
        "elapsed_days", "stability_before", "difficulty_before", "retrievability_before", "known_probability", "stability_after",
        "difficulty_after",
    ))


@lru_cache(maxsize=1)
def believed(world: World) -> Dict[str, Optional[float]]:
    """The recall before each answer, by the parameters in use: predictions rest on all states that a memory may be in."""
    found: Dict[str, Optional[float]] = {}
    for answers in world.by_card.values():
        deck = answers[0].deck
        counted = [answer for answer in answers if answer.counts]
        prior, aware = world.setting(deck, "prior_knowledge"), world.setting(deck, "luck_aware")
        weights = world.setting(deck, "parameters") or memory.PUBLISHED
        found.update((answer.id, recall) for answer, recall in zip(counted, memory.chain(counted, prior, aware, weights)))
    return found


def _judged(world: World, answer: Answer, found: Replay) -> Dict[str, Any]:
    weights = world.setting(answer.deck, "parameters") or memory.PUBLISHED
    luck_aware = world.setting(answer.deck, "luck_aware")
    stability, difficulty, last = found.before[answer.id]
    if world.moves is None:
        stability, difficulty = answer.stability, answer.difficulty
    days = memory.days_between(answer.day, last) if last and stability is not None else 0
    state = None if stability is None or difficulty is None else (stability, difficulty)
    recall = memory.recall(stability, days, weights) if stability is not None else None
    before = world.setting(answer.deck, "prior_knowledge") if recall is None else recall
    known = memory.known_probability(answer, before, luck_aware)
    after = memory.after(answer, state, days, known, weights)
    return {
        "elapsed_days": None if state is None else days,
        "stability_before": Exact(stability),
        "difficulty_before": Exact(difficulty),
        "retrievability_before": Exact(believed(world).get(answer.id), memory.MERGED),
        "known_probability": Exact(known, memory.SINGLE),
        "stability_after": Exact(after[0], memory.SINGLE, memory.TINY),
        "difficulty_after": Exact(after[1], memory.SINGLE),
    }


def check_cards(check: Check, world: World, table: Table, found: Replay) -> None:
    """Where each card stands. Without the moves that no table tells, a card may stand elsewhere, and only its recall is held."""
    ids = [card.id for card in world.cards]
    if ids != sorted(ids):
        check.differs("cards", "all", "order of rows", "rising identities", "others")
    for card, row in zip(world.cards, table.rows):
        expected = {"retrievability": Exact(_recall_today(world, card), memory.SINGLE)}
        if world.moves is not None:
            expected.update(_stands(world, found.standing[card.id]))
        for column, value in expected.items():
            check.cell("cards", card.id, column, value, row[column])


def _recall_today(world: World, card: Card) -> Optional[float]:
    last = world.last_day(card)
    if card.stability is None or last is None:
        return None
    return memory.recall(card.stability, memory.days_between(world.today, last), _weights(world, card))


def _weights(world: World, card: Card) -> Any:
    return world.setting(card.deck, "parameters") or memory.PUBLISHED


def _stands(world: World, card: Standing) -> Dict[str, Any]:
    last = card.last
    due = _on_wall_clock(world, moment(card.due)) if "T" in card.due else card.due
    return {
        "state": card.state,
        "due": due,
        "stability": Exact(card.stability),
        "difficulty": Exact(card.difficulty),
        "interval_days": Exact(_interval(card.due, last.day, last.at) if last and card.due else None),
        "answers": card.answers,
        "lapses": card.lapses,
        "last_answer": _on_wall_clock(world, last.at) if last else None,
        "suspended": card.suspended,
    }


def _on_wall_clock(world: World, at: Any) -> str:
    return at.astimezone(timezone(world.now.utcoffset() or timedelta())).isoformat(timespec="milliseconds")


def check_revlog(check: Check, answers: List[Answer], table: Table) -> None:
    """Answers that count, in the open FSRS schema: 0 new, 1 learning, 2 review, 3 relearning."""
    states = {"new": 0, "learning": 1, "review": 2, "ahead": 2, "relearning": 3}
    counted = [answer for answer in answers if answer.counts]
    if len(counted) != len(table.rows):
        check.differs("revlog", "all", "rows", len(counted), len(table.rows))
    for answer, row in zip(counted, table.rows):
        expected = {
            "card_id": answer.card,
            "review_time": unix_ms(answer.at),
            "review_rating": answer.rating,
            "review_state": states.get(answer.kind, 0 if answer.stability is None else 2),
            "review_duration": answer.ms,
        }
        for column, value in expected.items():
            check.cell("revlog", answer.id, column, value, row[column])


def in_scope(world: World, scope: Scope) -> List[Answer]:
    """The answers of such cards on such days, in the order of the log."""
    return [answer for answer in world.answers if scope.has_day(answer.day) and scope.has(world, answer)]
