//! `retain import --undo`: what the last import changed is put back.

use serde::Serialize;

use super::apply::{RETIRED, TAKEN_BACK};
use crate::error::{Error, Result};
use crate::model::{CardId, Moment, MoveKind};
use crate::store::{ImportRow, Store, Writer};
use crate::study::decks::Decks;
use crate::study::ledger::{refold, relocate, withdraw};

/// What was taken back of the import of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TakenBack {
    /// The file.
    pub path: String,
    /// The deck.
    pub deck: String,
    /// Questions that it brought, and that are gone again.
    pub removed: u64,
    /// Questions that it brought and that were answered since: kept with their history, and suspended.
    pub kept: u64,
    /// Questions that are what they were before.
    pub restored: u64,
    /// Questions that it changed and that were edited by hand since: left as they are.
    pub edited: u64,
    /// Cards whose schedule it changed, and that are back where they were.
    pub rescheduled: u64,
    /// Answers that no longer count.
    pub answers: u64,
}
/// Takes back what the last command imported; with `dry_run`, only says what that would be.
pub(in crate::study) fn take_back(store: &mut Store, dry_run: bool, now: Moment) -> Result<Vec<TakenBack>> {
    let mut writer = store.writer()?;
    let imports = writer.reader().last_imports()?;
    if imports.is_empty() {
        return Err(Error::person("there is no import to take back").hint("imports are made by `retain import FILE`"));
    }
    let decks = Decks::load(writer.reader())?;
    let mut all = Vec::new();
    // The newest first, so that each finds what it left.
    for import in &imports {
        let taken = if import.history {
            history(&mut writer, &decks, import, now)?
        } else {
            bank(&mut writer, &decks, import, now)?
        };
        writer.forget_reading(&import.path)?;
        writer.end_taking_back(import.id, now.utc_ms)?;
        all.push(taken);
    }
    if !dry_run {
        writer.commit()?;
    }
    all.reverse();
    Ok(all)
}

/// Questions are what they were; those that the import brought go, unless they were answered since.
fn bank(writer: &mut Writer<'_>, decks: &Decks, import: &ImportRow, now: Moment) -> Result<TakenBack> {
    let mut taken = TakenBack { path: import.path.clone(), deck: import.deck.clone(), ..TakenBack::default() };
    for change in writer.reader().last_moves_of_import(import.id)? {
        let suspended = writer.reader().card(change.card)?.is_some_and(|card| card.memory.suspended);
        let kind = match change.due {
            Some(due) => MoveKind::Due(due),
            None if suspended => MoveKind::Unsuspend,
            None => MoveKind::Suspend,
        };
        // A card that is suspended again is again one that its bank lost, so that its bank can bring it back.
        let why = if kind == MoveKind::Suspend { RETIRED } else { TAKEN_BACK };
        relocate(writer, decks, change.card, kind, why, now)?;
        taken.rescheduled += 1;
    }
    taken.edited = writer.keep_edited_since(import.id)?;
    let cards = writer.restore_before(import.id)?;
    for card in cards.gone {
        suspend(writer, decks, card, now)?;
    }
    for card in cards.back {
        relocate(writer, decks, card, MoveKind::Unsuspend, TAKEN_BACK, now)?;
    }
    taken.restored = import.changed - taken.edited;
    for (card, logged) in writer.reader().cards_of_drafts_before(import.id)? {
        if logged { suspend(writer, decks, card, now)? } else { writer.remove_card(card)? }
    }
    for (question, logged) in writer.reader().questions_of_import(import.id)? {
        if !logged {
            writer.remove_question(question)?;
            taken.removed += 1;
            continue;
        }
        for card in writer.reader().cards_of(question)? {
            suspend(writer, decks, card, now)?;
        }
        taken.kept += 1;
    }
    Ok(taken)
}

/// Answers stay in the log, marked as taken back.
fn history(writer: &mut Writer<'_>, decks: &Decks, import: &ImportRow, now: Moment) -> Result<TakenBack> {
    let mut taken = TakenBack { path: import.path.clone(), deck: import.deck.clone(), ..TakenBack::default() };
    let device = Writer::import_device(&import.path, import.id);
    let answers = writer.reader().answers_of_device(&device)?;
    for (review, card) in &answers {
        withdraw(writer, decks, *review, *card, now)?;
    }
    let mut cards: Vec<CardId> = answers.iter().map(|(_, card)| *card).collect();
    cards.sort_unstable();
    cards.dedup();
    for card in cards {
        refold(writer, decks, card)?;
    }
    taken.answers = answers.len() as u64;
    Ok(taken)
}

fn suspend(writer: &mut Writer<'_>, decks: &Decks, card: CardId, now: Moment) -> Result<()> {
    if writer.reader().card(card)?.is_some_and(|card| card.memory.suspended) {
        return Ok(());
    }
    relocate(writer, decks, card, MoveKind::Suspend, TAKEN_BACK, now).map(|_| ())
}
