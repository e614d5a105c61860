//! The end of a session in words.

use std::io::Write;

use super::{Plain, say, verdict};
use crate::error::Result;
use crate::model::Moment;
use crate::session::{ExamResult, Summary};
use crate::ui::lines::InputLine;
use crate::ui::words;

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
    let mut text = match summary.outlook.next_due {
        Some(due) => format!("The next card is due {}.\n", words::due(due, now, today)),
        None => "No card waits to be reviewed.\n".into(),
    };
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
    let right = exam.right();
    let share = |right: usize, of: usize| words::share(right as f64 / of.max(1) as f64);
    let mut text = format!("\nScore: {right} of {} right ({}).\n", exam.questions, share(right, exam.questions));
    text += &format!("Answered: {} of {}, in {}.\n", exam.answers.len(), exam.questions, say::time(exam.lasted_ms));
    let topics = exam.topics();
    if !topics.is_empty() {
        text += "By topic, the weakest first:\n";
    }
    for topic in topics {
        let name = topic.topic.as_deref().unwrap_or("Without a topic");
        text +=
            &format!("{name}: {} of {} right ({}).\n", topic.right, topic.answers, share(topic.right, topic.answers));
    }
    text
}

impl<W: Write> Plain<W> {
    /// Goes through the misses of an exam one by one, until the person quits.
    pub(super) fn misses(&mut self, exam: &ExamResult) -> Result<()> {
        let all = exam.misses().count();
        for (number, (showing, feedback)) in (1..).zip(exam.misses()) {
            let first = number == 1;
            let prompt = if first { "Enter for the misses, or quit: " } else { "Enter for the next miss, or quit: " };
            if self.next_miss(prompt)? {
                return Ok(());
            }
            let topic = showing.topic.as_ref().map(|topic| format!("Topic: {topic}.\n")).unwrap_or_default();
            let stem = say::words(&showing.stem, showing.markup);
            let mut text = format!("\nMiss {number} of {all}.\n{topic}{stem}\n");
            text += &verdict::answers(showing, feedback);
            text += &verdict::reasons(showing, feedback);
            self.say(&text)?;
        }
        Ok(())
    }

    /// Whether the person quits.
    fn next_miss(&mut self, prompt: &str) -> Result<bool> {
        let line = self.line(prompt, None)?;
        Ok(matches!(line, InputLine::Text(line) if ["quit", ":quit", "exit", ":exit"].contains(&line.trim())))
    }
}
