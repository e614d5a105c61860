//! What came of an export.

use crate::study::anki::AnkiNotice;

/// What is exported, and how.
#[derive(Clone, Copy, Debug, Default)]
pub struct AnkiExportRequest<'a> {
    /// Only this deck and the decks in it.
    pub deck: Option<&'a str>,
    /// For programs that do not read the newest form.
    pub legacy: bool,
}

/// What came of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnkiExported {
    /// Whether it is notes in plain text.
    pub is_text: bool,
    /// Decks with notes in them.
    pub decks: u64,
    /// Notes.
    pub notes: u64,
    /// Cards.
    pub cards: u64,
    /// Answers.
    pub answers: u64,
    /// Pictures and sounds.
    pub media: u64,
    /// Pictures and sounds that questions name and that are not there.
    pub missing_media: Vec<String>,
    /// What Anki does not know, and how often it is there.
    pub left_out: Vec<AnkiNotice>,
}

impl AnkiExported {
    /// Counts something that Anki does not know.
    pub(super) fn leave_out(&mut self, what: &str, count: u64) {
        AnkiNotice::add(&mut self.left_out, what, count);
    }
}
