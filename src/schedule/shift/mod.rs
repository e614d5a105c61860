//! Due dates moved without an answer: after a change of settings, around a vacation, to catch up, sooner or later on request.
//!
//! Each plan is a pure function of the cards, the load and the day; what it returns is appended to the log as moves.

mod catch_up;
mod level;
mod postpone;
mod reschedule;
mod vacation;

pub use catch_up::{Room, catch_up};
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
    /// The card.
    pub card: CardId,
    /// Its identity.
    pub uid: Uuid,
    /// Its question, whose cards are kept apart.
    pub question: QuestionId,
    /// Its deck.
    pub deck: DeckId,
    /// Its memory.
    pub memory: MemoryState,
    /// Its live answers.
    pub repetitions: u32,
    /// The study day of its last answer.
    pub last_day: StudyDay,
    /// The day on which it is due.
    pub due: StudyDay,
    /// What schedules its deck.
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
pub struct Shift {
    /// The card.
    pub card: CardId,
    /// When it was due.
    pub from: StudyDay,
    /// When it is due then.
    pub to: StudyDay,
}

impl<M> Movable<'_, M> {
    /// The interval that it is in, at least a day.
    fn interval(&self) -> u32 {
        self.due.since(self.last_day).max(1)
    }

    /// The day on which it is asked at the earliest: an overdue card today.
    fn asked(&self, today: StudyDay) -> StudyDay {
        self.due.max(today)
    }

    /// The last day that the longest interval and an exam to come leave to it.
    fn latest(&self, today: StudyDay) -> StudyDay {
        let latest = self.last_day.plus(self.scheduler.settings.maximum_interval);
        self.scheduler.settings.exam.filter(|exam| *exam > today).map_or(latest, |exam| exam.min(latest))
    }

    fn to(&self, day: StudyDay) -> Shift {
        Shift { card: self.card, from: self.due, to: day }
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
