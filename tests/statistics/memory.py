"""FSRS-6 as published (open-spaced-repetition, "The Algorithm"), and the luck-aware update. In double precision, while the trainer
reckons in single: what follows from here is held against it with `SINGLE` of slack. One detail is that of its reference
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


def chain(answers: List[Answer], prior: float, luck_aware: bool, w: Sequence[float]) -> List[Optional[float]]:
    """The recall before each of a card's answers that count, had these parameters been in use all the time."""
    state: Optional[State] = None
    last: Optional[date] = None
    found: List[Optional[float]] = []
    for answer in answers:
        if answer.recall is None:
            state = None
        days = days_between(answer.day, last) if state and last else 0
        before = recall(state[0], days, w) if state else None
        found.append(before)
        known = known_probability(answer, prior if before is None else before, luck_aware)
        state, last = after(answer, state, days, known, w), answer.day
    return found
