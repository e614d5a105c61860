//! The histories that fits and evaluations learn from.

use std::collections::HashMap;

use crate::error::Result;
use crate::memory::{Histories, History, HistoryRules};
use crate::model::{CardId, DeckId, LogEntry};
use crate::store::Reader;
use crate::study::decks::{DeckEntry, Decks};
use crate::study::progress::{Steps, Watch};

/// The histories of cards, and when their answers were given.
pub(super) struct TrainingData {
    pub(super) histories: Vec<History>,
    /// UTC milliseconds of each answer, by its place.
    times: Vec<i64>,
}

impl TrainingData {
    /// The place of the first answer after this moment.
    pub(super) fn place_after(&self, at_ms: i64) -> u32 {
        // In the order of the log, which is that of time but for clocks that went back.
        u32::try_from(self.times.iter().filter(|time| **time <= at_ms).count()).unwrap_or(u32::MAX)
    }

    /// The place that the next answer takes.
    pub(super) fn end(&self) -> u32 {
        u32::try_from(self.times.len()).unwrap_or(u32::MAX)
    }
}

/// The histories of all cards in these decks, as their settings read them.
pub(super) fn training_data(reader: Reader<'_>, decks: &[&DeckEntry], watch: &mut Watch<'_>) -> Result<TrainingData> {
    let readings: HashMap<DeckId, HistoryRules> = decks.iter().map(|entry| (entry.deck.id, reading(entry))).collect();
    let cards: HashMap<CardId, DeckId> = reader.cards_with_decks()?.into_iter().collect();
    let (mut histories, mut times) = (Histories::default(), Vec::new());
    let mut steps = Steps::new(watch, "reading the log", reader.review_count()?);
    reader.each_entry(|entry| {
        if let Some(reading) = cards.get(&entry.card()).and_then(|deck| readings.get(deck)) {
            histories.add(reading, &entry);
            if let LogEntry::Review(review) = &entry {
                times.push(review.at.utc_ms);
            }
        }
        steps.step()
    })?;
    Ok(TrainingData { histories: histories.finish(), times })
}

/// The histories of one deck and the decks in it, out of all.
pub(super) fn within(all: &[History], decks: &Decks, name: &str) -> Vec<History> {
    let inside: Vec<DeckId> =
        decks.all().iter().filter(|entry| entry.deck.is_within(name)).map(|entry| entry.deck.id).collect();
    all.iter().filter(|history| inside.contains(&history.deck)).cloned().collect()
}

/// How the cards of a deck are read.
pub(in crate::study) fn reading(entry: &DeckEntry) -> HistoryRules {
    HistoryRules {
        deck: entry.deck.id,
        prior_knowledge: entry.settings.prior_knowledge,
        luck_aware: entry.settings.luck_aware,
        ignore_before: entry.settings.ignore_before,
    }
}
