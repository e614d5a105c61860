//! What the memory of a card may be after each answer: several states with a weight each, by Bayes, over [`Number`].
//!
//! Each answer splits a state in two, known and not, as far as both can explain the answer; what is left after many is merged to a
//! few that are alike.

use super::answering::{Said, Told, Ways};
use super::motion::{Motion, State};
use super::number::Number;
use crate::memory::Elapsed;
use crate::model::Rating;

/// States that are kept of a card; more change no interval by a day.
pub(super) const MOST: usize = 6;
/// States that weigh less than this share are left out.
const LEAST: f64 = 1e-4;

/// A state, and how probable it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Possible<T> {
    pub(super) weight: T,
    pub(super) state: State<T>,
}

/// The states that the memory of a card may be in.
#[derive(Clone, Debug)]
pub(in crate::memory) struct Filter<T> {
    pub(super) possible: Vec<Possible<T>>,
    after: Vec<Possible<T>>,
}

impl<T: Number> Default for Filter<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Number> Filter<T> {
    pub(in crate::memory) fn new() -> Self {
        Self { possible: Vec::new(), after: Vec::new() }
    }

    /// Goes on from these states.
    pub(super) fn of(possible: &[Possible<T>]) -> Self {
        let mut filter = Self::new();
        filter.possible.extend_from_slice(possible);
        filter
    }

    /// Begins with another card.
    pub(in crate::memory) fn clear(&mut self) {
        self.possible.clear();
    }

    /// The recall so long after the last answer; the prior knowledge before the first.
    pub(in crate::memory) fn recall(&self, motion: &impl Motion<T>, ways: &Ways<T>, elapsed: Elapsed) -> T {
        match &self.possible[..] {
            [] => ways.prior,
            [only] => motion.recall(only.state, elapsed),
            many => many
                .iter()
                .fold(T::fixed(0.0), |sum, possible| sum + possible.weight * motion.recall(possible.state, elapsed)),
        }
    }

    /// How far the true recall may be off so long after the last answer, for it is not known which of the states the card is in: the
    /// variance of their recalls.
    pub(in crate::memory) fn doubt(&self, motion: &impl Motion<T>, elapsed: Elapsed) -> f64 {
        let recalls = || {
            let of = |possible: &Possible<T>| (possible.weight.value(), motion.recall(possible.state, elapsed).value());
            self.possible.iter().map(of)
        };
        let mean: f64 = recalls().map(|(weight, recall)| weight * recall).sum();
        recalls().map(|(weight, recall)| weight * (recall - mean).powi(2)).sum()
    }

    /// Takes an answer into account. Gives how likely it was; nothing for one on the day of another, where recall is 1 by the
    /// convention of the model and so tells nothing.
    pub(in crate::memory) fn tell(&mut self, motion: &impl Motion<T>, ways: &Ways<T>, told: &Told) -> Option<T> {
        let first = self.possible.is_empty();
        let knew = matches!(told.said, Said::Nothing | Said::Rated);
        if !first && told.elapsed.days == 0 {
            let rating = if knew { told.rating } else { Rating::Again.number() };
            for possible in &mut self.possible {
                possible.state = motion.next(possible.state, told.elapsed, rating);
            }
            return None;
        }
        let (of_known, of_forgotten) = ways.likelihoods(told);
        if first {
            let forgot = T::fixed(1.0) - ways.prior;
            self.push(ways.prior * of_known, || motion.first(told.known_rating()));
            self.push(forgot * of_forgotten, || motion.first(Rating::Again.number()));
        }
        for at in 0..self.possible.len() {
            let Possible { weight, state } = self.possible[at];
            let recall = motion.recall(state, told.elapsed);
            let forgot = T::fixed(1.0) - recall;
            self.push(weight * recall * of_known, || motion.next(state, told.elapsed, told.known_rating()));
            self.push(weight * forgot * of_forgotten, || motion.next(state, told.elapsed, Rating::Again.number()));
        }
        if self.after.is_empty() {
            // What was held to be impossible came: it tells nothing of which state it was.
            let rating = if knew { told.rating } else { Rating::Again.number() };
            self.push_all(motion, told, rating, first);
        }
        Some(self.settle())
    }

    /// Every state moves by the same rating.
    fn push_all(&mut self, motion: &impl Motion<T>, told: &Told, rating: u8, first: bool) {
        if first {
            self.after.push(Possible { weight: T::fixed(1.0), state: motion.first(rating) });
        }
        let moved = self.possible.iter().map(|possible| Possible {
            weight: possible.weight,
            state: motion.next(possible.state, told.elapsed, rating),
        });
        self.after.extend(moved);
    }

    fn push(&mut self, weight: T, state: impl FnOnce() -> State<T>) {
        if weight.value() > 0.0 {
            self.after.push(Possible { weight, state: state() });
        }
    }

    /// Makes what was pushed the states: a few of them, with weights that add up to 1. Gives their sum before.
    fn settle(&mut self) -> T {
        let sum = |all: &[Possible<T>]| all.iter().fold(T::fixed(0.0), |sum, possible| sum + possible.weight);
        let all = sum(&self.after);
        let least = LEAST * all.value();
        self.after.retain(|possible| possible.weight.value() > least);
        self.after.sort_by(|one, other| one.state.stability.value().total_cmp(&other.state.stability.value()));
        while self.after.len() > MOST {
            self.merge();
        }
        let kept = sum(&self.after);
        for possible in &mut self.after {
            possible.weight = possible.weight / kept;
        }
        std::mem::swap(&mut self.possible, &mut self.after);
        self.after.clear();
        all
    }

    /// Makes one of the two neighbours that are most alike: the least variance of ln S is lost (Ward).
    fn merge(&mut self) {
        let cost = |pair: &[Possible<T>]| {
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
        self.after[at] = Possible { weight, state: State { stability, difficulty } };
    }
}
