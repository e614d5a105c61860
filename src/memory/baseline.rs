//! What a model must beat: predictions without a model of memory, and those of SM-2, as in the open SRS benchmark.

use super::metrics::MovingAverage;
use super::predict::{Prediction, bin, link};
use super::{History, Trial};

/// The longest interval of SM-2, in days.
const LONGEST: f64 = 36_500.0;

/// The places in the log of all predicted answers, in the order of time.
pub(super) fn orders(histories: &[History]) -> Vec<u32> {
    let mut orders: Vec<u32> = histories.iter().flat_map(History::predicted).map(|trial| trial.order).collect();
    orders.sort_unstable();
    orders
}

/// The same predictions with the share of right answers in the past instead of each probability.
pub(super) fn constant(past: &[Prediction], now: &[Prediction]) -> Vec<Prediction> {
    let right = past.iter().filter(|prediction| prediction.right).count();
    let probability = if past.is_empty() { 0.9 } else { right as f64 / past.len() as f64 };
    now.iter().map(|prediction| Prediction { probability, ..*prediction }).collect()
}

/// The same predictions with a [`MovingAverage`] of the answers before instead of each probability. They must be complete, in the
/// order of time.
pub(super) fn moving_average(all: &[Prediction]) -> Vec<Prediction> {
    let mut average = MovingAverage::default();
    all.iter()
        .map(|prediction| Prediction { probability: average.predict_then_update(prediction.right), ..*prediction })
        .collect()
}

/// What SM-2 would have predicted, had it set the intervals: recall is 0.9 when its interval is over, and falls exponentially.
/// Of several answers on a day, only the first counts.
pub(super) fn sm2(histories: &[History], from: u32) -> Vec<Prediction> {
    let mut all = Vec::new();
    for history in histories {
        let (mut interval, mut ease, mut repetitions) = (0.0, 2.5, 0_u32);
        let (mut long, mut lapses) = (0, 0);
        for (at, trial) in history.trials.iter().enumerate() {
            if at > 0 && trial.elapsed_days == 0 {
                continue;
            }
            if at > 0 {
                long += 1;
            }
            if trial.predicted && trial.order >= from {
                let recall = 0.9_f64.powf(f64::from(trial.elapsed_days) / interval);
                let luck = if history.luck_aware { trial.evidence.guess.probability() } else { 0.0 };
                all.push(Prediction {
                    probability: link(recall, luck),
                    right: if luck > 0.0 { trial.evidence.right } else { trial.passed() },
                    luck,
                    order: trial.order,
                    bin: bin(trial.elapsed_days, long, lapses),
                });
            }
            if at > 0 && !trial.passed() {
                lapses += 1;
            }
            (interval, ease, repetitions) = after(trial, interval, ease, repetitions);
        }
    }
    all.sort_unstable_by_key(|prediction| prediction.order);
    all
}

/// Interval (days), ease and repetitions after an answer. SM-2 grades from 0 to 5; the four ratings are its 2 to 5.
fn after(trial: &Trial, interval: f64, ease: f64, repetitions: u32) -> (f64, f64, u32) {
    let grade = f64::from(trial.evidence.rating.number()) + 1.0;
    let (interval, repetitions) = match repetitions {
        _ if !trial.passed() => (1.0, 0),
        0 => (1.0, 1),
        1 => (6.0, 2),
        more => (interval * ease, more.saturating_add(1)),
    };
    let ease = (ease + 0.1 - (5.0 - grade) * (0.08 + (5.0 - grade) * 0.02)).max(1.3);
    ((interval + 0.01).round_ties_even().clamp(1.0, LONGEST), ease, repetitions)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Evidence;
    use crate::model::{Confidence, DeckId, Guess, Rating};

    fn history(answers: &[(u8, u32)]) -> History {
        let trial = |(order, &(rating, elapsed_days)): (u32, &(u8, u32))| {
            let rating = Rating::from_number(rating).expect("1 to 4");
            let evidence =
                Evidence { right: rating != Rating::Again, rating, confidence: Confidence::Model, guess: Guess::NONE };
            Trial { evidence, elapsed_days, order, predicted: elapsed_days > 0 }
        };
        let trials = (0..).zip(answers).map(trial).collect();
        History { deck: DeckId(1), prior_knowledge: 0.3, luck_aware: true, trials }
    }

    #[test]
    fn sm2_by_hand() {
        // Intervals 1, 6, 6 · 2.5 = 15 after three goods (which leave the ease at 2.5), then 1 after again; a second answer of
        // the first day is none.
        let predicted = sm2(&[history(&[(3, 0), (1, 0), (3, 2), (3, 6), (1, 30), (3, 1)])], 0);
        let probabilities: Vec<f64> = predicted.iter().map(|prediction| prediction.probability).collect();
        let expected = [0.9_f64.powi(2), 0.9, 0.9_f64.powi(2), 0.9];
        assert_eq!(probabilities.len(), 4);
        for (probability, expected) in probabilities.iter().zip(expected) {
            assert!((probability - expected).abs() < 1e-12, "{probabilities:?}");
        }
    }

    #[test]
    fn the_moving_average_follows() {
        let base = |right| Prediction { probability: 0.0, right, luck: 0.0, order: 0, bin: (0, 0, 0) };
        let predicted = moving_average(&[base(true), base(false), base(false)]);
        let first = 1.0 / (1.0 + (-1.2_f64).exp());
        assert!((predicted[0].probability - first).abs() < 1e-12);
        let second = 1.0 / (1.0 + (-1.2 - 0.3 * (1.0 - first)).exp());
        assert!((predicted[1].probability - second).abs() < 1e-12);
        assert!(predicted[2].probability < second);
    }

    #[test]
    fn the_constant_is_the_past() {
        let base = |right| Prediction { probability: 0.0, right, luck: 0.0, order: 0, bin: (0, 0, 0) };
        let past = [base(true), base(true), base(true), base(false)];
        assert_eq!(constant(&past, &[base(false)])[0].probability, 0.75);
        assert_eq!(constant(&[], &[base(false)])[0].probability, 0.9);
    }
}
