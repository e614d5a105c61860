//! Whether to adopt a fit: unless it predicts answers that it has not seen worse than what there was.

use super::fit::{NoFit, Watch, fit_of, share_of_cards};
use super::predict::{Foreteller, predictions};
use super::{Answering, Fsrs6, History, Model, People, metrics, place_of_share};

/// The share of the answers, by time, that a fit on trial learns from. The others judge it.
const PAST: f64 = 0.8;
/// A fit that predicts worse by so many standard errors is not taken.
const BEYOND_CHANCE: f64 = 2.0;
/// More answers than this judge no better: of more, those of a share of the cards do.
const ENOUGH: usize = 40_000;

/// The parameters that a fit is held against.
#[derive(Clone, Copy, Debug)]
pub struct Incumbent<'a> {
    /// The model under them.
    pub model: &'a Fsrs6,
    /// How much of the same histories they were fitted to; none where they come from elsewhere.
    pub seen: Option<Seen>,
}

/// How much of a log parameters were fitted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The place in the log until which it had been written then.
    pub until: u32,
    /// The place in the log that the next answer takes.
    pub now: u32,
}

/// A fit, and how it did on answers it had not seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Answers in all.
    pub answers: usize,
    /// Answers that judged.
    pub held_out: usize,
    /// The mean surprise (log loss, nats) at these under the parameters that there were before, or their stand-in.
    pub loss_before: f64,
    /// The same under the published defaults.
    pub loss_default: f64,
    /// The same under the fit to the answers before these.
    pub loss_fitted: f64,
    /// How much better the fit predicts, in nats: the mean.
    pub gain: f64,
    /// The standard error of that mean.
    pub error: f64,
    /// Whether the parameters before had seen answers that judged, so that others stood in for them.
    pub stood_in: bool,
    /// How much of the way to the most probable parameters the fit to all answers goes ([`super::Fit::share`]).
    pub share: f64,
    /// How the person answers, as all answers say.
    pub answering: Answering,
    /// Whether the fit predicts worse beyond chance what it has not seen.
    pub worse: bool,
    /// The parameters to adopt, fitted to all answers; none where the fit predicts worse, stays at the published ones, or at those in use.
    pub parameters: Option<Vec<f32>>,
}

/// Fits to the first 80 % of the answers by time, compares with the parameters `before` on the others, and fits to all of them
/// unless that predicts worse beyond chance.
///
/// # Errors
/// When there are too few answers, the watch says to stop, or the fit comes to nothing.
pub fn consider(histories: &[History], before: &Fsrs6, watch: &mut dyn Watch) -> Result<Verdict, NoFit> {
    consider_against(People::all(), histories, &Incumbent { model: before, seen: None }, watch)
}

/// The same for one of these people, against parameters that may come from a fit to the same histories, and so have learnt from
/// answers that judge.
///
/// Such parameters cannot be beaten by a fit to fewer answers. So others stand in for them, which the same fit gives from fewer
/// answers: from as large a share of the answers before the split as theirs is of all. Right after a fit, that is all of these,
/// and a tie. Parameters that were fitted to other histories are held against as they are, also where these were among them.
///
/// # Errors
/// As [`consider`].
pub fn consider_against(
    people: &People,
    all: &[History],
    incumbent: &Incumbent<'_>,
    watch: &mut dyn Watch,
) -> Result<Verdict, NoFit> {
    let histories = share_of_cards(all, u32::MAX, ENOUGH);
    let cut = place_of_share(&histories, PAST);
    let (whole, found) = fit_of(people, all, u32::MAX, None, watch)?;
    let begin = found.learner();
    let (past, _) = fit_of(people, all, cut, Some(&begin), watch)?;
    let stand_in = match incumbent.seen {
        Some(seen) if seen.until > cut => {
            let until = u64::from(cut) * u64::from(seen.until.min(seen.now)) / u64::from(seen.now.max(1));
            let until = u32::try_from(until).unwrap_or(cut);
            Some(if until == cut {
                past.clone()
            } else {
                match fit_of(people, all, until, Some(&begin), watch) {
                    Ok((fit, _)) => fit,
                    // With so little to learn from, nobody would have left the defaults.
                    Err(NoFit::TooFew) => super::Fit { parameters: published(), ..past.clone() },
                    Err(error) => return Err(error),
                }
            })
        }
        _ => None,
    };
    // How the person answers is known from the past alike, whatever the parameters.
    let foretold =
        |model: &Fsrs6| predictions(&Foreteller { model, answering: Some(past.answering) }, &histories, cut, u32::MAX);
    let model_of = |parameters: &[f32]| Fsrs6::new(parameters).map_err(|_| NoFit::Failed);
    let old = match &stand_in {
        Some(fit) => foretold(&model_of(&fit.parameters)?),
        None => foretold(incumbent.model),
    };
    let new = foretold(&model_of(&past.parameters)?);
    let (gain, error) = metrics::gain(&old, &new).ok_or(NoFit::TooFew)?;
    let loss = |predictions| metrics::log_loss(predictions).ok_or(NoFit::TooFew);
    let taken = gain >= -BEYOND_CHANCE * error && whole.share > 0.0;
    let other = whole.parameters != incumbent.model.parameters();
    Ok(Verdict {
        answers: all.iter().map(|history| history.predicted().count()).sum(),
        held_out: old.len(),
        loss_before: loss(&old)?,
        loss_default: loss(&foretold(&Fsrs6::default()))?,
        loss_fitted: loss(&new)?,
        gain,
        error,
        stood_in: stand_in.is_some(),
        share: whole.share,
        answering: whole.answering,
        worse: gain < -BEYOND_CHANCE * error,
        parameters: (taken && other).then_some(whole.parameters),
    })
}

fn published() -> Vec<f32> {
    Fsrs6::default().parameters().to_vec()
}
