//! Packages and texts that go out: the container, the database of schema 18 or 11 in it, and note types of our own.
//!
//! Both generations have the same tables of notes, cards and answers. They differ in where decks, presets and note types are kept, and that is
//! all that `schema11` and `schema18` know.

mod archive;
mod database;
mod html;
mod note_type;
mod part;
mod row_writer;
mod schema11;
mod schema18;
mod text;

pub use archive::{OutArchive, is_ours};
pub use database::OutDatabase;
pub use html::{OutText, escaped};
pub use note_type::{OPTION_FIELDS, OutNoteType};
pub use part::{OutAnswer, OutCard, OutCollection, OutDeck, OutGeneration, OutNote, OutPreset};
pub use text::{OutRow, is_our_text, text_header, text_row};
