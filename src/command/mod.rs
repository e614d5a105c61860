//! The commands: one file each, with its arguments, one call to the trainer, and one view.
//!
//! Each `run` fails as the trainer does, when somebody stops it, and when a file, the terminal or a pipe cannot be read or written.

mod ask;
mod context;
mod interrupt;
mod moves;
mod number;
mod output;
mod postpone;
mod progress;
mod prompter;
mod scratch;
mod session;

pub mod add;
pub mod anki;
pub mod backup;
pub mod bank;
pub mod browse;
pub mod card;
pub mod catchup;
pub mod check;
pub mod complete;
pub mod config;
pub mod deck;
pub mod demo;
pub mod due;
pub mod evaluate;
pub mod exam;
pub mod export;
pub mod help;
pub mod home;
pub mod import;
pub mod leeches;
pub mod man;
pub mod optimize;
pub mod places;
pub mod plan;
pub mod preset;
pub mod purge;
pub mod rebuild;
pub mod reschedule;
pub mod restore;
pub mod review;
pub mod search;
pub mod simulate;
pub mod stats;
pub mod undo;
pub mod usage;
pub mod vacation;
pub mod whatif;

pub use context::{Context, Global};
pub use number::TypedLimit;
