//! What stands out about a question, in words.

use super::{Item, ItemKey};

/// How a question stands, whatever days are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Nothing says which answer is right.
    pub draft: bool,
    /// A card of it was forgotten as often as its deck allows.
    pub leech: bool,
    /// A card of it was answered surely and wrongly on the last day on which it was asked.
    pub surely_wrong: bool,
}

/// What stands out about a question, as the tables and the dashboard say it; none where nothing does. `letter`: the bank's own letter
/// of an option, by number.
pub fn note(item: &Item, key: &ItemKey, marks: Marks, letter: impl Fn(u8) -> String) -> Option<String> {
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
