"""FSRS-6 as published (open-spaced-repetition, "The Algorithm"), and the luck-aware update. In double precision, while the trainer
computes in single: what follows from here is held against it with `SINGLE` of slack. One detail is that of its reference
implementation `fsrs-rs`: on the same day stability does not fall after hard either."""

import math
from datetime import date
from typing import List, Optional, Sequence, Tuple

from world import Answer

SINGLE = 2e-5
# Near 0 the stability after a lapse is a difference of numbers near 1, of which single precision keeps seven digits.
TINY = 1e-6
PUBLISHED = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014,
    1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)
State = Tuple[float, float]


def days_between(later: date, earlier: date) -> int:
    """Whole days; 0 where the clock went back."""
    return max(0, (later - earlier).days)


def recall(stability: float, days: int, weights: Sequence[float] = PUBLISHED) -> float:
    """The forgetting curve: 0.9 after `stability` days, 1 on the same day."""
    if days == 0:
        return 1.0
    decay = -min(max(weights[20], 0.1), 0.8)
    factor = 0.9 ** (1 / decay) - 1
    return (1 + factor * days / stability) ** decay


def first_difficulty(rating: int, w: Sequence[float]) -> float:
    return w[4] - math.exp(w[5] * (rating - 1)) + 1


def step(state: Optional[State], days: int, rating: int, w: Sequence[float] = PUBLISHED) -> State:
    """Stability (days) and difficulty (1–10) after a rating."""
    if state is None:
        return bounded(w[rating - 1], first_difficulty(rating, w))
    stability, difficulty = state
    if days == 0:
        growth = math.exp(w[17] * (rating - 3 + w[18])) * stability ** -w[19]
        after = stability * (max(growth, 1.0) if rating >= 2 else growth)
    elif rating == 1:
        gone = 1 - recall(stability, days, w)
        after = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * math.exp(w[14] * gone)
        after = min(after, stability / math.exp(w[17] * w[18]))
    else:
        gone = 1 - recall(stability, days, w)
        growth = math.exp(w[8]) * (11 - difficulty) * stability ** -w[9] * (math.exp(w[10] * gone) - 1)
        after = stability * (1 + growth * {2: w[15], 4: w[16]}.get(rating, 1.0))
    moved = difficulty - w[6] * (rating - 3) * (10 - difficulty) / 9
    return bounded(after, w[7] * first_difficulty(4, w) + (1 - w[7]) * moved)


def bounded(stability: float, difficulty: float) -> State:
    return min(max(stability, 0.001), 36500.0), min(max(difficulty, 1.0), 10.0)


def known_probability(answer: Answer, before: float, luck_aware: bool) -> Optional[float]:
    """The probability that a right answer came from knowledge: Bayes, unless the person says how it was."""
    if not answer.right:
        return None
    if answer.confidence != "model":
        return 0.0 if answer.confidence == "guessed" else 1.0
    if not luck_aware or answer.guess == 0:
        return 1.0
    return before / (before + (1 - before) * answer.guess)


def after(answer: Answer, state: Optional[State], days: int, known: Optional[float], w: Sequence[float] = PUBLISHED) -> State:
    """The memory after an answer: between that of its rating and that of having forgotten, as far as it shows knowledge."""
    forgot = step(state, days, 1, w)
    if not known:
        return forgot
    rated = step(state, days, answer.rating, w)
    stability = math.exp(known * math.log(rated[0]) + (1 - known) * math.log(forgot[0]))
    return stability, known * rated[1] + (1 - known) * forgot[1]


# How people answer before a fit has learnt it: knowledge before the first attempt (the setting), luck besides pure chance, the chances
# that luck is owned up to, that knowledge is called a guess, and that it slips, and how much less luck is rated than knowledge.
USUAL = (1.0, 0.2, 0.001, 0.002, 0.0)
# States that are kept of a card, and the least share of one.
MOST, LEAST = 6, 1e-4
# Single precision decides otherwise now and then which of two states are merged.
MERGED = 2e-3
Possible = Tuple[float, State]


def said(answer: Answer, luck: float) -> str:
    """What an answer says of knowledge."""
    if not answer.right or (answer.rating == 1 and answer.confidence != "guessed"):
        return "wrong"
    if answer.confidence == "guessed":
        return "guessed" if luck else "wrong"
    return "rated" if answer.confidence == "stated" else "nothing"


def likelihoods(what: str, luck: float) -> Tuple[float, float]:
    """How likely that is of somebody who knew, and of somebody who did not."""
    if not luck:
        return (0.0, 1.0) if what == "wrong" else (1.0, 0.0)
    extra_luck, owns_up, false_alarm, slip, rates_luck = USUAL
    chance = min(extra_luck * luck, 0.95)
    return {
        "wrong": (slip, 1 - chance),
        "guessed": ((1 - slip) * false_alarm, chance * owns_up),
        "nothing": ((1 - slip) * (1 - false_alarm), chance * (1 - owns_up)),
        "rated": ((1 - slip) * (1 - false_alarm), chance * (1 - owns_up) * rates_luck),
    }[what]


def merged(states: List[Possible]) -> List[Possible]:
    """A few states instead of many, with weights that add up to 1: of two neighbours, those are one whose variance of ln S is least."""
    total = math.fsum(weight for weight, _ in states)
    states = sorted((one for one in states if one[0] > LEAST * total), key=lambda one: one[1][0])
    while len(states) > MOST:
        def cost(at: int) -> float:
            (one, (low, _)), (other, (high, _)) = states[at], states[at + 1]
            return one * other / (one + other) * math.log(high / low) ** 2
        at = min(range(len(states) - 1), key=cost)
        (one, first), (other, second) = states[at], states[at + 1]
        share = one / (one + other)
        stability = math.exp(share * math.log(first[0]) + (1 - share) * math.log(second[0]))
        states[at:at + 2] = [(one + other, (stability, share * first[1] + (1 - share) * second[1]))]
    total = math.fsum(weight for weight, _ in states)
    return [(weight / total, state) for weight, state in states]


def chain(answers: List[Answer], prior: float, luck_aware: bool, w: Sequence[float]) -> List[Optional[float]]:
    """The recall that was to be expected before each of a card's answers that count, had these parameters been in use all the time."""
    states: List[Possible] = []
    last: Optional[date] = None
    found: List[Optional[float]] = []
    for answer in answers:
        if answer.recall is None:
            states = []
        days = days_between(answer.day, last) if states and last else 0
        found.append(math.fsum(weight * recall(state[0], days, w) for weight, state in states) if states else None)
        luck = answer.guess if luck_aware else 0.0
        what = said(answer, luck)
        known, forgot = likelihoods(what, luck)
        rating = answer.rating if answer.rating > 1 else 3
        knew = what in ("nothing", "rated")
        if states and days == 0:
            # On the same day recall is 1 by convention, and so tells nothing.
            after_all = [(weight, step(state, 0, rating if knew else 1, w)) for weight, state in states]
            states = after_all
        else:
            split: List[Tuple[float, Optional[State], float]] = [(weight, state, recall(state[0], days, w)) for weight, state in states]
            moved = []
            for weight, state, before in split or [(1.0, None, prior)]:
                for likely, by in ((before * known, rating), ((1 - before) * forgot, 1)):
                    if weight * likely > 0:
                        moved.append((weight * likely, step(state, days, by, w)))
            if not moved:
                moved = [(weight, step(state, days, rating if knew else 1, w)) for weight, state, _ in split or [(1.0, None, prior)]]
            states = merged(moved)
        last = answer.day
    return found
