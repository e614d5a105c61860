//! Simulated days: a learner answers the cards that this program would ask, under its limits, steps, intervals and luck-aware update.
//!
//! The learner has a true memory, which may differ from what the scheduler believes. Whether an answer comes from knowledge is drawn from
//! the true recall, and luck is drawn separately. All chance follows from one seed.

mod answer;
mod before_exam;
mod queue;

use std::collections::HashMap;

use answer::SimulatedAnswer;
use uuid::Uuid;

use super::{Allowance, DeckLimit, Habits, Load, days_to_exam};
use crate::chance::Chance;
use crate::memory::{Belief, Elapsed, Model, Replayer};
use crate::model::{CardMemory, CardState, Deck, Due, Guess, MemoryState, Moment, QuestionId, Settings, StudyDay};

const DAY_MS: i64 = 86_400_000;

/// A deck of a simulation.
#[derive(Clone, Debug)]
pub struct SimulatedDeck<'a, M, T> {
    /// Its number and name.
    pub deck: Deck,
    /// The settings that its cards are scheduled by.
    pub settings: Settings,
    /// The memory model of the scheduler.
    pub replayer: &'a Replayer<M>,
    /// The true memory model of the learner, and what they knew before they were asked.
    pub truth: &'a Replayer<T>,
    /// New cards answered before the simulation on its first day.
    pub new_done: u32,
    /// Reviews answered before the simulation on its first day.
    pub reviews_done: u32,
    /// The seconds that all answers of that day took.
    pub seconds_done: f64,
}

/// A card of a simulation.
#[derive(Clone, Debug)]
pub struct SimulatedCard {
    /// The identity of the card, which seeds the fuzz.
    pub uid: Uuid,
    /// The place of its deck among the decks of the simulation.
    pub deck: usize,
    /// Its question, which it shares with its siblings.
    pub question: QuestionId,
    /// A number that is the same for cards of one topic.
    pub topic: i64,
    /// The chance of being right by luck.
    pub guess: Guess,
    /// Its memory and state for the scheduler.
    pub memory: CardMemory,
    /// The states that its memory may be in, for the scheduler.
    pub belief: Belief,
    /// The true memory; `None` while the card is new.
    pub truth: Option<MemoryState>,
}

/// The work of a simulated day.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DayWorkload {
    /// Answers to new cards.
    pub new: u32,
    /// Answers in learning steps.
    pub learning: u32,
    /// Reviews, with those before the due date.
    pub reviews: u32,
    /// Seconds of answering.
    pub seconds: f64,
    /// The true recall before each review, summed over the reviews.
    pub recall_sum: f64,
    /// The recall that the scheduler expected, summed over the reviews.
    pub believed_sum: f64,
    /// Reviews with expected recall above the desired retention after a day; for the others, no whole day is early enough.
    pub in_reach: u32,
    /// The true recall before those, summed.
    pub in_reach_sum: f64,
}

impl DayWorkload {
    /// All answers.
    pub fn answers(&self) -> u32 {
        self.new + self.learning + self.reviews
    }

    fn count(&mut self, given: &SimulatedAnswer) {
        self.seconds += given.seconds;
        match given.state {
            CardState::New => self.new += 1,
            CardState::Review => {
                self.reviews += 1;
                self.recall_sum += given.recall;
                self.believed_sum += given.believed;
                if given.in_reach {
                    self.in_reach += 1;
                    self.in_reach_sum += given.recall;
                }
            }
            CardState::Learning | CardState::Relearning => self.learning += 1,
        }
    }
}

/// The day on which a card is due for review, if load balancing counts it.
fn due_by_day(card: &SimulatedCard) -> Option<StudyDay> {
    match (card.memory.state, card.memory.suspended, card.memory.due) {
        (CardState::Review, false, Some(Due::Day(day))) => Some(day),
        _ => None,
    }
}

/// A simulation in progress.
pub struct Simulation<'a, M, T> {
    decks: Vec<SimulatedDeck<'a, M, T>>,
    cards: Vec<SimulatedCard>,
    /// The cards of each question that has several.
    siblings: HashMap<QuestionId, Vec<usize>>,
    load: Load,
    habits: &'a Habits,
    /// When the session of the day begins.
    begins: Moment,
    today: StudyDay,
    first_day: StudyDay,
    seed: u64,
    chance: Chance,
    /// Whether it ends with the exams. Then due dates do not matter before them, and are not computed.
    pub to_the_exams: bool,
    /// Whether time or the limits left out cards with a gain before an exam.
    pub was_short: bool,
    /// After this many answers the learner stops for the day, also between steps; `None` for no limit.
    pub answers_per_day: Option<u32>,
}

impl<'a, M: Model + Sync, T: Model> Simulation<'a, M, T> {
    /// Begins `now`, on the study day `today`, and continues at the same hour of each day. `seed` is that of the program, which decides due
    /// dates. All other chance follows from it and the number of the `run`.
    pub fn new(
        decks: Vec<SimulatedDeck<'a, M, T>>,
        cards: Vec<SimulatedCard>,
        habits: &'a Habits,
        (now, today): (Moment, StudyDay),
        (seed, run): (u64, u32),
    ) -> Self {
        let chance = Chance::derived("simulate", Uuid::NAMESPACE_OID, run, seed);
        let mut siblings: HashMap<QuestionId, Vec<usize>> = HashMap::new();
        for (place, card) in cards.iter().enumerate() {
            siblings.entry(card.question).or_default().push(place);
        }
        siblings.retain(|_, cards| cards.len() > 1);
        let mut load = Load::default();
        cards.iter().filter_map(due_by_day).for_each(|day| load.add(day));
        Self {
            decks,
            cards,
            siblings,
            load,
            habits,
            begins: now,
            today,
            first_day: today,
            seed,
            chance,
            to_the_exams: false,
            was_short: false,
            answers_per_day: None,
        }
    }

    /// The next study day to simulate.
    pub fn today(&self) -> StudyDay {
        self.today
    }

    /// The cards in their current state.
    pub fn cards(&self) -> &[SimulatedCard] {
        &self.cards
    }

    /// Simulates a day, and begins the next.
    pub fn day(&mut self) -> DayWorkload {
        let mut workload = DayWorkload::default();
        let mut now = self.begins;
        self.load.go_to(self.today);
        let begun: Vec<usize> = (0..self.cards.len()).filter(|place| self.is_asked_now(*place, now)).collect();
        let mut allowance = self.allowance();
        let mut asked = self.plan(&begun, &mut allowance);
        // Steps that are over by the end of the session are asked then; longer ones wait for another day.
        while !asked.is_empty() {
            for place in std::mem::take(&mut asked) {
                if self.ask(place, &mut now, &mut workload).is_none() {
                    self.go_on();
                    return workload;
                }
            }
            asked.extend((0..self.cards.len()).filter(|place| self.is_asked_now(*place, now)));
        }
        self.go_on();
        workload
    }

    fn go_on(&mut self) {
        self.today = self.today.plus(1);
        self.begins = self.begins.plus_ms(DAY_MS);
    }

    /// Asks a card until its steps are over or lead beyond the learn-ahead time; `None` if the learner stops for the day.
    fn ask(&mut self, place: usize, now: &mut Moment, workload: &mut DayWorkload) -> Option<()> {
        loop {
            if self.answers_per_day.is_some_and(|most| workload.answers() >= most) {
                return None;
            }
            let given = self.answer(place, *now);
            workload.count(&given);
            *now = now.plus_ms((given.seconds * 1_000.0) as i64);
            if !self.is_asked_now(place, *now) {
                return Some(());
            }
        }
    }

    /// The learner's recall of each card on this day; none of those never seen.
    pub fn recall_on(&self, day: StudyDay) -> impl Iterator<Item = Option<f64>> + '_ {
        self.cards.iter().map(move |card| {
            let elapsed = Elapsed::whole_days(card.memory.elapsed_days(day));
            card.truth.map(|state| self.decks[card.deck].truth.model.retrievability(state, elapsed))
        })
    }

    /// How many of the cards seen are known on this day: the sum of their recall.
    pub fn known_on(&self, day: StudyDay) -> f64 {
        // A sum of nothing would be -0.
        self.recall_on(day).flatten().fold(0.0, |sum, recall| sum + recall)
    }

    /// Whether a card is in a step that is over, or will be within the learn-ahead time.
    fn is_asked_now(&self, place: usize, now: Moment) -> bool {
        let card = &self.cards[place];
        match (card.memory.state, card.memory.due) {
            (CardState::Learning | CardState::Relearning, Some(Due::At(ms))) => {
                let ahead = self.decks[card.deck].settings.learn_ahead;
                ms <= now.utc_ms.saturating_add(ahead) && self.may_be_asked(place)
            }
            _ => false,
        }
    }

    /// Whether a card is neither suspended nor buried.
    fn may_be_asked(&self, place: usize) -> bool {
        let memory = &self.cards[place].memory;
        !memory.suspended && memory.buried_until.is_none_or(|until| until <= self.today)
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
