//! The log: facts that are only ever appended.
//!
//! An entry records what happened, not what follows from it. Stability and difficulty are recomputed from the log. The
//! due date is kept, because it was a promise that depended on that day's load and settings.

use uuid::Uuid;

use super::{CardId, CardState, Confidence, DeckId, Due, Kind, Moment, Rating, StudyDay};

/// The identity of a log entry: a UUIDv7 that strictly increases in the order of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogId(pub Uuid);

impl LogId {
    /// When it was made, UTC milliseconds: the time of a UUIDv7.
    pub fn utc_ms(self) -> i64 {
        i64::try_from(self.0.as_u128() >> 80).unwrap_or(0)
    }
}

/// The chance that an answer is right by luck alone: one in n, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Guess(u32);

impl Guess {
    /// Free recall: nothing to guess from.
    pub const NONE: Guess = Guess(0);

    /// One right pick among `choices`.
    pub fn one_of(choices: usize) -> Self {
        Self(u32::try_from(choices).unwrap_or(u32::MAX))
    }

    /// The right set among all non-empty sets of `choices` ("pick all that apply"): one in 2^k − 1.
    pub fn subset_of(choices: usize) -> Self {
        Self(u32::try_from(choices).ok().and_then(|k| 1_u32.checked_shl(k)).map_or(u32::MAX, |sets| sets - 1))
    }

    /// The right one among all orders of `things`: one in k!.
    pub fn order_of(things: usize) -> Self {
        let ways = u32::try_from(things).ok().and_then(|things| (1..=things).try_fold(1_u32, u32::checked_mul));
        Self(ways.unwrap_or(u32::MAX))
    }

    /// For a question of this kind with this number of choices. Free recall cannot be guessed.
    pub fn for_kind(kind: Kind, choices: usize) -> Self {
        match kind {
            Kind::Single | Kind::TrueFalse => Self::one_of(choices),
            Kind::Multiple => Self::subset_of(choices),
            Kind::Match | Kind::Order => Self::order_of(choices),
            _ => Self::NONE,
        }
    }

    /// From the number that the log keeps.
    pub fn from_ways(ways: u32) -> Self {
        Self(ways)
    }

    /// The number in the log: 0 if luck cannot help, else n of "one in n".
    pub fn ways(self) -> u32 {
        self.0
    }

    /// g, 0–1.
    pub fn probability(self) -> f64 {
        if self.0 == 0 { 0.0 } else { 1.0 / f64::from(self.0) }
    }
}

/// In which situation a card was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::FromRepr, strum::IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
#[repr(u8)]
pub enum ReviewKind {
    /// As a new card.
    New = 0,
    /// In a learning step.
    Learning = 1,
    /// When it was due.
    Review = 2,
    /// In a step after a lapse.
    Relearning = 3,
    /// Before it was due, on request.
    Ahead = 4,
    /// In a mock exam.
    Exam = 5,
}

impl From<CardState> for ReviewKind {
    fn from(state: CardState) -> Self {
        match state {
            CardState::New => ReviewKind::New,
            CardState::Learning => ReviewKind::Learning,
            CardState::Review => ReviewKind::Review,
            CardState::Relearning => ReviewKind::Relearning,
        }
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// Its identity.
    pub id: LogId,
    /// The card that was answered.
    pub card: CardId,
    /// When.
    pub at: Moment,
    /// The study day, as it was then and there.
    pub day: StudyDay,
    /// The grade that counts.
    pub rating: Rating,
    /// The situation.
    pub kind: ReviewKind,
    /// Who decides how much knowledge it shows.
    pub confidence: Confidence,
    /// Whether the answer was right (a right guess is right, and rated again).
    pub right: bool,
    /// Whether the person overruled the grading.
    pub overruled: bool,
    /// Whether the person claimed to be sure before it was judged; `None` if not asked.
    pub sure: Option<bool>,
    /// The typed answer.
    pub typed: Option<String>,
    /// The choices picked, by number, in the order picked; of pairs the number of a choice and that of its half, in turn.
    pub picked: Vec<u8>,
    /// The choices shown, by number, in the order shown; of pairs those of the halves after them.
    pub shown: Vec<u8>,
    /// The seed of the order, together with the card: see [`crate::session::order_of`].
    pub order_seed: u32,
    /// The chance of being right by luck.
    pub guess: Guess,
    /// Milliseconds from showing to answering.
    pub took_ms: u32,
    /// Where the answer was given: the name of the device, or of the import.
    pub device: String,
    /// The due date that was promised.
    pub due: Due,
    /// Whether it was given outside the schedule, to a card that was not due. Nothing follows from such an answer.
    pub practice: bool,
}

impl Review {
    /// An answer that says nothing, for code that needs only some of the fields.
    pub const EMPTY: Review = Review {
        id: LogId(Uuid::nil()),
        card: CardId(0),
        at: Moment { utc_ms: 0, offset_minutes: 0 },
        day: StudyDay(0),
        rating: Rating::Again,
        kind: ReviewKind::New,
        confidence: Confidence::Model,
        right: false,
        overruled: false,
        sure: None,
        typed: None,
        picked: Vec::new(),
        shown: Vec::new(),
        order_seed: 0,
        guess: Guess::NONE,
        took_ms: 0,
        device: String::new(),
        due: Due::Day(StudyDay(0)),
        practice: false,
    };

    /// An answer of a test: to card 1 when it was due, at midnight UTC of this day. A test sets what it is about:
    /// `Review { guess, ..Review::test(day, rating) }`.
    #[cfg(test)]
    pub(crate) fn test(day: i32, rating: Rating) -> Self {
        Self {
            card: CardId(1),
            at: Moment { utc_ms: i64::from(day) * super::DAY_MS, offset_minutes: 0 },
            day: StudyDay(day),
            rating,
            kind: ReviewKind::Review,
            right: rating != Rating::Again,
            due: Due::Day(StudyDay(day.saturating_add(1))),
            ..Self::EMPTY
        }
    }
}

/// No answer is logged as longer than this, in milliseconds: anyone who takes longer was away.
pub const LONGEST_ANSWER_MS: u32 = 60_000;

/// An answer as habits are learnt from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimedAnswer {
    /// The deck of its card.
    pub deck: DeckId,
    /// The situation.
    pub kind: ReviewKind,
    /// The grade that counts.
    pub rating: Rating,
    /// Who decides how much knowledge it shows.
    pub confidence: Confidence,
    /// Whether it was right.
    pub right: bool,
    /// The chance of being right by luck.
    pub guess: Guess,
    /// Milliseconds from showing to answering; 0 if not measured.
    pub took_ms: u32,
}

/// An entry of the log that no longer counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UndoneEntry {
    /// An answer.
    Review(LogId),
    /// A change without an answer.
    Move(LogId),
    /// An undo: what it had taken back counts again.
    Undo(LogId),
}

impl UndoneEntry {
    /// The identity of the entry.
    pub fn id(self) -> LogId {
        match self {
            Self::Review(id) | Self::Move(id) | Self::Undo(id) => id,
        }
    }
}

/// An entry taken back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Undo {
    /// Its identity.
    pub id: LogId,
    /// What no longer counts.
    pub entry: UndoneEntry,
    /// When it was taken back.
    pub at: Moment,
}

/// A change of a card's schedule without an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// Its identity.
    pub id: LogId,
    /// The card.
    pub card: CardId,
    /// When.
    pub at: Moment,
    /// The study day, as it was then and there.
    pub day: StudyDay,
    /// The change.
    pub kind: MoveKind,
    /// Why, in words.
    pub why: String,
}

/// The change that a [`Move`] makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveKind {
    /// Out of the schedule until further notice.
    Suspend,
    /// Back into the schedule.
    Unsuspend,
    /// Out of the schedule until this study day.
    Bury(StudyDay),
    /// Back into the schedule before the day it was buried until.
    Unbury,
    /// Due on this day.
    Due(StudyDay),
    /// Back to new: earlier learning no longer counts.
    Forget,
}

/// An entry of a card's log, in the order of [`LogId`].
#[derive(Clone, Debug, PartialEq)]
pub enum LogEntry {
    /// An answer that was not taken back.
    Review(Review),
    /// A change without an answer.
    Move(Move),
}

impl LogEntry {
    /// Its id, which is in the order of events.
    pub fn id(&self) -> LogId {
        match self {
            LogEntry::Review(review) => review.id,
            LogEntry::Move(change) => change.id,
        }
    }

    /// Whether it is an answer that is practice.
    pub fn is_practice(&self) -> bool {
        matches!(self, LogEntry::Review(review) if review.practice)
    }

    /// The card that it is about.
    pub fn card(&self) -> CardId {
        match self {
            LogEntry::Review(review) => review.card,
            LogEntry::Move(change) => change.card,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_is_one_in_so_many() {
        assert_eq!(Guess::one_of(5).probability(), 0.2);
        assert_eq!(Guess::subset_of(3).probability(), 1.0 / 7.0);
        assert_eq!(Guess::subset_of(40).ways(), u32::MAX);
        assert_eq!(Guess::order_of(4).ways(), 24);
        assert_eq!(Guess::order_of(40).ways(), u32::MAX);
        assert_eq!(Guess::NONE.probability(), 0.0);
    }
}
