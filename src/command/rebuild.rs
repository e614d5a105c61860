//! `retain rebuild`: remakes all memory from the log, and `replay_all`, which `check` compares with.

use std::collections::HashMap;

use super::Context;
use super::decks::Decks;
use crate::error::{Done, Result};
use crate::model::{CardId, CardMemory, DeckId, LogEntry};
use crate::store::Reader;
use crate::ui::progress;

/// Runs the command.
///
/// # Errors
/// When the database fails.
pub fn run(context: &Context) -> Result<Done> {
    let mut store = context.store()?;
    let decks = Decks::read(store.reader())?;
    let mut writer = store.writer()?;
    let replayed = replay_all(writer.reader(), &decks)?;
    writer.drop_memory()?;
    let bar = progress::bar(replayed.len() as u64, "writing memory", context.quiet);
    for (card, deck, memory) in &replayed {
        writer.put_memory(*card, memory, decks.of(*deck)?.parameters)?;
        bar.inc(1);
    }
    writer.commit()?;
    bar.finish_and_clear();
    context.talk(&format!("remade the memory of {} cards from the log", replayed.len()))?;
    Ok(Done::Whole)
}

/// What follows from the log, for every card, in the order of the cards.
pub(super) fn replay_all(reader: Reader<'_>, decks: &Decks) -> Result<Vec<(CardId, DeckId, CardMemory)>> {
    let cards = reader.cards_with_decks()?;
    let mut replayed: Vec<(CardId, DeckId, CardMemory)> =
        cards.iter().map(|(card, deck)| (*card, *deck, CardMemory::NEW)).collect();
    let places: HashMap<CardId, usize> = cards.iter().enumerate().map(|(place, (card, _))| (*card, place)).collect();
    reader.each_entry(|entry| {
        let card = match &entry {
            LogEntry::Review(review) => review.card,
            LogEntry::Move(change) => change.card,
        };
        if let Some(place) = places.get(&card) {
            let (_, deck, memory) = &mut replayed[*place];
            decks.of(*deck)?.replayer.apply(memory, &entry);
        }
        Ok(())
    })?;
    Ok(replayed)
}
