//! The result of a mock exam.

use serde::Serialize;

use super::{answer, labels, right_halves};
use crate::session::{ExamResult, Feedback, Form, GivenAnswer, Showing};

#[derive(Serialize)]
pub(in super::super) struct ExamMessage<'a> {
    /// Right answers among all questions, 0–1.
    score: f64,
    right: usize,
    answered: usize,
    questions: usize,
    minutes: f64,
    time_up: bool,
    topics: Vec<ExamTopic>,
    misses: Vec<Miss<'a>>,
}

#[derive(Serialize)]
struct ExamTopic {
    topic: Option<String>,
    right: usize,
    answers: usize,
}

/// A wrong answer, with labels as they were shown.
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
        let right = result.right();
        let topics = result.topics().into_iter();
        Self {
            // Without questions the score is 0.
            score: right as f64 / result.questions.max(1) as f64,
            right,
            answered: result.answers.len(),
            questions: result.questions,
            minutes: (result.lasted_ms as f64 / 600.0).round() / 100.0,
            time_up: result.time_up,
            topics: topics
                .map(|score| ExamTopic { topic: score.topic, right: score.right, answers: score.answers })
                .collect(),
            misses: result.misses().map(|(showing, feedback)| Miss::new(showing, feedback)).collect(),
        }
    }
}

impl<'a> Miss<'a> {
    fn new(showing: &'a Showing, feedback: &'a Feedback) -> Self {
        let (mut picked, mut pairs, mut text) = (Vec::new(), None, None);
        match (&feedback.given, &showing.form) {
            (GivenAnswer::Picked(places), _) => picked = labels(showing, places),
            (GivenAnswer::Paired(places), Form::Pair { halves }) => {
                let pair = |&(choice, half): &(usize, usize)| {
                    Some([showing.choices.get(choice)?.label.as_str(), halves.get(half)?.label.as_str()])
                };
                pairs = Some(places.iter().filter_map(pair).collect());
            }
            (GivenAnswer::Typed(typed), _) => text = Some(typed.as_str()),
            (GivenAnswer::Paired(_) | GivenAnswer::Revealed, _) => {}
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
