//! Retention: what is aimed at, what came, what was predicted.

use super::line::{Line, Look};
use super::part::{Part, tenths};
use super::scale::{Marks, Scale};
use crate::stats::overview::{Overview, RetentionFigures};
use crate::ui::words;

/// Columns of the names and values before the picture.
const LABEL: usize = 20;
const WIDEST: usize = 60;
/// From fewer answers, an interval is too wide to say that the target is met.
const FEW: usize = 30;

/// A line for each figure on one scale, and whether recall is on target.
pub(super) fn part(overview: &Overview, width: usize) -> Part {
    let figures = &overview.activity.retention;
    let part = Part::new("retention: recall at reviews that were due", width);
    let (Some(raw), Some(low), Some(high)) = (figures.raw.share, figures.raw.low_95, figures.raw.high_95) else {
        return part.say(&format!(
            "No card was due for review in these days; the target is {}.",
            words::share(figures.target)
        ));
    };
    // Below what luck alone would give, nothing is known.
    let corrected = figures.corrected.map(|share| share.max(0.0));
    let columns = width.saturating_sub(LABEL).min(WIDEST);
    let values = [Some(low), Some(figures.target), corrected, figures.predicted];
    let scale = Scale::above_the_lowest(values.into_iter().flatten(), columns);
    let line = |name: &str, value: f64, marks: Marks| {
        let drawn = scale.line(Marks { against: Some(figures.target), ..marks });
        let label = format!("{name:<10}{:>8}", tenths(value));
        Line::plain(format!("{label:<LABEL$}{drawn}"))
    };
    let point = |value| Marks { point: Some(value), ..Marks::default() };
    let marks = Marks { interval: Some((low, high)), ..point(raw) };
    let mut part = part.line(line("target", figures.target, Marks::default())).line(line("raw", raw, marks));
    for (name, value) in [("corrected", corrected), ("predicted", figures.predicted)] {
        if let Some(value) = value {
            part = part.line(line(name, value, point(value)));
        }
    }
    let part = part.line(Line::of(format!("{:LABEL$}{}", "", scale.ends()), Look::Dim));
    let (verdict, look) = verdict(figures, low, high);
    part.says(
        &format!(
            "{verdict}: {} of {} were not rated again; with 95 % the real share is between {} and {}.",
            figures.raw.part,
            words::count(figures.raw.whole as u64, "review"),
            tenths(low),
            tenths(high)
        ),
        look,
    )
    .says(
        "Corrected is what is left without the luck of guessing. ├─┤ is the interval of raw, │ the target.",
        Look::Dim,
    )
}

/// Whether recall is on target, as far as that can be told; by tenths of a per cent, as they are shown.
fn verdict(figures: &RetentionFigures, low: f64, high: f64) -> (&'static str, Look) {
    let [target, low, high] = [figures.target, low, high].map(|share| (share * 1_000.0).round());
    match target {
        target if high < target => ("Below the target", Look::Odd),
        target if low > target => ("Above the target", Look::Good),
        _ if figures.raw.whole < FEW => ("Too few answers to tell whether that is on target", Look::Plain),
        _ => ("On target", Look::Good),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::overview::Share;

    #[test]
    fn few_answers_tell_little() {
        let said = |part, whole| {
            let raw = Share::of(part, whole);
            let figures = RetentionFigures { target: 0.9, raw, corrected: None, predicted: None };
            verdict(&figures, raw.low_95.unwrap_or(0.0), raw.high_95.unwrap_or(1.0)).0
        };
        assert_eq!(said(9, 10), "Too few answers to tell whether that is on target");
        assert_eq!(said(2, 10), "Below the target");
        assert_eq!(said(90, 100), "On target");
        assert_eq!(said(99, 100), "Above the target");
        // The upper end, 0.8998, is shown as 90.0 %.
        assert_eq!(said(713, 811), "On target");
        assert_eq!(said(710, 811), "Below the target");
    }
}
