//! How often right answers get each rating.

use super::WEIGHT;
use crate::model::{Confidence, Rating, TimedAnswer};

/// The shares of ratings among right answers from knowledge; they add up to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatingShares {
    /// No rating: the person just goes on.
    pub nothing: f64,
    /// Rated "hard".
    pub hard: f64,
    /// Rated "good".
    pub good: f64,
    /// Rated "easy".
    pub easy: f64,
}

impl RatingShares {
    pub(super) const NOTHING: RatingShares = RatingShares { nothing: 1.0, hard: 0.0, good: 0.0, easy: 0.0 };

    /// The rating at this place of 0–1.
    pub fn at(&self, place: f64) -> (Rating, Confidence) {
        if place < self.nothing {
            (Rating::Good, Confidence::Model)
        } else if place < self.nothing + self.hard {
            (Rating::Hard, Confidence::Stated)
        } else if place < 1.0 - self.easy {
            (Rating::Good, Confidence::Stated)
        } else {
            (Rating::Easy, Confidence::Stated)
        }
    }

    /// Learns from these answers. `lucky` right ones among them did not come from knowledge, and were not rated.
    pub(super) fn learned<'a>(
        answers: impl Iterator<Item = &'a TimedAnswer>,
        lucky: f64,
        otherwise: RatingShares,
    ) -> RatingShares {
        let mut counts =
            [otherwise.nothing, otherwise.hard, otherwise.good, otherwise.easy].map(|share| WEIGHT * share);
        for answer in answers.filter(|answer| answer.right) {
            match (answer.confidence, answer.rating) {
                (Confidence::Model, _) => counts[0] += 1.0,
                (Confidence::Stated, Rating::Hard) => counts[1] += 1.0,
                (Confidence::Stated, Rating::Good) => counts[2] += 1.0,
                (Confidence::Stated, Rating::Easy) => counts[3] += 1.0,
                _ => {}
            }
        }
        // The prior stays.
        counts[0] = (counts[0] - lucky).max(WEIGHT * otherwise.nothing);
        let all: f64 = counts.iter().sum();
        let [nothing, hard, good, easy] = counts.map(|count| count / all);
        RatingShares { nothing, hard, good, easy }
    }
}
