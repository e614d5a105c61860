//! Cards and what is remembered of them.

use uuid::Uuid;

use super::cloze::Cloze;
use super::{DAY_MS, Kind, LogId, Moment, StudyDay};

/// The number of a card in its database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CardId(pub i64);

/// The identity of a card of a question, the same on every machine.
pub fn card_uid(question: Uuid, ordinal: u32) -> Uuid {
    Uuid::new_v5(&question, &ordinal.to_le_bytes())
}

/// The places that a question asks for, each by a card of its own: the deletions of a text, else 0 alone.
pub fn asked_places(kind: Kind, stem: &str) -> Vec<u32> {
    let places = if kind == Kind::Cloze { Cloze::parse(stem).places() } else { Vec::new() };
    // A text without deletions is still shown: the person says whether they knew it.
    if places.is_empty() { vec![0] } else { places }
}

/// The phase of a card, with the numbers of the open FSRS schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::FromRepr, strum::IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
#[repr(u8)]
pub enum CardState {
    /// Never answered, or forgotten on request.
    New = 0,
    /// In its first learning steps.
    Learning = 1,
    /// Scheduled by days.
    Review = 2,
    /// In the steps after a lapse.
    Relearning = 3,
}

/// When a card is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// On a study day: cards in review.
    Day(StudyDay),
    /// At a moment, UTC milliseconds: cards in a learning step.
    At(i64),
}

impl Due {
    /// As every table and JSON writes it: `YYYY-MM-DD`, or RFC 3339 in the offset of `zone`.
    pub fn text(self, zone: Moment) -> String {
        match self {
            Due::Day(day) => day.to_string(),
            Due::At(utc_ms) => Moment { utc_ms, ..zone }.rfc3339(),
        }
    }
}

/// What a person marked a card with, to come back to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// Their note; may be empty.
    pub note: String,
    /// When, UTC milliseconds.
    pub at_ms: i64,
}

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
    /// Where the card stands.
    pub state: CardState,
    /// The learning step it waits in, from 0. 0 outside the steps.
    pub step: u8,
    /// When it is due; none while it is new.
    pub due: Option<Due>,
    /// Stability and difficulty; none while it is new.
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
    /// The first study day on which it may be shown again, where it was buried.
    pub buried_until: Option<StudyDay>,
    /// The last entry of the log that this takes into account.
    pub through: Option<LogId>,
}

/// From an interval of so many days on, a card is mature, as in Anki.
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

    /// Whole study days since the last answer; 0 on the same day, where the clock went back, and before the first answer.
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
