//! A list of cards, for people and as JSON Lines.

use serde_json::json;

use super::rich::line as line_of;
use super::table::{
    self, TextColumn,
    TextColumn::{Cut, Left, Right},
};
use super::{json_line, words};
use crate::error::Result;
use crate::model::{Moment, StudyDay};
use crate::stats::CardSnapshot;
use crate::study::CardFilterState;

/// The identity, the deck, the state, the due date, the recall and the stem.
const COLUMNS: [TextColumn; 6] = [Left(36), Cut(16), Cut(10), Cut(10), Right(6), Cut(44)];

/// Cards as JSON Lines.
pub fn json(cards: &[CardSnapshot], now: Moment) -> Result<String> {
    let line = |card: &CardSnapshot| {
        let memory = &card.memory;
        json_line(&json!({
            "card": card.uid.to_string(), "question": card.question.to_string(), "deck": card.deck, "topic": card.topic,
            "stem": card.stem, "state": memory.state.name(), "due": memory.due.map(|due| due.text(now)),
            "retrievability": card.retrievability, "answers": memory.repetitions, "lapses": memory.lapses,
            "suspended": memory.suspended, "flagged": card.flag.is_some(),
            "note": card.flag.as_ref().filter(|note| !note.is_empty()),
        }))
    };
    cards.iter().map(line).collect()
}

/// Cards for people: a line for each, and one more for the note of its flag.
pub fn text(cards: &[CardSnapshot], now: Moment, today: StudyDay) -> String {
    let line = |cells: [&str; 6]| table::row(&COLUMNS, 2, cells).trim_end().to_owned() + "\n";
    let mut text = line(["card", "deck", "state", "due", "recall", "question"]);
    for card in cards {
        let memory = &card.memory;
        let state = match memory.suspended {
            true => "suspended",
            false if CardFilterState::Buried.is_of(card, today) => "buried",
            false => memory.state.name(),
        };
        // The day is enough; `--json` has the moment.
        let due = memory.due.map(|due| due.text(now)).unwrap_or_default();
        let stem = line_of(&card.stem);
        text += &line([
            &card.uid.to_string(),
            &card.deck,
            state,
            due.get(..10).unwrap_or_default(),
            &card.retrievability.map(words::share).unwrap_or_default(),
            &stem,
        ]);
        if let Some(note) = &card.flag {
            text += &format!("{:36}  {}\n", "", line_of(&words::flag(note)));
        }
    }
    text
}
