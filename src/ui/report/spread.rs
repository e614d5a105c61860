//! Histograms of the cards.

use super::figure::Figure;
use super::frame::{Axis, Drawing};
use super::ink;
use super::markup::ReportTable;
use super::numbers::{count, number, rough};
use crate::stats::overview::Histogram;
use crate::ui::words;

/// The value of a histogram.
#[derive(Clone, Copy)]
pub(super) struct Value {
    id: &'static str,
    heading: &'static str,
    /// Explains the value.
    is: &'static str,
    /// How it is written on the axis.
    write: fn(f64) -> String,
    /// How median and mean are written, with the unit.
    middle: fn(f64) -> String,
}

pub(super) const INTERVALS: Value = Value {
    id: "intervals",
    heading: "Intervals",
    is: "Days from one review to the next, of cards in review.",
    write: plain,
    middle: days,
};

pub(super) const STABILITY: Value = Value {
    id: "stability",
    heading: "Stability",
    is: "Days until the probability of recall falls to 90 %.",
    write: plain,
    middle: days,
};

pub(super) const DIFFICULTY: Value = Value {
    id: "difficulty",
    heading: "Difficulty",
    is: "From 1, easy, to 10: how slowly stability grows.",
    write: plain,
    middle: rough,
};

pub(super) const RETRIEVABILITY: Value = Value {
    id: "retrievability",
    heading: "Recall now",
    is: "The probability that a card would be recalled now.",
    write: words::share,
    middle: words::share,
};

fn plain(value: f64) -> String {
    number(value.round().max(0.0) as usize)
}

fn days(value: f64) -> String {
    format!("{} days", rough(value))
}

/// The figure of a histogram of cards.
pub(super) fn figure(histogram: &Histogram, value: Value) -> String {
    let figure = Figure::new(value.id, value.heading);
    let cards: usize = histogram.bins.iter().map(|bin| bin.cards).sum();
    if cards == 0 {
        return figure.without(&format!("{} There is no such card yet.", value.is));
    }
    let mut says = value.is.to_owned();
    if let (Some(median), Some(mean)) = (histogram.median, histogram.mean) {
        says +=
            &format!(" {}: median {}, mean {}.", count(cards, "card"), (value.middle)(median), (value.middle)(mean));
    }
    figure.with(&says, &picture(histogram, value), &[], &table(histogram, value))
}

/// All bars have the same width, even if their ranges differ, so the axis labels the edges.
fn picture(histogram: &Histogram, value: Value) -> Drawing {
    let bins = &histogram.bins;
    let mut edges: Vec<String> = bins.iter().map(|bin| (value.write)(bin.low)).collect();
    edges.push(bins.last().and_then(|bin| bin.high).map(value.write).unwrap_or_default());
    let most = bins.iter().map(|bin| bin.cards).max().unwrap_or(0);
    let step = if bins.len() > 12 { bins.len().div_ceil(5) } else { 1 };
    let axis = Axis::numbers(0.0, bins.len() as f64, step as f64, move |edge| {
        edges.get(edge.round().max(0.0) as usize).cloned().unwrap_or_default()
    });
    let mut picture = Drawing::framed(axis, Axis::counts(most), (44.0, 22.0), 170.0);
    for (place, bin) in (0_u32..).zip(bins) {
        let (left, right) = (f64::from(place), f64::from(place) + 1.0);
        let hint = format!("{}: {}", name(bin.low, bin.high, value), count(bin.cards, "card"));
        picture.hinted(hint, |picture| picture.area((left, 0.0), (right, bin.cards as f64), ink::FIRST));
    }
    picture
}

fn name(low: f64, high: Option<f64>, value: Value) -> String {
    match high {
        Some(high) => format!("{} to {}", (value.write)(low), (value.write)(high)),
        None => format!("{} or more", (value.write)(low)),
    }
}

fn table(histogram: &Histogram, value: Value) -> ReportTable {
    let mut table = ReportTable::new(value.heading).short("from, to below").numbers("cards");
    for bin in &histogram.bins {
        table.row([name(bin.low, bin.high, value), number(bin.cards)]);
    }
    table
}
