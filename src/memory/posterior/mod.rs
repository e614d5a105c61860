//! What answers tell about a person: the most probable parameters of FSRS-6, the way of answering, and how sure both are.
//!
//! By Bayes' rule. The prior is the spread of published parameters ([`People`]). The likelihood of an answer follows from the states
//! that its card may be in (the belief), with luck, reported guesses and slips. The most probable learner is found by Fisher scoring
//! ([`posterior`]), and the curvature there gives the uncertainty (Laplace's approximation).

mod caution;
mod cholesky;
mod draws;
mod likelihood;
mod newton;
mod people;
mod scale;
mod step;

pub use caution::cautious;
pub use draws::Draws;
pub use newton::{Posterior, posterior};
pub use people::{People, Published, published};

use super::belief::Answering;
use step::PARAMETERS;

/// A person's memory and way of answering.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Learner {
    /// The parameters of FSRS-6, w0 to w20.
    pub parameters: [f64; PARAMETERS],
    /// How the person answers.
    pub answering: Answering,
}

impl Learner {
    /// The parameters as the model takes them.
    pub fn single(&self) -> Vec<f32> {
        self.parameters.iter().map(|parameter| *parameter as f32).collect()
    }
}
