//! What a session says to the person between two questions.

use uuid::Uuid;

use super::Leech;
use crate::model::{DeedKind, Due, LogId};

/// A notice for the person between two questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// An answer is in the log.
    Recorded {
        /// Its id in the log.
        review: LogId,
        /// When the card comes back; `None` in a mock exam, where it would reveal whether the answer was right.
        due: Option<Due>,
        /// Set if this lapse made the card a leech.
        leech: Option<Leech>,
        /// Whether another process answered or moved the card after its feedback, so that the promised date is void.
        elsewhere: bool,
    },
    /// An answer was taken back.
    Undone {
        /// Its id in the log.
        review: LogId,
    },
    /// Something else that was done with a card was taken back.
    DeedUndone {
        /// What it was.
        kind: DeedKind,
        /// The UUID of the card.
        card: Uuid,
        /// The first line of its question.
        stem: String,
    },
    /// There is nothing to take back.
    NothingToUndo,
    /// What was done last is about more than one card, and is not taken back in a session.
    TooWideToUndo {
        /// What it was.
        kind: DeedKind,
        /// What it was about, in words.
        about: String,
    },
    /// The card was buried until tomorrow.
    Buried,
    /// The card was suspended.
    Suspended,
    /// The card was put after the others.
    Skipped,
    /// The card was flagged.
    Flagged,
    /// The flag was removed.
    Unflagged,
    /// The result of editing the question, in words.
    Edited(String),
    /// A question of a mock exam was marked to come back to.
    Marked,
    /// The mark was removed.
    Unmarked,
    /// An answer was not kept when the person went to another page.
    NotKept {
        /// The number of its question in the exam.
        number: usize,
        /// Why.
        why: &'static str,
    },
    /// The clock was stopped.
    Paused,
    /// The clock runs again.
    Resumed,
    /// The time of the exam is over.
    TimeUp,
    /// Why the action of the person makes no sense now.
    Refused(&'static str),
}
