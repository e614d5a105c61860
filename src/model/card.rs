//! Cards: their identity, phase and due date.

use uuid::Uuid;

use super::cloze::Cloze;
use super::{Kind, Moment, StudyDay};

/// The number of a card in its database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CardId(pub i64);

/// The identity of a card of a question, the same on every machine.
pub fn card_uid(question: Uuid, ordinal: u32) -> Uuid {
    Uuid::new_v5(&question, &ordinal.to_le_bytes())
}

/// The places that the cards of a question ask for: the deletions of a text, else 0 alone.
pub fn asked_places(kind: Kind, stem: &str) -> Vec<u32> {
    let places = if kind == Kind::Cloze { Cloze::parse(stem).places() } else { Vec::new() };
    // A text without deletions is still shown, and the person rates it.
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

/// A bookmark of the person on a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// Their note; may be empty.
    pub note: String,
    /// When, UTC milliseconds.
    pub at_ms: i64,
}
