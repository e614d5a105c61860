//! Fitting the parameters to histories, by the optimizer of the `fsrs` crate.
//!
//! The optimizer is deterministic: its shuffles follow from a fixed seed, and it works in one thread.

use std::sync::PoisonError;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use fsrs::{
    CombinedProgressState, ComputeParametersInput, DEFAULT_PARAMETERS, FSRSError, FSRSItem, FSRSReview, TrainingConfig,
    compute_parameters,
};
use uuid::Uuid;

use super::{Elapsed, Fsrs6, History, Model, weighed_state};
use crate::chance::Chance;
use crate::model::Rating;

/// Fewer answers than this say too little: the crate would fit the first four parameters alone.
pub const FEWEST_ITEMS: usize = 64;
/// The crate leaves longer histories out of its training; their items would only take room.
const LONGEST: usize = 256;
/// Runs of the optimizer where luck is taken out.
const ROUNDS: usize = 2;
/// How often progress is told.
const PATIENCE: Duration = Duration::from_millis(50);

/// Hears of progress: steps done and steps in all. Says whether to go on.
pub trait Watch {
    /// Whether to go on.
    fn go_on(&mut self, done: usize, all: usize) -> bool;
}

impl<F: FnMut(usize, usize) -> bool> Watch for F {
    fn go_on(&mut self, done: usize, all: usize) -> bool {
        self(done, all)
    }
}

/// Why there is no fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFit {
    /// There are too few answers.
    TooFew,
    /// The watch said to stop.
    Stopped,
    /// The optimizer gave nothing of use.
    Failed,
}

/// Parameters fitted to the answers before the place `until` in the log (`u32::MAX` for all): 21 numbers.
///
/// The fewer the answers, the closer to the defaults it stays: the optimizer is pulled back harder, and its result is drawn to
/// them. Luck is taken out first, in two rounds: see `without_luck`.
///
/// # Errors
/// When there are fewer than [`FEWEST_ITEMS`] answers to predict, the watch says to stop, or the optimizer fails.
pub fn fit(histories: &[History], until: u32, watch: &mut dyn Watch) -> Result<Vec<f32>, NoFit> {
    if !histories.iter().any(History::has_luck) {
        return round(histories, until, watch);
    }
    let mut parameters = DEFAULT_PARAMETERS.to_vec();
    for number in 0..ROUNDS {
        let model = Fsrs6::new(&parameters).map_err(|_| NoFit::Failed)?;
        let mut within = |done: usize, all: usize| watch.go_on(number * all + done, ROUNDS * all);
        parameters = round(&without_luck(histories, &model), until, &mut within)?;
    }
    Ok(parameters)
}

/// The histories with lucky answers rated again.
///
/// The optimizer knows nothing of luck: right answers to questions with two options would teach it that nothing is forgotten.
/// So for each right answer that nobody rated, the model's probability that it came from knowledge is drawn on (the stochastic
/// step of an EM algorithm), and the draws that say luck become ratings of 1. The draws are always the same.
fn without_luck(histories: &[History], model: &Fsrs6) -> Vec<History> {
    let mut chance = Chance::derived("luck", Uuid::nil(), 0, 0);
    let mut histories = histories.to_vec();
    for history in &mut histories {
        let (mut state, luck_aware) = (None, history.luck_aware);
        for trial in &mut history.trials {
            let elapsed = Elapsed::whole_days(trial.elapsed_days);
            let recall = state.map_or(history.prior_knowledge, |state| model.retrievability(state, elapsed));
            let known = trial.evidence.known_probability(recall, luck_aware);
            state = Some(weighed_state(model, state, elapsed, trial.evidence.rating, known));
            // Drawn for every answer, so that one more lucky answer leaves the draws of the others as they are.
            if f64::from(chance.unit()) >= known.unwrap_or(1.0) && trial.luck(luck_aware) > 0.0 {
                trial.evidence.rating = Rating::Again;
            }
        }
    }
    histories
}

/// One run of the optimizer.
fn round(histories: &[History], until: u32, watch: &mut dyn Watch) -> Result<Vec<f32>, NoFit> {
    let (items, cards, count) = items(histories, until);
    if items.len() < FEWEST_ITEMS {
        return Err(NoFit::TooFew);
    }
    if !watch.go_on(0, items.len()) {
        return Err(NoFit::Stopped);
    }
    let progress = CombinedProgressState::new_shared();
    let input = ComputeParametersInput {
        train_set: items,
        card_ids: Some(cards),
        progress: Some(progress.clone()),
        training_config: Some(TrainingConfig { gamma: gamma(count), ..TrainingConfig::default() }),
        ..ComputeParametersInput::default()
    };
    let (done, waiting) = channel();
    let fitted = std::thread::scope(|scope| {
        let worker = scope.spawn(move || {
            let fitted = compute_parameters(input);
            // Nobody listens any more only where this thread is about to be joined.
            let _ = done.send(());
            fitted
        });
        while let Err(RecvTimeoutError::Timeout) = waiting.recv_timeout(PATIENCE) {
            let mut state = progress.lock().unwrap_or_else(PoisonError::into_inner);
            let all = state.total();
            if !watch.go_on(state.current().min(all), all) {
                state.want_abort = true;
            }
        }
        worker.join()
    });
    match fitted {
        Ok(Ok(parameters)) if parameters.len() == DEFAULT_PARAMETERS.len() => Ok(shrunk(&parameters, count)),
        Ok(Err(FSRSError::Interrupted)) => Err(NoFit::Stopped),
        Ok(Err(FSRSError::NotEnoughData)) => Err(NoFit::TooFew),
        _ => Err(NoFit::Failed),
    }
}

/// How much the optimizer is pulled back to where it began, for so many answers: 20 up to 1,500, 1 from 10,000, and falling
/// between them on a logarithmic scale.
fn gamma(answers: usize) -> f64 {
    let (few, many) = (1_500.0_f64, 10_000.0);
    let share = ((answers as f64 / few).ln() / (many / few).ln()).clamp(0.0, 1.0);
    20.0_f64.powf(1.0 - share)
}

/// How many answers weigh as much as the defaults.
const WEIGHT_OF_DEFAULTS: f64 = 500.0;

/// Parameters between the defaults and what was fitted to so many answers, closer to the latter the more answers there are.
///
/// The optimizer's own pull is towards its first guess at the initial stabilities, which few answers leave far off. So these
/// are drawn to the defaults here, on a logarithmic scale, and the others with them.
fn shrunk(fitted: &[f32], answers: usize) -> Vec<f32> {
    let share = answers as f64 / (answers as f64 + WEIGHT_OF_DEFAULTS);
    let between = |(at, (&fitted, &default)): (usize, (&f32, &f32))| {
        let (fitted, default) = (f64::from(fitted), f64::from(default));
        let between = if at < 4 {
            (default.ln() + share * (fitted.ln() - default.ln())).exp()
        } else {
            default + share * (fitted - default)
        };
        between as f32
    };
    fitted.iter().zip(&DEFAULT_PARAMETERS).enumerate().map(between).collect()
}

/// The items of the crate with the number of their history, in the order of time; and how many answers without luck they are
/// worth. An answer that can be guessed with probability g tells of recall (1 − g)² as much (the slope of g + (1 − g)·R, squared).
fn items(histories: &[History], until: u32) -> (Vec<FSRSItem>, Vec<i64>, usize) {
    let mut worth = 0.0;
    let mut places: Vec<(u32, u32, u32)> = Vec::new();
    for (number, history) in (0..).zip(histories) {
        for (at, trial) in (0..).zip(&history.trials).take(LONGEST) {
            if trial.predicted && trial.order < until {
                places.push((trial.order, number, at));
                worth += (1.0 - trial.luck(history.luck_aware)).powi(2);
            }
        }
    }
    places.sort_unstable();
    // An item without a day between its answers would make the crate panic; no predicted answer has one.
    let items = places.iter().map(|&(_, number, at)| item(&histories[number as usize], at as usize)).collect();
    (items, places.iter().map(|&(_, number, _)| i64::from(number)).collect(), worth.round() as usize)
}

fn item(history: &History, at: usize) -> FSRSItem {
    let review = |trial: &super::Trial| FSRSReview {
        rating: u32::from(trial.evidence.rating.number()),
        delta_t: trial.elapsed_days,
    };
    FSRSItem { reviews: history.trials[..=at].iter().map(review).collect() }
}

#[cfg(test)]
#[path = "fit/tests.rs"]
mod tests;
