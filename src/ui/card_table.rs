//! A list of cards, for people and as JSON Lines.

use serde::Serialize;

use super::home::pad;
use super::rich::line as line_of;
use super::{json_line, words};
use crate::error::Result;
use crate::model::{Moment, StudyDay};
use crate::stats::CardSnapshot;
use crate::study::CardFilterState;

/// Columns of the stem and of the deck in the table.
const STEM: usize = 44;
const DECK: usize = 16;

#[derive(Serialize)]
struct CardRowLine<'a> {
    card: String,
    question: String,
    deck: &'a str,
    topic: Option<&'a str>,
    stem: &'a str,
    state: &'static str,
    due: Option<String>,
    retrievability: Option<f64>,
    answers: u32,
    lapses: u32,
    suspended: bool,
    flagged: bool,
    note: Option<&'a str>,
}

/// Cards as JSON Lines.
///
/// # Errors
/// When they cannot be written as JSON, which is a fault of the program.
pub fn json(cards: &[CardSnapshot], now: Moment) -> Result<String> {
    cards.iter().map(|card| json_line(&row(card, now))).collect()
}

fn row(card: &CardSnapshot, now: Moment) -> CardRowLine<'_> {
    let memory = &card.memory;
    CardRowLine {
        card: card.uid.to_string(),
        question: card.question.to_string(),
        deck: &card.deck,
        topic: card.topic.as_deref(),
        stem: &card.stem,
        state: memory.state.name(),
        due: memory.due.map(|due| due.text(now)),
        retrievability: card.retrievability,
        answers: memory.repetitions,
        lapses: memory.lapses,
        suspended: memory.suspended,
        flagged: card.flag.is_some(),
        note: card.flag.as_deref().filter(|note| !note.is_empty()),
    }
}

/// Cards for people: a line for each, and one more for the note of its flag.
pub fn text(cards: &[CardSnapshot], now: Moment, today: StudyDay) -> String {
    let line = |card: &str, deck: &str, state: &str, due: &str, recall: &str, stem: &str| {
        let (deck, state, due, stem) = (pad(deck, DECK), pad(state, 10), pad(due, 10), pad(stem, STEM));
        format!("{card:<36}  {deck}  {state}  {due}  {recall:>6}  {stem}").trim_end().to_owned() + "\n"
    };
    let mut text = line("card", "deck", "state", "due", "recall", "question");
    for card in cards {
        let memory = &card.memory;
        let state = match memory.suspended {
            true => "suspended",
            false if CardFilterState::Buried.is_of(card, today) => "buried",
            false => memory.state.name(),
        };
        // The day says enough; `--json` has the moment.
        let due = memory.due.map(|due| due.text(now)).unwrap_or_default();
        let stem = line_of(&card.stem);
        text += &line(
            &card.uid.to_string(),
            &card.deck,
            state,
            due.get(..10).unwrap_or_default(),
            &card.retrievability.map(words::share).unwrap_or_default(),
            &stem,
        );
        if let Some(note) = &card.flag {
            text += &format!("{:36}  {}\n", "", line_of(&words::flag(note)));
        }
    }
    text
}
