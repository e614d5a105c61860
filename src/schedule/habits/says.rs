//! What a person says of right answers.

use super::WEIGHT;
use crate::model::{Confidence, Rating, TimedAnswer};

/// What is said of right answers that come from knowledge, in shares that add up to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Says {
    /// Just going on.
    pub nothing: f64,
    /// "Hard".
    pub hard: f64,
    /// "Good".
    pub good: f64,
    /// "Easy".
    pub easy: f64,
}

impl Says {
    pub(super) const NOTHING: Says = Says { nothing: 1.0, hard: 0.0, good: 0.0, easy: 0.0 };

    /// What is said at this place of 0–1.
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

    /// Of these answers; `lucky` right ones among them did not come from knowledge, and nothing was said of them.
    pub(super) fn learned<'a>(answers: impl Iterator<Item = &'a TimedAnswer>, lucky: f64, otherwise: Says) -> Says {
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
        // What is held without answers stays.
        counts[0] = (counts[0] - lucky).max(WEIGHT * otherwise.nothing);
        let all: f64 = counts.iter().sum();
        let [nothing, hard, good, easy] = counts.map(|count| count / all);
        Says { nothing, hard, good, easy }
    }
}
