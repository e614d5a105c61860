//! The tables of all languages, taken apart once.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::language::PhraseLanguage;
use super::nouns::{LANGUAGES, NOUNS};
use super::pattern::{JOINS, Pattern};
use super::token::{Sort, Token};

/// How a phrase of the tables refers to options.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PhraseKind {
    Others,
    Above,
    Below,
    Places,
}

/// All phrases, and by which first words they are found.
pub(super) struct PhraseTable {
    phrases: Vec<(PhraseKind, Pattern)>,
    by_word: HashMap<&'static str, Vec<usize>>,
    /// All words that are in phrases.
    words: HashSet<&'static str>,
    /// Those that begin with a letter or a number.
    lettered: Vec<usize>,
    pub(super) about_above: Vec<Pattern>,
    pub(super) about_places: Vec<Pattern>,
    pub(super) whole_about_places: Vec<Pattern>,
    pub(super) stem: Vec<Pattern>,
    pub(super) logic: Vec<HashSet<&'static str>>,
}

/// The one table.
pub(super) static TABLE: LazyLock<PhraseTable> = LazyLock::new(PhraseTable::new);

impl PhraseTable {
    fn new() -> Self {
        let all = |of: fn(&PhraseLanguage) -> &'static [&'static str]| {
            let patterns = |language: &&'static PhraseLanguage| -> Vec<Pattern> {
                of(language).iter().map(|written| Pattern::new(written, language)).collect()
            };
            LANGUAGES.iter().flat_map(patterns).collect::<Vec<_>>()
        };
        let mut phrases = Vec::new();
        for (says, patterns) in [
            (PhraseKind::Above, all(|language| language.above)),
            (PhraseKind::Below, all(|language| language.below)),
            (PhraseKind::Others, all(|language| language.others)),
            (PhraseKind::Places, all(|language| language.places)),
        ] {
            phrases.extend(patterns.into_iter().map(|pattern| (says, pattern)));
        }
        let mut by_word: HashMap<&'static str, Vec<usize>> = HashMap::new();
        let mut lettered = Vec::new();
        for (number, (_, pattern)) in phrases.iter().enumerate() {
            let (words, letters) = pattern.beginnings();
            words.into_iter().for_each(|word| by_word.entry(word).or_default().push(number));
            lettered.extend(letters.then_some(number));
        }
        let listed = JOINS.iter().chain(NOUNS.iter()).copied();
        let words = phrases.iter().flat_map(|(_, pattern)| pattern.words()).chain(listed).collect();
        Self {
            phrases,
            by_word,
            words,
            lettered,
            about_above: all(|language| language.about_above),
            about_places: all(|language| language.about_places),
            whole_about_places: all(|language| language.whole_about_places),
            stem: all(|language| language.stem),
            logic: LANGUAGES.iter().map(|language| language.logic.split(' ').collect()).collect(),
        }
    }

    /// Whether a phrase may begin with this word.
    pub(super) fn begins(&self, word: &str) -> bool {
        self.by_word.contains_key(word)
    }

    /// Whether a token may be in a phrase.
    pub(super) fn may_hold(&self, token: &Token<'_>) -> bool {
        !matches!(token.sort, Sort::Word | Sort::Other) || self.words.contains(token.folded.as_ref())
    }

    /// The phrases that may begin with this word, or with a letter or number.
    pub(super) fn beginning(&self, word: &str, lettered: bool) -> impl Iterator<Item = &(PhraseKind, Pattern)> {
        let by_word = self.by_word.get(word).map_or(&[][..], Vec::as_slice);
        let by_letter = if lettered { &self.lettered[..] } else { &[] };
        by_word.iter().chain(by_letter).map(|number| &self.phrases[*number])
    }
}
