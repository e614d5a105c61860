//! A session of either kind: a review, or a mock exam.

use super::exam::{ExamSession, ExamStart, Paper};
use super::machine::{Limits, ReviewSession};
use super::{Action, Agenda, Feedback, Reply, Showing, Step, Summary};
use crate::model::{Moment, StudyDay};

/// What a session shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Phase<'a> {
    /// Nothing: a request is not answered yet.
    Between,
    /// A question.
    Asking(&'a Showing),
    /// The feedback on an answer.
    Answered(&'a Showing, &'a Feedback),
    /// The end of a mock exam: whether to hand it in.
    Overview(&'a Paper),
    /// The end.
    Finished(&'a Summary),
}

/// A session.
#[derive(Clone, Debug)]
pub enum Session {
    /// A review: cards one after the other, each with feedback.
    Review(Box<ReviewSession>),
    /// A mock exam: questions back and forth, without feedback.
    Exam(Box<ExamSession>),
}

impl Session {
    /// A review of these cards. `seed` is the person's `RETAIN_SEED`, or 0.
    pub fn new(agenda: Agenda, limits: Limits, today: StudyDay, seed: u64) -> Self {
        Self::Review(Box::new(ReviewSession::new(agenda, limits, today, seed)))
    }

    /// A mock exam, from its beginning or from where it was left.
    pub fn exam(start: ExamStart, today: StudyDay, seed: u64) -> Self {
        Self::Exam(Box::new(ExamSession::new(start, today, seed)))
    }

    /// What is shown.
    pub fn phase(&self) -> Phase<'_> {
        match self {
            Self::Review(review) => review.phase(),
            Self::Exam(exam) => exam.phase(),
        }
    }

    /// The number of answers given and not taken back.
    pub fn answered(&self) -> usize {
        match self {
            Self::Review(review) => review.answered(),
            Self::Exam(exam) => exam.paper().answered(),
        }
    }

    /// The study day on which it began.
    pub fn today(&self) -> StudyDay {
        match self {
            Self::Review(review) => review.today(),
            Self::Exam(exam) => exam.today(),
        }
    }

    /// Whether the clock is stopped.
    pub fn is_paused(&self) -> bool {
        matches!(self, Self::Review(review) if review.is_paused())
    }

    /// Whether it is a mock exam.
    pub fn is_exam(&self) -> bool {
        self.paper().is_some()
    }

    /// The questions of a mock exam.
    pub fn paper(&self) -> Option<&Paper> {
        match self {
            Self::Review(_) => None,
            Self::Exam(exam) => Some(exam.paper()),
        }
    }

    /// Milliseconds until the time is over, at least 0; `None` without a limit.
    pub fn ms_left(&self, now: Moment) -> Option<i64> {
        match self {
            Self::Review(review) => review.ms_left(now),
            Self::Exam(exam) => exam.ms_left(now),
        }
    }

    /// Begins the session.
    pub fn begin(&mut self, now: Moment) -> Step {
        match self {
            Self::Review(review) => review.begin(now),
            Self::Exam(exam) => exam.begin(now),
        }
    }

    /// Handles what the person does.
    pub fn act(&mut self, now: Moment, action: Action) -> Step {
        match self {
            Self::Review(review) => review.act(now, action),
            Self::Exam(exam) => exam.act(now, action),
        }
    }

    /// Handles what came of a request.
    pub fn reply(&mut self, now: Moment, reply: Reply) -> Step {
        match self {
            Self::Review(review) => review.reply(now, reply),
            Self::Exam(exam) => exam.reply(now, reply),
        }
    }
}
