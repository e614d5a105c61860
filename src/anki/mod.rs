//! Anki's packages: the container, the collection in it, and its notes and cards in the words of Anki. Nothing here knows of decks and questions
//! of ours: `study::anki` brings both together.

pub mod messages;
