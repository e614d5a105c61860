//! A chart of upright columns with its labels.

use super::blocks::{FULL, LIGHT, eighths, rising};
use crate::ui::rich::columns;

/// Columns of the vertical axis and its labels.
pub(in crate::ui) const MARGIN: usize = 7;
/// The most columns of a bar and the gap after it.
const WIDEST: usize = 4;
/// Tops of axes below 10 whose half is a whole number.
const FEW: [f64; 4] = [2.0, 4.0, 6.0, 8.0];
/// Tops of axes from 10 on, in units of a power of ten; their halves are easy to read too.
const ROUND: [f64; 12] = [1.0, 1.2, 1.4, 1.6, 2.0, 2.4, 3.0, 4.0, 5.0, 6.0, 8.0, 9.0];

/// A bar: a full part, and a lighter one on top of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::ui) struct Bar {
    pub(in crate::ui) full: f64,
    pub(in crate::ui) light: f64,
}

impl Bar {
    pub(in crate::ui) fn full(full: f64) -> Self {
        Self { full, light: 0.0 }
    }
}

/// Bars from left to right, above an axis.
#[derive(Clone, Debug)]
pub(in crate::ui) struct ColumnChart {
    pub(in crate::ui) bars: Vec<Bar>,
    /// The value at the top.
    pub(in crate::ui) top: f64,
    /// The label of the top and of the half, at most five columns wide.
    pub(in crate::ui) label: fn(f64) -> String,
    /// Labels below bars, by index. If there is little room, the first and the last go before the others.
    pub(in crate::ui) ticks: Vec<(usize, String)>,
    /// Rows without the axis and the ticks.
    pub(in crate::ui) rows: usize,
    /// Columns, labels included.
    pub(in crate::ui) width: usize,
}

impl ColumnChart {
    /// The rows with the axis, then the line of ticks, if there are any. If there are more bars than columns, the last are shown.
    pub(in crate::ui) fn lines(&self) -> (Vec<String>, Option<String>) {
        let room = room(self.width);
        let bars = &self.bars[self.bars.len().saturating_sub(room)..];
        let slot = slot(bars.len(), room);
        let mut lines: Vec<String> = (0..self.rows)
            .map(|row| {
                let cells: String = bars.iter().map(|bar| self.cell(*bar, self.rows - 1 - row, slot)).collect();
                let label = match row {
                    0 => (self.label)(self.top),
                    row if row * 2 == self.rows => (self.label)(self.top / 2.0),
                    _ => String::new(),
                };
                format!("{label:>5} ┤{cells}")
            })
            .collect();
        lines.push(format!("{:>5} └{}", "0", "─".repeat(bars.len() * slot)));
        let ticks = self.tick_line(slot, self.bars.len() - bars.len());
        (lines, Some(ticks).filter(|ticks| !ticks.trim().is_empty()))
    }

    /// The cells of a bar `level` rows above the bottom.
    fn cell(&self, bar: Bar, level: usize, slot: usize) -> String {
        let eighths = |value: f64| eighths(value, self.top, self.rows);
        let char = if bar.light > 0.0 {
            // Two parts cannot share a cell, so both are drawn in whole cells, at least one each.
            let full = if bar.full > 0.0 { ((eighths(bar.full) + 4) / 8).clamp(1, self.rows - 1) } else { 0 };
            let all = (eighths(bar.full + bar.light) + 4) / 8;
            match level {
                level if level < full => FULL,
                level if level < all.max(full + 1) => LIGHT,
                _ => ' ',
            }
        } else {
            rising(eighths(bar.full).saturating_sub(level * 8))
        };
        let blocks = if slot > 1 { slot - 1 } else { 1 };
        char.to_string().repeat(blocks) + &" ".repeat(slot - blocks)
    }

    fn tick_line(&self, slot: usize, skipped: usize) -> String {
        let mut cells: Vec<Option<&str>> = vec![None; self.width];
        let ends = [0, self.ticks.len().saturating_sub(1)];
        let others = 1..self.ticks.len().saturating_sub(1);
        for (bar, text) in ends.into_iter().chain(others).filter_map(|place| self.ticks.get(place)) {
            let (Some(bar), wide) = (bar.checked_sub(skipped), columns(text)) else { continue };
            let Some(last) = self.width.checked_sub(wide) else { continue };
            let at = (MARGIN + bar * slot).min(last);
            // A blank on either side keeps labels apart.
            let (from, to) = (at.saturating_sub(1), (at + wide + 1).min(self.width));
            if cells[from..to].iter().all(Option::is_none) {
                cells[at..at + wide].fill(Some(""));
                cells[at] = Some(text);
            }
        }
        cells.into_iter().map(|cell| cell.unwrap_or(" ")).collect()
    }
}

/// How many bars fit in a chart of `width` columns.
pub(in crate::ui) fn room(width: usize) -> usize {
    width.saturating_sub(MARGIN).max(1)
}

/// Columns of a bar and the gap after it.
pub(in crate::ui) fn slot(bars: usize, room: usize) -> usize {
    (room / bars.max(1)).clamp(1, WIDEST)
}

/// The least round count that is not below `most` and whose half is a whole number.
pub(in crate::ui) fn round_top(most: f64) -> f64 {
    let most = if most.is_finite() { most.clamp(2.0, 1e12) } else { 2.0 };
    if let Some(few) = FEW.into_iter().find(|top| *top >= most) {
        return few;
    }
    let unit = 10_f64.powf(most.log10().floor().max(1.0));
    // A product of a step and a power of ten may miss the whole number by a hair.
    ROUND.iter().map(|step| (step * unit).round()).find(|top| *top >= most).unwrap_or(unit * 10.0)
}

/// A count in at most five columns: `812`, `1.2k`, `35k`, `1.2m`.
pub(in crate::ui) fn brief_count(value: f64) -> String {
    let short = |value: f64, unit: &str| {
        if value < 9.95 { format!("{value:.1}{unit}").replace(".0", "") } else { format!("{value:.0}{unit}") }
    };
    match value {
        value if value < 9_999.5 => format!("{value:.0}"),
        value if value < 999_500.0 => short(value / 1e3, "k"),
        value if value < 999.5e6 => short(value / 1e6, "m"),
        value => short(value.min(9e12) / 1e9, "g"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(chart: &ColumnChart) -> Vec<String> {
        let (rows, ticks) = chart.lines();
        rows.into_iter().chain(ticks).map(|line| line.trim_end().to_owned()).collect()
    }

    fn chart(bars: &[(f64, f64)], top: f64, width: usize) -> ColumnChart {
        let bars = bars.iter().map(|(full, light)| Bar { full: *full, light: *light }).collect();
        ColumnChart { bars, top, label: brief_count, ticks: Vec::new(), rows: 2, width }
    }

    #[test]
    fn bars_rise_by_eighths() {
        let bars = [0.0, 0.1, 1.0, 2.0, 8.0, 9.0, 16.0].map(|value| (value, 0.0));
        assert_eq!(drawn(&chart(&bars, 16.0, 14)), ["   16 ┤     ▁█", "    8 ┤ ▁▁▂███", "    0 └───────"]);
    }

    #[test]
    fn a_lighter_part_stands_on_the_full_one() {
        let bars = [(1.0, 1.0), (2.0, 0.0), (0.0, 2.0), (0.0, 0.1), (2.0, 0.1)];
        assert_eq!(drawn(&chart(&bars, 2.0, 17)), ["    2 ┤░ █ ░   ░", "    1 ┤█ █ ░ ░ █", "    0 └──────────"]);
    }

    #[test]
    fn labels_below_keep_apart_and_the_ends_come_first() {
        let mut chart = chart(&[(1.0, 0.0); 12], 2.0, 19);
        chart.ticks = [(0, "one"), (2, "x"), (5, "mid"), (11, "last")].map(|(bar, text)| (bar, text.into())).into();
        assert_eq!(drawn(&chart).last().map(String::as_str), Some("       one     last"));
    }

    #[test]
    fn more_bars_than_columns_show_the_last() {
        let bars: Vec<(f64, f64)> = (0..20).map(|value| (f64::from(value), 0.0)).collect();
        assert_eq!(drawn(&chart(&bars, 19.0, 10))[1], "   10 ┤███");
    }

    #[test]
    fn axes_end_at_round_values() {
        assert_eq!(
            [0.0, 2.0, 3.0, 7.0, 82.0, 83.0, 101.0, 1_204.0].map(round_top),
            [2.0, 2.0, 4.0, 8.0, 90.0, 90.0, 120.0, 1_400.0]
        );
        assert_eq!([f64::NAN, f64::INFINITY].map(round_top), [2.0, 2.0]);
        let labels = [0.0, 90.0, 9_999.0, 12_000.0, 1.2e6, 1e300].map(brief_count);
        assert_eq!(labels, ["0", "90", "9999", "12k", "1.2m", "9000g"]);
    }
}
