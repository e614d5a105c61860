//! A database with years of answers, made through the library: banks of every kind, a learner with habits of their own, and what
//! the figures need to know beside the tables.
#![allow(dead_code, unreachable_pub, reason = "each test binary uses its part of the fixture")]

mod bank;
mod known;
mod learner;
mod subject;

pub use bank::banks;
pub use known::known;
pub use learner::{Learner, Life};
pub use subject::Subject;
