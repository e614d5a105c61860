//! Retention: what was aimed at, what came without luck, what was predicted.

use super::line::{Line, Look};
use super::part::{Part, tenths};
use super::scale::{Marks, Scale};
use crate::stats::overview::{Overview, RetentionFigures, Verdict};
use crate::ui::words;

/// Columns of the names and values before the picture.
const LABEL: usize = 20;
const WIDEST: usize = 60;

/// A figure on the scale.
struct Row {
    name: &'static str,
    value: f64,
    interval: Option<(f64, f64)>,
}

/// A line for each figure on one scale, and whether recall is on target.
pub(super) fn part(overview: &Overview, width: usize) -> Part {
    let figures = &overview.activity.retention;
    let part = Part::new("retention: recall at reviews that were due", width);
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
    let line = |name: &str, value: f64, marks: Marks| {
        let drawn = scale.line(Marks { against: Some(figures.target), ..marks });
        let label = format!("{name:<10}{:>8}", tenths(value));
        Line::plain(format!("{label:<LABEL$}{drawn}"))
    };
    let part = part.line(line("target", figures.target, Marks::default())).draw(rows.iter().map(|row| {
        line(row.name, row.value, Marks { interval: row.interval, point: Some(row.value), ..Marks::default() })
    }));
    let part = part.line(Line::of(format!("{:LABEL$}{}", "", scale.ends()), Look::Dim));
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
    part.says(&verdict, look(figures.verdict)).says(&small_print(figures), Look::Dim)
}

/// Recall without luck, then the parts of it, then the prediction.
fn rows(figures: &RetentionFigures) -> Vec<Row> {
    let recalls = [("recall", &figures.recall), ("young", &figures.young), ("mature", &figures.mature)];
    let recalls = recalls.into_iter().filter_map(|(name, recall)| {
        // Below what luck alone would give, nothing is known.
        recall.corrected.map(|share| Row { name, value: share.max(0.0), interval: recall.interval() })
    });
    let predicted = figures.predicted.map(|value| Row { name: "predicted", value, interval: None });
    recalls.chain(predicted).collect()
}

/// What was counted, and what the picture means.
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

fn look(verdict: Verdict) -> Look {
    match verdict {
        Verdict::OnTarget | Verdict::Above => Look::Good,
        Verdict::Below => Look::Odd,
        Verdict::TooFew => Look::Plain,
    }
}
