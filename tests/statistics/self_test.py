"""Holds the script against cases that were computed by hand, and lets it find differences that were put in."""

import contextlib
import io
import json
import math
import tempfile
import unittest
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence

import calibration
import decks
import figures
import items
import memory
import overview
import work
from check import Check, Exact, Rounded
from files import Table, read_table
from world import Answer, Card, Scope, World, letters, moment

TODAY = date(2026, 11, 23)


def answer(number: int = 0, **given: Any) -> Answer:
    """A right answer of a due card on its own day, with what is given instead."""
    base: Dict[str, Any] = {
        "id": f"{number:032d}", "card": "c1", "question": "q1", "deck": "A", "topic": "", "at": moment("2026-11-23T08:00:00.000+01:00"),
        "day": TODAY, "kind": "review", "rating": 3, "confidence": "model", "right": True, "picked": ("A",),
        "shown": ("A", "B", "C", "D"), "guess": 0.25, "known": 1.0, "ms": 6000, "elapsed": 2, "stability": 2.0, "difficulty": 5.0,
        "recall": 0.9, "stability_after": 4.0, "difficulty_after": 5.0, "due": "2026-11-27", "undone": False, "practice": False,
        "sure": None,
    }
    return Answer(**{**base, **given})


def wrong(number: int, pick: str = "B", **given: Any) -> Answer:
    return answer(number, right=False, rating=1, picked=(pick,), known=None, **given)


def world(answers: Sequence[Answer] = (), cards: Sequence[Card] = (), decks_: Optional[Dict[str, Any]] = None) -> Any:
    """A world without files."""
    made = World.__new__(World)
    made.known, made.day_start, made.today = {}, 4, TODAY
    made.now = moment("2026-11-23T20:00:00+01:00")
    made.answers, made.cards, made.moves = list(answers), list(cards), None
    made.by_card, made.exam_today = {}, {}
    for one in answers:
        made.by_card.setdefault(one.card, []).append(one)
    defaults = {"A": {}} if decks_ is None else decks_
    made.decks = {name: {**items_defaults(), **own} for name, own in defaults.items()}
    made.tags, made.stems, made.luck, made.questions, made.choices = {}, {"q1": "x" * 100}, {}, None, None
    made._last = {one.card: one.day for one in answers if one.counts}
    return made


def items_defaults() -> Dict[str, Any]:
    from world import DEFAULTS
    return dict(DEFAULTS)


def card(name: str = "c1", **given: Any) -> Card:
    base: Dict[str, Any] = {
        "id": name, "question": "q1", "deck": "A", "topic": "", "state": "review", "due": "2026-11-23", "stability": 2.0,
        "difficulty": 5.0, "recall": 0.8, "interval": 4.0, "lapses": 0, "last": moment("2026-11-19T08:00:00+01:00"),
        "suspended": False, "buried": None,
    }
    return Card(**{**base, **given})


class Numbers(unittest.TestCase):
    def test_rounding_accepts_both_only_on_the_boundary(self) -> None:
        self.assertTrue(Rounded(0.12345).fits_text("0.1234") and Rounded(0.12345).fits_text("0.1235"))
        self.assertTrue(Rounded(0.123449).fits_text("0.1234"))
        self.assertFalse(Rounded(0.123449).fits_text("0.1235") or Rounded(0.5).fits_text("0.5") or Rounded(0.5).fits_text(""))
        self.assertTrue(Rounded(None).fits_text("") and Rounded(None).fits_json(None) and Rounded(2 / 3).fits_json(0.6667))
        self.assertFalse(Rounded(2 / 3).fits_json(0.66667) or Rounded(0.0).fits_json(None) or Rounded(1.0).fits_json(True))
        self.assertTrue(Exact(0.1).fits_text("0.1") and not Exact(0.1).fits_text("0.1001") and not Exact(None).fits_text("0"))

    def test_intervals_of_newcombe(self) -> None:
        # Statistics in Medicine 17 (1998), table I, method 3.
        for part, whole, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)):
            found = figures.wilson(part, whole)
            self.assertAlmostEqual(found[0], low, 4)
            self.assertAlmostEqual(found[1], high, 4)
        self.assertIsNone(figures.wilson(0, 0))

    def test_medians(self) -> None:
        self.assertEqual([figures.median(some) for some in ([], [3.0], [4.0, 1.0], [9.0, 1.0, 2.0])], [None, 3.0, 2.5, 2.0])

    def test_the_model_is_that_of_the_reference_implementations(self) -> None:
        state = None
        for rating, days in ((1, 0), (3, 0), (3, 1), (3, 3), (3, 8), (3, 21)):
            state = memory.step(state, days, rating)
        # fsrs-rs, `test_memory_state`.
        self.assertAlmostEqual(state[0], 53.62691, 3)
        self.assertAlmostEqual(state[1], 6.3574867, 4)
        self.assertAlmostEqual(memory.recall(7.0, 7), 0.9, 12)

    def test_luck_is_taken_off_by_bayes(self) -> None:
        self.assertAlmostEqual(memory.known_probability(answer(guess=0.2), 0.3, True), 0.3 / 0.44)
        self.assertEqual(memory.known_probability(answer(guess=0.2), 0.3, False), 1.0)
        self.assertIsNone(memory.known_probability(wrong(0), 0.3, True))


class Answers(unittest.TestCase):
    def test_what_counts(self) -> None:
        tally = figures.Tally([
            answer(), wrong(1, kind="new"), answer(2, practice=True), answer(3, undone=True),
            answer(4, rating=1, confidence="guessed"),
        ])
        self.assertEqual((len(tally.all), len(tally.counted), tally.new, len(tally.due), tally.right), (4, 3, 1, 2, 2))
        self.assertEqual((tally.kept, tally.guessed, tally.ratings), (1, 1, [2, 0, 1, 0]))
        self.assertAlmostEqual(tally.minutes, 0.4)
        # Both were right: (1 − 0.25) / 0.75.
        self.assertAlmostEqual(tally.corrected, 1.0)

    def test_corrected_retention_is_not_clamped(self) -> None:
        tally = figures.Tally([wrong(0), wrong(1), wrong(2), wrong(3), answer(4)])
        self.assertAlmostEqual(tally.corrected, (0.2 - 0.25) / 0.75)

    def test_the_interval_of_recall_is_that_of_right_answers_without_luck(self) -> None:
        # 81 of 263 (Newcombe 1998) with a quarter by luck: (0.2553 - 0.25) / 0.75 and (0.3662 - 0.25) / 0.75.
        found = figures.recall([answer(at) for at in range(81)] + [wrong(at) for at in range(81, 263)])
        self.assertAlmostEqual(found["corrected_low_95"].value, 0.0071, 3)
        self.assertAlmostEqual(found["corrected_high_95"].value, 0.1549, 3)
        self.assertEqual(figures.verdict(0.9, found), "below")
        self.assertEqual(figures.verdict(0.1, found), "too-few")
        self.assertEqual(figures.verdict(0.9, figures.recall([])), "too-few")

    def test_cards_are_mature_by_the_interval_before(self) -> None:
        made = world([
            answer(0, kind="learning", day=date(2026, 10, 1), due="2026-10-22"), answer(1, day=date(2026, 10, 22), due="2026-11-11"),
            answer(2, practice=True, due="2026-12-31"), wrong(3, day=date(2026, 11, 11)),
        ], decks_={"A": {"desired_retention": 0.8}})
        found = overview.retention(made, [], figures.Tally(made.answers))
        self.assertAlmostEqual(found["target"].value, 0.8)
        self.assertEqual((found["mature"]["right"]["part"], found["young"]["right"]["whole"]), (1, 1))

    def test_streaks(self) -> None:
        days = {TODAY - timedelta(days=back) for back in (1, 2, 3, 5)}
        self.assertEqual(overview.streak(days, TODAY), 3)
        self.assertEqual(overview.streak(days | {TODAY}, TODAY), 4)
        self.assertEqual(overview.streak(days, TODAY + timedelta(days=1)), 0)

    def test_days_are_those_of_the_wall_clock(self) -> None:
        made = world()
        for text, day in (("2026-10-25T03:59:00+01:00", 24), ("2026-10-25T04:00:00+01:00", 25), ("2026-10-25T02:30:00+02:00", 24)):
            self.assertEqual(made.study_day(moment(text)), date(2026, 10, day))

    def test_letters(self) -> None:
        self.assertEqual((letters("CAB"), letters(""), letters("AA B")), (("C", "A", "B"), (), ("AA", "B")))


class Questions(unittest.TestCase):
    KEY = items.Key(["A", "B", "C", "D"], {"A"})

    def item(self, answers: List[Answer], key: Optional[items.Key] = None) -> items.Item:
        return items.Item(world(answers), key or self.KEY, "q1", "A", answers, set())

    def test_a_key_is_suspect_where_another_option_wins_surely(self) -> None:
        for mine, its, suspect in ((4, 0, True), (3, 0, False), (7, 1, True), (6, 1, False)):
            found = [wrong(at) for at in range(mine)] + [answer(10 + at) for at in range(its)]
            self.assertEqual(bool(self.item(found).suspects()), suspect, (mine, its))
        self.assertIn("check the key: B beats A, 4 to 0", self.item([wrong(at) for at in range(4)]).note(False, False, False))

    def test_what_is_picked_with_the_right_option_says_nothing_of_the_key(self) -> None:
        both = [wrong(at)._replace(picked=("A", "B")) for at in range(9)]
        self.assertEqual(self.item(both).suspects(), [])
        self.assertEqual(self.item(both).confusion(), "B")

    def test_confusions(self) -> None:
        self.assertIsNone(self.item([wrong(0), wrong(1, "C")]).confusion())
        self.assertEqual(self.item([wrong(0, "C"), wrong(1, "B"), wrong(2, "C"), wrong(3, "B")]).confusion(), "B")

    def test_reading(self) -> None:
        self.assertEqual([items.reading_ms(text) for text in ("", "a b", "x" * 100, "河流")], [250, 250, 3000, 250])
        self.assertEqual(items.reading_ms("河" * 10), 1000)

    def test_what_was_sure_and_wrong_ends_with_another_day(self) -> None:
        first, then = date(2026, 11, 19), TODAY
        sure = wrong(0, sure=True, day=first)
        for after, expected in (
            ([], {"q1"}), ([answer(1, day=first)], {"q1"}), ([answer(1, day=then)], set()), ([answer(1, day=then, undone=True)], {"q1"}),
            ([wrong(1, sure=False, day=then)], set()), ([wrong(1, sure=True, day=then)], {"q1"}),
        ):
            self.assertEqual(items.surely_wrong(world([sure] + after, [card()])), expected, after)
        for one in (wrong(0, sure=False), answer(0, sure=True), wrong(0, sure=True, practice=True), wrong(0)):
            self.assertEqual(items.surely_wrong(world([one], [card()])), set())
        self.assertEqual(self.item([sure]).note(False, True, True), "leech; sure and wrong")

    def test_how_sure_the_person_was(self) -> None:
        said = [answer(0, sure=True), wrong(1, sure=True), wrong(2, sure=False), answer(3), answer(4, sure=False, practice=True)]
        found = overview.sureness(world(said), [], said)
        self.assertEqual([(found[key]["part"], found[key]["whole"]) for key in ("sure", "unsure")], [(1, 2), (0, 1)])

    def test_rapid_guesses(self) -> None:
        fast = [wrong(at, ms=500) for at in range(3)] + [answer(3, ms=500), answer(4), answer(5, ms=0)]
        self.assertIn("rapid guesses: 4 of 6 answers, 1 right", self.item(fast).note(False, False, False))
        self.assertFalse(self.item(fast[:2]).guesses_rapidly())
        self.assertFalse(self.item([answer(at, ms=500) for at in range(5)]).guesses_rapidly())

    def test_options_that_nobody_picks(self) -> None:
        # (2/3)^7 = 0.059, (2/3)^8 = 0.039.
        self.assertEqual(self.item([wrong(at) for at in range(7)]).never_picked(), [])
        self.assertEqual(self.item([wrong(at) for at in range(8)]).never_picked(), ["C", "D"])

    def test_what_was_to_be_expected(self) -> None:
        item = self.item([answer(recall=0.6), answer(1, recall=None, kind="new")])
        self.assertAlmostEqual(item.expected, (0.25 + 0.75 * 0.6 + 0.25 + 0.75 * 0.3) / 2)


class Cards(unittest.TestCase):
    def test_a_score_is_said_from_ten_answers_on(self) -> None:
        made = world([answer(at) for at in range(9)], [card()], decks_={"A": {"exam": "2026-12-03"}, "B": {}})
        self.assertFalse(decks.tells(made, made.cards))
        many = world([answer(at) for at in range(10)], [card()])
        self.assertTrue(decks.tells(many, many.cards))
        self.assertEqual(decks.score_day(made, "A"), "2026-12-03")
        self.assertEqual(decks.score_day(made, "B"), (TODAY + timedelta(days=1)).isoformat())

    def test_what_is_believed_by_hand(self) -> None:
        # Known with 0.3 · 0.998 · 0.999, lucky with 0.7 · 0.5 · 0.8: 0.2991 of 0.5791. S is 2.3065 after good, 0.212 after again.
        first = answer(day=date(2026, 11, 16), recall=None, guess=0.5, confidence="model", rating=3)
        then = answer(1, day=date(2026, 11, 19), recall=0.5, guess=0.5, confidence="model", rating=3)
        found = memory.chain([first, then], 0.3, True, memory.PUBLISHED)
        share = 0.3 * 0.998 * 0.999 / (0.3 * 0.998 * 0.999 + 0.7 * 0.5 * 0.8)
        self.assertIsNone(found[0])
        self.assertAlmostEqual(found[1], share * memory.recall(2.3065, 3) + (1 - share) * memory.recall(0.212, 3))

    def test_work_to_come(self) -> None:
        cards = [
            card("1", due="2026-11-20"), card("2"), card("3", due="2026-11-24"), card("4", buried=date(2026, 11, 25)),
            card("5", suspended=True), card("6", state="relearning", due="2026-11-24T03:30:00.000+01:00"),
            card("7", due="2027-02-01"), card("8", state="new", due="", stability=None),
            card("9", state="new", due="", stability=None, buried=date(2026, 11, 24)),
        ]
        forecast = work.Forecast(world([], cards), cards)
        self.assertEqual((forecast.backlog, forecast.later), (1, 1))
        self.assertEqual([(row["due"], row["learning"], row["new"]) for row in forecast.rows(Scope())[:4]],
                         [(2, 1, 1), (1, 0, 1), (1, 0, 0), (0, 0, 0)])
        self.assertAlmostEqual(forecast.rows(Scope())[0]["expected_minutes"].value, (30 + 40) / 60)

    def test_times_of_a_card(self) -> None:
        steps = [answer(at, kind="relearning", ms=2000) for at in range(5)]
        made = world([answer(at) for at in range(10)] + steps + [answer(at, kind="new", ms=9000) for at in range(9)])
        self.assertEqual(work.seconds(made), (7.0, 40.0))

    def test_limits_of_decks_in_decks(self) -> None:
        made = world(decks_={"A": {"new_per_day": 5}, "A::B": {"new_per_day": 4}, "C": {"reviews_per_day": 3}})
        limits = work.Limits(made, {("A::B", "new"): 1})
        self.assertEqual((limits.take_new("A::B", 9), limits.take_new("A", 9)), (3, 1))
        limits.take_reviews("C", 2)
        self.assertEqual(limits.take_new("C", 9), 1)


class Predictions(unittest.TestCase):
    def test_three_measures_by_hand(self) -> None:
        self.assertAlmostEqual(calibration.log_loss([0.8, 0.4], [True, False]), -(math.log(0.8) + math.log(0.6)) / 2)
        self.assertAlmostEqual(calibration.log_loss([1.0], [False]), -math.log(1e-6))
        self.assertEqual(calibration.auc([0.1, 0.5, 0.5, 0.9], [False, True, False, True]), 3.5 / 4)
        self.assertIsNone(calibration.auc([0.5], [True]))

    def test_bins_are_those_of_the_benchmark(self) -> None:
        # fsrs-rs `r_matrix_index`: by days elapsed, length, lapses.
        made = world([answer(0, elapsed=None), answer(1, elapsed=1), wrong(2, elapsed=4), answer(3, elapsed=0), answer(4, elapsed=14)])
        found = calibration.history_bins(made)
        self.assertEqual([found[f"{at:032d}"] for at in (1, 2, 4)], [(2.48, 4, 0), (8.98, 4, 0), (32.5, 7, 2)])

    def test_mean_squares_over_bins(self) -> None:
        one = calibration.Prediction(0.9, True, 0.9, 0.0, "A", (1, 1, 0))
        found = [one, one._replace(right=False), one._replace(bin=(2, 1, 0))]
        expected = math.sqrt((2 * (0.9 - 0.5) ** 2 + 0.1**2) / 3)
        self.assertAlmostEqual(calibration.rmse_bins([0.9, 0.9, 0.9], found), expected)

    def test_what_a_model_must_beat(self) -> None:
        first = 1 / (1 + math.exp(-1.2))
        second = 1 / (1 + math.exp(-(1.2 - 0.3 * first)))
        for found, expected in zip(calibration.moving_average([False, True]), (first, second)):
            self.assertAlmostEqual(found, expected)
        self.assertEqual(calibration.share_so_far([True, False, True]), [0.9, 1.0, 0.5])

    def test_which_answers_are_predicted(self) -> None:
        made = world([
            answer(0, elapsed=None, recall=None, kind="new"), answer(1, elapsed=0), answer(2), answer(3, kind="exam"),
            answer(4, practice=True), answer(5, undone=True), wrong(6),
        ])
        found = calibration.predictions(made, made.answers)
        self.assertEqual([one.right for one in found], [True, False])
        self.assertAlmostEqual(found[0].probability, 0.925)
        row = calibration.calibration_rows(found)[0]
        self.assertEqual((row["bin_low"].value, row["answers"]), (0.9, 2))
        self.assertAlmostEqual(row["?actual_recall"].value, (0.5 - 0.25) / 0.75)

    def test_the_chain_gives_what_was_predicted(self) -> None:
        days = [date(2026, 1, 1), date(2026, 1, 4)]
        first = answer(0, day=days[0], recall=None, guess=0.0, kind="new")
        found = memory.chain([first, answer(1, day=days[1])], 0.3, True, memory.PUBLISHED)
        self.assertEqual(found[0], None)
        self.assertAlmostEqual(found[1], memory.recall(2.3065, 3))


REVIEWS = (
    "review,card,question,deck,topic,at,study_day,kind,rating,confidence,right,picked,shown,guess_probability,known_probability,seconds,"
    "elapsed_days,stability_before,difficulty_before,retrievability_before,stability_after,difficulty_after,interval_days,due,undone,"
    "practice,typed,overruled,sure\r\n"
    "1,c1,q1,A,,2026-11-23T08:00:00.000+01:00,2026-11-23,new,1,model,false,B,AB,0.5,,6,,,,,0.212,6.4133,1,2026-11-24,false,false,,false,\r\n"
)
CARDS = (
    "card,question,deck,topic,stem,state,due,stability,difficulty,retrievability,interval_days,answers,lapses,last_answer,suspended\r\n"
    "c1,q1,A,,'=What?,review,2026-11-24,0.212,6.4133,1,1,1,0,2026-11-23T08:00:00.000+01:00,false\r\n"
)
STATS = (
    "date,deck,answers,new,reviews,again,hard,good,easy,right,guessed,accuracy,retention,retention_corrected,predicted,minutes\r\n"
    "2026-11-23,A,1,1,0,1,0,0,0,0,0,0.0000,,,,0.1000\r\n"
)
QUESTIONS = (
    "question,deck,topic,stem,choices,answers,first_right,right,accuracy,expected_accuracy,guessed,lapses,median_seconds,confusion,note\r\n"
    "q1,A,,'=What?,2,1,false,0,0.0000,0.6500,0,0,6,,\r\n"
)
CHOICES = "question,deck,choice,text,correct,shown,picked,share\r\nq1,A,A,yes,true,1,0,0.0000\r\nq1,A,B,no,false,1,1,1.0000\r\n"
FORECAST = "date,deck,due,new,expected_minutes,learning\r\n" + "".join(
    f"{TODAY + timedelta(days=ahead)},A,{'1,0,0.1667,0' if ahead == 1 else '0,0,0.0000,0'}\r\n" for ahead in range(30)
)
CALIBRATION = "deck,bin_low,bin_high,answers,predicted,actual,low_95,high_95\r\n"
DECKS = (
    "deck,questions,cards,new,learning,due,suspended,desired_retention,exam_date,expected_score,score_day\r\n"
    "A,1,1,0,0,0,0,0.9000,,,2026-11-24\r\n"
)
TOPICS = (
    "deck,topic,questions,seen,due,answers,accuracy,retention,retention_corrected,mean_retrievability,expected_score,score_day\r\n"
    "A,,1,1,0,1,0.0000,,,1.0000,,2026-11-24\r\n"
)
REVLOG = "card_id,review_time,review_rating,review_state,review_duration\r\nc1,1795417200000,1,0,6000\r\n"


class Folders(unittest.TestCase):
    """Whole folders of one answer."""

    def run_on(self, **tables: str) -> Check:
        from __main__ import arguments, check_folder
        whole = {
            "reviews": REVIEWS, "cards": CARDS, "stats": STATS, "questions": QUESTIONS, "choices": CHOICES, "forecast": FORECAST,
            "calibration": CALIBRATION, "decks": DECKS, "topics": TOPICS, "revlog": REVLOG,
        }
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for table, text in {**whole, **tables}.items():
                (folder / f"{table}.csv").write_bytes(text.encode())
            (folder / "known.json").write_text(json.dumps({"now": "2026-11-23T20:00:00+01:00", "moves": [], "decks": {"A": {}}}))
            read_table.cache_clear()
            return check_folder(arguments([name, "--known", str(folder / "known.json"), "--require", ",".join(whole)]))

    def test_all_tables_of_one_answer_agree(self) -> None:
        self.assertEqual(self.run_on().differences, [])

    def test_lists_whose_order_is_open(self) -> None:
        from log import replay
        made = world([wrong(at, elapsed=None) for at in range(5)], [card()])
        made.luck, made.questions = {"q1": 0.25}, Table(["question", "deck", "topic", "stem"], [
            {"question": "q1", "deck": "A", "topic": "", "stem": "What?", "choices": "2"}])
        made.choices = Table([], [{"question": "q1", "choice": "A", "correct": "true"}, {"question": "q1", "choice": "B", "correct": "false"}])
        share = plain(figures.share(0, 5))
        about = {"question": "q1", "deck": "A", "stem": "What?"}
        theirs = {
            "topics": [{"deck": "A", "topic": None, "questions": 1, "seen": 1, "due": 1, "answers": 5, "accuracy": 0.0,
                        "first_attempts": plain(figures.share(0, 1)), "retention": 0.0, "mean_retrievability": 0.8,
                        "expected_score": None}],
            "hardest": [{**about, "right": share, "expected": 0.925, "lapses": 0, "note": "check the key: B beats A, 5 to 0"}],
            "confusions": [{**about, "right": [{"letter": "A", "text": "yes"}], "wrong": {"letter": "B", "text": "no"}, "times": 5,
                            "answers": 5}],
            "suspect_keys": [{**about, "keyed": {"letter": "A"}, "keyed_times": 0, "other": {"letter": "B"}, "other_times": 5}],
            "sureness": {"first_again": []},
        }
        found, check = replay(made)._replace(lapses=set()), Check()
        overview.Open(check, made, Scope(), found).check(theirs)
        self.assertEqual(check.differences, [])
        for name, key, value in (("topics", "due", 0), ("hardest", "lapses", 1), ("confusions", "times", 4), ("suspect_keys", "other_times", 4)):
            changed = {**theirs, name: [{**theirs[name][0], key: value}]}
            check = Check()
            overview.Open(check, made, Scope(), found).check(changed)
            self.assertTrue(check.differences, name)

    def test_bars_hold_what_lies_in_them(self) -> None:
        made = world([], [card(interval=1.0), card("c2", interval=4.0), card("c3", interval=9.0)])
        bars = [{"low": 1, "high": 4, "cards": 1}, {"low": 4, "high": None, "cards": 2}]
        for cards, differences in ((2, 0), (1, 2)):
            theirs = {name: {"bins": [{"low": 0, "high": None, "cards": 3}]} for name in ("stability", "difficulty", "retrievability")}
            check = Check()
            overview.check_spreads(check, made, Scope(), {**theirs, "intervals": {"bins": [bars[0], {**bars[1], "cards": cards}]}})
            self.assertEqual(len(check.differences), differences)

    def test_a_changed_figure_is_told(self) -> None:
        for table, text, before, after in (
            ("stats", STATS, "0.1000", "0.1001"),
            ("cards", CARDS, ",1,1,0,", ",1,1,1,"),
            ("questions", QUESTIONS, "0.6500", "0.6501"),
            ("choices", CHOICES, "1,1,1.0000", "1,1,0.9999"),
            ("forecast", FORECAST, "0.1667", "0.1666"),
            ("decks", DECKS, "0.9000", "0.9001"),
            ("topics", TOPICS, ",1,0.0000", ",2,0.0000"),
            ("revlog", REVLOG, "200000,", "200001,"),
        ):
            changed = text.replace(before, after)
            self.assertNotEqual(changed, text, table)
            found = self.run_on(**{table: changed}).differences
            self.assertEqual([one.table for one in found], [table], found)

    def test_a_report_has_room_for_every_column(self) -> None:
        check = Check()
        for row in range(100):
            check.differs("stats", str(row), "right", row, "x" * 500)
        check.differs("topics", "A", "due", 1, 2)
        lines = check.report()
        self.assertEqual(lines[0][:40], "stats: 0: right: ours `0`, theirs `xxxxx")
        self.assertEqual((len(lines), lines[-2]), (20, "stats: 82 more rows: right"))
        self.assertEqual(lines[-1], "topics: A: due: ours `1`, theirs `2`")
        for column in range(100):
            check.differs("cards", "c1", str(column), 1, 2)
        self.assertEqual((len(check.report()), check.report()[-1]), (21, "83 more columns"))
        self.assertEqual(Check().report(), [])

    def test_rows_too_few_and_too_many_are_told(self) -> None:
        self.assertTrue(self.run_on(stats=STATS.splitlines(keepends=True)[0]).differences)
        self.assertTrue(self.run_on(calibration=CALIBRATION + "A,0.9000,0.9500,1,0.9,1.0000,0.2065,1.0000\r\n").differences)

    def test_a_table_that_is_not_there_is_told(self) -> None:
        from __main__ import arguments, main
        with tempfile.TemporaryDirectory() as name, contextlib.redirect_stderr(io.StringIO()) as told:
            self.assertEqual(main([name]), 1)
        self.assertIn("reviews.csv", told.getvalue())
        self.assertEqual(arguments(["x"]).require, "")


class Overviews(unittest.TestCase):
    def figures(self) -> Any:
        from log import Replay
        made = world([wrong(0, kind="new", elapsed=None, recall=None)], [card()])
        made.luck = {"q1": 0.25}
        return made, overview.figures_of(made, Scope(), Replay({}, set(), {}))

    def test_the_figures_of_one_answer(self) -> None:
        _, found = self.figures()
        self.assertEqual(found["about"]["period"], {"from": "2026-10-25", "to": "2026-11-23"})
        activity, cards = found["activity"], found["cards"]
        self.assertEqual((activity["today"]["answers"], activity["streak"], len(activity["year"]), len(activity["days"])), (1, 1, 365, 30))
        self.assertEqual([hour["right"]["whole"] for hour in activity["hours"]].index(1), 8)
        self.assertEqual((cards["review"], cards["forecast"]["days"][0]["due"], cards["score"]), (1, 1, None))
        self.assertEqual((found["items"]["first_attempts"]["whole"], found["calibration"]["answers"]), (1, 0))

    def test_a_tree_is_compared_to_its_leaves(self) -> None:
        _, found = self.figures()
        check = Check()
        check.json("", found, plain(found))
        self.assertEqual(check.differences, [])
        other = plain(found)
        other["activity"]["hours"][8]["right"]["high_95"] = 0.5
        del other["cards"]["leeches"]
        check.json("", found, other)
        self.assertEqual(len(check.differences), 2, check.differences)


def plain(tree: Any) -> Any:
    """A tree as JSON would have it."""
    if isinstance(tree, Rounded):
        return None if tree.value is None else round(tree.value, 4)
    if isinstance(tree, dict):
        return {key: plain(value) for key, value in tree.items()}
    return [plain(value) for value in tree] if isinstance(tree, list) else tree
