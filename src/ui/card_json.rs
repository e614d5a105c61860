//! A card as `retain card show --json` writes it.

use serde::Serialize;

use crate::model::{Choice, Moment, letter};
use crate::stats::CardAnswer;
use crate::study::CardDetails;

/// A card as JSON has it.
#[derive(Serialize)]
pub(super) struct CardLine<'a> {
    card: String,
    question: String,
    deck: &'a str,
    topic: Option<&'a str>,
    tags: &'a [String],
    kind: String,
    stem: &'a str,
    choices: Vec<CardLineChoice<'a>>,
    explanation: Option<&'a str>,
    declared: Option<&'a str>,
    state: &'static str,
    due: Option<String>,
    stability: Option<f32>,
    difficulty: Option<f32>,
    retrievability: Option<f64>,
    lapses: u32,
    suspended: bool,
    deleted: bool,
    source: Option<CardSource<'a>>,
    bank_id: Option<&'a str>,
    flag: Option<CardLineFlag<'a>>,
    answers: Vec<CardLineAnswer>,
    /// Days from today and recall, as `[-3.0, 0.97]`.
    curve: &'a [(f64, f64)],
}

#[derive(Serialize)]
struct CardLineChoice<'a> {
    letter: String,
    text: &'a str,
    right: bool,
}

#[derive(Serialize)]
struct CardSource<'a> {
    path: &'a str,
    line: u32,
}

#[derive(Serialize)]
struct CardLineFlag<'a> {
    note: &'a str,
    at: String,
}

#[derive(Serialize)]
struct CardLineAnswer {
    at: String,
    study_day: String,
    kind: &'static str,
    rating: u8,
    confidence: String,
    right: bool,
    seconds: f64,
    retrievability_before: Option<f64>,
    known_probability: Option<f64>,
    stability_after: Option<f32>,
    difficulty_after: Option<f32>,
    interval_days: f64,
    undone: bool,
}

impl<'a> CardLine<'a> {
    /// The card with what is known of it; times in the offset of `now`.
    pub(super) fn new(details: &'a CardDetails, now: Moment) -> Self {
        let CardDetails { card, history, .. } = details;
        let (question, memory) = (&card.question, &history.memory);
        let choice = |choice: &'a Choice| CardLineChoice {
            letter: letter(usize::from(choice.position)),
            text: &choice.text,
            right: choice.correct,
        };
        Self {
            card: card.uid.to_string(),
            question: question.uid.to_string(),
            deck: &card.deck_name,
            topic: question.topic.as_deref(),
            tags: &question.tags,
            kind: question.kind.to_string(),
            stem: &question.stem,
            choices: question.choices.iter().map(choice).collect(),
            explanation: question.explanation.as_deref(),
            declared: question.key_rule.as_deref(),
            state: memory.state.name(),
            due: memory.due.map(|due| due.text(now)),
            stability: memory.memory.map(|state| state.stability),
            difficulty: memory.memory.map(|state| state.difficulty),
            retrievability: history.retrievability,
            lapses: memory.lapses,
            suspended: memory.suspended,
            deleted: details.deleted,
            source: history.source.as_ref().map(|(path, line)| CardSource { path, line: *line }),
            bank_id: history.bank_id.as_deref(),
            flag: history
                .flag
                .as_ref()
                .map(|flag| CardLineFlag { note: &flag.note, at: Moment { utc_ms: flag.at_ms, ..now }.rfc3339() }),
            answers: history.answers.iter().map(shown_answer).collect(),
            curve: &history.curve,
        }
    }
}

fn shown_answer(answer: &CardAnswer) -> CardLineAnswer {
    CardLineAnswer {
        at: answer.at.rfc3339(),
        study_day: answer.day.to_string(),
        kind: answer.kind.name(),
        rating: answer.rating.number(),
        confidence: answer.confidence.to_string(),
        right: answer.right,
        seconds: f64::from(answer.took_ms) / 1_000.0,
        retrievability_before: answer.retrievability_before,
        known_probability: answer.known_probability,
        stability_after: answer.after.map(|state| state.stability),
        difficulty_after: answer.after.map(|state| state.difficulty),
        interval_days: answer.interval_days,
        undone: answer.undone,
    }
}
