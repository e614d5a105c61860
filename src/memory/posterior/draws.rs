//! Learners drawn from a posterior, and what they remember.

use super::scale::ScalePoint;
use super::step::SlopedFsrs6;
use super::{Learner, Posterior};
use crate::chance::Chance;
use crate::memory::belief::{AnswerModel, Filter, Observation};
use crate::memory::{Elapsed, History};

/// Learners that a person may be, all equally likely.
#[derive(Clone, Debug)]
pub struct Draws(Vec<Learner>);

impl Draws {
    /// Draws `count` learners; always the same for the same posterior and chance.
    pub fn sample(posterior: &Posterior, count: usize, chance: &mut Chance) -> Self {
        let mut learners = Vec::with_capacity(count + 1);
        while learners.len() < count {
            let normal: ScalePoint = std::array::from_fn(|_| normal(chance));
            let away = posterior.precision.backward(&normal);
            // Each with its mirror image: to first order, the mean is that of the mode for any number of draws.
            for sign in [1.0, -1.0] {
                learners.push(posterior.at(&std::array::from_fn(|at| posterior.mode[at] + sign * away[at])));
            }
        }
        learners.truncate(count);
        Self(learners)
    }

    /// The drawn learners.
    pub fn learners(&self) -> &[Learner] {
        &self.0
    }
}

impl Learner {
    /// The recall of a card with this history, `elapsed` after its last answer, 0–1; the prior knowledge if there was none.
    pub fn recall(&self, history: &History, elapsed: Elapsed) -> f64 {
        let steps = SlopedFsrs6::new(&self.parameters);
        let answer_model: AnswerModel<f64> = AnswerModel::new(&self.answering);
        self.filter(history).recall(&steps, &answer_model, elapsed)
    }

    /// The variance of the true recall of a card around [`Self::recall`]: it is not known in which of its possible states the card is.
    pub fn doubt(&self, history: &History, elapsed: Elapsed) -> f64 {
        let steps = SlopedFsrs6::new(&self.parameters);
        self.filter(history).doubt(&steps, elapsed)
    }

    fn filter(&self, history: &History) -> Filter<f64> {
        let steps = SlopedFsrs6::new(&self.parameters);
        let answer_model: AnswerModel<f64> = AnswerModel::new(&self.answering);
        let mut filter: Filter<f64> = Filter::new();
        for trial in &history.trials {
            filter.observe(&steps, &answer_model, &Observation::from_trial(history, trial));
        }
        filter
    }

    /// How likely the question was known before the first answer of the history, given that answer; `None` if there is none.
    pub fn knew_at_first(&self, history: &History) -> Option<f64> {
        let answer_model: AnswerModel<f64> = AnswerModel::new(&self.answering);
        Some(answer_model.knew_at_first(&Observation::from_trial(history, history.trials.first()?)))
    }

    /// The chances of a right answer (0–1) at each predicted answer before the place `until` in the log, history by history.
    pub fn right_chances(&self, histories: &[History], until: u32) -> Vec<f64> {
        let steps = SlopedFsrs6::new(&self.parameters);
        let answer_model: AnswerModel<f64> = AnswerModel::new(&self.answering);
        let mut filter: Filter<f64> = Filter::new();
        let mut all = Vec::new();
        for history in histories {
            filter.clear();
            for trial in history.trials.iter().take_while(|trial| trial.order < until) {
                let observation = Observation::from_trial(history, trial);
                if trial.predicted {
                    all.push(
                        answer_model
                            .right(filter.recall(&steps, &answer_model, observation.elapsed), observation.guess),
                    );
                }
                filter.observe(&steps, &answer_model, &observation);
            }
        }
        all
    }
}

/// A standard normal variable (Box and Muller).
fn normal(chance: &mut Chance) -> f64 {
    let (one, other) = (f64::from(chance.unit()), f64::from(chance.unit()));
    (-2.0 * (1.0 - one).ln()).sqrt() * (std::f64::consts::TAU * other).cos()
}
