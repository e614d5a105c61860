//! Lists of words, each written as one text, in which names and lines are looked up.

use std::collections::HashSet;
use std::sync::OnceLock;

/// Words or phrases. They are parsed when they are first used.
pub(super) struct WordSet {
    text: &'static str,
    separator: &'static str,
    parsed: OnceLock<(Vec<&'static str>, HashSet<&'static str>)>,
    by_first: OnceLock<Vec<Vec<&'static str>>>,
}

impl WordSet {
    /// Words with blanks between them.
    pub(super) const fn new(text: &'static str) -> Self {
        Self { text, separator: " ", parsed: OnceLock::new(), by_first: OnceLock::new() }
    }

    /// Phrases with a comma and a blank between them.
    pub(super) const fn of_phrases(text: &'static str) -> Self {
        Self { text, separator: ", ", parsed: OnceLock::new(), by_first: OnceLock::new() }
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
        // Most words differ in their first letter from all of the set.
        let first = word.bytes().next().filter(u8::is_ascii).map(|byte| char::from(byte.to_ascii_lowercase()));
        if first.is_some_and(|first| self.with_first_of(first.encode_utf8(&mut [0; 4])).is_empty()) {
            return false;
        }
        self.contains(&word.to_lowercase())
    }

    /// The words in the order in which they are written.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &'static str> {
        self.parsed().0.iter().copied()
    }

    /// The words that have the first byte of this text, in the order in which they are written.
    pub(super) fn with_first_of(&self, text: &str) -> &[&'static str] {
        let by_first = self.by_first.get_or_init(|| {
            let mut words = vec![Vec::new(); 1 << u8::BITS];
            for word in self.iter() {
                word.bytes().take(1).for_each(|byte| words[usize::from(byte)].push(word));
            }
            words
        });
        text.bytes().next().map_or(&[], |byte| &by_first[usize::from(byte)])
    }

    /// The words with a slash in them, as what is before it and what is behind it.
    pub(super) fn pairs(&self) -> impl DoubleEndedIterator<Item = (&'static str, &'static str)> {
        self.iter().filter_map(|pair| pair.split_once('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_their_first_letter() {
        let set = WordSet::of_phrases("key, answer, ключ, answer key, kern, ans");
        assert_eq!(set.with_first_of("abc"), ["answer", "answer key", "ans"]);
        assert_eq!(set.with_first_of("k"), ["key", "kern"]);
        assert_eq!(set.with_first_of("к"), ["ключ"]);
        assert_eq!(set.with_first_of("x"), [""; 0]);
        assert_eq!(set.with_first_of(""), [""; 0]);
        for (word, has) in [("Answer Key", true), ("КЛЮЧ", true), ("\u{212a}ey", true), ("Anker", false), ("", false)]
        {
            assert_eq!(set.has(word), has, "{word}");
        }
    }
}
