//! How far to trust a fit: as far as it is hardly ever worse than the parameters before it.

use super::draws::Draws;
use super::scale::{ScalePoint, place};
use super::{Learner, Posterior};
use crate::chance::Chance;
use crate::memory::History;

/// How many learners are drawn.
const DRAWN: usize = 200;
/// The share of them for whom the new parameters may be worse.
const RISK: f64 = 0.03;
/// The shares of the way to the most probable parameters that are tried.
const SHARES: [f64; 7] = [1.0, 0.85, 0.7, 0.55, 0.4, 0.25, 0.1];

/// A learner on the way from the parameters `from` to the most probable ones, and the share of the way. It goes as far as at most three
/// in a hundred of the learners that the person may be are predicted worse than by `from`, over answers like these. `None` if there is
/// no such share.
///
/// If a learner is right with probability q and the prediction is p, the expected surprise is −q·ln p − (1 − q)·ln(1 − p).
pub fn cautious(
    posterior: &Posterior,
    from: &[f64; 21],
    histories: &[History],
    until: u32,
    chance: &mut Chance,
) -> Option<(Learner, f64)> {
    let mode = posterior.learner();
    let origin = place(&Learner { parameters: *from, answering: mode.answering });
    let truths: Vec<Vec<f64>> = Draws::sample(posterior, DRAWN, chance)
        .learners()
        .iter()
        .map(|learner| learner.right_chances(histories, until))
        .collect();
    let before = posterior.at(&origin).right_chances(histories, until);
    SHARES.into_iter().find_map(|share| {
        let way: ScalePoint = std::array::from_fn(|at| origin[at] + share * (posterior.mode[at] - origin[at]));
        let learner = posterior.at(&way);
        let after = learner.right_chances(histories, until);
        let worse = truths.iter().filter(|truth| gain(truth, &before, &after) < 0.0).count();
        (worse as f64 <= RISK * DRAWN as f64).then_some((learner, share))
    })
}

/// How much less the expected surprise is, in nats, summed.
fn gain(truth: &[f64], before: &[f64], after: &[f64]) -> f64 {
    let one = |((truth, before), after): ((&f64, &f64), &f64)| {
        truth * (after / before).ln() + (1.0 - truth) * ((1.0 - after) / (1.0 - before)).ln()
    };
    truth.iter().zip(before).zip(after).map(one).sum()
}
