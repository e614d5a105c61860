//! A text as words, letters, numbers and signs, each with its place.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A word of several letters.
    Word,
    /// A letter of the Latin alphabet on its own.
    Letter,
    /// A whole number of one or two digits.
    Number,
    /// `&` or `+`.
    Join,
    Comma,
    Dash,
    /// A token that occurs in no phrase.
    Other,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token<'a> {
    pub(super) sort: Sort,
    /// Its place, in bytes.
    pub(super) range: Range<usize>,
    /// The word without case and accents, as the tables write it.
    pub(super) folded: Cow<'a, str>,
    /// Whether brackets or a point set it apart, as a label: `(a)`, `2)`, `3.`.
    pub(super) labelled: bool,
    /// Whether it begins with a capital letter.
    pub(super) capital: bool,
}

impl Token<'_> {
    /// The place that a letter or a number names, from 0. There are ten at most: `x` and `42` name no option.
    pub(super) fn place(&self) -> Option<usize> {
        let place = match self.sort {
            Sort::Letter => usize::from(self.folded.as_bytes()[0] - b'a'),
            Sort::Number => self.folded.parse::<usize>().ok()?.checked_sub(1)?,
            _ => return None,
        };
        (place < 10).then_some(place)
    }
}

/// The word without case and accents; `ß` is `ss`.
pub(super) fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        let capital = word.bytes().any(|byte| byte.is_ascii_uppercase());
        return if capital { Cow::Owned(word.to_ascii_lowercase()) } else { Cow::Borrowed(word) };
    }
    let plain = word.nfkd().filter(|char| !is_combining_mark(*char)).flat_map(char::to_lowercase);
    let mut folded = String::with_capacity(word.len());
    for char in plain {
        match char {
            'ß' => folded.push_str("ss"),
            '’' | 'ʼ' => folded.push('\''),
            _ => folded.push(char),
        }
    }
    Cow::Owned(folded)
}

/// The tokens of a text. Brackets, quotes, marks of Markdown, full stops and elements of HTML part words and are nothing themselves.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    Tokens::new(text).collect()
}

/// The tokens of a text one by one, for callers that may stop after a few.
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        while let Some(char) = self.text[self.at..].chars().next() {
            let rest = &self.text[self.at..];
            let (length, sort) = if char.is_alphanumeric() {
                let length = word(rest);
                (length, sort_of(&rest[..length]))
            } else if char == '<'
                && rest[1..].starts_with(|next: char| next.is_ascii_alphabetic() || next == '/')
                && let Some(end) = rest.find('>')
            {
                self.at += end + 1;
                continue;
            } else if let Some(entity) = ["&nbsp;", "&amp;"].into_iter().find(|entity| rest.starts_with(entity)) {
                if entity == "&nbsp;" {
                    self.at += entity.len();
                    continue;
                }
                (entity.len(), Sort::Join)
            } else {
                let sort = match char {
                    _ if is_silent(char) => {
                        self.at += char.len_utf8();
                        continue;
                    }
                    '&' | '+' => Sort::Join,
                    ',' | '、' | '，' => Sort::Comma,
                    '-' | '–' | '—' | '‑' => Sort::Dash,
                    _ => Sort::Other,
                };
                (char.len_utf8(), sort)
            };
            let range = self.at..self.at + length;
            self.at = range.end;
            let labelled = self.text[range.end..].starts_with([')', ']', '.', ':', '）']);
            let folded = if sort == Sort::Dash { "-".into() } else { fold(&self.text[range.clone()]) };
            return Some(Token { sort, folded, labelled, capital: char.is_uppercase(), range });
        }
        None
    }
}

/// Signs that are around words without meaning.
fn is_silent(char: char) -> bool {
    char.is_whitespace()
        || matches!(char, '(' | ')' | '[' | ']' | '（' | '）' | '"' | '\'' | '“' | '”' | '„' | '‘' | '’' | '«' | '»')
        || matches!(
            char,
            '.' | ':' | ';' | '!' | '?' | '¡' | '¿' | '*' | '_' | '`' | '~' | '…' | '\u{200b}' | '\u{feff}'
        )
}

/// How long the word is that a text begins with, in bytes: hyphens and apostrophes within words belong to them ("above-ground",
/// "l'une", "ci-dessus"), but not between two lone letters ("A-D").
fn word(text: &str) -> usize {
    let mut end = run(text);
    let mut lone = text[..end].chars().count() == 1;
    while let Some(mark) = text[end..].chars().next().filter(|mark| matches!(mark, '-' | '‑' | '\'' | '’' | '_')) {
        let next = end + mark.len_utf8();
        let more = run(&text[next..]);
        let alone = text[next..next + more].chars().count() <= 1;
        if more == 0 || (lone && alone && matches!(mark, '-' | '‑')) {
            break;
        }
        (end, lone) = (next + more, false);
    }
    end
}

fn run(text: &str) -> usize {
    text.find(|char: char| !char.is_alphanumeric() && !is_combining_mark(char)).unwrap_or(text.len())
}

fn sort_of(word: &str) -> Sort {
    match word.as_bytes() {
        [byte] if byte.is_ascii_alphabetic() => Sort::Letter,
        [_] | [_, _] if word.bytes().all(|byte| byte.is_ascii_digit()) => Sort::Number,
        _ if word.starts_with(char::is_alphabetic) => Sort::Word,
        _ => Sort::Other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.folded.into_owned()).collect()
    }

    #[test]
    fn words_are_parted() {
        for (text, words) in [
            ("**All** of the <b>above</b>.", "all of the above"),
            ("(A) &amp; b)", "a &amp; b"),
            ("A-D", "a - d"),
            ("the above-ground parts", "the above-ground parts"),
            ("Réponses d’entre", "reponses d'entre"),
            ("außer A, B", "ausser a , b"),
            ("a < b", "a < b"),
            ("X-ray", "x-ray"),
        ] {
            assert_eq!(folded(text).join(" "), words);
        }
    }

    proptest! {
        #[test]
        fn tokens_stand_where_they_say(text in "(\\PC|[-A-D<>/&;'’ ]){0,40}") {
            let mut end = 0;
            for token in tokens(&text) {
                prop_assert!(token.range.start >= end && !token.range.is_empty());
                prop_assert!(token.sort == Sort::Dash || fold(&text[token.range.clone()]) == token.folded);
                end = token.range.end;
            }
        }
    }
}
