//! `retain plan`: the plan for an exam, as text and as JSON.

use serde_json::{Value, json};

use super::paint::Paint;
use super::table::{
    self, TextColumn,
    TextColumn::{Cut, Left, Right},
};
use super::{json_line, words};
use crate::error::Result;
use crate::stats::Score;
use crate::study::{ExamPlan, ExamWay};

const WAYS: [TextColumn; 4] = [Left(34), Right(6), Left(15), Right(12)];
const TOPICS: [TextColumn; 6] = [Cut(30), Right(9), Right(5), Right(6), Right(8), Left(0)];
/// The heading of an interval, with the blanks that set it off.
const RANGE: &str = "  9 times in 10";

/// The plan as text, readable at 80 columns and without colour.
pub fn text(plan: &ExamPlan, paint: Paint) -> String {
    let days = words::count(plan.days, "day");
    let mut text = format!("{}: exam on {}, in {days}\n\n", paint.strong(&plan.deck), plan.exam);
    text += &(table::row(&WAYS, 1, ["score", "mean", RANGE, "min a day"]) + "\n");
    let mut row = |name: &str, way: &ExamWay, minutes: bool| {
        let minutes = if minutes { format!("{:.0}", way.minutes) } else { "-".into() };
        let cells = [name.into(), words::share(way.score.mean), interval(&way.score), minutes];
        text += &(table::row(&WAYS, 1, cells) + "\n");
    };
    row("if it were tomorrow", &plan.now, false);
    row("on the day, without another answer", &plan.stopped, false);
    row("on the day, as planned", &plan.planned, true);
    row("on the day, 10 min a day more", &plan.more, true);
    text.push('\n');
    text += &new_cards(plan);
    if !plan.time_is_set {
        text += &format!(
            "No time per day is set, so the review limit decides. To set one:\n  retain deck set {} minutes-per-day=30\n",
            quoted(plan.deck.split(", ").next().unwrap_or(&plan.deck))
        );
    }
    if plan.topics.len() > 1 || plan.topics.iter().any(|topic| topic.name.is_some()) {
        let head = table::row(&TOPICS, 1, ["topic", "questions", "seen", "now", "the day", RANGE]);
        text += &format!("\n{}\n", paint.strong(&head));
        for topic in &plan.topics {
            let cells = [
                topic.name.clone().unwrap_or_else(|| "(none)".into()),
                topic.questions.to_string(),
                topic.seen.to_string(),
                words::share(topic.now.mean),
                words::share(topic.planned.mean),
                interval(&topic.planned),
            ];
            text += &(table::row(&TOPICS, 1, cells) + "\n");
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
    format!("  {:.0}–{:.0} %", score.low * 100.0, score.high * 100.0)
}

fn quoted(name: &str) -> String {
    if name.contains(char::is_whitespace) { format!("'{name}'") } else { name.into() }
}

/// The plan as a line of JSON.
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
    json_line(&json!({
        "deck": plan.deck, "today": plan.today.to_string(), "exam": plan.exam.to_string(), "days": plan.days, "cards": plan.cards,
        "unseen": plan.unseen, "unseen_on_the_day": plan.unseen_on_the_day, "new_per_day_needed": plan.new_per_day_needed,
        "if_today": way(&plan.now), "if_stopped": way(&plan.stopped), "as_planned": way(&plan.planned),
        "ten_minutes_more": way(&plan.more), "topics": topics,
    }))
}
