//! How likely answers are for a learner, with the slopes and the curvature.

use std::num::NonZero;
use std::thread;

use super::Learner;
use super::cholesky::{Matrix, ZERO};
use super::scale::ScalePoint;
use super::step::SlopedFsrs6;
use crate::memory::History;
use crate::memory::belief::{AnswerModel, DIMENSIONS, Filter, Number, Observation, Sloped};
use crate::model::Confidence;

/// The histories are summed in this many parts on any number of cores, so that the sum has the same bits.
const PARTS: usize = 16;
/// With fewer histories, starting threads takes longer than the work.
const WORTH_THREADS: usize = 200;

/// The logarithm of a likelihood, its slopes, and the information that the answers hold (Fisher's matrix: lower triangle).
#[derive(Clone, Debug)]
pub(super) struct Likelihood {
    pub(super) log: f64,
    pub(super) slopes: ScalePoint,
    pub(super) information: Box<Matrix>,
}

/// The share of ratings among the right answers that were not called guesses. A person who rates everything rates luck too; a person
/// who rates now and then rates what was known.
pub(super) fn share_rated(histories: &[History], until: u32) -> f64 {
    let (mut rated, mut all) = (0.0, 0.0);
    for trial in histories.iter().flat_map(|history| &history.trials).filter(|trial| trial.order < until) {
        if trial.evidence.right && trial.evidence.guess.probability() > 0.0 {
            rated += f64::from(u8::from(trial.evidence.confidence == Confidence::Stated));
            all += f64::from(u8::from(trial.evidence.confidence != Confidence::Guessed));
        }
    }
    if all > 0.0 { rated / all } else { 0.0 }
}

/// How likely the answers before the place `until` in the log are for this learner, with slopes by the learner's numbers.
pub(super) fn likelihood(learner: &Learner, histories: &[History], until: u32) -> Likelihood {
    let steps = SlopedFsrs6::new(&learner.parameters);
    let answer_model: AnswerModel<Sloped> = AnswerModel::new(&learner.answering);
    let parts: Vec<&[History]> = histories.chunks(histories.len().div_ceil(PARTS).max(1)).collect();
    let cores =
        if histories.len() < WORTH_THREADS { 1 } else { thread::available_parallelism().map_or(1, NonZero::get) };
    let count = |part: &&[History]| part_likelihood(&steps, &answer_model, part, until);
    let observation: Vec<Likelihood> = if cores == 1 {
        parts.iter().map(count).collect()
    } else {
        thread::scope(|scope| {
            let shares = parts.chunks(parts.len().div_ceil(cores));
            let threads: Vec<_> =
                shares.map(|share| scope.spawn(|| share.iter().map(count).collect::<Vec<_>>())).collect();
            // If a thread panicked, a likelihood that is not a number stops the fit.
            threads
                .into_iter()
                .flat_map(|thread| thread.join().unwrap_or_else(|_| vec![Likelihood::nonsense()]))
                .collect()
        })
    };
    let mut sum = Likelihood::nothing();
    observation.iter().for_each(|part| sum.add(part));
    sum
}

impl Likelihood {
    fn nothing() -> Self {
        Self { log: 0.0, slopes: [0.0; DIMENSIONS], information: Box::new(ZERO) }
    }

    fn nonsense() -> Self {
        Self { log: f64::NAN, ..Self::nothing() }
    }

    fn add(&mut self, other: &Self) {
        self.log += other.log;
        self.slopes.iter_mut().zip(&other.slopes).for_each(|(sum, slope)| *sum += slope);
        for (row, other) in self.information.iter_mut().zip(other.information.iter()) {
            row.iter_mut().zip(other).for_each(|(sum, part)| *sum += part);
        }
    }
}

fn part_likelihood(
    steps: &SlopedFsrs6,
    answer_model: &AnswerModel<Sloped>,
    histories: &[History],
    until: u32,
) -> Likelihood {
    let mut filter: Filter<Sloped> = Filter::new();
    let mut sum = Likelihood::nothing();
    for history in histories {
        filter.clear();
        for (at, trial) in history.trials.iter().take_while(|trial| trial.order < until).enumerate() {
            let observation = Observation::from_trial(history, trial);
            if at == 0 || trial.elapsed_days > 0 {
                let recall = filter.recall(steps, answer_model, observation.elapsed);
                for outcome in answer_model.outcomes(recall, observation.guess) {
                    add_information(&mut sum.information, &outcome);
                }
            }
            if let Some(likely) = filter.observe(steps, answer_model, &observation) {
                let log = likely.ln();
                sum.log += log.value;
                sum.slopes.iter_mut().zip(&log.slopes).for_each(|(sum, slope)| *sum += slope);
            }
        }
    }
    sum
}

/// An outcome with probability q adds ∇q·∇qᵀ / q.
fn add_information(information: &mut Matrix, outcome: &Sloped) {
    if outcome.value <= 1e-12 {
        return;
    }
    let per = 1.0 / outcome.value;
    for (row, (information, slope)) in information.iter_mut().zip(&outcome.slopes).enumerate() {
        let slope = slope * per;
        if slope != 0.0 {
            information.iter_mut().zip(&outcome.slopes).take(row + 1).for_each(|(sum, other)| *sum += slope * other);
        }
    }
}
