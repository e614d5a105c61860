//! The most probable learner, by Fisher scoring with Levenberg's damping.

use super::cholesky::{Cholesky, Matrix};
use super::likelihood::{likelihood, share_rated};
use super::scale::{Place, learner, place};
use super::{Learner, People};
use crate::memory::History;
use crate::memory::belief::DIMENSIONS;
use crate::memory::fit::{NoFit, Watch};

/// More steps are not taken.
const STEPS: usize = 30;
/// A step that gains less, in nats, is the last one.
const ENOUGH: f64 = 1e-2;
/// No step moves a number further on its scale.
const FURTHEST: f64 = 1.5;
/// No step is damped more: it would move nothing.
const MOST_DAMPED: f64 = 1e6;

/// What answers say of a learner: a normal distribution on the scale of the fit.
#[derive(Clone, Debug)]
pub struct Posterior {
    pub(super) mode: Place,
    pub(super) precision: Cholesky,
    pub(super) rates_luck: f64,
}

impl Posterior {
    /// The most probable learner.
    pub fn learner(&self) -> Learner {
        self.at(&self.mode)
    }

    /// The learner at a place of the scale.
    pub(super) fn at(&self, place: &Place) -> Learner {
        learner(place, self.rates_luck).0
    }
}

/// What the answers before the place `until` in the log (`u32::MAX` for all) say of a learner who is one of these people. `begin`
/// is where the search begins, where something is known already.
///
/// # Errors
/// When the watch says to stop, or the numbers come to nothing.
pub fn posterior(
    people: &People,
    histories: &[History],
    until: u32,
    begin: Option<&Learner>,
    watch: &mut dyn Watch,
) -> Result<Posterior, NoFit> {
    let search = Search { people, histories, until, rates_luck: share_rated(histories, until) };
    let mut at = search.look(begin.map_or(people.mean, place));
    let mut damping = 1e-3;
    for step in 0..STEPS {
        if !watch.go_on(step, STEPS) {
            return Err(NoFit::Stopped);
        }
        let found = damped(&at.curvature, damping).map(|cholesky| search.look(at.moved(&cholesky.solve(&at.slopes))));
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
    watch.go_on(STEPS, STEPS);
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
struct Looked {
    place: Place,
    /// The logarithm of the density, up to a constant.
    log: f64,
    slopes: Place,
    /// With the sign turned.
    curvature: Box<Matrix>,
}

impl Search<'_> {
    fn look(&self, place: Place) -> Looked {
        let (learner, scale) = learner(&place, self.rates_luck);
        let told = likelihood(&learner, self.histories, self.until);
        let away: Place = std::array::from_fn(|at| self.people.mean[at] - place[at]);
        let pull: Place = std::array::from_fn(|row| {
            self.people.precision[row].iter().zip(&away).map(|(precision, away)| precision * away).sum()
        });
        let away_squared: f64 = pull.iter().zip(&away).map(|(pull, away)| pull * away).sum();
        let mut curvature = self.people.precision.clone();
        for row in 0..DIMENSIONS {
            for column in 0..=row {
                curvature[row][column] += told.information[row][column] * scale[row] * scale[column];
            }
        }
        let slopes = std::array::from_fn(|at| told.slopes[at] * scale[at] + pull[at]);
        Looked { place, log: told.log - away_squared / 2.0, slopes, curvature }
    }
}

impl Looked {
    fn moved(&self, step: &Place) -> Place {
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
    Cholesky::of(&matrix)
}
