//! Counts of answers to cards that were due for review, with the chances of luck.

use std::ops::AddAssign;

use super::overview::Recall;
use crate::model::{Due, MATURE_DAYS, Review, ReviewKind};

/// Answers to cards that were due for review.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RecallCount {
    /// The number of answers.
    pub answers: usize,
    right: usize,
    guess_sum: f64,
}

impl RecallCount {
    /// Counts an answer to a card that was due.
    pub fn add(&mut self, review: &Review) {
        self.answers += 1;
        self.right += usize::from(review.right);
        self.guess_sum += review.guess.probability();
    }

    /// The estimate of recall.
    pub fn figures(&self) -> Recall {
        Recall::from_counts(self.right, self.answers, self.guess_sum)
    }
}

impl AddAssign<&RecallCount> for RecallCount {
    fn add_assign(&mut self, other: &RecallCount) {
        self.answers += other.answers;
        self.right += other.right;
        self.guess_sum += other.guess_sum;
    }
}

/// Counts for young and mature cards, with the target.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RecallByAge {
    /// Cards whose interval before the answer was below 21 days.
    pub young: RecallCount,
    /// All other cards.
    pub mature: RecallCount,
    target_sum: f64,
}

impl RecallByAge {
    /// Counts an answer if its card was due. `target` is the desired retention of its deck, 0–1; `promised` the interval before the
    /// answer, in days.
    pub fn add(&mut self, review: &Review, target: f64, promised: Option<f64>) {
        if review.practice || review.kind != ReviewKind::Review {
            return;
        }
        let mature = promised.is_some_and(|days| days >= f64::from(MATURE_DAYS));
        if mature { &mut self.mature } else { &mut self.young }.add(review);
        self.target_sum += target * (1.0 - review.guess.probability());
    }

    /// The mean desired retention. Answers with more luck count less, exactly as in corrected recall, so that both agree if each deck
    /// meets its own target. `None` if all weight is 0.
    pub fn target(&self) -> Option<f64> {
        let all = self.all();
        let weight = all.answers as f64 - all.guess_sum;
        (weight > 0.0).then(|| self.target_sum / weight)
    }

    /// All answers together.
    pub fn all(&self) -> RecallCount {
        let mut all = self.young;
        all += &self.mature;
        all
    }
}

impl AddAssign<&RecallByAge> for RecallByAge {
    fn add_assign(&mut self, other: &RecallByAge) {
        self.young += &other.young;
        self.mature += &other.mature;
        self.target_sum += other.target_sum;
    }
}

/// The interval promised by an answer, in days; a fraction for learning steps.
pub fn promised_days(review: &Review) -> f64 {
    match review.due {
        Due::Day(day) => f64::from(day.0) - f64::from(review.day.0),
        Due::At(ms) => (ms - review.at.utc_ms) as f64 / 86_400_000.0,
    }
}

#[cfg(test)]
mod tests;
