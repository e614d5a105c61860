//! Days grouped in spans that fit in a drawing.

use super::numbers::{date, day};
use crate::model::StudyDay;
use crate::stats::overview::DayActivity;

/// The length of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    Day,
    /// From Monday on.
    Week,
    /// A calendar month.
    Month,
}

/// The most days that are shown one by one.
const DAYS: usize = 120;
/// The most days that are shown by weeks; more are shown by months.
const WEEKS: usize = 3 * 366;

impl Length {
    /// The length for this many days: no more than some 250 bars for twenty years.
    pub(super) fn fitting(days: usize) -> Self {
        match days {
            0..=DAYS => Self::Day,
            days if days <= WEEKS => Self::Week,
            _ => Self::Month,
        }
    }

    /// `day`, `week` or `month`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }
}

/// Days that are shown as one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct DaySpan {
    length: Length,
    pub(super) first: StudyDay,
    pub(super) answers: usize,
    pub(super) new: usize,
    pub(super) reviews: usize,
    pub(super) minutes: f64,
}

impl DaySpan {
    /// `23 Nov 2026`, `week of 23 Nov 2026`, `Nov 2026`.
    pub(super) fn name(&self) -> String {
        match self.length {
            Length::Day => date(self.first),
            Length::Week => format!("week of {}", date(self.first)),
            Length::Month => self.first.date().format("%b %Y").to_string(),
        }
    }

    /// A short name.
    fn label(&self) -> String {
        match self.length {
            Length::Day => day(self.first),
            Length::Week => self.first.date().format("%b %y").to_string(),
            Length::Month => self.first.date().format("%Y").to_string(),
        }
    }
}

/// Consecutive days in spans of a length.
pub(super) fn spans(days: &[DayActivity], length: Length) -> Vec<DaySpan> {
    let key = |day: &DayActivity| match length {
        Length::Day => i64::from(day.date.0),
        Length::Week => i64::from(day.date.0) - day.date.weekday() as i64,
        Length::Month => day.date.date().format("%Y%m").to_string().parse().unwrap_or(0),
    };
    days.chunk_by(|one, next| key(one) == key(next))
        .filter_map(|days| {
            let first = days.first()?.date;
            let sum = |count: fn(&DayActivity) -> usize| days.iter().map(count).sum();
            Some(DaySpan {
                length,
                first,
                answers: sum(|day| day.answers),
                new: sum(|day| day.new),
                reviews: sum(|day| day.reviews),
                minutes: days.iter().map(|day| day.minutes).sum(),
            })
        })
        .collect()
}

/// Labels for the spans: at most six in even steps, the others empty.
pub(super) fn labels(spans: &[DaySpan]) -> Vec<String> {
    let mut labels = vec![String::new(); spans.len()];
    for place in (0..spans.len()).step_by(spans.len().div_ceil(6).max(1)) {
        labels[place] = spans[place].label();
    }
    // The same month or year is labelled once.
    for place in (1..labels.len()).rev() {
        if labels[..place].iter().rev().find(|label| !label.is_empty()) == Some(&labels[place]) {
            labels[place].clear();
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(count: i32) -> Vec<DayActivity> {
        // From 2026-11-23, a Monday.
        (0..count)
            .map(|place| DayActivity {
                date: StudyDay(20_780 + place),
                answers: 10,
                new: 2,
                reviews: 6,
                accuracy: Some(0.8),
                minutes: 1.5,
            })
            .collect()
    }

    #[test]
    fn twenty_years_have_room() {
        assert_eq!(
            [1, 120, 121, 1_098, 1_099].map(|days| Length::fitting(days).name()),
            ["day", "day", "week", "week", "month"]
        );
        for (days_, most) in [(120, 120), (1_098, 158), (7_300, 241)] {
            let days = days(days_);
            let spans = spans(&days, Length::fitting(days.len()));
            assert!(spans.len() <= most, "{days_}: {}", spans.len());
            assert_eq!(spans.iter().map(|span| span.answers).sum::<usize>(), days.len() * 10, "nothing is lost");
            assert!(labels(&spans).iter().filter(|label| !label.is_empty()).count() <= 6);
        }
    }

    #[test]
    fn weeks_begin_on_monday_and_months_on_the_first() {
        let days = days(40);
        let names = |length| spans(&days, length).iter().map(DaySpan::name).collect::<Vec<_>>();
        assert_eq!(names(Length::Week)[1], "week of 30 Nov 2026");
        assert_eq!(names(Length::Month), ["Nov 2026", "Dec 2026", "Jan 2027"]);
        assert_eq!(spans(&days, Length::Month)[0].answers, 80);
    }
}
