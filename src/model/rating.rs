//! How well an answer went, and who decides.

/// The four grades of FSRS.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::Display, strum::FromRepr, strum::IntoStaticStr,
)]
#[strum(serialize_all = "lowercase")]
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
}

/// The origin of the probability that an answer shows knowledge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::Display, strum::FromRepr, strum::IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
#[repr(u8)]
pub enum Confidence {
    /// The person just went on: the luck-aware update decides.
    Model = 0,
    /// The person called it a guess: no knowledge.
    Guessed = 1,
    /// The person gave a rating: knowledge.
    Stated = 2,
}
