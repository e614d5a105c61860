//! Moving back what a command moved together.

use super::{Mode, Title};
use crate::command::Context;
use crate::command::decks::Decks;
use crate::command::ledger;
use crate::error::{Done, Error, Result};
use crate::model::{CardId, Due, LogEntry};
use crate::schedule::shift::Shift;
use crate::store::Reader;
use crate::ui::{shift_report, words};

/// Moves the cards back to where they were due, by moves of their own: the log only grows.
pub(super) fn run(context: &Context, mode: &Mode, command: &'static str) -> Result<Done> {
    let mut store = context.store()?;
    let mut writer = store.writer()?;
    let decks = Decks::read(writer.reader())?;
    let Some(last) = writer.reader().last_shift(command)? else {
        return Err(Error::person(format!("`retain {command}` has moved nothing that could be taken back"))
            .hint("each of its plans can be taken back once"));
    };
    let mut shifts = Vec::new();
    for card in writer.reader().untouched_since(last)? {
        shifts.extend(back(writer.reader(), &decks, card)?);
    }
    if mode.dry_run {
        tell(context, mode, command, shifts.len(), "would move back (--dry-run)")?;
        return Ok(Done::Whole);
    }
    let title = Title { command, why: format!("{command} taken back"), note: None };
    let moved = ledger::shift(&mut writer, &decks, &title, &shifts, Some(last), context.clock.now(), || {})?;
    writer.commit()?;
    tell(context, mode, command, moved, "moved back; cards that were answered or moved since stay")?;
    Ok(Done::Whole)
}

fn tell(context: &Context, mode: &Mode, command: &str, cards: usize, words: &str) -> Result<()> {
    if mode.json {
        return context.print(&shift_report::undone(command, cards, !mode.dry_run)?);
    }
    context.talk(&format!("{} {words}", words::count(cards as u64, "card")))
}

/// Where the card was due before its last move.
fn back(reader: Reader<'_>, decks: &Decks, card: CardId) -> Result<Option<Shift>> {
    let Some(row) = reader.memory(card)? else { return Ok(None) };
    let entry = decks.of(row.deck)?;
    let log = reader.log_of(card)?;
    let Some((LogEntry::Move(_), earlier)) = log.split_last() else { return Ok(None) };
    let before = entry.replayer.fold(earlier).due;
    Ok(match (before, row.memory.due) {
        (Some(Due::Day(to)), Some(Due::Day(from))) => Some(Shift { card, from, to }),
        _ => None,
    })
}
