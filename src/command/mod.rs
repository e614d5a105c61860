//! The commands: one file each, with its arguments beside what it does.
//!
//! Beside them: [`Context`], what every command is given; the decks with their schedulers; and the ledger, the one place
//! where an answer and the memory that follows are written together.

mod beliefs;
mod closest;
mod consequence;
mod context;
mod decks;
mod edit;
mod follow;
mod foresight;
mod histories;
mod interrupt;
mod ledger;
mod output;
mod session;
mod setting_change;
mod shift;

pub mod backup;
pub mod bank;
pub mod card;
mod card_history;
pub mod catchup;
pub mod check;
pub mod completions;
pub mod deck;
pub mod evaluate;
pub mod exam;
pub mod export;
mod facts;
mod future;
pub mod home;
pub mod import;
pub mod leeches;
mod lived;
pub mod optimize;
pub mod plan;
mod postpone;
pub mod preset;
pub mod rebuild;
mod regimes;
pub mod reschedule;
pub mod review;
pub mod simulate;
pub mod stats;
pub mod subjects;
mod survey;
pub mod undo;
pub mod vacation;
pub mod whatif;

pub use context::{Context, Global};
