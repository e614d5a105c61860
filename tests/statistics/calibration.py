"""Predicted recall against what came: the table `calibration`, and how good the predictions are."""

import math
from datetime import datetime
from functools import lru_cache
from typing import Any, Dict, Iterable, List, NamedTuple, Optional, Set, Tuple

import memory
from check import Rounded
from figures import mean, wilson
from world import Answer, World

BINS = 20
LEAST = 1e-6


class Prediction(NamedTuple):
    """What was predicted of an answer, and what came."""

    probability: float
    right: bool
    recall: float
    luck: float
    deck: str
    bin: Tuple[float, float, float]


def predictions(world: World, answers: Iterable[Answer], published: bool = False) -> List[Prediction]:
    """For answers a day or more after the one before, mock exams aside, in the order of the log. `published` asks what the published
    parameters would have said."""
    recalls = _published(world) if published else {}
    bins = history_bins(world)
    found = []
    for answer in answers:
        if answer.counts and answer.elapsed and answer.kind != "exam" and answer.recall is not None:
            recall = recalls.get(answer.id) or answer.recall
            luck = answer.guess if world.setting(answer.deck, "luck_aware") else 0.0
            probability = luck + (1 - luck) * recall
            found.append(Prediction(probability, answer.right, recall, luck, answer.deck, bins[answer.id]))
    return found


def _published(world: World) -> Dict[str, Optional[float]]:
    """The recall that the published parameters give, in decks that have others."""
    found: Dict[str, Optional[float]] = {}
    for answers in world.by_card.values():
        deck = answers[0].deck
        if world.setting(deck, "parameters"):
            counted = [answer for answer in answers if answer.counts]
            prior, aware = world.setting(deck, "prior_knowledge"), world.setting(deck, "luck_aware")
            recalls = memory.chain(counted, prior, aware, memory.PUBLISHED)
            found.update((answer.id, recall) for answer, recall in zip(counted, recalls))
    return found


@lru_cache(maxsize=1)
def history_bins(world: World) -> Dict[str, Tuple[float, float, float]]:
    """The bin of each answer after the open SRS benchmark: days elapsed, answers a day or more apart through this one, and lapses
    before it, since the card was new."""
    found: Dict[str, Tuple[float, float, float]] = {}
    for answers in world.by_card.values():
        length = lapses = 0
        for answer in answers:
            if not answer.counts:
                continue
            if answer.elapsed is None:
                length = lapses = 0
            elif answer.elapsed > 0:
                length += 1
                found[answer.id] = (
                    round(_grade(answer.elapsed, 2.48, 3.62), 2),
                    math.floor(_grade(length + 1, 1.99, 1.89) + 0.5),
                    math.floor(_grade(lapses, 1.65, 1.73) + 0.5) if lapses else 0,
                )
                lapses += answer.rating == 1
    return found


@lru_cache(maxsize=None)
def _grade(value: float, factor: float, base: float) -> float:
    return factor * base ** math.floor(math.log(value) / math.log(base))


def log_loss(probabilities: List[float], right: List[bool]) -> Optional[float]:
    """The mean of −ln of the probability that was given to what came."""
    return mean([-math.log(max(LEAST, given if came else 1 - given)) for given, came in zip(probabilities, right)])


def rmse_bins(probabilities: List[float], found: List[Prediction]) -> Optional[float]:
    """Over the bins, the root of the mean squared difference of predicted and actual shares, weighted by answers."""
    bins: Dict[Any, List[Tuple[float, bool]]] = {}
    for probability, one in zip(probabilities, found):
        bins.setdefault(one.bin, []).append((probability, one.right))
    if not bins:
        return None
    squares = []
    for pairs in bins.values():
        gap = math.fsum(given for given, _ in pairs) / len(pairs) - sum(came for _, came in pairs) / len(pairs)
        squares.append(len(pairs) * gap**2)
    return math.sqrt(math.fsum(squares) / len(found))


def auc(probabilities: List[float], right: List[bool]) -> Optional[float]:
    """By ranks (Mann and Whitney): equal predictions share the middle of their ranks."""
    order = sorted(range(len(right)), key=lambda at: probabilities[at])
    ranks, at = 0.0, 0
    while at < len(order):
        end = at
        while end < len(order) and probabilities[order[end]] == probabilities[order[at]]:
            end += 1
        ranks += (at + 1 + end) / 2 * sum(right[place] for place in order[at:end])
        at = end
    hits = sum(right)
    misses = len(right) - hits
    return (ranks - hits * (hits + 1) / 2) / (hits * misses) if hits and misses else None


def moving_average(right: List[bool]) -> List[float]:
    """On a logistic scale from 1.2, each answer moves it by 0.3 times its surprise."""
    logit, found = 1.2, []
    for came in right:
        found.append(1 / (1 + math.exp(-logit)))
        logit += 0.3 * (came - found[-1])
    return found


def share_so_far(right: List[bool]) -> List[float]:
    hits, found = 0, []
    for count, came in enumerate(right):
        found.append(hits / count if count else 0.9)
        hits += came
    return found


def methods(found: List[Prediction], published: List[Prediction]) -> List[Dict[str, Any]]:
    """The model in use, then what it must beat, over the same answers; none where there are no answers."""
    if not found:
        return []
    right = [one.right for one in found]
    ways: List[Tuple[str, List[float], float]] = [
        ("in use", [one.probability for one in found], 0.0),
        ("defaults", [one.probability for one in published], 1e-4 if _differ(found, published) else 0.0),
        ("moving average", moving_average(right), 0.0),
        ("constant", share_so_far(right), 0.0),
    ]
    return [
        {
            "method": name,
            "log_loss": Rounded(log_loss(given, right), slack=slack),
            "rmse_bins": Rounded(rmse_bins(given, found), slack=slack),
            "auc": Rounded(auc(given, right), slack=slack),
        }
        for name, given, slack in ways
    ]


def _differ(found: List[Prediction], published: List[Prediction]) -> bool:
    return any(one.recall != other.recall for one, other in zip(found, published))


def bins_of(found: List[Prediction]) -> List[Tuple[int, List[Prediction]]]:
    """The twentieths of the prediction that have answers, from the lowest on; 1 belongs to the last."""
    bins: Dict[int, List[Prediction]] = {}
    for one in found:
        bins.setdefault(min(BINS - 1, math.floor(one.probability * BINS)), []).append(one)
    return sorted(bins.items())


def bin_figures(place: int, own: List[Prediction]) -> Dict[str, Any]:
    hits = sum(one.right for one in own)
    low, high = wilson(hits, len(own)) or (None, None)
    return {
        "bin_low": Rounded(place / BINS, None),
        "bin_high": Rounded((place + 1) / BINS, None),
        "answers": len(own),
        "predicted": Rounded(mean([one.probability for one in own])),
        "actual": Rounded(hits / len(own)),
        "low_95": Rounded(low),
        "high_95": Rounded(high),
    }


def calibration_rows(found: List[Prediction]) -> List[Dict[str, Any]]:
    """The table: decks by name, and their bins."""
    rows = []
    for deck in sorted({one.deck for one in found}, key=str.encode):
        for place, own in bins_of([one for one in found if one.deck == deck]):
            rows.append({"deck": deck, **bin_figures(place, own), **_recall(own)})
    return rows


def _recall(own: List[Prediction]) -> Dict[str, Any]:
    luck = math.fsum(one.luck for one in own) / len(own)
    actual = sum(one.right for one in own) / len(own)
    return {
        "?recall": Rounded(mean([one.recall for one in own])),
        "?actual_recall": Rounded((actual - luck) / (1 - luck) if luck < 1 else None),
    }


def overview(world: World, decks: Set[str], found: List[Prediction], published: List[Prediction]) -> Dict[str, Any]:
    """As the JSON of the overview has it. `decks` are those that have cards here."""
    return {
        "answers": len(found),
        "predicted": Rounded(mean([one.probability for one in found])),
        "actual": Rounded(mean([float(one.right) for one in found])),
        "bins": [bin_figures(place, own) for place, own in bins_of(found)],
        "methods": methods(found, published),
        "parameters_since": _since(world, decks),
    }


def _since(world: World, decks: Set[str]) -> Optional[str]:
    """The study day on which the parameters in use were set, where all decks have the same moment."""
    moments = {world.setting(deck, "parameters_since_ms") for deck in decks}
    since = moments.pop() if len(moments) == 1 else None
    if since is None:
        return None
    return world.study_day(datetime.fromtimestamp(since / 1000, world.now.tzinfo)).isoformat()
