//! The questions of a mock exam, with what became of each.

use uuid::Uuid;

use crate::model::{CardId, CardState, LogId, Markup};
use crate::session::{Left, TopicScore};

/// The questions of a mock exam in their order, and the one at which the person is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paper {
    questions: Vec<PaperQuestion>,
    at: usize,
}

/// A question of a mock exam.
#[derive(Clone, Debug, PartialEq)]
pub struct PaperQuestion {
    /// What the database knows it by within the exam.
    pub position: u32,
    /// Its card.
    pub card: CardId,
    /// The UUID of its card.
    pub uid: Uuid,
    /// What it asks.
    pub stem: String,
    /// The markup of that.
    pub markup: Markup,
    /// Its topic.
    pub topic: Option<String>,
    /// The state of its card when the exam began, or was gone on with.
    pub state: CardState,
    /// Whether the person wants to come back to it.
    pub marked: bool,
    /// The answer that counts; `None` while it is open.
    pub answer: Option<PaperAnswer>,
}

/// The answer to a question of a mock exam.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaperAnswer {
    /// Its id in the log.
    pub review: LogId,
    /// Whether it is right.
    pub right: bool,
    /// Milliseconds that it took.
    pub took_ms: u32,
}

impl Paper {
    /// The questions in their order; `position` is that of the one to begin with.
    pub(super) fn new(questions: Vec<PaperQuestion>, position: u32) -> Self {
        let at = questions.iter().position(|question| question.position >= position).unwrap_or(0);
        Self { questions, at }
    }

    /// All questions, in their order.
    pub fn questions(&self) -> &[PaperQuestion] {
        &self.questions
    }

    /// The index of the question at which the person is.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The number of questions.
    pub fn len(&self) -> usize {
        self.questions.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.questions.is_empty()
    }

    /// The number of answered questions.
    pub fn answered(&self) -> usize {
        self.questions.iter().filter(|question| question.answer.is_some()).count()
    }

    /// The number of right answers.
    pub(super) fn right(&self) -> usize {
        self.answers().filter(|answer| answer.right).count()
    }

    /// The answers that count.
    pub(super) fn answers(&self) -> impl Iterator<Item = PaperAnswer> {
        self.questions.iter().filter_map(|question| question.answer)
    }

    /// The indices of the questions without an answer.
    pub fn open(&self) -> impl Iterator<Item = usize> {
        self.having(|question| question.answer.is_none())
    }

    /// The indices of the questions to come back to.
    pub fn marked(&self) -> impl Iterator<Item = usize> {
        self.having(|question| question.marked)
    }

    fn having(&self, is: impl Fn(&PaperQuestion) -> bool) -> impl Iterator<Item = usize> {
        self.questions.iter().enumerate().filter(move |(_, question)| is(question)).map(|(index, _)| index)
    }

    /// The open question that comes next: after the current one, then from the beginning.
    pub(super) fn next_open(&self) -> Option<usize> {
        self.open().find(|index| *index > self.at).or_else(|| self.open().next())
    }

    /// The question at which the person is; `None` if there are no questions.
    pub fn current(&self) -> Option<&PaperQuestion> {
        self.questions.get(self.at)
    }

    pub(super) fn current_mut(&mut self) -> Option<&mut PaperQuestion> {
        self.questions.get_mut(self.at)
    }

    pub(super) fn get_mut(&mut self, index: usize) -> Option<&mut PaperQuestion> {
        self.questions.get_mut(index)
    }

    /// Goes to a question. Whether there is one.
    pub(super) fn go(&mut self, index: usize) -> bool {
        let there = index < self.questions.len();
        if there {
            self.at = index;
        }
        there
    }

    /// Strikes out a question whose card is gone.
    pub(super) fn strike(&mut self, index: usize) {
        if index < self.questions.len() {
            self.questions.remove(index);
            let at = if index < self.at { self.at - 1 } else { self.at };
            self.at = at.min(self.questions.len().saturating_sub(1));
        }
    }

    /// Takes an answer out, or puts the one before in its place. The index of its question, if it is one of this exam.
    pub(super) fn reopen(&mut self, review: LogId, before: Option<PaperAnswer>) -> Option<usize> {
        let index = self.questions.iter().position(|question| question.answer.is_some_and(|at| at.review == review))?;
        self.questions[index].answer = before;
        Some(index)
    }

    /// The open questions by the state of their cards. The current one is always among them, because it is asked.
    pub(super) fn left(&self) -> Left {
        let mut left = Left::default();
        for (index, question) in self.questions.iter().enumerate() {
            if question.answer.is_none() || index == self.at {
                left.count(question.state);
            }
        }
        left
    }

    /// The score of each topic, the weakest first. An open question counts as not right.
    pub(super) fn topics(&self) -> Vec<TopicScore> {
        let mut topics: Vec<TopicScore> = Vec::new();
        for question in &self.questions {
            let known = topics.iter().position(|score| score.topic == question.topic);
            let place = known.unwrap_or_else(|| {
                topics.push(TopicScore { topic: question.topic.clone(), right: 0, answers: 0, questions: 0 });
                topics.len() - 1
            });
            let score = &mut topics[place];
            score.questions += 1;
            score.answers += usize::from(question.answer.is_some());
            score.right += usize::from(question.answer.is_some_and(|answer| answer.right));
        }
        let share = |score: &TopicScore| score.right as f64 / score.questions as f64;
        topics.sort_by(|a, b| share(a).total_cmp(&share(b)).then_with(|| a.topic.cmp(&b.topic)));
        topics
    }
}
