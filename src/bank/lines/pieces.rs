//! Lines in pieces: each option of a line with several, the question before them, and the answer after them.

use super::alphabet::Labels;
use super::convention::Convention;
use super::inline::{embedded, split};
use super::key::{NamedLine, is_key, named};
use super::label::question_number;
use super::lead::lead;
use super::tidy::Tidy;
use super::words::ANSWER;

/// A longer line is not searched for an answer after its last option, in bytes.
const LONGEST_TAIL: usize = 400;

/// A line of the file, or an independent part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bank) struct LinePiece<'a> {
    /// From 1.
    pub(in crate::bank) number: usize,
    /// Spaces before the text.
    pub(in crate::bank) indent: usize,
    pub(in crate::bank) text: &'a str,
    /// Whether it is code, or a fence around it.
    pub(in crate::bank) code: bool,
}

/// Splits lines that hold several options, or a question with all its options. Each row of options is split by the
/// label that is due.
pub(in crate::bank) fn pieces(tidy: &Tidy, convention: Convention) -> Vec<LinePiece<'_>> {
    let lines = &tidy.lines;
    let alone = !lines.iter().any(|line| lead(line.trim_start(), convention.labels).is_some());
    let mut pieces = Vec::with_capacity(lines.len());
    let mut due = 0;
    for (at, line) in lines.iter().enumerate() {
        let (number, code) = (tidy.numbers[at], tidy.code[at]);
        let text = line.trim_start();
        let indent = line.len() - text.len();
        if code {
            // Code keeps its indentation.
            pieces.push(LinePiece { number, indent, text: line, code });
            continue;
        }
        let parts = row(text, convention, due);
        let parts = parts.or_else(|| embedded(text, convention.labels).filter(|_| alone));
        let Some((parts, next)) = parts.filter(|_| !goes_on_below(lines, at, convention)) else {
            let option = !text.is_empty() && lead(text, convention.labels).is_some();
            due = if option { due } else { 0 };
            let last = || !goes_on_below(lines, at, convention);
            let below = || lines[at + 1..].iter().map(|line| line.trim()).find(|line| !line.is_empty());
            let bare = || !option && below().is_none_or(|line| lead(line, convention.labels).is_none());
            let asked = behind_question(text).filter(|_| bare());
            let own = || glued(text).filter(|(before, _)| option && holds_text(before, convention.labels) && last());
            match asked.or_else(own) {
                Some((text, answer)) => {
                    pieces.extend([text, answer].map(|text| LinePiece { number, indent, text, code }));
                }
                None => pieces.push(LinePiece { number, indent, text, code }),
            }
            continue;
        };
        due = next;
        for (place, text) in parts.iter().enumerate() {
            let part = |text| LinePiece { number, indent, text, code };
            match answered(text).filter(|_| place + 1 == parts.len()) {
                Some((text, answer)) => pieces.extend([part(text), part(answer)]),
                None => pieces.push(part(text)),
            }
        }
    }
    pieces
}

/// The options of a line that begins with the one that is due, and the place that is due then.
fn row(text: &str, convention: Convention, due: usize) -> Option<(Vec<&str>, usize)> {
    let found = lead(text, convention.labels)?;
    let label = found.label.filter(|label| label.place == 0 || (due > 0 && label.place == due))?;
    if convention.lower.is_some_and(|lower| lower != label.lower) {
        return None;
    }
    let (mut parts, next) = split(text, text.len() - found.text.len(), label, convention.labels)?;
    parts.retain(|part| !part.is_empty());
    Some((parts, next))
}

/// Whether the next option is on the next line, so that anything similar on this line is text.
fn goes_on_below(lines: &[String], at: usize, convention: Convention) -> bool {
    let place =
        |line: &str| lead(line.trim_start(), convention.labels).and_then(|lead| lead.label).map(|label| label.place);
    let Some(here) = place(&lines[at]) else { return false };
    let below = lines[at + 1..].iter().take(3).find(|line| !line.trim().is_empty());
    below.and_then(|line| place(line)) == Some(here + 1)
}

/// An answer after the last option of a line.
fn answered(text: &str) -> Option<(&str, &str)> {
    if text.len() > LONGEST_TAIL {
        return None;
    }
    let spaced = text.match_indices(' ').map(|(at, _)| at).find_map(|at| {
        let tail = text[at..].trim_start();
        (tail.starts_with(char::is_uppercase) || tail.starts_with(['(', '['])).then_some(())?;
        matches!(named(tail), Some(NamedLine::Answer(answer)) if answer.len() < 12)
            .then(|| (text[..at].trim_end(), tail))
    });
    spaced.or_else(|| glued(text))
}

/// Whether an option has a text besides its label.
fn holds_text(option: &str, labels: Labels) -> bool {
    lead(option, labels).is_some_and(|lead| !lead.text.trim().is_empty())
}

/// An answer after a numbered question without options: `3. Name a tree. Answer: oak`.
fn behind_question(text: &str) -> Option<(&str, &str)> {
    question_number(text).filter(|_| text.len() <= LONGEST_TAIL)?;
    text.match_indices([':', '：']).find_map(|(at, _)| {
        let head = text[..at].trim_end();
        let lower = Some(head.to_lowercase()).filter(|lower| lower.len() == head.len())?;
        let word = ANSWER.iter().filter(|word| lower.ends_with(word)).max_by_key(|word| word.len())?;
        let start = head.len() - word.len();
        let before = head.get(..start)?.trim_end_matches([' ', '*', '_', '(', '[']);
        let whole = before.len() < start && before.ends_with(['.', '?', '!', '？', '。', '_']);
        let said = text[at..].trim_start_matches(|char: char| !char.is_alphanumeric());
        (whole && !said.is_empty() && question_number(before).is_some()).then(|| (before, &text[start..]))
    })
}

/// An answer right after the text of an option: `B、心脏答案：B`, `D. MercuryAnswer: B`, `（答案：B）`.
fn glued(text: &str) -> Option<(&str, &str)> {
    if text.len() > LONGEST_TAIL {
        return None;
    }
    let body = text.trim_end_matches([')', '）', ']', '】', '.', '。', ' ']);
    let at = body.rfind([':', '：'])?;
    let colon = body[at..].chars().next().map_or(1, char::len_utf8);
    let said = body[at + colon..].trim();
    if said.is_empty() || said.len() > 12 || !is_key(said) {
        return None;
    }
    let head = body[..at].trim_end();
    let lower = Some(head.to_lowercase()).filter(|lower| lower.len() == head.len())?;
    let word = ANSWER.iter().filter(|word| lower.ends_with(word)).max_by_key(|word| word.len())?;
    let start = head.len() - word.len();
    let (before, word) = head.split_at(start);
    // A word within a word names nothing, unless a capital begins it.
    let inner = before.ends_with(char::is_alphanumeric) && word.is_ascii();
    let begins = word.starts_with(char::is_uppercase) && !before.ends_with(char::is_uppercase);
    if inner && !begins {
        return None;
    }
    let before = before.trim_end_matches(['(', '（', '[', '【', ' ', '*']);
    (!before.is_empty()).then(|| (before, &body[start..]))
}
