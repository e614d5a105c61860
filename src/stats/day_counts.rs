//! Counts of answers by study day, for a million answers in any order.

use std::collections::VecDeque;

use super::overview::DayActivity;
use crate::model::{Review, ReviewKind, StudyDay};

/// The most days. A longer range comes from a wrong clock and is not stored day by day.
const MOST: usize = 100_000;

/// The counts of a day: small, so that some years stay in the cache.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct DayCount {
    answers: u32,
    practice: u32,
    new: u32,
    reviews: u32,
    right: u32,
    took_ms: u64,
}

/// Counts by day.
#[derive(Clone, Debug)]
pub(super) struct DayCounts {
    /// The first day, if there are any.
    first: StudyDay,
    days: VecDeque<DayCount>,
}

impl Default for DayCounts {
    fn default() -> Self {
        Self { first: StudyDay(0), days: VecDeque::new() }
    }
}

impl DayCounts {
    /// Counts an answer that was not taken back.
    pub(super) fn add(&mut self, review: &Review) {
        let Some(day) = self.at(review.day) else { return };
        day.answers += 1;
        day.took_ms += u64::from(review.took_ms);
        if review.practice {
            day.practice += 1;
            return;
        }
        day.right += u32::from(review.right);
        day.new += u32::from(review.kind == ReviewKind::New);
        day.reviews += u32::from(review.kind == ReviewKind::Review);
    }

    /// Adds other counts.
    pub(super) fn merge(&mut self, other: &Self) {
        for (place, count) in (0_u32..).zip(&other.days).filter(|(_, count)| count.answers > 0) {
            if let Some(day) = self.at(other.first.plus(place)) {
                day.answers += count.answers;
                day.practice += count.practice;
                day.new += count.new;
                day.reviews += count.reviews;
                day.right += count.right;
                day.took_ms += count.took_ms;
            }
        }
    }

    /// The first day with an answer, from this day on.
    pub(super) fn first_from(&self, from: StudyDay) -> Option<StudyDay> {
        let skip = from.since(self.first);
        (skip..)
            .zip(self.days.iter().skip(skip as usize))
            .find(|(_, count)| count.answers > 0)
            .map(|(at, _)| self.first.plus(at))
    }

    /// All days of a range.
    pub(super) fn figures(&self, from: StudyDay, to: StudyDay) -> Vec<DayActivity> {
        (from.0..=to.0).map(|day| self.figures_of(StudyDay(day))).collect()
    }

    fn figures_of(&self, date: StudyDay) -> DayActivity {
        let at = if date < self.first { None } else { self.days.get(date.since(self.first) as usize) };
        let count = at.copied().unwrap_or_default();
        let judged = count.answers - count.practice;
        DayActivity {
            date,
            answers: count.answers as usize,
            new: count.new as usize,
            reviews: count.reviews as usize,
            accuracy: (judged > 0).then(|| f64::from(count.right) / f64::from(judged)),
            minutes: count.took_ms as f64 / 60_000.0,
        }
    }

    fn at(&mut self, day: StudyDay) -> Option<&mut DayCount> {
        if self.days.is_empty() {
            self.first = day;
        }
        let before = self.first.since(day) as usize;
        if before > 0 {
            if before + self.days.len() > MOST {
                return None;
            }
            (0..before).for_each(|_| self.days.push_front(DayCount::default()));
            self.first = day;
        }
        let place = day.since(self.first) as usize;
        if place >= MOST {
            return None;
        }
        if place >= self.days.len() {
            self.days.resize(place + 1, DayCount::default());
        }
        self.days.get_mut(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Rating;

    fn answer(day: i32, right: bool) -> Review {
        Review { right, took_ms: 30_000, ..Review::test(day, Rating::Good) }
    }

    #[test]
    fn days_come_in_any_order() {
        let (mut one, mut other) = (DayCounts::default(), DayCounts::default());
        for (day, right) in [(100, true), (98, false), (105, true), (100, false)] {
            one.add(&answer(day, right));
        }
        other.add(&Review { practice: true, ..answer(98, true) });
        other.add(&answer(90, true));
        // Nobody lives so long.
        other.add(&answer(i32::MAX, true));
        one.merge(&other);
        let told: Vec<(usize, Option<f64>)> =
            one.figures(StudyDay(97), StudyDay(101)).iter().map(|day| (day.answers, day.accuracy)).collect();
        assert_eq!(told, [(0, None), (2, Some(0.0)), (0, None), (2, Some(0.5)), (0, None)]);
        assert_eq!(one.figures(StudyDay(98), StudyDay(98))[0].minutes, 1.0);
        assert_eq!(one.first_from(StudyDay(i32::MIN)), Some(StudyDay(90)));
        assert_eq!((one.first_from(StudyDay(101)), one.first_from(StudyDay(106))), (Some(StudyDay(105)), None));
        assert!(DayCounts::default().figures(StudyDay(1), StudyDay(2)).iter().all(|day| day.answers == 0));
    }
}
