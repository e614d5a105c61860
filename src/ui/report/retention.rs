//! Recall of cards that were due: the target, the result, and the prediction.

use super::figure::Figure;
use super::frame::{Axis, Drawing, WordSide};
use super::ink;
use super::markup::ReportTable;
use super::numbers::{NONE, number, range, share, sure};
use super::points::{self, IntervalPoint};
use crate::stats::overview::{Recall, RetentionFigures};
use crate::ui::words;

struct RecallRow {
    name: &'static str,
    value: f64,
    interval: Option<(f64, f64)>,
}

/// The figure of recall.
pub(super) fn figure(retention: &RetentionFigures) -> String {
    let figure = Figure::new("retention", "Retention");
    let target = words::share(retention.target);
    if retention.raw.whole == 0 {
        return figure.without(&format!("No card was due for review in this period; the target is {target}."));
    }
    let says = format!(
        "{}: without the luck of guessing, {} were recalled, and the target is {target}. Of {} answers to cards that were due, {} were not \
         rated again, and {} were right. The bars are 95 % intervals. Young cards had an interval below 21 days before the \
         answer, mature ones 21 days or more.",
        words::sentence(words::verdict(retention.verdict)),
        corrected(&retention.recall),
        number(retention.raw.whole),
        share(retention.raw.share),
        share(retention.recall.right.share),
    );
    let mut rows: Vec<RecallRow> = recalls(retention)
        .into_iter()
        .filter_map(|(name, recall)| {
            // A share below pure luck means that nothing is known.
            recall.corrected.map(|value| RecallRow { name, value: value.max(0.0), interval: recall.interval() })
        })
        .collect();
    rows.extend(retention.predicted.map(|value| RecallRow { name: "predicted", value, interval: None }));
    figure.with(&says, &picture(&rows, retention.target), &[], &table(retention))
}

fn recalls(retention: &RetentionFigures) -> [(&'static str, &Recall); 3] {
    [("recall", &retention.recall), ("young cards", &retention.young), ("mature cards", &retention.mature)]
}

/// Recall without luck, with its interval: `85 % (82–88)`.
fn corrected(recall: &Recall) -> String {
    match recall.corrected.zip(recall.interval()) {
        Some((corrected, (low, high))) => format!("{} ({})", words::share(corrected.max(0.0)), range(low, high)),
        None => NONE.into(),
    }
}

fn picture(rows: &[RecallRow], target: f64) -> Drawing {
    let lowest =
        rows.iter().map(|row| row.interval.map_or(row.value, |(low, _)| low.min(row.value))).fold(target, f64::min);
    let names: Vec<String> = rows.iter().rev().map(|row| row.name.to_owned()).collect();
    // Places count from the bottom up.
    let places = (1..=rows.len()).rev().map(|place| place as f64);
    let points: Vec<IntervalPoint> = places
        .clone()
        .zip(rows)
        .map(|(at, row)| {
            let (low, high) = row.interval.unwrap_or((row.value, row.value));
            IntervalPoint {
                at,
                value: row.value,
                low,
                high,
                size: 5.0,
                hint: format!("{}: {}", row.name, words::share(row.value)),
            }
        })
        .collect();
    let height = 40.0 + 40.0 * rows.len() as f64;
    let axis = Axis::shares(lowest - 0.02);
    let top = rows.len() as f64 + 0.5;
    let mut picture = Drawing::framed(axis, Axis::names(names), (108.0, 92.0), height);
    picture.dashes((target, 0.5), (target, top), ink::GOAL);
    points::lying(&mut picture, &points, 0.25, ink::FIRST);
    picture.words((target, top), (5.0, 8.0), WordSide::Right, &format!("target {}", words::share(target)));
    for (at, row) in places.zip(rows) {
        let interval = row.interval.map(|(low, high)| format!(" ({})", range(low, high))).unwrap_or_default();
        picture.words((1.0, at), (6.0, 4.0), WordSide::Right, &format!("{}{interval}", words::share(row.value)));
    }
    picture
}

fn table(retention: &RetentionFigures) -> ReportTable {
    let mut table = ReportTable::new("Retention").words("what").numbers("share (95 %)");
    table.row(["target".to_owned(), words::share(retention.target)]);
    for (name, recall) in recalls(retention) {
        table.row([format!("{name}, without luck"), corrected(recall)]);
    }
    for (name, value) in [
        ("predicted", share(retention.predicted)),
        ("raw: right", sure(&retention.recall.right)),
        ("raw: not rated again", sure(&retention.raw)),
    ] {
        table.row([name.to_owned(), value]);
    }
    table
}
