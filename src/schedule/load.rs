//! The work of the days ahead, and which day of a range a card takes.
//!
//! As Anki's load balancer (`rslib/src/scheduler/states/load_balancer.rs`): the day is drawn, a day with n cards due weighing
//! (1/n)^2.15, and an interval of d days less the longer it is, because days further ahead are emptier only as they have yet to
//! fill. Here n counts the card itself, so that an empty day has no weight beyond measure; a weekday that takes a share e of the
//! work weighs as if it had n/e cards, so that the work ends up in proportion to the shares, whatever they are; and the interval
//! weighs 1/d², where Anki has 1/d³, which shortens intervals (`docs/scheduling.md` has the figures).

use std::collections::BTreeMap;

use crate::model::{Settings, StudyDay};

/// So many days ahead are balanced; what comes back later has time enough to be spread by fuzz alone.
pub const LOAD_DAYS: u32 = 365;

const CROWDED: f64 = 2.15;
const FAR: i32 = 2;

/// How many cards are due on the days ahead, without the card that a day is chosen for.
#[derive(Clone, Debug, Default)]
pub struct Load {
    counts: BTreeMap<StudyDay, u32>,
    /// The last day that was counted; none where none was.
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

    /// Goes on to a day: those before it are over, and those within [`LOAD_DAYS`] of it are balanced.
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

    /// The number of days from `low` to `high` after `from` that `place` (0 up to but not 1) draws.
    ///
    /// Siblings are kept apart wherever a day is free of them, and days of no share left alone wherever another is left.
    pub fn choose(&self, low: u32, high: u32, from: StudyDay, settings: &Settings, place: f32) -> u32 {
        self.choose_where(low, high, from, settings, place, |_| true)
    }

    /// The same among the days that are `allowed`; `low` where none is.
    pub(super) fn choose_where(
        &self,
        low: u32,
        high: u32,
        from: StudyDay,
        settings: &Settings,
        place: f32,
        allowed: impl Fn(StudyDay) -> bool,
    ) -> u32 {
        let balanced = settings.load_balance && self.until.is_some_and(|until| from.plus(high) <= until);
        let weigh = |days: u32, shares: bool, apart: bool| {
            let day = from.plus(days);
            if !allowed(day) || (apart && self.has_sibling(day)) {
                return 0.0;
            }
            let share = if shares { share(settings, day) } else { 1.0 };
            if !balanced {
                return share;
            }
            let crowded = (share / f64::from(self.on(day).saturating_add(1))).powf(CROWDED);
            crowded * (f64::from(low.max(1)) / f64::from(days.max(1))).powi(FAR)
        };
        for (shares, apart) in [(true, true), (false, true), (true, false), (false, false)] {
            let total: f64 = (low..=high).map(|days| weigh(days, shares, apart)).sum();
            if total > 0.0 {
                return draw(low..=high, f64::from(place) * total, |days| weigh(days, shares, apart)).unwrap_or(low);
            }
        }
        low
    }
}

/// The first days at which the weights add up to more than `mark`; the last that weighs anything where rounding left a rest.
fn draw(range: impl Iterator<Item = u32>, mark: f64, weigh: impl Fn(u32) -> f64) -> Option<u32> {
    let (mut sum, mut last) = (0.0, None);
    for days in range {
        let weight = weigh(days);
        if weight > 0.0 {
            sum += weight;
            last = Some(days);
            if sum > mark {
                break;
            }
        }
    }
    last
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

    /// How often each of the days is drawn over evenly spaced places.
    fn drawn(load: &Load, low: u32, high: u32, settings: &Settings) -> Vec<usize> {
        let chosen: Vec<u32> =
            (0..1_000).map(|place| load.choose(low, high, TODAY, settings, place as f32 / 1_000.0)).collect();
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

    #[test]
    fn easy_days_take_their_share_of_the_work() {
        // A hundred cards a day, placed one after the other over four weeks, each within a week.
        let settings = settings(&[("easy-days", "1 1 1 1 1 0.5 0")]);
        let mut load = load(&[]);
        for number in 0..2_800_u32 {
            let low = 1 + number % 22;
            let days = load.choose(
                low,
                low + 6,
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
        assert_eq!(load(&[]).choose(sunday, sunday, TODAY, &closed, 0.5), sunday);
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
            let chosen = load.choose(low, high, TODAY, &settings, place);
            prop_assert!((low..=high).contains(&chosen));
            prop_assert_eq!(chosen, load.choose(low, high, TODAY, &settings, place));
            if (low..=high).any(|days| !siblings.contains(&days)) {
                prop_assert!(!siblings.contains(&chosen));
            }
        }
    }
}
