//! Banks of decks and questions that were put away: deleted or archived.

use std::collections::HashSet;

use super::apply::{Incoming, TAKEN_BACK};
use crate::bank::plan::ImportPlan;
use crate::error::Result;
use crate::model::{DeedKind, LogEntry, MoveKind, QuestionId, Shelf, count, shell_argument};
use crate::store::{NewDeed, Reader, Store};
use crate::study::card::restore_questions;
use crate::study::decks::Decks;
use crate::study::present::Present;

/// Brings a deleted deck back that a bank is imported into, with those of its deleted questions that the bank has, as a deed of its own; what
/// the person should know of it. Who imports a bank into a deck wants to have it.
pub(super) fn bring_deck_back(store: &mut Store, incoming: &Incoming<'_>, present: Present) -> Result<Option<String>> {
    let name = &incoming.origin.deck;
    let Some(deck) = store.reader().deck_named(name)? else { return Ok(None) };
    let is_gone = store.reader().shelves()?.get(&deck) == Some(&Shelf::Deleted);
    if !is_gone && store.reader().deletions()?.is_empty() {
        return Ok(None);
    }
    let known: Vec<QuestionId> =
        incoming.plan(store.reader())?.planned.iter().filter_map(|planned| planned.known).collect();
    if !is_gone {
        return bring_questions_back(store, &known, name, present);
    }
    let mut writer = store.deed(NewDeed::new(DeedKind::Restore, present.now))?;
    let decks = Decks::load(writer.reader())?;
    let back = restore_questions(&mut writer, &decks, &known, present.now)?;
    writer.unshelve(deck)?;
    writer.entitle(format!("the deck {name}"));
    writer.commit()?;
    let with = match back {
        0 => String::new(),
        back => format!(", with {} that the bank has too", count(back as u64, "question")),
    };
    Ok(Some(format!("the deck {name} was deleted: it is back{with}")))
}

/// Brings questions back that went when an import was taken back, and that the bank has.
fn bring_questions_back(
    store: &mut Store,
    known: &[QuestionId],
    deck: &str,
    present: Present,
) -> Result<Option<String>> {
    let mut writer = store.deed(NewDeed::new(DeedKind::Restore, present.now))?;
    let kept = gone_with_an_import(writer.reader(), known.iter().copied())?;
    if kept.is_empty() {
        return Ok(None);
    }
    let decks = Decks::load(writer.reader())?;
    let back = restore_questions(&mut writer, &decks, &kept, present.now)?;
    writer.entitle(format!("{} of {deck}", count(back as u64, "question")));
    writer.commit()?;
    Ok(Some(here_again(back)))
}

/// That questions are here again that went when an import was taken back.
pub(in crate::study) fn here_again(back: usize) -> String {
    let verb = if back == 1 { "is" } else { "are" };
    format!("{} whose import was taken back {verb} here again", count(back as u64, "question"))
}

/// Those of these questions that are deleted because an import was taken back, not by the person.
pub(in crate::study) fn gone_with_an_import(
    reader: Reader<'_>,
    known: impl Iterator<Item = QuestionId>,
) -> Result<Vec<QuestionId>> {
    let deleted: HashSet<QuestionId> = reader.deletions()?.into_iter().map(|deletion| deletion.question).collect();
    let mut gone = Vec::new();
    for question in known.filter(|question| deleted.contains(question)) {
        if was_taken_back(reader, question)? {
            gone.push(question);
        }
    }
    Ok(gone)
}

/// Whether the cards of a question are suspended because its import was taken back.
fn was_taken_back(reader: Reader<'_>, question: QuestionId) -> Result<bool> {
    for card in reader.cards_of(question)? {
        let log = reader.log_of(card)?;
        let last = log.iter().rev().find_map(|entry| match entry {
            LogEntry::Move(change) if matches!(change.kind, MoveKind::Suspend | MoveKind::Unsuspend) => Some(change),
            _ => None,
        });
        if last.is_some_and(|change| change.kind == MoveKind::Suspend && change.why == TAKEN_BACK) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What stays away although a bank has it: deleted questions of a deck that is there, or an archived deck.
pub(in crate::study) fn stays_away(reader: Reader<'_>, deck: &str, plan: &ImportPlan) -> Result<Vec<String>> {
    let mut notes = Vec::new();
    let Some(id) = reader.deck_named(deck)? else { return Ok(notes) };
    let shelf = reader.shelves()?.get(&id).copied();
    let deleted: HashSet<QuestionId> = reader.deletions()?.into_iter().map(|deletion| deletion.question).collect();
    let away =
        plan.planned.iter().filter(|planned| planned.known.is_some_and(|known| deleted.contains(&known))).count();
    if away > 0 && shelf != Some(Shelf::Deleted) {
        let (them, verb) = if away == 1 { ("it", "was") } else { ("them", "were") };
        notes.push(format!(
            "{} of the bank {verb} deleted here: `retain card list --deleted` shows {them}, `retain card restore` brings {them} back",
            count(away as u64, "question")
        ));
    }
    if shelf == Some(Shelf::Archived) {
        notes.push(format!(
            "the deck {deck} is archived: `retain deck unarchive {}` asks its questions again",
            shell_argument(deck)
        ));
    }
    Ok(notes)
}
