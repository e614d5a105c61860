//! The cards still to be asked: those of the day in their order, and those that wait for a learning step.

use super::Left;
use super::pile::Pile;
use crate::model::{CardId, CardState};

/// A card in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Queued {
    /// The card to ask.
    pub card: CardId,
    /// Its state, for the count of cards left.
    pub state: CardState,
}

/// A card in a learning step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The card that waits.
    pub queued: Queued,
    /// The end of its step, UTC milliseconds.
    pub due_ms: i64,
}

/// The cards of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agenda {
    rest: Pile<Queued>,
    /// Cards that waited from the beginning, and those answered since; each by the end of the step.
    waiting: Pile<Waiting>,
    answered: Vec<Waiting>,
    learn_ahead_ms: i64,
}

impl Agenda {
    /// `rest` in the order to be asked; `waiting` in any order. Waiting cards come first once their step is over, or up to
    /// `learn_ahead_ms` earlier if nothing else is left.
    pub fn new(rest: Vec<Queued>, mut waiting: Vec<Waiting>, learn_ahead_ms: i64) -> Self {
        waiting.sort_by_key(|waiting| waiting.due_ms);
        Self { rest: Pile::new(rest), waiting: Pile::new(waiting), answered: Vec::new(), learn_ahead_ms }
    }

    /// The number of cards, including waiting ones.
    pub fn len(&self) -> usize {
        self.rest.len() + self.waiting.len() + self.answered.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes out the card to ask now; `None` if there is none at this time.
    pub fn next(&mut self, now_ms: i64) -> Option<Queued> {
        let reach = if self.rest.is_empty() { now_ms.saturating_add(self.learn_ahead_ms) } else { now_ms };
        match self.first_waiting() {
            Some(first) if first.due_ms <= reach => self.take_waiting(),
            _ => self.rest.take_first(),
        }
    }

    /// The card whose step ends first. Of two at the same time, the one that waited from the beginning.
    fn first_waiting(&self) -> Option<&Waiting> {
        match (self.waiting.iter().next(), self.answered.first()) {
            (Some(first), Some(answered)) if answered.due_ms < first.due_ms => Some(answered),
            (first, answered) => first.or(answered),
        }
    }

    fn take_waiting(&mut self) -> Option<Queued> {
        let from_start = self.first_waiting() == self.waiting.iter().next();
        let first = if from_start { self.waiting.take_first()? } else { self.answered.remove(0) };
        Some(first.queued)
    }

    /// Adds a card that waits for a learning step, in the order of time.
    pub fn wait(&mut self, waiting: Waiting) {
        let at = self.answered.partition_point(|other| other.due_ms <= waiting.due_ms);
        self.answered.insert(at, waiting);
    }

    /// Puts a card before all that are not waiting.
    pub fn put_back(&mut self, queued: Queued) {
        self.rest.put_first(queued);
    }

    /// Puts a card after all others.
    pub fn put_last(&mut self, queued: Queued) {
        self.rest.put_last(queued);
    }

    /// Removes a card, wherever it is.
    pub fn remove(&mut self, card: CardId) {
        self.rest.retain(|queued| queued.card != card);
        self.waiting.retain(|waiting| waiting.queued.card != card);
        self.answered.retain(|waiting| waiting.queued.card != card);
    }

    /// The cards left for this session, by state, without waiting ones that come too late.
    pub fn left(&self, now_ms: i64) -> Left {
        let reach = now_ms.saturating_add(self.learn_ahead_ms);
        let waiting = self.waiting.iter().chain(&self.answered);
        let soon = waiting.filter(|waiting| waiting.due_ms <= reach).map(|waiting| waiting.queued);
        let mut left = Left::default();
        for queued in self.rest.iter().copied().chain(soon) {
            left.count(queued.state);
        }
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queued(card: i64, state: CardState) -> Queued {
        Queued { card: CardId(card), state }
    }

    fn agenda() -> Agenda {
        let rest = vec![queued(1, CardState::Review), queued(2, CardState::New)];
        let waiting = vec![
            Waiting { queued: queued(3, CardState::Learning), due_ms: 5_000 },
            Waiting { queued: queued(4, CardState::Learning), due_ms: 1_000 },
        ];
        Agenda::new(rest, waiting, 10_000)
    }

    #[test]
    fn a_step_that_is_over_comes_first_and_one_that_is_not_comes_last() {
        let mut agenda = agenda();
        let order: Vec<i64> = std::iter::from_fn(|| agenda.next(2_000)).map(|queued| queued.card.0).collect();
        assert_eq!(order, [4, 1, 2, 3]);
    }

    #[test]
    fn nothing_is_asked_too_long_before_its_time() {
        let late = Waiting { queued: queued(3, CardState::Learning), due_ms: 20_000 };
        let mut agenda = Agenda::new(Vec::new(), vec![late], 10_000);
        assert_eq!(agenda.next(9_999), None);
        assert_eq!(agenda.left(9_999), Left::default());
        assert_eq!(agenda.next(10_000), Some(late.queued));
    }

    #[test]
    fn what_is_left_is_counted_by_state() {
        assert_eq!(agenda().left(0), Left { new: 1, learning: 2, review: 1 });
    }
}
