//! The present state of decks as a simulation begins from it.

use std::collections::{HashMap, HashSet};

use super::Context;
use super::decks::{DeckEntry, Decks};
use super::review::{RECENT, limits};
use crate::error::Result;
use crate::memory::Fsrs6;
use crate::model::{DeckId, QuestionId, Settings, StudyDay, TimedAnswer};
use crate::schedule::{DeckLimit, Habits, SimulatedCard, SimulatedDeck, Simulation};
use crate::store::Reader;

/// What a card is beside its memory.
#[derive(Clone, Debug)]
pub(super) struct About {
    pub(super) question: QuestionId,
    pub(super) topic: Option<String>,
}

/// The decks and cards of which the future is asked, and the person's habits.
#[derive(Debug)]
pub(super) struct Present<'a> {
    decks: &'a Decks,
    limits: Vec<DeckLimit>,
    cards: Vec<SimulatedCard>,
    /// Of each card, in the order of the simulation's.
    pub(super) about: Vec<About>,
    pub(super) habits: Habits,
    pub(super) today: StudyDay,
    seed: u64,
}

impl<'a> Present<'a> {
    /// The cards of these decks, without suspended ones.
    pub(super) fn read(
        context: &Context,
        reader: Reader<'_>,
        decks: &'a Decks,
        entries: &[&DeckEntry],
    ) -> Result<Self> {
        let (now, today) = context.today(reader)?;
        let places: HashMap<DeckId, usize> =
            decks.all().iter().enumerate().map(|(place, entry)| (entry.deck.id, place)).collect();
        let chosen: HashSet<DeckId> = entries.iter().map(|entry| entry.deck.id).collect();
        let mut topics: HashMap<Option<String>, i64> = HashMap::new();
        let (mut cards, mut about) = (Vec::new(), Vec::new());
        reader.each_card(|row| {
            let Some(place) = places.get(&row.deck).filter(|_| chosen.contains(&row.deck) && !row.memory.suspended)
            else {
                return Ok(());
            };
            let next = i64::try_from(topics.len()).unwrap_or(i64::MAX);
            let topic = *topics.entry(row.topic.clone()).or_insert(next);
            let truth = row.memory.memory;
            cards.push(SimulatedCard {
                uid: row.uid,
                deck: *place,
                topic,
                guess: row.guess,
                memory: row.memory,
                truth,
            });
            about.push(About { question: row.question, topic: row.topic });
            Ok(())
        })?;
        let answers = reader.timed_answers(RECENT, None)?;
        let own: Vec<TimedAnswer> = answers.iter().filter(|answer| chosen.contains(&answer.deck)).copied().collect();
        let habits = Habits::learned(&own, &Habits::learned(&answers, &Habits::default()));
        let limits = limits(reader, decks, None, now, today)?;
        Ok(Self { decks, limits, cards, about, habits, today, seed: context.mixed_seed() })
    }

    pub(super) fn cards(&self) -> &[SimulatedCard] {
        &self.cards
    }

    /// The prior knowledge of a card.
    pub(super) fn prior(&self, place: usize) -> f64 {
        self.decks.all()[self.cards[place].deck].settings.prior_knowledge
    }

    /// Cards that were never answered.
    pub(super) fn unseen(&self) -> usize {
        self.cards.iter().filter(|card| card.truth.is_none()).count()
    }

    /// The day after, under settings that `adjust` changes. Runs of different numbers draw differently.
    pub(super) fn simulation(&self, adjust: impl Fn(&mut Settings), run: u32) -> Simulation<'_, Fsrs6> {
        let decks = self.decks.all().iter().zip(&self.limits).map(|(entry, limit)| {
            let mut settings = entry.settings.clone();
            adjust(&mut settings);
            SimulatedDeck {
                deck: entry.deck.clone(),
                settings,
                replayer: &entry.replayer,
                truth: &entry.replayer.model,
                new_done: limit.new_done,
                reviews_done: limit.reviews_done,
            }
        });
        let seed = self.seed.wrapping_add(u64::from(run));
        Simulation::new(decks.collect(), self.cards.clone(), &self.habits, self.today, seed)
    }

    /// How many runs make chance small: as many as give so many cards in all, 20 at the most.
    pub(super) fn runs(&self, cards: usize) -> u32 {
        u32::try_from(cards / self.cards.len().max(1)).unwrap_or(20).clamp(1, 20)
    }
}
