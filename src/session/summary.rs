//! The summary of a session.

use super::GivenAnswer;
use super::showing::{Feedback, Showing};
use crate::model::{Due, passes};

/// The outlook after a session.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outlook {
    /// When the next card is due; `None` if no card is scheduled.
    pub next_due: Option<Due>,
    /// Cards that today still asks for.
    pub left_today: usize,
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
    /// What became of a mock exam; `None` after a review.
    pub exam: Option<ExamOutcome>,
}

impl Summary {
    /// The result of a mock exam that is over.
    pub fn exam_result(&self) -> Option<&ExamResult> {
        match &self.exam {
            Some(ExamOutcome::Over(result)) => Some(result),
            Some(ExamOutcome::Left(_)) | None => None,
        }
    }
}

/// What became of a mock exam.
#[derive(Clone, Debug, PartialEq)]
pub enum ExamOutcome {
    /// It was handed in, or its time is over.
    Over(ExamResult),
    /// It was left, and can be gone on with. Nothing is said of what was right.
    Left(LeftExam),
}

/// A mock exam that was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftExam {
    /// Its questions.
    pub questions: usize,
    /// Those with an answer.
    pub answered: usize,
    /// Whether it can be continued: an answer was given, even if it was taken back since. Otherwise it is forgotten.
    pub stays: bool,
    /// The time used, in milliseconds.
    pub used_ms: i64,
    /// Milliseconds that are left; `None` without a limit.
    pub ms_left: Option<i64>,
}

/// The result of a mock exam.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExamResult {
    /// Its questions.
    pub questions: usize,
    /// Those with an answer.
    pub answered: usize,
    /// Those with a right answer.
    pub right: usize,
    /// The percentage of right answers that passes.
    pub pass_mark: u32,
    /// The time used, in milliseconds.
    pub lasted_ms: i64,
    /// The time for it, in milliseconds; `None` without a limit.
    pub allowed_ms: Option<i64>,
    /// Whether its time was over before it was handed in.
    pub time_up: bool,
    /// The score of each topic, the weakest first.
    pub topics: Vec<TopicScore>,
    /// The questions that were not right, in the order of the exam. Of those without an answer, [`GivenAnswer::LeftOpen`] was given.
    pub not_right: Vec<(Showing, Feedback)>,
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
    /// Its questions.
    pub questions: usize,
}

impl ExamResult {
    /// Whether it is passed.
    pub fn is_passed(&self) -> bool {
        passes(self.right, self.questions, self.pass_mark)
    }

    /// The number of questions without an answer, which count as not right.
    pub fn open(&self) -> usize {
        self.questions.saturating_sub(self.answered)
    }

    /// The wrong answers, each with its question.
    pub fn misses(&self) -> impl Iterator<Item = &(Showing, Feedback)> {
        self.not_right.iter().filter(|(_, feedback)| feedback.given != GivenAnswer::LeftOpen)
    }

    /// The questions without an answer.
    pub fn unanswered(&self) -> impl Iterator<Item = &(Showing, Feedback)> {
        self.not_right.iter().filter(|(_, feedback)| feedback.given == GivenAnswer::LeftOpen)
    }
}
