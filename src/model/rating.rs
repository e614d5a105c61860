//! How well an answer went, and who says so.

use std::fmt;

/// The four grades of FSRS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Rating {
    /// Not known: a wrong answer, or a guess.
    Again = 1,
    /// Known, with effort. Never a failure.
    Hard = 2,
    /// Known.
    Good = 3,
    /// Known at once.
    Easy = 4,
}

impl Rating {
    /// All four, worst first.
    pub const ALL: [Rating; 4] = [Rating::Again, Rating::Hard, Rating::Good, Rating::Easy];

    /// The grade as FSRS numbers it, 1–4.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The grade with this number; none outside 1–4.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|rating| rating.number() == number)
    }
}

impl fmt::Display for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Rating::Again => "again",
            Rating::Hard => "hard",
            Rating::Good => "good",
            Rating::Easy => "easy",
        })
    }
}

/// Where the probability that an answer shows knowledge comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Confidence {
    /// The person just went on: the luck-aware update decides.
    Model = 0,
    /// The person said that it was a guess: no knowledge.
    Guessed = 1,
    /// The person gave a rating: knowledge.
    Stated = 2,
}

impl Confidence {
    /// The number under which the log keeps it.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The confidence with this number; none outside 0–2.
    pub fn from_number(number: u8) -> Option<Self> {
        [Self::Model, Self::Guessed, Self::Stated].into_iter().find(|confidence| confidence.number() == number)
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Confidence::Model => "model",
            Confidence::Guessed => "guessed",
            Confidence::Stated => "stated",
        })
    }
}
