//! Memory: the FSRS model, the luck-aware update, and the replay of a log.
//!
//! This room is the only one that names the `fsrs` crate. The model is behind the trait [`Model`]: a successor (with fractional days,
//! or more parameters) is another implementation and a replay of the same log.

mod adopt;
mod alike;
mod baseline;
mod belief;
mod evaluate;
mod fit;
mod fsrs6;
mod history;
mod luck;
pub mod metrics;
mod posterior;
mod predict;
mod replay;

pub use adopt::{AssessedFit, FitExtent, Incumbent, consider, consider_against};
pub use alike::{ALIKE, AlikeTable};
pub use belief::{Answering, Belief, BeliefFold};
pub use evaluate::{Evaluation, Method, evaluate};
pub use fit::{FEWEST_ITEMS, Fit, FitProgress, NoFit, fit, fit_of};
pub use fsrs6::{Fsrs6, ParameterError};
pub use history::{Histories, History, HistoryRules, Trial, place_of_share};
pub use luck::{Evidence, known_probability, weighed_state};
pub use posterior::{Draws, Learner, People, Posterior, Published, cautious, posterior, published};
pub use predict::{AnswerBin, Prediction, Predictor, bin, link, predictions};
pub use replay::{Answered, Replayer};

use crate::model::{MemoryState, Rating};

/// The time between two answers of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elapsed {
    /// Whole study days; 0 on the same day, and if the clock went back.
    pub days: u32,
    /// Milliseconds, for models that take fractions of days; 0 if the clock went back.
    pub ms: i64,
}

impl Elapsed {
    /// Whole days, if nothing finer is known.
    pub fn whole_days(days: u32) -> Self {
        Self { days, ms: i64::from(days) * 86_400_000 }
    }
}

/// The memory after each possible rating.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NextStates([MemoryState; 4]);

impl NextStates {
    /// The memory after this rating.
    pub fn after(&self, rating: Rating) -> MemoryState {
        self.0[usize::from(rating.number()) - 1]
    }
}

/// A model of memory.
pub trait Model {
    /// The memory after each possible rating, `elapsed` after the state `before` (`None` for a first answer).
    ///
    /// Always finite: a state outside the ranges of the model is clamped.
    fn next_states(&self, before: Option<MemoryState>, elapsed: Elapsed) -> NextStates;

    /// The memory after this rating: the same bits as in [`Self::next_states`], for less work.
    fn next_state(&self, before: Option<MemoryState>, elapsed: Elapsed, rating: Rating) -> MemoryState {
        self.next_states(before, elapsed).after(rating)
    }

    /// The probability of recall `elapsed` after the last answer, 0–1. 1 on the same day.
    fn retrievability(&self, state: MemoryState, elapsed: Elapsed) -> f64;

    /// Days until recall has fallen to `retention`. The retention is clamped to 0.70–0.99: outside it, intervals make
    /// no sense.
    fn interval_days(&self, state: MemoryState, retention: f64) -> f64;

    /// The parameters it computes with.
    fn parameters(&self) -> &[f32];
}
