//! Signs that may mark an option as right: stars, ticks, words, bold type. What a sign *means* is decided for the file.

use crate::bank::lines::mark;
use crate::bank::word_set::WordSet;

/// A sign on an option, by its kind and place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Sign {
    /// Before the label: a star, an arrow, a ticked box.
    Before,
    /// Bold type around label and text, or around the text.
    Bold,
    /// A word in brackets or after an arrow: `(correct)`, `<-- correct`.
    Said,
    /// An x in brackets after the text. It ticks in one file and crosses out in another.
    Crossed,
    /// The same for a wrong option: `(incorrect)`, a cross.
    Wrong,
    /// A tick or similar at either end.
    Tick,
    StarBehind,
    StarBefore,
    /// A sign that is not known, which is before, after or around the text.
    Unknown(SignSide, String),
}

/// The place of an unknown sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum SignSide {
    Before,
    Behind,
    Around,
}

impl Sign {
    /// Whether it never occurs in the text of an option for another reason.
    pub(super) fn is_plain(&self) -> bool {
        matches!(self, Sign::Before | Sign::Said | Sign::Wrong)
    }

    /// How people call it.
    pub(super) fn name(&self) -> String {
        match self {
            Sign::Before => "a sign before the label, or a ticked box".into(),
            Sign::Bold => "bold type".into(),
            Sign::Said => "a word such as `(correct)`".into(),
            Sign::Crossed => "an x in brackets".into(),
            Sign::Wrong => "a word or sign for what is wrong".into(),
            Sign::Tick => "a tick".into(),
            Sign::StarBehind => "a star behind the option".into(),
            Sign::StarBefore => "a star before the option".into(),
            Sign::Unknown(SignSide::Before, sign) => format!("`{sign}` before the option"),
            Sign::Unknown(SignSide::Behind, sign) => format!("`{sign}` behind the option"),
            Sign::Unknown(SignSide::Around, sign) => format!("`{sign}` around the option"),
        }
    }
}

/// More signs than this are not taken off one option.
const MOST_SIGNS: usize = 4;

/// The signs of an option from the outside in, each with the text within it.
pub(super) fn signs(text: &str) -> Vec<(Sign, &str)> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while found.len() < MOST_SIGNS
        && let Some((sign, inner)) = outermost(rest)
    {
        found.push((sign, inner));
        rest = inner;
    }
    found
}

fn outermost(text: &str) -> Option<(Sign, &str)> {
    if let Some(inner) = mark::bold(text) {
        return Some((Sign::Bold, inner));
    }
    if let Some((inner, right)) = mark::marked_by_word(text) {
        let crossed = ["(x)", "(X)", "[x]", "[X]"].iter().any(|sign| text.ends_with(sign));
        let sign = match (right, crossed) {
            (true, true) => Sign::Crossed,
            (true, false) => Sign::Said,
            (false, _) => Sign::Wrong,
        };
        return Some((sign, inner));
    }
    let shorter = |inner: &'_ str| inner.len() < text.len() && !inner.is_empty();
    let crossed = mark::without_crosses(text);
    if shorter(crossed) {
        return Some((Sign::Wrong, crossed));
    }
    let unticked = mark::without_ticks(text);
    if shorter(unticked) {
        return Some((Sign::Tick, unticked));
    }
    mark::starred(text).map(|(behind, inner)| (if behind { Sign::StarBehind } else { Sign::StarBefore }, inner))
}

/// A longer word is not a sign, in characters.
const LONGEST_SIGN: usize = 12;

/// Everything at the ends of an option that could be a sign which is unknown, each with the text that is left.
pub(super) fn unknown(text: &str) -> Vec<(Sign, &str)> {
    let text = text.trim();
    let mut found: Vec<(Sign, &str)> = Vec::new();
    let mut push = |side: SignSide, sign: &str, from: usize, to: usize| {
        let (short, inner) = ((1..=LONGEST_SIGN).contains(&sign.chars().count()), text[from..to].trim());
        if short && !inner.is_empty() {
            found.push((Sign::Unknown(side, sign.to_owned()), inner));
        }
    };
    if let Some(at) = text.rfind(char::is_whitespace) {
        let word = text[at..].trim_start();
        if !is_number(word) && !is_end_of_sentence(word) {
            push(SignSide::Behind, word, 0, at);
        }
        let before = text[..at].trim_end();
        if let Some(from) = before.rfind(char::is_whitespace) {
            let from = from + before[from..].chars().next().map_or(1, char::len_utf8);
            if text[from..].chars().any(char::is_alphanumeric) {
                push(SignSide::Behind, &text[from..], 0, from);
            }
        }
    }
    let glued = text.trim_end_matches(is_odd);
    if glued.len() < text.len() && !glued.ends_with(char::is_whitespace) {
        push(SignSide::Behind, &text[glued.len()..], 0, glued.len());
    }
    if let Some(end) = text.find(char::is_whitespace) {
        let word = &text[..end];
        if !is_number(word) && !word.chars().all(char::is_alphanumeric) {
            push(SignSide::Before, word, end, text.len());
        }
    }
    let glued = text.trim_start_matches(is_odd);
    if glued.len() < text.len() && !glued.starts_with(char::is_whitespace) {
        push(SignSide::Before, &text[..text.len() - glued.len()], text.len() - glued.len(), text.len());
    }
    for (open, close) in AROUND.pairs() {
        if let Some(inner) = text.strip_prefix(open).and_then(|inner| inner.strip_suffix(close))
            && !inner.contains(open)
        {
            push(SignSide::Around, &format!("{open}…{close}"), open.len(), text.len() - close.len());
        }
    }
    found
}

/// Conspicuous signs around an option.
static AROUND: WordSet = WordSet::of_phrases(
    "<b>/</b>, <strong>/</strong>, <u>/</u>, <mark>/</mark>, <em>/</em>, <i>/</i>, ==/==, ++/++, */*, _/_, [/], {/}, </>, \
    «/»",
);

/// A character that no text begins or ends with for its own sake.
fn is_odd(char: char) -> bool {
    let usual = ".,;:?!'\"`%°)]}([{…“”‘’«»„<>/\\-–—$€£¥&。，；：？！、）】」（【「";
    !char.is_alphanumeric() && !char.is_whitespace() && !usual.contains(char)
}

fn is_number(word: &str) -> bool {
    word.chars().all(|char| char.is_ascii_digit() || ".,-+%".contains(char))
}

/// Whether a word ends as sentences do, and so is the last of one.
fn is_end_of_sentence(word: &str) -> bool {
    word.ends_with(['.', ',', ';', ':', '?']) && word.chars().count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_found_from_the_outside_in() {
        let found = |text| signs(text).into_iter().map(|(sign, _)| sign).collect::<Vec<_>>();
        assert_eq!(found("red *"), [Sign::StarBehind]);
        assert_eq!(found("*args"), [Sign::StarBefore]);
        assert_eq!(found("**red** ✓"), [Sign::Tick, Sign::Bold]);
        assert_eq!(found("red (correct)"), [Sign::Said]);
        assert_eq!(found("red :white_check_mark:"), [Sign::Tick]);
        assert_eq!(found("red ⭐"), [Sign::Tick]);
        assert_eq!(found("a * b"), []);
        assert_eq!(found("✓"), []);
    }

    #[test]
    fn anything_at_the_ends_may_be_a_sign() {
        let has = |text, side, sign: &str, left| unknown(text).contains(&(Sign::Unknown(side, sign.to_owned()), left));
        assert!(has("red ##", SignSide::Behind, "##", "red"));
        assert!(has("dark red (T)", SignSide::Behind, "(T)", "dark red"));
        assert!(has("red#", SignSide::Behind, "#", "red"));
        assert!(has("@ red", SignSide::Before, "@", "red"));
        assert!(has("==red==", SignSide::Around, "==…==", "red"));
        assert!(has("red  Most Voted", SignSide::Behind, "Most Voted", "red"));
        assert_eq!(unknown("red"), []);
        assert_eq!(unknown("10"), []);
    }
}
