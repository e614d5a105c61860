//! Mock exams: where a question is, what is open, and the result.

use serde::Serialize;

use super::{answer, labels, right_halves};
use crate::session::{ExamResult, Feedback, Form, GivenAnswer, LeftExam, Paper, Showing, TopicScore};

/// Where a question is in a mock exam, with the answer that it has.
#[derive(Serialize)]
pub(in super::super) struct ExamPlace<'a> {
    number: usize,
    questions: usize,
    marked: bool,
    given: Option<GivenMessage<'a>>,
}

impl<'a> ExamPlace<'a> {
    pub(super) fn new(showing: &'a Showing, paper: &Paper) -> Self {
        Self {
            number: paper.at() + 1,
            questions: paper.len(),
            marked: paper.current().is_some_and(|question| question.marked),
            given: showing.given.as_ref().map(|given| GivenMessage::new(showing, given)),
        }
    }
}

/// An answer as it was given, with labels as they are shown.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum GivenMessage<'a> {
    Pick(Vec<&'a str>),
    Pairs(Vec<[&'a str; 2]>),
    Text(&'a str),
}

impl<'a> GivenMessage<'a> {
    fn new(showing: &'a Showing, given: &'a GivenAnswer) -> Self {
        match given {
            GivenAnswer::Picked(places) => Self::Pick(labels(showing, places)),
            GivenAnswer::Paired(pairs) => Self::Pairs(pair_labels(showing, pairs)),
            GivenAnswer::Typed(text) => Self::Text(text),
            GivenAnswer::Revealed | GivenAnswer::LeftOpen => Self::Pick(Vec::new()),
        }
    }
}

/// A question in the list of a mock exam.
#[derive(Serialize)]
pub(in super::super) struct ListedQuestion<'a> {
    number: usize,
    card: String,
    topic: Option<&'a str>,
    stem: &'a str,
    markup: &'static str,
    answered: bool,
    marked: bool,
}

impl<'a> ListedQuestion<'a> {
    pub(super) fn all(paper: &'a Paper) -> Vec<Self> {
        let listed = |(number, question): (usize, &'a crate::session::PaperQuestion)| Self {
            number,
            card: question.uid.to_string(),
            topic: question.topic.as_deref(),
            stem: &question.stem,
            markup: question.markup.name(),
            answered: question.answer.is_some(),
            marked: question.marked,
        };
        (1..).zip(paper.questions()).map(listed).collect()
    }
}

/// What is open and marked at the end of a mock exam, by number.
#[derive(Serialize)]
pub(in super::super) struct OverviewMessage {
    questions: usize,
    answered: usize,
    open: Vec<usize>,
    marked: Vec<usize>,
}

impl OverviewMessage {
    pub(super) fn new(paper: &Paper) -> Self {
        Self {
            questions: paper.len(),
            answered: paper.answered(),
            open: paper.open().map(|index| index + 1).collect(),
            marked: paper.marked().map(|index| index + 1).collect(),
        }
    }
}

/// How far a mock exam is that was left.
#[derive(Serialize)]
pub(in super::super) struct LeftMessage {
    questions: usize,
    answered: usize,
    minutes: f64,
    ms_left: Option<i64>,
}

impl LeftMessage {
    pub(super) fn new(left: &LeftExam) -> Self {
        let LeftExam { questions, answered, used_ms, ms_left, .. } = *left;
        Self { questions, answered, minutes: minutes(used_ms), ms_left }
    }
}

fn minutes(ms: i64) -> f64 {
    (ms as f64 / 600.0).round() / 100.0
}

#[derive(Serialize)]
pub(in super::super) struct ExamMessage<'a> {
    /// Right answers among all questions, 0–1.
    score: f64,
    right: usize,
    answered: usize,
    questions: usize,
    minutes: f64,
    minutes_allowed: Option<f64>,
    time_up: bool,
    pass_mark: u32,
    passed: bool,
    topics: Vec<ExamTopic>,
    misses: Vec<Miss<'a>>,
    /// The questions without an answer.
    unanswered: Vec<Miss<'a>>,
}

#[derive(Serialize)]
struct ExamTopic {
    topic: Option<String>,
    right: usize,
    answers: usize,
    questions: usize,
}

/// A question that was not right, with labels as they were shown.
#[derive(Serialize)]
struct Miss<'a> {
    card: String,
    topic: Option<&'a str>,
    kind: String,
    stem: &'a str,
    picked: Vec<&'a str>,
    pairs: Option<Vec<[&'a str; 2]>>,
    text: Option<&'a str>,
    correct: Vec<&'a str>,
    answer: Option<Vec<&'a str>>,
    halves: Option<Vec<Option<&'a str>>>,
    explanation: Option<&'a str>,
}

impl<'a> ExamMessage<'a> {
    pub(super) fn new(result: &'a ExamResult) -> Self {
        let topic = |score: &TopicScore| ExamTopic {
            topic: score.topic.clone(),
            right: score.right,
            answers: score.answers,
            questions: score.questions,
        };
        Self {
            // Without questions the score is 0.
            score: result.right as f64 / result.questions.max(1) as f64,
            right: result.right,
            answered: result.answered,
            questions: result.questions,
            minutes: minutes(result.lasted_ms),
            minutes_allowed: result.allowed_ms.map(minutes),
            time_up: result.time_up,
            pass_mark: result.pass_mark,
            passed: result.is_passed(),
            topics: result.topics.iter().map(topic).collect(),
            misses: result.misses().map(|(showing, feedback)| Miss::new(showing, feedback)).collect(),
            unanswered: result.unanswered().map(|(showing, feedback)| Miss::new(showing, feedback)).collect(),
        }
    }
}

/// The labels of choices and of their halves.
fn pair_labels<'a>(showing: &'a Showing, pairs: &[(usize, usize)]) -> Vec<[&'a str; 2]> {
    let Form::Pair { halves } = &showing.form else { return Vec::new() };
    let pair = |&(choice, half): &(usize, usize)| {
        Some([showing.choices.get(choice)?.label.as_str(), halves.get(half)?.label.as_str()])
    };
    pairs.iter().filter_map(pair).collect()
}

impl<'a> Miss<'a> {
    fn new(showing: &'a Showing, feedback: &'a Feedback) -> Self {
        let (mut picked, mut pairs, mut text) = (Vec::new(), None, None);
        match (&feedback.given, &showing.form) {
            (GivenAnswer::Picked(places), _) => picked = labels(showing, places),
            (GivenAnswer::Paired(places), Form::Pair { .. }) => pairs = Some(pair_labels(showing, places)),
            (GivenAnswer::Typed(typed), _) => text = Some(typed.as_str()),
            (GivenAnswer::Paired(_) | GivenAnswer::Revealed | GivenAnswer::LeftOpen, _) => {}
        }
        Self {
            card: showing.uid.to_string(),
            topic: showing.topic.as_deref(),
            kind: showing.kind.to_string(),
            stem: &showing.stem,
            picked,
            pairs,
            text,
            correct: labels(showing, &feedback.correct),
            answer: answer(showing),
            halves: right_halves(showing),
            explanation: showing.explanation.as_deref(),
        }
    }
}
