//! Item analysis: hard questions, confusions, and keys that may be wrong.
//!
//! An [`ItemAnswers`] counts the answers to one question without names and texts, so that a million answers can be counted. An
//! [`ItemRecord`] adds what only tables need. Definitions: `docs/statistics.md`.

mod item;
mod key;
mod note;
mod picks;
mod reading;
mod rivals;
mod table;
mod tally;

pub use item::ItemAnswers;
pub use key::{ChoiceSet, ItemKey};
pub use note::{Marks, note};
pub use reading::reading_ms;
pub use rivals::Rivals;
pub use table::{CHOICES, ItemRecord, QUESTIONS, choice_rows, question_row};
pub use tally::ItemTally;

#[cfg(test)]
mod tests;
