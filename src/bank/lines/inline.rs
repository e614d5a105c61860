//! Several options on one line: `A. red  B. green  C. blue`, also after the question itself.

use super::alphabet::{Alphabet, Labels, OWN};
use super::label::{Label, bullet, label_in};
use super::lead::{OptionLead, lead};
use super::mark::boxed;

/// Where the label of the next option begins within the text of one.
pub(in crate::bank) fn next(lead: &OptionLead<'_>, labels: Labels) -> Option<usize> {
    after(lead.text, lead.label?, labels)
}

fn after(text: &str, before: Label<'_>, labels: Labels) -> Option<usize> {
    let alphabet = labels.alphabet()?;
    let fits = |label: &Label<'_>| {
        label.place == before.place + 1 && label.shape == before.shape && label.lower == before.lower && !label.dashed
    };
    // A label that nothing sets off is part of a word.
    let mut starts = text.match_indices(' ').map(|(at, _)| at + 1);
    starts.find(|at| label_in(&text[*at..], alphabet).filter(|label| label.set_off && fits(label)).is_some())
}

/// Whether the line is a question with all its options after it.
pub(in crate::bank) fn holds_question(line: &str) -> bool {
    embedded(line.trim_start(), Labels::Letters).is_some()
}

/// Whether a text has options: a second label below the first one or after it, in any alphabet, or boxes.
pub(in crate::bank) fn holds_options(text: &str) -> bool {
    let mut due: Vec<Alphabet> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let bare = bullet(line).unwrap_or(line);
        // None of the letters of the other alphabets is of ASCII.
        let own = if line.is_ascii() { &[][..] } else { &OWN[..] };
        let alphabets = || own.iter().copied().chain([Alphabet::Latin, Alphabet::Roman]);
        if boxed(bare).is_some() || holds_question(line) {
            return true;
        }
        let bare = bare.trim_start_matches(['*', '_']);
        let at = |alphabet: Alphabet, place: usize| {
            label_in(bare, alphabet).is_some_and(|label| label.place == place && label.set_off)
        };
        if due.iter().any(|alphabet| at(*alphabet, 1)) {
            return true;
        }
        due = alphabets().filter(|alphabet| at(*alphabet, 0)).chain(due).take(OWN.len() + 2).collect();
        let row = |labels: Labels| {
            lead(line, labels)
                .is_some_and(|lead| lead.label.is_some_and(|label| label.place == 0) && next(&lead, labels).is_some())
        };
        if alphabets().any(|alphabet| row(Labels::Other(alphabet))) {
            return true;
        }
    }
    false
}

pub(super) fn embedded(text: &str, labels: Labels) -> Option<(Vec<&str>, usize)> {
    let alphabet = labels.alphabet()?;
    let mut starts = text.match_indices(' ').map(|(at, _)| at + 1);
    let (at, label) = starts.find_map(|at| {
        let label = label_in(&text[at..], alphabet).filter(|label| label.place == 0 && label.set_off)?;
        Some((at, label))
    })?;
    let (parts, next) = split(&text[at..], text.len() - at - label.rest.len(), label, labels)?;
    (parts.len() > 2).then(|| ([text[..at].trim_end()].into_iter().chain(parts).collect(), next))
}

/// Parts a text at the labels that follow the first one, whose text begins at `from`.
pub(super) fn split<'a>(text: &'a str, from: usize, first: Label<'a>, labels: Labels) -> Option<(Vec<&'a str>, usize)> {
    let alphabet = labels.alphabet()?;
    let (mut parts, mut start, mut from, mut label) = (Vec::new(), 0, from, first);
    while let Some(at) = after(&text[from..], label, labels).map(|at| from + at) {
        let part = text[start..at].trim_end();
        let shorter = part.trim_end_matches([';', ',', '|']).trim_end();
        parts.push(if shorter.is_empty() { part } else { shorter });
        label = label_in(&text[at..], alphabet)?;
        (start, from) = (at, text.len() - label.rest.len());
    }
    parts.push(text[start..].trim_end());
    (parts.len() > 1).then_some((parts, label.place + 1))
}
