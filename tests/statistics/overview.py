"""The JSON of `retain stats --json`: what was done, how the cards stand, topics, questions and options, calibration."""

from datetime import date, timedelta
from typing import Any, Callable, Dict, List, Optional, Set

import calibration
import decks
from check import Check, Estimate, Rounded
from figures import Tally, mean, median, recall, share, verdict
from items import Item, Items, first_answers, leeches, surely_wrong
from log import Replay, interval_of
from work import Forecast
from world import Answer, Card, Scope, World

MONTH, YEAR, TOP, MATURE = 30, 365, 10, 21


class Period:
    """The days that are asked for: of what happened lately, and of what needs many answers."""

    def __init__(self, world: World, scope: Scope):
        self.asked = scope.first is not None or scope.last is not None
        self.last = min(scope.last or world.today, world.today)
        self.first = scope.first if self.asked else world.today - timedelta(days=MONTH - 1)
        self.long_first = scope.first if self.asked else None

    def lately(self, answers: List[Answer]) -> List[Answer]:
        return [answer for answer in answers if (self.first is None or self.first <= answer.day) and answer.day <= self.last]

    def long(self, answers: List[Answer]) -> List[Answer]:
        return [answer for answer in answers
                if (self.long_first is None or self.long_first <= answer.day) and answer.day <= self.last]


def iso(day: Optional[date]) -> Optional[str]:
    return day.isoformat() if day else None


def figures_of(world: World, scope: Scope, found: Replay) -> Dict[str, Any]:
    """All figures that follow by the definitions alone. What the definitions leave open (the bars of histograms, the order of equals)
    is held by `check_open`."""
    answers = [answer for answer in world.answers if scope.has(world, answer) and not answer.undone]
    cards = [card for card in world.cards if scope.has(world, card)]
    period = Period(world, scope)
    return {
        "about": {
            "today": iso(world.today),
            "period": {"from": iso(period.first), "to": iso(period.last)},
            "long_period": {"from": iso(period.long_first), "to": iso(period.last)},
            "asked": period.asked,
        },
        "activity": activity(world, cards, answers, period),
        "cards": card_figures(world, cards),
        "items": item_figures(world, period, cards, answers, found),
        "calibration": calibration.overview(
            world,
            {card.deck for card in cards},
            calibration.predictions(world, period.long(answers)),
            calibration.predictions(world, period.long(answers), published=True),
        ),
    }


def totals(answers: List[Answer]) -> Dict[str, Any]:
    tally = Tally(answers)
    return {**_day(tally), "right": tally.right, "guessed": tally.guessed}


def _day(tally: Tally) -> Dict[str, Any]:
    return {
        "answers": len(tally.all),
        "new": tally.new,
        "reviews": len(tally.due),
        "accuracy": Rounded(tally.accuracy),
        "minutes": Rounded(tally.minutes),
    }


def day_figures(answers: List[Answer], first: date, last: date) -> List[Dict[str, Any]]:
    """Every day from the first to the last."""
    by_day: Dict[date, List[Answer]] = {}
    for answer in answers:
        by_day.setdefault(answer.day, []).append(answer)
    count = (last - first).days + 1
    days = [first + timedelta(days=ahead) for ahead in range(count)]
    return [{"date": iso(day), **_day(Tally(by_day.get(day, [])))} for day in days]


def streak(days: Set[date], today: date) -> int:
    """Days in a row up to today, or up to yesterday where today has none yet."""
    at = today if today in days else today - timedelta(days=1)
    count = 0
    while at in days:
        count, at = count + 1, at - timedelta(days=1)
    return count


def activity(world: World, cards: List[Card], answers: List[Answer], period: Period) -> Dict[str, Any]:
    lately = period.lately(answers)
    tally = Tally(lately)
    first = period.first or min((answer.day for answer in lately), default=None)
    again, hard, good, easy = tally.ratings
    return {
        "today": totals([answer for answer in answers if answer.day == world.today]),
        "period": totals(lately),
        # The person's days in a row are those of all decks.
        "streak": streak({answer.day for answer in world.answers if not answer.undone}, world.today),
        "year": day_figures(answers, world.today - timedelta(days=YEAR - 1), world.today),
        "days": day_figures(lately, first, period.last) if first else [],
        "retention": retention(world, cards, tally),
        "hours": [{"hour": hour, "right": _right(lately, hour)} for hour in range(24)],
        "ratings": {
            "again": again, "hard": hard, "good": good, "easy": easy,
            "guessed": sum(answer.rating == 1 and answer.right and answer.confidence == "guessed" for answer in tally.counted),
        },
    }


def retention(world: World, cards: List[Card], tally: Tally) -> Dict[str, Any]:
    """Recall at cards that were due, held against the mean target of the same answers, with the weights that corrected recall has."""
    weights = [1 - answer.guess for answer in tally.due]
    if sum(weights) > 0:
        target = sum(weight * world.setting(answer.deck, "desired_retention")
                     for weight, answer in zip(weights, tally.due)) / sum(weights)
    else:
        target = mean([world.setting(name, "desired_retention") for name in sorted({card.deck for card in cards})]) or 0.9
    mature = {answer.id for answer in tally.due if (promised(world, answer) or 0.0) >= MATURE}
    every = recall(tally.due)
    return {
        "target": Rounded(target),
        "raw": share(tally.kept, len(tally.due)),
        **every,
        "verdict": verdict(target, every),
        "young": recall([answer for answer in tally.due if answer.id not in mature]),
        "mature": recall([answer for answer in tally.due if answer.id in mature]),
        "predicted": Rounded(tally.predicted),
    }


def promised(world: World, answer: Answer) -> Optional[float]:
    """The interval that the answer before it promised, in days."""
    before = [one for one in world.by_card[answer.card] if one.counts and one.id < answer.id]
    return interval_of(before[-1]) if before else None


def _right(answers: List[Answer], hour: int) -> Dict[str, Any]:
    own = [answer for answer in answers if answer.counts and answer.at.hour == hour]
    return share(sum(answer.right for answer in own), len(own))


def card_figures(world: World, cards: List[Card]) -> Dict[str, Any]:
    free = [card for card in cards if not card.suspended]
    called = {card.id for card in leeches(world)}
    return {
        "cards": len(cards),
        "new": sum(card.state == "new" for card in free),
        "learning": sum(card.state in ("learning", "relearning") for card in free),
        "review": sum(card.state == "review" for card in free),
        "suspended": len(cards) - len(free),
        "leeches": sum(card.id in called for card in cards),
        "forecast": Forecast(world, cards).overview(),
        **{name: _middle(values) for name, values in spreads(cards).items()},
        "score": score(world, cards),
    }


def spreads(cards: List[Card]) -> Dict[str, List[float]]:
    """What the histograms are of: intervals of cards in review, and the memory of all cards that were answered."""
    seen = [card for card in cards if card.stability is not None]
    return {
        "intervals": [card.interval for card in cards if card.state == "review" and card.interval is not None],
        "stability": [card.stability for card in seen if card.stability is not None],
        "difficulty": [card.difficulty for card in seen if card.difficulty is not None],
        "retrievability": [card.recall for card in seen if card.recall is not None],
    }


def _middle(values: List[float]) -> Dict[str, Any]:
    return {"median": Rounded(median(values)), "mean": Rounded(mean(values))}


def score(world: World, cards: List[Card]) -> Optional[Dict[str, Any]]:
    """The expected score, for the exam where all the cards' decks have the same one ahead, else for tomorrow."""
    exams = {world.exam(card.deck) for card in cards}
    exam = exams.pop() if len(exams) == 1 else None
    questions = len({card.question for card in cards})
    if not questions or not decks.tells(world, cards):
        return None
    return {
        "date": iso(exam or world.today + timedelta(days=1)),
        "exam": exam is not None,
        "questions": questions,
        "mean": Estimate(True),
        "low_90": Estimate(True),
        "high_90": Estimate(True),
    }


def item_figures(world: World, period: Period, cards: List[Card], answers: List[Answer], found: Replay) -> Dict[str, Any]:
    long = period.long(answers)
    within = {answer.id for answer in long}
    firsts = [answer for answer in first_answers(world).values() if answer.id in within]
    items = Items(world, long, found.lapses).items
    rapid = [answer for item in items.values() for answer in item.rapid]
    confused = [times for item in items.values() for _, times in item.confusions()]
    return {
        "first_attempts": share(sum(answer.right for answer in firsts), len(firsts)),
        "rapid": share(sum(answer.right for answer in rapid), len(rapid)),
        "rapid_chance": Rounded(mean([answer.guess for answer in rapid])),
        "sureness": sureness(world, cards, long),
        "all_confusions": len(confused),
    }


def sureness(world: World, cards: List[Card], answers: List[Answer]) -> Dict[str, Any]:
    """How many of the answers were right that the person was sure of, and of those that they were not."""
    said = {sure: [answer.right for answer in answers if answer.counts and answer.sure is sure] for sure in (True, False)}
    wrong = surely_wrong(world) & {card.question for card in cards}
    return {
        "sure": share(sum(said[True]), len(said[True])),
        "unsure": share(sum(said[False]), len(said[False])),
        "all_first_again": len(wrong),
    }


def check_overview(check: Check, world: World, scope: Scope, found: Replay, theirs: Dict[str, Any]) -> None:
    """Compares the JSON with all figures."""
    check.json("", figures_of(world, scope, found), theirs)
    check_spreads(check, world, scope, theirs["cards"])
    Open(check, world, scope, found).check(theirs["items"])


def check_spreads(check: Check, world: World, scope: Scope, theirs: Dict[str, Any]) -> None:
    """Bars hold what lies within their ends, touch each other, and hold all."""
    cards = [card for card in world.cards if scope.has(world, card)]
    for name, values in spreads(cards).items():
        bins = theirs[name]["bins"]
        held = sum(one["cards"] for one in bins)
        check.json(f"cards.{name}.all", len(values), held)
        for one, after in zip(bins, bins[1:] + [None]):
            last = after is None
            inside = [value for value in values if one["low"] <= value and (one["high"] is None or value < one["high"]
                                                                          or (last and value == one["high"]))]
            check.json(f"cards.{name}.{one['low']}", len(inside), one["cards"])
            if after is not None:
                check.json(f"cards.{name}.{one['low']}.high", after["low"], one["high"])


class Open:
    """Lists whose order among equals the definitions leave open: each entry is held by its identity, the order by its measure."""

    def __init__(self, check: Check, world: World, scope: Scope, found: Replay):
        self.check_, self.world = check, world
        answers = [answer for answer in world.answers if scope.has(world, answer) and not answer.undone]
        self.cards = [card for card in world.cards if scope.has(world, card)]
        self.long = Period(world, scope).long(answers)
        self.items = Items(world, self.long, found.lapses)
        self.leeches = {card.question for card in leeches(world)}
        self.surely_wrong = surely_wrong(world)
        self.firsts = {question: answer.id for question, answer in first_answers(world).items()}

    def check(self, theirs: Dict[str, Any]) -> None:
        self._topics(theirs["topics"])
        self._hardest(theirs["hardest"])
        self._confusions(theirs["confusions"])
        self._suspects(theirs["suspect_keys"])
        again = [one["question"] for one in theirs["sureness"]["first_again"]]
        wrong = self.surely_wrong & {card.question for card in self.cards}
        self.check_.json("items.sureness.first_again", [True] * min(TOP, len(wrong)), [question in wrong for question in again])

    def _order(self, place: str, found: List[Any], measure: Callable[[Any], Optional[float]]) -> None:
        values = [measure(one) for one in found]
        known = [value for value in values if value is not None]
        if known != sorted(known):
            self.check_.differs("overview", place, "order", "rising", values)

    def _topics(self, theirs: List[Dict[str, Any]]) -> None:
        # Here a score is expected of all that is asked for, or of nothing.
        score = {"expected_score": Estimate(decks.tells(self.world, self.cards))}
        rows = {(row["deck"], row["topic"]): {**row, **score} for row in decks.topic_rows(self.world, self.cards, self.long)}
        self.check_.json("items.topics.names", sorted(rows), sorted((one["deck"], one["topic"] or "") for one in theirs))
        self._order("items.topics", theirs, lambda one: one["expected_score"])
        answers = decks.by_topic(self.long)
        for one in theirs:
            row = rows.get((one["deck"], one["topic"] or ""))
            if row:
                ours = {key: row[key] for key in ("questions", "seen", "due", "answers", "accuracy", "retention",
                                                  "mean_retrievability", "expected_score")}
                ours["first_attempts"] = self._first_attempts(answers.get((one["deck"], one["topic"] or ""), []))
                self.check_.json(f"items.topics.{one['deck']}.{one['topic']}", ours, one)

    def _first_attempts(self, answers: List[Answer]) -> Dict[str, Any]:
        own = [answer for answer in answers if self.firsts.get(answer.question) == answer.id]
        return share(sum(answer.right for answer in own), len(own))

    def _about(self, question: str, item: Item) -> Dict[str, Any]:
        row = self.items.about.get(question, {})
        return {"deck": row.get("deck"), "stem": row.get("stem")} if row else {}

    def _hardest(self, theirs: List[Dict[str, Any]]) -> None:
        ends = {question: item.interval[1] for question, item in self.items.items.items() if item.counted}
        wanted = sorted(end for end in ends.values() if end is not None and end < 1)[:TOP]
        found = [ends.get(one["question"]) or 2.0 for one in theirs]
        self.check_.json("items.hardest.ends", [round(end, 9) for end in wanted],
                         [round(end, 9) for end in found if end < 1])
        for one in theirs:
            item = self.items.items[one["question"]]
            self.check_.json(f"items.hardest.{one['question']}", {
                **self._about(one["question"], item),
                "right": share(item.right, len(item.counted)),
                "expected": Rounded(item.expected),
                "lapses": item.lapses,
                "note": item.note(False, one["question"] in self.leeches, one["question"] in self.surely_wrong) or None,
            }, one)

    def _confusions(self, theirs: List[Dict[str, Any]]) -> None:
        every = {(question, option): times for question, item in self.items.items.items() for option, times in item.confusions()}
        self.check_.json("items.confusions.times", sorted(every.values(), reverse=True)[:TOP], [one["times"] for one in theirs])
        for one in theirs:
            item = self.items.items[one["question"]]
            self.check_.json(f"items.confusions.{one['question']}", {
                **self._about(one["question"], item),
                "right": [{"letter": option} for option in item.key.options if option in item.key.right],
                "times": every.get((one["question"], one["wrong"]["letter"])),
                "answers": len(item.counted),
            }, one)

    def _suspects(self, theirs: List[Dict[str, Any]]) -> None:
        every = {question: item.suspects()[0][1] for question, item in self.items.items.items() if item.suspects()}
        self.check_.json("items.suspect_keys.count", min(TOP, len(every)), len(theirs))
        for one in theirs:
            pair = every.get(one["question"])
            if pair is None:
                self.check_.differs("overview", "items.suspect_keys", one["question"], "no suspect", one)
                continue
            self.check_.json(f"items.suspect_keys.{one['question']}", {
                **self._about(one["question"], self.items.items[one["question"]]),
                "keyed": {"letter": pair.right}, "keyed_times": pair.for_right,
                "other": {"letter": pair.wrong}, "other_times": pair.for_wrong,
            }, one)
