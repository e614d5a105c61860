//! How well recall is predicted, over time splits: each part of the answers is predicted from what came before it.

use super::baseline;
use super::fit::{NoFit, Watch, fit};
use super::predict::{Prediction, predictions};
use super::{FEWEST_ITEMS, Fsrs6, History};

/// Parts that are predicted, each from all before it; the first of the six parts is only learnt from (as `TimeSeriesSplit` of
/// scikit-learn and `fsrs-rs` cut).
const SPLITS: usize = 5;
/// More answers than this say nothing new about 21 parameters: the fits of the splits learn from a share of the cards then.
const ENOUGH: usize = 100_000;

/// A way to predict recall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// FSRS-6 under the parameters in use, which may have learnt from the very answers.
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

/// What each method predicted of the same answers, in the order of time; and how many answers there are in all.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// The answers whose recall is predicted by somebody, those learnt from among them.
    pub answers: usize,
    /// The predictions.
    pub methods: Vec<(Method, Vec<Prediction>)>,
}

/// Predicts the answers of the splits by each method. `in_use` gives the model that a history is scheduled by.
///
/// # Errors
/// When there are fewer than [`FEWEST_ITEMS`] answers, or the watch says to stop.
pub fn evaluate<'m>(
    histories: &[History],
    in_use: impl Fn(&History) -> &'m Fsrs6,
    watch: &mut dyn Watch,
) -> Result<Evaluation, NoFit> {
    let defaults = predictions(&Fsrs6::default(), histories, 0, u32::MAX);
    if defaults.len() < FEWEST_ITEMS {
        return Err(NoFit::TooFew);
    }
    let part = defaults.len() / (SPLITS + 1);
    let begins: Vec<usize> = (1..=SPLITS).map(|split| split * part).collect();
    let first = defaults[part].order;
    let step = defaults.len().div_ceil(ENOUGH);
    let sample: Vec<History> = if step > 1 { histories.iter().step_by(step).cloned().collect() } else { Vec::new() };
    let learners = if step > 1 { &sample } else { histories };
    let (mut fitted, mut constant) = (Vec::new(), Vec::new());
    for (split, &begin) in begins.iter().enumerate() {
        let end = begins.get(split + 1).copied().unwrap_or(defaults.len());
        let from = defaults[begin].order;
        let until = defaults.get(end).map_or(u32::MAX, |prediction| prediction.order);
        let mut within = |done: usize, all: usize| watch.go_on(split * all + done, SPLITS * all);
        let model = match fit(learners, from, &mut within) {
            Ok(parameters) => Fsrs6::or_default(Some(&parameters)),
            Err(NoFit::Stopped) => return Err(NoFit::Stopped),
            // With so short a past, the defaults are what would be used.
            Err(NoFit::TooFew | NoFit::Failed) => Fsrs6::default(),
        };
        fitted.extend(predictions(&model, histories, from, until));
        constant.extend(baseline::constant(&defaults[..begin], &defaults[begin..end]));
    }
    let mut used = Vec::new();
    for history in histories {
        super::predict(in_use(history), history, first, u32::MAX, &mut |prediction| used.push(prediction));
    }
    used.sort_unstable_by_key(|prediction| prediction.order);
    let moving = baseline::moving_average(&defaults).split_off(part);
    Ok(Evaluation {
        answers: defaults.len(),
        methods: vec![
            (Method::InUse, used),
            (Method::Fitted, fitted),
            (Method::Defaults, defaults[part..].to_vec()),
            (Method::Sm2, baseline::sm2(histories, first)),
            (Method::MovingAverage, moving),
            (Method::Constant, constant),
        ],
    })
}
