//! Histograms of intervals, stability, difficulty and recall, side by side.

use super::line::{PaintedLine, Tone};
use super::panel::{Panel, chart_lines};
use crate::stats::overview::{Histogram, Overview};
use crate::ui::chart::{self, Bar, ColumnChart};
use crate::ui::words;

const ROWS: usize = 4;
/// The least columns of a histogram.
const NARROWEST: usize = 38;
const GAP: usize = 4;

/// A histogram with its name, and how its edges and its median are written.
struct HistogramChart<'a> {
    name: &'static str,
    histogram: &'a Histogram,
    edge: fn(f64) -> String,
    median: fn(f64) -> String,
}

/// The histograms, as many in a row as fit.
pub(super) fn panel(overview: &Overview, width: usize) -> Panel {
    let cards = &overview.cards;
    let part = Panel::new("the states of the cards", width);
    let pictures: Vec<HistogramChart<'_>> = [
        HistogramChart { name: "interval", histogram: &cards.intervals, edge: days, median: in_days },
        HistogramChart { name: "stability", histogram: &cards.stability, edge: days, median: in_days },
        HistogramChart { name: "difficulty (1–10)", histogram: &cards.difficulty, edge: number, median: tenths },
        HistogramChart {
            name: "recall today",
            histogram: &cards.retrievability,
            edge: words::share,
            median: words::share,
        },
    ]
    .into_iter()
    .filter(|picture| picture.histogram.bins.iter().any(|bin| bin.cards > 0))
    .collect();
    if pictures.is_empty() {
        return part.say("No card was answered yet.");
    }
    let across = ((width + GAP) / (NARROWEST + GAP)).clamp(1, 4);
    let each = (width + GAP) / across - GAP;
    let rows = pictures.chunks(across).enumerate().map(|(number, row)| {
        let drawn: Vec<Vec<PaintedLine>> = row.iter().map(|picture| picture.lines(each)).collect();
        let height = drawn.iter().map(Vec::len).max().unwrap_or(0);
        let apart = (number > 0).then(PaintedLine::default);
        let side_by_side = (0..height).map(move |place| {
            let line = |column: &Vec<PaintedLine>| column.get(place).cloned().unwrap_or_default();
            let others = drawn.iter().skip(1).enumerate();
            others.fold(drawn.first().map(line).unwrap_or_default(), |all, (number, column)| {
                all.with_right(line(column), (number + 1) * (each + GAP))
            })
        });
        apart.into_iter().chain(side_by_side).collect::<Vec<_>>()
    });
    part.draw(rows.flatten()).says(
        "Cards in each range, by its lower end. Interval and stability are in days: recall falls to 90 % within the stability.",
        Tone::Dim,
    )
}

impl HistogramChart<'_> {
    fn lines(&self, width: usize) -> Vec<PaintedLine> {
        let bins = &self.histogram.bins;
        // Of the empty ranges below the first card, one is kept to show that there are none below.
        let from = bins.iter().position(|bin| bin.cards > 0).unwrap_or(0).saturating_sub(1);
        let each = (bins.len() - from).div_ceil(chart::room(width)).max(1);
        let columns: Vec<(f64, usize)> = bins[from..]
            .chunks(each)
            .filter_map(|bins| Some((bins.first()?.low, bins.iter().map(|bin| bin.cards).sum())))
            .collect();
        let most = columns.iter().map(|column| column.1).max().unwrap_or(0);
        let chart = ColumnChart {
            bars: columns.iter().map(|(_, cards)| Bar::full(*cards as f64)).collect(),
            top: chart::round_top(most as f64),
            label: chart::brief_count,
            ticks: columns.iter().enumerate().map(|(place, (low, _))| (place, (self.edge)(*low))).collect(),
            rows: ROWS,
            width,
        };
        let median = self.histogram.median.map(|median| format!(", median {}", (self.median)(median)));
        let head = PaintedLine::plain(format!("{}{}", self.name, median.unwrap_or_default()));
        std::iter::once(head).chain(chart_lines(&chart)).collect()
    }
}

/// A short form of a length: days, or years from a year on.
fn days(days: f64) -> String {
    if days < 365.0 { number(days) } else { format!("{}y", chart::brief_count(days / 365.25)) }
}

/// Days as long as they are few, then a fitting unit.
fn in_days(days: f64) -> String {
    match days {
        days if days < 9.95 => format!("{days:.1} days"),
        days if days < 99.5 => format!("{days:.0} days"),
        days => words::interval(days),
    }
}

fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e6 { format!("{value:.0}") } else { tenths(value) }
}

fn tenths(value: f64) -> String {
    format!("{:.1}", value.clamp(-1e6, 1e6))
}
