//! The interval after an answer that may have been luck: of two possible memories, one is the true one.

use super::{Elapsed, Model, NextStates};
use crate::model::{MemoryState, Rating};

/// No interval is longer: the stability of 36,500 days at a retention of 0.70 would be, and is cut off everywhere.
const LONGEST: u32 = 36_500;

/// Days until the recall that is to be expected has fallen to `retention` (0.70–0.99), after an answer of this rating that shows
/// knowledge with probability `known` (0–1).
///
/// It solves p·r(S_rating, t) + (1 − p)·r(S_again, t) = retention for t. The state after such an answer is one state between the
/// two (`NextStates::weighed`), whose recall lies above the mean of the two recalls where these are high: an interval of that state
/// would be too long. Recall is known on whole days; between two of them it is taken to fall evenly, so that the nearest day is
/// the one whose recall is nearest.
pub fn mixed_interval<M: Model>(model: &M, next: &NextStates, rating: Rating, known: f64, retention: f64) -> f64 {
    let (rated, again) = (next.after(rating), next.after(Rating::Again));
    let recall = |days: u32| {
        let of = |state: MemoryState| model.retrievability(state, Elapsed::whole_days(days));
        known * of(rated) + (1.0 - known) * of(again)
    };
    // The mean of two recalls reaches the retention between the days on which either does.
    let ends = [rated, again].map(|state| model.interval_days(state, retention));
    let mut low = (ends[0].min(ends[1]).floor() as u32).min(LONGEST);
    let mut high = (ends[0].max(ends[1]).ceil() as u32).clamp(low + 1, LONGEST + 1);
    while high - low > 1 {
        let middle = low.midpoint(high);
        if recall(middle) >= retention {
            low = middle;
        } else {
            high = middle;
        }
    }
    let (before, after) = (recall(low), recall(high));
    let share = if before > after { ((before - retention) / (before - after)).clamp(0.0, 1.0) } else { 0.0 };
    f64::from(low) + share
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::memory::Fsrs6;

    fn next(stability: f32, elapsed: u32) -> NextStates {
        Fsrs6::default().next_states(Some(MemoryState { stability, difficulty: 5.0 }), Elapsed::whole_days(elapsed))
    }

    #[test]
    fn a_hand_calculation() {
        // FSRS-6, r(S, t) = (1 + (0.9^(−1/w20) − 1)·t/S)^(−w20) with w20 = 0.1542.
        let factor = 0.9_f64.powf(-1.0 / 0.1542) - 1.0;
        let recall = |stability: f32, days: f64| (1.0 + factor * days / f64::from(stability)).powf(-0.1542);
        let next = next(10.0, 20);
        let (good, again) = (next.after(Rating::Good).stability, next.after(Rating::Again).stability);
        let days = mixed_interval(&Fsrs6::default(), &next, Rating::Good, 0.9, 0.9);
        let mean = 0.9 * recall(good, days) + 0.1 * recall(again, days);
        assert!((mean - 0.9).abs() < 1e-4, "{mean} after {days} days of {good} and {again}");
        // Shorter than the interval of the state in between.
        let between = Fsrs6::default().interval_days(next.weighed(Rating::Good, Some(0.9)), 0.9);
        assert!(days < between, "{days} {between}");
    }

    proptest! {
        #[test]
        fn it_lies_between_the_two_and_grows_with_knowledge(
            stability in 0.01..5_000.0_f32, elapsed in 0_u32..4_000, known in 0.0..=1.0_f64, more in 0.0..=1.0_f64,
            retention in 0.7..0.99_f64,
        ) {
            let (model, next) = (Fsrs6::default(), next(stability, elapsed));
            let at = |known| mixed_interval(&model, &next, Rating::Good, known, retention);
            let of = |rating| model.interval_days(next.after(rating), retention).min(36_501.0);
            let days = at(known);
            prop_assert!(days >= of(Rating::Again).floor() && days <= of(Rating::Good).ceil() + 1e-6, "{days}");
            prop_assert!(at(known + (1.0 - known) * more) >= days);
        }
    }
}
