//! Banks into decks, and histories into the log; each in one transaction, and taken back together.

mod apply;
mod beside;
mod held;
mod history;
mod media;
mod origin;
mod own_texts;
mod parts;
mod put_away;
mod take_back;

pub use apply::{ImportOptions, Imported};
pub use history::EnteredHistory;
pub use take_back::TakenBack;

pub(super) use apply::{Incoming, import_bank, question_change, write_bank};
pub(super) use history::import_history;
pub(super) use media::{MediaFiles, kept_media, question_media};
pub(super) use origin::DeckOrigin;
pub(super) use put_away::{gone_with_an_import, here_again, stays_away};
pub(super) use take_back::{ANKI_PRESETS, take_back_imports, take_back_last};

use crate::error::Result;
use crate::store::Reader;

/// Imports that are taken back together.
#[derive(Clone, Copy, Debug, Default)]
pub struct Batch(Option<i64>);

impl Batch {
    /// Whether no file was written yet.
    pub(in crate::study) fn is_first(&self) -> bool {
        self.0.is_none()
    }

    /// Its number, given at the first file that is written. `reader` reads within a transaction that writes, so that no other
    /// process gets the same.
    pub(in crate::study) fn number(&mut self, reader: Reader<'_>) -> Result<i64> {
        match self.0 {
            Some(number) => Ok(number),
            None => Ok(*self.0.insert(reader.next_batch()?)),
        }
    }
}
