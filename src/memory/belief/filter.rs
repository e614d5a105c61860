//! What the memory of a card may be after each answer: weighted states by Bayes' rule, over [`Number`].
//!
//! Each answer splits a state in two, known and not, if both can explain it. Similar states are merged, so that a few remain.

use super::answering::{AnswerModel, Observation, SelfReport};
use super::motion::{MemoryPair, Motion};
use super::number::Number;
use crate::memory::Elapsed;
use crate::model::Rating;

/// How many states of a card are kept; with more, no interval changes by a day.
pub(super) const MAX_STATES: usize = 6;
/// States that weigh less than this share are dropped.
const MIN_SHARE: f64 = 1e-4;

/// A state, and how probable it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct WeightedState<T> {
    pub(super) weight: T,
    pub(super) state: MemoryPair<T>,
}

/// The states that the memory of a card may be in.
#[derive(Clone, Debug)]
pub(in crate::memory) struct Filter<T> {
    pub(super) states: Vec<WeightedState<T>>,
    after: Vec<WeightedState<T>>,
}

impl<T: Number> Default for Filter<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Number> Filter<T> {
    pub(in crate::memory) fn new() -> Self {
        Self { states: Vec::new(), after: Vec::new() }
    }

    /// Continues from these states.
    pub(super) fn from_states(states: &[WeightedState<T>]) -> Self {
        Self { states: states.to_vec(), after: Vec::new() }
    }

    /// Begins another card.
    pub(in crate::memory) fn clear(&mut self) {
        self.states.clear();
    }

    /// The recall `elapsed` after the last answer; the prior knowledge before the first.
    pub(in crate::memory) fn recall(
        &self,
        motion: &impl Motion<T>,
        answer_model: &AnswerModel<T>,
        elapsed: Elapsed,
    ) -> T {
        match &self.states[..] {
            [] => answer_model.prior,
            [only] => motion.recall(only.state, elapsed),
            many => many
                .iter()
                .fold(T::fixed(0.0), |sum, possible| sum + possible.weight * motion.recall(possible.state, elapsed)),
        }
    }

    /// The variance of recall over the states, `elapsed` after the last answer: it is not known in which of them the card is.
    pub(in crate::memory) fn doubt(&self, motion: &impl Motion<T>, elapsed: Elapsed) -> f64 {
        let recalls = || {
            self.states.iter().map(|possible| (possible.weight.value(), motion.recall(possible.state, elapsed).value()))
        };
        let mean: f64 = recalls().map(|(weight, recall)| weight * recall).sum();
        recalls().map(|(weight, recall)| weight * (recall - mean).powi(2)).sum()
    }

    /// Takes an answer into account. Returns how likely it was; `None` for an answer on the day of another, where the model defines
    /// recall as 1.
    pub(in crate::memory) fn observe(
        &mut self,
        motion: &impl Motion<T>,
        answer_model: &AnswerModel<T>,
        observation: &Observation,
    ) -> Option<T> {
        let first = self.states.is_empty();
        let knew = matches!(observation.report, SelfReport::Nothing | SelfReport::Rated);
        if !first && observation.elapsed.days == 0 {
            let rating = if knew { observation.rating } else { Rating::Again.number() };
            for possible in &mut self.states {
                possible.state = motion.next(possible.state, observation.elapsed, rating);
            }
            return None;
        }
        let (of_known, of_forgotten) = answer_model.likelihoods(observation);
        if first {
            let forgot = T::fixed(1.0) - answer_model.prior;
            self.push(answer_model.prior * of_known, || motion.first(observation.known_rating()));
            self.push(forgot * of_forgotten, || motion.first(Rating::Again.number()));
        }
        for at in 0..self.states.len() {
            let WeightedState { weight, state } = self.states[at];
            let recall = motion.recall(state, observation.elapsed);
            let forgot = T::fixed(1.0) - recall;
            self.push(weight * recall * of_known, || {
                motion.next(state, observation.elapsed, observation.known_rating())
            });
            self.push(weight * forgot * of_forgotten, || {
                motion.next(state, observation.elapsed, Rating::Again.number())
            });
        }
        if self.after.is_empty() {
            // The answer was thought impossible, so it does not distinguish the states.
            let rating = if knew { observation.rating } else { Rating::Again.number() };
            self.push_all(motion, observation, rating, first);
        }
        Some(self.settle())
    }

    /// Moves every state by the same rating.
    fn push_all(&mut self, motion: &impl Motion<T>, observation: &Observation, rating: u8, first: bool) {
        if first {
            self.after.push(WeightedState { weight: T::fixed(1.0), state: motion.first(rating) });
        }
        let moved = self.states.iter().map(|possible| WeightedState {
            weight: possible.weight,
            state: motion.next(possible.state, observation.elapsed, rating),
        });
        self.after.extend(moved);
    }

    fn push(&mut self, weight: T, state: impl FnOnce() -> MemoryPair<T>) {
        if weight.value() > 0.0 {
            self.after.push(WeightedState { weight, state: state() });
        }
    }

    /// Makes the pushed states the current ones: a few of them, with weights that add up to 1. Returns the sum of weights before.
    fn settle(&mut self) -> T {
        let sum = |all: &[WeightedState<T>]| all.iter().fold(T::fixed(0.0), |sum, possible| sum + possible.weight);
        let all = sum(&self.after);
        let least = MIN_SHARE * all.value();
        self.after.retain(|possible| possible.weight.value() > least);
        self.after.sort_by(|one, other| one.state.stability.value().total_cmp(&other.state.stability.value()));
        while self.after.len() > MAX_STATES {
            self.merge();
        }
        let kept = sum(&self.after);
        for possible in &mut self.after {
            possible.weight = possible.weight / kept;
        }
        std::mem::swap(&mut self.states, &mut self.after);
        self.after.clear();
        all
    }

    /// Merges the two neighbours that are most similar: the least variance of ln S is lost (Ward).
    fn merge(&mut self) {
        let cost = |pair: &[WeightedState<T>]| {
            let [one, other] = [pair[0].weight.value(), pair[1].weight.value()];
            let apart = (pair[1].state.stability.value() / pair[0].state.stability.value()).ln();
            one * other / (one + other) * apart * apart
        };
        let cheapest = self.after.windows(2).enumerate().min_by(|(_, a), (_, b)| cost(a).total_cmp(&cost(b)));
        let Some(at) = cheapest.map(|(at, _)| at) else { return };
        let other = self.after.remove(at + 1);
        let one = self.after[at];
        let weight = one.weight + other.weight;
        let share = one.weight / weight;
        let mean = |one: T, other: T| other + share * (one - other);
        let stability = mean(one.state.stability.ln(), other.state.stability.ln()).exp();
        let difficulty = mean(one.state.difficulty, other.state.difficulty);
        self.after[at] = WeightedState { weight, state: MemoryPair { stability, difficulty } };
    }
}
