//! What is expected of each card on the day of its deck's score.

use std::collections::{HashMap, HashSet};

use super::foresight::{FirstAttempts, Foresight};
use crate::error::Result;
use crate::memory::link;
use crate::model::CardId;
use crate::stats::{CardSnapshot, Expectation};
use crate::store::Reader;
use crate::study::decks::{DeckEntry, Decks};
use crate::study::scope::recall_on;

/// Says of each card what is expected of it on the day of its deck's score; nothing if its deck has too few answers to say it.
///
/// # Errors
/// When the database fails.
pub(in crate::study) fn expect(reader: Reader<'_>, decks: &Decks, cards: &mut [CardSnapshot]) -> Result<()> {
    let foresight = Foresight::load(reader, decks)?;
    let mut attempts: HashMap<(String, Option<String>), FirstAttempts> = HashMap::new();
    for card in cards.iter() {
        if let Some(known) = foresight.first_attempt(card.card) {
            let of_topic = attempts.entry((card.deck.clone(), card.topic.clone())).or_default();
            of_topic.all += 1.0;
            of_topic.known += known;
        }
    }
    let models: HashMap<&str, &DeckEntry> = decks.all().iter().map(|entry| (entry.deck.name.as_str(), entry)).collect();
    let mut of_decks: HashMap<String, Vec<CardId>> = HashMap::new();
    cards.iter().for_each(|card| of_decks.entry(card.deck.clone()).or_default().push(card.card));
    let scored: HashSet<String> = of_decks
        .into_iter()
        .filter(|(_, cards)| foresight.tells(cards.iter().copied()))
        .map(|(deck, _)| deck)
        .collect();
    for card in cards.iter_mut().filter(|card| scored.contains(&card.deck)) {
        let (seen, guess) = (card.memory.memory.is_some(), card.guess.probability());
        let of_topic = attempts.get(&(card.deck.clone(), card.topic.clone())).copied().unwrap_or_default();
        let kept = || {
            let entry = models.get(card.deck.as_str())?;
            let day = card.memory.last_day.map_or(card.score_day, |last| card.score_day.max(last.plus(1)));
            recall_on(&entry.replayer.model, &card.memory, day)
        };
        let score = if seen && !foresight.holds(card.card) {
            link(kept().unwrap_or_else(|| foresight.prior(of_topic)), foresight.luck(guess))
        } else {
            let scores = foresight.scores(card.card, card.score_day, guess, of_topic);
            scores.iter().sum::<f64>() / scores.len().max(1) as f64
        };
        card.expected = Some(Expectation { score, seen });
    }
    Ok(())
}
