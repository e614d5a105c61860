//! Bullets deeper than an option, or below an answer line, are comments on it.

use super::super::key::{NamedLine, named};
use super::super::label::{bullet, label};
use super::super::line::{BankLine, LineKind};
use super::super::mark::boxed;
use super::evidence;
use crate::bank::Decision;

/// The context above a line.
#[derive(Clone, Copy)]
enum LineAbove {
    Nothing,
    /// The options of a question, which are so far in.
    Options(usize),
    /// An answer line, which is so far in.
    Answer(usize),
}

/// Makes notes of such bullets.
pub(super) fn find(lines: &mut [BankLine<'_>]) -> Option<Decision> {
    let mut found = Vec::new();
    let mut above = LineAbove::Nothing;
    for at in 0..lines.len() {
        let note = note(lines[at].text);
        let line = &lines[at];
        let deeper = |outer: usize| line.indent > outer;
        let is_note = note.is_some()
            && match above {
                LineAbove::Nothing => false,
                LineAbove::Options(indent) => deeper(indent) && is_plain(line, true),
                LineAbove::Answer(indent) => line.indent >= indent && is_plain(line, false) && is_last_word(lines, at),
            };
        if let Some(text) = note.filter(|_| is_note) {
            found.push(line.number);
            lines[at].what = LineKind::Note(text);
            continue;
        }
        above = match (&line.what, above) {
            (LineKind::Option(_), LineAbove::Options(indent)) => LineAbove::Options(indent.min(line.indent)),
            (LineKind::Option(_), _) => LineAbove::Options(line.indent),
            (LineKind::Named(NamedLine::Answer(said)), _) if !said.is_empty() => LineAbove::Answer(line.indent),
            (LineKind::Blank, LineAbove::Answer(_)) => LineAbove::Nothing,
            (LineKind::Blank | LineKind::Text(_) | LineKind::Code(_), above) => above,
            _ => LineAbove::Nothing,
        };
    }
    evidence("notes", "deeper bullets are notes on the option above them", "are deeper than the options", &found)
}

/// The text after a bullet that begins neither an option with a label or a box nor an answer.
fn note(text: &str) -> Option<&str> {
    let inner = bullet(text)?;
    let plain = boxed(inner).is_none()
        && label(inner).is_none_or(|label| label.number || !label.set_off)
        && !inner.trim_end().ends_with(['?', '？'])
        && !matches!(named(inner), Some(NamedLine::Answer(_)));
    plain.then_some(inner)
}

/// Whether the line is text, an option without a label or, if allowed, an explanation.
fn is_plain(line: &BankLine<'_>, explained: bool) -> bool {
    match &line.what {
        LineKind::Text(_) | LineKind::Option(_) => true,
        LineKind::Named(NamedLine::Explanation(_)) => explained,
        _ => false,
    }
}

/// Whether no options follow, so that the line is not a question.
fn is_last_word(lines: &[BankLine<'_>], at: usize) -> bool {
    let below =
        lines[at + 1..].iter().take(8).find(|line| !matches!(line.what, LineKind::Blank) && note(line.text).is_none());
    !below.is_some_and(|line| matches!(line.what, LineKind::Option(_)))
}
