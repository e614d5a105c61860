//! The unbounded scale on which a fit moves: logarithms for stabilities, logits within the range of all other numbers.

use super::Learner;
use super::step::PARAMETERS;
use crate::memory::belief::{Answering, DIMENSIONS, FALSE_ALARM, LUCK, OWNS_UP, PRIOR, SLIP};
use crate::model::PARAMETER_RANGES;

/// The first parameters are stabilities; this many of them.
const STABILITIES: usize = 4;
/// The scale reaches beyond the ends of a range by this share of it, so that the ends have finite places.
const MARGIN: f64 = 0.02;
/// The chances of [`Answering`] stay within these.
const CHANCES: (f64, f64) = (1e-4, 1.0 - 1e-4);
/// People eliminate options, and some distractors lure: luck is between half and twice that of pure chance.
const LUCKS: (f64, f64) = (0.5, 2.0);

/// A place on the scale.
pub(super) type ScalePoint = [f64; DIMENSIONS];

/// The place of a learner.
pub(super) fn place(learner: &Learner) -> ScalePoint {
    let mut place = [0.0; DIMENSIONS];
    for (at, place) in place.iter_mut().enumerate().take(PARAMETERS) {
        let (low, high) = PARAMETER_RANGES[at];
        let value = learner.parameters[at].clamp(low, high);
        *place = if at < STABILITIES {
            value.ln()
        } else {
            let margin = MARGIN * (high - low);
            logit((value - low + margin) / (high - low + 2.0 * margin))
        };
    }
    let answering = &learner.answering;
    place[LUCK] = answering.luck.clamp(LUCKS.0, LUCKS.1).ln();
    for (at, chance) in [
        (PRIOR, answering.prior_knowledge),
        (OWNS_UP, answering.owns_up),
        (FALSE_ALARM, answering.false_alarm),
        (SLIP, answering.slip),
    ] {
        place[at] = logit(chance.clamp(CHANCES.0, CHANCES.1));
    }
    place
}

/// The learner at a place with this `rates_luck`, and the slopes of its numbers along the scale.
pub(super) fn learner(place: &ScalePoint, rates_luck: f64) -> (Learner, ScalePoint) {
    let mut parameters = [0.0; PARAMETERS];
    let mut slopes = [0.0; DIMENSIONS];
    for at in 0..PARAMETERS {
        let (low, high) = PARAMETER_RANGES[at];
        let (value, slope) = if at < STABILITIES {
            let value = place[at].exp();
            (value, value)
        } else {
            let margin = MARGIN * (high - low);
            let width = high - low + 2.0 * margin;
            let share = logistic(place[at]);
            (low - margin + width * share, width * share * (1.0 - share))
        };
        parameters[at] = value.clamp(low, high);
        slopes[at] = if (low..=high).contains(&value) { slope } else { 0.0 };
    }
    let chance = |at: usize| {
        let chance = logistic(place[at]).clamp(CHANCES.0, CHANCES.1);
        (chance, chance * (1.0 - chance))
    };
    let luck = place[LUCK].exp();
    slopes[LUCK] = if (LUCKS.0..=LUCKS.1).contains(&luck) { luck } else { 0.0 };
    for at in [PRIOR, OWNS_UP, FALSE_ALARM, SLIP] {
        slopes[at] = chance(at).1;
    }
    let answering = Answering {
        prior_knowledge: chance(PRIOR).0,
        luck: luck.clamp(LUCKS.0, LUCKS.1),
        owns_up: chance(OWNS_UP).0,
        false_alarm: chance(FALSE_ALARM).0,
        slip: chance(SLIP).0,
        rates_luck,
    };
    (Learner { parameters, answering }, slopes)
}

pub(super) fn logit(share: f64) -> f64 {
    (share / (1.0 - share)).ln()
}

fn logistic(place: f64) -> f64 {
    1.0 / (1.0 + (-place).exp())
}
