//! The cards of a simulated day before an exam.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::thread;

use super::queue::id_of;
use super::{SimulatedCard, SimulatedDeck, Simulation};
use crate::memory::{Model, Replayer};
use crate::model::{CardId, CardState, Guess, StudyDay};
use crate::schedule::exam::choose_some;
use crate::schedule::{Allowance, ExamCandidate, ExamProspect, ExamTime, Habits, days_to_exam};

/// With fewer cards, starting threads takes longer than the work.
const WORTH_THREADS: usize = 2_000;

impl<M: Model + Sync, T: Model> Simulation<'_, M, T> {
    /// The cards among `places` that are asked before their exams, exam by exam.
    pub(super) fn choose(&mut self, places: &[usize], begun: &[usize], allowance: &mut Allowance) -> Vec<CardId> {
        // Decks with one day of exam and one time per day share that time.
        let exam_of = |deck: &SimulatedDeck<'_, M, T>| (deck.settings.exam, deck.settings.minutes_per_day);
        let mut exams: BTreeMap<_, Vec<ExamCandidate>> = BTreeMap::new();
        for (place, candidate) in places.iter().zip(self.weigh(places)) {
            exams.entry(exam_of(&self.decks[self.cards[*place].deck])).or_default().push(candidate);
        }
        let mut chosen = Vec::new();
        for (key, candidates) in exams {
            let decks = || self.decks.iter().filter(|deck| exam_of(deck) == key);
            let Some(deck) = decks().next() else { continue };
            let first = self.today == self.first_day;
            let mut room = ExamTime::left_after(
                &deck.settings,
                if first { decks().map(|deck| deck.seconds_done).sum() } else { 0.0 },
            );
            let steps = begun.iter().filter(|place| exam_of(&self.decks[self.cards[**place].deck]) == key).count();
            room.set_aside(steps as f64 * self.habits.expected_seconds(CardState::Learning, 1.0));
            let (some, all) = choose_some(candidates, room, allowance);
            self.was_short |= !all;
            chosen.extend(some.into_iter().map(|card| card.card));
        }
        chosen
    }

    /// What asking each of these cards today gains and costs; on all cores if they are many.
    fn weigh(&self, places: &[usize]) -> Vec<ExamCandidate> {
        let (cards, today, habits) = (&self.cards[..], self.today, self.habits);
        // The queue does not depend on the true memory, which need not be shared between threads.
        let decks: Vec<DeckWeights<'_, M>> = self.decks.iter().map(|deck| DeckWeights::new(deck, today)).collect();
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
            let part = |(part, thread): (&[usize], thread::ScopedJoinHandle<'_, Vec<ExamCandidate>>)| {
                thread.join().unwrap_or_else(|_| weighed(decks, cards, habits, today, part))
            };
            threads.into_iter().flat_map(part).collect()
        })
    }
}

/// The part of a deck that the gain and cost of its cards depend on.
struct DeckWeights<'a, M> {
    id: crate::model::DeckId,
    replayer: &'a Replayer<M>,
    settings: &'a crate::model::Settings,
    days_left: u32,
}

impl<'a, M: Model> DeckWeights<'a, M> {
    fn new<T>(deck: &'a SimulatedDeck<'_, M, T>, today: StudyDay) -> Self {
        let days_left = days_to_exam(&deck.settings, today).unwrap_or(0);
        Self { id: deck.deck.id, replayer: deck.replayer, settings: &deck.settings, days_left }
    }
}

fn weighed<M: Model>(
    decks: &[DeckWeights<'_, M>],
    cards: &[SimulatedCard],
    habits: &Habits,
    today: StudyDay,
    places: &[usize],
) -> Vec<ExamCandidate> {
    // New cards of a deck differ only in luck.
    let mut unseen: Option<((usize, Guess), ExamCandidate)> = None;
    let mut weighed = Vec::with_capacity(places.len());
    for place in places {
        let card = &cards[*place];
        let deck = &decks[card.deck];
        let alike = (card.deck, card.guess);
        let known = unseen.filter(|(other, _)| card.memory.memory.is_none() && *other == alike);
        let candidate = known.map_or_else(
            || {
                let (memory, elapsed_days) = (card.memory.memory, card.memory.elapsed_days(today));
                let prospect =
                    ExamProspect { card: id_of(*place), deck: deck.id, memory, elapsed_days, guess: card.guess };
                prospect.weigh(deck.replayer, deck.settings, habits, deck.days_left)
            },
            |(_, candidate)| ExamCandidate { card: id_of(*place), ..candidate },
        );
        if card.memory.memory.is_none() {
            unseen = Some((alike, candidate));
        }
        weighed.push(candidate);
    }
    weighed
}
