//! The most important figures, at the head of the report.

use std::fmt::Write;

use super::markup::{escape, prose};
use super::numbers::{count, date, minutes, number, range, share};
use crate::stats::overview::Overview;
use crate::ui::words;

struct Tile {
    name: &'static str,
    value: String,
    says: String,
}

/// The tiles of the head: today, days in a row, recall, the score, what is due.
pub(super) fn tiles(overview: &Overview) -> String {
    let mut text = String::from("<dl class=\"tiles\">\n");
    for Tile { name, value, says } in
        [today(overview), streak(overview), retention(overview), score(overview), due(overview)]
    {
        let _ = writeln!(
            text,
            "<div><dt>{}</dt><dd>{}</dd><dd class=\"says\">{}</dd></div>",
            escape(name),
            escape(&value),
            prose(&says)
        );
    }
    text + "</dl>\n"
}

fn today(overview: &Overview) -> Tile {
    let today = &overview.activity.today;
    let says = match (today.answers, today.accuracy) {
        (0, _) => "no answers yet".into(),
        (_, Some(accuracy)) => format!("{} right, {}", words::share(accuracy), minutes(today.minutes)),
        // Practice alone has no meaningful share.
        (_, None) => minutes(today.minutes),
    };
    Tile { name: "Today", value: count(today.answers, "answer"), says }
}

fn streak(overview: &Overview) -> Tile {
    let says = if overview.activity.streak == 0 { "begins with the next answer" } else { "in a row with answers" };
    Tile { name: "Streak", value: words::count(overview.activity.streak, "day"), says: says.into() }
}

fn retention(overview: &Overview) -> Tile {
    let retention = &overview.activity.retention;
    let target = words::share(retention.target);
    let says = match retention.recall.interval() {
        Some((low, high)) => {
            format!("95 % interval {} %; {}, {target}", range(low, high), words::verdict(retention.verdict))
        }
        None if retention.raw.whole == 0 => format!("nothing was due; target {target}"),
        None => format!("luck alone is always right here; target {target}"),
    };
    Tile { name: "Retention", value: share(retention.recall.corrected.map(|corrected| corrected.max(0.0))), says }
}

fn score(overview: &Overview) -> Tile {
    let name = "Expected score";
    let Some(score) = overview.cards.score else {
        return Tile { name, value: share(None), says: "there is too little to tell".into() };
    };
    let at = match score.exam {
        true => format!("on the day of the exam, {}", date(score.date)),
        false => "if all were asked tomorrow".into(),
    };
    let says = format!("90 % interval {} %, {at}", range(score.low_90, score.high_90));
    Tile { name, value: words::share(score.mean), says }
}

fn due(overview: &Overview) -> Tile {
    let forecast = &overview.cards.forecast;
    let (due, new, time) = forecast.days.first().map_or((0, 0, 0.0), |today| (today.due, today.new, today.minutes));
    let says = match (due, new) {
        (0, 0) => "and no new ones".into(),
        _ => format!("and {} new, about {}", number(new), minutes(time)),
    };
    Tile { name: "Due today", value: count(due, "card"), says }
}
