//! FSRS-6 through the `fsrs` crate, with its known quirks guarded.

use std::fmt;

use fsrs::{DEFAULT_PARAMETERS, FSRS, FSRSItem, FSRSReview, current_retrievability};

use super::{Elapsed, Model, NextStates};
use crate::model::{MemoryState, Rating};

/// The crate clamps stability to this range of days, but only after it divides by it, so it is clamped here too.
const STABILITY: (f32, f32) = (0.001, 36_500.0);
const DIFFICULTY: (f32, f32) = (1.0, 10.0);
/// For a retention of 1, 0 or NaN the crate returns 0, infinity or NaN, without an error.
const RETENTION: (f64, f64) = (0.70, 0.99);

/// FSRS-6 under one set of parameters.
#[derive(Clone, Debug)]
pub struct Fsrs6 {
    model: FSRS,
    parameters: Vec<f32>,
}

/// Invalid parameters: they are not 17, 19 or 21, or one is not finite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParameterError;

impl fmt::Display for ParameterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("parameters are 17, 19 or 21 finite numbers")
    }
}

impl std::error::Error for ParameterError {}

impl Fsrs6 {
    /// The model under these parameters: 21 of FSRS-6, or 19 of FSRS-5 or 17 of FSRS-4.5, which are converted. Values outside
    /// the model's ranges are clamped, as the crate does.
    ///
    /// # Errors
    /// If there is another number of parameters, or one is not finite.
    pub fn new(parameters: &[f32]) -> Result<Self, ParameterError> {
        if parameters.is_empty() {
            return Err(ParameterError);
        }
        let filled = fsrs::check_and_fill_parameters(parameters).map_err(|_| ParameterError)?;
        let model = FSRS::new(&filled).map_err(|_| ParameterError)?;
        Ok(Self { model, parameters: filled })
    }

    /// The exponent of the forgetting curve. The crate clamps it to this range, so the free function must get it clamped too.
    fn decay(&self) -> f32 {
        self.parameters[20].clamp(0.1, 0.8)
    }

    /// The model under these parameters, or under the published defaults if there are none or they are invalid.
    pub fn or_default(parameters: Option<&[f32]>) -> Self {
        parameters.and_then(|parameters| Self::new(parameters).ok()).unwrap_or_default()
    }
}

impl Default for Fsrs6 {
    fn default() -> Self {
        Self { model: FSRS::default(), parameters: DEFAULT_PARAMETERS.to_vec() }
    }
}

impl Model for Fsrs6 {
    fn parameters(&self) -> &[f32] {
        &self.parameters
    }

    fn next_states(&self, before: Option<MemoryState>, elapsed: Elapsed) -> NextStates {
        let before = before.map(crate_state);
        // The retention only sets intervals, which are asked for by `interval_days`.
        match self.model.next_states(before, 0.9, elapsed.days) {
            Ok(next) => NextStates([next.again, next.hard, next.good, next.easy].map(|state| own_state(state.memory))),
            // Only a state that is not finite is refused, and `within` lets none through; a new card is the safe fallback.
            Err(_) => match before {
                Some(_) => self.next_states(None, elapsed),
                None => NextStates([MemoryState { stability: STABILITY.0, difficulty: DIFFICULTY.1 }; 4]),
            },
        }
    }

    fn next_state(&self, before: Option<MemoryState>, elapsed: Elapsed, rating: Rating) -> MemoryState {
        // An item of one review is one step of the model; the four of `next_states` come with four intervals too.
        let step = FSRSItem { reviews: vec![FSRSReview { rating: rating.number().into(), delta_t: elapsed.days }] };
        match self.model.memory_state(step, before.map(crate_state)) {
            Ok(state) => own_state(state),
            // The same fallback as in `next_states`.
            Err(_) => self.next_states(before, elapsed).after(rating),
        }
    }

    fn retrievability(&self, state: MemoryState, elapsed: Elapsed) -> f64 {
        if elapsed.days == 0 {
            return 1.0;
        }
        f64::from(current_retrievability(crate_state(state), elapsed.days as f32, self.decay())).clamp(0.0, 1.0)
    }

    fn interval_days(&self, state: MemoryState, retention: f64) -> f64 {
        let retention = if retention.is_nan() { 0.9 } else { retention.clamp(RETENTION.0, RETENTION.1) };
        f64::from(self.model.next_interval(Some(within(state).stability), retention as f32, 3)).max(0.0)
    }
}

fn crate_state(state: MemoryState) -> fsrs::MemoryState {
    let MemoryState { stability, difficulty } = within(state);
    fsrs::MemoryState { stability, difficulty }
}

fn own_state(state: fsrs::MemoryState) -> MemoryState {
    within(MemoryState { stability: state.stability, difficulty: state.difficulty })
}

/// The state, clamped to the ranges of the model; NaN becomes a number too.
fn within(state: MemoryState) -> MemoryState {
    let clamp = |value: f32, (low, high): (f32, f32), fallback: f32| {
        if value.is_nan() { fallback } else { value.clamp(low, high) }
    };
    MemoryState {
        stability: clamp(state.stability, STABILITY, STABILITY.0),
        difficulty: clamp(state.difficulty, DIFFICULTY, DIFFICULTY.1),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn days(days: u32) -> Elapsed {
        Elapsed { days, ms: i64::from(days) * 86_400_000 }
    }

    fn fold(model: &Fsrs6, history: &[(u8, u32)]) -> MemoryState {
        let mut state = None;
        for (rating, elapsed) in history {
            let rating = Rating::from_number(*rating).expect("1 to 4");
            state = Some(model.next_states(state, days(*elapsed)).after(rating));
        }
        state.expect("a history")
    }

    #[test]
    fn known_answers_of_the_reference_implementations() {
        // fsrs-rs `test_memory_state` and `test_memo_state`; the same in py-fsrs and ts-fsrs.
        let state = fold(&Fsrs6::default(), &[(1, 0), (3, 0), (3, 1), (3, 3), (3, 8), (3, 21)]);
        assert!((state.stability - 53.626_91).abs() < 1e-4, "{state:?}");
        assert!((state.difficulty - 6.357_486_7).abs() < 1e-4, "{state:?}");
        let fsrs5 = [
            0.684_542_2,
            1.679_082_5,
            4.734_942_4,
            10.042_885,
            7.441_023,
            0.642_197_97,
            1.071_918,
            0.002_519_525_4,
            1.432_437,
            0.1544,
            0.869_276_6,
            2.069_675_2,
            0.0953,
            0.2975,
            2.469_124_8,
            0.195_420_35,
            3.201_072,
            0.180_462_61,
            0.121_442_534,
        ];
        let state = fold(&Fsrs6::new(&fsrs5).expect("19"), &[(1, 0), (3, 1), (3, 3), (3, 8), (3, 21)]);
        assert!((state.stability - 31.722_992).abs() < 1e-4, "{state:?}");
        assert!((state.difficulty - 7.382_128).abs() < 1e-4, "{state:?}");
    }

    #[test]
    fn folding_gives_the_bits_of_the_crate() {
        let histories: [&[(u8, u32)]; 3] = [
            &[(3, 0), (4, 1), (3, 34), (1, 6), (3, 111), (3, 0), (2, 7)],
            &[(1, 0), (1, 0), (2, 0), (3, 1), (3, 4), (1, 12), (3, 0), (3, 2), (4, 9)],
            &[(4, 0), (2, 400), (3, 4_000)],
        ];
        let crate_model = FSRS::default();
        for history in histories {
            let reviews = history
                .iter()
                .map(|(rating, delta_t)| FSRSReview { rating: u32::from(*rating), delta_t: *delta_t })
                .collect();
            let reference = crate_model.memory_state(FSRSItem { reviews }, None).expect("a state");
            let state = fold(&Fsrs6::default(), history);
            assert_eq!(state.stability.to_bits(), reference.stability.to_bits());
            assert_eq!(state.difficulty.to_bits(), reference.difficulty.to_bits());
        }
    }

    proptest! {
        #[test]
        fn one_state_is_that_of_all_four_to_the_bit(
            before in prop::option::of((0.0001_f32..40_000.0, 0.5_f32..11.0)),
            elapsed in 0_u32..20_000,
            factors in prop::collection::vec(0.7_f32..1.3, 21),
        ) {
            let parameters: Vec<f32> = DEFAULT_PARAMETERS.iter().zip(factors).map(|(one, factor)| one * factor).collect();
            let model = Fsrs6::new(&parameters).expect("parameters");
            let before = before.map(|(stability, difficulty)| MemoryState { stability, difficulty });
            let all = model.next_states(before, days(elapsed));
            let bits = |state: MemoryState| (state.stability.to_bits(), state.difficulty.to_bits());
            for rating in Rating::ALL {
                prop_assert_eq!(bits(model.next_state(before, days(elapsed), rating)), bits(all.after(rating)));
                for known in [None, Some(0.0), Some(0.37), Some(1.0)] {
                    let one = super::super::weighed_state(&model, before, days(elapsed), rating, known);
                    prop_assert_eq!(bits(one), bits(all.weighed(rating, known)));
                }
            }
        }
    }

    #[test]
    fn a_nonsense_retention_gives_an_interval_all_the_same() {
        let model = Fsrs6::default();
        let state = MemoryState { stability: 10.0, difficulty: 5.0 };
        for retention in [1.0, 1.5, 0.0, -1.0, f64::NAN, f64::INFINITY] {
            let interval = model.interval_days(state, retention);
            assert!(interval.is_finite() && interval > 0.0, "{retention}: {interval}");
        }
        assert!((model.interval_days(state, 0.9) - 10.0).abs() < 1e-4);
    }

    #[test]
    fn a_nonsense_state_gives_finite_numbers() {
        let model = Fsrs6::default();
        for value in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, -1.0, 0.0] {
            let state = MemoryState { stability: value, difficulty: value };
            for rating in Rating::ALL {
                let next = model.next_states(Some(state), days(3)).after(rating);
                assert!(next.stability.is_finite() && next.difficulty.is_finite());
            }
            assert!((0.0..=1.0).contains(&model.retrievability(state, days(3))));
        }
    }

    #[test]
    fn recall_is_certain_on_the_same_day_and_ninety_percent_after_the_stability() {
        let model = Fsrs6::default();
        let state = MemoryState { stability: 7.0, difficulty: 5.0 };
        assert_eq!(model.retrievability(state, days(0)), 1.0);
        assert!((model.retrievability(state, days(7)) - 0.9).abs() < 1e-6);
    }

    #[test]
    fn parameters_of_another_number_are_refused() {
        assert_eq!(Fsrs6::new(&[]).err(), Some(ParameterError));
        assert_eq!(Fsrs6::new(&[1.0; 20]).err(), Some(ParameterError));
        assert_eq!(Fsrs6::new(&[f32::NAN; 21]).err(), Some(ParameterError));
        assert!(Fsrs6::new(&DEFAULT_PARAMETERS).is_ok());
    }
}
