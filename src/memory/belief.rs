//! What the memory of a card may be, where answers may have been luck: several states, each with a probability.
//!
//! The state of the luck-aware update is one state between known and forgotten. Where a recall is high, it lies above the mean of the
//! recalls that the state stands for, and an interval of that state is too long. So the day on which a card comes back rests on
//! the states themselves: each right answer that nobody rated splits each of them in two, by Bayes, and what is left after many
//! answers is merged to a few that are alike. Without luck there is one state, the state of the memory, bit for bit.

use super::{Elapsed, Evidence, Model, Replayer};
use crate::model::{Confidence, LogEntry, MemoryState, MoveKind, Rating, StudyDay};

/// States that are kept of a card; more change no interval by a day.
const MOST: usize = 8;
/// States that are less probable are left out.
const LEAST: f64 = 1e-4;
/// No interval is longer.
const LONGEST: u32 = 36_500;

/// A state and its probability.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Possible {
    probability: f64,
    state: MemoryState,
}

/// The states that the memory of a card may be in; none for a card that was never answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Belief(Vec<Possible>);

impl Belief {
    /// The one state that a card is in for certain; none where it was never answered.
    pub fn certain(state: Option<MemoryState>) -> Self {
        Self(state.map(|state| Possible { probability: 1.0, state }).into_iter().collect())
    }

    /// Whether there is more than one state.
    pub fn is_in_doubt(&self) -> bool {
        self.0.len() > 1
    }

    /// The state at this place (0 up to but not 1) of the probabilities; none where there was no answer.
    pub fn draw(&self, place: f64) -> Option<MemoryState> {
        let mut before = 0.0;
        let drawn = self.0.iter().find(|possible| {
            before += possible.probability;
            place < before
        });
        drawn.or(self.0.last()).map(|possible| possible.state)
    }

    /// The recall that is to be expected `elapsed` after the last answer, 0–1; `prior` where there was none.
    pub fn recall(&self, model: &impl Model, elapsed: Elapsed, prior: f64) -> f64 {
        if self.0.is_empty() {
            return prior;
        }
        self.0.iter().map(|possible| possible.probability * model.retrievability(possible.state, elapsed)).sum()
    }

    /// What is believed after an answer, `elapsed` after the one before.
    #[must_use]
    pub fn after<M: Model>(&self, replayer: &Replayer<M>, evidence: &Evidence, elapsed: Elapsed) -> Self {
        let luck = match evidence.confidence {
            Confidence::Model if replayer.luck_aware => evidence.guess.probability(),
            _ => 0.0,
        };
        let remembered =
            evidence.right && evidence.rating != Rating::Again && evidence.confidence != Confidence::Guessed;
        let unanswered = [(1.0, None)];
        let before = self.0.iter().map(|possible| (possible.probability, Some(possible.state)));
        let mut after = Vec::with_capacity(2 * self.0.len().max(1));
        for (probability, state) in before.chain(unanswered.into_iter().filter(|_| self.0.is_empty())) {
            let recall = state.map_or(replayer.prior_knowledge, |state| replayer.model.retrievability(state, elapsed));
            let next = replayer.model.next_states(state, elapsed);
            // How likely such an answer is where the card was known, and where it was not.
            let (known, forgotten) = if remembered { (recall, (1.0 - recall) * luck) } else { (0.0, 1.0 - recall) };
            for (likely, rating) in [(known, evidence.rating), (forgotten, Rating::Again)] {
                after.push(Possible { probability: probability * likely, state: next.after(rating) });
            }
        }
        if after.iter().all(|possible| possible.probability <= 0.0) {
            // A forgotten answer on the day of another was held to be impossible: it tells nothing of which state it was.
            let odd = if remembered { 0 } else { 1 };
            for (at, possible) in after.iter_mut().enumerate() {
                possible.probability = if at % 2 == odd { 1.0 } else { 0.0 };
            }
        }
        Self(merged(after))
    }

    /// Days until the recall that is to be expected has fallen to `retention` (0.70–0.99); 0 where there was no answer.
    ///
    /// Recall is known on whole days. Between two of them it is taken to fall evenly, so that the nearest day is the one whose
    /// recall is nearest. With one state, this is the interval of the model.
    pub fn interval_days(&self, model: &impl Model, retention: f64) -> f64 {
        if let [only] = self.0[..] {
            return model.interval_days(only.state, retention);
        }
        let each = self.0.iter().map(|possible| model.interval_days(possible.state, retention));
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
    belief: Belief,
    last: Option<(StudyDay, i64)>,
}

impl BeliefFold {
    /// What is believed after a whole log, in the order of its ids.
    pub fn over<'a, M: Model>(replayer: &Replayer<M>, log: impl IntoIterator<Item = &'a LogEntry>) -> Belief {
        let mut fold = Self::default();
        log.into_iter().for_each(|entry| fold.apply(replayer, entry));
        fold.belief
    }

    /// What is believed so far.
    pub fn belief(&self) -> &Belief {
        &self.belief
    }

    /// The same, and no more is to come.
    pub fn into_belief(self) -> Belief {
        self.belief
    }

    /// Takes one more entry into account.
    pub fn apply<M: Model>(&mut self, replayer: &Replayer<M>, entry: &LogEntry) {
        match entry {
            // Practice leaves memory as it was, and what is believed of it too.
            LogEntry::Review(review) if review.practice => {}
            LogEntry::Review(review) => {
                let elapsed = self.last.map_or(Elapsed::whole_days(0), |(day, ms)| Elapsed {
                    days: review.day.since(day),
                    ms: review.at.utc_ms.saturating_sub(ms).max(0),
                });
                self.belief = self.belief.after(replayer, &Evidence::of(review), elapsed);
                self.last = Some((review.day, review.at.utc_ms));
            }
            LogEntry::Move(change) if change.kind == MoveKind::Forget => *self = Self::default(),
            LogEntry::Move(_) => {}
        }
    }
}

/// A few states instead of many: those that are hardly possible are left out, and those that are most alike are made one.
fn merged(mut states: Vec<Possible>) -> Vec<Possible> {
    let sum: f64 = states.iter().map(|possible| possible.probability).sum();
    states.retain(|possible| possible.probability > LEAST * sum);
    let sum: f64 = states.iter().map(|possible| possible.probability).sum();
    states.iter_mut().for_each(|possible| possible.probability /= sum);
    states.sort_by(|one, other| one.state.stability.total_cmp(&other.state.stability));
    while states.len() > MOST {
        // What a merger costs: the variance of ln S that is lost (Ward).
        let cost = |pair: &[Possible]| {
            let [one, other] = [pair[0].probability, pair[1].probability];
            let apart = f64::from(pair[1].state.stability / pair[0].state.stability).ln();
            one * other / (one + other) * apart * apart
        };
        let cheapest = states.windows(2).enumerate().min_by(|(_, a), (_, b)| cost(a).total_cmp(&cost(b)));
        let Some(at) = cheapest.map(|(at, _)| at) else { break };
        let other = states.remove(at + 1);
        states[at] = union(states[at], other);
    }
    states
}

fn union(one: Possible, other: Possible) -> Possible {
    let probability = one.probability + other.probability;
    let mean = |one_value: f64, other_value: f64| {
        (one.probability * one_value + other.probability * other_value) / probability
    };
    let ln = |state: MemoryState| f64::from(state.stability).ln();
    let state = MemoryState {
        stability: mean(ln(one.state), ln(other.state)).exp() as f32,
        difficulty: mean(one.state.difficulty.into(), other.state.difficulty.into()) as f32,
    };
    Possible { probability, state }
}

#[cfg(test)]
#[path = "belief/tests.rs"]
mod tests;
