//! Lists of words in which the words of a name are looked up.

use std::collections::HashSet;
use std::sync::OnceLock;

/// A shorter word matches itself alone, and not the words that begin with it.
const SHORTEST_PREFIX: usize = 5;

/// Words of one meaning in many languages.
#[derive(Debug)]
pub(super) struct Lexicon {
    text: &'static str,
    entries: OnceLock<Entries>,
}

#[derive(Debug, Default)]
struct Entries {
    /// Words that are the whole word of a name, or its plural.
    whole: HashSet<&'static str>,
    /// Words that begin a word of a name.
    prefixes: HashSet<&'static str>,
    /// Words of scripts without blanks, which may occur anywhere in a name.
    anywhere: Vec<&'static str>,
    /// Several words in a row.
    phrases: Vec<String>,
}

impl Lexicon {
    /// A list with blanks between its words; `_` is a blank within a phrase.
    pub(super) const fn new(text: &'static str) -> Self {
        Self { text, entries: OnceLock::new() }
    }

    fn entries(&self) -> &Entries {
        self.entries.get_or_init(|| {
            let mut entries = Entries::default();
            for word in self.text.split_whitespace() {
                if is_cjk(word) {
                    entries.anywhere.push(word);
                } else if word.contains('_') {
                    entries.phrases.push(word.replace('_', " "));
                } else if word.chars().count() < SHORTEST_PREFIX {
                    entries.whole.insert(word);
                } else {
                    entries.prefixes.insert(word);
                }
            }
            entries
        })
    }

    /// Whether the list has one of these words of a name, the beginning of one, or a part of the `whole` name.
    pub(super) fn matches(&self, words: &[String], whole: &str) -> bool {
        let entries = self.entries();
        words.iter().any(|word| entries.has(word))
            || entries.phrases.iter().any(|phrase| whole.contains(phrase.as_str()))
            || (is_cjk(whole) && entries.anywhere.iter().any(|word| whole.contains(word)))
    }

    #[cfg(test)]
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let Entries { whole, prefixes, anywhere, phrases } = self.entries();
        let single = whole.iter().chain(prefixes).chain(anywhere).copied();
        single.chain(phrases.iter().map(String::as_str))
    }
}

impl Entries {
    fn has(&self, word: &str) -> bool {
        let singular = word.strip_suffix('s').unwrap_or(word);
        self.whole.contains(word)
            || self.whole.contains(singular)
            || self.prefixes.contains(word)
            || word.char_indices().skip(SHORTEST_PREFIX).any(|(end, _)| self.prefixes.contains(&word[..end]))
    }
}

/// Whether letters of a script without blanks occur in a text.
pub(super) fn is_cjk(text: &str) -> bool {
    text.chars().any(|char| matches!(char, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'))
}
