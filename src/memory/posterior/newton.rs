//! The most probable learner, by Fisher scoring with Levenberg's damping.

use super::cholesky::{Cholesky, Matrix};
use super::likelihood::{likelihood, share_rated};
use super::scale::{ScalePoint, learner, place};
use super::{Learner, People};
use crate::memory::History;
use crate::memory::belief::DIMENSIONS;
use crate::memory::fit::{FitProgress, NoFit};

/// The search stops after this many steps.
const STEPS: usize = 30;
/// The search stops after a step that gains less, in nats.
const ENOUGH: f64 = 1e-2;
/// No step moves a number further on its scale.
const FURTHEST: f64 = 1.5;
/// The search stops at this damping: a step would move nothing.
const MOST_DAMPED: f64 = 1e6;

/// What is known about a learner after some answers: a normal distribution on the scale of the fit.
#[derive(Clone, Debug)]
pub struct Posterior {
    pub(super) mode: ScalePoint,
    pub(super) precision: Cholesky,
    pub(super) rates_luck: f64,
}

impl Posterior {
    /// The most probable learner.
    pub fn learner(&self) -> Learner {
        self.at(&self.mode)
    }

    /// The learner at a place of the scale.
    pub(super) fn at(&self, place: &ScalePoint) -> Learner {
        learner(place, self.rates_luck).0
    }
}

/// The posterior of a learner who is one of these people, given the answers before the place `until` in the log (`u32::MAX` for all).
/// The search begins at `begin`, if given.
///
/// # Errors
/// If the watch says to stop, or the numbers are not finite.
pub fn posterior(
    people: &People,
    histories: &[History],
    until: u32,
    begin: Option<&Learner>,
    watch: &mut FitProgress<'_>,
) -> Result<Posterior, NoFit> {
    let search = Search { people, histories, until, rates_luck: share_rated(histories, until) };
    let mut at = search.evaluate_at(begin.map_or(people.mean, place));
    let mut damping = 1e-3;
    for step in 0..STEPS {
        if !watch(step, STEPS) {
            return Err(NoFit::Stopped);
        }
        let found =
            damped(&at.curvature, damping).map(|cholesky| search.evaluate_at(at.moved(&cholesky.solve(&at.slopes))));
        match found {
            Some(there) if there.log > at.log => {
                let gained = there.log - at.log;
                at = there;
                damping *= 0.1;
                if gained < ENOUGH {
                    break;
                }
            }
            _ if damping > MOST_DAMPED => break,
            _ => damping *= 10.0,
        }
    }
    watch(STEPS, STEPS);
    let precision = damped(&at.curvature, 0.0).filter(|_| at.log.is_finite()).ok_or(NoFit::Failed)?;
    Ok(Posterior { mode: at.place, precision, rates_luck: search.rates_luck })
}

struct Search<'a> {
    people: &'a People,
    histories: &'a [History],
    until: u32,
    rates_luck: f64,
}

/// A place, and the posterior density around it.
struct SearchPoint {
    place: ScalePoint,
    /// The logarithm of the density, up to a constant.
    log: f64,
    slopes: ScalePoint,
    /// The negative second derivatives of the log density.
    curvature: Box<Matrix>,
}

impl Search<'_> {
    fn evaluate_at(&self, place: ScalePoint) -> SearchPoint {
        let (learner, scale) = learner(&place, self.rates_luck);
        let observation = likelihood(&learner, self.histories, self.until);
        let away: ScalePoint = std::array::from_fn(|at| self.people.mean[at] - place[at]);
        let pull: ScalePoint = std::array::from_fn(|row| {
            self.people.precision[row].iter().zip(&away).map(|(precision, away)| precision * away).sum()
        });
        let away_squared: f64 = pull.iter().zip(&away).map(|(pull, away)| pull * away).sum();
        let mut curvature = self.people.precision.clone();
        for row in 0..DIMENSIONS {
            for column in 0..=row {
                curvature[row][column] += observation.information[row][column] * scale[row] * scale[column];
            }
        }
        let slopes = std::array::from_fn(|at| observation.slopes[at] * scale[at] + pull[at]);
        SearchPoint { place, log: observation.log - away_squared / 2.0, slopes, curvature }
    }
}

impl SearchPoint {
    fn moved(&self, step: &ScalePoint) -> ScalePoint {
        let longest = step.iter().fold(0.0_f64, |longest, part| longest.max(part.abs()));
        let share = if longest > FURTHEST { FURTHEST / longest } else { 1.0 };
        std::array::from_fn(|at| self.place[at] + share * step[at])
    }
}

fn damped(curvature: &Matrix, damping: f64) -> Option<Cholesky> {
    let mut matrix = Box::new(*curvature);
    for (at, row) in matrix.iter_mut().enumerate() {
        row[at] *= 1.0 + damping;
    }
    Cholesky::decompose(&matrix)
}
