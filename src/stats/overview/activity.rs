//! What was done: today, day by day, by the hour.

use serde::Serialize;

use super::{Recall, Share, Verdict, day};
use crate::model::StudyDay;

/// Answers that count and what they took. Practice counts among the answers and in the minutes, and nowhere else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Totals {
    /// Answers.
    pub answers: usize,
    /// First answers to new cards.
    pub new: usize,
    /// Answers to cards that were due for review.
    pub reviews: usize,
    /// Right ones, guesses among them.
    pub right: usize,
    /// Right ones that the person called guesses.
    pub guessed: usize,
    /// The share of right ones, practice aside.
    pub accuracy: Option<f64>,
    /// Minutes taken.
    pub minutes: f64,
}

/// A study day.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct DayFigures {
    /// The day.
    #[serde(serialize_with = "day")]
    pub date: StudyDay,
    /// Its answers.
    pub answers: usize,
    /// First answers to new cards.
    pub new: usize,
    /// Answers to cards that were due for review.
    pub reviews: usize,
    /// The share of right ones.
    pub accuracy: Option<f64>,
    /// Minutes taken.
    pub minutes: f64,
}

/// An hour of the wall clock where the answers were given.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct HourFigures {
    /// 0–23.
    pub hour: u8,
    /// Answers, practice aside, and the right ones.
    pub right: Share,
}

/// How answers were rated, practice aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Mix {
    /// Rated again (right guesses among them).
    pub again: usize,
    /// Rated hard.
    pub hard: usize,
    /// Rated good.
    pub good: usize,
    /// Rated easy.
    pub easy: usize,
    /// Of those rated again, right ones that were called guesses.
    pub guessed: usize,
}

/// Recall at answers to cards that were due for review.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RetentionFigures {
    /// The recall that was aimed at, mean over these answers; without answers, mean over the decks.
    pub target: f64,
    /// Those not rated again.
    pub raw: Share,
    /// What they say of recall.
    #[serde(flatten)]
    pub recall: Recall,
    /// Whether that is what was aimed at.
    pub verdict: Verdict,
    /// Of cards whose interval before the answer was below 21 days.
    pub young: Recall,
    /// Of cards with an interval of 21 days or more.
    pub mature: Recall,
    /// The mean recall that was predicted.
    pub predicted: Option<f64>,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Activity {
    /// Today.
    pub today: Totals,
    /// The period.
    pub period: Totals,
    /// Study days in a row up to today, or up to yesterday where today has no answer yet.
    pub streak: u32,
    /// Every day of the last year (365 days), today last.
    pub year: Vec<DayFigures>,
    /// Every day of the period; from the first answer on where the period has no beginning.
    pub days: Vec<DayFigures>,
    /// Recall in the period.
    pub retention: RetentionFigures,
    /// The 24 hours, in the period.
    pub hours: Vec<HourFigures>,
    /// Ratings in the period.
    pub ratings: Mix,
}
