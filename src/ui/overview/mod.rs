//! `retain stats` in the terminal: all figures as text, readable without colour and through a pipe.

mod chart;
mod habits;
mod heat;
mod line;
mod markup;
mod part;
mod questions;
mod retention;
mod scale;
mod score;
mod spread;
mod summary;
mod sureness;
mod title;
mod topics;
mod trust;
mod work;

pub use markup::without_markup;
use part::Part;

use super::paint::Paint;
use crate::stats::overview::Overview;

/// A narrower screen is drawn as one of so many columns.
const NARROWEST: usize = 40;
/// A wider screen is used up to here: longer lines are hard to read.
const WIDEST: usize = 120;

/// The figures as text for a screen of `width` columns (40 to 120 are used). What is not known is said in words, and what belongs
/// to answers is left out before the first one.
pub fn text(overview: &Overview, paint: Paint, width: usize) -> String {
    let width = width.clamp(NARROWEST, WIDEST);
    let parts: Vec<String> = parts(overview, width).iter().map(|part| part.text(paint)).collect();
    parts.join("\n")
}

fn parts(overview: &Overview, width: usize) -> Vec<Part> {
    let title = title::part(&overview.about, width);
    let answered = answered(overview);
    if overview.cards.cards == 0 && !answered {
        return vec![title.line(line::Line::default()).say(&empty(overview))];
    }
    let mut parts = vec![title, summary::part(overview, width)];
    parts.extend(score::part(overview, width));
    if !answered {
        let begin = format!("No answers yet: begin with {}.", part::command("retain review", overview));
        parts.push(Part::bare(width).say(&begin));
        parts.push(work::forecast(overview, width));
        parts.extend(topics::part(overview, width));
        return parts;
    }
    // As people ask: on track, not known, tripped over, still to do, to be trusted; what is of habits stands last.
    parts.push(retention::part(overview, width));
    parts.push(work::answers(overview, width));
    parts.extend(topics::part(overview, width));
    parts.extend(questions::hardest(overview, width));
    parts.extend(questions::confusions(overview, width));
    parts.extend(questions::keys(overview, width));
    parts.push(work::forecast(overview, width));
    parts.push(spread::part(overview, width));
    parts.push(trust::part(overview, width));
    parts.extend(questions::attempts(overview, width));
    parts.extend(sureness::part(overview, width));
    parts.extend(habits::ratings(overview, width));
    parts.extend(habits::hours(overview, width));
    parts.extend(heat::part(overview, width));
    parts
}

/// Whether there ever was an answer, as far as the figures tell.
fn answered(overview: &Overview) -> bool {
    let (activity, items) = (&overview.activity, &overview.items);
    activity.today.answers > 0
        || activity.period.answers > 0
        || activity.year.iter().any(|day| day.answers > 0)
        || items.topics.iter().any(|topic| topic.answers > 0 || topic.seen > 0)
        || overview.calibration.answers > 0
}

/// That there is nothing, and how to begin.
fn empty(overview: &Overview) -> String {
    let about = &overview.about;
    if about.topics.is_empty() && about.tags.is_empty() && about.deck.is_none() {
        return "There are no questions yet: begin with `retain import FILE`.".into();
    }
    let filtered = if about.topics.is_empty() && about.tags.is_empty() { "" } else { " with these topics and tags" };
    format!("There are no questions{filtered} here.")
}

#[cfg(test)]
mod tests;
