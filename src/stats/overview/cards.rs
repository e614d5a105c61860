//! The cards as they stand today, and the work that is coming.

use serde::Serialize;

use super::day;
use crate::model::StudyDay;

/// A bar of a histogram: values from `low` (with it) to `high` (without it; the last bar has no end where it is none).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// The lower end.
    pub low: f64,
    /// The upper end; none where the bar holds all above.
    pub high: Option<f64>,
    /// How many cards.
    pub cards: usize,
}

/// How a value spreads over the cards that were answered.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Histogram {
    /// The bars, from the lowest values on; empty where there are no cards.
    pub bins: Vec<Bin>,
    /// The middle value.
    pub median: Option<f64>,
    /// The mean.
    pub mean: Option<f64>,
}

/// What is due on a day to come.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ForecastDay {
    /// The day.
    #[serde(serialize_with = "day")]
    pub date: StudyDay,
    /// Cards due for review; today those overdue as well.
    pub due: usize,
    /// New cards that the limits let in.
    pub new: usize,
    /// Minutes that they are expected to take.
    pub minutes: f64,
    /// Cards whose learning step ends on the day; today those whose step is over too.
    pub learning: usize,
}

/// The work of the days to come, as cards are scheduled now: what answers will add is not in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ForecastFigures {
    /// Cards that were due for review before today.
    pub backlog: usize,
    /// Thirty days, today first.
    pub days: Vec<ForecastDay>,
    /// Due for review after these days.
    pub later: usize,
}

/// The score that is expected if all questions were asked once.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ExpectedScore {
    /// The day for which it is expected: the exam, or tomorrow.
    #[serde(serialize_with = "day")]
    pub date: StudyDay,
    /// Whether that is the day of an exam.
    pub exam: bool,
    /// Questions.
    pub questions: usize,
    /// The mean.
    pub mean: f64,
    /// The lower end of the interval that holds the person's true score with 90 %.
    pub low_90: f64,
    /// The upper end.
    pub high_90: f64,
}

/// The cards as they stand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardFigures {
    /// All cards.
    pub cards: usize,
    /// Never answered, not suspended.
    pub new: usize,
    /// In learning or relearning steps, not suspended.
    pub learning: usize,
    /// In review, not suspended.
    pub review: usize,
    /// Suspended.
    pub suspended: usize,
    /// Forgotten so often that their deck calls them leeches.
    pub leeches: usize,
    /// What is coming.
    pub forecast: ForecastFigures,
    /// Intervals in days of cards in review.
    pub intervals: Histogram,
    /// Stability in days of all cards that were answered.
    pub stability: Histogram,
    /// Difficulty, 1–10, of the same.
    pub difficulty: Histogram,
    /// The probability of recall now, of the same.
    pub retrievability: Histogram,
    /// The expected score; none without questions, or with too few answers to say it. Where decks have different exams, for tomorrow.
    pub score: Option<ExpectedScore>,
}
