//! The mean time of an answer, by the card's state and the rating.

use super::{KINDS, WEIGHT};
use crate::model::{LONGEST_ANSWER_MS, Rating, TimedAnswer};

/// Mean seconds by state and rating; `otherwise` is the prior.
///
/// For a kind with few answers it is the prior, times how much slower or faster this person is: over all answers, then over answers to
/// cards in the same state.
pub(super) fn learned(answers: &[TimedAnswer], otherwise: &[[f64; 4]; 4]) -> [[f64; 4]; 4] {
    let timed: Vec<MeasuredAnswer> =
        answers.iter().filter_map(|answer| MeasuredAnswer::new(answer, otherwise)).collect();
    let person = slowness(timed.iter(), 1.0);
    let mut seconds = *otherwise;
    for (state, means) in seconds.iter_mut().enumerate() {
        let in_state = slowness(timed.iter().filter(|timed| timed.state == state), person);
        for (rating, mean) in means.iter_mut().enumerate() {
            *mean *= slowness(timed.iter().filter(|timed| (timed.state, timed.rating) == (state, rating)), in_state);
        }
    }
    seconds
}

/// A time, and what it was expected to be.
struct MeasuredAnswer {
    state: usize,
    rating: usize,
    seconds: f64,
    expected: f64,
}

impl MeasuredAnswer {
    /// `None` without a time, or for a kind that reviews do not have. The log cuts answers at a minute, because the person was away; imported
    /// histories are cut here.
    fn new(answer: &TimedAnswer, otherwise: &[[f64; 4]; 4]) -> Option<Self> {
        let state = KINDS.iter().position(|kinds| kinds.contains(&answer.kind))?;
        let rating = Rating::ALL.iter().position(|rating| *rating == answer.rating)?;
        let seconds = f64::from(answer.took_ms.min(LONGEST_ANSWER_MS)) / 1_000.0;
        (answer.took_ms > 0).then(|| Self { state, rating, seconds, expected: otherwise[state][rating] })
    }
}

/// How many times longer answers take than expected, with this prior.
fn slowness<'a>(timed: impl Iterator<Item = &'a MeasuredAnswer>, prior: f64) -> f64 {
    let (mut count, mut seconds, mut expected) = (0.0, 0.0, 0.0);
    for timed in timed {
        count += 1.0;
        seconds += timed.seconds;
        expected += timed.expected;
    }
    if count == 0.0 || expected <= 0.0 {
        return prior;
    }
    let weight = WEIGHT * expected / count;
    (seconds + weight * prior) / (expected + weight)
}
