//! All memory remade from the log, the index of words from the questions, and `replay_all`, which a check compares with.

use std::collections::HashSet;

use crate::error::Result;
use crate::model::{CardId, CardMemory, DeckId};
use crate::store::{LogColumns, Reader, Store, Writer};
use crate::study::decks::{DeckEntry, Decks};
use crate::study::ledger::refold;
use crate::study::log_walk::{CardIndex, LogWalk, WalkEntry};
use crate::study::progress::{Steps, Watch};
use crate::study::{search, walked};

/// Remakes the memory of all cards from the log, and the index of words; returns how many there are.
///
/// # Errors
/// When the database fails, or somebody stops it; then memory is as it was.
pub(super) fn rebuild(store: &mut Store, watch: &mut Watch<'_>) -> Result<usize> {
    let cards = remake_memory(store, watch)?;
    // The next figures walk through the whole log, and keep that.
    walked::forget(store.reader());
    search::remake_index(store, watch)?;
    Ok(cards)
}

/// Remakes the memory of all cards from the log; returns how many there are.
pub(super) fn remake_memory(store: &mut Store, watch: &mut Watch<'_>) -> Result<usize> {
    let decks = Decks::load(store.reader())?;
    let mut writer = store.writer()?;
    let replayed = replay_all(writer.reader(), &decks)?;
    let follows = replayed
        .iter()
        .map(|(card, deck, memory)| Ok((*card, *memory, decks.entry(*deck)?.parameters)))
        .collect::<Result<Vec<_>>>()?;
    // Nearly always nearly all is right, and looking at a row is much faster than writing it.
    let stale = writer.reader().stale_memories(&follows)?;
    let is_most = stale.wrong.iter().filter(|wrong| **wrong).count() * 2 > follows.len();
    if is_most {
        writer.drop_memory()?;
    } else {
        stale.gone.iter().try_for_each(|card| writer.remove_memory(*card))?;
    }
    let mut steps = Steps::new(watch, "writing memory", follows.len() as u64);
    for ((card, memory, parameters), wrong) in follows.iter().zip(&stale.wrong) {
        steps.step()?;
        if *wrong && !is_most {
            writer.remove_memory(*card)?;
        }
        if *wrong || is_most {
            writer.fill_memory(*card, memory, *parameters)?;
        }
    }
    writer.recount_load()?;
    writer.commit()?;
    Ok(follows.len())
}

/// What follows from the log, for every card, in the order of the cards.
pub(super) fn replay_all(reader: Reader<'_>, decks: &Decks) -> Result<Vec<(CardId, DeckId, CardMemory)>> {
    let (log, cards) = reader.counted_log(LogColumns::Memory, || reader.cards_with_decks())?;
    let entries: Vec<&DeckEntry> = cards.iter().map(|(_, deck)| decks.entry(*deck)).collect::<Result<_>>()?;
    let index = CardIndex::new(&cards.iter().map(|(card, _)| *card).collect::<Vec<_>>());
    let walk = LogWalk::new(&log, cards.len(), |card| index.find(card));
    let memories = walk.fold(
        || CardMemory::NEW,
        |place, memory, entry| {
            let replayer = &entries[place].replayer;
            match entry {
                WalkEntry::Answer(review) => drop(replayer.answer(memory, review)),
                WalkEntry::Move(change) => replayer.moved(memory, change),
            }
            Ok(())
        },
    )?;
    Ok(cards.into_iter().zip(memories).map(|((card, deck), memory)| (card, deck, memory)).collect())
}

/// A deck of more cards is replayed by one pass over the log, whoever else is in it, instead of card by card.
const MANY: usize = 2_000;

/// Remakes the memory of decks whose parameters are others than `before`, in the same transaction. Due dates are promises, and
/// stay.
pub(super) fn remake_changed(writer: &mut Writer<'_>, before: &Decks, watch: &mut Watch<'_>) -> Result<()> {
    let after = Decks::load(writer.reader())?;
    let is_as_before =
        |entry: &DeckEntry| before.entry(entry.deck.id).is_ok_and(|old| old.parameters == entry.parameters);
    let mut changed: HashSet<DeckId> = HashSet::new();
    for entry in after.all().iter().filter(|entry| !is_as_before(entry)) {
        if writer.reader().has_logged_cards(entry.deck.id)? {
            changed.insert(entry.deck.id);
        } else {
            // What follows from no log follows from it under any parameters.
            writer.adopt_parameters(entry.deck.id, entry.parameters)?;
        }
    }
    if changed.is_empty() {
        return Ok(());
    }
    let mut cards = writer.reader().cards_with_decks()?;
    cards.retain(|(_, deck)| changed.contains(deck));
    let mut steps = Steps::new(watch, "writing memory", cards.len() as u64);
    if cards.len() <= MANY {
        for (card, _) in cards {
            steps.step()?;
            refold(writer, &after, card)?;
        }
    } else {
        for (card, deck, memory) in replay_all(writer.reader(), &after)? {
            if changed.contains(&deck) {
                steps.step()?;
                writer.put_memory(card, &memory, after.entry(deck)?.parameters)?;
            }
        }
    }
    Ok(())
}
