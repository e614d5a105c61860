//! Remarkable facts about a question, in words.

use super::{ItemAnswers, ItemKey};

/// The current state of a question, independent of the requested days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// It has no key.
    pub draft: bool,
    /// One of its cards is a leech.
    pub leech: bool,
    /// One of its cards was answered surely and wrongly on its last day.
    pub surely_wrong: bool,
}

/// The note about a question in tables and on the dashboard; `None` if nothing is remarkable. `letter` gives the letter of an option in
/// the bank.
pub fn note(item: &ItemAnswers, key: &ItemKey, marks: Marks, letter: impl Fn(u8) -> String) -> Option<String> {
    let mut notes = Vec::new();
    for (marked, name) in [(marks.draft, "draft"), (marks.leech, "leech"), (marks.surely_wrong, "sure and wrong")] {
        if marked {
            notes.push(name.to_owned());
        }
    }
    if let Some(rivals) = item.suspect_key(key) {
        let (other, keyed) = (letter(rivals.other), letter(rivals.keyed));
        notes.push(format!("check the key: {other} beats {keyed}, {} to {}", rivals.other_times, rivals.keyed_times));
    }
    if item.rapid_guessing() {
        notes.push(format!("rapid guesses: {} of {} answers, {} right", item.rapid, item.answers, item.rapid_right));
    }
    if let Some(never) = item.never_picked(key) {
        let letters: Vec<String> = never.into_iter().map(letter).collect();
        notes.push(format!("never picked: {}", letters.join(" ")));
    }
    (!notes.is_empty()).then(|| notes.join("; "))
}
