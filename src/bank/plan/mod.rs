//! The changes of an import: the questions of a bank, matched one to one with those of the deck.

mod by_hand;
mod choices;
mod deck_question;
mod likeness;
mod matcher;

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::identity::{Fingerprint, content, of_each, question_uid};
use super::print::meant_share as share;
use super::{Bank, BankOption, BankQuestion};
use crate::error::Result;
use crate::model::{Choice, KeyOrigin, Question, QuestionId};
pub(in crate::bank) use by_hand::revised;
pub use by_hand::{added, edited};
pub use deck_question::{DeckQuestion, LoadQuestions, Placement};
use matcher::{Among, Matcher};

/// The outcome for a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Status {
    /// The deck does not have it yet.
    New,
    /// The deck has it as it is.
    Unchanged,
    /// Its text changed; its history stays.
    Edited,
    /// Another option is right now; its history stays, and it is due at once.
    KeyChanged,
    /// It is filed under another topic, or its options are in another order.
    Moved,
    /// Its answer is unknown: kept, not reviewed.
    Draft,
}

impl Status {
    /// The name as `import --json` writes it.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// The plan for one question of the bank.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// Its place in [`Bank::questions`].
    pub place: usize,
    /// The outcome.
    pub status: Status,
    /// The question of the deck that it is.
    pub known: Option<QuestionId>,
    /// Its identity.
    pub uid: Uuid,
    /// Whether the deck has it and its row must be written: the content differs, or was not known.
    pub rewrites: bool,
    /// For each option the choice that it continues; `None` for a new one. Empty if nothing is written.
    pub choices: Vec<Option<u8>>,
    /// Its fingerprint.
    pub fingerprint: Fingerprint,
    /// The fingerprint of its whole content.
    pub content: u64,
    /// Whether the deck keeps its own key, because the bank no longer has one.
    pub key_kept: bool,
}

/// The changes of an import.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportPlan {
    /// One for each question of the bank, in its order.
    pub planned: Vec<Planned>,
    /// Questions that came from this bank and nowhere else, and that it no longer has.
    pub missing: Vec<QuestionId>,
    /// Questions that may be ones the deck has: place in the bank, question, and how alike their stems are.
    pub maybe_same: Vec<(usize, QuestionId, f64)>,
    /// The questions of the deck whose texts were looked at.
    pub texts: HashMap<QuestionId, Question>,
}

impl ImportPlan {
    /// How many questions have this status.
    pub fn count(&self, status: Status) -> usize {
        self.planned.iter().filter(|planned| planned.status == status).count()
    }
}

/// Compares a bank with the questions of its deck. `load` gets those that the fingerprints do not settle.
///
/// # Errors
/// If `load` fails.
pub fn plan(bank: &Bank, deck: &str, known: &[DeckQuestion], load: &mut LoadQuestions<'_>) -> Result<ImportPlan> {
    let prints = &bank.prints;
    let mut matcher = Matcher::new(bank, known);
    matcher.by_external_id(load)?;
    matcher.by_print(Among::Left, |_| true, |print| print.whole);
    matcher.load_rest(load)?;
    matcher.by_print(Among::Left, |_| true, |print| print.whole);
    matcher.by_print(Among::All, |_| true, |print| print.stem);
    // Two options such as "yes" and "no" do not identify a question, and the back of a card hardly its front.
    matcher.by_print(Among::All, |question| question.options.len() > 2, |print| print.options);
    let maybe_same = matcher.by_similarity();
    let Matcher { matched, taken, texts: mut loaded, .. } = matcher;
    let contents: Vec<u64> = of_each(&bank.questions, content);
    let changed = |(place, at): (usize, &Option<usize>)| {
        at.filter(|at| !known[*at].has_content(contents[place])).map(|at| known[at].id)
    };
    let mut wanted: Vec<QuestionId> = matched.iter().enumerate().filter_map(changed).collect();
    wanted.retain(|id| !loaded.contains_key(id));
    loaded.extend(load(&wanted)?.into_iter().map(|question| (question.id, question)));
    let fresh = matched.iter().any(Option::is_none);
    let mut uids: HashSet<Uuid> = known.iter().filter(|_| fresh).map(|known| known.uid).collect();
    let planned = bank.questions.iter().enumerate().map(|(place, question)| {
        let found = matched[place].map(|at| &known[at]);
        let uid = found.map_or_else(|| fresh_uid(deck, question, prints[place], &mut uids), |found| found.uid);
        let old = found.filter(|found| !found.has_content(contents[place])).and_then(|found| loaded.get(&found.id));
        let choices = match (found, old) {
            (None, _) => vec![None; question.options.len()],
            (Some(_), None) => Vec::new(),
            (Some(_), Some(old)) => choices::carry_on(question, &old.choices),
        };
        let key_kept = old.is_some_and(|old| question.key == KeyOrigin::Missing && old.key != KeyOrigin::Missing);
        let status = match (found, old) {
            (None, _) if question.key == KeyOrigin::Missing => Status::Draft,
            (None, _) => Status::New,
            (Some(_), None) => Status::Unchanged,
            (Some(_), Some(old)) => compare(question, old, &choices, key_kept),
        };
        Planned {
            place,
            status,
            known: found.map(|found| found.id),
            rewrites: old.is_some(),
            uid,
            choices,
            fingerprint: prints[place],
            content: contents[place],
            key_kept,
        }
    });
    let planned = planned.collect();
    let only_here =
        |known: &DeckQuestion| !known.placements.is_empty() && known.placements.iter().all(|placement| placement.here);
    let missing = known.iter().zip(taken).filter(|(known, taken)| !taken && only_here(known));
    let missing = missing.map(|(known, _)| known.id).collect();
    Ok(ImportPlan { planned, missing, maybe_same, texts: loaded })
}

fn fresh_uid(deck: &str, question: &BankQuestion, print: Fingerprint, taken: &mut HashSet<Uuid>) -> Uuid {
    if let Some(own) = question.note.as_ref().and_then(|note| note.uid).filter(|uid| taken.insert(*uid)) {
        return own;
    }
    let mut repeat = 0;
    loop {
        let uid = question_uid(deck, question.id.as_deref(), print, repeat);
        if taken.insert(uid) {
            return uid;
        }
        repeat += 1;
    }
}

fn compare(question: &BankQuestion, old: &Question, choices: &[Option<u8>], key_kept: bool) -> Status {
    let right = |(option, number): (&BankOption, &Option<u8>)| option.correct.then_some(*number);
    let now: HashSet<Option<u8>> = question.options.iter().zip(choices).filter_map(right).collect();
    let before = old.choices.iter().filter(|choice| choice.correct).map(|choice| Some(choice.number));
    let before: HashSet<Option<u8>> = before.collect();
    if !key_kept && old.key != KeyOrigin::Missing && now != before {
        return Status::KeyChanged;
    }
    // A format may write a missing weight as a share of the mark, and a missing tolerance as 0.
    let alike = |a: f64, b: f64| (a - b).abs() < 1e-6;
    let same_share = |choice: &Choice, option: &BankOption| {
        let known = share(old.kind, choice.weight, choice.correct, before.len());
        let said = share(question.kind, option.weight, option.correct, now.len());
        (choice.weight, option.weight) == (None, None) || alike(known, said)
    };
    let same_options = question.options.len() == old.choices.len()
        && question.options.iter().zip(choices).all(|(option, number)| {
            old.choices.iter().any(|choice| {
                Some(choice.number) == *number
                    && choice.text == option.text
                    && choice.feedback == option.feedback
                    && choice.pinned == option.pinned
                    && choice.pair == option.pair
                    && same_share(choice, option)
                    && alike(choice.tolerance.unwrap_or(0.0), option.tolerance.unwrap_or(0.0))
            })
        });
    let same_text = (&question.stem, question.markup) == (&old.stem, old.markup)
        && question.explanation == old.explanation
        && same_options;
    let keyed_now = old.key == KeyOrigin::Missing && question.key != KeyOrigin::Missing;
    if !same_text || keyed_now {
        return Status::Edited;
    }
    let same_order = old.choices.iter().zip(choices).all(|(choice, number)| Some(choice.number) == *number);
    let mut tags = question.tags.clone();
    tags.sort_unstable();
    tags.dedup();
    if question.topic != old.topic || !same_order || tags != old.tags { Status::Moved } else { Status::Unchanged }
}

#[cfg(test)]
mod tests;
