//! The work of the coming days.

use super::figure::Figure;
use super::frame::{Axis, Drawing};
use super::markup::ReportTable;
use super::numbers::{count, date, day, minutes, number};
use super::{bars, ink};
use crate::stats::overview::{ForecastDay, ForecastFigures};

/// The figure of the coming work.
pub(super) fn figure(forecast: &ForecastFigures) -> String {
    let figure = Figure::new("forecast", "Work to come");
    let days = &forecast.days;
    let all: usize = days.iter().map(|day| back(day) + day.new).sum();
    if all == 0 {
        return figure.without(&match forecast.later {
            0 => "Nothing is due, and no new card is let in.".into(),
            later => {
                format!("Nothing is due in the next {}; {} later.", count(days.len(), "day"), count(later, "card"))
            }
        });
    }
    let mut says = Vec::new();
    if days.first().is_some_and(|today| back(today) + today.new == 0) {
        says.push("Today nothing is due.".into());
    } else if let Some(today) = days.first() {
        let backlog = match forecast.backlog {
            0 => String::new(),
            backlog => format!(" ({} of them since before today)", number(backlog)),
        };
        let steps = match today.learning {
            0 => String::new(),
            cards => format!(", {} in learning steps", number(cards)),
        };
        says.push(format!(
            "Today {} due{backlog}{steps} and {} new, about {}.",
            number(today.due),
            number(today.new),
            minutes(today.minutes)
        ));
    }
    says.push(format!(
        "In {} about {}; {} due after that. What answers to come will add is not in it.",
        count(days.len(), "day"),
        minutes(days.iter().map(|day| day.minutes).sum()),
        number(forecast.later)
    ));
    let steps = days.iter().any(|day| day.learning > 0);
    let colours =
        [("first", if steps { "cards due and in learning steps" } else { "cards due" }), ("second", "new cards")];
    let new = days.iter().any(|day| day.new > 0);
    figure.with(&says.join(" "), &picture(days), if new { &colours } else { &[] }, &table(days))
}

/// The cards that come back on a day, for review or for a learning step.
fn back(day: &ForecastDay) -> usize {
    day.due + day.learning
}

fn picture(days: &[ForecastDay]) -> Drawing {
    let labels = days.iter().enumerate().map(|(place, ahead)| match place {
        0 => "today".into(),
        // A label right after today would have no room.
        place if place > 3 && ahead.date.weekday() == 0 => day(ahead.date),
        _ => String::new(),
    });
    let most = days.iter().map(|day| back(day) + day.new).max().unwrap_or(0);
    let mut picture = Drawing::framed(Axis::names(labels.collect()), Axis::counts(most), (44.0, 14.0), 200.0);
    let bars = days.iter().map(|day| {
        let hint = format!(
            "{}: {} due, {} in learning steps, {} new, {}",
            date(day.date),
            number(day.due),
            number(day.learning),
            number(day.new),
            minutes(day.minutes)
        );
        (vec![back(day), day.new], hint)
    });
    bars::upright(&mut picture, bars, &[ink::FIRST, ink::SECOND]);
    picture
}

fn table(days: &[ForecastDay]) -> ReportTable {
    let mut table = ReportTable::new("Work to come by day")
        .short("day")
        .numbers("cards due")
        .numbers("in learning steps")
        .numbers("new cards")
        .numbers("about");
    for day in days {
        table.row([date(day.date), number(day.due), number(day.learning), number(day.new), minutes(day.minutes)]);
    }
    table
}
