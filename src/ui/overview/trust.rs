//! Whether the predictions can be trusted: predicted against actual recall.

use super::line::{PaintedLine, Tone};
use super::panel::{Panel, command, interval, tenths};
use crate::stats::overview::{CalibrationFigures, MethodFigures, Overview};
use crate::stats::wilson;
use crate::ui::chart::{Scale, ScaleMarks};
use crate::ui::table::{
    self, TextColumn,
    TextColumn::{Left, Right},
};
use crate::ui::words;

/// Columns of the figures left of the scale, also on a narrow screen.
const LABEL: usize = 35;
const NARROW_LABEL: usize = 18;
const WIDEST: usize = 60;
/// Fewer answers give no verdict.
const FEW: usize = 30;
const METHODS: [TextColumn; 4] = [Left(16), Right(8), Right(7), Right(7)];

/// The bins on one scale, and the methods compared.
pub(super) fn panel(overview: &Overview, width: usize) -> Panel {
    let figures = &overview.calibration;
    let part = Panel::new("can the predictions be trusted?", width);
    let (Some(predicted), Some(actual)) = (figures.predicted, figures.actual) else {
        return part.say("No answer came a day or more after the one before, so no prediction has been tested yet.");
    };
    let (verdict, look) = verdict(figures.answers, predicted, actual);
    let mut part = part.says(&verdict, look);
    if !figures.bins.is_empty() {
        part = part.draw(bins(figures, width)).says(
            "● is the share that was right, with its 95 % interval; │ is the prediction, ┼ where the interval holds it.",
            Tone::Dim,
        );
    }
    part = methods(&figures.methods).into_iter().fold(part, Panel::line);
    part = part.say(&contest(&figures.methods));
    if let Some(since) = figures.parameters_since {
        part = part.say(&format!("The parameters in use are from {since}."));
    }
    part.say(&format!("Next: {} shows how well a fit would have predicted.", command("retain evaluate", overview)))
}

/// The mean prediction against the share of right answers.
fn verdict(answers: usize, predicted: f64, actual: f64) -> (String, Tone) {
    let facts = format!(
        "Of {}, {} were predicted to be right and {} were",
        words::count(answers as u64, "answer"),
        tenths(predicted),
        tenths(actual)
    );
    let right = (actual * answers as f64).round().max(0.0) as usize;
    let Some((low, high)) = wilson(right.min(answers), answers) else {
        return (format!("{facts}."), Tone::Plain);
    };
    let within = low <= predicted && predicted <= high;
    let off = format!("by {:.1} points", (predicted - actual).abs() * 100.0);
    match within {
        true if answers < FEW => (format!("{facts}: too few to tell."), Tone::Plain),
        true => (format!("{facts}: on the whole it came as predicted."), Tone::Good),
        false if actual < predicted => (format!("{facts}: you remember less than predicted, {off}."), Tone::Odd),
        false => (format!("{facts}: you remember more than predicted, {off}."), Tone::Odd),
    }
}

/// The bins, each with its figures and its place on the scale. A narrow screen has no room for all figures.
fn bins(figures: &CalibrationFigures, width: usize) -> Vec<PaintedLine> {
    let narrow = width < 60;
    let label = if narrow { NARROW_LABEL } else { LABEL };
    let row = |predicted: &str, answers: &str, right: &str, range: &str| {
        let figures = if narrow {
            format!("{predicted:>9} {right:>6}")
        } else {
            format!("{predicted:>9} {answers:>8} {right:>6}  {range}")
        };
        format!("{figures:<label$}")
    };
    let values = figures.bins.iter().flat_map(|bin| [bin.actual, bin.predicted]);
    let scale = Scale::above_the_lowest(values, width.saturating_sub(label).min(WIDEST));
    let mut lines = vec![PaintedLine::toned(row("predicted", "answers", "right", "95 %") + &scale.ends(), Tone::Dim)];
    lines.extend(figures.bins.iter().map(|bin| {
        let range = interval(Some(bin.low_95), Some(bin.high_95)).unwrap_or_default();
        let label = row(&words::share(bin.predicted), &bin.answers.to_string(), &words::share(bin.actual), &range);
        let marks = ScaleMarks {
            interval: Some((bin.low_95, bin.high_95)),
            against: Some(bin.predicted),
            point: Some(bin.actual),
        };
        PaintedLine::plain(label + &scale.line(marks))
    }));
    lines
}

/// The table of methods.
fn methods(methods: &[MethodFigures]) -> Vec<PaintedLine> {
    if methods.is_empty() {
        return Vec::new();
    }
    let figure =
        |value: Option<f64>, places: usize| value.map_or_else(|| "-".into(), |value| format!("{value:.places$}"));
    let head = table::row(&METHODS, 0, ["method", "log loss", "RMSE", "AUC"]);
    let rows = methods.iter().map(|method| {
        let [loss, rmse, auc] =
            [(method.log_loss, 4), (method.rmse_bins, 3), (method.auc, 3)].map(|(value, places)| figure(value, places));
        PaintedLine::plain(table::row(&METHODS, 0, [method.method.to_owned(), loss, rmse, auc]))
    });
    [PaintedLine::default(), PaintedLine::toned(head, Tone::Dim)].into_iter().chain(rows).collect()
}

/// Whether the model in use, the first method, is better than the others.
fn contest(methods: &[MethodFigures]) -> String {
    let lower = "Log loss and RMSE are better lower, AUC higher";
    let Some((used, others)) = methods.split_first() else { return String::new() };
    let Some(loss) = used.log_loss else { return format!("{lower}.") };
    let best =
        others.iter().filter_map(|method| Some((method.log_loss?, method.method))).min_by(|a, b| a.0.total_cmp(&b.0));
    match best {
        Some((other, name)) if other < loss => {
            format!("{lower}. By log loss, `{name}` predicts better than what is in use.")
        }
        Some(_) => format!("{lower}. By log loss, none predicts better than what is in use."),
        None => format!("{lower}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_needs_answers() {
        assert_eq!(
            verdict(6_120, 0.9012, 0.8847).0,
            "Of 6120 answers, 90.1 % were predicted to be right and 88.5 % were: you remember less than predicted, by 1.6 points."
        );
        assert!(verdict(10, 0.9, 0.8).0.ends_with("too few to tell."));
        assert!(verdict(1_000, 0.9, 0.9).0.ends_with("on the whole it came as predicted."));
        assert!(verdict(1_000, 0.8, 0.9).0.contains("more than predicted"));
        assert!(verdict(0, 0.8, 0.9).0.ends_with("were."));
    }

    #[test]
    fn a_simple_method_that_predicts_better_is_told() {
        let method = |method, loss| MethodFigures { method, log_loss: loss, rmse_bins: None, auc: None };
        let said = |used, other| contest(&[method("in use", used), method("constant", other)]);
        assert!(said(Some(0.4), Some(0.3)).contains("`constant` predicts better"));
        assert!(said(Some(0.3), Some(0.4)).contains("none predicts better"));
        assert!(said(None, Some(0.4)).ends_with("AUC higher."));
    }
}
