//! What distinguishes marks from text: the beginnings and ends of lines that are marks, and the backslash that makes
//! them text.
//!
//! Printer and reader share these rules. A backslash counts only before or after a mark, so that `\frac` is just text.

use std::borrow::Cow;

use super::attribute;

/// Words that begin a line of metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bank) enum Keyword {
    Explanation,
    Tags,
    Kind,
    Markup,
    Declared,
}

const NAMES: [(&str, Keyword); 5] = [
    ("Explanation:", Keyword::Explanation),
    ("Tags:", Keyword::Tags),
    ("Kind:", Keyword::Kind),
    ("Markup:", Keyword::Markup),
    ("Declared:", Keyword::Declared),
];

/// `Tags: a, b`: which word, and what follows it.
pub(in crate::bank) fn named(line: &str) -> Option<(Keyword, &str)> {
    NAMES.iter().find_map(|(word, name)| {
        let begins = line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        begins.then(|| (*name, &line[word.len()..]))
    })
}

/// A sign at the beginning of a line that white space or its end sets off.
pub(in crate::bank) fn behind<'a>(line: &'a str, sign: &str) -> Option<&'a str> {
    line.strip_prefix(sign).filter(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// `# Topic` or `## Question`: how many signs, and what follows them.
pub(in crate::bank) fn heading(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    (level > 0 && behind(line, &line[..level]).is_some()).then_some((level, rest))
}

/// `[x] …` or `[ ] …`.
pub(in crate::bank) fn boxed(text: &str) -> Option<(bool, &str)> {
    [("[x]", true), ("[X]", true), ("[ ]", false)]
        .into_iter()
        .find_map(|(sign, ticked)| behind(text, sign).map(|rest| (ticked, rest)))
}

/// `A. …`: the letters, and what follows them.
pub(in crate::bank) fn lettered(text: &str) -> Option<(&str, &str)> {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = text.get(letters + 1..)?;
    let closed = matches!(text.as_bytes()[letters], b'.' | b')') && matches!(letters, 1 | 2);
    (closed && (rest.is_empty() || rest.starts_with(char::is_whitespace))).then_some((&text[..letters], rest))
}

/// The text before a star at the end of a line.
pub(in crate::bank) fn starred(text: &str) -> Option<&str> {
    text.strip_suffix('*').filter(|rest| rest.is_empty() || rest.ends_with(char::is_whitespace))
}

/// The text before the braces at the end of a line, and the text within them.
pub(in crate::bank) fn braced(text: &str) -> Option<(&str, &str)> {
    let (before, inner) = text.strip_suffix('}')?.rsplit_once('{')?;
    (before.is_empty() || before.ends_with(char::is_whitespace)).then_some((before, inner))
}

fn mark_at_start(text: &str) -> bool {
    text.is_empty()
        || text.starts_with(char::is_whitespace)
        || heading(text).is_some()
        || ["-", ">", "->"].iter().any(|sign| behind(text, sign).is_some())
        || boxed(text).is_some()
        || lettered(text).is_some()
        || named(text).is_some()
}

fn mark_at_end(text: &str) -> bool {
    text.ends_with(char::is_whitespace)
        || starred(text).is_some()
        || braced(text).is_some_and(|(_, inner)| inner.starts_with('#') || attribute::parse(inner).is_some())
}

/// Whether a continued line of an option would begin feedback or a pair.
fn mark_within(text: &str) -> bool {
    behind(text, ">").is_some() || behind(text, "->").is_some()
}

fn guarded(text: &str, start: bool, end: bool) -> Cow<'_, str> {
    if !start && !end {
        return Cow::Borrowed(text);
    }
    Cow::Owned([if start { "\\" } else { "" }, text, if end { "\\" } else { "" }].concat())
}

fn without_backslashes_before(text: &str) -> &str {
    text.trim_start_matches('\\')
}

fn without_backslashes_behind(text: &str) -> &str {
    text.trim_end_matches('\\')
}

/// The first line of a text, as it is printed.
pub(in crate::bank) fn guard_first(text: &str) -> Cow<'_, str> {
    guarded(text, mark_at_start(without_backslashes_before(text)), mark_at_end(without_backslashes_behind(text)))
}

/// The first line of a text, as it was meant.
pub(in crate::bank) fn first(line: &str) -> &str {
    let text = line.trim_start();
    let text =
        text.strip_suffix('\\').filter(|rest| mark_at_end(without_backslashes_behind(rest))).unwrap_or(text.trim_end());
    text.strip_prefix('\\').filter(|rest| mark_at_start(without_backslashes_before(rest))).unwrap_or(text)
}

/// A later line of a text as it is printed. `option`: it belongs to an option, which may contain marks.
pub(in crate::bank) fn guard_later(text: &str, option: bool) -> Cow<'_, str> {
    let end = without_backslashes_behind(text).ends_with(char::is_whitespace);
    guarded(text, option && mark_within(without_backslashes_before(text)), end)
}

/// A later line of a text, as it was meant.
pub(in crate::bank) fn later(line: &str, option: bool) -> &str {
    let text = line
        .strip_suffix('\\')
        .filter(|rest| without_backslashes_behind(rest).ends_with(char::is_whitespace))
        .unwrap_or(line.trim_end());
    text.strip_prefix('\\').filter(|rest| option && mark_within(without_backslashes_before(rest))).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_marks_are_guarded() {
        for (text, printed) in [
            ("What is it?", "What is it?"),
            ("\\frac{1}{2}", "\\frac{1}{2}"),
            ("-5 degrees", "-5 degrees"),
            ("2 * 3", "2 * 3"),
            ("**bold**", "**bold**"),
            ("# no heading", "\\# no heading"),
            ("- no option", "\\- no option"),
            ("A. no label", "\\A. no label"),
            ("[x] no box", "\\[x] no box"),
            ("Tags: none", "\\Tags: none"),
            ("no mark *", "no mark *\\"),
            ("no identity {#x}", "no identity {#x}\\"),
            ("a set {1, 2}", "a set {1, 2}"),
            ("half {50 %}", "half {50 %}\\"),
            ("", "\\"),
            ("\\# as it stands", "\\\\# as it stands"),
        ] {
            assert_eq!(guard_first(text), printed);
            assert_eq!(first(printed), text);
        }
    }

    proptest! {
        #[test]
        fn guards_are_taken_off_again(text in "[\\\\#> \\-A.*{}x%5\\[\\]\u{a0}é]{0,9}") {
            let printed = guard_first(&text);
            prop_assert_eq!(first(&printed), &text);
            // Marks behind the text do not change it.
            prop_assert!(starred(&printed).is_none());
            for option in [false, true] {
                let printed = guard_later(&text, option);
                prop_assert_eq!(later(&printed, option), &text);
            }
        }
    }
}
