//! Predictions for past answers: what a model would have predicted just before each.

use super::belief::{AnswerModel, Filter, ModelMotion, Observation};
use super::{Answering, History, Model, Trial};

/// The prediction for an answer, and its outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// The probability of a right answer that was predicted, 0–1: g + (1 − g)·R, less slips.
    pub probability: f64,
    /// Whether the answer was right, by knowledge or by luck.
    pub right: bool,
    /// The chance of luck, 0–1: a point of recall is worth 1 − g points of right answers.
    pub luck: f64,
    /// Its place in the log.
    pub order: u32,
    /// Its bin for [`super::metrics::rmse_bins`].
    pub bin: AnswerBin,
}

/// A group of answers that are alike: the bins of delta_t, length and lapses of the open SRS benchmark.
pub type AnswerBin = (u32, u32, u32);

/// The probability of a right answer at this recall: without knowledge, a guess is right with probability g.
pub fn link(recall: f64, guess: f64) -> f64 {
    guess + (1.0 - guess) * recall
}

impl Trial {
    /// Whether it was answered from memory, by its rating.
    pub fn passed(&self) -> bool {
        self.evidence.rating.number() > 1
    }
}

/// A model and a way of answering, which together predict answers.
#[derive(Clone, Copy, Debug)]
pub struct Predictor<'m, M> {
    /// The model of memory.
    pub model: &'m M,
    /// How the person answers; `None` for the usual way with the prior knowledge of the deck.
    pub answering: Option<Answering>,
}

impl<'m, M: Model> Predictor<'m, M> {
    /// A model, for a person about whom nothing is known.
    pub fn new(model: &'m M) -> Self {
        Self { model, answering: None }
    }

    fn answer_model(&self, history: &History) -> AnswerModel<f64> {
        let usual = Answering { prior_knowledge: history.prior_knowledge, ..Answering::USUAL };
        AnswerModel::new(&self.answering.unwrap_or(usual))
    }

    /// Gives `sink` a prediction for each predicted answer of the history at the places `from..until` of the log. It uses only what was
    /// known before the answer.
    pub fn predict(&self, history: &History, from: u32, until: u32, sink: &mut impl FnMut(Prediction)) {
        let wanted = |trial: &Trial| trial.predicted && (from..until).contains(&trial.order);
        let Some(last) = history.trials.iter().rposition(wanted) else {
            return;
        };
        let answer_model = self.answer_model(history);
        let (mut filter, mut long, mut lapses) = (Filter::new(), 0, 0);
        for (at, trial) in history.trials[..=last].iter().enumerate() {
            let observation = Observation::from_trial(history, trial);
            if trial.elapsed_days > 0 {
                long += 1;
            }
            if wanted(trial) && at > 0 {
                let recall = filter.recall(&ModelMotion(self.model), &answer_model, observation.elapsed);
                sink(Prediction {
                    probability: answer_model.right(recall, observation.guess),
                    right: if observation.guess > 0.0 { trial.evidence.right } else { trial.passed() },
                    luck: answer_model.chance(observation.guess),
                    order: trial.order,
                    bin: bin(trial.elapsed_days, long, lapses),
                });
            }
            if trial.elapsed_days > 0 && !trial.passed() {
                lapses += 1;
            }
            filter.observe(&ModelMotion(self.model), &answer_model, &observation);
        }
    }
}

/// Predictions over all histories, in the order of time.
pub fn predictions<M: Model>(
    predictor: &Predictor<'_, M>,
    histories: &[History],
    from: u32,
    until: u32,
) -> Vec<Prediction> {
    let mut all = Vec::new();
    for history in histories {
        predictor.predict(history, from, until, &mut |prediction| all.push(prediction));
    }
    all.sort_unstable_by_key(|prediction| prediction.order);
    all
}

/// The bin of an answer: days elapsed, answers a day or more apart through this one, lapses before it. The same as `fsrs-rs`
/// `FSRSItem::r_matrix_index` and the open SRS benchmark.
pub fn bin(elapsed_days: u32, long: u32, lapses: u32) -> AnswerBin {
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
