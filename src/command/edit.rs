//! Editing a question by hand: its text, and what follows from a changed one.
//!
//! `retain card edit` and the review session call the same two functions; whoever calls them runs the editor in between, because
//! only they know in which state the terminal is:
//!
//! 1. [`text_of`] gives the text; it goes into a file that ends in `.txt`.
//! 2. [`crate::ui::editor::run_editor`] opens the file. A front end that owns the terminal gives it back first.
//! 3. [`apply`] takes what the file says then. Where it is [`Refused`], nothing was changed: [`Refused::into_error`] tells the
//!    problems with line and caret, and the same file can be opened again.

use std::collections::HashSet;

use super::decks::{DeckEntry, Decks};
use super::follow::{due_by_day, follow};
use super::import::change;
use super::ledger::relocate;
use crate::bank::by_hand::{self, Revision};
use crate::bank::plan::{self, Status};
use crate::bank::{BankQuestion, Problem, Refusal};
use crate::error::{Error, Result};
use crate::model::{KeyOrigin, Moment, MoveKind, Question, QuestionId};
use crate::store::{Reader, Store, Writer};
use crate::ui::diagnostics;
use crate::ui::paint::Paint;
use crate::ui::words;

/// Why a card is due whose key was edited, as the log keeps it.
const KEY_EDITED: &str = "the key was edited";

/// What an edit came to.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::command) struct Edited {
    /// What became of the question; none where it says what it said.
    pub(in crate::command) status: Option<Status>,
    /// Whether its card is due now, because another option is right.
    pub(in crate::command) due_now: bool,
    /// Whether it was a draft, and is asked from now on.
    pub(in crate::command) keyed: bool,
    /// How many questions are new: what stood below the first.
    pub(in crate::command) added: usize,
    /// What is odd in the text, and was taken all the same.
    pub(in crate::command) warnings: Vec<Problem>,
}

impl Edited {
    /// Nothing changed.
    const NOTHING: Self = Self { status: None, due_now: false, keyed: false, added: 0, warnings: Vec::new() };

    /// What happened, in words for the person.
    pub(in crate::command) fn words(&self) -> String {
        let mut parts = Vec::new();
        match self.status {
            None => {}
            Some(Status::KeyChanged) if self.due_now => {
                parts.push("another option is right now, so the card is due today; its answers stay".to_owned());
            }
            Some(Status::KeyChanged) => parts.push("another option is right now; its answers stay".to_owned()),
            Some(_) if self.keyed => {
                parts.push("the question has an answer now, so it is asked from now on".to_owned());
            }
            Some(_) => parts.push("the question is changed; its answers stay".to_owned()),
        }
        if self.added > 0 {
            parts.push(format!("{} added to the deck", words::count(self.added as u64, "new question")));
        }
        if parts.is_empty() { "nothing changed".into() } else { parts.join("\n") }
    }
}

/// Why an edit changed nothing.
#[derive(Debug)]
pub(in crate::command) enum Refused {
    /// The text cannot be used; all its problems at once.
    Text(Refusal),
    /// The database failed, or there is no such question.
    Failed(Error),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Refused {
    /// The failure in words; `file` names the text, and problems stand before the message with line and caret.
    pub(in crate::command) fn into_error(self, file: &str, paint: Paint) -> Error {
        match self {
            Self::Failed(error) => error,
            Self::Text(refusal) => {
                let report = diagnostics::problems(file, &refusal.problems, usize::MAX, paint);
                let error = Error::person(format!("nothing changed: {}", refusal.message)).after_report(report);
                refusal.hint.into_iter().fold(error, Error::hint)
            }
        }
    }
}

/// The text of a question in the exact form of a bank (`docs/banks.md`), to be edited.
///
/// # Errors
/// When there is no such question, or the database cannot be read.
pub(in crate::command) fn text_of(reader: Reader<'_>, question: QuestionId) -> Result<String> {
    Ok(by_hand::text(&known(reader, question)?))
}

/// Changes a question to what `text` says, in one transaction. Its identity, its answers and the numbers of its choices stay, as in
/// an import; where another option is right, its card is due today. Further questions in the text are new ones of the same deck.
/// `before` is the text that was handed out: where the question says something else by now, because another process changed it
/// while the person wrote, nothing is overwritten. A bank that does not change does not undo this when it is imported again; one that changes the question wins.
///
/// # Errors
/// When the text cannot be used ([`Refused::Text`]) or the database fails. Then nothing is changed.
pub(in crate::command) fn apply(
    store: &mut Store,
    decks: &Decks,
    question: QuestionId,
    before: Option<&str>,
    text: &str,
    now: Moment,
) -> std::result::Result<Edited, Refused> {
    let mut writer = store.writer()?;
    let old = known(writer.reader(), question)?;
    let current = by_hand::text(&old);
    if text == current {
        return Ok(Edited::NOTHING);
    }
    if before.is_some_and(|before| before != current) {
        return Err(Error::person("nothing changed: the question was changed elsewhere meanwhile")
            .hint("edit it again from what it says now")
            .into());
    }
    let Revision { first, others, warnings } = by_hand::revise(text, &old).map_err(Refused::Text)?;
    let deck = writer.reader().deck_of_question(question)?.ok_or_else(gone)?;
    let entry = decks.of(deck.id)?;
    let planned = plan::edited(&first, &old);
    let mut edited = Edited { status: None, due_now: false, keyed: false, added: others.len(), warnings };
    if let Some(planned) = planned {
        edited.status = Some(planned.status);
        edited.keyed = old.key == KeyOrigin::Missing && first.key != KeyOrigin::Missing;
        let cards = writer.change_question(question, &change(&planned, &first, Some(&old)), entry.parameters)?;
        follow(cards, |card, kind, why| relocate(&mut writer, decks, card, kind, why, now).map(|_| ()))?;
        writer.note_edit(question, now.utc_ms)?;
        if planned.status == Status::KeyChanged {
            edited.due_now = due_now(&mut writer, decks, entry, question, now)?;
        }
    }
    if !others.is_empty() {
        add(&mut writer, entry, &old, &others)?;
    }
    writer.commit()?;
    Ok(edited)
}

/// Asks the cards of a question again today; whether there was one that was asked before.
fn due_now(
    writer: &mut Writer<'_>,
    decks: &Decks,
    entry: &DeckEntry,
    question: QuestionId,
    now: Moment,
) -> Result<bool> {
    let today = now.study_day(entry.settings.day_start);
    let cards = due_by_day(writer.reader(), question)?;
    for card in &cards {
        relocate(writer, decks, *card, MoveKind::Due(today), KEY_EDITED, now)?;
    }
    Ok(!cards.is_empty())
}

/// Adds the questions that a split brings; the pictures that their texts name come along.
fn add(writer: &mut Writer<'_>, entry: &DeckEntry, from: &Question, others: &[BankQuestion]) -> Result<()> {
    let media = writer.reader().media_of(from.id)?;
    let mut taken: HashSet<_> =
        writer.reader().known_questions(entry.deck.id)?.into_iter().map(|known| known.uid).collect();
    for other in others {
        let planned = plan::added(&entry.deck.name, other, &mut taken);
        let added =
            writer.add_question(entry.deck.id, planned.uid, &change(&planned, other, None), entry.parameters)?;
        let named: Vec<(String, String)> =
            media.iter().filter(|(name, _)| other.texts().any(|text| text.contains(name.as_str()))).cloned().collect();
        if !named.is_empty() {
            writer.put_media(added, &named)?;
        }
    }
    Ok(())
}

fn known(reader: Reader<'_>, question: QuestionId) -> Result<Question> {
    reader.question(question)?.ok_or_else(gone)
}

fn gone() -> Error {
    Error::person("the question is no longer there").hint("another process may have taken back its import")
}
