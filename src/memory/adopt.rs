//! Whether to adopt a fit: unless it predicts unseen answers worse than the parameters in use.

use super::fit::{FitProgress, NoFit, fit_of, share_of_cards};
use super::predict::{Predictor, predictions};
use super::{Answering, Fsrs6, History, Model, People, metrics, place_of_share};

/// The share of the answers, by time, that a fit on trial learns from. The others judge it.
const PAST: f64 = 0.8;
/// A fit that predicts worse by this many standard errors is not adopted.
const BEYOND_CHANCE: f64 = 2.0;
/// More answers than this judge no better: if there are more, a share of the cards is used.
const ENOUGH: usize = 40_000;

/// The parameters that a fit is compared with.
#[derive(Clone, Copy, Debug)]
pub struct Incumbent<'a> {
    /// The model under them.
    pub model: &'a Fsrs6,
    /// How much of the same histories they were fitted to; `None` if they come from elsewhere.
    pub fitted_to: Option<FitExtent>,
}

/// How much of a log parameters were fitted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FitExtent {
    /// The end of the log at the time of the fit, as a place in it.
    pub until: u32,
    /// The end of the log now.
    pub now: u32,
}

/// A fit, and how well it predicts answers that it has not seen.
#[derive(Clone, Debug, PartialEq)]
pub struct AssessedFit {
    /// How many answers there are.
    pub answers: usize,
    /// How many of them it was judged by.
    pub held_out: usize,
    /// The mean surprise (log loss, nats) at these under the parameters in use, or their stand-in.
    pub loss_before: f64,
    /// The same under the published defaults.
    pub loss_default: f64,
    /// The same under the fit to the answers before these.
    pub loss_fitted: f64,
    /// How much better the fit predicts, in nats, on average.
    pub gain: f64,
    /// The standard error of that mean.
    pub error: f64,
    /// Whether the parameters in use were fitted to some of these answers, so that others stood in for them.
    pub stood_in: bool,
    /// How much of the way to the most probable parameters the fit to all answers goes ([`super::Fit::share`]).
    pub share: f64,
    /// How the person answers, learned from all answers.
    pub answering: Answering,
    /// Whether the fit predicts unseen answers worse beyond chance.
    pub worse: bool,
    /// The parameters to adopt, fitted to all answers; `None` if the fit predicts worse, or gives the published ones or those in use.
    pub parameters: Option<Vec<f32>>,
}

/// Fits to the first 80 % of the answers by time, compares with the parameters `before` on the others, and fits to all of them
/// unless that predicts worse beyond chance.
///
/// # Errors
/// If there are too few answers, the watch says to stop, or the fit fails.
pub fn consider(histories: &[History], before: &Fsrs6, watch: &mut FitProgress<'_>) -> Result<AssessedFit, NoFit> {
    consider_against(People::all(), histories, &Incumbent { model: before, fitted_to: None }, watch)
}

/// The same for one of these people, against parameters that may come from a fit to the same histories.
///
/// Such parameters know the answers that judge, so a fit to fewer answers cannot beat them. A stand-in is judged instead: a fit to as
/// large a share of the answers before the split as theirs is of all. Right after a fit, that is a tie. Parameters that were fitted to
/// other histories are compared as they are, even if these histories were among them.
///
/// # Errors
/// As [`consider`].
pub fn consider_against(
    people: &People,
    all: &[History],
    incumbent: &Incumbent<'_>,
    watch: &mut FitProgress<'_>,
) -> Result<AssessedFit, NoFit> {
    let histories = share_of_cards(all, u32::MAX, ENOUGH);
    let cut = place_of_share(&histories, PAST);
    let (whole, found) = fit_of(people, all, u32::MAX, None, watch)?;
    let begin = found.learner();
    let (past, _) = fit_of(people, all, cut, Some(&begin), watch)?;
    let stand_in = match incumbent.fitted_to {
        Some(extent) if extent.until > cut => {
            let until = u64::from(cut) * u64::from(extent.until.min(extent.now)) / u64::from(extent.now.max(1));
            let until = u32::try_from(until).unwrap_or(cut);
            Some(if until == cut {
                past.clone()
            } else {
                match fit_of(people, all, until, Some(&begin), watch) {
                    Ok((fit, _)) => fit,
                    // With so few answers, a fit would have kept the defaults.
                    Err(NoFit::TooFew) => super::Fit { parameters: published(), ..past.clone() },
                    Err(error) => return Err(error),
                }
            })
        }
        _ => None,
    };
    // The way of answering is learned from the past, and the same for all parameters.
    let predict =
        |model: &Fsrs6| predictions(&Predictor { model, answering: Some(past.answering) }, &histories, cut, u32::MAX);
    let model_of = |parameters: &[f32]| Fsrs6::new(parameters).map_err(|_| NoFit::Failed);
    let old = match &stand_in {
        Some(fit) => predict(&model_of(&fit.parameters)?),
        None => predict(incumbent.model),
    };
    let new = predict(&model_of(&past.parameters)?);
    let (gain, error) = metrics::gain(&old, &new).ok_or(NoFit::TooFew)?;
    let loss = |predictions| metrics::log_loss(predictions).ok_or(NoFit::TooFew);
    let adopted = gain >= -BEYOND_CHANCE * error && whole.share > 0.0;
    let other = whole.parameters != incumbent.model.parameters();
    Ok(AssessedFit {
        answers: all.iter().map(|history| history.predicted().count()).sum(),
        held_out: old.len(),
        loss_before: loss(&old)?,
        loss_default: loss(&predict(&Fsrs6::default()))?,
        loss_fitted: loss(&new)?,
        gain,
        error,
        stood_in: stand_in.is_some(),
        share: whole.share,
        answering: whole.answering,
        worse: gain < -BEYOND_CHANCE * error,
        parameters: (adopted && other).then_some(whole.parameters),
    })
}

fn published() -> Vec<f32> {
    Fsrs6::default().parameters().to_vec()
}
