//! `retain stats` in the terminal: all figures as text, readable without colour and through a pipe.

mod habits;
mod heat;
mod line;
mod markup;
mod panel;
mod questions;
mod retention;
mod score;
mod spread;
mod summary;
mod sureness;
mod title;
mod topics;
mod trust;
mod work;

pub use markup::without_markup;
use panel::Panel;

use super::paint::Paint;
use crate::stats::overview::Overview;

/// Narrower screens get lines of this width.
const NARROWEST: usize = 40;
/// Wider screens are used up to here: longer lines are hard to read.
const WIDEST: usize = 120;

/// The figures as text for a screen of `width` columns (40 to 120 are used). Unknown figures are given in words. Panels about answers
/// are left out before the first answer.
pub fn text(overview: &Overview, paint: Paint, width: usize) -> String {
    let width = width.clamp(NARROWEST, WIDEST);
    let parts: Vec<String> = parts(overview, width).iter().map(|part| part.text(paint)).collect();
    parts.join("\n")
}

fn parts(overview: &Overview, width: usize) -> Vec<Panel> {
    let title = title::panel(&overview.about, width);
    let answered = answered(overview);
    if is_empty(overview) {
        return vec![title.line(line::PaintedLine::default()).say(&empty(overview))];
    }
    let mut parts = vec![title, summary::panel(overview, width)];
    parts.extend(score::panel(overview, width));
    if !answered {
        let begin = format!("No answers yet: begin with {}.", panel::command("retain review", overview));
        parts.push(Panel::bare(width).say(&begin));
        parts.push(work::forecast(overview, width));
        parts.extend(topics::panel(overview, width));
        return parts;
    }
    // In the order of people's questions: on track, not known, confused, still to do, to be trusted. Habits come last.
    parts.push(retention::panel(overview, width));
    parts.push(work::answers(overview, width));
    parts.extend(topics::panel(overview, width));
    parts.extend(questions::hardest(overview, width));
    parts.extend(questions::confusions(overview, width));
    parts.extend(questions::keys(overview, width));
    parts.push(work::forecast(overview, width));
    parts.push(spread::panel(overview, width));
    parts.push(trust::panel(overview, width));
    parts.extend(questions::attempts(overview, width));
    parts.extend(sureness::panel(overview, width));
    parts.extend(habits::ratings(overview, width));
    parts.extend(habits::hours(overview, width));
    parts.extend(heat::panel(overview, width));
    parts
}

/// Whether there is nothing to show: no card and no answer.
pub fn is_empty(overview: &Overview) -> bool {
    overview.cards.cards == 0 && !answered(overview)
}

/// Whether there ever was an answer, as far as the figures show.
fn answered(overview: &Overview) -> bool {
    let (activity, items) = (&overview.activity, &overview.items);
    activity.today.answers > 0
        || activity.period.answers > 0
        || activity.year.iter().any(|day| day.answers > 0)
        || items.topics.iter().any(|topic| topic.answers > 0 || topic.seen > 0)
        || overview.calibration.answers > 0
}

/// What to say without any questions, and how to begin.
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
