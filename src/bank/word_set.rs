//! Lists of words, each written as one text, in which names and lines are looked up.

use std::collections::HashSet;
use std::sync::OnceLock;

/// Words or phrases. They are parsed when they are first used.
pub(super) struct WordSet {
    text: &'static str,
    separator: &'static str,
    parsed: OnceLock<(Vec<&'static str>, HashSet<&'static str>)>,
}

impl WordSet {
    /// Words with blanks between them.
    pub(super) const fn new(text: &'static str) -> Self {
        Self { text, separator: " ", parsed: OnceLock::new() }
    }

    /// Phrases with a comma and a blank between them.
    pub(super) const fn of_phrases(text: &'static str) -> Self {
        Self { text, separator: ", ", parsed: OnceLock::new() }
    }

    fn parsed(&self) -> &(Vec<&'static str>, HashSet<&'static str>) {
        self.parsed
            .get_or_init(|| (self.text.split(self.separator).collect(), self.text.split(self.separator).collect()))
    }

    /// Whether the set has this word, to the letter.
    pub(super) fn contains(&self, word: &str) -> bool {
        self.parsed().1.contains(word)
    }

    /// Whether the set, which is in lower case, has this word in any case.
    pub(super) fn has(&self, word: &str) -> bool {
        self.contains(&word.to_lowercase())
    }

    /// The words in the order in which they are written.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &'static str> {
        self.parsed().0.iter().copied()
    }

    /// The words with a slash in them, as what is before it and what is behind it.
    pub(super) fn pairs(&self) -> impl DoubleEndedIterator<Item = (&'static str, &'static str)> {
        self.iter().filter_map(|pair| pair.split_once('/'))
    }
}
