//! What an evaluation says: a sentence, a table, a picture.

use serde::Serialize;

use crate::error::{Error, Result};
use crate::memory::metrics::{self, Calibration, Honesty};
use crate::memory::{Evaluation, FEWEST_ITEMS, Method};
use crate::ui::words;

/// Up to this far off, intervals can be trusted.
const HONEST: f64 = 0.03;
/// Up to this far off, they are roughly right.
const ROUGH: f64 = 0.06;
/// Where chance alone would put predictions so far off, there are too few answers to tell.
const BLURRED: f64 = 0.05;
/// Groups of the calibration: as many as have so many answers each, at the most and at the least so many. Of fewer answers, chance says
/// more than predictions do.
const GROUPS: (usize, usize) = (3, 10);
const OF_A_GROUP: usize = 120;
/// Columns of the picture's bars, from 0 to 100 %.
const WIDTH: usize = 50;

/// What a person may think of the predictions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Verdict {
    Honest,
    Rough,
    Off,
    TooFew,
}

#[derive(Serialize)]
struct Figures {
    method: &'static str,
    log_loss: Option<f64>,
    rmse_bins: Option<f64>,
    auc: Option<f64>,
}

#[derive(Serialize)]
struct Group {
    predicted: f64,
    actual: f64,
    answers: usize,
}

/// A finished evaluation.
#[derive(Serialize)]
pub(super) struct Report<'a> {
    r#type: &'static str,
    deck: Option<&'a str>,
    answers: usize,
    held_out: usize,
    verdict: Verdict,
    points: Option<u32>,
    bias: Option<f64>,
    judged: Option<&'static str>,
    methods: Vec<Figures>,
    calibration: Vec<Group>,
}

/// Where there is nothing to evaluate.
pub(super) fn too_few(deck: Option<&str>, answers: usize, json: bool) -> Result<String> {
    if json {
        return Report {
            r#type: "evaluation",
            deck,
            answers,
            held_out: 0,
            verdict: Verdict::TooFew,
            points: None,
            bias: None,
            judged: None,
            methods: Vec::new(),
            calibration: Vec::new(),
        }
        .json();
    }
    Ok(format!(
        "too few answers to judge predictions: {} a day or more after the answer before, and it takes {FEWEST_ITEMS}\n\
         until then the published defaults are the best guess there is\n",
        words::count(answers as u64, "answer")
    ))
}

impl<'a> Report<'a> {
    pub(super) fn new(deck: Option<&'a str>, evaluation: &Evaluation, judged: Method) -> Self {
        let judged_by = evaluation.methods.iter().find(|(method, _)| *method == judged);
        let predictions = judged_by.map(|(_, predictions)| predictions.as_slice()).unwrap_or_default();
        let groups = metrics::calibration(predictions, (predictions.len() / OF_A_GROUP).clamp(GROUPS.0, GROUPS.1));
        let honesty = metrics::honesty(&groups);
        Self {
            r#type: "evaluation",
            deck,
            answers: evaluation.answers,
            held_out: predictions.len(),
            verdict: honesty.as_ref().map_or(Verdict::TooFew, verdict),
            points: honesty.as_ref().map(points),
            bias: honesty.map(|honesty| honesty.bias),
            judged: Some(judged.name()),
            methods: evaluation
                .methods
                .iter()
                .map(|(method, predictions)| Figures {
                    method: method.name(),
                    log_loss: metrics::log_loss(predictions),
                    rmse_bins: metrics::rmse_bins(predictions),
                    auc: metrics::auc(predictions),
                })
                .collect(),
            calibration: groups
                .iter()
                .map(|&Calibration { predicted, actual, answers, .. }| Group { predicted, actual, answers })
                .collect(),
        }
    }

    pub(super) fn json(&self) -> Result<String> {
        serde_json::to_string(self)
            .map(|line| line + "\n")
            .map_err(|error| Error::fault(format!("cannot write JSON: {error}")))
    }

    pub(super) fn text(&self) -> String {
        let mut text = format!(
            "{}: {} of {} predicted from what came before them\n\n{}\n\n",
            self.deck.unwrap_or("all decks"),
            self.held_out,
            words::count(self.answers as u64, "answer"),
            self.sentence()
        );
        text += "                      log loss  RMSE (bins)    AUC\n";
        for figures in &self.methods {
            let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.4}"));
            text += &format!(
                "{:<20}  {:>8}  {:>11}  {:>5}\n",
                figures.method,
                number(figures.log_loss),
                number(figures.rmse_bins),
                figures.auc.map_or_else(|| "–".to_owned(), |value| format!("{value:.3}"))
            );
        }
        text += &format!("\nright answers, by what was predicted ({})\n", self.judged.unwrap_or_default());
        for group in &self.calibration {
            text += &picture(group);
        }
        text + "bar: right; │: predicted\n"
    }

    fn sentence(&self) -> String {
        let points = words::count(self.points.unwrap_or(0), "point");
        let bias = self.bias.unwrap_or(0.0);
        let way = if bias > 0.0 { "less" } else { "more" };
        let lean = words::count((bias.abs() * 100.0).round() as u32, "point");
        match self.verdict {
            Verdict::Honest => format!("predictions are honest to within {points}; you may trust the intervals"),
            Verdict::Rough => format!(
                "predictions are off by up to {points} (you remember {way} than predicted, by {lean} on the whole); intervals \
                 are roughly right"
            ),
            Verdict::Off => {
                // Where the parameters were fitted already, what is judged is that fit.
                let hint = if self.judged == Some(Method::Fitted.name()) {
                    "`retain optimize` may do better once answers have doubled; until then, a higher `desired-retention` is safer"
                } else {
                    "`retain optimize` fits the model to your answers"
                };
                format!(
                    "predictions are off by {points} (you remember {way} than predicted, by {lean} on the whole); do not trust \
                     the intervals\nhint: {hint}"
                )
            }
            Verdict::TooFew => format!(
                "too few answers to say how honest predictions are: chance alone moves {} by {points}",
                words::count(self.held_out as u64, "answer")
            ),
        }
    }
}

/// What chance may explain is not held against the predictions.
fn beyond_chance(honesty: &Honesty) -> f64 {
    (honesty.off.powi(2) - honesty.chance_90.powi(2)).max(0.0).sqrt()
}

fn verdict(honesty: &Honesty) -> Verdict {
    match beyond_chance(honesty) {
        // Even with few answers, far off is far off.
        off if off > ROUGH => Verdict::Off,
        _ if honesty.chance > BLURRED => Verdict::TooFew,
        off if off > HONEST => Verdict::Rough,
        _ => Verdict::Honest,
    }
}

/// How far predictions are off, in whole percentage points, as far as can be told: not closer than chance allows.
fn points(honesty: &Honesty) -> u32 {
    (beyond_chance(honesty).max(honesty.chance) * 100.0).ceil().max(1.0) as u32
}

fn picture(group: &Group) -> String {
    let place = |share: f64| (share * WIDTH as f64).round() as usize;
    let (filled, mark) = (place(group.actual), place(group.predicted).min(WIDTH - 1));
    let cell = |at| match at {
        at if at == mark => '│',
        at if at < filled => '█',
        _ => '·',
    };
    let bar: String = (0..WIDTH).map(cell).collect();
    format!("{:>5.1} %  {bar}  {:>5.1} %  {}\n", group.predicted * 100.0, group.actual * 100.0, group.answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn honesty(off: f64, chance: f64) -> Honesty {
        Honesty { off, chance, chance_90: chance, bias: off }
    }

    #[test]
    fn verdicts_hold_to_their_thresholds() {
        assert_eq!(verdict(&honesty(0.02, 0.01)), Verdict::Honest);
        assert_eq!(points(&honesty(0.02, 0.01)), 2);
        assert_eq!(verdict(&honesty(0.045, 0.01)), Verdict::Rough);
        assert_eq!(verdict(&honesty(0.10, 0.01)), Verdict::Off);
        assert_eq!(verdict(&honesty(0.05, 0.06)), Verdict::TooFew);
        assert_eq!(verdict(&honesty(0.20, 0.05)), Verdict::Off, "far beyond chance");
        assert_eq!(points(&honesty(0.0, 0.0)), 1);
    }

    #[test]
    fn a_picture_is_a_bar_with_a_mark() {
        let line = picture(&Group { predicted: 0.9, actual: 0.8, answers: 120 });
        assert_eq!(line, format!(" 90.0 %  {}·····│····   80.0 %  120\n", "█".repeat(40)));
        assert!(line.chars().count() <= 81, "with the end of the line");
    }
}
