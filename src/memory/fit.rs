//! Fitting the parameters to histories: the most probable learner, as far as it is safe to follow.
//!
//! The same histories give the same bits: nothing is drawn but by a fixed seed, and sums are made in the same order on any number
//! of cores.

use super::{Answering, Fsrs6, History, Learner, Model, People, Posterior, cautious, posterior};
use crate::chance::Chance;

/// Fewer answers than this, a day or more after the one before, say too little.
pub const FEWEST_ITEMS: usize = 64;
/// More answers than this hardly move 21 parameters: of more, a share of the cards is learnt from.
const ENOUGH: usize = 12_000;
/// More answers than this are not needed to tell how safe a fit is.
const ENOUGH_FOR_CAUTION: usize = 600;

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
    /// The numbers came to nothing.
    Failed,
}

/// What a fit comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The 21 parameters of FSRS-6.
    pub parameters: Vec<f32>,
    /// How the person answers.
    pub answering: Answering,
    /// How much of the way from the published parameters to the most probable ones they are, 0–1: as far as three in a
    /// hundred of the learners that the person may be, at most, are predicted worse. 0: they are the published ones.
    pub share: f64,
}

/// Learns from the answers before the place `until` in the log (`u32::MAX` for all), from nothing but what is known of people.
///
/// # Errors
/// When there are fewer than [`FEWEST_ITEMS`] answers to predict, the watch says to stop, or the numbers come to nothing.
pub fn fit(histories: &[History], until: u32, watch: &mut dyn Watch) -> Result<Fit, NoFit> {
    fit_of(People::all(), histories, until, None, watch).map(|(fit, _)| fit)
}

/// The same for one of these people. The search begins at `begin`, where something is known already. Gives the posterior too, for
/// another search to begin there.
///
/// # Errors
/// As [`fit`].
pub fn fit_of(
    people: &People,
    histories: &[History],
    until: u32,
    begin: Option<&Learner>,
    watch: &mut dyn Watch,
) -> Result<(Fit, Posterior), NoFit> {
    if answers(histories, until) < FEWEST_ITEMS {
        return Err(NoFit::TooFew);
    }
    let learnt = share_of_cards(histories, until, ENOUGH);
    let found = posterior(&people.knowing(prior_of(histories)), &learnt, until, begin, watch)?;
    let published = published_parameters();
    let asked = share_of_cards(histories, until, ENOUGH_FOR_CAUTION);
    let answering = found.learner().answering;
    let mut chance = Chance::derived("caution", uuid::Uuid::nil(), 0, 0);
    let fit = match cautious(&found, &published, &asked, until, &mut chance) {
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

/// How likely questions are known before they are first asked, as the decks of the histories say.
fn prior_of(histories: &[History]) -> f64 {
    histories.iter().map(|history| history.prior_knowledge).sum::<f64>() / histories.len().max(1) as f64
}

/// Every so many histories, so that about so many answers before the place `until` are in them.
pub(super) fn share_of_cards(histories: &[History], until: u32, most: usize) -> Vec<History> {
    let step = answers(histories, until).div_ceil(most).max(1);
    histories.iter().step_by(step).cloned().collect()
}

#[cfg(test)]
#[path = "fit/tests.rs"]
mod tests;
