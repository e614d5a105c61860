//! The histories that fits and evaluations learn from.

use std::collections::HashMap;

use crate::error::Result;
use crate::memory::{Histories, History, HistoryRules};
use crate::model::{CardId, DeckId, Review};
use crate::store::{LogColumns, Reader};
use crate::study::decks::{DeckEntry, Decks};
use crate::study::log_walk::{CardIndex, LogWalk, WalkEntry};
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
    let mut steps = Steps::new(watch, "reading the log", 2);
    let rules: HashMap<DeckId, HistoryRules> =
        decks.iter().map(|entry| (entry.deck.id, history_rules(entry))).collect();
    let (log, cards) = reader.counted_log(LogColumns::Figures, || reader.cards_with_decks())?;
    let cards: Vec<(CardId, &HistoryRules)> =
        cards.iter().filter_map(|(card, deck)| Some((*card, rules.get(deck)?))).collect();
    let index = CardIndex::new(&cards.iter().map(|(card, _)| *card).collect::<Vec<_>>());
    steps.step()?;
    // Trials are numbered among the answers that are learnt from, practice aside.
    let (mut orders, mut times, mut review) = (Vec::with_capacity(log.answers.len()), Vec::new(), Review::EMPTY);
    let mut trials = 0;
    for (place, answer) in log.answers.iter().enumerate() {
        orders.push(trials);
        if index.find(answer.card()).is_some() {
            log.unpack(place, &mut review)?;
            times.push(review.at.utc_ms);
            trials += u32::from(!review.practice);
        }
    }
    let walk = LogWalk::new(&log, cards.len(), |card| index.find(card));
    let parts = walk.on_all_cores(|groups| {
        let (mut histories, mut review) = (Histories::default(), Review::EMPTY);
        for group in groups {
            let (_, rules) = cards[group];
            walk.each(group, &mut review, |place, entry| {
                match entry {
                    WalkEntry::Answer(review) => histories.answer(rules, orders[place as usize], review),
                    WalkEntry::Move(change) => histories.moved(change),
                }
                Ok(())
            })?;
        }
        Ok(histories)
    })?;
    steps.step()?;
    let mut histories = Histories::default();
    parts.into_iter().for_each(|part| histories.merge(part));
    Ok(TrainingData { histories: histories.finish(), times })
}

/// The histories of one deck and the decks in it, out of all.
pub(super) fn within(all: &[History], decks: &Decks, name: &str) -> Vec<History> {
    let inside: Vec<DeckId> =
        decks.all().iter().filter(|entry| entry.deck.is_within(name)).map(|entry| entry.deck.id).collect();
    all.iter().filter(|history| inside.contains(&history.deck)).cloned().collect()
}

/// How the cards of a deck are read.
pub(in crate::study) fn history_rules(entry: &DeckEntry) -> HistoryRules {
    HistoryRules {
        deck: entry.deck.id,
        prior_knowledge: entry.settings.prior_knowledge,
        luck_aware: entry.settings.luck_aware,
        ignore_before: entry.settings.ignore_before,
    }
}
