//! Topics, the weakest first.

use super::line::{PaintedLine, Tone};
use super::panel::Panel;
use crate::stats::overview::{Overview, TopicFigures};
use crate::ui::chart::share_bar;
use crate::ui::rich;
use crate::ui::words;

/// The most topics that are shown.
const MOST: usize = 12;
/// The least and the most columns of a name.
const NAME: (usize, usize) = (12, 60);
const BAR: usize = 12;

/// The table. `None` without topics.
pub(super) fn panel(overview: &Overview, width: usize) -> Option<Panel> {
    let topics = &overview.items.topics;
    let first = topics.first()?;
    let several = topics.iter().any(|topic| topic.deck != first.deck);
    let names: Vec<String> = topics.iter().take(MOST).map(|topic| name(topic, several)).collect();
    // On a narrow screen the bar is left out, then the share of right answers.
    let (bars, rights) = (width >= 70, width >= 52);
    let behind = 7 + 11 + 6 + if bars { BAR + 2 } else { 0 } + if rights { 8 } else { 0 };
    let longest = names.iter().map(|name| rich::columns(name)).max().unwrap_or(0);
    let wide = longest.clamp(NAME.0, NAME.1).min(width.saturating_sub(behind).max(NAME.0));
    let row = |name: &str, score: String, picture: String, seen: String, right: String, due: String| {
        let picture = if bars { format!("  {picture:<BAR$}") } else { String::new() };
        let right = if rights { format!("{right:>8}") } else { String::new() };
        format!("{}{score:>7}{picture}{seen:>11}{right}{due:>6}", rich::pad(name, wide))
    };
    let head = row("topic", "score".into(), String::new(), "seen".into(), "right".into(), "due".into());
    let mut part = Panel::new("topics, the weakest first", width).line(PaintedLine::toned(head, Tone::Dim));
    let unknown = || "-".to_owned();
    for (topic, name) in topics.iter().zip(&names) {
        part = part.line(PaintedLine::plain(row(
            name,
            topic.expected_score.map_or_else(unknown, words::share),
            topic.expected_score.map(|score| share_bar(score, BAR)).unwrap_or_default(),
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
        Tone::Dim,
    ))
}

/// The topic, with its deck if there are several.
fn name(topic: &TopicFigures, several: bool) -> String {
    let name = rich::line(topic.topic.as_deref().unwrap_or("(no topic)"));
    if several { format!("{name} · {}", rich::line(&topic.deck)) } else { name }
}
