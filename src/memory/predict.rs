//! Predictions for answers that were given: what a model would have said just before.

use super::{Elapsed, History, Model, Trial, weighed_state};
use crate::model::Confidence;

/// What was predicted of an answer, and what came.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// The probability of a right answer that was predicted, 0–1: g + (1 − g)·R.
    pub probability: f64,
    /// Whether the answer was right (a guess that was owned up to is not).
    pub right: bool,
    /// Its place in the log.
    pub order: u32,
    /// Which kind of answer it is, for [`super::metrics::rmse_bins`].
    pub bin: Bin,
}

/// A group of answers that are alike: the bins of delta_t, length and lapses of the open SRS benchmark.
pub type Bin = (u32, u32, u32);

/// The probability of a right answer, given the recall: somebody who does not know guesses right with probability g.
pub fn link(recall: f64, guess: f64) -> f64 {
    guess + (1.0 - guess) * recall
}

impl Trial {
    /// What of the answer luck alone would give. Nothing where the person said how it was, or luck is not reckoned with.
    pub fn luck(&self, luck_aware: bool) -> f64 {
        if luck_aware && self.evidence.confidence == Confidence::Model {
            self.evidence.guess.probability()
        } else {
            0.0
        }
    }

    /// Whether it was answered from memory, as far as the rating tells.
    pub fn passed(&self) -> bool {
        self.evidence.rating.number() > 1
    }
}

impl History {
    /// Whether luck may be in it.
    pub(super) fn has_luck(&self) -> bool {
        self.trials.iter().any(|trial| trial.luck(self.luck_aware) > 0.0)
    }
}

/// Hands over a prediction by the model for each predicted answer of the history from the place `from` in the log on and before
/// the place `until`.
pub fn predict(model: &impl Model, history: &History, from: u32, until: u32, sink: &mut impl FnMut(Prediction)) {
    let wanted = |trial: &Trial| trial.predicted && (from..until).contains(&trial.order);
    let Some(last) = history.trials.iter().rposition(wanted) else {
        return;
    };
    let (mut state, mut long, mut lapses) = (None, 0, 0);
    for (at, trial) in history.trials[..=last].iter().enumerate() {
        let elapsed = Elapsed::whole_days(trial.elapsed_days);
        let recall = state.map(|state| model.retrievability(state, elapsed));
        if trial.elapsed_days > 0 {
            long += 1;
        }
        if wanted(trial)
            && let Some(recall) = recall
        {
            sink(Prediction {
                probability: link(recall, trial.luck(history.luck_aware)),
                right: trial.passed(),
                order: trial.order,
                bin: bin(trial.elapsed_days, long, lapses),
            });
        }
        if trial.elapsed_days > 0 && !trial.passed() {
            lapses += 1;
        }
        if at < last {
            let known = trial.evidence.known_probability(recall.unwrap_or(history.prior_knowledge), history.luck_aware);
            state = Some(weighed_state(model, state, elapsed, trial.evidence.rating, known));
        }
    }
}

/// Predictions over all histories, in the order of time.
pub fn predictions(model: &impl Model, histories: &[History], from: u32, until: u32) -> Vec<Prediction> {
    let mut all = Vec::new();
    for history in histories {
        predict(model, history, from, until, &mut |prediction| all.push(prediction));
    }
    all.sort_unstable_by_key(|prediction| prediction.order);
    all
}

/// The bin of an answer: days elapsed, answers a day or more apart through this one, lapses before it. The same as `fsrs-rs`
/// `FSRSItem::r_matrix_index` and the open SRS benchmark.
pub fn bin(elapsed_days: u32, long: u32, lapses: u32) -> Bin {
    let step = |value: f64, factor: f64, base: f64| factor * base.powi(step_place(value, base));
    let days = (step(f64::from(elapsed_days.max(1)), 2.48, 3.62) * 100.0).round() as u32;
    let length = step(f64::from(long) + 1.0, 1.99, 1.89).round() as u32;
    let lapses = if lapses == 0 { 0 } else { step(f64::from(lapses), 1.65, 1.73).round() as u32 };
    (days, length, lapses)
}

/// Which power of the base a value has reached.
pub(super) fn step_place(value: f64, base: f64) -> i32 {
    value.log(base).floor() as i32
}
