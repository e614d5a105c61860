//! A horizontal scale with values and intervals on it, and columns shared out in proportion.

/// A scale from `low`, its first column, to `high`, its last.
#[derive(Clone, Copy, Debug)]
pub(in crate::ui) struct Scale {
    pub(in crate::ui) low: f64,
    pub(in crate::ui) high: f64,
    pub(in crate::ui) columns: usize,
}

/// The marks on a line of a scale.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::ui) struct ScaleMarks {
    /// An interval: `├───┤`.
    pub(in crate::ui) interval: Option<(f64, f64)>,
    /// A value to compare with: `│`.
    pub(in crate::ui) against: Option<f64>,
    /// A value: `●`, drawn over all others.
    pub(in crate::ui) point: Option<f64>,
}

impl Scale {
    /// From the tenth below the lowest of `values` (at most 0.9) to 1.
    pub(in crate::ui) fn above_the_lowest(values: impl IntoIterator<Item = f64>, columns: usize) -> Self {
        let lowest = values.into_iter().filter(|value| value.is_finite()).fold(0.9, f64::min);
        // A value that is itself a tenth gets room on its left too.
        let low = (((lowest - 0.01) * 10.0).floor() / 10.0).clamp(0.0, 0.9);
        Self { low, high: 1.0, columns }
    }

    fn column(self, value: f64) -> usize {
        let last = self.columns.saturating_sub(1);
        let place = (value - self.low) / (self.high - self.low) * last as f64;
        (place.round().max(0.0) as usize).min(last)
    }

    /// A line with these marks, exactly as wide as the scale.
    pub(in crate::ui) fn line(self, marks: ScaleMarks) -> String {
        let mut cells = vec![' '; self.columns];
        let mut set = |column: usize, char: char| {
            if let Some(cell) = cells.get_mut(column) {
                *cell = char;
            }
        };
        let ends = marks.interval.map(|(low, high)| (self.column(low), self.column(high)));
        if let Some(((low_end, high_end), (low, high))) = marks.interval.zip(ends) {
            (low..=high).for_each(|column| set(column, '─'));
            // An end beyond the scale is not shown as if it were at the edge.
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

    /// Its ends in per cent, each below its column: `60 %       100 %`.
    pub(in crate::ui) fn ends(self) -> String {
        let (low, high) = (format!("{:.0} %", self.low * 100.0), format!("{:.0} %", self.high * 100.0));
        let room = self.columns.saturating_sub(low.chars().count());
        format!("{low}{high:>room$}")
    }
}

/// Columns shared out in proportion to counts. Each count above 0 gets at least one column, as long as there are enough.
pub(in crate::ui) fn shared_out(counts: &[usize], columns: usize) -> Vec<usize> {
    let all: usize = counts.iter().sum();
    let share = |count: usize| ((count as f64 / all as f64 * columns as f64).round() as usize).max(1);
    let mut parts: Vec<usize> = counts.iter().map(|count| if *count == 0 { 0 } else { share(*count) }).collect();
    // The largest part absorbs the rounding error.
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
        let line = |interval, against, point| scale.line(ScaleMarks { interval, against, point });
        assert_eq!(line(Some((0.2, 0.8)), None, Some(0.5)), "  ├──●──┤  ");
        assert_eq!(line(Some((0.2, 0.8)), Some(0.9), Some(0.5)), "  ├──●──┤│ ");
        assert_eq!(line(Some((0.2, 0.8)), Some(0.4), Some(0.5)), "  ├─┼●──┤  ");
        assert_eq!(line(None, Some(0.5), Some(0.5)), "     ●     ");
        assert_eq!(line(Some((0.5, 0.5)), None, Some(0.5)), "     ●     ");
        assert_eq!(line(None, Some(-3.0), Some(7.0)), "│         ●");
        assert_eq!(line(None, None, Some(f64::NAN)), "●          ");
        let upper = Scale { low: 0.5, ..scale };
        assert_eq!(upper.line(ScaleMarks { interval: Some((0.2, 0.9)), ..ScaleMarks::default() }), "────────┤  ");
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
    fn columns_are_shared_out_without_loss() {
        assert_eq!(shared_out(&[1, 1, 2], 8), [2, 2, 4]);
        assert_eq!(shared_out(&[1, 0, 1_000], 10), [1, 0, 9]);
        assert_eq!(shared_out(&[1, 1, 1], 10), [3, 3, 4]);
        assert_eq!(shared_out(&[0, 0], 10), [0, 0]);
    }
}
