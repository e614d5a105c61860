//! The languages, and their names of options.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::english::ENGLISH;
use super::french::FRENCH;
use super::german::GERMAN;
use super::language::PhraseLanguage;
use super::spanish::SPANISH;

pub(super) const LANGUAGES: [&PhraseLanguage; 4] = [&ENGLISH, &GERMAN, &FRENCH, &SPANISH];

pub(super) static NOUNS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| LANGUAGES.iter().flat_map(|language| language.options.split(' ')).collect());

/// Whether it is a word for options, in any language.
pub(super) fn is_noun(word: &str) -> bool {
    NOUNS.contains(word)
}
