//! Counts of answers: accuracy, retention, and retention corrected for guessing.

use std::ops::AddAssign;

use super::overview::Share;
use super::{Fact, RecallCount};
use crate::model::{Confidence, Rating, Review, ReviewKind};

/// The counts of answers that were not taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// All answers, practice included.
    pub answers: usize,
    /// Practice, which counts only in the answers and the time.
    pub practice: usize,
    /// First answers to new cards.
    pub new: usize,
    /// Answers to cards that were due for review.
    pub recall: RecallCount,
    /// Answers by rating, again first.
    pub ratings: [usize; 4],
    /// Right answers, guesses included.
    pub right: usize,
    /// Right answers that the person called guesses.
    pub guessed: usize,
    /// Milliseconds spent on the answers.
    pub took_ms: u64,
    /// Answers to due cards that were not rated again.
    reviews_kept: usize,
    predicted_sum: f64,
}

impl Tally {
    /// Counts an answer, unless it was taken back.
    pub fn add(&mut self, fact: &Fact<'_>) {
        if !fact.undone {
            self.count(fact.review, fact.recall);
        }
    }

    /// Counts an answer that was not taken back, with the believed recall before it.
    pub fn count(&mut self, review: &Review, recall: Option<f64>) {
        self.answers += 1;
        self.took_ms += u64::from(review.took_ms);
        if review.practice {
            self.practice += 1;
            return;
        }
        self.right += usize::from(review.right);
        self.guessed += usize::from(review.confidence == Confidence::Guessed);
        self.ratings[usize::from(review.rating.number()) - 1] += 1;
        self.new += usize::from(review.kind == ReviewKind::New);
        if review.kind == ReviewKind::Review {
            self.recall.add(review);
            self.reviews_kept += usize::from(review.rating != Rating::Again);
            self.predicted_sum += recall.unwrap_or(1.0);
        }
    }

    /// Answers to cards that were due for review.
    pub fn reviews(&self) -> usize {
        self.recall.answers
    }

    /// The share of right answers, without practice.
    pub fn accuracy(&self) -> Option<f64> {
        share(self.right, self.answers - self.practice)
    }

    /// The share of answers to cards due for review that were not rated again.
    pub fn retention(&self) -> Option<f64> {
        share(self.reviews_kept, self.reviews())
    }

    /// The same with its counts and its interval.
    pub fn kept(&self) -> Share {
        Share::from_counts(self.reviews_kept, self.reviews())
    }

    /// (accuracy − g) / (1 − g) for answers to cards due for review, with g their mean chance of luck. Not clamped.
    pub fn retention_corrected(&self) -> Option<f64> {
        self.recall.figures().corrected
    }

    /// The mean retrievability before the answers to cards due for review.
    pub fn predicted(&self) -> Option<f64> {
        (self.reviews() > 0).then(|| self.predicted_sum / self.reviews() as f64)
    }

    /// Minutes spent on the answers.
    pub fn minutes(&self) -> f64 {
        self.took_ms as f64 / 60_000.0
    }
}

impl AddAssign<&Tally> for Tally {
    fn add_assign(&mut self, other: &Tally) {
        self.answers += other.answers;
        self.practice += other.practice;
        self.new += other.new;
        self.recall += &other.recall;
        for (own, rated) in self.ratings.iter_mut().zip(other.ratings) {
            *own += rated;
        }
        self.right += other.right;
        self.guessed += other.guessed;
        self.took_ms += other.took_ms;
        self.reviews_kept += other.reviews_kept;
        self.predicted_sum += other.predicted_sum;
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
