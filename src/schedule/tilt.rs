//! Weights that keep a mean.

/// The largest exponent of the search: days that weigh e^−60 are never drawn.
const STEEPEST: f64 = 60.0;
/// A mean this close (in days) is the mean.
const CLOSE: f64 = 1e-4;
const ROUNDS: usize = 60;

/// Changes the weights of days so that their mean is `aim`: w·e^(λ·d), of all weights with this mean those nearest to w (the least
/// relative entropy). If no weights have this mean, only the nearest day keeps a weight.
///
/// The days are sorted, and their weights are positive.
pub(super) fn tilt(weights: &mut [(u32, f64)], aim: f64) {
    let (Some((first, _)), Some((last, _))) = (weights.first().copied(), weights.last().copied()) else { return };
    let (nearest, reachable) = if aim <= f64::from(first) {
        (first, false)
    } else if aim >= f64::from(last) {
        (last, false)
    } else {
        (first, true)
    };
    if !reachable {
        weights.iter_mut().filter(|(days, _)| *days != nearest).for_each(|(_, weight)| *weight = 0.0);
        return;
    }
    let logs: Vec<(f64, f64)> = weights.iter().map(|(days, weight)| (f64::from(*days) - aim, weight.ln())).collect();
    let (mut low, mut high, mut slope) = (-STEEPEST, STEEPEST, 0.0);
    for _ in 0..ROUNDS {
        let (off, variance) = moments(&logs, slope);
        if off.abs() < CLOSE {
            break;
        }
        *(if off > 0.0 { &mut high } else { &mut low }) = slope;
        // Newton's step, or bisection if it leaves the interval.
        let next = slope - off / variance.max(f64::MIN_POSITIVE);
        slope = if low < next && next < high { next } else { f64::midpoint(low, high) };
    }
    let top = greatest(&logs, slope);
    for ((_, weight), (off, log)) in weights.iter_mut().zip(logs) {
        *weight = (log + slope * off - top).exp();
    }
}

/// The distance of the mean under this slope from the aim, and the variance, in days. `logs` has the distance of each day from the aim
/// and the logarithm of its weight.
fn moments(logs: &[(f64, f64)], slope: f64) -> (f64, f64) {
    let top = greatest(logs, slope);
    let (mut sum, mut first, mut second) = (0.0, 0.0, 0.0);
    for (off, log) in logs {
        let tilted = (log + slope * off - top).exp();
        sum += tilted;
        first += tilted * off;
        second += tilted * off * off;
    }
    (first / sum, second / sum - (first / sum) * (first / sum))
}

/// The greatest exponent, which is subtracted from all of them so that none overflows.
fn greatest(logs: &[(f64, f64)], slope: f64) -> f64 {
    logs.iter().map(|(off, log)| log + slope * off).fold(f64::MIN, f64::max)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mean(weights: &[(u32, f64)]) -> f64 {
        let sum: f64 = weights.iter().map(|(_, weight)| weight).sum();
        weights.iter().map(|(days, weight)| f64::from(*days) * weight / sum).sum()
    }

    #[test]
    fn three_days_by_hand() {
        // Of 1, 2 and 3 days with the mean 1.5: with x = e^λ, (x + 2x² + 3x³) = 1.5·(x + x² + x³), so 1.5x² + 0.5x − 0.5 = 0.
        let mut weights = [(1, 0.2), (2, 0.2), (3, 0.2)];
        tilt(&mut weights, 1.5);
        let x = (-0.5 + (0.25_f64 + 3.0).sqrt()) / 3.0;
        let shares = weights.map(|(_, weight)| weight / weights[0].1);
        assert!((shares[1] - x).abs() < 1e-3 && (shares[2] - x * x).abs() < 1e-3, "{shares:?} {x}");
    }

    #[test]
    fn what_no_day_reaches_is_the_nearest_day() {
        for (aim, left) in [(3.9, 4), (4.0, 4), (9.5, 7)] {
            let mut weights = [(4, 1.0), (5, 9.0), (7, 0.1)];
            tilt(&mut weights, aim);
            assert_eq!(mean(&weights), f64::from(left));
        }
        tilt(&mut [], 3.0);
    }

    proptest! {
        #[test]
        fn the_mean_is_what_was_aimed_at(
            weights in prop::collection::vec((1_u32..4, 1e-6..1.0_f64), 2..60), share in 0.001..0.999_f64, from in 1_u32..400,
        ) {
            let mut days = from;
            let mut weights: Vec<(u32, f64)> = weights
                .into_iter()
                .map(|(step, weight)| {
                    days += step;
                    (days, weight)
                })
                .collect();
            let (first, last) = (f64::from(weights[0].0), f64::from(days));
            let aim = first + share * (last - first);
            tilt(&mut weights, aim);
            prop_assert!((mean(&weights) - aim).abs() < 1e-3, "{} {aim}", mean(&weights));
        }
    }
}
