//! The cards of a simulated day before an exam.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::thread;

use super::queue::id_of;
use super::{SimulatedCard, SimulatedDeck, Simulation};
use crate::memory::{Model, Replayer};
use crate::model::{CardId, CardState, Guess, StudyDay};
use crate::schedule::exam::choose_some;
use crate::schedule::{Allowance, Candidate, Habits, Prospect, Room, days_to_exam};

/// Fewer cards than this are weighed before a thread has begun.
const WORTH_THREADS: usize = 2_000;

impl<M: Model + Sync, T: Model> Simulation<'_, M, T> {
    /// The cards that are asked before their exams, of those that could be, exam by exam.
    pub(super) fn choose(&mut self, places: &[usize], begun: &[usize], allowance: &mut Allowance) -> Vec<CardId> {
        // Decks with one day of exam and one time per day share that time.
        let exam_of = |deck: &SimulatedDeck<'_, M, T>| (deck.settings.exam, deck.settings.minutes_per_day);
        let mut exams: BTreeMap<_, Vec<Candidate>> = BTreeMap::new();
        for (place, candidate) in places.iter().zip(self.weigh(places)) {
            exams.entry(exam_of(&self.decks[self.cards[*place].deck])).or_default().push(candidate);
        }
        let mut chosen = Vec::new();
        for (key, candidates) in exams {
            let decks = || self.decks.iter().filter(|deck| exam_of(deck) == key);
            let Some(deck) = decks().next() else { continue };
            let first = self.today == self.first_day;
            let mut room =
                Room::of(&deck.settings, if first { decks().map(|deck| deck.seconds_done).sum() } else { 0.0 });
            let steps = begun.iter().filter(|place| exam_of(&self.decks[self.cards[**place].deck]) == key).count();
            room.set_aside(steps as f64 * self.habits.expected_seconds(CardState::Learning, 1.0));
            let (some, all) = choose_some(candidates, room, allowance);
            self.was_short |= !all;
            chosen.extend(some.into_iter().map(|card| card.card));
        }
        chosen
    }

    /// What asking each of these cards today gains and costs, on all cores where they are many.
    fn weigh(&self, places: &[usize]) -> Vec<Candidate> {
        let (cards, today, habits) = (&self.cards[..], self.today, self.habits);
        // The learner's memory is no matter of the queue, and need not be shared between threads.
        let decks: Vec<Weighing<'_, M>> = self.decks.iter().map(|deck| Weighing::of(deck, today)).collect();
        let decks = &decks[..];
        if places.len() < WORTH_THREADS {
            return weighed(decks, cards, habits, today, places);
        }
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        thread::scope(|scope| {
            let threads: Vec<_> = places
                .chunks(places.len().div_ceil(cores))
                .map(|part| (part, scope.spawn(move || weighed(decks, cards, habits, today, part))))
                .collect();
            // A part whose thread stopped is weighed here.
            let part = |(part, thread): (&[usize], thread::ScopedJoinHandle<'_, Vec<Candidate>>)| {
                thread.join().unwrap_or_else(|_| weighed(decks, cards, habits, today, part))
            };
            threads.into_iter().flat_map(part).collect()
        })
    }
}

/// What of a deck its cards are weighed by.
struct Weighing<'a, M> {
    id: crate::model::DeckId,
    replayer: &'a Replayer<M>,
    settings: &'a crate::model::Settings,
    days_left: u32,
}

impl<'a, M: Model> Weighing<'a, M> {
    fn of<T>(deck: &'a SimulatedDeck<'_, M, T>, today: StudyDay) -> Self {
        let days_left = days_to_exam(&deck.settings, today).unwrap_or(0);
        Self { id: deck.deck.id, replayer: deck.replayer, settings: &deck.settings, days_left }
    }
}

fn weighed<M: Model>(
    decks: &[Weighing<'_, M>],
    cards: &[SimulatedCard],
    habits: &Habits,
    today: StudyDay,
    places: &[usize],
) -> Vec<Candidate> {
    // Cards of a deck that were never seen differ in nothing but luck.
    let mut unseen: Option<((usize, Guess), Candidate)> = None;
    let mut weighed = Vec::with_capacity(places.len());
    for place in places {
        let card = &cards[*place];
        let deck = &decks[card.deck];
        let alike = (card.deck, card.guess);
        let known = unseen.filter(|(other, _)| card.memory.memory.is_none() && *other == alike);
        let candidate = known.map_or_else(
            || {
                let (memory, elapsed_days) = (card.memory.memory, card.memory.elapsed_days(today));
                let prospect = Prospect { card: id_of(*place), deck: deck.id, memory, elapsed_days, guess: card.guess };
                prospect.weigh(deck.replayer, deck.settings, habits, deck.days_left)
            },
            |(_, candidate)| Candidate { card: id_of(*place), ..candidate },
        );
        if card.memory.memory.is_none() {
            unseen = Some((alike, candidate));
        }
        weighed.push(candidate);
    }
    weighed
}
