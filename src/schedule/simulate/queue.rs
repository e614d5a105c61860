//! The cards of a simulated day, chosen as a session would choose them.

use std::collections::HashMap;

use super::Simulation;
use crate::memory::{Elapsed, Model};
use crate::model::{CardId, CardState, Due, QuestionId, Settings};
use crate::schedule::{
    Allowance, Begun, Candidate, Day, DayOrder, DueCard, NewCard, Prospect, Room, StepCard, choose, plan_day,
};

impl<M: Model, T: Model> Simulation<'_, M, T> {
    /// The cards of today in their order, as places: those in steps that have `begun`, then new ones and reviews.
    pub(super) fn plan(&self, begun: &[usize], allowance: &mut Allowance) -> Vec<usize> {
        let (mut due, mut new) = (Vec::new(), Vec::new());
        let mut exams: HashMap<_, Vec<Candidate>> = HashMap::new();
        for (place, card) in self.cards.iter().enumerate() {
            let deck = &self.decks[card.deck];
            let settings = &deck.settings;
            if !self.may_be_asked(place) {
                continue;
            }
            let question = settings.bury_siblings.then_some(card.question);
            let ordinary = match (card.memory.state, card.memory.due) {
                (CardState::New, _) => true,
                (CardState::Review, Some(Due::Day(day))) => day <= self.today,
                _ => continue,
            };
            let elapsed_days = card.memory.elapsed_days(self.today);
            let id = id_of(place);
            if let Some(days_left) = self.days_to_exam(card.deck) {
                if card.memory.last_day != Some(self.today) {
                    let memory = card.memory.memory;
                    let guess = card.guess;
                    let prospect = Prospect { card: id, deck: deck.deck.id, memory, elapsed_days, guess };
                    let candidate = prospect.weigh(&deck.replayer.model, settings, self.habits, days_left);
                    exams.entry((settings.exam, settings.minutes_per_day)).or_default().push(candidate);
                }
                continue;
            }
            if !ordinary {
                continue;
            }
            if let Some(memory) = card.memory.memory {
                let elapsed = Elapsed::whole_days(elapsed_days);
                let retrievability = deck.replayer.model.retrievability(memory, elapsed);
                let last = card.memory.last_day.unwrap_or(self.today);
                let due_day = match card.memory.due {
                    Some(Due::Day(day)) => day,
                    _ => self.today,
                };
                due.push(DueCard {
                    card: id,
                    question,
                    deck: deck.deck.id,
                    deck_place: card.deck,
                    topic: card.topic,
                    retrievability,
                    difficulty: memory.difficulty,
                    due: due_day,
                    last,
                });
            } else {
                new.push(NewCard { card: id, question, deck: deck.deck.id, topic: card.topic, asked: false });
            }
        }
        let mut chosen = Vec::new();
        let mut exams: Vec<_> = exams.into_iter().collect();
        exams.sort_by_key(|(key, _)| *key);
        for (key, candidates) in exams {
            let in_exam = |deck: usize| {
                let settings = &self.decks[deck].settings;
                (settings.exam, settings.minutes_per_day) == key
            };
            let deck = self.decks.iter().zip(0..).find(|(_, deck)| in_exam(*deck)).map(|(deck, _)| deck);
            let Some(deck) = deck else { continue };
            let mut room = Room::of(&deck.settings, 0.0);
            let steps = begun.iter().filter(|place| in_exam(self.cards[**place].deck)).count();
            room.set_aside(steps as f64 * self.habits.expected_seconds(CardState::Learning, 1.0));
            chosen.extend(choose(candidates, room, allowance).into_iter().map(|card| card.card));
        }
        // Which topics stand beside each other changes no memory, so they are not interleaved here.
        let settings = self.decks.first().map_or_else(Settings::default, |deck| deck.settings.clone());
        let order = DayOrder { interleave_topics: false, ..DayOrder::of(&settings) };
        let (today, seed) = (self.today, self.seed);
        let (steps, answered) = (begun.iter().filter_map(|place| self.step(*place)).collect(), self.answered_today());
        let day = Day { today, steps, due, new, answered, begun: Begun::default(), order, seed };
        let plan = plan_day(day, allowance);
        let steps = plan.steps.into_iter().map(|step| step.card);
        let chosen = steps.chain(chosen).chain(plan.rest.into_iter().map(|(card, _)| card));
        chosen.filter_map(|card| usize::try_from(card.0).ok()).collect()
    }

    /// A card in a step.
    fn step(&self, place: usize) -> Option<StepCard> {
        let card = &self.cards[place];
        let Some(Due::At(due_ms)) = card.memory.due else { return None };
        let question = self.decks[card.deck].settings.bury_siblings.then_some(card.question);
        Some(StepCard { card: id_of(place), question, state: card.memory.state, due_ms })
    }

    /// What was answered today before the simulation, on its first day.
    fn answered_today(&self) -> Vec<(QuestionId, CardId)> {
        let cards = self.cards.iter().enumerate();
        let today = cards.filter(|(_, card)| card.memory.last_day == Some(self.today));
        today.map(|(place, card)| (card.question, id_of(place))).collect()
    }
}

/// A place among the cards, as an identity.
fn id_of(place: usize) -> CardId {
    CardId(i64::try_from(place).unwrap_or(i64::MAX))
}
