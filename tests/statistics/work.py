"""The work to come: the table `forecast` and its part of the overview."""

from collections import Counter
from datetime import date, timedelta
from typing import Any, Dict, List, Optional, Tuple

from check import Rounded
from world import Answer, Card, Scope, World, moment

DAYS, FARTHEST = 30, 3_650
HABIT = 2_000
ENOUGH = 10
SECONDS_OF_DUE, SECONDS_OF_NEW = 10.0, 40.0


def due_day(world: World, card: Card) -> Optional[date]:
    """The day on which a card counts: that on which it is due, or until which it is buried where that is later. None while it is new,
    and while it is suspended."""
    if card.suspended or not card.due:
        return None
    day = world.study_day(moment(card.due)) if "T" in card.due else date.fromisoformat(card.due)
    return max(day, card.buried) if card.buried else day


def seconds(world: World) -> Tuple[float, float]:
    """The time of a due card and of a new one, steps included, as the last answers say."""
    last = [answer for answer in world.answers if answer.counts][-HABIT:]
    timed = [answer for answer in last if answer.ms > 0]
    due = _each(timed, ("review", "ahead", "relearning"), ("review", "ahead"))
    new = _each(timed, ("new", "learning"), ("new",))
    return (SECONDS_OF_DUE if due is None else due), (SECONDS_OF_NEW if new is None else new)


def _each(answers: List[Answer], timed: Tuple[str, ...], counted: Tuple[str, ...]) -> Optional[float]:
    count = sum(answer.kind in counted for answer in answers)
    return sum(answer.ms for answer in answers if answer.kind in timed) / 1000 / count if count >= ENOUGH else None


def done_today(world: World) -> Counter:
    """What was taken of today's limits, by deck and kind. With an exam ahead, cards are asked ahead of their time in place of reviews."""
    done: Counter = Counter()
    for answer in world.answers:
        if answer.counts and answer.day == world.today:
            ahead = answer.kind == "ahead" and world.exam(answer.deck)
            kind = "review" if ahead else answer.kind
            done[answer.deck, kind] += kind in ("new", "review")
    return done


class Limits:
    """What is left of a day's limits. A card takes a place in its deck and in the decks around it; a new card takes that of a review
    too, unless the settings say otherwise."""

    def __init__(self, world: World, done: Dict[Tuple[str, str], int]):
        self.names = {name.lower(): name for name in world.decks}
        self.new = {name: world.setting(name, "new_per_day") for name in world.decks}
        self.reviews = {name: world.setting(name, "reviews_per_day") for name in world.decks}
        self.apart = {name: world.setting(name, "new_ignores_review_limit") for name in world.decks}
        for (deck, kind), count in done.items():
            for name in self.around(deck):
                self._spend(name, count if kind == "new" else 0, count if kind == "review" else 0)

    def around(self, deck: str) -> List[str]:
        parts = deck.lower().split("::")
        names = ("::".join(parts[:length]) for length in range(len(parts), 0, -1))
        return [self.names[name] for name in names if name in self.names]

    def _spend(self, name: str, new: int, reviews: int) -> None:
        self.new[name] = max(0, self.new[name] - new)
        self.reviews[name] = max(0, self.reviews[name] - reviews - (0 if self.apart[name] else new))

    def take_reviews(self, deck: str, wanted: int) -> int:
        taken = min([wanted] + [self.reviews[name] for name in self.around(deck)])
        for name in self.around(deck):
            self._spend(name, 0, taken)
        return taken

    def take_new(self, deck: str, wanted: int) -> int:
        places = [self.new[name] for name in self.around(deck)]
        places += [self.reviews[name] for name in self.around(deck) if not self.apart[name]]
        taken = min([wanted] + places)
        for name in self.around(deck):
            self._spend(name, taken, 0)
        return taken


class Forecast:
    """Cards due and new cards let in, by day and deck, of the decks that have cards here: for thirty days, or up to `last`."""

    def __init__(self, world: World, cards: List[Card], last: Optional[date] = None):
        self.decks = sorted({card.deck for card in cards}, key=str.encode)
        count = max(DAYS, min((last - world.today).days, FARTHEST) + 1) if last else DAYS
        self.days = [world.today + timedelta(days=ahead) for ahead in range(count)]
        self.due: Counter = Counter()
        self.learning: Counter = Counter()
        self.backlog, self.later = 0, 0
        for card in cards:
            day = due_day(world, card)
            if day is None:
                continue
            if card.state != "review":
                self.learning[max(day, world.today), card.deck] += 1
                continue
            self.backlog += day < world.today
            self.later += day > self.days[-1]
            self.due[max(day, world.today), card.deck] += 1
        # Which cards the queue before an exam asks today is its own matter: what it says of today is taken from the whole table.
        for deck in self.decks:
            if deck in world.exam_today:
                self.due[world.today, deck] = world.exam_today[deck][0]
        self.new = self._new(world, cards)
        self.time = seconds(world)

    def _new(self, world: World, cards: List[Card]) -> Counter:
        fresh = Counter((max(card.buried or world.today, world.today), card.deck)
                        for card in cards if card.state == "new" and not card.suspended)
        waiting: Counter = Counter()
        review = Counter((max(day, world.today), card.deck) for card in cards if card.state == "review"
                         for day in [due_day(world, card)] if day is not None)
        done = done_today(world)
        new: Counter = Counter()
        for day in self.days:
            limits = Limits(world, done if day == world.today else {})
            for deck in self.decks:
                own = deck in world.exam_today and day == world.today
                limits.take_reviews(deck, self.due[day, deck] if own else review[day, deck])
            for deck in self.decks:
                waiting[deck] += fresh[day, deck]
                exam = world.exam(deck)
                if deck in world.exam_today and day == world.today:
                    new[day, deck] = min(waiting[deck], world.exam_today[deck][1])
                elif exam and exam > day and not world.decks[deck].get("minutes_per_day"):
                    new[day, deck] = limits.take_reviews(deck, waiting[deck])
                else:
                    new[day, deck] = limits.take_new(deck, waiting[deck])
                waiting[deck] -= new[day, deck]
        return new

    def minutes(self, due: int, new: int) -> float:
        return (due * self.time[0] + new * self.time[1]) / 60

    def rows(self, scope: Scope) -> List[Dict[str, Any]]:
        """The table: every day that is asked for, and every deck."""
        return [self._row(day, deck) for day in self.days if scope.has_day(day) for deck in self.decks]

    def _row(self, day: date, deck: str) -> Dict[str, Any]:
        due, learning, new = self.due[day, deck], self.learning[day, deck], self.new[day, deck]
        return {"date": day.isoformat(), "deck": deck, "due": due, "new": new,
                "expected_minutes": Rounded(self.minutes(due + learning, new)), "learning": learning}

    def overview(self) -> Dict[str, Any]:
        """As the JSON of the overview has it."""
        days = []
        for day in self.days:
            due, learning, new = (sum(counts[day, deck] for deck in self.decks) for counts in (self.due, self.learning, self.new))
            days.append({"date": day.isoformat(), "due": due, "new": new, "minutes": Rounded(self.minutes(due + learning, new)),
                         "learning": learning})
        return {"backlog": self.backlog, "days": days, "later": self.later}
