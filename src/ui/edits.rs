//! The result of editing a question.

use super::diagnostics;
use super::paint::Paint;
use super::words::count;
use crate::bank::Refusal;
use crate::bank::plan::Status;
use crate::error::Error;
use crate::study::Edited;

/// The result in words.
pub fn words(edited: &Edited) -> String {
    let mut parts = Vec::new();
    match edited.status {
        None => {}
        Some(Status::KeyChanged) if edited.due_now => {
            parts.push("another option is right now, so the card is due today; its answers stay".to_owned());
        }
        Some(Status::KeyChanged) => parts.push("another option is right now; its answers stay".to_owned()),
        Some(_) if edited.keyed => {
            parts.push("the question has an answer now, so it is asked from now on".to_owned());
        }
        Some(_) => parts.push("the question is changed; its answers stay".to_owned()),
    }
    if edited.added > 0 {
        parts.push(format!("{} added to the deck", count(edited.added as u64, "new question")));
    }
    if parts.is_empty() { "nothing changed".into() } else { parts.join("\n") }
}

/// The error for an unusable text. `file` names the text, and its problems come before the message.
pub fn refused(refusal: Refusal, file: &str, paint: Paint) -> Error {
    let report = diagnostics::problems(file, &refusal.problems, usize::MAX, paint);
    let error = Error::person(format!("nothing changed: {}", refusal.message)).after_report(report);
    refusal.hint.into_iter().fold(error, Error::hint)
}
