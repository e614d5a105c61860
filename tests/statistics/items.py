"""The tables `questions` and `choices`: what each question was answered like, and what each option was picked for."""

import unicodedata
from collections import Counter
from typing import Any, Dict, Iterable, List, NamedTuple, Optional, Set, Tuple

from check import Rounded
from figures import mean, median, ratio, wilson
from world import Answer, Scope, World

MS_OF_A_SIGN, MS_OF_A_WIDE_SIGN, LEAST_MS = 30, 100, 250
FEW = 3


def reading_ms(stem: str) -> int:
    """The time that nearly everybody needs to read a stem."""
    signs = [sign for sign in stem if not sign.isspace()]
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in signs)
    return max(LEAST_MS, wide * MS_OF_A_WIDE_SIGN + (len(signs) - wide) * MS_OF_A_SIGN)


class Key(NamedTuple):
    """The options in use of a question, in the order of its bank, and which are right."""

    options: List[str]
    right: Set[str]

    @property
    def wrong(self) -> List[str]:
        return [option for option in self.options if option not in self.right]


class Suspect(NamedTuple):
    """A right option that loses to another one."""

    right: str
    wrong: str
    for_right: int
    for_wrong: int


class Item:
    """A question's answers that count, within the days asked for."""

    def __init__(self, world: World, key: Key, question: str, deck: str, answers: List[Answer], lapses: Set[str]):
        self.key = key
        self.all = [answer for answer in answers if not answer.undone]
        self.counted = [answer for answer in answers if answer.counts]
        self.right = sum(answer.right for answer in self.counted)
        self.interval = wilson(self.right, len(self.counted)) or (None, None)
        prior = world.setting(deck, "prior_knowledge")
        aware = world.setting(deck, "luck_aware")
        self.expected = mean([_expected(answer, prior, aware) for answer in self.counted])
        self.lapses = sum(answer.id in lapses for answer in self.counted)
        reading = reading_ms(world.stems.get(question, ""))
        self.rapid = [answer for answer in self.counted if 0 < answer.ms < reading]
        self.picks = Counter(letter for answer in self.counted for letter in set(answer.picked))
        self.shown = Counter(letter for answer in self.counted for letter in set(answer.shown))

    def confusions(self) -> List[Tuple[str, int]]:
        """Wrong options that were picked twice or more, in the order of the bank."""
        return [(option, self.picks[option]) for option in self.key.wrong if self.picks[option] >= 2]

    def confusion(self) -> Optional[str]:
        found = self.confusions()
        return max(found, key=lambda one: one[1])[0] if found else None

    def suspects(self) -> List[Tuple[float, Suspect]]:
        """Pairs in which the wrong option wins surely, with the lower end of the interval of its share; the surest first."""
        found = []
        for wrong in self.key.wrong:
            for right in [option for option in self.key.options if option in self.key.right]:
                mine = sum(wrong in answer.picked and right not in answer.picked for answer in self.counted)
                its = sum(right in answer.picked and wrong not in answer.picked for answer in self.counted)
                interval = wilson(mine, mine + its)
                if interval and interval[0] > 0.5:
                    found.append((interval[0], Suspect(right, wrong, its, mine)))
        return sorted(found, key=lambda one: -one[0])

    def rapid_right(self) -> int:
        return sum(answer.right for answer in self.rapid)

    def guesses_rapidly(self) -> bool:
        interval = wilson(self.rapid_right(), len(self.rapid))
        luck = mean([answer.guess for answer in self.rapid])
        return len(self.rapid) >= FEW and interval is not None and luck is not None and interval[0] <= luck

    def never_picked(self) -> List[str]:
        """Wrong options that were never picked, where even picking would have hit each of them with 95 %."""
        wrong = self.key.wrong
        answers = sum(any(option in wrong for option in answer.picked) for answer in self.counted)
        if not wrong or (1 - 1 / len(wrong)) ** answers > 0.05:
            return []
        return [option for option in wrong if not self.picks[option]]

    def note(self, draft: bool, leech: bool, surely_wrong: bool) -> str:
        marks = {"draft": draft, "leech": leech, "sure and wrong": surely_wrong}
        parts = [name for name, marked in marks.items() if marked]
        suspects = self.suspects()
        if suspects:
            pair = suspects[0][1]
            parts.append(f"check the key: {pair.wrong} beats {pair.right}, {pair.for_wrong} to {pair.for_right}")
        if self.guesses_rapidly():
            parts.append(f"rapid guesses: {len(self.rapid)} of {len(self.counted)} answers, {self.rapid_right()} right")
        if self.never_picked():
            parts.append("never picked: " + " ".join(self.never_picked()))
        return "; ".join(parts)


def _expected(answer: Answer, prior: float, luck_aware: bool) -> float:
    if answer.recall is None:
        return answer.guess + (1 - answer.guess) * prior
    luck = answer.guess if luck_aware else 0.0
    return luck + (1 - luck) * answer.recall


def keys(world: World) -> Dict[str, Key]:
    """The keys of all questions that have options to pick, as `choices` tells them."""
    found: Dict[str, Key] = {}
    for row in world.choices.rows if world.choices else []:
        key = found.setdefault(row["question"], Key([], set()))
        key.options.append(row["choice"])
        if row["correct"] == "true":
            key.right.add(row["choice"])
    return found


def first_answers(world: World) -> Dict[str, Answer]:
    """The very first answer of each question that has one that counts."""
    found: Dict[str, Answer] = {}
    for answer in world.answers:
        if answer.counts:
            found.setdefault(answer.question, answer)
    return found


def leeches(world: World) -> List[Any]:
    """Cards that were forgotten as often as their deck says."""
    return [card for card in world.cards
            if world.setting(card.deck, "leech_threshold") and card.lapses >= world.setting(card.deck, "leech_threshold")]


def surely_wrong(world: World) -> Set[str]:
    """Questions with a card that was answered surely and wrongly on the last day on which it was asked."""
    found = set()
    for card in world.cards:
        day = world.last_day(card)
        if any(answer.counts and answer.sure and not answer.right and answer.day == day for answer in world.by_card.get(card.id, [])):
            found.add(card.question)
    return found


class Items:
    """All questions, over the answers in scope."""

    def __init__(self, world: World, answers: Iterable[Answer], lapses: Set[str]):
        self.world, self.keys = world, keys(world)
        by_question: Dict[str, List[Answer]] = {}
        for answer in answers:
            by_question.setdefault(answer.question, []).append(answer)
        self.about = {row["question"]: row for row in (world.questions.rows if world.questions else [])}
        self.items = {
            question: Item(world, self.keys.get(question, Key([], set())), question, deck, by_question.get(question, []), lapses)
            for question, deck in self._decks(by_question).items()
        }

    def _decks(self, by_question: Dict[str, List[Answer]]) -> Dict[str, str]:
        decks = {question: answers[0].deck for question, answers in by_question.items()}
        decks.update((question, row["deck"]) for question, row in self.about.items())
        return decks

    def question_rows(self, scope: Scope, lapses_of: Set[str]) -> List[Dict[str, Any]]:
        """The table `questions`: those in scope. `lapses_of` are the questions of leeches."""
        firsts, sure = first_answers(self.world), surely_wrong(self.world)
        rows = []
        for question, row in sorted(self.about.items()):
            item, first = self.items[question], firsts.get(question)
            within = first is not None and scope.has_day(first.day)
            key = self.keys.get(question)
            draft = question not in {card.question for card in self.world.cards} if first is None else False
            rows.append({
                "question": question,
                "?choices": len(key.options) if key else row.get("choices"),
                "answers": len(item.all),
                "first_right": first.right if first is not None and within else None,
                "right": item.right,
                "accuracy": Rounded(ratio(item.right, len(item.counted))),
                "expected_accuracy": Rounded(item.expected),
                "guessed": sum(answer.right and answer.confidence == "guessed" for answer in item.counted),
                "lapses": item.lapses,
                "median_seconds": Rounded(median([answer.ms / 1000 for answer in item.counted if answer.ms]), None),
                "confusion": item.confusion(),
                "note": item.note(draft, question in lapses_of, question in sure),
                "?low_95": Rounded(item.interval[0]),
                "?high_95": Rounded(item.interval[1]),
                "?rapid": len(item.rapid),
                "?rapid_right": item.rapid_right(),
            })
        return rows

    def choice_rows(self) -> List[Dict[str, Any]]:
        """The table `choices`: options in use, in the order of their banks."""
        return [
            {
                "question": question,
                "choice": option,
                "shown": self.items[question].shown[option],
                "picked": self.items[question].picks[option],
                "share": Rounded(ratio(self.items[question].picks[option], self.items[question].shown[option])),
            }
            for question, key in sorted(self.keys.items()) for option in key.options
        ]
