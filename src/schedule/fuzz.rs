//! Fuzz: an interval may be a little shorter or longer, so that cards learned together do not always come back together.
//!
//! The ranges are Anki's: from 2.5 days on, one day and 15 % of the part between 2.5 and 7 days, 10 % of the part between 7
//! and 20, and 5 % of the rest, to either side.

const RANGES: [(f64, f64, f64); 3] = [(2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, f64::INFINITY, 0.05)];

/// The shortest and the longest whole number of days that an interval may become, within `minimum..=maximum`.
pub fn bounds(interval: f64, minimum: u32, maximum: u32) -> (u32, u32) {
    let minimum = minimum.min(maximum);
    let interval = interval.clamp(f64::from(minimum), f64::from(maximum));
    let spread = spread(interval);
    (days(interval - spread).clamp(minimum, maximum), days(interval + spread).clamp(minimum, maximum))
}

/// The interval at `place` (0 up to but not 1) of its bounds; rounded if `place` is `None`.
pub fn within_bounds(interval: f64, minimum: u32, maximum: u32, place: Option<f32>) -> u32 {
    let Some(place) = place else {
        return days(interval).clamp(minimum.min(maximum), maximum);
    };
    let (low, high) = bounds(interval, minimum, maximum);
    let width = f64::from(high - low + 1);
    (low + days((f64::from(place) * width).floor())).min(high)
}

/// The wanted mean of the days from `low` to `high` that an interval may become: the interval itself. If the longest interval cuts the
/// range short, the mean is at most its middle, so that not all of these cards come back on the last day.
pub(super) fn aim(interval: f64, low: u32, high: u32, maximum: u32) -> f64 {
    if high < maximum { interval } else { interval.min(f64::midpoint(low.into(), high.into())) }
}

fn spread(interval: f64) -> f64 {
    if interval < 2.5 {
        return 0.0;
    }
    RANGES.iter().fold(1.0, |spread, (start, end, share)| spread + share * (interval.min(*end) - start).max(0.0))
}

fn days(interval: f64) -> u32 {
    // A float beyond u32 becomes its largest value, a negative one 0.
    interval.round() as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_known_answers_of_anki() {
        // rslib `states/fuzz.rs`, test `with_review_fuzz`: interval, minimum, maximum, and the results at 0.0, 0.5 and 0.99.
        for (interval, minimum, maximum, expected) in [
            (1.0, 1, 1_000, [1, 1, 1]),
            (2.49, 1, 1_000, [2, 2, 2]),
            (2.5, 1, 1_000, [2, 3, 4]),
            (7.0, 1, 1_000, [5, 7, 9]),
            (17.0, 1, 1_000, [14, 17, 20]),
            (37.0, 1, 1_000, [33, 37, 41]),
            (2.0, 2, 1_000, [2, 2, 2]),
        ] {
            assert_eq!([0.0, 0.5, 0.99].map(|place| within_bounds(interval, minimum, maximum, Some(place))), expected);
        }
        for (interval, minimum, maximum, expected) in [(1.5, 1, 100, 2), (0.1, 1, 100, 1), (101.0, 1, 100, 100)] {
            assert_eq!(within_bounds(interval, minimum, maximum, None), expected);
        }
    }

    proptest! {
        #[test]
        fn fuzz_stays_within_the_limits(interval in 0.0..1e9_f64, minimum in 1_u32..100, more in 0_u32..40_000, place in 0.0..1.0_f32) {
            let maximum = minimum + more;
            prop_assert!((minimum..=maximum).contains(&within_bounds(interval, minimum, maximum, Some(place))));
        }
    }
}
