//! Questions that were added by hand.

use super::rich::{cut, line};
use super::words::count;
use crate::bank::Refusal;
use crate::error::Error;
use crate::model::shell_argument;
use crate::study::{Added, short_id};
use crate::ui::diagnostics;
use crate::ui::paint::Paint;

/// Columns of a question in a message.
const QUOTED: usize = 60;

/// What was added, a line for each question.
pub fn words(added: &Added) -> String {
    let deck = line(&added.deck);
    let mut lines: Vec<String> = Vec::new();
    if added.is_new_deck && !added.questions.is_empty() {
        lines.push(format!("new deck: {deck}"));
    }
    if added.was_archived {
        let word = shell_argument(&added.deck);
        lines.push(format!("{deck} was archived and is in use again: `retain deck archive {word}` puts it away"));
    }
    for (uid, stem, draft) in &added.questions {
        let draft = if *draft { "; it has no right answer yet, so it is not asked" } else { "" };
        lines.push(format!("added to {deck}: {}  “{}”{draft}", short_id(*uid), cut(stem, QUOTED)));
    }
    if added.known > 0 {
        let them = if added.known == 1 { "it" } else { "them" };
        lines.push(format!("{} left out: {deck} has {them} already", count(added.known as u64, "question")));
    }
    lines.join("\n")
}

/// The error for a text that cannot be used; `name` names the text, and its problems come before the message.
pub fn refused(refusal: Refusal, name: &str, paint: Paint) -> Error {
    let report = diagnostics::problems(name, &refusal.problems, usize::MAX, paint);
    let error = Error::person(format!("nothing was added: {}", refusal.message)).after_report(report);
    refusal.hint.into_iter().fold(error, Error::hint)
}
