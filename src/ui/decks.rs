//! The decks with their cards, for people and as JSON Lines.

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::home::{FOR_EXAM, pad};
use super::json_line;
use crate::error::Result;
use crate::study::DeckSummary;

/// A longer name of a deck is cut, in columns.
const WIDEST_NAME: usize = 28;

#[derive(Serialize)]
struct DeckLine<'a> {
    deck: &'a str,
    cards: u64,
    new: u64,
    learning: u64,
    due: u64,
    suspended: u64,
    for_exam: Option<u64>,
}

/// Decks as JSON Lines.
///
/// # Errors
/// When they cannot be written as JSON, which is a fault of the program.
pub fn json(decks: &[DeckSummary]) -> Result<String> {
    let line = |deck: &DeckSummary| {
        let DeckSummary { name, cards, new, learning, due, suspended, for_exam } = deck;
        json_line(&DeckLine {
            deck: name,
            cards: *cards,
            new: *new,
            learning: *learning,
            due: *due,
            suspended: *suspended,
            for_exam: *for_exam,
        })
    };
    decks.iter().map(line).collect()
}

/// Decks for people.
pub fn text(rows: &[DeckSummary]) -> String {
    let widest = rows.iter().map(|row| row.name.width()).max().unwrap_or(0).clamp(4, WIDEST_NAME);
    let exam = rows.iter().any(|row| row.for_exam.is_some());
    let line = |name: &str, figures: [&str; 5], for_exam: &str| {
        let figures = figures.map(|figure| format!("{figure:>10}")).concat();
        let last = if exam { format!("{for_exam:>14}") } else { String::new() };
        format!("{}{figures}{last}\n", pad(name, widest))
    };
    let mut text = line("deck", ["cards", "new", "learning", "due", "suspended"], FOR_EXAM);
    for row in rows {
        let figures = [row.cards, row.new, row.learning, row.due, row.suspended].map(|figure| figure.to_string());
        let for_exam = row.for_exam.map_or("–".into(), |cards| cards.to_string());
        text += &line(&row.name, figures.each_ref().map(String::as_str), &for_exam);
    }
    text
}
