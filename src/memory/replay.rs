//! Folding a card's log into what is remembered of it.
//!
//! The same fold makes the state after one more answer and the state after all of them, so the two agree to the bit.

use super::{Elapsed, Evidence, Model};
use crate::model::{
    CardMemory, CardState, Due, LogEntry, MemoryState, Move, MoveKind, Rating, Review, ReviewKind, StudyDay,
};

/// What the fold needs to know beside the log.
#[derive(Clone, Copy, Debug)]
pub struct Replayer<M> {
    /// The model of memory.
    pub model: M,
    /// The probability that a question was known before it was first asked.
    pub prior_knowledge: f64,
    /// Whether a right answer counts only as far as luck does not explain it.
    pub luck_aware: bool,
}

/// What the model made of one answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answered {
    /// Whole study days since the answer before; none for a first answer.
    pub elapsed_days: Option<u32>,
    /// The memory before it; none for a first answer.
    pub before: Option<MemoryState>,
    /// The retrievability before it; none for a first answer.
    pub retrievability: Option<f64>,
    /// p of the luck-aware update; none after a wrong answer.
    pub known_probability: Option<f64>,
    /// The memory after it.
    pub after: MemoryState,
}

impl<M: Model> Replayer<M> {
    /// The memory after a whole log, in the order of its ids.
    pub fn fold<'a>(&self, log: impl IntoIterator<Item = &'a LogEntry>) -> CardMemory {
        let mut card = CardMemory::NEW;
        for entry in log {
            self.apply(&mut card, entry);
        }
        card
    }

    /// Takes one more entry into account.
    pub fn apply(&self, card: &mut CardMemory, entry: &LogEntry) {
        match entry {
            LogEntry::Review(review) => {
                self.answer(card, review);
            }
            LogEntry::Move(change) => moved(card, change),
        }
    }

    /// What the model would make of such an answer, before it is given.
    pub fn judge(&self, card: &CardMemory, evidence: &Evidence, at_ms: i64, day: StudyDay) -> Answered {
        let elapsed = Elapsed {
            days: card.elapsed_days(day),
            ms: card.last_at.map_or(0, |last| at_ms.saturating_sub(last).max(0)),
        };
        let retrievability = card.memory.map(|state| self.model.retrievability(state, elapsed));
        let known = evidence.known_probability(retrievability.unwrap_or(self.prior_knowledge), self.luck_aware);
        let next = self.model.next_states(card.memory, elapsed);
        Answered {
            elapsed_days: card.memory.map(|_| elapsed.days),
            before: card.memory,
            retrievability,
            known_probability: known,
            after: evidence.update(&next, known),
        }
    }

    /// Takes one more answer into account.
    pub fn answer(&self, card: &mut CardMemory, review: &Review) -> Answered {
        let evidence =
            Evidence { right: review.right, rating: review.rating, confidence: review.confidence, guess: review.guess };
        let answered = self.judge(card, &evidence, review.at.utc_ms, review.day);
        if review.kind == ReviewKind::Review && review.rating == Rating::Again {
            card.lapses += 1;
        }
        (card.state, card.step) = stands_after(card, review);
        card.memory = Some(answered.after);
        card.due = Some(review.due);
        card.last_at = Some(review.at.utc_ms);
        card.last_day = Some(review.day);
        card.repetitions += 1;
        card.buried_until = None;
        card.through = Some(review.id);
        answered
    }
}

/// Where a card stands after an answer follows from the promise: a day means review, a moment means a step. Which step follows
/// from the ratings alone, so that a change of the steps' lengths leaves the past as it was.
fn stands_after(card: &CardMemory, review: &Review) -> (CardState, u8) {
    if let Due::Day(_) = review.due {
        return (CardState::Review, 0);
    }
    let first = matches!(card.state, CardState::New | CardState::Learning);
    let in_steps = matches!(card.state, CardState::Learning | CardState::Relearning);
    let step = match review.rating {
        Rating::Again => 0,
        Rating::Hard if in_steps => card.step,
        Rating::Hard => 0,
        Rating::Good | Rating::Easy if in_steps || first => card.step.saturating_add(1),
        Rating::Good | Rating::Easy => 0,
    };
    (if first { CardState::Learning } else { CardState::Relearning }, step)
}

fn moved(card: &mut CardMemory, change: &Move) {
    match change.kind {
        MoveKind::Suspend => card.suspended = true,
        MoveKind::Unsuspend => card.suspended = false,
        MoveKind::Bury(until) => card.buried_until = Some(until),
        MoveKind::Unbury => card.buried_until = None,
        // A card that was never answered is not due on a day: it waits among the new ones.
        MoveKind::Due(day) if card.memory.is_some() => {
            card.state = CardState::Review;
            card.step = 0;
            card.due = Some(Due::Day(day));
        }
        MoveKind::Due(_) => {}
        MoveKind::Forget => *card = CardMemory { suspended: card.suspended, ..CardMemory::NEW },
    }
    card.through = Some(change.id);
}
