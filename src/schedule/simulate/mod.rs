//! Days that have not come yet: a learner answers what this program would ask, under its own limits, steps, intervals and
//! luck-aware update.
//!
//! The learner has a memory of their own, the truth, which need not be what the scheduler believes: whether an answer comes from
//! knowledge is drawn from the true recall, and luck is drawn apart from it. All chance follows from one seed.

mod answer;
mod queue;

use uuid::Uuid;

use super::{Allowance, DeckLimit, Habits, days_to_exam};
use crate::chance::Chance;
use crate::memory::{Belief, Elapsed, Model, Replayer};
use crate::model::{CardMemory, CardState, Deck, Due, Guess, MemoryState, Moment, Settings, StudyDay};

const DAY_MS: i64 = 86_400_000;
/// The day's first answer is given at this hour of UTC, in which simulated days are counted.
const BEGINS_MS: i64 = 8 * 3_600_000;

/// A deck of a simulation.
#[derive(Clone, Debug)]
pub struct SimulatedDeck<'a, M> {
    /// The deck.
    pub deck: Deck,
    /// Its settings.
    pub settings: Settings,
    /// What the scheduler believes.
    pub replayer: &'a Replayer<M>,
    /// How the learner's memory really works.
    pub truth: &'a M,
    /// New cards answered before the simulation on its first day.
    pub new_done: u32,
    /// Reviews answered before the simulation on its first day.
    pub reviews_done: u32,
}

/// A card of a simulation.
#[derive(Clone, Debug)]
pub struct SimulatedCard {
    /// Its identity, which fuzz is derived from.
    pub uid: Uuid,
    /// The place of its deck among the decks of the simulation.
    pub deck: usize,
    /// Its topic, as a number that only tells topics apart.
    pub topic: i64,
    /// The chance of being right by luck.
    pub guess: Guess,
    /// What the scheduler believes.
    pub memory: CardMemory,
    /// The learner's memory; none while they never saw the card.
    pub truth: Option<MemoryState>,
}

/// What a simulated day took.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DayFigures {
    /// New cards answered.
    pub new: u32,
    /// Answers in learning steps.
    pub learning: u32,
    /// Reviews, those before their time among them.
    pub reviews: u32,
    /// Seconds of answering.
    pub seconds: f64,
    /// The true recall before each review, summed over the reviews.
    pub recall_sum: f64,
    /// What the scheduler believed it to be, summed over the reviews.
    pub believed_sum: f64,
    /// Reviews whose recall was to be above what is desired after a day: of the others, no whole day is early enough.
    pub in_reach: u32,
    /// The true recall before those, summed.
    pub in_reach_sum: f64,
}

impl DayFigures {
    /// All answers.
    pub fn answers(&self) -> u32 {
        self.new + self.learning + self.reviews
    }
}

/// A simulation in progress.
pub struct Simulation<'a, M> {
    decks: Vec<SimulatedDeck<'a, M>>,
    cards: Vec<SimulatedCard>,
    /// What is believed of each card.
    beliefs: Vec<Belief>,
    habits: &'a Habits,
    today: StudyDay,
    first_day: StudyDay,
    seed: u64,
    chance: Chance,
    /// Answers after which the learner stops for the day, in the midst of the steps too; none for as many as are asked.
    pub answers_per_day: Option<u32>,
}

impl<'a, M: Model> Simulation<'a, M> {
    /// Begins on `today`. `seed` decides all that is left to chance.
    pub fn new(
        decks: Vec<SimulatedDeck<'a, M>>,
        cards: Vec<SimulatedCard>,
        habits: &'a Habits,
        today: StudyDay,
        seed: u64,
    ) -> Self {
        let chance = Chance::derived("simulate", Uuid::NAMESPACE_OID, 0, seed);
        let beliefs = cards.iter().map(|card| Belief::certain(card.memory.memory)).collect();
        Self { decks, cards, beliefs, habits, today, first_day: today, seed, chance, answers_per_day: None }
    }

    /// The day that comes next.
    pub fn today(&self) -> StudyDay {
        self.today
    }

    /// The cards as they stand.
    pub fn cards(&self) -> &[SimulatedCard] {
        &self.cards
    }

    /// Lives through a day, and begins the next.
    pub fn day(&mut self) -> DayFigures {
        let mut figures = DayFigures::default();
        let mut now = Moment { utc_ms: i64::from(self.today.0) * DAY_MS + BEGINS_MS, offset_minutes: 0 };
        let begun: Vec<usize> = (0..self.cards.len()).filter(|place| self.is_in_a_step(*place)).collect();
        let mut allowance = self.allowance();
        let rest = self.plan(&begun, &mut allowance);
        for place in begun.into_iter().chain(rest) {
            // A card is asked until its steps lead to another day.
            loop {
                if self.answers_per_day.is_some_and(|most| figures.answers() >= most) {
                    self.today = self.today.plus(1);
                    return figures;
                }
                let given = self.answer(place, now);
                figures.seconds += given.seconds;
                match given.state {
                    CardState::New => figures.new += 1,
                    CardState::Review => {
                        figures.reviews += 1;
                        figures.recall_sum += given.recall;
                        figures.believed_sum += given.believed;
                        if given.in_reach {
                            figures.in_reach += 1;
                            figures.in_reach_sum += given.recall;
                        }
                    }
                    CardState::Learning | CardState::Relearning => figures.learning += 1,
                }
                now = now.plus_ms((given.seconds * 1_000.0) as i64);
                if !self.is_in_a_step(place) {
                    break;
                }
            }
        }
        self.today = self.today.plus(1);
        figures
    }

    /// The learner's recall of each card on this day; none of those never seen.
    pub fn recall_on(&self, day: StudyDay) -> impl Iterator<Item = Option<f64>> + '_ {
        self.cards.iter().map(move |card| {
            let elapsed = Elapsed::whole_days(card.memory.elapsed_days(day));
            card.truth.map(|state| self.decks[card.deck].truth.retrievability(state, elapsed))
        })
    }

    /// How many of the cards seen are known on this day: the sum of their recall.
    pub fn known_on(&self, day: StudyDay) -> f64 {
        // A sum of nothing would be -0.
        self.recall_on(day).flatten().fold(0.0, |sum, recall| sum + recall)
    }

    /// Whether a card waits out a step that ends today, or should have ended before.
    fn is_in_a_step(&self, place: usize) -> bool {
        let card = &self.cards[place];
        match (card.memory.state, card.memory.due) {
            (CardState::Learning | CardState::Relearning, Some(Due::At(ms))) => {
                let start = self.decks[card.deck].settings.day_start;
                let day = Moment { utc_ms: ms, offset_minutes: 0 }.study_day(start);
                day <= self.today
            }
            _ => false,
        }
    }

    fn allowance(&self) -> Allowance {
        let first = self.today == self.first_day;
        let limits: Vec<DeckLimit> = self
            .decks
            .iter()
            .map(|deck| DeckLimit {
                deck: deck.deck.clone(),
                new_per_day: deck.settings.new_per_day,
                reviews_per_day: deck.settings.reviews_per_day,
                new_ignores_review_limit: deck.settings.new_ignores_review_limit,
                new_done: if first { deck.new_done } else { 0 },
                reviews_done: if first { deck.reviews_done } else { 0 },
            })
            .collect();
        Allowance::new(&limits)
    }

    fn days_to_exam(&self, deck: usize) -> Option<u32> {
        days_to_exam(&self.decks[deck].settings, self.today)
    }
}

#[cfg(test)]
mod tests;
