//! Editing a question by hand: its text, and what follows from a changed one.
//!
//! The front end runs the editor between [`text_of_question`] and [`apply_edit`], because only it knows the state of the terminal. A
//! text that is refused changes nothing, and can be edited further.

use std::collections::HashSet;

use crate::bank::by_hand::{self, Revision};
use crate::bank::plan::{self, Status};
use crate::bank::{BankQuestion, Problem, Refusal};
use crate::error::{Error, Result};
use crate::model::{DeedKind, KeyOrigin, Moment, MoveKind, Question, QuestionId};
use crate::store::{NewDeed, Reader, Store, Writer};
use crate::study::card_changes::{due_by_day, follow};
use crate::study::decks::{DeckEntry, Decks};
use crate::study::import::question_change;
use crate::study::ledger::relocate;

/// Why a card is due whose key was edited, as the log keeps it.
const KEY_EDITED: &str = "the key was edited";

/// What an edit came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Edited {
    /// What became of the question; `None` if nothing changed.
    pub status: Option<Status>,
    /// Whether its card is due now, because another option is right.
    pub due_now: bool,
    /// Whether it was a draft, and is asked from now on.
    pub keyed: bool,
    /// How many questions are new: those below the first in the text.
    pub added: usize,
    /// What is odd in the text, and was accepted all the same.
    pub warnings: Vec<Problem>,
}

impl Edited {
    /// Nothing changed.
    const NOTHING: Self = Self { status: None, due_now: false, keyed: false, added: 0, warnings: Vec::new() };
}

/// The text of a question in the exact form of a bank (`docs/banks.md`), to be edited.
///
/// # Errors
/// When there is no such question, or the database cannot be read.
pub(in crate::study) fn text_of_question(reader: Reader<'_>, question: QuestionId) -> Result<String> {
    Ok(by_hand::text(&known(reader, question)?))
}

/// Changes a question to what `text` says, in one transaction. Its identity, its answers and the numbers of its choices stay, as in
/// an import; where another option is right, its card is due today. Further questions in the text are new ones of the same deck.
/// `before` is the text that was handed out. If another process changed the question meanwhile, nothing is overwritten. A bank that does not change does not undo this when it is imported again; one that changes the question wins.
///
/// # Errors
/// When the database fails, or the question was changed elsewhere. Then, and with a refused text, nothing is changed.
pub(in crate::study) fn apply_edit(
    store: &mut Store,
    decks: &Decks,
    question: QuestionId,
    before: Option<&str>,
    text: &str,
    now: Moment,
) -> Result<std::result::Result<Edited, Refusal>> {
    let card = store.reader().cards_of(question)?.into_iter().next();
    let mut writer = store.deed(NewDeed { card, ..NewDeed::new(DeedKind::Edit, now) })?;
    let old = known(writer.reader(), question)?;
    let current = by_hand::text(&old);
    if text == current {
        return Ok(Ok(Edited::NOTHING));
    }
    if before.is_some_and(|before| before != current) {
        return Err(Error::person("nothing changed: the question was changed elsewhere meanwhile")
            .hint("edit it again from what it says now"));
    }
    let Revision { first, others, warnings } = match by_hand::revise(text, &old) {
        Ok(revision) => revision,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let deck = writer.reader().deck_of_question(question)?.ok_or_else(gone)?;
    let entry = decks.entry(deck.id)?;
    let planned = plan::edited(&first, &old);
    let mut edited = Edited { status: None, due_now: false, keyed: false, added: others.len(), warnings };
    if let Some(planned) = planned {
        edited.status = Some(planned.status);
        edited.keyed = old.key == KeyOrigin::Missing && first.key != KeyOrigin::Missing;
        let cards =
            writer.change_question(question, &question_change(&planned, &first, Some(&old)), entry.parameters)?;
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
    Ok(Ok(edited))
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
        let added = writer.add_question(
            entry.deck.id,
            planned.uid,
            &question_change(&planned, other, None),
            entry.parameters,
        )?;
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
