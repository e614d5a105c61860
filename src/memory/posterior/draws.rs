//! Learners drawn from what answers say, and what they remember.

use super::scale::Place;
use super::step::Steps;
use super::{Learner, Posterior};
use crate::chance::Chance;
use crate::memory::belief::{Filter, Told, Ways};
use crate::memory::{Elapsed, History};

/// Learners that a person may be, each as likely as the other.
#[derive(Clone, Debug)]
pub struct Draws(Vec<Learner>);

impl Draws {
    /// So many learners out of what answers say; always the same for the same answers and chance.
    pub fn of(posterior: &Posterior, count: usize, chance: &mut Chance) -> Self {
        let mut learners = Vec::with_capacity(count + 1);
        while learners.len() < count {
            let normal: Place = std::array::from_fn(|_| normal(chance));
            let away = posterior.precision.backward(&normal);
            // Each with its mirror image: to first order, the mean is that of the mode for any number of draws.
            for sign in [1.0, -1.0] {
                learners.push(posterior.at(&std::array::from_fn(|at| posterior.mode[at] + sign * away[at])));
            }
        }
        learners.truncate(count);
        Self(learners)
    }

    /// The learners.
    pub fn learners(&self) -> &[Learner] {
        &self.0
    }
}

impl Learner {
    /// The recall of a card with this history, so long after its last answer: 0–1; the prior knowledge where there is none.
    pub fn recall(&self, history: &History, elapsed: Elapsed) -> f64 {
        let steps = Steps::new(&self.parameters);
        let ways: Ways<f64> = Ways::new(&self.answering);
        self.filter(history).recall(&steps, &ways, elapsed)
    }

    /// The variance of the true recall of a card around [`Self::recall`]: it is not known which of its possible states the card is in.
    pub fn doubt(&self, history: &History, elapsed: Elapsed) -> f64 {
        let steps = Steps::new(&self.parameters);
        self.filter(history).doubt(&steps, elapsed)
    }

    fn filter(&self, history: &History) -> Filter<f64> {
        let steps = Steps::new(&self.parameters);
        let ways: Ways<f64> = Ways::new(&self.answering);
        let mut filter: Filter<f64> = Filter::new();
        for trial in &history.trials {
            filter.tell(&steps, &ways, &Told::of(history, trial));
        }
        filter
    }

    /// How likely the question was known at the first answer of the history, as that says; none where there is none.
    pub fn knew_at_first(&self, history: &History) -> Option<f64> {
        let ways: Ways<f64> = Ways::new(&self.answering);
        Some(ways.knew_at_first(&Told::of(history, history.trials.first()?)))
    }

    /// The chances of a right answer (0–1) at each predicted answer before the place `until` in the log, history by history.
    pub fn foretells(&self, histories: &[History], until: u32) -> Vec<f64> {
        let steps = Steps::new(&self.parameters);
        let ways: Ways<f64> = Ways::new(&self.answering);
        let mut filter: Filter<f64> = Filter::new();
        let mut all = Vec::new();
        for history in histories {
            filter.clear();
            for trial in history.trials.iter().take_while(|trial| trial.order < until) {
                let told = Told::of(history, trial);
                if trial.predicted {
                    all.push(ways.right(filter.recall(&steps, &ways, told.elapsed), told.guess));
                }
                filter.tell(&steps, &ways, &told);
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
