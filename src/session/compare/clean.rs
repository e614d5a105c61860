//! Texts as letters with keys for comparison.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// Marks a wildcard while a text is split; no person types it.
const WILD: char = '\u{f8f0}';

/// A letter as a person sees it (a grapheme cluster).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// The letter as shown.
    pub(super) shown: String,
    /// The keys to compare: several for `ß` and ligatures.
    pub(super) key: Vec<String>,
    /// Whether it matches anything.
    pub(super) wild: bool,
}

/// The text in NFKC, with single spaces and without invisible characters.
pub(super) fn clean(text: &str) -> String {
    let seen = text.chars().filter(|char| !matches!(char, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}'));
    let text: String = seen.nfkc().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The letters of a clean text.
pub(super) fn units(clean: &str) -> Vec<Unit> {
    clean.graphemes(true).map(|shown| Unit { shown: shown.into(), key: key(shown), wild: false }).collect()
}

/// The letters of an accepted answer, with its wildcards.
pub(super) fn pattern(accepted: &str) -> Vec<Unit> {
    let mut marked = String::with_capacity(accepted.len());
    let mut chars = accepted.chars().filter(|char| *char != WILD).peekable();
    while let Some(char) = chars.next() {
        match char {
            '\\' if chars.peek() == Some(&'*') => marked.extend(chars.next()),
            '*' => marked.push(WILD),
            _ => marked.push(char),
        }
    }
    let mut units = Vec::new();
    for (number, piece) in clean(&marked).split(WILD).enumerate() {
        if number > 0 {
            units.push(Unit { shown: "*".into(), key: Vec::new(), wild: true });
        }
        units.extend(self::units(piece));
    }
    units
}

/// The letters without their accents.
pub(super) fn without_accents(units: &[Unit]) -> Vec<Unit> {
    let bare = |key: &String| {
        let bare: String = key.nfd().filter(|char| !is_combining_mark(*char)).collect();
        Some(bare).filter(|bare| !bare.is_empty())
    };
    let unit = |unit: &Unit| Unit { key: unit.key.iter().filter_map(bare).collect(), ..unit.clone() };
    units.iter().map(unit).filter(|unit| unit.wild || !unit.key.is_empty()).collect()
}

/// The keys of a letter. Upper case and back is full case folding: `ß` is `ss`, a final sigma a sigma.
fn key(letter: &str) -> Vec<String> {
    let folded = letter.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).map(|char| match char {
        '’' | '‘' | '‚' | '‛' | 'ʼ' | 'ʹ' | '′' | '`' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '–' | '—' | '‐' | '‑' | '‒' | '―' | '−' => '-',
        char => char,
    });
    let folded: String = folded.nfkc().collect();
    folded.graphemes(true).map(str::to_owned).collect()
}
