//! What answers say of questions and their options: which are hard, what is confused, whose key may be wrong.
//!
//! An [`Item`] counts the answers to one question and knows neither names nor texts, so that a million answers are counted at once.
//! An [`ItemRecord`] keeps what only tables need beside it. Definitions: `docs/statistics.md`.

mod item;
mod key;
mod note;
mod picks;
mod reading;
mod rivals;
mod table;
mod tally;

pub use item::Item;
pub use key::{ChoiceSet, ItemKey};
pub use note::{Marks, note};
pub use reading::reading_ms;
pub use rivals::Rivals;
pub use table::{CHOICES, ItemRecord, QUESTIONS, choice_rows, question_row};
pub use tally::ItemTally;

#[cfg(test)]
mod tests;
