//! Lists of words in which the words of a name are looked up.

use std::collections::HashSet;

use super::name::{ColumnName, is_cjk};

/// A word of fewer letters stands for itself alone, and not for those that begin with it.
const SHORTEST_PREFIX: usize = 5;

/// Words of one meaning in many languages.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// Words that are the whole word of a name, or its plural.
    whole: HashSet<&'static str>,
    /// Words that begin a word of a name.
    begins: HashSet<&'static str>,
    /// Words of scripts without blanks, which may stand anywhere in a name.
    anywhere: Vec<&'static str>,
    /// Several words, one behind the other.
    phrases: Vec<String>,
}

impl Lexicon {
    /// Of words between blanks; `_` is a blank within one.
    pub(super) fn new(words: &'static str) -> Self {
        let mut lexicon =
            Self { whole: HashSet::new(), begins: HashSet::new(), anywhere: Vec::new(), phrases: Vec::new() };
        for word in words.split_whitespace() {
            if is_cjk(word) {
                lexicon.anywhere.push(word);
            } else if word.contains('_') {
                lexicon.phrases.push(word.replace('_', " "));
            } else if word.chars().count() < SHORTEST_PREFIX {
                lexicon.whole.insert(word);
            } else {
                lexicon.begins.insert(word);
            }
        }
        lexicon
    }

    /// Whether a word of the name is in the list, or begins as one does.
    pub(super) fn names(&self, name: &ColumnName) -> bool {
        name.words.iter().any(|word| self.has(word))
            || self.phrases.iter().any(|phrase| name.whole.contains(phrase.as_str()))
            || (is_cjk(&name.whole) && self.anywhere.iter().any(|word| name.whole.contains(word)))
    }

    fn has(&self, word: &str) -> bool {
        let singular = word.strip_suffix('s').unwrap_or(word);
        if self.whole.contains(word) || self.whole.contains(singular) || self.begins.contains(word) {
            return true;
        }
        word.char_indices().skip(SHORTEST_PREFIX).any(|(end, _)| self.begins.contains(&word[..end]))
    }

    /// All words of the list.
    #[cfg(test)]
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let single = self.whole.iter().chain(&self.begins).chain(&self.anywhere).copied();
        single.chain(self.phrases.iter().map(String::as_str))
    }
}
