//! The end of a session in words.

use std::io::Write;

use super::{Plain, say, verdict};
use crate::error::Result;
use crate::model::{Due, Moment};
use crate::session::{ExamResult, Summary};
use crate::ui::lines::InputLine;
use crate::ui::{exam_score, words};

/// The end of a session in words.
pub(in crate::ui) fn closing(summary: &Summary, now: Moment) -> String {
    let mut text = String::new();
    if summary.answered == 0 {
        text += if summary.stopped { "No answers this time.\n" } else { "Nothing is due now.\n" };
    } else {
        let share = words::share(summary.right as f64 / summary.answered as f64);
        text += &format!("{}, {} right ({share}).\n", words::count(summary.answered as u64, "answer"), summary.right);
        if summary.guessed > 0 {
            text += &format!("{} of them guessed.\n", summary.guessed);
        }
        if summary.new > 0 {
            text += &format!("{} for the first time.\n", words::count(summary.new as u64, "card"));
        }
    }
    text + &outlook(summary, now)
}

/// The outlook after the session.
pub(super) fn outlook(summary: &Summary, now: Moment) -> String {
    // Only the difference between days is shown, so the default start of the day is enough.
    let today = now.study_day(crate::model::DayStart::default());
    let mut text = match summary.outlook.left_today {
        0 => String::new(),
        1 => "1 card is left today.\n".into(),
        left => format!("{left} cards are left today.\n"),
    };
    match summary.outlook.next_due {
        // A day is said only if today has nothing left.
        Some(Due::Day(_)) | None if !text.is_empty() => {}
        Some(due) => text += &format!("The next card is due {}.\n", words::due(due, now, today)),
        None => text += "No cards are waiting.\n",
    }
    if summary.outlook.due_tomorrow > 0 {
        text += &format!("Due tomorrow: {}.\n", words::count(summary.outlook.due_tomorrow as u64, "card"));
    }
    if summary.outlook.new_left > 0 {
        text += &format!("Not seen yet: {}.\n", words::count(summary.outlook.new_left as u64, "card"));
    }
    text
}

/// The score of a mock exam, in total and by topic.
pub(super) fn score(exam: &ExamResult) -> String {
    let share = |right: usize, of: usize| words::share(right as f64 / of.max(1) as f64);
    let mut text = format!("\nScore: {} of {} right ({}).\n", exam.right, exam.questions, exam_score::share(exam));
    text += &format!("{}.\n", words::sentence(&exam_score::passed(exam)));
    let time = exam.allowed_ms.map(|allowed| format!(" of {}", say::time(allowed))).unwrap_or_default();
    text += &format!("Answered: {} of {}, in {}{time}.\n", exam.answered, exam.questions, say::time(exam.lasted_ms));
    if let Some(open) = exam_score::unanswered(exam) {
        text += &format!("{}.\n", words::sentence(&open));
    }
    if !exam.topics.is_empty() {
        text += "By topic, the weakest first:\n";
    }
    for topic in &exam.topics {
        let name = topic.topic.as_deref().unwrap_or("Without a topic");
        let share = share(topic.right, topic.questions);
        text += &format!("{name}: {} of {} right ({share}).\n", topic.right, topic.questions);
    }
    text
}

impl<W: Write> Plain<W> {
    /// Goes through the questions of an exam that were not right, one by one, until the person quits.
    pub(super) fn look_back(&mut self, exam: &ExamResult) -> Result<()> {
        let all = exam.not_right.len();
        let mut prompt = exam_score::not_right(exam).map(|what| format!("Enter shows {what}, or quit: "));
        for (number, (showing, feedback)) in (1..).zip(&exam.not_right) {
            let prompt = prompt.take().unwrap_or_else(|| "Enter shows the next one, or quit: ".into());
            if self.is_enough(&prompt)? {
                return Ok(());
            }
            let topic = showing.topic.as_ref().map(|topic| format!("Topic: {topic}.\n")).unwrap_or_default();
            let stem = say::words(&showing.stem, showing.markup);
            let mut text = format!("\nNot right: {number} of {all}.\n{topic}{stem}\n");
            text += &verdict::answers(showing, feedback);
            text += &verdict::reasons(showing, feedback);
            self.say(&text)?;
        }
        Ok(())
    }

    /// Whether the person quits.
    fn is_enough(&mut self, prompt: &str) -> Result<bool> {
        let line = self.line(prompt, None)?;
        Ok(matches!(line, InputLine::Text(line) if ["quit", ":quit", "exit", ":exit"].contains(&line.trim())))
    }
}
