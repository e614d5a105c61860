//! What the memory of a card may be if answers may have been luck: several states, each with a probability.
//!
//! The luck-aware update keeps one state between known and forgotten. If recall is high, the recall of that state is above the mean
//! recall of the possible states, and its interval is too long. So predictions and due dates use the possible states themselves
//! ([`filter`]). How much a wrong answer or a reported guess counts as evidence follows from how the person answers ([`Answering`]).
//! Without luck there is one state: that of the memory, bit for bit.

mod answering;
mod filter;
mod motion;
mod number;

use super::{Elapsed, Evidence, Model, Replayer};
use crate::model::{LogEntry, MemoryState, Move, MoveKind, Review, StudyDay};

pub use answering::Answering;
pub(in crate::memory) use answering::{AnswerModel, FALSE_ALARM, LUCK, OWNS_UP, Observation, PRIOR, SLIP};
pub(in crate::memory) use filter::Filter;
pub(in crate::memory) use motion::{MemoryPair, ModelMotion, Motion};
pub(in crate::memory) use number::{DIMENSIONS, Number, Sloped};

use filter::WeightedState;

/// No interval is longer, in days.
const LONGEST: u32 = 36_500;

/// The states that the memory of a card may be in; empty for a card that was never answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Belief(Vec<WeightedState<f64>>);

impl Belief {
    /// The one state that a card is certainly in; `None` if it was never answered.
    pub fn certain(state: Option<MemoryState>) -> Self {
        Self(state.map(|state| WeightedState { weight: 1.0, state: state.into() }).into_iter().collect())
    }

    /// Whether there is more than one state.
    pub fn is_in_doubt(&self) -> bool {
        self.0.len() > 1
    }

    /// The state at this place (0 up to but not 1) of the probabilities; `None` if there was no answer.
    pub fn draw(&self, place: f64) -> Option<MemoryState> {
        let mut before = 0.0;
        let drawn = self.0.iter().find(|possible| {
            before += possible.weight;
            place < before
        });
        drawn.or(self.0.last()).map(|possible| possible.state.into())
    }

    /// The expected recall `elapsed` after the last answer, 0–1; `prior` if there was none.
    pub fn recall(&self, model: &impl Model, elapsed: Elapsed, prior: f64) -> f64 {
        if self.0.is_empty() {
            return prior;
        }
        self.0.iter().map(|possible| possible.weight * model.retrievability(possible.state.into(), elapsed)).sum()
    }

    /// The belief after another answer, `elapsed` after the one before.
    #[must_use]
    pub fn after<M: Model>(&self, replayer: &Replayer<M>, evidence: &Evidence, elapsed: Elapsed) -> Self {
        let mut filter = Filter::from_states(&self.0);
        observe(&mut filter, replayer, evidence, elapsed);
        Self(filter.states)
    }

    /// Days until the expected recall has fallen to `retention` (0.70–0.99); 0 if there was no answer.
    ///
    /// Recall is computed on whole days and interpolated linearly between them. With one state, this is the interval of the model.
    pub fn interval_days(&self, model: &impl Model, retention: f64) -> f64 {
        if let [only] = self.0[..] {
            return model.interval_days(only.state.into(), retention);
        }
        let each = self.0.iter().map(|possible| model.interval_days(possible.state.into(), retention));
        let (shortest, longest) = each.fold((f64::MAX, 0.0_f64), |(low, high), days| (low.min(days), high.max(days)));
        let recall = |days| self.recall(model, Elapsed::whole_days(days), 0.0);
        // The mean of recalls reaches the retention between the days on which the first and the last of them do.
        let mut low = (shortest.min(longest).floor() as u32).min(LONGEST);
        let mut high = (longest.ceil() as u32).clamp(low + 1, LONGEST + 1);
        while high - low > 1 {
            let middle = low.midpoint(high);
            if recall(middle) >= retention {
                low = middle;
            } else {
                high = middle;
            }
        }
        let (before, after) = (recall(low), recall(high));
        let share = if before > after { ((before - retention) / (before - after)).clamp(0.0, 1.0) } else { 0.0 };
        f64::from(low) + share
    }
}

/// A belief that follows the log of a card, entry by entry.
#[derive(Clone, Debug, Default)]
pub struct BeliefFold {
    filter: Filter<f64>,
    last: Option<(StudyDay, i64)>,
}

impl BeliefFold {
    /// The belief after a whole log, in the order of its ids.
    pub fn over<'a, M: Model>(replayer: &Replayer<M>, log: impl IntoIterator<Item = &'a LogEntry>) -> Belief {
        let mut fold = Self::default();
        log.into_iter().for_each(|entry| fold.apply(replayer, entry));
        fold.into_belief()
    }

    /// The belief so far.
    pub fn belief(&self) -> Belief {
        Belief(self.filter.states.clone())
    }

    /// The final belief.
    pub fn into_belief(self) -> Belief {
        Belief(self.filter.states)
    }

    /// Takes one more entry into account.
    pub fn apply<M: Model>(&mut self, replayer: &Replayer<M>, entry: &LogEntry) {
        match entry {
            LogEntry::Review(review) => {
                self.answer(replayer, review);
            }
            LogEntry::Move(change) => self.moved(change),
        }
    }

    /// Takes a change without an answer into account.
    pub fn moved(&mut self, change: &Move) {
        if change.kind == MoveKind::Forget {
            *self = Self::default();
        }
    }

    /// Takes one more answer into account. Returns the expected recall just before it, 0–1; `None` for a first answer, and for practice,
    /// which changes nothing.
    pub fn answer<M: Model>(&mut self, replayer: &Replayer<M>, review: &Review) -> Option<f64> {
        if review.practice {
            return None;
        }
        let elapsed = self.last.map_or(Elapsed::whole_days(0), |(day, ms)| Elapsed {
            days: review.day.since(day),
            ms: review.at.utc_ms.saturating_sub(ms).max(0),
        });
        let answer_model = AnswerModel::new(&replayer.answering);
        let recall = self.last.map(|_| self.filter.recall(&ModelMotion(&replayer.model), &answer_model, elapsed));
        observe(&mut self.filter, replayer, &Evidence::from_review(review), elapsed);
        self.last = Some((review.day, review.at.utc_ms));
        recall
    }
}

/// Takes an answer into account, by the way of answering of the replayer.
fn observe<M: Model>(filter: &mut Filter<f64>, replayer: &Replayer<M>, evidence: &Evidence, elapsed: Elapsed) {
    let answer_model = AnswerModel::new(&replayer.answering);
    filter.observe(
        &ModelMotion(&replayer.model),
        &answer_model,
        &Observation::from_evidence(evidence, replayer.luck_aware, elapsed),
    );
}

#[cfg(test)]
mod tests;
