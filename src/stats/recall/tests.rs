use super::*;
use crate::model::{Guess, Rating, StudyDay};

/// An answer to a card that was due, which had so many options (0: free recall).
fn review(right: bool, options: u32) -> Review {
    let rating = if right { Rating::Good } else { Rating::Again };
    let due = Due::Day(StudyDay(121));
    Review { guess: Guess::from_ways(options), took_ms: 5_000, due, ..Review::test(100, rating) }
}

#[test]
fn a_card_is_mature_from_21_days_on() {
    let mut recall = RecallByAge::default();
    for promised in [None, Some(0.007), Some(20.9), Some(21.0), Some(400.0)] {
        recall.add(&review(true, 4), 0.9, promised);
    }
    for kind in [ReviewKind::New, ReviewKind::Learning, ReviewKind::Relearning, ReviewKind::Ahead, ReviewKind::Exam] {
        recall.add(&Review { kind, ..review(true, 4) }, 0.9, Some(30.0));
    }
    recall.add(&Review { practice: true, ..review(true, 4) }, 0.9, Some(30.0));
    assert_eq!((recall.young.answers, recall.mature.answers), (3, 2));
    assert_eq!(promised_days(&review(true, 4)), 21.0);
    let now = review(true, 4).at.utc_ms;
    assert_eq!(promised_days(&Review { due: Due::At(now + 21_600_000), ..review(true, 4) }), 0.25);
}

#[test]
fn decks_that_meet_their_own_targets_meet_them_together() {
    // 95 of 100 by free recall with target 0.95; with two options 90 of 100, which is recall of 0.8, with target 0.8.
    let mut recall = RecallByAge::default();
    for number in 0..100 {
        recall.add(&review(number < 95, 0), 0.95, None);
        recall.add(&review(number < 90, 2), 0.8, Some(30.0));
    }
    let (target, corrected) = (recall.target().expect("a target"), recall.all().figures().corrected);
    // 185 of 200 are right, g is a quarter.
    assert!((corrected.expect("a share") - (0.925 - 0.25) / 0.75).abs() < 1e-12);
    assert!((target - 0.9).abs() < 1e-12, "{target}");
    let apart = [recall.young, recall.mature].map(|count| count.figures().corrected.expect("a share"));
    assert!((apart[0] - 0.95).abs() < 1e-12 && (apart[1] - 0.8).abs() < 1e-12, "{apart:?}");
}

#[test]
fn where_luck_is_always_right_there_is_no_target() {
    let mut recall = RecallByAge::default();
    assert_eq!(recall.target(), None);
    recall.add(&review(true, 1), 0.9, None);
    assert_eq!(recall.target(), None);
}
