//! Retention: the target, recall without luck, and the prediction.

use super::line::{PaintedLine, Tone};
use super::panel::{Panel, tenths};
use crate::stats::overview::{Overview, RecallVerdict, RetentionFigures};
use crate::ui::chart::{Scale, ScaleMarks};
use crate::ui::words;

/// Columns of names and values, left of the scale.
const LABEL: usize = 20;
const WIDEST: usize = 60;

/// A figure on the scale.
struct ScaleRow {
    name: &'static str,
    value: f64,
    interval: Option<(f64, f64)>,
}

/// A line for each figure on one scale, and the verdict on recall.
pub(super) fn panel(overview: &Overview, width: usize) -> Panel {
    let figures = &overview.activity.retention;
    let part = Panel::new("retention: recall at reviews that were due", width);
    if figures.raw.whole == 0 {
        return part.say(&format!(
            "No card was due for review in these days; the target is {}.",
            words::share(figures.target)
        ));
    }
    let rows = rows(figures);
    let columns = width.saturating_sub(LABEL).min(WIDEST);
    let lowest = rows.iter().map(|row| row.interval.map_or(row.value, |(low, _)| low.min(row.value)));
    let scale = Scale::above_the_lowest(lowest.chain([figures.target]), columns);
    let line = |name: &str, value: f64, marks: ScaleMarks| {
        let drawn = scale.line(ScaleMarks { against: Some(figures.target), ..marks });
        let label = format!("{name:<10}{:>8}", tenths(value));
        PaintedLine::plain(format!("{label:<LABEL$}{drawn}"))
    };
    let part = part.line(line("target", figures.target, ScaleMarks::default())).draw(rows.iter().map(|row| {
        line(
            row.name,
            row.value,
            ScaleMarks { interval: row.interval, point: Some(row.value), ..ScaleMarks::default() },
        )
    }));
    let part = part.line(PaintedLine::toned(format!("{:LABEL$}{}", "", scale.ends()), Tone::Dim));
    let mut verdict = words::sentence(words::verdict(figures.verdict));
    if let Some((corrected, (low, high))) = figures.recall.corrected.zip(figures.recall.interval()) {
        verdict += &format!(
            ": without the luck of guessing, {} were recalled (with 95 % between {} and {}).",
            tenths(corrected.max(0.0)),
            tenths(low),
            tenths(high)
        );
    } else {
        verdict += ": luck alone is always right here.";
    }
    part.says(&verdict, look(figures.verdict)).says(&small_print(figures), Tone::Dim)
}

/// Recall without luck, its parts, and the prediction.
fn rows(figures: &RetentionFigures) -> Vec<ScaleRow> {
    let recalls = [("recall", &figures.recall), ("young", &figures.young), ("mature", &figures.mature)];
    let recalls = recalls.into_iter().filter_map(|(name, recall)| {
        // A share below pure luck means that nothing is known.
        recall.corrected.map(|share| ScaleRow { name, value: share.max(0.0), interval: recall.interval() })
    });
    let predicted = figures.predicted.map(|value| ScaleRow { name: "predicted", value, interval: None });
    recalls.chain(predicted).collect()
}

/// What was counted, and what the marks mean.
fn small_print(figures: &RetentionFigures) -> String {
    let raw = &figures.raw;
    format!(
        "Raw: {} of {} were not rated again ({}), and {} were right. Young cards had an interval below 21 days before the answer, \
         mature ones 21 days or more. ├─┤ is the 95 % interval, │ the target.",
        raw.part,
        words::count(raw.whole as u64, "review"),
        raw.share.map_or_else(String::new, tenths),
        figures.recall.right.part,
    )
}

fn look(verdict: RecallVerdict) -> Tone {
    match verdict {
        RecallVerdict::OnTarget | RecallVerdict::Above => Tone::Good,
        RecallVerdict::Below => Tone::Odd,
        RecallVerdict::TooFew => Tone::Plain,
    }
}
