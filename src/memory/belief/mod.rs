//! What the memory of a card may be, where answers may have been luck: several states, each with a probability.
//!
//! The state of the luck-aware update is one state between known and forgotten. Where a recall is high, it lies above the mean of the
//! recalls that the state stands for, and an interval of that state is too long. So predictions, and the day on which a card comes
//! back, rest on the states themselves ([`filter`]). What is called a guess, and a wrong answer, are evidence as far as the person's
//! habits say ([`Answering`]). Without luck there is one state, the state of the memory, bit for bit.

mod answering;
mod filter;
mod motion;
mod number;

use super::{Elapsed, Evidence, Model, Replayer};
use crate::model::{LogEntry, MemoryState, Move, MoveKind, Review, StudyDay};

pub use answering::Answering;
pub(in crate::memory) use answering::{FALSE_ALARM, LUCK, OWNS_UP, PRIOR, SLIP, Told, Ways};
pub(in crate::memory) use filter::Filter;
pub(in crate::memory) use motion::{Motion, OfModel, State};
pub(in crate::memory) use number::{DIMENSIONS, Number, Sloped};

use filter::Possible;

/// No interval is longer.
const LONGEST: u32 = 36_500;

/// The states that the memory of a card may be in; none for a card that was never answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Belief(Vec<Possible<f64>>);

impl Belief {
    /// The one state that a card is in for certain; none where it was never answered.
    pub fn certain(state: Option<MemoryState>) -> Self {
        Self(state.map(|state| Possible { weight: 1.0, state: state.into() }).into_iter().collect())
    }

    /// Whether there is more than one state.
    pub fn is_in_doubt(&self) -> bool {
        self.0.len() > 1
    }

    /// The state at this place (0 up to but not 1) of the probabilities; none where there was no answer.
    pub fn draw(&self, place: f64) -> Option<MemoryState> {
        let mut before = 0.0;
        let drawn = self.0.iter().find(|possible| {
            before += possible.weight;
            place < before
        });
        drawn.or(self.0.last()).map(|possible| possible.state.into())
    }

    /// The recall that is to be expected `elapsed` after the last answer, 0–1; `prior` where there was none.
    pub fn recall(&self, model: &impl Model, elapsed: Elapsed, prior: f64) -> f64 {
        if self.0.is_empty() {
            return prior;
        }
        self.0.iter().map(|possible| possible.weight * model.retrievability(possible.state.into(), elapsed)).sum()
    }

    /// What is believed after an answer, `elapsed` after the one before.
    #[must_use]
    pub fn after<M: Model>(&self, replayer: &Replayer<M>, evidence: &Evidence, elapsed: Elapsed) -> Self {
        let mut filter = Filter::of(&self.0);
        tell(&mut filter, replayer, evidence, elapsed);
        Self(filter.possible)
    }

    /// Days until the recall that is to be expected has fallen to `retention` (0.70–0.99); 0 where there was no answer.
    ///
    /// Recall is known on whole days. Between two of them it is taken to fall evenly, so that the nearest day is the one whose
    /// recall is nearest. With one state, this is the interval of the model.
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
    /// What is believed after a whole log, in the order of its ids.
    pub fn over<'a, M: Model>(replayer: &Replayer<M>, log: impl IntoIterator<Item = &'a LogEntry>) -> Belief {
        let mut fold = Self::default();
        log.into_iter().for_each(|entry| fold.apply(replayer, entry));
        fold.into_belief()
    }

    /// What is believed so far.
    pub fn belief(&self) -> Belief {
        Belief(self.filter.possible.clone())
    }

    /// The same, and no more is to come.
    pub fn into_belief(self) -> Belief {
        Belief(self.filter.possible)
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

    /// Takes one more answer into account. Gives the recall that was to be expected just before, 0–1; none for a first answer, and for
    /// practice, which leaves memory as it was, and what is believed of it too.
    pub fn answer<M: Model>(&mut self, replayer: &Replayer<M>, review: &Review) -> Option<f64> {
        if review.practice {
            return None;
        }
        let elapsed = self.last.map_or(Elapsed::whole_days(0), |(day, ms)| Elapsed {
            days: review.day.since(day),
            ms: review.at.utc_ms.saturating_sub(ms).max(0),
        });
        let ways = Ways::new(&replayer.answering);
        let recall = self.last.map(|_| self.filter.recall(&OfModel(&replayer.model), &ways, elapsed));
        tell(&mut self.filter, replayer, &Evidence::of(review), elapsed);
        self.last = Some((review.day, review.at.utc_ms));
        recall
    }
}

/// Takes an answer into account, as the habits of the replayer say.
fn tell<M: Model>(filter: &mut Filter<f64>, replayer: &Replayer<M>, evidence: &Evidence, elapsed: Elapsed) {
    let ways = Ways::new(&replayer.answering);
    filter.tell(&OfModel(&replayer.model), &ways, &Told::of_evidence(evidence, replayer.luck_aware, elapsed));
}

#[cfg(test)]
mod tests;
