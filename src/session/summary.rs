//! What a session came to.

use super::showing::{Feedback, Showing};
use crate::model::Due;

/// What comes after the session, as the database knows it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outlook {
    /// When the next card is due; none where no card waits.
    pub next_due: Option<Due>,
    /// Cards due on the next study day.
    pub due_tomorrow: usize,
    /// New cards that were never shown.
    pub new_left: usize,
}

/// A session that has ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Answers given and not taken back.
    pub answered: usize,
    /// Of these, right ones (right guesses among them).
    pub right: usize,
    /// Of these, right ones that the person called guesses.
    pub guessed: usize,
    /// Of these, first answers to new cards.
    pub new: usize,
    /// Milliseconds spent on them.
    pub took_ms: u64,
    /// Whether the person stopped before everything was asked.
    pub stopped: bool,
    /// What comes next.
    pub outlook: Outlook,
    /// The score of a mock exam; none after a review.
    pub exam: Option<ExamResult>,
}

/// What a mock exam came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExamResult {
    /// Questions that were drawn.
    pub questions: usize,
    /// Milliseconds from the beginning to the end.
    pub lasted_ms: i64,
    /// Whether the time was over before the last question.
    pub time_up: bool,
    /// The answers in the order given, each with its question as it was shown.
    pub answers: Vec<(Showing, Feedback)>,
}

/// How many questions of a topic were answered rightly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicScore {
    /// The topic; none for questions without one.
    pub topic: Option<String>,
    /// Right answers.
    pub right: usize,
    /// Answers.
    pub answers: usize,
}

impl ExamResult {
    /// Right answers.
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

    /// The answers that were wrong.
    pub fn misses(&self) -> impl Iterator<Item = &(Showing, Feedback)> {
        self.answers.iter().filter(|(_, feedback)| !feedback.right)
    }
}
