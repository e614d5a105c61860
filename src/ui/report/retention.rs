//! Recall at cards that were due: what was aimed at, what came, what was predicted.

use super::frame::{Axis, Picture, Side};
use super::ink;
use super::markup::{Figure, Table};
use super::numbers::{number, range, share, sure};
use super::points::{self, Point};
use crate::stats::overview::RetentionFigures;
use crate::ui::words;

struct Row {
    name: &'static str,
    value: f64,
    interval: Option<(f64, f64)>,
}

/// The figure of recall.
pub(super) fn figure(retention: &RetentionFigures) -> String {
    let mut figure = Figure { id: "retention", heading: "Retention", says: String::new(), wide: false };
    let target = words::share(retention.target);
    let Some(raw) = retention.raw.share else {
        figure.says = format!("No card was due for review in this period; the target is {target}.");
        return figure.without();
    };
    let interval = retention.raw.low_95.zip(retention.raw.high_95);
    let verdict = match interval {
        Some((low, _)) if low > retention.target => "above the target",
        Some((_, high)) if high < retention.target => "below the target",
        _ => "not to be told apart from the target",
    };
    figure.says = format!(
        "Of {} answers to cards that were due, {} were not rated again: {verdict} of {target}. The bar is the 95 % interval; \
         corrected is without what luck gives.",
        number(retention.raw.whole),
        words::share(raw),
    );
    let mut rows = vec![Row { name: "not rated again", value: raw, interval }];
    // Below what luck alone would give, nothing is known.
    rows.extend(retention.corrected.map(|value| Row { name: "corrected", value: value.max(0.0), interval: None }));
    rows.extend(retention.predicted.map(|value| Row { name: "predicted", value, interval: None }));
    figure.with(&picture(&rows, retention.target), &[], &table(retention))
}

fn picture(rows: &[Row], target: f64) -> Picture {
    let lowest = rows.iter().map(|row| row.interval.map_or(row.value, |(low, _)| low)).fold(target, f64::min);
    let names: Vec<String> = rows.iter().rev().map(|row| row.name.to_owned()).collect();
    // Names stand from the bottom up.
    let places = (1..=rows.len()).rev().map(|place| place as f64);
    let points: Vec<Point> = places
        .clone()
        .zip(rows)
        .map(|(at, row)| {
            let (low, high) = row.interval.unwrap_or((row.value, row.value));
            Point {
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
    let mut picture = Picture::framed(axis, Axis::names(names), (108.0, 92.0), height);
    picture.dashes((target, 0.5), (target, top), ink::GOAL);
    points::lying(&mut picture, &points, 0.25, ink::FIRST);
    picture.words((target, top), (5.0, 8.0), Side::Right, &format!("target {}", words::share(target)));
    for (at, row) in places.zip(rows) {
        let interval = row.interval.map(|(low, high)| format!(" ({})", range(low, high))).unwrap_or_default();
        picture.words((1.0, at), (6.0, 4.0), Side::Right, &format!("{}{interval}", words::share(row.value)));
    }
    picture
}

fn table(retention: &RetentionFigures) -> Table {
    let mut table = Table::new("Retention").words("what").numbers("share");
    for (name, value) in [
        ("target", words::share(retention.target)),
        ("not rated again, with its 95 % interval", sure(&retention.raw)),
        ("corrected for guessing", share(retention.corrected.map(|corrected| corrected.max(0.0)))),
        ("predicted", share(retention.predicted)),
    ] {
        table.row([name.to_owned(), value]);
    }
    table
}
