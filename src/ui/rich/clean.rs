//! Removing characters that must not reach a terminal.

use std::borrow::Cow;
use std::iter::Peekable;
use std::str::Chars;

use crate::model::limits::steers;

/// Whether a character must not be shown: it steers, and is no end of a line and no tab.
fn is_steering(char: char) -> bool {
    !matches!(char, '\n' | '\t') && steers(char)
}

/// The text of a question with `\n` for every line end and without control characters.
pub(super) fn lines(text: &str) -> Cow<'_, str> {
    cleaned(text, '\n')
}

/// Words of ours, with names of others in them, without control characters. Only `\n` ends a line: a name that holds another line end would make
/// a line that looks like one of ours.
pub fn harmless(text: &str) -> Cow<'_, str> {
    cleaned(text, ' ')
}

/// The text without control characters, and with this sign for line ends that are no `\n`.
fn cleaned(text: &str, line_end: char) -> Cow<'_, str> {
    if !text.contains(is_steering) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    clean.push(line_end);
                }
            }
            '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push(line_end),
            '\u{b}' | '\u{c}' => clean.push(' '),
            '\u{1b}' if chars.peek() == Some(&'[') => skip_sequence(&mut chars),
            _ if is_steering(char) => {}
            _ => clean.push(char),
        }
    }
    Cow::Owned(clean)
}

/// Leaves out the rest of a [control sequence](https://ecma-international.org/publications-and-standards/standards/ecma-48/), such as a colour, if
/// it is one: parameters, then a letter.
fn skip_sequence(chars: &mut Peekable<Chars<'_>>) {
    let mut ahead = chars.clone();
    ahead.next();
    while ahead.next_if(|char| matches!(char, '\u{20}'..='\u{3f}')).is_some() {}
    if ahead.next().is_some_and(|last| matches!(last, '\u{40}'..='\u{7e}')) {
        *chars = ahead;
    }
}

/// The text on one line without control characters, for tables and messages.
pub fn line(text: &str) -> String {
    lines(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text with tabs expanded to multiples of four columns, assuming that every character is one column wide.
pub(super) fn tabs(line: &str) -> Cow<'_, str> {
    if !line.contains('\t') {
        return Cow::Borrowed(line);
    }
    let mut clean = String::with_capacity(line.len() + 12);
    let mut column = 0;
    for char in line.chars() {
        if char == '\t' {
            let stop = 4 - column % 4;
            clean.extend(std::iter::repeat_n(' ', stop));
            column += stop;
        } else {
            clean.push(char);
            column = if char == '\n' { 0 } else { column + 1 };
        }
    }
    Cow::Owned(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_left_out() {
        for (text, clean) in [
            ("a\u{1b}[31mb", "ab"),
            ("a\r\nb\rc\u{85}d\u{2028}e", "a\nb\nc\nd\ne"),
            ("a\u{202e}b\u{2066}c\u{9b}d\u{7f}\0e", "abcde"),
            ("co\u{ad}operate\u{feff}", "cooperate"),
            ("tab\tkept", "tab\tkept"),
        ] {
            assert_eq!(lines(text), clean);
        }
    }

    #[test]
    fn a_name_makes_no_line_of_its_own() {
        assert_eq!(harmless("deck a\u{2028}error: b\u{85}c\rd\u{2029}e\r\nf"), "deck a error: b c d e\nf");
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(line("a\u{202e}b\r\n  c\t\u{1b}[0md\n"), "ab c d");
    }

    #[test]
    fn tabs_go_to_their_stops() {
        assert_eq!(tabs("a\tb\n\tc"), "a   b\n    c");
    }
}
