//! The summary of a session.

use super::showing::{Feedback, Showing};
use crate::model::Due;

/// The outlook after a session.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outlook {
    /// When the next card is due; `None` if no card is scheduled.
    pub next_due: Option<Due>,
    /// Cards due on the next study day.
    pub due_tomorrow: usize,
    /// New cards that were never shown.
    pub new_left: usize,
}

/// The result of a session.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Answers given and not taken back.
    pub answered: usize,
    /// Right answers, guesses included.
    pub right: usize,
    /// Right answers that the person called guesses.
    pub guessed: usize,
    /// First answers to new cards.
    pub new: usize,
    /// Milliseconds spent on them.
    pub took_ms: u64,
    /// Whether the person stopped before everything was asked.
    pub stopped: bool,
    /// The outlook.
    pub outlook: Outlook,
    /// The result of a mock exam; `None` after a review.
    pub exam: Option<ExamResult>,
}

/// The result of a mock exam.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExamResult {
    /// Questions that were drawn.
    pub questions: usize,
    /// Milliseconds from the beginning to the end.
    pub lasted_ms: i64,
    /// Whether the time was over before the last question.
    pub time_up: bool,
    /// The answers in the order given, each with its shown question.
    pub answers: Vec<(Showing, Feedback)>,
}

/// The right answers to the questions of a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicScore {
    /// The name of the topic; `None` for questions without one.
    pub topic: Option<String>,
    /// Right answers to its questions.
    pub right: usize,
    /// All answers to its questions.
    pub answers: usize,
}

impl ExamResult {
    /// The number of right answers.
    pub fn right(&self) -> usize {
        self.answers.iter().filter(|(_, feedback)| feedback.right).count()
    }

    /// The score of each topic, the weakest first.
    pub fn topics(&self) -> Vec<TopicScore> {
        let mut topics: Vec<TopicScore> = Vec::new();
        for (showing, feedback) in &self.answers {
            let known = topics.iter().position(|score| score.topic == showing.topic);
            let place = known.unwrap_or_else(|| {
                topics.push(TopicScore { topic: showing.topic.clone(), right: 0, answers: 0 });
                topics.len() - 1
            });
            topics[place].answers += 1;
            topics[place].right += usize::from(feedback.right);
        }
        let share = |score: &TopicScore| score.right as f64 / score.answers as f64;
        topics.sort_by(|a, b| share(a).total_cmp(&share(b)).then_with(|| a.topic.cmp(&b.topic)));
        topics
    }

    /// The wrong answers.
    pub fn misses(&self) -> impl Iterator<Item = &(Showing, Feedback)> {
        self.answers.iter().filter(|(_, feedback)| !feedback.right)
    }
}
