//! Sets of words, each written as one text, in which names and lines are looked up.

use std::collections::HashSet;
use std::sync::OnceLock;

/// A set of words or phrases. It is parsed when it is first used.
pub(in crate::bank) struct WordSet {
    text: &'static str,
    separator: &'static str,
    words: OnceLock<HashSet<&'static str>>,
}

impl WordSet {
    /// Words with blanks between them.
    pub(super) const fn new(text: &'static str) -> Self {
        Self { text, separator: " ", words: OnceLock::new() }
    }

    /// Phrases with a comma and a blank between them.
    pub(super) const fn of_phrases(text: &'static str) -> Self {
        Self { text, separator: ", ", words: OnceLock::new() }
    }

    /// Whether the set has this word, to the letter.
    pub(super) fn contains(&self, word: &str) -> bool {
        self.words.get_or_init(|| self.iter().collect()).contains(word)
    }

    /// The words in the order in which they are written.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.text.split(self.separator)
    }
}
