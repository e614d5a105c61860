//! Answers over the days of the period.

use super::figure::Figure;
use super::frame::{Axis, Drawing};
use super::markup::ReportTable;
use super::numbers::{count, minutes, number, share};
use super::spans::{self, DaySpan, Length};
use super::{bars, ink};
use crate::stats::overview::{Activity, DayActivity};

/// The figure of the days of the period.
pub(super) fn figure(activity: &Activity) -> String {
    let figure = Figure::new("daily", "Answers");
    let period = &activity.period;
    if period.answers == 0 {
        return figure.without("There are no answers in this period.");
    }
    let days = &activity.days;
    let length = Length::fitting(days.len());
    let right = period.accuracy.map(|accuracy| format!(", {} right", share(Some(accuracy)))).unwrap_or_default();
    let guessed = match period.guessed {
        0 => String::new(),
        guessed => format!(" ({} called a guess)", number(guessed)),
    };
    let says = format!(
        "{}{right}{guessed}, in {}. Each bar is a {}{}.",
        count(period.answers, "answer"),
        minutes(period.minutes),
        length.name(),
        if period.new > 0 { "; new cards are counted apart" } else { "" },
    );
    let spans = spans::spans(days, length);
    let table = if length == Length::Day { by_day(days) } else { by_span(&spans, length) };
    let colours = [("first", "other answers"), ("second", "first answers to new cards")];
    figure.with(&says, &picture(&spans), if period.new > 0 { &colours } else { &[] }, &table)
}

fn picture(spans: &[DaySpan]) -> Drawing {
    let most = spans.iter().map(|span| span.answers).max().unwrap_or(0);
    let mut picture = Drawing::framed(Axis::names(spans::labels(spans)), Axis::counts(most), (44.0, 14.0), 200.0);
    let bars = spans.iter().map(|span| {
        let hint = format!("{}: {}, {} new", span.name(), count(span.answers, "answer"), number(span.new));
        (vec![span.answers.saturating_sub(span.new), span.new], hint)
    });
    bars::upright(&mut picture, bars, &[ink::FIRST, ink::SECOND]);
    picture
}

fn by_day(days: &[DayActivity]) -> ReportTable {
    let mut table = columns("day").numbers("right").numbers("time");
    for day in days.iter().rev() {
        table.row([
            super::numbers::date(day.date),
            number(day.answers),
            number(day.new),
            number(day.reviews),
            share(day.accuracy),
            minutes(day.minutes),
        ]);
    }
    table
}

fn by_span(spans: &[DaySpan], length: Length) -> ReportTable {
    let mut table = columns(length.name()).numbers("time");
    for span in spans.iter().rev() {
        table.row([span.name(), number(span.answers), number(span.new), number(span.reviews), minutes(span.minutes)]);
    }
    table
}

fn columns(first: &'static str) -> ReportTable {
    ReportTable::new("Answers, the latest first").short(first).numbers("answers").numbers("new").numbers("reviews")
}
