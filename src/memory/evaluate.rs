//! How well recall is predicted, over time splits: each part of the answers is predicted from what came before it.

use super::baseline;
use super::fit::{FitProgress, NoFit, fit_of, share_of_cards};
use super::predict::{Prediction, Predictor, predictions};
use super::{FEWEST_ITEMS, Fsrs6, History, Learner, People};

/// How many parts are predicted, each from all before it. The first of the six parts is only learned from (as `TimeSeriesSplit` of
/// scikit-learn and `fsrs-rs` split).
const SPLITS: usize = 5;
/// More answers than this judge no better: if there are more, a share of the cards is used.
const ENOUGH: usize = 60_000;

/// A way to predict recall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// FSRS-6 under the parameters in use, which may have been fitted to the same answers.
    InUse,
    /// FSRS-6 fitted to the past of each split.
    Fitted,
    /// FSRS-6 under the published defaults.
    Defaults,
    /// SM-2.
    Sm2,
    /// A moving average of the answers so far.
    MovingAverage,
    /// The share of right answers in the past of each split.
    Constant,
}

impl Method {
    /// The name as tables and JSON write it.
    pub fn name(self) -> &'static str {
        match self {
            Method::InUse => "in use",
            Method::Fitted => "fitted to the past",
            Method::Defaults => "defaults",
            Method::Sm2 => "SM-2",
            Method::MovingAverage => "moving average",
            Method::Constant => "constant",
        }
    }
}

/// The predictions of each method for the same answers, in the order of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// How many answers can be predicted, with those that are only learned from.
    pub answers: usize,
    /// The predictions of each method.
    pub methods: Vec<(Method, Vec<Prediction>)>,
}

/// Predicts the answers of the splits by each method. `in_use` gives the model that a history is scheduled by. The way of answering is
/// learned from the past of each split, and the same for all models.
///
/// # Errors
/// If there are fewer than [`FEWEST_ITEMS`] answers, or the watch says to stop.
pub fn evaluate<'m>(
    histories: &[History],
    in_use: impl Fn(&History) -> &'m Fsrs6,
    watch: &mut FitProgress<'_>,
) -> Result<Evaluation, NoFit> {
    let published = Fsrs6::default();
    let answers = histories.iter().flat_map(History::predicted).count();
    let histories = &share_of_cards(histories, u32::MAX, ENOUGH)[..];
    let orders = baseline::orders(histories);
    if orders.len() < FEWEST_ITEMS {
        return Err(NoFit::TooFew);
    }
    let part = orders.len() / (SPLITS + 1);
    let first = orders[part];
    let (mut fitted, mut used, mut defaults) = (Vec::new(), Vec::new(), Vec::new());
    let mut begin: Option<Learner> = None;
    for split in 1..=SPLITS {
        let from = orders[split * part];
        let until = if split == SPLITS { u32::MAX } else { orders[(split + 1) * part] };
        let mut within = |done: usize, all: usize| watch((split - 1) * all + done, SPLITS * all);
        let (model, answering) = match fit_of(People::all(), histories, from, begin.as_ref(), &mut within) {
            Ok((fit, found)) => {
                begin = Some(found.learner());
                (Fsrs6::or_default(Some(&fit.parameters)), Some(fit.answering))
            }
            Err(NoFit::Stopped) => return Err(NoFit::Stopped),
            // With so few answers, the defaults would be used.
            Err(NoFit::TooFew | NoFit::Failed) => (Fsrs6::default(), None),
        };
        fitted.extend(predictions(&Predictor { model: &model, answering }, histories, from, until));
        defaults.extend(predictions(&Predictor { model: &published, answering }, histories, from, until));
        for history in histories {
            let predictor = Predictor { model: in_use(history), answering };
            predictor.predict(history, from, until, &mut |prediction| used.push(prediction));
        }
    }
    used.sort_unstable_by_key(|prediction| prediction.order);
    let all = predictions(&Predictor::new(&published), histories, 0, u32::MAX);
    let constant = (1..=SPLITS).flat_map(|split| {
        let end = if split == SPLITS { all.len() } else { (split + 1) * part };
        baseline::constant(&all[..split * part], &all[split * part..end])
    });
    Ok(Evaluation {
        answers,
        methods: vec![
            (Method::InUse, used),
            (Method::Fitted, fitted),
            (Method::Defaults, defaults),
            (Method::Sm2, baseline::sm2(histories, first)),
            (Method::MovingAverage, baseline::moving_average(&all).split_off(part)),
            (Method::Constant, constant.collect()),
        ],
    })
}
