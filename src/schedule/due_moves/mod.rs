//! Plans that move due dates without an answer: after a change of settings, around a vacation, to catch up, or on request.
//!
//! Each plan is a pure function of the cards, the load and the day. Its moves are appended to the log.

mod catch_up;
mod level;
mod postpone;
mod reschedule;
mod vacation;

pub use catch_up::{DayCapacity, catch_up};
pub use level::level;
pub use postpone::{advance, postpone};
pub use reschedule::{reschedule, reschedule_believing};
pub use vacation::vacation;

use uuid::Uuid;

use super::Scheduler;
use crate::memory::{Elapsed, Model};
use crate::model::{CardId, DeckId, MemoryState, QuestionId, StudyDay};

/// A card in review whose due date may be moved.
#[derive(Debug)]
pub struct Movable<'a, M> {
    /// Its number.
    pub card: CardId,
    /// The identity of the card, which seeds the fuzz.
    pub uid: Uuid,
    /// Its question, whose cards are kept apart.
    pub question: QuestionId,
    /// The deck of its question.
    pub deck: DeckId,
    /// Stability and difficulty.
    pub memory: MemoryState,
    /// How many of its answers count.
    pub repetitions: u32,
    /// The study day of its last answer.
    pub last_day: StudyDay,
    /// The day on which it is due.
    pub due: StudyDay,
    /// The scheduler of its deck.
    pub scheduler: &'a Scheduler<'a, M>,
}

impl<M> Clone for Movable<'_, M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for Movable<'_, M> {}

/// A due date that is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueMove {
    /// The number of the card.
    pub card: CardId,
    /// The day on which it is due before the move.
    pub from: StudyDay,
    /// The day on which it is due after the move.
    pub to: StudyDay,
}

impl<M> Movable<'_, M> {
    /// Its current interval in days, at least 1.
    fn interval(&self) -> u32 {
        self.due.since(self.last_day).max(1)
    }

    /// The day on which it is asked at the earliest: an overdue card today.
    fn asked(&self, today: StudyDay) -> StudyDay {
        self.due.max(today)
    }

    /// The last day that the longest interval and a future exam allow.
    fn latest(&self, today: StudyDay) -> StudyDay {
        let latest = self.last_day.plus(self.scheduler.settings.maximum_interval);
        self.scheduler.settings.exam.filter(|exam| *exam > today).map_or(latest, |exam| exam.min(latest))
    }

    fn to(&self, day: StudyDay) -> DueMove {
        DueMove { card: self.card, from: self.due, to: day }
    }
}

impl<M: Model> Movable<'_, M> {
    /// The probability of recall on a day, 0–1.
    pub fn recall(&self, day: StudyDay) -> f64 {
        let elapsed = Elapsed::whole_days(day.since(self.last_day));
        self.scheduler.replayer.model.retrievability(self.memory, elapsed)
    }

    /// The odds of having forgotten on a day over those at the desired retention: 1 when the card should be asked, less before, more
    /// after. The measure of the FSRS Helper (`schedule/postpone.py`, `schedule/advance.py`).
    fn strain(&self, day: StudyDay) -> f64 {
        let odds = |recall: f64| (1.0 - recall) / recall.max(f64::MIN_POSITIVE);
        odds(self.recall(day)) / odds(self.scheduler.settings.desired_retention)
    }
}

#[cfg(test)]
mod tests;
