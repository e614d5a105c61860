//! The work of the days ahead, and which day of a range a card takes.
//!
//! As in Anki's load balancer (`rslib/src/scheduler/states/load_balancer.rs`) the day is drawn, and a day with n cards due weighs
//! 1/n^2.15. Three things differ (`docs/scheduling.md` has the figures):
//! - A day weighs 1/(n + 5)^2.15, so that a few cards hardly count.
//! - A weekday with a share e of the work weighs e times its weight with n/e cards. So the work ends up in proportion to the shares,
//!   whether the days are full or empty.
//! - Anki's factor 1/d³ for an interval of d days keeps cards from emptier days further ahead, but shortens intervals. A tilt that keeps
//!   the mean replaces it (`tilt.rs`).

use std::collections::BTreeMap;

use super::tilt::tilt;
use crate::model::{Settings, StudyDay};

/// This many days ahead are balanced; cards that come back later are spread by fuzz alone.
pub const LOAD_DAYS: u32 = 365;

const CROWDED: f64 = 2.15;
/// This many cards are added to each day: they take about a minute.
const FEW: f64 = 5.0;

/// The numbers of days that an interval may become.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DayRange {
    /// The first of them.
    pub low: u32,
    /// The last of them.
    pub high: u32,
    /// The wanted mean of the drawn days, if it is possible; `None` if all days are equally good.
    pub aim: Option<f64>,
}

/// How many cards are due on the days ahead, without the card that a day is chosen for.
#[derive(Clone, Debug, Default)]
pub struct Load {
    counts: BTreeMap<StudyDay, u32>,
    /// The last day that was counted; `None` if none was.
    until: Option<StudyDay>,
    siblings: Vec<StudyDay>,
}

impl Load {
    /// The cards that are due on each day until `until`; and the days of the other cards of the question, to be kept free.
    pub fn new(
        counts: impl IntoIterator<Item = (StudyDay, u32)>,
        until: Option<StudyDay>,
        siblings: Vec<StudyDay>,
    ) -> Self {
        Self { counts: counts.into_iter().collect(), until, siblings }
    }

    /// How many cards are due on a day.
    pub fn on(&self, day: StudyDay) -> u32 {
        self.counts.get(&day).copied().unwrap_or(0)
    }

    /// Advances to a day: days before it are dropped, and those within [`LOAD_DAYS`] of it are balanced.
    pub(super) fn go_to(&mut self, today: StudyDay) {
        self.counts = self.counts.split_off(&today);
        self.until = Some(today.plus(LOAD_DAYS));
    }

    /// Counts one card more on a day.
    pub fn add(&mut self, day: StudyDay) {
        *self.counts.entry(day).or_default() += 1;
    }

    /// Counts one card less on a day.
    pub fn remove(&mut self, day: StudyDay) {
        if let Some(count) = self.counts.get_mut(&day) {
            *count = count.saturating_sub(1);
        }
    }

    /// Keeps other days free: those of another question's cards.
    pub fn keep_free(&mut self, siblings: Vec<StudyDay>) {
        self.siblings = siblings;
    }

    /// Whether another card of the question is due on a day.
    pub fn has_sibling(&self, day: StudyDay) -> bool {
        self.siblings.contains(&day)
    }

    /// The number of days after `from` that `place` (0 up to but not 1) draws.
    ///
    /// Days with siblings, and weekdays without a share, are avoided if there is another day.
    pub fn choose(&self, days: DayRange, from: StudyDay, settings: &Settings, place: f32) -> u32 {
        self.choose_where(days, from, settings, place, |_| true)
    }

    /// The same among the days that are `allowed`; the first of all if none is.
    pub(super) fn choose_where(
        &self,
        days: DayRange,
        from: StudyDay,
        settings: &Settings,
        place: f32,
        allowed: impl Fn(StudyDay) -> bool,
    ) -> u32 {
        let DayRange { low, high, aim } = days;
        let balanced = settings.load_balance && self.until.is_some_and(|until| from.plus(high) <= until);
        let weigh = |days: u32, shares: bool, apart: bool| {
            let day = from.plus(days);
            if !allowed(day) || (apart && self.has_sibling(day)) {
                return 0.0;
            }
            let share = if shares { share(settings, day) } else { 1.0 };
            if !balanced || share <= 0.0 {
                return share;
            }
            share * (FEW / (FEW + f64::from(self.on(day)) / share)).powf(CROWDED)
        };
        for (shares, apart) in [(true, true), (false, true), (true, false), (false, false)] {
            let mut weights: Vec<(u32, f64)> = (low..=high).map(|days| (days, weigh(days, shares, apart))).collect();
            weights.retain(|(_, weight)| *weight > 0.0);
            if let Some(aim) = aim {
                tilt(&mut weights, aim);
            }
            if let Some(days) = draw(&weights, place) {
                return days;
            }
        }
        low
    }
}

/// The first days at which the weights add up to more than this share of all; the last if rounding left a rest; `None` if there are none.
fn draw(weights: &[(u32, f64)], place: f32) -> Option<u32> {
    let mark = f64::from(place) * weights.iter().map(|(_, weight)| weight).sum::<f64>();
    let mut sum = 0.0;
    let found = weights.iter().find(|(_, weight)| {
        sum += weight;
        sum > mark
    });
    found.or(weights.last()).map(|(days, _)| *days)
}

/// The share of the work that the weekday of this day takes, 0–1.
pub fn share(settings: &Settings, day: StudyDay) -> f64 {
    settings.easy_days[day.weekday()]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TODAY: StudyDay = StudyDay(20_775);

    fn load(counts: &[u32]) -> Load {
        let counts = (0..).zip(counts).map(|(ahead, count)| (TODAY.plus(ahead), *count));
        Load::new(counts, Some(TODAY.plus(LOAD_DAYS)), Vec::new())
    }

    fn settings(pairs: &[(&str, &str)]) -> Settings {
        let mut settings = Settings::default();
        for (key, value) in pairs {
            settings.set(key, value).expect("a value");
        }
        settings
    }

    fn about(low: u32, high: u32) -> DayRange {
        DayRange { low, high, aim: Some(f64::midpoint(low.into(), high.into())) }
    }

    /// How often each of the days is drawn over evenly spaced places.
    fn drawn(load: &Load, low: u32, high: u32, settings: &Settings) -> Vec<usize> {
        let chosen: Vec<u32> =
            (0..1_000).map(|place| load.choose(about(low, high), TODAY, settings, place as f32 / 1_000.0)).collect();
        (low..=high).map(|days| chosen.iter().filter(|chosen| **chosen == days).count()).collect()
    }

    #[test]
    fn crowded_days_are_avoided_while_load_balance_is_on() {
        let crowded = load(&[0, 0, 0, 0, 50, 50, 0, 50, 50]);
        let on = drawn(&crowded, 4, 8, &Settings::default());
        assert!(on[2] > 950, "{on:?}");
        let off = drawn(&crowded, 4, 8, &settings(&[("load-balance", "off")]));
        assert_eq!(off, [200; 5]);
    }

    /// How many of a thousand evenly spaced places draw the first of two days, if the weights are not tilted.
    fn first_of_two(load: &Load, low: u32, settings: &Settings) -> usize {
        let days = DayRange { low, high: low + 1, aim: None };
        (0..1_000).filter(|place| load.choose(days, TODAY, settings, *place as f32 / 1_000.0) == low).count()
    }

    #[test]
    fn the_weight_of_a_day_is_the_documented_one() {
        let ten = load(&[0, 0, 10]);
        // 1 and (5 / 15)^2.15 = 0.0942.
        assert_eq!(first_of_two(&ten, 1, &Settings::default()), 914);
        // 1 and 0.5 · (5 / (5 + 10 / 0.5))^2.15 = 0.0157.
        let mut shares = ["1"; 7];
        shares[TODAY.plus(2).weekday()] = "0.5";
        assert_eq!(first_of_two(&ten, 1, &settings(&[("easy-days", &shares.join(" "))])), 985);
    }

    #[test]
    fn a_year_ahead_is_balanced_and_no_day_more() {
        let mut load = Load::default();
        load.add(TODAY.plus(365));
        load.add(TODAY.plus(366));
        let on = |load: &Load, low| first_of_two(load, low, &Settings::default());
        assert_eq!(on(&load, 364), 500, "nothing was counted yet");
        load.go_to(TODAY);
        // 1 and (5 / 6)^2.15 = 0.676.
        assert_eq!((on(&load, 364), on(&load, 365), on(&load, 366)), (597, 500, 500));
        load.remove(TODAY.plus(365));
        assert_eq!(on(&load, 364), 500);
    }

    #[test]
    fn a_day_that_is_past_is_dropped() {
        let mut load = load(&[3, 4, 5]);
        load.go_to(TODAY.plus(1));
        assert_eq!([0, 1, 2].map(|ahead| load.on(TODAY.plus(ahead))), [0, 4, 5]);
        load.remove(TODAY.plus(2));
        assert_eq!(load.on(TODAY.plus(2)), 4);
    }

    #[test]
    fn easy_days_take_their_share_of_the_work() {
        // A hundred cards a day, placed one after the other over four weeks, each within a week.
        let settings = settings(&[("easy-days", "1 1 1 1 1 0.5 0")]);
        let mut load = load(&[]);
        for number in 0..2_800_u32 {
            let low = 1 + number % 22;
            let days = load.choose(
                about(low, low + 6),
                TODAY,
                &settings,
                (number.wrapping_mul(2_654_435_761) >> 8) as f32 / (1 << 24) as f32,
            );
            load.add(TODAY.plus(days));
        }
        let mut week = [0; 7];
        for ahead in 1..=28 {
            week[TODAY.plus(ahead).weekday()] += load.on(TODAY.plus(ahead));
        }
        let ordinary = f64::from(week[..5].iter().sum::<u32>()) / 5.0;
        assert_eq!(week[6], 0, "{week:?}");
        assert!((0.3..0.75).contains(&(f64::from(week[5]) / ordinary)), "{week:?}");
    }

    #[test]
    fn a_range_of_closed_days_is_used_all_the_same() {
        let sunday = (0..7).find(|ahead| TODAY.plus(*ahead).weekday() == 6).expect("a Sunday");
        let closed = settings(&[("easy-days", "1 1 1 1 1 1 0")]);
        assert_eq!(load(&[]).choose(about(sunday, sunday), TODAY, &closed, 0.5), sunday);
        let closed = settings(&[("easy-days", "1 1 1 1 1 0 0")]);
        let saturday = if sunday == 0 { 6 } else { sunday - 1 };
        assert_eq!(drawn(&load(&[]), saturday, saturday + 1, &closed), [500, 500]);
    }

    #[test]
    fn a_range_full_of_siblings_is_used_all_the_same() {
        let mut load = load(&[]);
        load.keep_free(vec![TODAY.plus(1), TODAY.plus(2)]);
        assert_eq!(drawn(&load, 1, 2, &Settings::default()), [500, 500]);
        assert_eq!(drawn(&load, 1, 3, &Settings::default()), [0, 0, 1_000]);
    }

    proptest! {
        #[test]
        fn a_choice_is_in_its_range_apart_from_siblings_and_the_same_again(
            counts in prop::collection::vec(0_u32..300, 0..60), low in 1_u32..400, width in 0_u32..40,
            siblings in prop::collection::vec(1_u32..440, 0..20), place in 0.0..1.0_f32,
            shares in prop::array::uniform7(0.0..=1.0_f64), balance: bool,
        ) {
            let high = low + width;
            let settings = Settings { easy_days: shares, load_balance: balance, ..Settings::default() };
            let mut load = load(&counts);
            load.keep_free(siblings.iter().map(|ahead| TODAY.plus(*ahead)).collect());
            let chosen = load.choose(about(low, high), TODAY, &settings, place);
            prop_assert!((low..=high).contains(&chosen));
            prop_assert_eq!(chosen, load.choose(about(low, high), TODAY, &settings, place));
            if (low..=high).any(|days| !siblings.contains(&days)) {
                prop_assert!(!siblings.contains(&chosen));
            }
        }
    }
}
