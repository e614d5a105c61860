//! Topics, the weakest first.

use super::line::{Line, Look};
use super::part::Part;
use super::scale::bar;
use crate::stats::overview::{Overview, TopicFigures};
use crate::ui::rich;
use crate::ui::words;

/// As many topics are shown.
const MOST: usize = 12;
/// A name has so many columns at the least and at the most.
const NAME: (usize, usize) = (12, 60);
const BAR: usize = 12;

/// The table; none without topics.
pub(super) fn part(overview: &Overview, width: usize) -> Option<Part> {
    let topics = &overview.items.topics;
    let first = topics.first()?;
    let several = topics.iter().any(|topic| topic.deck != first.deck);
    let names: Vec<String> = topics.iter().take(MOST).map(|topic| name(topic, several)).collect();
    // On a narrow screen the bar goes, then what is right.
    let (pictured, rights) = (width >= 70, width >= 52);
    let behind = 7 + 11 + 6 + if pictured { BAR + 2 } else { 0 } + if rights { 8 } else { 0 };
    let longest = names.iter().map(|name| rich::columns(name)).max().unwrap_or(0);
    let wide = longest.clamp(NAME.0, NAME.1).min(width.saturating_sub(behind).max(NAME.0));
    let row = |name: &str, score: String, picture: String, seen: String, right: String, due: String| {
        let picture = if pictured { format!("  {picture:<BAR$}") } else { String::new() };
        let right = if rights { format!("{right:>8}") } else { String::new() };
        format!("{}{score:>7}{picture}{seen:>11}{right}{due:>6}", rich::pad(name, wide))
    };
    let head = row("topic", "score".into(), String::new(), "seen".into(), "right".into(), "due".into());
    let mut part = Part::new("topics, the weakest first", width).line(Line::of(head, Look::Dim));
    let unknown = || "-".to_owned();
    for (topic, name) in topics.iter().zip(&names) {
        part = part.line(Line::plain(row(
            name,
            topic.expected_score.map_or_else(unknown, words::share),
            topic.expected_score.map(|score| bar(score, BAR)).unwrap_or_default(),
            format!("{}/{}", topic.seen, topic.questions),
            topic.accuracy.map_or_else(unknown, words::share),
            topic.due.to_string(),
        )));
    }
    if let Some(more) = topics.len().checked_sub(MOST).filter(|more| *more > 0) {
        part = part.say(&format!("and {more} more: `retain export topics`"));
    }
    Some(part.says(
        "The score is what to expect if all its questions were asked once on that day, those not seen yet among them.",
        Look::Dim,
    ))
}

/// The topic, with its deck where there are several.
fn name(topic: &TopicFigures, several: bool) -> String {
    let name = rich::line(topic.topic.as_deref().unwrap_or("(no topic)"));
    if several { format!("{name} · {}", rich::line(&topic.deck)) } else { name }
}
