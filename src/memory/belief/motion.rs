//! How a state of memory moves: the same questions to a [`Model`], and to one that knows its slopes.

use crate::memory::{Elapsed, Model};
use crate::model::{MemoryState, Rating};

/// Stability (days) and difficulty (1–10), with or without slopes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::memory) struct MemoryPair<T> {
    pub(in crate::memory) stability: T,
    pub(in crate::memory) difficulty: T,
}

/// How answers move memory. Ratings are 1–4.
pub(in crate::memory) trait Motion<T> {
    /// The state after a first answer.
    fn first(&self, rating: u8) -> MemoryPair<T>;

    /// The state after another answer, `elapsed` after the one before.
    fn next(&self, state: MemoryPair<T>, elapsed: Elapsed, rating: u8) -> MemoryPair<T>;

    /// The recall `elapsed` after the last answer, 0–1.
    fn recall(&self, state: MemoryPair<T>, elapsed: Elapsed) -> T;
}

/// A model of memory as a motion of plain numbers.
#[derive(Clone, Copy, Debug)]
pub(in crate::memory) struct ModelMotion<'a, M>(pub(in crate::memory) &'a M);

impl<M: Model> Motion<f64> for ModelMotion<'_, M> {
    fn first(&self, rating: u8) -> MemoryPair<f64> {
        self.0.next_state(None, Elapsed::whole_days(0), rating_of(rating)).into()
    }

    fn next(&self, state: MemoryPair<f64>, elapsed: Elapsed, rating: u8) -> MemoryPair<f64> {
        self.0.next_state(Some(state.into()), elapsed, rating_of(rating)).into()
    }

    fn recall(&self, state: MemoryPair<f64>, elapsed: Elapsed) -> f64 {
        self.0.retrievability(state.into(), elapsed)
    }
}

fn rating_of(number: u8) -> Rating {
    Rating::from_number(number).unwrap_or(Rating::Again)
}

impl From<MemoryState> for MemoryPair<f64> {
    fn from(state: MemoryState) -> Self {
        Self { stability: state.stability.into(), difficulty: state.difficulty.into() }
    }
}

impl From<MemoryPair<f64>> for MemoryState {
    fn from(state: MemoryPair<f64>) -> Self {
        Self { stability: state.stability as f32, difficulty: state.difficulty as f32 }
    }
}
