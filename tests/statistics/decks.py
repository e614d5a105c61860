"""The tables `topics` and `decks`, and the score that is expected of the questions."""

import math
from datetime import date
from typing import Any, Dict, Iterable, List, NamedTuple, Optional, Tuple

import memory
from check import Rounded
from figures import Tally, mean
from log import recall_on
from world import Answer, Card, Scope, World

Z_90 = 1.645


class Expectation(NamedTuple):
    """What is expected of a question: mean knowledge of its cards, whether one was seen, the chance of luck."""

    known: float
    seen: bool
    luck: float

    @property
    def score(self) -> float:
        return self.known + (1 - self.known) * self.luck


def luck_of(world: World, question: str) -> float:
    """The chance of luck of a question: that of its answers, or of its options where it has none yet."""
    return world.luck.get(question, 0.0)


def expectations(world: World, cards: Iterable[Card], day: Optional[date]) -> List[Expectation]:
    """One for each question with cards, on the day (where none: the exam of its deck, else today)."""
    groups: Dict[str, List[Card]] = {}
    for card in cards:
        groups.setdefault(card.question, []).append(card)
    return [_expectation(world, group, day) for group in groups.values()]


def _expectation(world: World, cards: List[Card], day: Optional[date]) -> Expectation:
    deck = cards[0].deck
    when = day or world.exam(deck) or world.today
    prior = world.setting(deck, "prior_knowledge")
    recalls = [recall_on(world, card, when) for card in cards]
    known = [prior if recall is None else recall for recall in recalls]
    return Expectation(sum(known) / len(known), any(recall is not None for recall in recalls), luck_of(world, cards[0].question))


def expected(world: World, cards: Iterable[Card]) -> Rounded:
    """The expected score on these cards' questions, each on the day of its deck."""
    found = expectations(world, cards, None)
    return Rounded(mean([one.score for one in found]), slack=memory.SINGLE if _looks_ahead(world) else 0.0)


def _looks_ahead(world: World) -> bool:
    return any(world.exam(deck) for deck in world.decks)


def interval_90(found: List[Expectation], reviews: int) -> Tuple[float, float]:
    """The interval that holds the real score with 90 %. Three doubts, independent of each other: how each question comes out; how far
    the model is off (5 points before any review, each review telling as much as one with recall 0.9, at least 1 point); how far the
    prior knowledge is off (as sure as ten observed questions)."""
    count = len(found)
    centre = math.fsum(one.score for one in found) / count
    outcomes = math.fsum(one.score * (1 - one.score) for one in found) / count**2
    doubt = max(0.01, 1 / math.sqrt(1 / 0.05**2 + reviews / 0.09))
    model = doubt * math.fsum(1 - one.luck for one in found if one.seen) / count
    unsure = (math.sqrt(one.known * (1 - one.known) / 11) * (1 - one.luck) for one in found if not one.seen)
    prior = math.fsum(unsure) / count
    reach = Z_90 * math.sqrt(outcomes + model**2 + prior**2)
    return max(0.0, centre - reach), min(1.0, centre + reach)


def is_due(world: World, card: Card) -> bool:
    """In review, due today or before, and neither suspended nor buried."""
    buried = card.buried is not None and card.buried > world.today
    return card.state == "review" and card.due <= world.today.isoformat() and not card.suspended and not buried


def topic_rows(world: World, cards: List[Card], answers: List[Answer]) -> List[Dict[str, Any]]:
    """Decks and topics that have cards, by name; questions without a topic first."""
    own_cards, own_answers = by_topic(cards), by_topic(answers)
    return [_topic(world, key, own_cards[key], own_answers.get(key, [])) for key in sorted(own_cards, key=_in_order)]


def by_topic(things: Iterable[Any]) -> Dict[Tuple[str, str], List[Any]]:
    """Cards or answers by deck and topic."""
    found: Dict[Tuple[str, str], List[Any]] = {}
    for thing in things:
        found.setdefault((thing.deck, thing.topic), []).append(thing)
    return found


def _in_order(key: Tuple[str, str]) -> Tuple[bytes, bytes]:
    return key[0].encode(), key[1].encode()


def _topic(world: World, key: Tuple[str, str], own: List[Card], answers: List[Answer]) -> Dict[str, Any]:
    tally = Tally(answers)
    seen = [card for card in own if card.stability is not None]
    return {
        "deck": key[0],
        "topic": key[1],
        "questions": len({card.question for card in own}),
        "seen": len({card.question for card in seen}),
        "due": sum(is_due(world, card) for card in own),
        "answers": len(tally.all),
        "accuracy": Rounded(tally.accuracy),
        "retention": Rounded(tally.retention),
        "retention_corrected": Rounded(tally.corrected),
        "mean_retrievability": Rounded(mean([card.recall for card in seen if card.recall is not None])),
        "expected_score": expected(world, own),
    }


def deck_rows(world: World, scope: Scope, cards: List[Card]) -> List[Dict[str, Any]]:
    """Decks by name. Drafts have no card; they count where whole decks are asked for."""
    names = sorted((name for name in world.decks if scope.has_deck(name)), key=str.lower)
    return [_deck(world, name, scope, [card for card in cards if card.deck == name]) for name in names]


def _deck(world: World, deck: str, scope: Scope, own: List[Card]) -> Dict[str, Any]:
    free = [card for card in own if not card.suspended]
    whole = not scope.topics and not scope.tags
    drafts = world.known.get("drafts", {}).get(deck, 0) if whole else 0
    exam = world.setting(deck, "exam")
    return {
        "deck": deck,
        ("" if "drafts" in world.known else "?") + "questions": len({card.question for card in own}) + drafts,
        "cards": len(own),
        "new": sum(card.state == "new" for card in free),
        "learning": sum(card.state in ("learning", "relearning") for card in free),
        "due": sum(is_due(world, card) for card in own),
        "suspended": len(own) - len(free),
        "desired_retention": Rounded(world.setting(deck, "desired_retention")),
        "exam_date": exam,
        "expected_score": expected(world, own),
    }
