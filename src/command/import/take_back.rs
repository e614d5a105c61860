//! `retain import --undo`: what the last import changed is put back.

use super::apply::{RETIRED, TAKEN_BACK};
use crate::command::Context;
use crate::command::decks::Decks;
use crate::command::ledger::{refold, relocate, withdraw};
use crate::error::{Done, Error, Result};
use crate::model::{CardId, MoveKind};
use crate::store::{ImportRow, Writer};
use crate::ui::import_report::{self, TakenBack};

/// Takes back what the last command imported; tells what that would be where `dry`.
pub(super) fn run(context: &Context, dry: bool, json: bool) -> Result<Done> {
    let mut store = context.store()?;
    let mut writer = store.writer()?;
    let imports = writer.reader().last_imports()?;
    if imports.is_empty() {
        return Err(Error::person("there is no import to take back").hint("imports are made by `retain import FILE`"));
    }
    let decks = Decks::read(writer.reader())?;
    let mut told = Vec::new();
    // The newest first, so that each finds what it left.
    for import in &imports {
        let taken = if import.history {
            history(context, &mut writer, &decks, import)?
        } else {
            bank(context, &mut writer, &decks, import)?
        };
        writer.forget_reading(&import.path)?;
        writer.end_taking_back(import.id, context.clock.now().utc_ms)?;
        told.push(taken);
    }
    if !dry {
        writer.commit()?;
    }
    told.reverse();
    for taken in &told {
        context.talk(&import_report::taken_back(taken, dry))?;
        if json {
            let line = import_report::taken_back_json(taken).map_err(|error| Error::fault(error.to_string()))?;
            context.print(&line)?;
        }
    }
    Ok(Done::Whole)
}

/// Questions are what they were; those that the import brought go, unless they were answered since.
fn bank(context: &Context, writer: &mut Writer<'_>, decks: &Decks, import: &ImportRow) -> Result<TakenBack> {
    let now = context.clock.now();
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
        suspend(context, writer, decks, card)?;
    }
    for card in cards.back {
        relocate(writer, decks, card, MoveKind::Unsuspend, TAKEN_BACK, now)?;
    }
    taken.restored = import.changed - taken.edited;
    for (card, logged) in writer.reader().cards_of_drafts_before(import.id)? {
        if logged { suspend(context, writer, decks, card)? } else { writer.remove_card(card)? }
    }
    for (question, logged) in writer.reader().questions_of_import(import.id)? {
        if !logged {
            writer.remove_question(question)?;
            taken.removed += 1;
            continue;
        }
        for card in writer.reader().cards_of(question)? {
            suspend(context, writer, decks, card)?;
        }
        taken.kept += 1;
    }
    Ok(taken)
}

/// Answers stay in the log, marked as taken back.
fn history(context: &Context, writer: &mut Writer<'_>, decks: &Decks, import: &ImportRow) -> Result<TakenBack> {
    let mut taken = TakenBack { path: import.path.clone(), deck: import.deck.clone(), ..TakenBack::default() };
    let device = Writer::import_device(&import.path, import.id);
    let answers = writer.reader().answers_of_device(&device)?;
    for (review, card) in &answers {
        withdraw(writer, decks, *review, *card, context.clock.now())?;
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

fn suspend(context: &Context, writer: &mut Writer<'_>, decks: &Decks, card: CardId) -> Result<()> {
    if writer.reader().card(card)?.is_some_and(|card| card.memory.suspended) {
        return Ok(());
    }
    relocate(writer, decks, card, MoveKind::Suspend, TAKEN_BACK, context.clock.now()).map(|_| ())
}
