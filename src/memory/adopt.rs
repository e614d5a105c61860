//! Whether to adopt a fit: only where it predicts answers better that it has not seen.

use super::fit::{NoFit, Watch, fit};
use super::metrics;
use super::{Fsrs6, History, place_of_share, predictions};

/// The share of the answers, by time, that a fit on trial learns from. The others judge it.
const PAST: f64 = 0.8;
/// How many standard errors the gain at so many held-out answers must be above 0: 2, and more where they are so few that the
/// error itself is a guess. `cargo bench --bench learners` shows what becomes of fits under this rule.
fn certainty(held_out: usize) -> f64 {
    2.0 + 100.0 / held_out as f64
}

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
    /// The parameters to adopt, fitted to all answers; none where the fit does not predict better.
    pub parameters: Option<Vec<f32>>,
}

/// Fits to the first 80 % of the answers by time, compares with the parameters `before` on the others, and fits to all of them
/// where that predicts better beyond chance.
///
/// # Errors
/// When there are too few answers, the watch says to stop, or the optimizer fails.
pub fn consider(histories: &[History], before: &Fsrs6, watch: &mut dyn Watch) -> Result<Verdict, NoFit> {
    consider_against(histories, &Incumbent { model: before, seen: None }, watch)
}

/// The same against parameters that may come from a fit to the same histories, and so have learnt from answers that judge.
///
/// Such parameters cannot be beaten by a fit to fewer answers. So others stand in for them, which the same fit gives from fewer
/// answers: from as large a share of the answers before the split as theirs is of all. Right after a fit, that is all of these,
/// and a tie. Parameters that were fitted to other histories are held against as they are, also where these were among them:
/// with a stand-in for those, fewer and worse fits were adopted (`docs/scheduling.md`).
///
/// # Errors
/// When there are too few answers, the watch says to stop, or the optimizer fails.
pub fn consider_against(
    histories: &[History],
    incumbent: &Incumbent<'_>,
    watch: &mut dyn Watch,
) -> Result<Verdict, NoFit> {
    let cut = place_of_share(histories, PAST);
    let fitted = fit(histories, cut, watch)?;
    let model = Fsrs6::new(&fitted).map_err(|_| NoFit::Failed)?;
    let stand_in = match incumbent.seen {
        Some(seen) if seen.until > cut => {
            let until = u64::from(cut) * u64::from(seen.until.min(seen.now)) / u64::from(seen.now.max(1));
            let until = u32::try_from(until).unwrap_or(cut);
            Some(if until == cut {
                model.clone()
            } else {
                match fit(histories, until, watch) {
                    Ok(parameters) => Fsrs6::new(&parameters).map_err(|_| NoFit::Failed)?,
                    // With so little to learn from, nobody would have left the defaults.
                    Err(NoFit::TooFew) => Fsrs6::default(),
                    Err(error) => return Err(error),
                }
            })
        }
        _ => None,
    };
    let old = predictions(stand_in.as_ref().unwrap_or(incumbent.model), histories, cut, u32::MAX);
    let new = predictions(&model, histories, cut, u32::MAX);
    let (gain, error) = metrics::gain(&old, &new).ok_or(NoFit::TooFew)?;
    let loss = |predictions| metrics::log_loss(predictions).ok_or(NoFit::TooFew);
    let parameters = if gain > certainty(old.len()) * error { Some(fit(histories, u32::MAX, watch)?) } else { None };
    Ok(Verdict {
        answers: histories.iter().map(|history| history.predicted().count()).sum(),
        held_out: old.len(),
        loss_before: loss(&old)?,
        loss_default: loss(&predictions(&Fsrs6::default(), histories, cut, u32::MAX))?,
        loss_fitted: loss(&new)?,
        gain,
        error,
        stood_in: stand_in.is_some(),
        parameters,
    })
}
