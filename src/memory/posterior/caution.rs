//! How far a fit is to be trusted: as far as it is hardly ever worse than what there was.

use super::draws::Draws;
use super::scale::{Place, place};
use super::{Learner, Posterior};
use crate::chance::Chance;
use crate::memory::History;

/// Learners that are asked.
const ASKED: usize = 200;
/// The share of them for whom the parameters may be worse than those there were.
const RISK: f64 = 0.03;
/// How much of the way to the most probable parameters is tried.
const SHARES: [f64; 7] = [1.0, 0.85, 0.7, 0.55, 0.4, 0.25, 0.1];

/// A learner on the way from the parameters `from` to the most probable ones, and how much of the way: as far as not more than three
/// in a hundred of the learners that the person may be would be predicted worse than by `from`, over answers like these. None where
/// that is no way at all.
///
/// For a learner who is right with probability q, where a prediction says p, the surprise to be expected is −q·ln p − (1 − q)·ln(1 − p).
pub fn cautious(
    posterior: &Posterior,
    from: &[f64; 21],
    histories: &[History],
    until: u32,
    chance: &mut Chance,
) -> Option<(Learner, f64)> {
    let mode = posterior.learner();
    let origin = place(&Learner { parameters: *from, answering: mode.answering });
    let asked: Vec<Vec<f64>> = Draws::of(posterior, ASKED, chance)
        .learners()
        .iter()
        .map(|learner| learner.foretells(histories, until))
        .collect();
    let before = posterior.at(&origin).foretells(histories, until);
    SHARES.into_iter().find_map(|share| {
        let way: Place = std::array::from_fn(|at| origin[at] + share * (posterior.mode[at] - origin[at]));
        let learner = posterior.at(&way);
        let after = learner.foretells(histories, until);
        let worse = asked.iter().filter(|truth| gain(truth, &before, &after) < 0.0).count();
        (worse as f64 <= RISK * ASKED as f64).then_some((learner, share))
    })
}

/// How much less the surprise to be expected is, in nats, summed.
fn gain(truth: &[f64], before: &[f64], after: &[f64]) -> f64 {
    let one = |((truth, before), after): ((&f64, &f64), &f64)| {
        truth * (after / before).ln() + (1.0 - truth) * ((1.0 - after) / (1.0 - before)).ln()
    };
    truth.iter().zip(before).zip(after).map(one).sum()
}
