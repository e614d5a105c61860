//! Anki's packages: the container, the collection in it, and its notes and cards in the words of Anki. Nothing here knows of decks and questions
//! of ours: `study` brings both together.

pub mod collection;
pub mod history;
pub mod messages;
pub mod note_type;
pub mod out;
pub mod package;
pub mod shown;
pub mod template;
