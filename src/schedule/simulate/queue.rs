//! The cards of a simulated day, chosen as a session would choose them.

use std::collections::HashMap;

use super::Simulation;
use crate::memory::{Elapsed, Model};
use crate::model::{CardId, CardState, Due, Settings};
use crate::schedule::{Allowance, Begun, Candidate, Day, DayOrder, DueCard, NewCard, Prospect, Room, choose, plan_day};

impl<M: Model> Simulation<'_, M> {
    /// The new cards and reviews of today, in their order, as places. `begun` are asked in any case.
    pub(super) fn plan(&self, begun: &[usize], allowance: &mut Allowance) -> Vec<usize> {
        let (mut due, mut new) = (Vec::new(), Vec::new());
        let mut exams: HashMap<_, Vec<Candidate>> = HashMap::new();
        for (place, card) in self.cards.iter().enumerate() {
            let deck = &self.decks[card.deck];
            let settings = &deck.settings;
            let ordinary = match (card.memory.state, card.memory.due) {
                (CardState::New, _) => true,
                (CardState::Review, Some(Due::Day(day))) => day <= self.today,
                _ => continue,
            };
            let elapsed_days = card.memory.elapsed_days(self.today);
            let id = CardId(i64::try_from(place).unwrap_or(i64::MAX));
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
                    question: None,
                    deck: deck.deck.id,
                    deck_place: card.deck,
                    topic: card.topic,
                    retrievability,
                    difficulty: memory.difficulty,
                    due: due_day,
                    last,
                });
            } else {
                new.push(NewCard { card: id, question: None, deck: deck.deck.id, topic: card.topic, asked: false });
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
        let plan = plan_day(
            Day { today, steps: Vec::new(), due, new, answered: Vec::new(), begun: Begun::default(), order, seed },
            allowance,
        );
        chosen.extend(plan.rest.into_iter().map(|(card, _)| card));
        chosen.into_iter().filter_map(|card| usize::try_from(card.0).ok()).collect()
    }
}
