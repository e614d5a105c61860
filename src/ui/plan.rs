//! `retain plan`: the way to an exam, as text and as JSON.

use serde_json::{Value, json};

use super::paint::Paint;
use super::words;
use crate::error::{Error, Result};
use crate::stats::Score;
use crate::study::{ExamPlan, ExamWay};

/// A longer name of a topic is cut, in characters.
const WIDEST_TOPIC: usize = 30;

/// The plan as text, readable at 80 columns and without colour.
pub fn text(plan: &ExamPlan, paint: Paint) -> String {
    let days = words::count(plan.days, "day");
    let mut text = format!("{}: exam on {}, in {days}\n\n", paint.strong(&plan.deck), plan.exam);
    text += &format!("{:<34} {:>6}   {:<13} {:>12}\n", "score", "mean", "9 times in 10", "min a day");
    let mut row = |name: &str, way: &ExamWay, minutes: bool| {
        let minutes = if minutes { format!("{:.0}", way.minutes) } else { "-".into() };
        text +=
            &format!("{name:<34} {:>6}   {:<13} {minutes:>12}\n", words::share(way.score.mean), interval(&way.score));
    };
    row("if it were tomorrow", &plan.now, false);
    row("on the day, without another answer", &plan.stopped, false);
    row("on the day, as planned", &plan.planned, true);
    row("on the day, 10 min a day more", &plan.more, true);
    text.push('\n');
    text += &new_cards(plan);
    if !plan.time_is_set {
        text += &format!(
            "No time per day is set, so the review limit decides: retain deck set {} minutes-per-day=30\n",
            quoted(plan.deck.split(", ").next().unwrap_or(&plan.deck))
        );
    }
    if plan.topics.len() > 1 || plan.topics.iter().any(|topic| topic.name.is_some()) {
        text += &format!(
            "\n{}\n",
            paint.strong(&format!(
                "{:<WIDEST_TOPIC$} {:>9} {:>5} {:>6} {:>8}   9 times in 10",
                "topic", "questions", "seen", "now", "the day"
            ))
        );
        for topic in &plan.topics {
            text += &format!(
                "{} {:>9} {:>5} {:>6} {:>8}   {}\n",
                cut(topic.name.as_deref().unwrap_or("(none)")),
                topic.questions,
                topic.seen,
                words::share(topic.now.mean),
                words::share(topic.planned.mean),
                interval(&topic.planned)
            );
        }
    }
    text
}

fn new_cards(plan: &ExamPlan) -> String {
    if plan.unseen == 0 {
        return "All cards have been seen.\n".into();
    }
    let mut text = format!(
        "{} not seen yet: {} a day would see all in time.\n",
        words::count(plan.unseen as u64, "card"),
        plan.new_per_day_needed
    );
    if plan.unseen_on_the_day >= 0.5 {
        text += &format!(
            "As planned, {:.0} of them stay unseen: other cards gain more in that time.\n",
            plan.unseen_on_the_day
        );
    }
    text
}

fn interval(score: &Score) -> String {
    format!("{:.0}–{:.0} %", score.low * 100.0, score.high * 100.0)
}

fn quoted(name: &str) -> String {
    if name.contains(char::is_whitespace) { format!("'{name}'") } else { name.into() }
}

/// The name in exactly so many columns, wide characters counted as they are shown.
fn cut(name: &str) -> String {
    use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};
    let mut text = String::new();
    let fits = name.width() <= WIDEST_TOPIC;
    for char in name.chars() {
        if !fits && text.width() + char.width().unwrap_or(0) > WIDEST_TOPIC - 1 {
            text.push('…');
            break;
        }
        text.push(char);
    }
    let used = text.width();
    text + &" ".repeat(WIDEST_TOPIC.saturating_sub(used))
}

/// The plan as a line of JSON.
///
/// # Errors
/// When it cannot be written as JSON, which is a fault of the program.
pub fn json(plan: &ExamPlan) -> Result<String> {
    let way = |way: &ExamWay| {
        let ExamWay { score: Score { mean, low, high }, minutes } = way;
        json!({"score": mean, "low": low, "high": high, "minutes_per_day": minutes})
    };
    let topics: Vec<Value> = plan
        .topics
        .iter()
        .map(|topic| {
            json!({
                "topic": topic.name, "questions": topic.questions, "seen": topic.seen, "score_today": topic.now.mean,
                "score": topic.planned.mean, "low": topic.planned.low, "high": topic.planned.high,
            })
        })
        .collect();
    let line = json!({
        "deck": plan.deck, "today": plan.today.to_string(), "exam": plan.exam.to_string(), "days": plan.days, "cards": plan.cards,
        "unseen": plan.unseen, "unseen_on_the_day": plan.unseen_on_the_day, "new_per_day_needed": plan.new_per_day_needed,
        "if_today": way(&plan.now), "if_stopped": way(&plan.stopped), "as_planned": way(&plan.planned),
        "ten_minutes_more": way(&plan.more), "topics": topics,
    });
    serde_json::to_string(&line).map(|line| line + "\n").map_err(|_| Error::fault("a plan cannot be written as JSON"))
}
