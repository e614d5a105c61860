//! Days that have not come yet: a learner answers what this program would ask, under its own limits, steps, intervals and
//! luck-aware update.
//!
//! The learner has a memory of their own, the truth, which need not be what the scheduler believes: whether an answer comes from
//! knowledge is drawn from the true recall, and luck is drawn apart from it. All chance follows from one seed.

mod answer;
mod before_exam;
mod queue;

use std::collections::HashMap;

use answer::Given;
use uuid::Uuid;

use super::{Allowance, DeckLimit, Habits, Load, days_to_exam};
use crate::chance::Chance;
use crate::memory::{Belief, Elapsed, Model, Replayer};
use crate::model::{CardMemory, CardState, Deck, Due, Guess, MemoryState, Moment, QuestionId, Settings, StudyDay};

const DAY_MS: i64 = 86_400_000;

/// A deck of a simulation.
#[derive(Clone, Debug)]
pub struct SimulatedDeck<'a, M, T> {
    /// The deck.
    pub deck: Deck,
    /// Its settings.
    pub settings: Settings,
    /// What the scheduler believes.
    pub replayer: &'a Replayer<M>,
    /// How the learner's memory really works, and what they knew before they were asked.
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
    /// Its identity, which fuzz is derived from.
    pub uid: Uuid,
    /// The place of its deck among the decks of the simulation.
    pub deck: usize,
    /// Its question, which it shares with its siblings.
    pub question: QuestionId,
    /// Its topic, as a number that only tells topics apart.
    pub topic: i64,
    /// The chance of being right by luck.
    pub guess: Guess,
    /// What the scheduler remembers.
    pub memory: CardMemory,
    /// What the scheduler believes.
    pub belief: Belief,
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

    fn count(&mut self, given: &Given) {
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

/// The day on which a card is due for review, where load balancing counts it.
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
    /// Whether it ends with the exams: then days of return, which do not matter before them, are left out with all that they rest on.
    pub to_the_exams: bool,
    /// Whether cards that would have gained were left out before an exam for want of time, or by the limits.
    pub was_short: bool,
    /// Answers after which the learner stops for the day, in the midst of the steps too; none for as many as are asked.
    pub answers_per_day: Option<u32>,
}

impl<'a, M: Model + Sync, T: Model> Simulation<'a, M, T> {
    /// Begins `now`, on the study day `today`, and goes on at the same hour of each day. `seed` is that of the
    /// program, which decides on days of return; all else that is left to chance follows from it and the number of the `run`.
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
        let mut now = self.begins;
        self.load.go_to(self.today);
        let begun: Vec<usize> = (0..self.cards.len()).filter(|place| self.is_asked_now(*place, now)).collect();
        let mut allowance = self.allowance();
        let mut asked = self.plan(&begun, &mut allowance);
        // Steps that are over by the end of the session are asked then; longer ones wait for another day.
        while !asked.is_empty() {
            for place in std::mem::take(&mut asked) {
                if self.ask(place, &mut now, &mut figures).is_none() {
                    self.go_on();
                    return figures;
                }
            }
            asked.extend((0..self.cards.len()).filter(|place| self.is_asked_now(*place, now)));
        }
        self.go_on();
        figures
    }

    fn go_on(&mut self) {
        self.today = self.today.plus(1);
        self.begins = self.begins.plus_ms(DAY_MS);
    }

    /// Asks a card until its steps are over or lead beyond the learn-ahead time; none where the learner has enough for the day.
    fn ask(&mut self, place: usize, now: &mut Moment, figures: &mut DayFigures) -> Option<()> {
        loop {
            if self.answers_per_day.is_some_and(|most| figures.answers() >= most) {
                return None;
            }
            let given = self.answer(place, *now);
            figures.count(&given);
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
