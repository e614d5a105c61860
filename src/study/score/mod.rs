//! What a person will know on a day, by the learners that they may be.

mod expect;
mod foresight;

pub(super) use expect::expect;
pub(super) use foresight::{FirstAttempts, Foresight};
