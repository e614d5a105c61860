//! The table `cards`: a row per card.

use super::{CardSnapshot, Cell};
use crate::model::Moment;

/// The columns of `cards`.
pub const CARDS: &[&str] = &[
    "card",
    "question",
    "deck",
    "topic",
    "stem",
    "state",
    "due",
    "stability",
    "difficulty",
    "retrievability",
    "interval_days",
    "answers",
    "lapses",
    "last_answer",
    "suspended",
    "flagged",
    "note",
];

/// The row of a card, with times in the offset of `zone`.
pub fn card_row(card: &CardSnapshot, zone: Moment) -> Vec<Cell> {
    let memory = &card.memory;
    vec![
        Cell::Text(card.uid.to_string()),
        Cell::Text(card.question.to_string()),
        Cell::Text(card.deck.clone()),
        Cell::text(card.topic.clone()),
        Cell::Text(card.stem.clone()),
        Cell::Text(memory.state.name().into()),
        Cell::text(memory.due.map(|due| due.text(zone))),
        Cell::exact32(memory.memory.map(|state| state.stability)),
        Cell::exact32(memory.memory.map(|state| state.difficulty)),
        Cell::exact(card.retrievability),
        Cell::exact(memory.interval_days()),
        Cell::Int(memory.repetitions.into()),
        Cell::Int(memory.lapses.into()),
        Cell::text(memory.last_at.map(|utc_ms| Moment { utc_ms, ..zone }.rfc3339())),
        Cell::Bool(memory.suspended),
        Cell::Bool(card.flag.is_some()),
        Cell::text(card.flag.as_ref().filter(|note| !note.is_empty()).cloned()),
    ]
}
