//! The collection in a package, of schema 11 (JSON in one row) or 18 (tables), as one structure.
//!
//! The database comes from anybody. Nothing in it is run: it is opened to read, without triggers and views, and only tables that are as Anki
//! makes them are read. See "Untrusted SQLite database files" in <https://www.sqlite.org/security.html>.

mod damage;
mod open;
mod part;
mod reading;
mod schema11;
mod schema18;

pub use open::open;
pub use part::{AnkiCard, AnkiDeck, AnkiNote, AnkiPreset, CardTemplate, LogLine, NoteType};
pub use reading::Collection;
