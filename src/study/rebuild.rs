//! All memory remade from the log, and `replay_all`, which a check compares with.

use std::collections::{HashMap, HashSet};

use crate::error::Result;
use crate::model::{CardId, CardMemory, DeckId, LogEntry};
use crate::store::{Reader, Store, Writer};
use crate::study::decks::{DeckEntry, Decks};
use crate::study::ledger::refold;
use crate::study::progress::{Steps, Watch};

/// Remakes the memory of all cards from the log; returns how many there are.
///
/// # Errors
/// When the database fails, or somebody stops it; then memory is as it was.
pub(super) fn rebuild(store: &mut Store, watch: &mut Watch<'_>) -> Result<usize> {
    let decks = Decks::load(store.reader())?;
    let mut writer = store.writer()?;
    let replayed = replay_all(writer.reader(), &decks)?;
    writer.drop_memory()?;
    let mut steps = Steps::new(watch, "writing memory", replayed.len() as u64);
    for (card, deck, memory) in &replayed {
        steps.step()?;
        writer.fill_memory(*card, memory, decks.entry(*deck)?.parameters)?;
    }
    writer.commit()?;
    Ok(replayed.len())
}

/// What follows from the log, for every card, in the order of the cards.
pub(super) fn replay_all(reader: Reader<'_>, decks: &Decks) -> Result<Vec<(CardId, DeckId, CardMemory)>> {
    let cards = reader.cards_with_decks()?;
    let mut replayed: Vec<(CardId, DeckId, CardMemory)> =
        cards.iter().map(|(card, deck)| (*card, *deck, CardMemory::NEW)).collect();
    let places = Places::of(&cards);
    // The log goes from card to card, mostly within few decks.
    let mut entry_of: Option<(DeckId, &DeckEntry)> = None;
    reader.each_entry(|entry| {
        let card = match &entry {
            LogEntry::Review(review) => review.card,
            LogEntry::Move(change) => change.card,
        };
        if let Some(place) = places.find(card) {
            let (_, deck, memory) = &mut replayed[place];
            let found = match entry_of {
                Some((last, found)) if last == *deck => found,
                _ => decks.entry(*deck)?,
            };
            entry_of = Some((*deck, found));
            found.replayer.apply(memory, &entry);
        }
        Ok(())
    })?;
    Ok(replayed)
}

/// A deck of more cards is replayed by one pass over the log, whoever else is in it, instead of card by card.
const MANY: usize = 2_000;

/// Remakes the memory of decks whose parameters are others than `before`, in the same transaction. Due dates are promises, and
/// stay.
pub(super) fn remake_changed(writer: &mut Writer<'_>, before: &Decks, watch: &mut Watch<'_>) -> Result<()> {
    let after = Decks::load(writer.reader())?;
    let is_as_before =
        |entry: &DeckEntry| before.entry(entry.deck.id).is_ok_and(|old| old.parameters == entry.parameters);
    let changed: HashSet<DeckId> =
        after.all().iter().filter(|entry| !is_as_before(entry)).map(|entry| entry.deck.id).collect();
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

/// Finds the place of a card among all cards, a million times in a replay: numbers of cards rise by one, but for gaps.
struct Places {
    first: i64,
    /// The place of each number from `first` on; `u32::MAX` in a gap.
    places: Vec<u32>,
    /// Where the gaps are too wide for that.
    sparse: HashMap<CardId, usize>,
}

impl Places {
    fn of(cards: &[(CardId, DeckId)]) -> Self {
        let (first, last) = (cards.first().map_or(0, |(card, _)| card.0), cards.last().map_or(0, |(card, _)| card.0));
        let width = usize::try_from(last.saturating_sub(first)).unwrap_or(usize::MAX).saturating_add(1);
        if width > cards.len().saturating_mul(4) {
            let sparse = cards.iter().enumerate().map(|(place, (card, _))| (*card, place)).collect();
            return Self { first, places: Vec::new(), sparse };
        }
        let mut places = vec![u32::MAX; if cards.is_empty() { 0 } else { width }];
        for (place, (card, _)) in (0..).zip(cards) {
            places[(card.0 - first) as usize] = place;
        }
        Self { first, places, sparse: HashMap::new() }
    }

    fn find(&self, card: CardId) -> Option<usize> {
        let near =
            card.0.checked_sub(self.first).and_then(|at| usize::try_from(at).ok()).and_then(|at| self.places.get(at));
        match near {
            Some(place) => (*place != u32::MAX).then_some(*place as usize),
            None => self.sparse.get(&card).copied(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_are_found_in_dense_and_in_sparse_numbers() {
        for numbers in [vec![], vec![7], vec![3, 4, 6, 9], vec![1, 2, 5_000_000_000]] {
            let cards: Vec<(CardId, DeckId)> = numbers.iter().map(|number| (CardId(*number), DeckId(1))).collect();
            let places = Places::of(&cards);
            for number in [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 5_000_000_000, i64::MAX] {
                let expected = numbers.iter().position(|known| *known == number);
                assert_eq!(places.find(CardId(number)), expected, "{number} among {numbers:?}");
            }
        }
    }
}
