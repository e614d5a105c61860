//! How good the predictions are, beside those of what a model must beat.

use std::collections::HashMap;

use super::Foretold;
use crate::memory::metrics::{MovingAverage, auc_of, surprise};
use crate::memory::{Bin, link};
use crate::stats::overview::MethodFigures;

/// The names of the methods, in the order in which they are shown.
const METHODS: [&str; 4] = ["in use", "defaults", "moving average", "constant"];
/// What is predicted before the first answer by the share of right answers so far.
const FIRST_CONSTANT: f64 = 0.9;

/// Predictions by each method of the same answers, which are to come in the order of the log.
#[derive(Clone, Debug, Default)]
pub(super) struct Contest {
    methods: [Predictions; 4],
    /// The right answers and all, by bin of answers that are alike.
    alike: HashMap<Bin, Alike>,
    average: MovingAverage,
    right: usize,
    answers: usize,
    /// Whether the parameters in use predicted anything that the published ones do not.
    differs: bool,
}

#[derive(Clone, Debug, Default)]
struct Predictions {
    surprise: f64,
    /// Each probability with whether the answer was right.
    told: Vec<(f64, bool)>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Alike {
    answers: f64,
    /// Predictions less right answers, by method.
    off: [f64; 4],
}

impl Contest {
    pub(super) fn add(&mut self, answer: &Foretold) {
        let constant = if self.answers == 0 { FIRST_CONSTANT } else { self.right as f64 / self.answers as f64 };
        let told = [
            answer.probability(),
            link(answer.default_recall, answer.guess),
            self.average.tell(answer.right),
            constant,
        ];
        self.differs |= told[0] != told[1];
        self.answers += 1;
        self.right += usize::from(answer.right);
        let alike = self.alike.entry(answer.alike).or_default();
        alike.answers += 1.0;
        let right = f64::from(u8::from(answer.right));
        for (place, probability) in told.into_iter().enumerate() {
            self.methods[place].surprise += surprise(probability, answer.right);
            self.methods[place].told.push((probability, answer.right));
            alike.off[place] += probability - right;
        }
    }

    pub(super) fn figures(&self) -> Vec<MethodFigures> {
        if self.answers == 0 {
            return Vec::new();
        }
        let count = self.answers as f64;
        let auc_in_use = auc_of(&self.methods[0].told);
        METHODS
            .iter()
            .zip(&self.methods)
            .enumerate()
            .map(|(place, (method, predictions))| MethodFigures {
                method,
                log_loss: Some(predictions.surprise / count),
                rmse_bins: Some(
                    (self.alike.values().map(|alike| alike.off[place].powi(2) / alike.answers).sum::<f64>() / count)
                        .sqrt(),
                ),
                // To sort a million predictions takes its time.
                auc: match place {
                    0 => auc_in_use,
                    1 if !self.differs => auc_in_use,
                    _ => auc_of(&predictions.told),
                },
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Prediction;
    use crate::memory::metrics::{auc, log_loss, rmse_bins};

    #[test]
    fn the_figures_are_those_of_the_metrics() {
        let answers: Vec<Foretold> = (0_u32..500)
            .map(|place| Foretold {
                recall: f64::from(place * 37 % 101) / 101.0,
                default_recall: f64::from(place * 53 % 97) / 97.0,
                guess: f64::from(place % 3) / 8.0,
                right: place % 7 != 0,
                alike: (place % 5, place % 3, 0),
            })
            .collect();
        let mut contest = Contest::default();
        answers.iter().for_each(|answer| contest.add(answer));
        let figures = contest.figures();
        for (place, recall) in
            [(0, (|answer| answer.recall) as fn(&Foretold) -> f64), (1, |answer| answer.default_recall)]
        {
            let predictions: Vec<Prediction> = answers
                .iter()
                .map(|answer| Prediction {
                    probability: link(recall(answer), answer.guess),
                    right: answer.right,
                    order: 0,
                    bin: answer.alike,
                })
                .collect();
            let close = |found: Option<f64>, wanted: Option<f64>| {
                (found.expect("a figure") - wanted.expect("a figure")).abs() < 1e-12
            };
            assert!(close(figures[place].log_loss, log_loss(&predictions)));
            assert!(close(figures[place].rmse_bins, rmse_bins(&predictions)));
            assert!(close(figures[place].auc, auc(&predictions)));
        }
    }

    #[test]
    fn the_constant_is_the_share_so_far() {
        let mut contest = Contest::default();
        for right in [true, false, true] {
            contest.add(&Foretold { recall: 0.9, default_recall: 0.9, guess: 0.0, right, alike: (1, 1, 0) });
        }
        let told: Vec<f64> = contest.methods[3].told.iter().map(|(probability, _)| *probability).collect();
        assert_eq!(told, [0.9, 1.0, 0.5]);
        assert_eq!(contest.figures()[0].auc, contest.figures()[1].auc);
    }
}
