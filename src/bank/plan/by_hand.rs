//! The plan for a question that a person edits. Nothing is matched, because the question is known.

use std::collections::HashSet;

use uuid::Uuid;

use super::{Planned, Status, choices, compare, fresh_uid};
use crate::bank::BankQuestion;
use crate::bank::identity::{Fingerprint, content};
use crate::model::{KeyOrigin, Question};

/// The plan of an edit of `old`; `None` if nothing changed.
pub fn edited(question: &BankQuestion, old: &Question) -> Option<Planned> {
    let said = content(question);
    if said == content(&BankQuestion::of_known(old.clone(), None)) {
        return None;
    }
    let choices = choices::carry_on(question, &old.choices);
    let status = match compare(question, old, &choices, false) {
        // A rule that no longer declares the key, for example, is not part of the text.
        Status::Unchanged => Status::Edited,
        status => status,
    };
    Some(Planned {
        place: 0,
        status,
        known: Some(old.id),
        uid: old.uid,
        rewrites: true,
        choices,
        fingerprint: Fingerprint::of_bank(question),
        content: said,
        key_kept: false,
    })
}

/// Whether other options are right than in the question `old`.
pub(in crate::bank) fn revised(question: &BankQuestion, old: &Question) -> bool {
    let choices = choices::carry_on(question, &old.choices);
    compare(question, old, &choices, false) == Status::KeyChanged
}

/// A question that comes with an edit, for the deck of this name; `taken` are the identities that the deck has.
pub fn added(deck: &str, question: &BankQuestion, taken: &mut HashSet<Uuid>) -> Planned {
    let fingerprint = Fingerprint::of_bank(question);
    Planned {
        place: 0,
        status: if question.key == KeyOrigin::Missing { Status::Draft } else { Status::New },
        known: None,
        uid: fresh_uid(deck, question, fingerprint, taken),
        rewrites: false,
        choices: vec![None; question.options.len()],
        fingerprint,
        content: content(question),
        key_kept: false,
    }
}
