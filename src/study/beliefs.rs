//! What the memory of cards may be, read from the log: days of return rest on it.

use std::collections::HashMap;

use crate::error::Result;
use crate::memory::{Belief, BeliefFold};
use crate::model::{CardId, CardMemory, DeckId, LogEntry};
use crate::store::Reader;
use crate::study::decks::{DeckEntry, Decks};

/// What is believed of a card before its next answer; none where luck is not reckoned with, and the state of its memory says all.
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
    let deck_of: HashMap<CardId, DeckId> = reader.cards_with_decks()?.into_iter().collect();
    let mut folds: HashMap<CardId, BeliefFold> = HashMap::new();
    reader.each_entry(|entry| {
        let card = match &entry {
            LogEntry::Review(review) => review.card,
            LogEntry::Move(change) => change.card,
        };
        if let Some(deck) = deck_of.get(&card) {
            folds.entry(card).or_default().apply(&decks.entry(*deck)?.replayer, &entry);
        }
        Ok(())
    })?;
    let beliefs = folds.into_iter().map(|(card, fold)| (card, fold.into_belief()));
    Ok(beliefs.filter(|(_, belief)| belief.is_in_doubt()).collect())
}
