//! How well recall is predicted, and what that means.

use std::collections::HashMap;

use super::training_data::training_data;
use crate::error::{Error, Result};
use crate::memory::metrics::{self, Calibration, Honesty};
use crate::memory::{Evaluation, Fsrs6, History, Method, NoFit, evaluate};
use crate::model::DeckId;
use crate::store::Reader;
use crate::study::decks::Decks;
use crate::study::progress::{Progress, Watch, stopped};

/// Up to this far off, intervals can be trusted.
const HONEST: f64 = 0.03;
/// Up to this far off, they are roughly right.
const ROUGH: f64 = 0.06;
/// If chance alone would put predictions this far off, there are too few answers to tell.
const BLURRED: f64 = 0.05;
/// The least and the most groups of the calibration. With fewer answers in each, chance says more than predictions do.
const GROUPS: (usize, usize) = (3, 10);
const OF_A_GROUP: usize = 120;

/// What a person may think of the predictions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvaluationVerdict {
    /// Intervals can be trusted.
    Honest,
    /// Intervals are roughly right.
    Rough,
    /// Intervals are not to be trusted.
    Off,
    /// There are too few answers to tell.
    TooFew,
}

/// How well a method predicted.
#[derive(Clone, Debug, PartialEq)]
pub struct EvaluatedMethod {
    /// The method's name.
    pub name: &'static str,
    /// Mean log loss, in nats.
    pub log_loss: Option<f64>,
    /// Root mean squared error over bins.
    pub rmse_bins: Option<f64>,
    /// Area under the ROC curve.
    pub auc: Option<f64>,
}

/// Answers of about the same predicted recall.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RecallGroup {
    /// The mean prediction, 0–1.
    pub predicted: f64,
    /// The share of right answers.
    pub actual: f64,
    /// How many answers.
    pub answers: usize,
}

/// A finished evaluation.
#[derive(Clone, Debug)]
pub struct EvaluationFigures {
    /// Answers whose recall somebody predicts, those learnt from included.
    pub answers: usize,
    /// Answers that were predicted from what came before them.
    pub held_out: usize,
    /// What a person may think of the predictions; `None` if there was nothing to evaluate.
    pub verdict: Option<EvaluationVerdict>,
    /// How far predictions are off, in whole percentage points, as far as chance allows to say.
    pub points: Option<u32>,
    /// Predicted minus actual recall on the whole.
    pub bias: Option<f64>,
    /// The name of the method that is judged, and whether its parameters were fitted to the past.
    pub judged: Option<(&'static str, bool)>,
    /// Every method.
    pub methods: Vec<EvaluatedMethod>,
    /// The judged predictions in groups.
    pub calibration: Vec<RecallGroup>,
}

/// Predicts the answers in a deck and the decks in it, or in all, from what came before each.
pub(in crate::study) fn evaluate_decks(
    reader: Reader<'_>,
    deck: Option<&str>,
    watch: &mut Watch<'_>,
) -> Result<EvaluationFigures> {
    let decks = Decks::load(reader)?;
    let chosen = decks.named(deck)?;
    let histories = training_data(reader, &chosen, watch)?.histories;
    let default = Fsrs6::default();
    let models: HashMap<DeckId, &Fsrs6> = chosen.iter().map(|entry| (entry.deck.id, &entry.replayer.model)).collect();
    let own = chosen.iter().any(|entry| entry.settings.parameters.is_some());
    let mut go_on =
        |done: usize, all: usize| watch(Progress { work: "fitting the past", done: done as u64, all: all as u64 });
    let in_use = |history: &History| models.get(&history.deck).copied().unwrap_or(&default);
    match evaluate(&histories, in_use, &mut go_on) {
        // Parameters that were fitted may have learnt from the very answers that judge them; the defaults have not.
        Ok(evaluation) => Ok(figures(&evaluation, if own { Method::Fitted } else { Method::InUse })),
        Err(NoFit::TooFew) => Ok(EvaluationFigures {
            answers: histories.iter().map(|history| history.predicted().count()).sum(),
            held_out: 0,
            verdict: None,
            points: None,
            bias: None,
            judged: None,
            methods: Vec::new(),
            calibration: Vec::new(),
        }),
        Err(NoFit::Stopped) => Err(stopped()),
        Err(NoFit::Failed) => Err(Error::fault("the evaluation gave no result").hint("please report this")),
    }
}

fn figures(evaluation: &Evaluation, judged: Method) -> EvaluationFigures {
    let judged_by = evaluation.methods.iter().find(|(method, _)| *method == judged);
    let predictions = judged_by.map(|(_, predictions)| predictions.as_slice()).unwrap_or_default();
    let groups = metrics::calibration(predictions, (predictions.len() / OF_A_GROUP).clamp(GROUPS.0, GROUPS.1));
    let honesty = metrics::honesty(&groups);
    let methods = evaluation.methods.iter().map(|(method, predictions)| EvaluatedMethod {
        name: method.name(),
        log_loss: metrics::log_loss(predictions),
        rmse_bins: metrics::rmse_bins(predictions),
        auc: metrics::auc(predictions),
    });
    let group =
        |&Calibration { predicted, actual, answers, .. }: &Calibration| RecallGroup { predicted, actual, answers };
    EvaluationFigures {
        answers: evaluation.answers,
        held_out: predictions.len(),
        verdict: Some(honesty.as_ref().map_or(EvaluationVerdict::TooFew, verdict)),
        points: honesty.as_ref().map(points),
        bias: honesty.map(|honesty| honesty.bias),
        judged: Some((judged.name(), judged == Method::Fitted)),
        methods: methods.collect(),
        calibration: groups.iter().map(group).collect(),
    }
}

/// What chance may explain is not held against the predictions.
fn beyond_chance(honesty: &Honesty) -> f64 {
    (honesty.off.powi(2) - honesty.chance_90.powi(2)).max(0.0).sqrt()
}

fn verdict(honesty: &Honesty) -> EvaluationVerdict {
    match beyond_chance(honesty) {
        // Even with few answers, far off is far off.
        off if off > ROUGH => EvaluationVerdict::Off,
        _ if honesty.chance > BLURRED => EvaluationVerdict::TooFew,
        off if off > HONEST => EvaluationVerdict::Rough,
        _ => EvaluationVerdict::Honest,
    }
}

/// How far predictions are off, in whole percentage points, not closer than chance allows.
fn points(honesty: &Honesty) -> u32 {
    (beyond_chance(honesty).max(honesty.chance) * 100.0).ceil().max(1.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn honesty(off: f64, chance: f64) -> Honesty {
        Honesty { off, chance, chance_90: chance, bias: off }
    }

    #[test]
    fn verdicts_hold_to_their_thresholds() {
        assert_eq!(verdict(&honesty(0.02, 0.01)), EvaluationVerdict::Honest);
        assert_eq!(points(&honesty(0.02, 0.01)), 2);
        assert_eq!(verdict(&honesty(0.045, 0.01)), EvaluationVerdict::Rough);
        assert_eq!(verdict(&honesty(0.10, 0.01)), EvaluationVerdict::Off);
        assert_eq!(verdict(&honesty(0.05, 0.06)), EvaluationVerdict::TooFew);
        assert_eq!(verdict(&honesty(0.20, 0.05)), EvaluationVerdict::Off, "far beyond chance");
        assert_eq!(points(&honesty(0.0, 0.0)), 1);
    }
}
