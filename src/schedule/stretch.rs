//! How much longer a person's memories last than in the model, learned from their answers.

use super::LivedMemory;
use crate::memory::{Belief, Elapsed, Model};

/// Stretches from e⁻³ to e³, in steps of a quarter of the exponent.
const STRETCHES: usize = 25;
/// The standard deviation of the logarithm of a stretch before any answer; its mean is 0. First stabilities of people are spread this
/// widely around the published parameters.
const SPREAD: f64 = 0.8;
/// After this many days an answer counts half: young cards tell little about how old ones are remembered.
const HALF_LIFE: f64 = 15.0;

fn logarithm(place: usize) -> f64 {
    place as f64 / 4.0 - 3.0
}

/// Learners with the same model and different stretches.
#[derive(Clone, Debug)]
pub struct Stretched<M>(Vec<LivedMemory<M>>);

/// The log-likelihood of some answers for each of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Likelihoods([f64; STRETCHES]);

/// An answer that came a day or more after the one before.
#[derive(Clone, Copy, Debug)]
pub struct Attempt {
    /// The time from the one before.
    pub elapsed: Elapsed,
    /// Whether it was right.
    pub right: bool,
    /// The chance of being right by luck.
    pub guess: f64,
    /// How many days ago it was.
    pub days_ago: u32,
}

impl<M: Model + Clone> Stretched<M> {
    /// This learner, with memories that last longer and shorter.
    pub fn around(learner: &LivedMemory<M>) -> Self {
        Self((0..STRETCHES).map(|place| LivedMemory { stretch: logarithm(place).exp(), ..learner.clone() }).collect())
    }

    /// Takes an answer into account; `belief` is the belief before it.
    pub fn observe(&self, found: &mut Likelihoods, belief: &Belief, attempt: &Attempt) {
        let Attempt { elapsed, right, guess, days_ago } = *attempt;
        let weight = 0.5_f64.powf(f64::from(days_ago) / HALF_LIFE);
        for (sum, learner) in found.0.iter_mut().zip(&self.0) {
            let recall = belief.recall(learner, elapsed, 0.0);
            let likely = if right { guess + (1.0 - guess) * recall } else { (1.0 - guess) * (1.0 - recall) };
            *sum += weight * likely.max(1e-6).ln();
        }
    }
}

impl Likelihoods {
    /// Adds the likelihoods of other answers.
    pub fn merge(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(sum, more)| *sum += more);
    }

    /// The expected stretch: e to the posterior mean of its logarithm.
    pub fn stretch(&self) -> f64 {
        let posterior = |place: usize| self.0[place] - 0.5 * (logarithm(place) / SPREAD).powi(2);
        let most = (0..STRETCHES).map(posterior).fold(f64::MIN, f64::max);
        let weight = |place: usize| (posterior(place) - most).exp();
        let sum: f64 = (0..STRETCHES).map(weight).sum();
        ((0..STRETCHES).map(|place| weight(place) * logarithm(place)).sum::<f64>() / sum).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Fsrs6;
    use crate::model::MemoryState;

    const STATE: MemoryState = MemoryState { stability: 10.0, difficulty: 5.0 };

    /// What so many answers after 20 days tell where a share of them is right, of two options.
    fn told(count: usize, share: f64, days_ago: u32) -> Likelihoods {
        let all = Stretched::around(&LivedMemory::new(Fsrs6::default(), 1.0));
        let (mut found, belief) = (Likelihoods::default(), Belief::certain(Some(STATE)));
        let right = (count as f64 * share).round() as usize;
        for number in 0..count {
            let elapsed = Elapsed::whole_days(20);
            all.observe(&mut found, &belief, &Attempt { elapsed, right: number < right, guess: 0.5, days_ago });
        }
        found
    }

    #[test]
    fn a_stretch_is_found_again() {
        assert!((Likelihoods::default().stretch() - 1.0).abs() < 1e-9);
        // After 20 days, recall is that after 40 days of somebody whose memories last twice as long.
        for (stretch, days) in [(0.5, 40), (1.0, 20), (2.0, 10)] {
            let recall = Fsrs6::default().retrievability(STATE, Elapsed::whole_days(days));
            let found = told(4_000, 0.5 + 0.5 * recall, 0).stretch();
            assert!((found / stretch).ln().abs() < 0.15, "{found} for {stretch}");
        }
    }

    #[test]
    fn what_was_long_ago_counts_less() {
        // 40 wrong answers of today outweigh as many right ones of two months ago, which count a sixteenth.
        let mut found = told(40, 0.5, 0);
        let alone = found.stretch();
        found.merge(&told(40, 1.0, 60));
        assert!(alone < found.stretch() && found.stretch() < 1.0, "{alone} {}", found.stretch());
    }
}
