//! Moving back what a command moved together.

use crate::error::{Error, Result};
use crate::model::{CardId, DeedKind, Due, LogEntry};
use crate::schedule::due_moves::DueMove;
use crate::store::{NewDeed, Reader, Store};
use crate::study::decks::Decks;
use crate::study::ledger::{MoveTitle, shift};
use crate::study::present::Present;

/// Moves the cards back to where they were due, by moves of their own: the log only grows. Returns how many; with `dry_run`,
/// how many would be moved.
pub(in crate::study) fn take_back(
    store: &mut Store,
    command: &'static str,
    dry_run: bool,
    present: Present,
) -> Result<usize> {
    let mut writer = store.deed(NewDeed::new(DeedKind::Moves, present.now))?;
    let decks = Decks::load(writer.reader())?;
    let Some(last) = writer.reader().last_shift(command)? else {
        return Err(Error::person(format!("`retain {command}` moved nothing that can be taken back"))
            .hint("each of its plans can be taken back once"));
    };
    let mut shifts = Vec::new();
    for card in writer.reader().untouched_since(last)? {
        shifts.extend(back(writer.reader(), &decks, card)?);
    }
    if dry_run {
        return Ok(shifts.len());
    }
    let title = MoveTitle { command, why: format!("{command} taken back") };
    writer.entitle(&title.why);
    let moved = shift(&mut writer, &decks, &title, &shifts, Some(last), present.now, &mut || Ok(()))?;
    writer.commit()?;
    Ok(moved)
}

/// Where the card was due before its last move.
fn back(reader: Reader<'_>, decks: &Decks, card: CardId) -> Result<Option<DueMove>> {
    let Some(row) = reader.memory(card)? else { return Ok(None) };
    let entry = decks.entry(row.deck)?;
    let log = reader.log_of(card)?;
    let Some((LogEntry::Move(_), earlier)) = log.split_last() else { return Ok(None) };
    let before = entry.replayer.fold(earlier).due;
    Ok(match (before, row.memory.due) {
        (Some(Due::Day(to)), Some(Due::Day(from))) => Some(DueMove { card, from, to }),
        _ => None,
    })
}
