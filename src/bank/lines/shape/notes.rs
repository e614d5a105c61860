//! Bullets that stand deeper than an option, or below an answer line, say something of it.

use super::super::key::{Named, named};
use super::super::label::{bullet, label};
use super::super::line::{Line, What};
use super::super::mark::boxed;
use super::evidence;
use crate::bank::Evidence;

/// What stands above a line.
#[derive(Clone, Copy)]
enum Above {
    Nothing,
    /// The options of a question, which stand so far in.
    Options(usize),
    /// An answer line, which stands so far in.
    Answer(usize),
}

/// Makes notes of such bullets.
pub(super) fn find(lines: &mut [Line<'_>]) -> Option<Evidence> {
    let mut found = Vec::new();
    let mut above = Above::Nothing;
    for at in 0..lines.len() {
        let note = note(lines[at].text);
        let line = &lines[at];
        let deeper = |outer: usize| line.indent > outer;
        let is_note = note.is_some()
            && match above {
                Above::Nothing => false,
                Above::Options(indent) => deeper(indent) && is_plain(line, true),
                Above::Answer(indent) => line.indent >= indent && is_plain(line, false) && is_last_word(lines, at),
            };
        if let Some(text) = note.filter(|_| is_note) {
            found.push(line.number);
            lines[at].what = What::Note(text);
            continue;
        }
        above = match (&line.what, above) {
            (What::Option(_), Above::Options(indent)) => Above::Options(indent.min(line.indent)),
            (What::Option(_), _) => Above::Options(line.indent),
            (What::Named(Named::Answer(said)), _) if !said.is_empty() => Above::Answer(line.indent),
            (What::Blank, Above::Answer(_)) => Above::Nothing,
            (What::Blank | What::Text(_) | What::Code(_), above) => above,
            _ => Above::Nothing,
        };
    }
    evidence("notes", "deeper bullets are notes on the option above them", "stand deeper than the options", &found)
}

/// The text behind a bullet that begins neither an option with a label or a box nor an answer.
fn note(text: &str) -> Option<&str> {
    let inner = bullet(text)?;
    let plain = boxed(inner).is_none()
        && label(inner).is_none_or(|label| label.number || !label.set_off)
        && !inner.trim_end().ends_with(['?', '？'])
        && !matches!(named(inner), Some(Named::Answer(_)));
    plain.then_some(inner)
}

/// Whether the line is text, an option without a label or, where that may be, an explanation.
fn is_plain(line: &Line<'_>, explained: bool) -> bool {
    match &line.what {
        What::Text(_) | What::Option(_) => true,
        What::Named(Named::Explanation(_)) => explained,
        _ => false,
    }
}

/// Whether no options follow, so that the line is no question.
fn is_last_word(lines: &[Line<'_>], at: usize) -> bool {
    let below =
        lines[at + 1..].iter().take(8).find(|line| !matches!(line.what, What::Blank) && note(line.text).is_none());
    !below.is_some_and(|line| matches!(line.what, What::Option(_)))
}
