//! The current state of the cards, and the coming work.

use serde::Serialize;

use super::day;
use crate::model::StudyDay;

/// A bar of a histogram: values from `low` (included) to `high` (excluded).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct HistogramBin {
    /// The lower end.
    pub low: f64,
    /// The upper end; `None` if the bar has no end.
    pub high: Option<f64>,
    /// The number of cards.
    pub cards: usize,
}

/// The distribution of a value over the cards that were answered.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Histogram {
    /// The bars, the lowest values first; empty without cards.
    pub bins: Vec<HistogramBin>,
    /// The median; `None` without cards.
    pub median: Option<f64>,
    /// The mean; `None` without cards.
    pub mean: Option<f64>,
}

/// The work of a coming day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ForecastDay {
    /// The study day.
    #[serde(serialize_with = "day")]
    pub date: StudyDay,
    /// Cards due for review; today includes overdue ones.
    pub due: usize,
    /// New cards that the limits admit.
    pub new: usize,
    /// Expected minutes for all of them.
    pub minutes: f64,
    /// Cards whose learning step ends on the day; today includes finished steps.
    pub learning: usize,
}

/// The work of the coming days, as cards are scheduled now. Work that later answers will add is not included.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ForecastFigures {
    /// Cards that were due for review before today.
    pub backlog: usize,
    /// Thirty days, today first.
    pub days: Vec<ForecastDay>,
    /// Cards due for review after these days.
    pub later: usize,
}

/// The expected score if all questions were asked once.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ExpectedScore {
    /// The day of the exam, or tomorrow.
    #[serde(serialize_with = "day")]
    pub date: StudyDay,
    /// Whether that is the day of an exam.
    pub exam: bool,
    /// The number of questions.
    pub questions: usize,
    /// The mean, 0–1.
    pub mean: f64,
    /// The lower end of the interval that contains the person's true score with 90 %.
    pub low_90: f64,
    /// The upper end of the interval.
    pub high_90: f64,
}

/// The current state of the cards.
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
    /// Suspended, in any state.
    pub suspended: usize,
    /// Forgotten as often as the leech threshold of their deck.
    pub leeches: usize,
    /// The coming work.
    pub forecast: ForecastFigures,
    /// Intervals in days of cards in review.
    pub intervals: Histogram,
    /// Stability in days of all answered cards.
    pub stability: Histogram,
    /// Difficulty, 1–10, of all answered cards.
    pub difficulty: Histogram,
    /// The probability of recall now of all answered cards.
    pub retrievability: Histogram,
    /// The expected score; `None` without questions, or with too few answers. If decks have different exams, for tomorrow.
    pub score: Option<ExpectedScore>,
}
