//! Answers day by day, and the work of the coming days.

use super::line::Tone;
use super::panel::{Panel, brief_day, minutes};
use super::title::period;
use crate::model::StudyDay;
use crate::stats::overview::{DayActivity, ForecastDay, Overview};
use crate::ui::chart::{self, Bar, ColumnChart};
use crate::ui::words;

/// Rows of a chart; even, so that the half has a row of its own.
const ROWS: usize = 6;
/// The least distance of labels of days, in columns.
const APART: usize = 12;
/// Above this many days, labels give the year and not the day.
const LONG: usize = 330;

/// Answers a day. If there are more days than columns, a column has several days.
pub(super) fn answers(overview: &Overview, width: usize) -> Panel {
    let days = &overview.activity.days;
    let about = &overview.about;
    let when = period(&about.period, about.today);
    let studied = days.iter().filter(|day| day.answers > 0).count();
    let Some(busiest) = days.iter().max_by_key(|day| day.answers).filter(|day| day.answers > 0) else {
        return Panel::new("answers a day", width)
            .say("No answers in these days, so there are no hours and no ratings to show.");
    };
    let each = days_a_column(days.len(), chart::room(width));
    let heading = match each {
        1 => format!("answers a day: {when}"),
        each => format!("answers, {each} days a column: {when}"),
    };
    let columns = grouped(days, each);
    let most = columns.iter().map(|column| column.1).max().unwrap_or(0);
    let picture = ColumnChart {
        bars: columns.iter().map(|(_, answers)| Bar::full(*answers as f64)).collect(),
        top: chart::round_top(most as f64),
        label: chart::brief_count,
        ticks: ticks(columns.iter().map(|(day, _)| *day), days.len() > LONG, width),
        rows: ROWS,
        width,
    };
    let answers: usize = days.iter().map(|day| day.answers).sum();
    let mean = (answers as f64 / studied.max(1) as f64).round();
    let summary = match studied {
        1 => format!("{} on {}.", words::count(answers as u64, "answer"), busiest.date),
        _ if answers == studied * busiest.answers => {
            format!("Answers on {studied} of {} days, {mean} on each of them.", days.len())
        }
        _ => format!(
            "Answers on {studied} of {} days: {mean} a day, and {} on the busiest, {}.",
            days.len(),
            busiest.answers,
            busiest.date
        ),
    };
    Panel::new(&heading, width).chart(&picture).say(&summary)
}

/// The days of a column, so that all days fit. Several days are whole weeks, because weekdays differ.
fn days_a_column(days: usize, room: usize) -> usize {
    match days.div_ceil(room) {
        0 | 1 => 1,
        each => each.next_multiple_of(7),
    }
}

/// The first day and the answers of each column; the last column is full.
fn grouped(days: &[DayActivity], each: usize) -> Vec<(StudyDay, usize)> {
    let mut columns: Vec<(StudyDay, usize)> = days
        .rchunks(each)
        .filter_map(|days| Some((days.first()?.date, days.iter().map(|day| day.answers).sum())))
        .collect();
    columns.reverse();
    columns
}

/// Labels of days below their columns.
fn ticks(days: impl ExactSizeIterator<Item = StudyDay>, long: bool, width: usize) -> Vec<(usize, String)> {
    let count = days.len();
    let step = APART.div_ceil(chart::slot(count, chart::room(width)));
    let name = |day: StudyDay| if long { day.date().format("%b %Y").to_string() } else { brief_day(day) };
    days.enumerate()
        .filter(|(place, _)| place % step == 0 || place + 1 == count)
        .map(|(place, day)| (place, name(day)))
        .collect()
}

/// Cards that will be due, with the new cards on top.
pub(super) fn forecast(overview: &Overview, width: usize) -> Panel {
    let forecast = &overview.cards.forecast;
    let days = &forecast.days;
    let heading = format!("work to come: the next {}", words::count(days.len() as u64, "day"));
    // Cards in learning steps count with the due ones: both come back on that day.
    let back = |day: &ForecastDay| day.due.saturating_add(day.learning);
    let most = days.iter().map(|day| back(day).saturating_add(day.new)).max().unwrap_or(0);
    let later = match forecast.later {
        0 => String::new(),
        1 => " 1 card is due later.".into(),
        later => format!(" {later} cards are due later."),
    };
    if most == 0 {
        return Panel::new(&heading, width).say(&format!("Nothing is due in these days.{later}"));
    }
    let new = days.iter().any(|day| day.new > 0);
    let picture = ColumnChart {
        bars: days.iter().map(|day| Bar { full: back(day) as f64, light: day.new as f64 }).collect(),
        top: chart::round_top(most as f64),
        label: chart::brief_count,
        ticks: ticks(days.iter().map(|day| day.date), false, width),
        rows: ROWS + 2,
        width,
    };
    let mut part = Panel::new(&heading, width).chart(&picture);
    if new {
        let steps = if days.iter().any(|day| day.learning > 0) { " and in learning steps" } else { "" };
        let signs =
            [format!("{} due{steps}", chart::FULL), format!("{} new, as the limits of the day let in", chart::LIGHT)];
        part = part.list(&" ".repeat(chart::MARGIN), &signs, "  ", Tone::Dim);
    }
    let week = &days[..days.len().min(7)];
    let sum = |count: fn(&ForecastDay) -> usize| week.iter().map(count).fold(0, usize::saturating_add);
    let work =
        [(sum(|day| day.due), "due"), (sum(|day| day.learning), "in learning steps"), (sum(|day| day.new), "new")];
    let backlog = match forecast.backlog {
        0 => "Nothing is overdue.".into(),
        1 => "1 card is overdue and counts today.".into(),
        cards => format!("{cards} cards are overdue and count today."),
    };
    let parts: Vec<String> =
        work.iter().filter(|(cards, _)| *cards > 0).map(|(cards, what)| format!("{cards} {what}")).collect();
    let work = match parts.split_last() {
        None => "nothing is due".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    };
    let time = minutes(week.iter().map(|day| day.minutes).sum());
    let time = if parts.is_empty() { String::new() } else { format!(", about {time}") };
    part.say(&format!("{backlog} The next 7 days: {work}{time}.{later}"))
        .says("What answers to come will add is not in it.", Tone::Dim)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::tests::overview::answered;

    fn days(answers: &[usize]) -> Vec<DayActivity> {
        answered(StudyDay(0), answers)
    }

    #[test]
    fn many_days_share_a_column_in_whole_weeks() {
        assert_eq!([0, 1, 73, 74, 500, 7_305].map(|count| days_a_column(count, 73)), [1, 1, 1, 7, 7, 105]);
        let columns = grouped(&days(&[1, 2, 3, 4, 5, 6, 7, 8, 9]), 7);
        assert_eq!(columns, [(StudyDay(0), 3), (StudyDay(2), 42)]);
    }
}
