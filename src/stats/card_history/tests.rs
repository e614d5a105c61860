use uuid::Uuid;

use super::*;
use crate::memory::{Answering, Fsrs6};
use crate::model::{CardId, Guess, LogId, Move};

const DAY_MS: i64 = 86_400_000;

fn replayer() -> Replayer<Fsrs6> {
    Replayer { model: Fsrs6::default(), prior_knowledge: 0.3, luck_aware: true, answering: Answering::USUAL }
}

fn moment(day: i32) -> Moment {
    Moment { utc_ms: i64::from(day) * DAY_MS, offset_minutes: 0 }
}

fn review(number: u128, day: i32, rating: Rating, due: i32) -> LogEntry {
    LogEntry::Review(Review {
        id: LogId(Uuid::from_u128(number)),
        kind: if number == 1 { ReviewKind::New } else { ReviewKind::Review },
        confidence: Confidence::Stated,
        picked: vec![2],
        shown: vec![0, 1, 2],
        guess: Guess::one_of(3),
        took_ms: 4_000,
        due: Due::Day(StudyDay(due)),
        ..Review::test(day, rating)
    })
}

fn forget(number: u128, day: i32) -> LogEntry {
    LogEntry::Move(Move {
        id: LogId(Uuid::from_u128(number)),
        card: CardId(1),
        at: moment(day),
        day: StudyDay(day),
        kind: MoveKind::Forget,
        why: String::new(),
    })
}

fn history(log: &[(LogEntry, bool)], today: i32) -> CardHistory {
    CardHistory::new(log, &replayer(), StudyDay(today))
}

#[test]
fn a_card_that_was_never_answered_has_no_curve() {
    let history = history(&[], 10);
    assert_eq!((history.answers.len(), history.curve.len(), history.retrievability), (0, 0, None));
    assert_eq!(history.memory, CardMemory::NEW);
}

#[test]
fn recall_falls_between_answers_and_rises_with_them() {
    let log = [(review(1, 0, Rating::Good, 2), false), (review(2, 3, Rating::Good, 13), false)];
    let history = history(&log, 5);
    assert_eq!(history.memory, replayer().fold(log.iter().map(|(entry, _)| entry)));
    let state = history.answers[0].after.expect("a memory");
    let before = Fsrs6::default().retrievability(state, Elapsed::whole_days(3));
    assert_eq!(history.answers[1].retrievability_before, Some(before));
    assert_eq!(history.curve[0], (-5.0, 1.0));
    assert_eq!(history.curve[3..5], [(-2.0, before), (-2.0, 1.0)]);
    let today = history.curve.iter().find(|point| point.0 == 0.0).expect("today");
    assert_eq!(Some(today.1), history.retrievability);
    // Due on day 13, after an interval of 10 days: five days more are shown.
    assert_eq!(history.curve.last().expect("an end").0, 13.0);
    assert!(history.curve.windows(2).all(|pair| pair[0].0 <= pair[1].0));
    assert_eq!((history.answers[1].interval_days, history.answers[1].picked.as_slice()), (10.0, &[2][..]));
}

#[test]
fn an_answer_that_was_taken_back_is_told_and_counts_for_nothing() {
    let kept = (review(1, 0, Rating::Good, 2), false);
    let log = [kept.clone(), (review(2, 3, Rating::Again, 4), true)];
    let with = history(&log, 5);
    let without = history(&[kept], 5);
    assert_eq!((with.answers.len(), with.answers[1].undone, with.answers[1].after), (2, true, None));
    assert_eq!((&with.curve, with.memory), (&without.curve, without.memory));
}

#[test]
fn a_card_that_is_new_again_is_remembered_by_nobody() {
    let log = [(review(1, 0, Rating::Good, 2), false), (forget(2, 2), false), (review(3, 4, Rating::Good, 6), false)];
    let history = history(&log, 4);
    let places: Vec<(f64, bool)> = history.curve[2..6].iter().map(|point| (point.0, point.1 == 0.0)).collect();
    assert_eq!(places, [(-2.0, false), (-2.0, true), (0.0, true), (0.0, false)]);
    assert_eq!(history.answers[1].retrievability_before, None);
}

#[test]
fn years_are_sampled() {
    let log = [(review(1, 0, Rating::Easy, 8), false), (review(2, 9_000, Rating::Good, 12_000), false)];
    let history = history(&log, 9_001);
    assert!(history.curve.len() < 2 * POINTS as usize + 4, "{}", history.curve.len());
}

#[test]
fn a_clock_that_went_back_keeps_the_order() {
    let log = [(review(1, 10, Rating::Good, 12), false), (review(2, 4, Rating::Good, 9), false)];
    let history = history(&log, 5);
    assert!(history.curve.windows(2).all(|pair| pair[0].0 <= pair[1].0), "{:?}", history.curve);
}
