//! The luck-aware update: a right answer is evidence of knowledge only as far as luck does not explain it.
//!
//! A question that can be guessed with probability g is answered right by somebody who knows it (probability R) or by luck
//! ((1 − R)·g). By Bayes, a right answer comes from knowledge with p = R / (R + (1 − R)·g). The memory afterwards lies
//! between the one after the rating and the one after forgetting, in that proportion: ln S = p·ln S_rating + (1 − p)·ln S_again
//! and D = p·D_rating + (1 − p)·D_again.

use super::{Elapsed, Model, NextStates};
use crate::model::{Confidence, Guess, MemoryState, Rating, Review};

/// What of an answer is evidence of knowledge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// Whether it was right.
    pub right: bool,
    /// The grade that counts.
    pub rating: Rating,
    /// Who says how much knowledge it shows.
    pub confidence: Confidence,
    /// The chance of being right by luck.
    pub guess: Guess,
}

impl Evidence {
    /// The evidence of an answer of the log.
    pub fn from_review(review: &Review) -> Self {
        Self { right: review.right, rating: review.rating, confidence: review.confidence, guess: review.guess }
    }

    /// p: the probability that the answer came from knowledge; `None` if it was wrong.
    ///
    /// `recall` is the retrievability before the answer; before a first answer, the prior knowledge.
    pub fn known_probability(&self, recall: f64, luck_aware: bool) -> Option<f64> {
        if !self.right {
            return None;
        }
        Some(match self.confidence {
            Confidence::Guessed => 0.0,
            Confidence::Stated => 1.0,
            Confidence::Model if luck_aware => known_probability(recall, self.guess.probability()),
            Confidence::Model => 1.0,
        })
    }
}

impl NextStates {
    /// The memory after an answer of this rating that shows knowledge with this probability; `None` for a wrong one.
    pub fn weighed(&self, rating: Rating, known: Option<f64>) -> MemoryState {
        let again = self.after(Rating::Again);
        let rated = self.after(rating);
        match known {
            None => again,
            // The ends are exact, so that an answer without luck gives the bits of the model.
            Some(p) if p >= 1.0 => rated,
            Some(p) if p <= 0.0 => again,
            Some(p) => blend(rated, again, p),
        }
    }
}

/// The memory after an answer of this rating that shows knowledge with this probability; `None` for a wrong one. The same bits as
/// [`NextStates::weighed`] of the model's next states, but only the needed states are computed.
pub fn weighed_state(
    model: &impl Model,
    before: Option<MemoryState>,
    elapsed: Elapsed,
    rating: Rating,
    known: Option<f64>,
) -> MemoryState {
    let after = |rating| model.next_state(before, elapsed, rating);
    match known {
        None => after(Rating::Again),
        Some(p) if p >= 1.0 => after(rating),
        Some(p) if p <= 0.0 => after(Rating::Again),
        Some(p) => blend(after(rating), after(Rating::Again), p),
    }
}

/// p = R / (R + (1 − R)·g), and 1 if nothing can be guessed.
pub fn known_probability(recall: f64, guess: f64) -> f64 {
    if guess <= 0.0 {
        return 1.0;
    }
    let recall = recall.clamp(0.0, 1.0);
    recall / (recall + (1.0 - recall) * guess.min(1.0))
}

fn blend(rated: MemoryState, again: MemoryState, p: f64) -> MemoryState {
    let mix = |rated: f64, again: f64| p * rated + (1.0 - p) * again;
    MemoryState {
        stability: mix(f64::from(rated.stability).ln(), f64::from(again.stability).ln()).exp() as f32,
        difficulty: mix(f64::from(rated.difficulty), f64::from(again.difficulty)) as f32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::{Elapsed, Fsrs6, Model};

    const TODAY: Elapsed = Elapsed { days: 0, ms: 0 };

    fn evidence(right: bool, rating: Rating, confidence: Confidence, ways: u32) -> Evidence {
        Evidence { right, rating, confidence, guess: Guess::from_ways(ways) }
    }

    #[test]
    fn bayes_by_hand() {
        // R = 0.3, g = 0.2: 0.3 / (0.3 + 0.14).
        assert!((known_probability(0.3, 0.2) - 0.681_818_181_8).abs() < 1e-9);
        assert_eq!(known_probability(1.0, 0.5), 1.0);
        assert_eq!(known_probability(0.0, 0.5), 0.0);
        assert_eq!(known_probability(0.0, 0.0), 1.0);
    }

    #[test]
    fn a_first_right_answer_lies_between_forgotten_and_known() {
        let next = Fsrs6::default().next_states(None, TODAY);
        let answer = evidence(true, Rating::Good, Confidence::Model, 5);
        let p = answer.known_probability(0.3, true);
        let state = next.weighed(answer.rating, p);
        // exp(p·ln 2.3065 + (1 − p)·ln 0.212) with p = 15/22, and the same mean of 2.118104 and 6.4133.
        assert!((state.stability - 1.079_246).abs() < 1e-4, "{state:?}");
        assert!((state.difficulty - 3.484_75).abs() < 1e-4, "{state:?}");
    }

    #[test]
    fn saying_so_decides() {
        let next = Fsrs6::default().next_states(None, TODAY);
        let guessed = evidence(true, Rating::Again, Confidence::Guessed, 5);
        assert_eq!(guessed.known_probability(0.9, true), Some(0.0));
        assert_eq!(next.weighed(guessed.rating, Some(0.0)), next.after(Rating::Again));
        let stated = evidence(true, Rating::Easy, Confidence::Stated, 5);
        assert_eq!(stated.known_probability(0.1, true), Some(1.0));
        assert_eq!(next.weighed(stated.rating, Some(1.0)), next.after(Rating::Easy));
    }

    #[test]
    fn a_wrong_answer_is_again_and_the_update_can_be_off() {
        let next = Fsrs6::default().next_states(None, TODAY);
        let wrong = evidence(false, Rating::Again, Confidence::Model, 5);
        assert_eq!(wrong.known_probability(0.9, true), None);
        assert_eq!(next.weighed(wrong.rating, None), next.after(Rating::Again));
        let right = evidence(true, Rating::Good, Confidence::Model, 5);
        assert_eq!(right.known_probability(0.3, false), Some(1.0));
    }
}
