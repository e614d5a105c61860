//! Lists above the options of a question (`I. … II. …`, `1) fry 2) mix`) are part of the question.
//!
//! Such a list counts from one, in letters or numbers other than those of the options. It is below a line that asks or
//! announces it, and the options come next.

use super::super::alphabet::{Alphabet, Labels};
use super::super::convention::Convention;
use super::super::label::{Label, label_in};
use super::super::line::{BankLine, LineKind};
use super::evidence;
use crate::bank::Decision;

/// The most lines that an item continues for, and that separate the list from the options.
const BETWEEN: usize = 3;
/// Lines above the list that are looked through for the question.
const STEM: usize = 12;

/// Makes text of the items of such lists.
pub(super) fn find(lines: &mut [BankLine<'_>], convention: Convention) -> Option<Decision> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let end = [Alphabet::Numbers, Alphabet::Roman]
            .into_iter()
            .filter(|alphabet| convention.labels != Labels::Numbers && convention.labels.alphabet() != Some(*alphabet))
            .find_map(|alphabet| list(lines, at, alphabet));
        let Some(end) = end else {
            at += 1;
            continue;
        };
        for line in &mut lines[at..=end] {
            if matches!(line.what, LineKind::Numbered(..) | LineKind::Option(_)) {
                line.what = LineKind::Text(line.text);
                found.push(line.number);
            }
        }
        at = end + 1;
    }
    evidence("list", "lists above the options belong to the question", "begin items of a list in a question", &found)
}

/// The last line of the list that begins here, if there is one.
fn list(lines: &[BankLine<'_>], first: usize, alphabet: Alphabet) -> Option<usize> {
    if !matches!(lines[first].what, LineKind::Numbered(..) | LineKind::Option(_)) {
        return None;
    }
    let one = label_in(lines[first].text, alphabet).filter(|label| label.place == 0 && is_item(label))?;
    if !is_headed(lines, first) {
        return None;
    }
    let mut due = 1 + inner(one.rest, &one, alphabet, 1);
    let (mut last, mut between) = (first, 0);
    for (at, line) in lines.iter().enumerate().skip(first + 1) {
        let item = label_in(line.text, alphabet)
            .filter(|label| label.place == due && label.shape == one.shape && is_item(label));
        if let Some(label) = item {
            (last, between) = (at, 0);
            due += 1 + inner(label.rest, &label, alphabet, due + 1);
            continue;
        }
        match &line.what {
            LineKind::Blank => {}
            // Options of the file, not those of the list: an A, or a bullet.
            LineKind::Option(option) if option.place.is_none_or(|place| place == 0) => {
                return (due > 1).then_some(last);
            }
            LineKind::Text(_) if between < BETWEEN => between += 1,
            _ => return None,
        }
    }
    None
}

fn is_item(label: &Label<'_>) -> bool {
    label.set_off && !label.dashed && !label.rest.is_empty()
}

/// How many more items are on the line.
fn inner(text: &str, before: &Label<'_>, alphabet: Alphabet, due: usize) -> usize {
    let mut count = 0;
    for (at, _) in text.match_indices(' ') {
        let label = label_in(&text[at + 1..], alphabet);
        let next = |label: &Label<'_>| label.place == due + count && label.shape == before.shape && is_item(label);
        count += usize::from(label.filter(next).is_some());
    }
    count
}

/// Whether the lines above ask or announce something: a question with its number, or a line that ends open.
fn is_headed(lines: &[BankLine<'_>], first: usize) -> bool {
    let mut above = lines[..first].iter().rev().take(STEM).skip_while(|line| matches!(line.what, LineKind::Blank));
    let mut opens = false;
    let mut nearest = true;
    above
        .find_map(|line| {
            let text = line.text.trim_end().trim_end_matches(['*', '_']);
            match &line.what {
                LineKind::Numbered(..) => return Some(true),
                LineKind::Text(_) | LineKind::Heading(_) | LineKind::Code(_) => {
                    opens |= nearest && text.ends_with(['?', ':', '？', '：', '）', ')']);
                }
                _ => return Some(opens),
            }
            nearest = false;
            None
        })
        .unwrap_or(opens)
}
