//! The memory of a simulated learner: like the model's, but it can fail within a day, and may last longer or shorter.

use crate::memory::{Elapsed, Model, NextStates};
use crate::model::{MemoryState, Rating, ReviewKind, TimedAnswer};

/// The prior for first attempts counts like this many of them.
const WEIGHT: f64 = 10.0;

/// The memory of a learner.
///
/// For the model, recall on the day of an answer is 1, but some answers in learning steps are wrong. So recall on the same day is a share
/// that is learned from them. Before a fit, memories may last half or twice as long as in the model: [`super::Likelihoods`] learns that.
/// Everything else is the model's.
#[derive(Clone, Debug)]
pub struct LivedMemory<M> {
    /// The model of the memory.
    pub model: M,
    /// The probability of recall on the day of the last answer.
    pub same_day: f64,
    /// How many times longer memories last than in the model.
    pub stretch: f64,
}

impl<M> LivedMemory<M> {
    /// A learner whose memories last as long as in the model.
    pub fn new(model: M, same_day: f64) -> Self {
        Self { model, same_day, stretch: 1.0 }
    }
}

impl<M> LivedMemory<M> {
    fn stretched(&self, state: MemoryState) -> MemoryState {
        MemoryState { stability: (f64::from(state.stability) * self.stretch) as f32, ..state }
    }
}

impl<M: Model> Model for LivedMemory<M> {
    fn next_states(&self, before: Option<MemoryState>, elapsed: Elapsed) -> NextStates {
        self.model.next_states(before, elapsed)
    }

    fn next_state(&self, before: Option<MemoryState>, elapsed: Elapsed, rating: Rating) -> MemoryState {
        self.model.next_state(before, elapsed, rating)
    }

    fn retrievability(&self, state: MemoryState, elapsed: Elapsed) -> f64 {
        if elapsed.days == 0 {
            return self.same_day;
        }
        self.model.retrievability(self.stretched(state), elapsed)
    }

    fn interval_days(&self, state: MemoryState, retention: f64) -> f64 {
        self.model.interval_days(self.stretched(state), retention)
    }

    fn parameters(&self) -> &[f32] {
        self.model.parameters()
    }
}

/// How likely a question is known before it is first asked, from the first attempts among these answers; `prior` counts like ten more.
///
/// A first attempt is right with probability p + (1 − p)·g, so p is the share of right ones above luck.
pub fn known_at_first<'a>(answers: impl Iterator<Item = &'a TimedAnswer>, prior: f64) -> f64 {
    let (mut known, mut telling) = (WEIGHT * prior, WEIGHT);
    for answer in answers.filter(|answer| answer.kind == ReviewKind::New) {
        let guess = answer.guess.probability();
        known += f64::from(u8::from(answer.right)) - guess;
        telling += 1.0 - guess;
    }
    (known / telling).clamp(0.0, 0.99)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Fsrs6;
    use crate::model::{Confidence, DeckId, Guess};

    #[test]
    fn what_was_answered_today_may_be_forgotten_today() {
        let learner = LivedMemory::new(Fsrs6::default(), 0.9);
        let state = MemoryState { stability: 10.0, difficulty: 5.0 };
        assert_eq!(learner.retrievability(state, Elapsed::whole_days(0)), 0.9);
        assert!((learner.retrievability(state, Elapsed::whole_days(10)) - 0.9).abs() < 1e-4);
        assert_eq!(learner.interval_days(state, 0.9), Fsrs6::default().interval_days(state, 0.9));
    }

    #[test]
    fn first_attempts_tell_what_was_known_before() {
        let answer = |kind, right| TimedAnswer {
            deck: DeckId(1),
            kind,
            rating: if right { Rating::Good } else { Rating::Again },
            confidence: Confidence::Model,
            right,
            guess: Guess::one_of(4),
            took_ms: 1_000,
        };
        // Of 40 with four options 19 are right: 9 above luck, of 30. With ten more of which 3 are known: 12 of 40.
        let mut answers: Vec<TimedAnswer> = (0..40).map(|number| answer(ReviewKind::New, number < 19)).collect();
        answers.push(answer(ReviewKind::Review, true));
        assert!((known_at_first(answers.iter(), 0.3) - 0.3).abs() < 1e-12);
        // With a prior of 0.7 instead: 16 of 40.
        assert!((known_at_first(answers.iter(), 0.7) - 0.4).abs() < 1e-12);
        assert_eq!(known_at_first([].iter(), 0.3), 0.3);
        assert_eq!(known_at_first(vec![answer(ReviewKind::New, false); 99].iter(), 0.3), 0.0);
    }
}
