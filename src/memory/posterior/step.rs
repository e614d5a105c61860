//! One step of FSRS-6 with its derivatives: what the `fsrs` crate computes (`model.rs`, `step`), over [`Number`] and in double
//! precision.

use crate::memory::Elapsed;
use crate::memory::belief::{MemoryPair, Motion, Number};

/// The parameters of FSRS-6.
pub(super) const PARAMETERS: usize = 21;

const STABILITY: (f64, f64) = (0.001, 36_500.0);
const DIFFICULTY: (f64, f64) = (1.0, 10.0);

/// FSRS-6 under one set of parameters.
#[derive(Clone, Debug)]
pub(super) struct SlopedFsrs6 {
    w: [f64; PARAMETERS],
    /// 0.9^(−1/w20) − 1, and its derivative by w20.
    factor: (f64, f64),
    gain: f64,
    ceiling: f64,
}

impl SlopedFsrs6 {
    pub(super) fn new(w: &[f64; PARAMETERS]) -> Self {
        let nine = 0.9_f64.ln();
        let power = (-nine / w[20]).exp();
        Self {
            w: *w,
            factor: (power - 1.0, power * nine / (w[20] * w[20])),
            gain: w[8].exp(),
            ceiling: (-w[17] * w[18]).exp(),
        }
    }

    /// The recall `days` after the last answer, (1 + f·t/S)^(−w20), and its derivatives by S and by w20.
    fn curve(&self, stability: f64, days: f64) -> (f64, f64, f64) {
        let (factor, factor_slope) = self.factor;
        let ratio = days / stability;
        let base = 1.0 + factor * ratio;
        let log = base.ln();
        let recall = (-self.w[20] * log).exp();
        let by_stability = self.w[20] * recall / base * factor * ratio / stability;
        let by_decay = recall * (-log - self.w[20] * ratio * factor_slope / base);
        (recall, by_stability, by_decay)
    }

    fn difficulty<T: Number>(&self, difficulty: T, rating: u8) -> T {
        let w = &self.w;
        let before = difficulty.value();
        let change = -w[6] * (f64::from(rating) - 3.0);
        let damped = before + (10.0 - before) * change / 9.0;
        let power = (3.0 * w[5]).exp();
        let easy = w[4] - power + 1.0;
        let by_change = (1.0 - w[7]) * (10.0 - before) / 9.0;
        clamped(
            w[7] * (easy - damped) + damped,
            DIFFICULTY,
            &[((1.0 - w[7]) * (1.0 - change / 9.0), difficulty)],
            &[(4, w[7]), (5, -3.0 * w[7] * power), (6, -by_change * (f64::from(rating) - 3.0)), (7, easy - damped)],
        )
    }

    fn after_success<T: Number>(&self, state: MemoryPair<T>, days: f64, rating: u8) -> T {
        let w = &self.w;
        let (s, d) = (state.stability.value(), state.difficulty.value());
        let (recall, recall_slope, recall_decay) = self.curve(s, days);
        let (rated, rated_by) = match rating {
            2 => (w[15], 15),
            4 => (w[16], 16),
            _ => (1.0, PARAMETERS),
        };
        let log = s.ln();
        let common = self.gain * (11.0 - d) * (-w[9] * log).exp();
        let power = ((1.0 - recall) * w[10]).exp();
        let growth = common * (power - 1.0) * rated;
        let by_recall = -common * rated * w[10] * power;
        let by_rating = s * common * (power - 1.0);
        let direct = [
            (8, s * growth),
            (9, -s * growth * log),
            (10, s * common * rated * (1.0 - recall) * power),
            (20, s * by_recall * recall_decay),
            (rated_by, by_rating),
        ];
        // A good rating has no factor.
        let direct = if rated_by == PARAMETERS { &direct[..4] } else { &direct[..] };
        clamped(
            s * (1.0 + growth),
            STABILITY,
            &[
                (1.0 + growth - w[9] * growth + s * by_recall * recall_slope, state.stability),
                (-s * growth / (11.0 - d), state.difficulty),
            ],
            direct,
        )
    }

    fn after_failure<T: Number>(&self, state: MemoryPair<T>, days: f64) -> T {
        let w = &self.w;
        let (s, d) = (state.stability.value(), state.difficulty.value());
        let most = s * self.ceiling;
        let (recall, recall_slope, recall_decay) = self.curve(s, days);
        let (log, log_d) = ((s + 1.0).ln(), d.ln());
        let common = w[11] * (-w[12] * log_d).exp() * ((1.0 - recall) * w[14]).exp();
        let power = (w[13] * log).exp();
        let after = common * (power - 1.0);
        if after >= most {
            return clamped(
                most,
                STABILITY,
                &[(self.ceiling, state.stability)],
                &[(17, -most * w[18]), (18, -most * w[17])],
            );
        }
        clamped(
            after,
            STABILITY,
            &[
                (common * w[13] * power / (s + 1.0) - w[14] * after * recall_slope, state.stability),
                (-w[12] * after / d, state.difficulty),
            ],
            &[
                (11, after / w[11]),
                (12, -after * log_d),
                (13, common * power * log),
                (14, after * (1.0 - recall)),
                (20, -w[14] * after * recall_decay),
            ],
        )
    }

    fn same_day<T: Number>(&self, state: MemoryPair<T>, rating: u8) -> T {
        let w = &self.w;
        let s = state.stability.value();
        let log = s.ln();
        let lean = f64::from(rating) - 3.0 + w[18];
        let growth = (w[17] * lean - w[19] * log).exp();
        if rating >= 2 && growth <= 1.0 {
            return state.stability;
        }
        let after = s * growth;
        clamped(
            after,
            STABILITY,
            &[((1.0 - w[19]) * growth, state.stability)],
            &[(17, after * lean), (18, after * w[17]), (19, -after * log)],
        )
    }
}

impl<T: Number> Motion<T> for SlopedFsrs6 {
    fn first(&self, rating: u8) -> MemoryPair<T> {
        let place = usize::from(rating.clamp(1, 4)) - 1;
        let power = (self.w[5] * place as f64).exp();
        let difficulty = clamped(self.w[4] - power + 1.0, DIFFICULTY, &[], &[(4, 1.0), (5, -power * place as f64)]);
        MemoryPair { stability: clamped(self.w[place], STABILITY, &[], &[(place, 1.0)]), difficulty }
    }

    fn next(&self, state: MemoryPair<T>, elapsed: Elapsed, rating: u8) -> MemoryPair<T> {
        let days = f64::from(elapsed.days);
        let stability = match rating {
            _ if elapsed.days == 0 => self.same_day(state, rating),
            1 => self.after_failure(state, days),
            _ => self.after_success(state, days, rating),
        };
        MemoryPair { stability, difficulty: self.difficulty(state.difficulty, rating) }
    }

    fn recall(&self, state: MemoryPair<T>, elapsed: Elapsed) -> T {
        let (recall, by_stability, by_decay) = self.curve(state.stability.value(), f64::from(elapsed.days));
        T::chain(recall, &[(by_stability, state.stability)], &[(20, by_decay)])
    }
}

/// A number clamped to its range; beyond the range it has no slopes.
fn clamped<T: Number>(value: f64, (low, high): (f64, f64), by: &[(f64, T)], direct: &[(usize, f64)]) -> T {
    if (low..=high).contains(&value) { T::chain(value, by, direct) } else { T::fixed(value.clamp(low, high)) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::memory::belief::{DIMENSIONS, Sloped};
    use crate::memory::{Fsrs6, Model};
    use crate::model::{MemoryState, Rating};

    fn parameters(factors: &[f64]) -> [f64; PARAMETERS] {
        let mut w = [0.0; PARAMETERS];
        for ((w, default), factor) in w.iter_mut().zip(Fsrs6::default().parameters()).zip(factors) {
            // No lower than the model takes it.
            *w = f64::from((f64::from(*default) * factor).max(0.001) as f32);
        }
        w
    }

    /// The state after a history of ratings and days, with its slopes.
    fn fold<T: Number>(w: &[f64; PARAMETERS], history: &[(u8, u32)]) -> MemoryPair<T> {
        let steps = SlopedFsrs6::new(w);
        let mut state: MemoryPair<T> = steps.first(history[0].0);
        for (rating, days) in &history[1..] {
            state = steps.next(state, Elapsed::whole_days(*days), *rating);
        }
        state
    }

    proptest! {
        #[test]
        fn steps_are_those_of_the_crate_and_slopes_are_differences(
            factors in prop::collection::vec(0.75_f64..1.25, PARAMETERS),
            history in prop::collection::vec((1_u8..=4, 0_u32..60), 1..8),
            days in 1_u32..200,
        ) {
            let w = parameters(&factors);
            let single: Vec<f32> = w.iter().map(|w| *w as f32).collect();
            let model = Fsrs6::new(&single).expect("parameters");
            let mut known: Option<MemoryState> = None;
            for (at, (rating, elapsed)) in history.iter().enumerate() {
                let elapsed = Elapsed::whole_days(if at == 0 { 0 } else { *elapsed });
                known = Some(model.next_state(known, elapsed, Rating::from_number(*rating).expect("1 to 4")));
            }
            let known = known.expect("a state");
            let state: MemoryPair<f64> = fold(&w, &history);
            prop_assert!((state.stability / f64::from(known.stability) - 1.0).abs() < 2e-4, "{state:?} {known:?}");
            prop_assert!((state.difficulty - f64::from(known.difficulty)).abs() < 2e-4, "{state:?} {known:?}");

            let sloped: MemoryPair<Sloped> = fold(&w, &history);
            let after = Elapsed::whole_days(days);
            let recall = SlopedFsrs6::new(&w).recall(sloped, after);
            prop_assert!(recall.slopes[PARAMETERS..].iter().all(|slope| *slope == 0.0));
            prop_assert_eq!(DIMENSIONS, recall.slopes.len());
            for at in 0..PARAMETERS {
                let beside = |by: f64| {
                    let mut w = w;
                    w[at] += by;
                    let state: MemoryPair<f64> = fold(&w, &history);
                    SlopedFsrs6::new(&w).recall(state, after)
                };
                let by = 1e-6 * w[at].abs().max(1e-3);
                let (below, above) = (beside(-by), beside(by));
                let middle = SlopedFsrs6::new(&w).recall(state, after);
                let (left, right) = ((middle - below) / by, (above - middle) / by);
                let slope = recall.slopes[at];
                // At a kink (an end of a range) the slope is that of one side.
                let near = |other: f64| (slope - other).abs() < 1e-3 * (1.0 + slope.abs());
                prop_assert!(near(left) || near(right) || (left - right).abs() > 1e-3, "w{at}: {slope} {left} {right}");
            }
        }
    }
}
