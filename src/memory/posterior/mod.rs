//! What a person's answers say of their memory: the most probable parameters of FSRS-6, how the person answers, and how sure
//! both are.
//!
//! Bayes' rule. Before any answer, a person is one of those whose parameters were published ([`People`]). Each answer is as likely
//! as the states that its card may be in say (the belief), and luck, guesses that are owned up to or not, and slips are part of
//! that. The most probable learner is found by Fisher scoring ([`posterior`]), and the curvature there tells how sure it is
//! (Laplace's approximation).

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
