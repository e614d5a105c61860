//! Fitting the parameters to histories: the most probable learner, as far as it is safe to follow.
//!
//! The same histories give the same bits: the seed is fixed, and sums have the same order on any number of cores.

use super::{Answering, Fsrs6, History, Learner, Model, People, Posterior, cautious, posterior};
use crate::chance::Chance;

/// With fewer answers a day or more after the one before, there is no fit.
pub const FEWEST_ITEMS: usize = 64;
/// More answers than this hardly move 21 parameters: if there are more, a share of the cards is used.
const ENOUGH: usize = 12_000;
/// More answers than this are not needed to judge how safe a fit is.
const ENOUGH_FOR_CAUTION: usize = 600;

/// Progress callback of a fit: steps that are done, and steps in all, about equally long. False stops it.
pub type FitProgress<'a> = dyn FnMut(usize, usize) -> bool + 'a;

/// Why there is no fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFit {
    /// There are too few answers.
    TooFew,
    /// The watch said to stop.
    Stopped,
    /// The numbers were not finite.
    Failed,
}

/// The result of a fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The 21 parameters of FSRS-6.
    pub parameters: Vec<f32>,
    /// How the person answers.
    pub answering: Answering,
    /// The share of the way from the published parameters to the most probable ones, 0–1. It is as large as keeps the risk small: at
    /// most three in a hundred of the learners that the person may be are predicted worse.
    pub share: f64,
}

/// Fits to the answers before the place `until` in the log (`u32::MAX` for all), with all published people as the prior.
///
/// # Errors
/// If there are fewer than [`FEWEST_ITEMS`] answers to predict, the watch says to stop, or the numbers are not finite.
pub fn fit(histories: &[History], until: u32, watch: &mut FitProgress<'_>) -> Result<Fit, NoFit> {
    fit_of(People::all(), histories, until, None, watch).map(|(fit, _)| fit)
}

/// The same for one of these people. The search begins at `begin`, if given. Also returns the posterior, where another search can
/// begin.
///
/// # Errors
/// As [`fit`].
pub fn fit_of(
    people: &People,
    histories: &[History],
    until: u32,
    begin: Option<&Learner>,
    watch: &mut FitProgress<'_>,
) -> Result<(Fit, Posterior), NoFit> {
    if answers(histories, until) < FEWEST_ITEMS {
        return Err(NoFit::TooFew);
    }
    let learned = share_of_cards(histories, until, ENOUGH);
    let found = posterior(&people.knowing(prior_of(histories)), &learned, until, begin, watch)?;
    let published = published_parameters();
    let judged = share_of_cards(histories, until, ENOUGH_FOR_CAUTION);
    let answering = found.learner().answering;
    let mut chance = Chance::derived("caution", uuid::Uuid::nil(), 0, 0);
    let fit = match cautious(&found, &published, &judged, until, &mut chance) {
        Some((learner, share)) => Fit { parameters: learner.single(), answering, share },
        None => Fit { parameters: Fsrs6::default().parameters().to_vec(), answering, share: 0.0 },
    };
    Ok((fit, found))
}

/// The published parameters.
fn published_parameters() -> [f64; 21] {
    let mut published = [0.0; 21];
    for (own, parameter) in published.iter_mut().zip(Fsrs6::default().parameters()) {
        *own = f64::from(*parameter);
    }
    published
}

/// The answers before the place `until` whose recall is predicted.
fn answers(histories: &[History], until: u32) -> usize {
    histories.iter().flat_map(History::predicted).filter(|trial| trial.order < until).count()
}

/// How likely questions are known before they are first asked, averaged over the histories.
fn prior_of(histories: &[History]) -> f64 {
    histories.iter().map(|history| history.prior_knowledge).sum::<f64>() / histories.len().max(1) as f64
}

/// Every n-th history, so that they have about `most` answers before the place `until`.
pub(super) fn share_of_cards(histories: &[History], until: u32, most: usize) -> Vec<History> {
    let step = answers(histories, until).div_ceil(most).max(1);
    histories.iter().step_by(step).cloned().collect()
}

#[cfg(test)]
#[path = "fit/tests.rs"]
mod tests;
