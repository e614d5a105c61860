//! The cards of a simulated day, chosen as a session would choose them.

use super::Simulation;
use crate::memory::{Elapsed, Model};
use crate::model::{CardId, CardState, Due, QuestionId, Settings};
use crate::schedule::{Allowance, Begun, Day, DayOrder, DueCard, NewCard, StepCard, plan_day};

impl<M: Model + Sync, T: Model> Simulation<'_, M, T> {
    /// The places of today's cards in their order: those in steps that have `begun`, then new ones and reviews.
    pub(super) fn plan(&mut self, begun: &[usize], allowance: &mut Allowance) -> Vec<usize> {
        let (mut due, mut new) = (Vec::new(), Vec::new());
        let mut exams = Vec::new();
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
            if self.days_to_exam(card.deck).is_some() {
                if card.memory.last_day != Some(self.today) {
                    exams.push(place);
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
                    surely_wrong: false,
                });
            } else {
                new.push(NewCard { card: id, question, deck: deck.deck.id, topic: card.topic, asked: false });
            }
        }
        let chosen = self.choose(&exams, begun, allowance);
        // The order of topics does not change memory, so they are not interleaved here.
        let first = self.cards.first().map(|card| &self.decks[card.deck].settings);
        let order =
            DayOrder { interleave_topics: false, ..DayOrder::from_settings(first.unwrap_or(&Settings::default())) };
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

    /// What was answered before the simulation on its first day.
    fn answered_today(&self) -> Vec<(QuestionId, CardId)> {
        // On later days nothing was.
        let cards = self.cards.iter().enumerate().filter(|_| self.today == self.first_day);
        let today = cards.filter(|(_, card)| card.memory.last_day == Some(self.today));
        today.map(|(place, card)| (card.question, id_of(place))).collect()
    }
}

/// A place among the cards, as an identity.
pub(super) fn id_of(place: usize) -> CardId {
    CardId(i64::try_from(place).unwrap_or(i64::MAX))
}
