//! Days in spans that have room in a picture.

use std::ops::Range;

use super::numbers::{date, day};
use crate::model::StudyDay;
use crate::stats::overview::DayFigures;

/// How long a span is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    /// A day.
    Day,
    /// A week from Monday on.
    Week,
    /// A calendar month.
    Month,
}

/// As many bars of a day each can be told apart.
const DAYS: usize = 120;
/// So many days are shown by weeks, more by months.
const WEEKS: usize = 3 * 366;

impl Length {
    /// What shows so many days well: no more than some 250 bars for twenty years.
    pub(super) fn of(days: usize) -> Self {
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
pub(super) struct Span {
    length: Length,
    /// The first day.
    pub(super) first: StudyDay,
    /// Answers.
    pub(super) answers: usize,
    /// First answers to new cards.
    pub(super) new: usize,
    /// Answers to cards that were due for review.
    pub(super) reviews: usize,
    /// Minutes taken.
    pub(super) minutes: f64,
}

impl Span {
    /// `23 Nov 2026`, `week of 23 Nov 2026`, `Nov 2026`.
    pub(super) fn name(&self) -> String {
        match self.length {
            Length::Day => date(self.first),
            Length::Week => format!("week of {}", date(self.first)),
            Length::Month => self.first.date().format("%b %Y").to_string(),
        }
    }

    /// The name where there is little room.
    fn label(&self) -> String {
        match self.length {
            Length::Day => day(self.first),
            Length::Week => self.first.date().format("%b %y").to_string(),
            Length::Month => self.first.date().format("%Y").to_string(),
        }
    }
}

/// The days, which follow each other, in spans of a length.
pub(super) fn spans(days: &[DayFigures], length: Length) -> Vec<Span> {
    let key = |day: &DayFigures| match length {
        Length::Day => i64::from(day.date.0),
        Length::Week => i64::from(day.date.0) - day.date.weekday() as i64,
        Length::Month => day.date.date().format("%Y%m").to_string().parse().unwrap_or(0),
    };
    days.chunk_by(|one, next| key(one) == key(next))
        .filter_map(|days| {
            let first = days.first()?.date;
            let sum = |of: fn(&DayFigures) -> usize| days.iter().map(of).sum();
            Some(Span {
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

/// Labels for the spans: about five, the others empty.
pub(super) fn labels(spans: &[Span]) -> Vec<String> {
    let mut labels = vec![String::new(); spans.len()];
    for place in sparse(0..spans.len()) {
        labels[place] = spans[place].label();
    }
    // The same month or year is said once.
    for place in (1..labels.len()).rev() {
        if labels[..place].iter().rev().find(|label| !label.is_empty()) == Some(&labels[place]) {
            labels[place].clear();
        }
    }
    labels
}

/// Places in even steps, of which there are at most six.
fn sparse(places: Range<usize>) -> impl Iterator<Item = usize> {
    let step = places.len().div_ceil(6).max(1);
    places.step_by(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(count: i32) -> Vec<DayFigures> {
        // From 2026-11-23, a Monday.
        (0..count)
            .map(|place| DayFigures {
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
            [1, 120, 121, 1_098, 1_099].map(|days| Length::of(days).name()),
            ["day", "day", "week", "week", "month"]
        );
        for (days_, most) in [(120, 120), (1_098, 158), (7_300, 241)] {
            let days = days(days_);
            let spans = spans(&days, Length::of(days.len()));
            assert!(spans.len() <= most, "{days_}: {}", spans.len());
            assert_eq!(spans.iter().map(|span| span.answers).sum::<usize>(), days.len() * 10, "nothing is lost");
            assert!(labels(&spans).iter().filter(|label| !label.is_empty()).count() <= 6);
        }
    }

    #[test]
    fn weeks_begin_on_monday_and_months_on_the_first() {
        let days = days(40);
        let names = |length| spans(&days, length).iter().map(Span::name).collect::<Vec<_>>();
        assert_eq!(names(Length::Week)[1], "week of 30 Nov 2026");
        assert_eq!(names(Length::Month), ["Nov 2026", "Dec 2026", "Jan 2027"]);
        assert_eq!(spans(&days, Length::Month)[0].answers, 80);
    }
}
