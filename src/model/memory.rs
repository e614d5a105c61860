//! What follows from the log of a card.

use super::{CardState, DAY_MS, Due, LogId, StudyDay};

/// The memory of FSRS.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MemoryState {
    /// Days until recall has fallen to 0.9.
    pub stability: f32,
    /// How hard it is to make stability grow, 1–10.
    pub difficulty: f32,
}

/// All that follows from a card's log: a cache that a replay remakes bit for bit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CardMemory {
    /// The phase of the card.
    pub state: CardState,
    /// The learning step it waits in, from 0. 0 outside the steps.
    pub step: u8,
    /// When it is due; `None` while it is new.
    pub due: Option<Due>,
    /// Stability and difficulty; `None` while it is new.
    pub memory: Option<MemoryState>,
    /// When it was last answered, UTC milliseconds.
    pub last_at: Option<i64>,
    /// The study day of the last answer.
    pub last_day: Option<StudyDay>,
    /// Live answers.
    pub repetitions: u32,
    /// Times that it was forgotten in review.
    pub lapses: u32,
    /// Whether it is out of the schedule until further notice.
    pub suspended: bool,
    /// The first study day on which it may be shown again, if it was buried.
    pub buried_until: Option<StudyDay>,
    /// The last entry of the log that is taken into account.
    pub through: Option<LogId>,
}

/// A card is mature from an interval of this many days on, as in Anki.
pub const MATURE_DAYS: u32 = 21;

impl CardMemory {
    /// A card without a log.
    pub const NEW: CardMemory = CardMemory {
        state: CardState::New,
        step: 0,
        due: None,
        memory: None,
        last_at: None,
        last_day: None,
        repetitions: 0,
        lapses: 0,
        suspended: false,
        buried_until: None,
        through: None,
    };

    /// Whole study days since the last answer; 0 on the same day, if the clock was set back, and before the first
    /// answer.
    pub fn elapsed_days(&self, today: StudyDay) -> u32 {
        self.last_day.map_or(0, |last| today.since(last))
    }

    /// The interval that was promised last, in days (a fraction for learning steps).
    pub fn interval_days(&self) -> Option<f64> {
        match (self.due?, self.last_day?, self.last_at?) {
            (Due::Day(day), last, _) => Some(f64::from(day.0) - f64::from(last.0)),
            (Due::At(ms), _, last) => Some((ms - last) as f64 / DAY_MS as f64),
        }
    }
}
