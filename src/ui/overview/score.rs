//! The expected score and its meaning.

use super::line::{PaintedLine, Tone};
use super::panel::{Panel, command, interval};
use crate::stats::overview::Overview;
use crate::ui::chart::{Scale, ScaleMarks};
use crate::ui::words;

/// Columns of the mean and the interval, left of the scale.
const LABEL: usize = 20;
const WIDEST: usize = 60;

const TOO_FEW: &str = "Too few answers to say anything yet: it takes ten.";

/// The score with its interval, on a scale and in words. `None` without questions.
pub(super) fn panel(overview: &Overview, width: usize) -> Option<Panel> {
    let Some(score) = overview.cards.score else {
        return (overview.cards.cards > 0).then(|| Panel::new("expected score", width).say(TOO_FEW));
    };
    let ahead = score.date.since(overview.about.today);
    let heading = if score.exam {
        let when = match ahead {
            0 => "today".into(),
            1 => "tomorrow".into(),
            days => format!("in {days} days"),
        };
        format!("expected score in the exam on {}, {when}", score.date)
    } else {
        format!("expected score tomorrow, {}", score.date)
    };
    let scale = Scale { low: 0.0, high: 1.0, columns: width.saturating_sub(LABEL).min(WIDEST) };
    let marks = ScaleMarks { interval: Some((score.low_90, score.high_90)), against: None, point: Some(score.mean) };
    let label = format!(
        "{:>5}  {}",
        words::share(score.mean),
        interval(Some(score.low_90), Some(score.high_90)).unwrap_or_default()
    );
    let right = |share: f64| format!("{:.0}", share * score.questions as f64);
    let asked = if score.exam { "on that day, without another answer until then" } else { "tomorrow" };
    let meaning = match score.questions {
        1 => format!(
            "The one question would be right with a probability of {}, asked {asked}.",
            words::share(score.mean)
        ),
        questions => format!(
            "If all {questions} questions were asked once {asked}, {} right answers are to be expected; in 9 cases of 10 between {} and {}.",
            right(score.mean),
            right(score.low_90),
            right(score.high_90)
        ),
    };
    let part = Panel::new(&heading, width)
        .line(PaintedLine::toned(format!("{label:<LABEL$}"), Tone::Strong).and(scale.line(marks), Tone::Plain))
        .line(PaintedLine::toned(format!("{:LABEL$}{}", "", scale.ends()), Tone::Dim))
        .say(&meaning);
    Some(if score.exam {
        part.say(&format!("Next: {} shows what study until then would add.", command("retain plan", overview)))
    } else {
        part
    })
}
