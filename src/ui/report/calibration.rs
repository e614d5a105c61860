//! Predicted against actual recall, and how good other predictions would have been.

use super::figure::{Figure, list, note};
use super::frame::{Axis, Drawing};
use super::ink;
use super::markup::ReportTable;
use super::numbers::{NONE, count, date, number, range, share};
use super::points::{self, IntervalPoint};
use crate::stats::overview::{CalibrationFigures, ItemFigures};
use crate::ui::words;

/// The figure of predicted against actual shares.
pub(super) fn figure(calibration: &CalibrationFigures) -> String {
    let figure = Figure::new("calibration", "Calibration");
    let (Some(predicted), Some(actual)) = (calibration.predicted, calibration.actual) else {
        return figure.without(
            "There is no answer yet that a prediction can be held against: it takes answers a day or more after the one before.",
        );
    };
    let says = format!(
        "Of {}, {} were predicted to be right, and {} were. Each point is a twentieth of the predictions, with its 95 % \
         interval; the larger, the more answers. On the dashed line, what was predicted came.",
        count(calibration.answers, "answer"),
        words::share(predicted),
        words::share(actual),
    );
    figure.with(&says, &picture(calibration), &[], &table(calibration))
}

fn picture(calibration: &CalibrationFigures) -> Drawing {
    let bins = &calibration.bins;
    let most = bins.iter().map(|bin| bin.answers).max().unwrap_or(1).max(1) as f64;
    let points: Vec<IntervalPoint> = bins
        .iter()
        .map(|bin| IntervalPoint {
            at: bin.predicted,
            value: bin.actual,
            low: bin.low_95,
            high: bin.high_95,
            // The area grows with the answers.
            size: 2.5 + 5.5 * (bin.answers as f64 / most).sqrt(),
            hint: format!(
                "predicted {}: {} right ({}), {}",
                words::share(bin.predicted),
                words::share(bin.actual),
                range(bin.low_95, bin.high_95),
                count(bin.answers, "answer")
            ),
        })
        .collect();
    let lowest = points.iter().map(|point| point.low.min(point.at)).fold(1.0, f64::min);
    let (x, y) = (Axis::shares(lowest), Axis::shares(lowest));
    let corner = x.low();
    let mut picture = Drawing::framed(x, y, (44.0, 22.0), 320.0);
    picture.dashes((corner, corner), (1.0, 1.0), ink::GOAL);
    points::upright(&mut picture, &points, (1.0 - corner) / 45.0, ink::FIRST);
    picture
}

fn table(calibration: &CalibrationFigures) -> ReportTable {
    let mut table = ReportTable::new("Predicted and actual shares of right answers")
        .short("predictions")
        .numbers("answers")
        .numbers("mean prediction")
        .numbers("right (95 %)");
    for bin in &calibration.bins {
        table.row([
            format!("{} %", range(bin.bin_low, bin.bin_high)),
            number(bin.answers),
            words::share(bin.predicted),
            format!("{} ({})", words::share(bin.actual), range(bin.low_95, bin.high_95)),
        ]);
    }
    table
}

/// The methods of prediction compared.
pub(super) fn methods(calibration: &CalibrationFigures) -> String {
    let since = calibration
        .parameters_since
        .map(|day| format!(" The parameters in use are of {}.", date(day)))
        .unwrap_or_default();
    let says = if calibration.methods.is_empty() {
        "No prediction was tested yet.".into()
    } else {
        format!(
            "The same answers, predicted in four ways: the model as it is in use, with the published parameters, and two that know \
             no model. The first should be best.{since}"
        )
    };
    let mut table = ReportTable::new("Ways to predict")
        .words("way")
        .numbers("log loss, low is good")
        .numbers("RMSE (bins), low is good")
        .numbers("AUC, high is good");
    let figure = |value: Option<f64>| value.map_or(NONE.into(), |value| format!("{value:.3}"));
    for method in &calibration.methods {
        table.row([method.method.to_owned(), figure(method.log_loss), figure(method.rmse_bins), figure(method.auc)]);
    }
    list("Ways to predict", &says, &table, false)
}

/// How many answers were too fast to mean much.
pub(super) fn rapid(items: &ItemFigures) -> String {
    let says = match items.rapid.whole {
        0 => "No answer came faster than its question can be read.".to_owned(),
        rapid => {
            let luck = items
                .rapid_chance
                .map(|chance| format!("; luck alone would give {}", share(Some(chance))))
                .unwrap_or_default();
            format!(
                "{} came faster than the question can be read, {} of them right{luck}. They say little of what is known.",
                count(rapid, "answer"),
                share(items.rapid.share)
            )
        }
    };
    note("Rapid answers", &says, true)
}
