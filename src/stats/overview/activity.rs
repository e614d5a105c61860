//! Activity: today, day by day, by the hour.

use serde::Serialize;

use super::{Recall, RecallVerdict, Share, day};
use crate::model::StudyDay;

/// Totals of answers. Practice counts only in the answers and the minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Totals {
    /// All answers, practice included.
    pub answers: usize,
    /// First answers to new cards.
    pub new: usize,
    /// Answers to cards that were due for review.
    pub reviews: usize,
    /// Right answers, guesses included.
    pub right: usize,
    /// Right answers that the person called guesses.
    pub guessed: usize,
    /// The share of right answers, without practice.
    pub accuracy: Option<f64>,
    /// Minutes spent on them.
    pub minutes: f64,
}

/// The activity of a study day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct DayActivity {
    /// The study day.
    #[serde(serialize_with = "day")]
    pub date: StudyDay,
    /// All its answers, practice included.
    pub answers: usize,
    /// First answers to new cards.
    pub new: usize,
    /// Answers to cards that were due for review.
    pub reviews: usize,
    /// The share of right answers, without practice.
    pub accuracy: Option<f64>,
    /// Minutes spent on the answers.
    pub minutes: f64,
}

/// An hour of the local clock of the answers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct HourFigures {
    /// 0–23.
    pub hour: u8,
    /// Right answers among all, without practice.
    pub right: Share,
}

/// Counts of ratings, without practice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RatingMix {
    /// Rated again, right guesses included.
    pub again: usize,
    /// Rated hard.
    pub hard: usize,
    /// Rated good.
    pub good: usize,
    /// Rated easy.
    pub easy: usize,
    /// Right answers that were called guesses, and so rated again.
    pub guessed: usize,
}

/// Recall of cards that were due for review.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RetentionFigures {
    /// The desired retention: the mean over these answers; without answers, over the decks.
    pub target: f64,
    /// Answers not rated again.
    pub raw: Share,
    /// The estimate of recall.
    #[serde(flatten)]
    pub recall: Recall,
    /// Whether recall meets the target.
    pub verdict: RecallVerdict,
    /// Recall of cards whose interval before the answer was below 21 days.
    pub young: Recall,
    /// Recall of cards with an interval of 21 days or more.
    pub mature: Recall,
    /// The mean predicted recall.
    pub predicted: Option<f64>,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Activity {
    /// Totals of today.
    pub today: Totals,
    /// Totals of the period.
    pub period: Totals,
    /// Study days in a row up to today, or up to yesterday if today has no answer yet.
    pub streak: u32,
    /// Every day of the last year (365 days), today last.
    pub year: Vec<DayActivity>,
    /// Every day of the period; if it has no beginning, from the first answer on.
    pub days: Vec<DayActivity>,
    /// Recall in the period.
    pub retention: RetentionFigures,
    /// The 24 hours of the day, in the period.
    pub hours: Vec<HourFigures>,
    /// Ratings in the period.
    pub ratings: RatingMix,
}
