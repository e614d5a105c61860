//! An evaluation as a sentence, a table and a picture, and as a line of JSON.

use serde_json::json;

use super::chart::FULL;
use super::table::{
    self, TextColumn,
    TextColumn::{Left, Right},
};
use super::words;
use crate::error::Result;
use crate::study::{EvaluationFigures, EvaluationVerdict, FEWEST_ITEMS, RecallGroup};

/// Columns of a bar, from 0 to 100 %.
const WIDTH: usize = 50;
const METHODS: [TextColumn; 4] = [Left(20), Right(8), Right(11), Right(5)];

/// The evaluation as a line of JSON.
pub fn json(deck: Option<&str>, figures: &EvaluationFigures) -> Result<String> {
    let verdict = match figures.verdict {
        Some(EvaluationVerdict::Honest) => "honest",
        Some(EvaluationVerdict::Rough) => "rough",
        Some(EvaluationVerdict::Off) => "off",
        Some(EvaluationVerdict::TooFew) | None => "too_few",
    };
    let methods = figures.methods.iter().map(|method| {
        json!({"method": method.name, "log_loss": method.log_loss, "rmse_bins": method.rmse_bins, "auc": method.auc})
    });
    let groups = figures
        .calibration
        .iter()
        .map(|group| json!({"predicted": group.predicted, "actual": group.actual, "answers": group.answers}));
    super::json_line(&json!({
        "type": "evaluation", "deck": deck, "answers": figures.answers, "held_out": figures.held_out, "verdict": verdict,
        "points": figures.points, "bias": figures.bias, "judged": figures.judged.map(|(name, _)| name),
        "methods": methods.collect::<Vec<_>>(), "calibration": groups.collect::<Vec<_>>(),
    }))
}

/// The evaluation for people.
pub fn text(deck: Option<&str>, figures: &EvaluationFigures) -> String {
    let Some(verdict) = figures.verdict else {
        return format!(
            "too few answers to judge predictions: {} a day or more after the answer before, and it takes {FEWEST_ITEMS}\n\
             until then the published defaults are the best guess there is\n",
            words::count(figures.answers as u64, "answer")
        );
    };
    let mut text = format!(
        "{}: {} of {} predicted from what came before them\n\n{}\n\n",
        deck.unwrap_or("all decks"),
        figures.held_out,
        words::count(figures.answers as u64, "answer"),
        sentence(figures, verdict)
    );
    text += &(table::row(&METHODS, 2, ["", "log loss", "RMSE (bins)", "AUC"]) + "\n");
    for method in &figures.methods {
        let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.4}"));
        let auc = method.auc.map_or_else(|| "–".to_owned(), |value| format!("{value:.3}"));
        let cells = [method.name.to_owned(), number(method.log_loss), number(method.rmse_bins), auc];
        text += &(table::row(&METHODS, 2, cells) + "\n");
    }
    text += &format!("\nright answers, by what was predicted ({})\n", figures.judged.map_or("", |(name, _)| name));
    for group in &figures.calibration {
        text += &picture(group);
    }
    text + "bar: right; │: predicted\n"
}

fn sentence(figures: &EvaluationFigures, verdict: EvaluationVerdict) -> String {
    let points = words::count(figures.points.unwrap_or(0), "point");
    let bias = figures.bias.unwrap_or(0.0);
    let way = if bias > 0.0 { "less" } else { "more" };
    let lean = words::count((bias.abs() * 100.0).round() as u32, "point");
    match verdict {
        EvaluationVerdict::Honest => format!("predictions are honest to within {points}; you may trust the intervals"),
        EvaluationVerdict::Rough => format!(
            "predictions are off by up to {points} (you remember {way} than predicted, by {lean} on the whole); intervals \
             are roughly right"
        ),
        EvaluationVerdict::Off => {
            // If the parameters were fitted already, that fit is judged.
            let hint = if figures.judged.is_some_and(|(_, fitted)| fitted) {
                "`retain optimize` may do better once answers have doubled; until then, a higher `desired-retention` is safer"
            } else {
                "`retain optimize` fits the model to your answers"
            };
            format!(
                "predictions are off by {points} (you remember {way} than predicted, by {lean} on the whole); do not trust \
                 the intervals\nhint: {hint}"
            )
        }
        EvaluationVerdict::TooFew => format!(
            "too few answers to say how honest predictions are: chance alone moves {} by {points}",
            words::count(figures.held_out as u64, "answer")
        ),
    }
}

fn picture(group: &RecallGroup) -> String {
    let place = |share: f64| (share * WIDTH as f64).round() as usize;
    let (filled, mark) = (place(group.actual), place(group.predicted).min(WIDTH - 1));
    let cell = |at| match at {
        at if at == mark => '│',
        at if at < filled => FULL,
        _ => '·',
    };
    let bar: String = (0..WIDTH).map(cell).collect();
    format!("{:>5.1} %  {bar}  {:>5.1} %  {}\n", group.predicted * 100.0, group.actual * 100.0, group.answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_a_bar_with_a_mark() {
        let line = picture(&RecallGroup { predicted: 0.9, actual: 0.8, answers: 120 });
        assert_eq!(line, format!(" 90.0 %  {}·····│····   80.0 %  120\n", "█".repeat(40)));
        assert!(line.chars().count() <= 81, "with the end of the line");
    }
}
