//! What stands out about a question, in words.

use super::{Item, ItemKey};

/// What stands out about a question, as the tables and the dashboard say it; none where nothing does. `draft`: nothing says which answer
/// is right. `leech`: a card of it was forgotten as often as its deck allows. `letter`: the bank's own letter of an option, by number.
pub fn note(item: &Item, key: &ItemKey, draft: bool, leech: bool, letter: impl Fn(u8) -> String) -> Option<String> {
    let mut notes = Vec::new();
    if draft {
        notes.push("draft".to_owned());
    }
    if leech {
        notes.push("leech".to_owned());
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
