//! The tables `reviews` and `revlog`: a row per answer, in our columns and in the open FSRS schema.

use super::{Cell, Fact, promised_days};
use crate::model::ReviewKind;

/// The columns of `reviews`.
pub const REVIEWS: &[&str] = &[
    "review",
    "card",
    "question",
    "deck",
    "topic",
    "at",
    "study_day",
    "kind",
    "rating",
    "confidence",
    "right",
    "picked",
    "shown",
    "guess_probability",
    "known_probability",
    "seconds",
    "elapsed_days",
    "stability_before",
    "difficulty_before",
    "retrievability_before",
    "stability_after",
    "difficulty_after",
    "interval_days",
    "due",
    "undone",
    "practice",
    "typed",
    "overruled",
    "sure",
];

/// The columns of `revlog`: the open FSRS schema.
pub const REVLOG: &[&str] = &["card_id", "review_time", "review_rating", "review_state", "review_duration"];

/// The row of an answer, also of one that was taken back.
pub fn review_row(fact: &Fact<'_>) -> Vec<Cell> {
    let review = fact.review;
    let answered = fact.answered;
    let before = answered.and_then(|answered| answered.before);
    let after = answered.map(|answered| answered.after);
    vec![
        Cell::Text(review.id.0.to_string()),
        Cell::Text(fact.card.to_string()),
        Cell::Text(fact.question.to_string()),
        Cell::Text(fact.deck.into()),
        Cell::text(fact.topic),
        Cell::Text(review.at.rfc3339()),
        Cell::Text(review.day.to_string()),
        Cell::Text(review.kind.name().into()),
        Cell::Int(review.rating.number().into()),
        Cell::Text(review.confidence.to_string()),
        Cell::Bool(review.right),
        Cell::Text(fact.picked.into()),
        Cell::Text(fact.shown.into()),
        Cell::exact(Some(review.guess.probability())),
        Cell::exact(answered.and_then(|answered| answered.known_probability)),
        Cell::exact(Some(f64::from(review.took_ms) / 1_000.0)),
        answered.and_then(|answered| answered.elapsed_days).map_or(Cell::Empty, |days| Cell::Int(days.into())),
        Cell::exact32(before.map(|state| state.stability)),
        Cell::exact32(before.map(|state| state.difficulty)),
        Cell::exact(fact.recall),
        Cell::exact32(after.map(|state| state.stability)),
        Cell::exact32(after.map(|state| state.difficulty)),
        Cell::exact(Some(promised_days(review))),
        Cell::Text(review.due.text(review.at)),
        Cell::Bool(fact.undone),
        Cell::Bool(review.practice),
        Cell::text(review.typed.clone()),
        Cell::Bool(review.overruled),
        review.sure.map_or(Cell::Empty, Cell::Bool),
    ]
}

/// The row of an answer in the open FSRS schema; `None` if it was taken back, or is practice.
pub fn revlog_row(fact: &Fact<'_>) -> Option<Vec<Cell>> {
    if fact.undone || fact.review.practice {
        return None;
    }
    let review = fact.review;
    let state = match review.kind {
        ReviewKind::New => 0,
        // A mock exam asks new cards too, but other tools expect a history to begin with learning.
        ReviewKind::Exam if fact.answered.as_ref().is_some_and(|answered| answered.before.is_none()) => 0,
        ReviewKind::Learning => 1,
        ReviewKind::Review | ReviewKind::Ahead | ReviewKind::Exam => 2,
        ReviewKind::Relearning => 3,
    };
    Some(vec![
        Cell::Text(fact.card.to_string()),
        Cell::Int(review.at.utc_ms),
        Cell::Int(review.rating.number().into()),
        Cell::Int(state),
        Cell::Int(review.took_ms.into()),
    ])
}
