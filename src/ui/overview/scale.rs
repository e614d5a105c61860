//! A horizontal scale on which shares stand beside each other: points, intervals, bars.

/// Filled eighths of a column, from the left.
const EIGHTHS: [&str; 9] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];

/// A scale from `low` to `high` in so many columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// The value of the first column.
    pub(super) low: f64,
    /// The value of the last column.
    pub(super) high: f64,
    /// Its columns.
    pub(super) columns: usize,
}

/// What stands on a line of a scale.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks {
    /// An interval: `├───┤`.
    pub(super) interval: Option<(f64, f64)>,
    /// A value that others are held against: `│`.
    pub(super) against: Option<f64>,
    /// A value: `●`, before all others.
    pub(super) point: Option<f64>,
}

impl Scale {
    /// From the tenth below the lowest of `values` (0.9 at the most) to 1.
    pub(super) fn above_the_lowest(values: impl IntoIterator<Item = f64>, columns: usize) -> Self {
        let lowest = values.into_iter().filter(|value| value.is_finite()).fold(0.9, f64::min);
        // A value that is a tenth has room to its left, too.
        let low = (((lowest - 0.01) * 10.0).floor() / 10.0).clamp(0.0, 0.9);
        Self { low, high: 1.0, columns }
    }

    fn column(self, value: f64) -> usize {
        let last = self.columns.saturating_sub(1);
        let place = (value - self.low) / (self.high - self.low) * last as f64;
        (place.round().max(0.0) as usize).min(last)
    }

    /// A line with these marks, in exactly the columns of the scale.
    pub(super) fn line(self, marks: Marks) -> String {
        let mut cells = vec![' '; self.columns];
        let mut set = |column: usize, char: char| {
            if let Some(cell) = cells.get_mut(column) {
                *cell = char;
            }
        };
        let ends = marks.interval.map(|(low, high)| (self.column(low), self.column(high)));
        if let Some(((low_end, high_end), (low, high))) = marks.interval.zip(ends) {
            (low..=high).for_each(|column| set(column, '─'));
            // An end that lies beyond the scale is not shown as if it lay at its edge.
            let [beyond_low, beyond_high] = [low_end < self.low, high_end > self.high];
            set(low, if beyond_low { '─' } else { '├' });
            set(high, if beyond_high { '─' } else { '┤' });
        }
        if let Some(against) = marks.against.map(|value| self.column(value)) {
            let within = ends.is_some_and(|(low, high)| low < against && against < high);
            set(against, if within { '┼' } else { '│' });
        }
        if let Some(point) = marks.point {
            set(self.column(point), '●');
        }
        cells.into_iter().collect()
    }

    /// Its ends in per cent, each under its column: `60 %       100 %`.
    pub(super) fn ends(self) -> String {
        let (low, high) = (format!("{:.0} %", self.low * 100.0), format!("{:.0} %", self.high * 100.0));
        let room = self.columns.saturating_sub(low.chars().count());
        format!("{low}{high:>room$}")
    }
}

/// A bar of a share (0–1) in exactly so many columns, filled up with blanks. More than nothing is never shown as nothing.
pub(super) fn bar(share: f64, columns: usize) -> String {
    let all = columns * 8;
    let filled = if share > 0.0 { ((share * all as f64).round() as usize).clamp(1, all.max(1)) } else { 0 };
    let (whole, rest) = (filled / 8, if columns > 0 { EIGHTHS[filled % 8] } else { "" });
    let blank = columns.saturating_sub(whole + usize::from(!rest.is_empty()));
    format!("{}{rest}{}", "█".repeat(whole), " ".repeat(blank))
}

/// So many columns shared out in proportion to counts: each that is not 0 has one at least, as far as there are enough.
pub(super) fn shared_out(counts: &[usize], columns: usize) -> Vec<usize> {
    let all: usize = counts.iter().sum();
    let mut parts: Vec<usize> = counts
        .iter()
        .map(
            |count| {
                if *count == 0 { 0 } else { ((*count as f64 / all as f64 * columns as f64).round() as usize).max(1) }
            },
        )
        .collect();
    // What rounding gave or took too much, the largest part bears.
    let used: usize = parts.iter().sum();
    if let Some(largest) = (0..parts.len()).max_by_key(|place| parts[*place])
        && all > 0
    {
        parts[largest] = (parts[largest] + columns).saturating_sub(used);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_where_their_values_are() {
        let scale = Scale { low: 0.0, high: 1.0, columns: 11 };
        let line = |interval, against, point| scale.line(Marks { interval, against, point });
        assert_eq!(line(Some((0.2, 0.8)), None, Some(0.5)), "  ├──●──┤  ");
        assert_eq!(line(Some((0.2, 0.8)), Some(0.9), Some(0.5)), "  ├──●──┤│ ");
        assert_eq!(line(Some((0.2, 0.8)), Some(0.4), Some(0.5)), "  ├─┼●──┤  ");
        assert_eq!(line(None, Some(0.5), Some(0.5)), "     ●     ");
        assert_eq!(line(Some((0.5, 0.5)), None, Some(0.5)), "     ●     ");
        assert_eq!(line(None, Some(-3.0), Some(7.0)), "│         ●");
        assert_eq!(line(None, None, Some(f64::NAN)), "●          ");
        let upper = Scale { low: 0.5, ..scale };
        assert_eq!(upper.line(Marks { interval: Some((0.2, 0.9)), ..Marks::default() }), "────────┤  ");
        assert_eq!(scale.ends(), "0 %   100 %");
    }

    #[test]
    fn a_scale_begins_below_the_lowest_value() {
        let low = |values: &[f64]| Scale::above_the_lowest(values.iter().copied(), 20).low;
        assert_eq!(
            [low(&[0.95, 0.93]), low(&[0.85, 0.9]), low(&[0.8]), low(&[0.0]), low(&[])],
            [0.8, 0.8, 0.7, 0.0, 0.8]
        );
    }

    #[test]
    fn bars_have_eighths_of_a_column() {
        assert_eq!(bar(0.5, 4), "██  ");
        assert_eq!(bar(0.6, 4), "██▍ ");
        assert_eq!(bar(1.0, 4), "████");
        assert_eq!(bar(0.001, 4), "▏   ");
        assert_eq!([bar(0.0, 2), bar(f64::NAN, 2), bar(9.0, 2), bar(1.0, 0)], ["  ", "  ", "██", ""]);
    }

    #[test]
    fn columns_are_shared_out_without_loss() {
        assert_eq!(shared_out(&[1, 1, 2], 8), [2, 2, 4]);
        assert_eq!(shared_out(&[1, 0, 1_000], 10), [1, 0, 9]);
        assert_eq!(shared_out(&[1, 1, 1], 10), [3, 3, 4]);
        assert_eq!(shared_out(&[0, 0], 10), [0, 0]);
    }
}
