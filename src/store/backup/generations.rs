//! Which backups stay: the last ones, and one of each day, week and month for a while.

use std::collections::HashSet;

use chrono::Datelike;

use crate::model::Moment;

/// How many generations of backups stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Generations {
    /// The newest ones, whatever their age.
    pub last: usize,
    /// Days, today included, of which the newest stays.
    pub days: u32,
    /// Weeks, this one included, of which the newest stays.
    pub weeks: u32,
    /// Months, this one included, of which the newest stays.
    pub months: u32,
}

impl Default for Generations {
    fn default() -> Self {
        Self { last: 10, days: 14, weeks: 8, months: 12 }
    }
}

/// The day, the week (from Monday on) and the month of a time on the wall clock, as numbers that count up.
fn places(at_ms: i64, offset_minutes: i32) -> Option<[i64; 3]> {
    let date = Moment { utc_ms: at_ms, offset_minutes }.date_time()?.date_naive();
    let day = i64::from(date.num_days_from_ce());
    Some([day, (day - 1).div_euclid(7), i64::from(date.year()) * 12 + i64::from(date.month0())])
}

impl Generations {
    /// Which of the backups of these times (UTC milliseconds) stay, in the same order. One that is dated after now always stays: the clock
    /// was wrong then, or is wrong now.
    pub fn that_stay(&self, times: &[i64], now: Moment) -> Vec<bool> {
        let mut stays = vec![false; times.len()];
        let Some(present) = places(now.utc_ms, now.offset_minutes) else { return vec![true; times.len()] };
        let mut newest_first: Vec<usize> = (0..times.len()).collect();
        newest_first.sort_by_key(|&at| std::cmp::Reverse(times[at]));
        let (mut seen, mut counted) = (HashSet::new(), 0);
        for at in newest_first {
            let Some(place) = places(times[at], now.offset_minutes).filter(|_| times[at] <= now.utc_ms) else {
                stays[at] = true;
                continue;
            };
            counted += 1;
            stays[at] = counted <= self.last;
            for (kind, reach) in [self.days, self.weeks, self.months].into_iter().enumerate() {
                let within = present[kind] - place[kind] < i64::from(reach);
                // The newest of each day, week and month comes first.
                if within && seen.insert((kind, place[kind])) {
                    stays[at] = true;
                }
            }
        }
        stays
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{DAY_MS, HOUR_MS};

    const NOW: Moment = Moment { utc_ms: 1_795_000_000_000, offset_minutes: 60 };

    fn left(generations: Generations, times: &[i64], now: Moment) -> Vec<i64> {
        let stays = generations.that_stay(times, now);
        times.iter().zip(stays).filter(|(_, stays)| *stays).map(|(time, _)| *time).collect()
    }

    proptest! {
        #[test]
        fn the_newest_stay_and_thinning_twice_is_thinning_once(
            ages in proptest::collection::vec(0..500 * DAY_MS, 0..120),
            (last, days, weeks, months) in (0_usize..12, 0_u32..20, 0_u32..10, 0_u32..15),
        ) {
            let generations = Generations { last, days, weeks, months };
            let times: Vec<i64> = ages.iter().map(|age| NOW.utc_ms - age).collect();
            let kept = left(generations, &times, NOW);
            prop_assert_eq!(&left(generations, &kept, NOW), &kept);
            let mut newest = times.clone();
            newest.sort_unstable_by_key(|time| std::cmp::Reverse(*time));
            for time in newest.iter().take(last) {
                prop_assert!(kept.contains(time));
            }
            let most = last + days as usize + weeks as usize + months as usize;
            prop_assert!(kept.len() <= most);
            // Each day, week and month within reach that had a backup has one.
            let present = places(NOW.utc_ms, 60).expect("a date");
            for time in &times {
                let place = places(*time, 60).expect("a date");
                for (kind, reach) in [days, weeks, months].into_iter().enumerate() {
                    if present[kind] - place[kind] < i64::from(reach) {
                        let covered = kept.iter().any(|kept| places(*kept, 60).expect("a date")[kind] == place[kind]);
                        prop_assert!(covered);
                    }
                }
            }
        }

        #[test]
        fn the_order_of_the_times_does_not_matter(mut times in proptest::collection::vec(0..NOW.utc_ms, 0..40)) {
            let mut kept = left(Generations::default(), &times, NOW);
            kept.sort_unstable();
            times.reverse();
            let mut other = left(Generations::default(), &times, NOW);
            other.sort_unstable();
            prop_assert_eq!(kept, other);
        }
    }

    #[test]
    fn a_year_of_days_leaves_about_thirty() {
        let generations = Generations::default();
        let mut kept: Vec<i64> = Vec::new();
        for day in 0..400 {
            // Three on each day, thinned after each.
            for hour in [0, 5, 9] {
                let now = Moment { utc_ms: NOW.utc_ms + day * DAY_MS + hour * HOUR_MS, ..NOW };
                kept.push(now.utc_ms);
                kept = left(generations, &kept, now);
                assert_eq!(kept.last(), Some(&now.utc_ms), "the one that was just made stays");
            }
            if day > 366 {
                let present = places(NOW.utc_ms + day * DAY_MS, 60).expect("a date");
                for months in 0..12 {
                    let covers = |time: &i64| places(*time, 60).expect("a date")[2] == present[2] - months;
                    assert!(kept.iter().any(covers), "day {day}: a backup of {months} months ago");
                }
                assert!((20..=44).contains(&kept.len()), "day {day}: {}", kept.len());
            }
        }
    }

    #[test]
    fn what_is_dated_after_now_stays() {
        let times = [NOW.utc_ms + DAY_MS, NOW.utc_ms, NOW.utc_ms - 400 * DAY_MS, i64::MAX];
        let generations = Generations { last: 1, days: 0, weeks: 0, months: 0 };
        assert_eq!(generations.that_stay(&times, NOW), [true, true, false, true]);
    }
}
