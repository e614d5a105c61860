//! What the memory of cards may be, read from the log; due dates depend on it.

use std::collections::HashMap;

use super::decks::{DeckEntry, Decks};
use super::log_walk::{CardIndex, LogWalk, WalkEntry};
use crate::error::Result;
use crate::memory::{Belief, BeliefFold};
use crate::model::{CardId, CardMemory};
use crate::store::{LogColumns, Reader};

/// What is believed of a card before its next answer. `None` when `luck-aware` is off: then the state of its memory says all.
pub(super) fn of_card(
    reader: Reader<'_>,
    card: CardId,
    memory: &CardMemory,
    entry: &DeckEntry,
) -> Result<Option<Belief>> {
    if !entry.settings.luck_aware || memory.memory.is_none() {
        return Ok(None);
    }
    Ok(Some(BeliefFold::over(&entry.replayer, &reader.log_of(card)?)))
}

/// What is believed of all cards that are in doubt, by one pass over the log. The others are as their memory says.
pub(super) fn in_doubt(reader: Reader<'_>, decks: &Decks) -> Result<HashMap<CardId, Belief>> {
    if !decks.all().iter().any(|entry| entry.settings.luck_aware) {
        return Ok(HashMap::new());
    }
    let (log, cards) = reader.counted_log(LogColumns::Figures, || reader.cards_with_decks())?;
    let entries: Vec<&DeckEntry> = cards.iter().map(|(_, deck)| decks.entry(*deck)).collect::<Result<_>>()?;
    let ids: Vec<CardId> = cards.iter().map(|(card, _)| *card).collect();
    let index = CardIndex::new(&ids);
    let folds =
        LogWalk::new(&log, ids.len(), |card| index.find(card)).fold(BeliefFold::default, |place, fold, entry| {
            match entry {
                WalkEntry::Answer(review) => drop(fold.answer(&entries[place].replayer, review)),
                WalkEntry::Move(change) => fold.moved(change),
            }
            Ok(())
        })?;
    let beliefs = ids.into_iter().zip(folds).map(|(card, fold)| (card, fold.into_belief()));
    Ok(beliefs.filter(|(_, belief)| belief.is_in_doubt()).collect())
}
