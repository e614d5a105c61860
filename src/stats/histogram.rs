//! Histograms of values of cards.

use super::overview::{Histogram, HistogramBin};

/// Edges for intervals and stabilities, in days.
pub(super) const LENGTHS: &[f64] = &[0.0, 1.0, 3.0, 7.0, 14.0, 30.0, 60.0, 90.0, 180.0, 365.0, 730.0];
/// Edges for difficulties, which are 1 to 10.
pub(super) const DIFFICULTIES: &[f64] = &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0];

/// Twentieths of 0 to 1.
pub(super) fn twentieths() -> Vec<f64> {
    (0..=20).map(|place| f64::from(place) / 20.0).collect()
}

/// Counts values in bars that begin at these edges. If `closed`, the last edge ends the last bar and belongs to it; else a bar without
/// an end begins there. Values outside count in the nearest bar.
pub(super) fn histogram(mut values: Vec<f64>, edges: &[f64], closed: bool) -> Histogram {
    if values.is_empty() {
        return Histogram::default();
    }
    let bars = if closed { edges.len() - 1 } else { edges.len() };
    let mut counts = vec![0; bars];
    for value in &values {
        let place = edges.partition_point(|edge| edge <= value).saturating_sub(1);
        counts[place.min(bars - 1)] += 1;
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let middle = values.len() / 2;
    let even = values.len().is_multiple_of(2);
    let (below, upper, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    let lower = if even { below.iter().copied().max_by(f64::total_cmp) } else { None };
    let median = lower.map_or(*upper, |lower| f64::midpoint(lower, *upper));
    let bins = counts
        .into_iter()
        .enumerate()
        .map(|(place, cards)| HistogramBin { low: edges[place], high: edges.get(place + 1).copied(), cards })
        .collect();
    Histogram { bins, median: Some(median), mean: Some(mean) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bars_by_hand() {
        let found = histogram(vec![0.5, 1.0, 2.9, 3.0, 900.0], LENGTHS, false);
        let counts: Vec<usize> = found.bins.iter().map(|bin| bin.cards).collect();
        assert_eq!(counts, [1, 2, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
        assert_eq!((found.median, found.bins[10].high), (Some(2.9), None));
        assert_eq!(histogram(vec![10.0, 9.0, 1.0, 0.5], DIFFICULTIES, true).bins[8].cards, 2);
        assert_eq!(histogram(vec![4.0, 1.0], DIFFICULTIES, true).median, Some(2.5));
        assert!(histogram(Vec::new(), LENGTHS, false).bins.is_empty());
    }

    proptest! {
        #[test]
        fn no_card_is_lost(values in prop::collection::vec(-5.0..2_000.0_f64, 1..200)) {
            for (edges, closed) in [(LENGTHS, false), (DIFFICULTIES, true)] {
                let found = histogram(values.clone(), edges, closed);
                prop_assert_eq!(found.bins.iter().map(|bin| bin.cards).sum::<usize>(), values.len());
            }
        }
    }
}
