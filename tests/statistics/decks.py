"""The tables `topics` and `decks`, and the score that is expected of the questions."""

from datetime import timedelta
from typing import Any, Dict, Iterable, List, Tuple

from check import Estimate, Rounded
from figures import Tally, mean
from world import Answer, Card, Scope, World


def luck_of(world: World, question: str) -> float:
    """The chance of luck of a question: that of its answers, or of its options where it has none yet."""
    return world.luck.get(question, 0.0)


# Of fewer answers no score is expected.
FEWEST = 10


def tells(world: World, cards: Iterable[Card]) -> bool:
    """Whether there are answers enough to these cards to expect a score."""
    return sum(answer.counts for card in cards for answer in world.by_card.get(card.id, [])) >= FEWEST


def expected(world: World, deck: Iterable[Card]) -> Estimate:
    """The expected score on questions of a deck with these cards: an estimate by learners that are drawn, which cannot be computed again
    here."""
    return Estimate(tells(world, deck))


def score_day(world: World, deck: str) -> str:
    """The day of a deck's score: its exam, where one is ahead, else tomorrow."""
    return (world.exam(deck) or world.today + timedelta(days=1)).isoformat()


def is_due(world: World, card: Card) -> bool:
    """In review, due today or before, and neither suspended nor buried."""
    buried = card.buried is not None and card.buried > world.today
    return card.state == "review" and card.due <= world.today.isoformat() and not card.suspended and not buried


def topic_rows(world: World, cards: List[Card], answers: List[Answer]) -> List[Dict[str, Any]]:
    """Decks and topics that have cards, by name; questions without a topic first."""
    own_cards, own_answers = by_topic(cards), by_topic(answers)
    decks: Dict[str, List[Card]] = {}
    for card in cards:
        decks.setdefault(card.deck, []).append(card)
    return [_topic(world, key, own_cards[key], own_answers.get(key, []), decks[key[0]]) for key in sorted(own_cards, key=_in_order)]


def by_topic(things: Iterable[Any]) -> Dict[Tuple[str, str], List[Any]]:
    """Cards or answers by deck and topic."""
    found: Dict[Tuple[str, str], List[Any]] = {}
    for thing in things:
        found.setdefault((thing.deck, thing.topic), []).append(thing)
    return found


def _in_order(key: Tuple[str, str]) -> Tuple[bytes, bytes]:
    return key[0].encode(), key[1].encode()


def _topic(world: World, key: Tuple[str, str], own: List[Card], answers: List[Answer], deck: List[Card]) -> Dict[str, Any]:
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
        "expected_score": expected(world, deck),
        "score_day": score_day(world, key[0]),
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
        "score_day": score_day(world, deck),
    }
