//! A summary in a few lines: today, the period, the streak, the cards.

use super::line::Tone;
use super::panel::{Panel, minutes};
use super::title::period;
use crate::stats::overview::{Overview, Totals};
use crate::ui::words;

/// The lines, each with its label.
pub(super) fn panel(overview: &Overview, width: usize) -> Panel {
    let (activity, cards, about) = (&overview.activity, &overview.cards, &overview.about);
    let days = match period(&about.period, about.today).as_str() {
        "today" => None,
        "everything up to today" => Some("in all".to_owned()),
        words => Some(words.strip_prefix("the last ").unwrap_or("these days").to_owned()),
    };
    let label = |name: &str| format!("{name:<11} ");
    let mut part = Panel::new("how it goes", width).list(&label("today"), &totals(&activity.today), ", ", Tone::Plain);
    if let Some(days) = days {
        part = part.list(&label(&days), &totals(&activity.period), ", ", Tone::Plain);
    }
    let streak = match activity.streak {
        0 => "none: it begins with the next answer".into(),
        1 => "1 day".into(),
        days => format!("{days} days in a row"),
    };
    part = part.hang(&label("streak"), &streak, Tone::Plain);
    let mut states = vec![words::count(cards.cards as u64, "card")];
    for (count, state) in [
        (cards.new, "new"),
        (cards.learning, "in learning"),
        (cards.review, "in review"),
        (cards.suspended, "suspended"),
    ] {
        if count > 0 {
            states.push(format!("{count} {state}"));
        }
    }
    if cards.leeches > 0 {
        let noun = if cards.leeches == 1 { "leech" } else { "leeches" };
        states.push(format!("{} {noun} (`retain leeches`)", cards.leeches));
    }
    part.list(&label("cards"), &states, ", ", Tone::Plain)
}

fn totals(totals: &Totals) -> Vec<String> {
    if totals.answers == 0 {
        return vec!["no answers".into()];
    }
    let mut parts = vec![words::count(totals.answers as u64, "answer")];
    for (count, kind) in [(totals.new, "new"), (totals.reviews, if totals.reviews == 1 { "review" } else { "reviews" })]
    {
        if count > 0 {
            parts.push(format!("{count} {kind}"));
        }
    }
    // Practice alone has no meaningful share.
    parts.extend(totals.accuracy.map(|share| format!("{} right", words::share(share))));
    if totals.guessed > 0 {
        parts.push(format!("{} of them guessed", totals.guessed));
    }
    parts.push(minutes(totals.minutes));
    parts
}
