//! The decks with their cards, for people and as JSON Lines.

use serde_json::json;
use unicode_width::UnicodeWidthStr;

use super::home::FOR_EXAM;
use super::json_line;
use super::table::{
    self,
    TextColumn::{Cut, Left, Right},
};
use crate::error::Result;
use crate::study::DeckSummary;

/// Columns of the name of a deck; longer names are cut.
const WIDEST_NAME: usize = 28;

/// Decks as JSON Lines.
pub fn json(decks: &[DeckSummary]) -> Result<String> {
    let line = |deck: &DeckSummary| {
        json_line(&json!({
            "deck": deck.name, "cards": deck.cards, "new": deck.new, "learning": deck.learning, "due": deck.due,
            "suspended": deck.suspended, "for_exam": deck.for_exam,
        }))
    };
    decks.iter().map(line).collect()
}

/// Decks for people. Their numbers name them: `#3`.
pub fn text(rows: &[DeckSummary]) -> String {
    let widest = rows.iter().map(|row| row.name.width()).max().unwrap_or(0).clamp(4, WIDEST_NAME);
    let exam = rows.iter().any(|row| row.for_exam.is_some());
    let columns = [Right(3), Left(2), Cut(widest), Right(8), Right(8), Right(10), Right(8), Right(11), Right(14)];
    let columns = if exam { &columns[..] } else { &columns[..8] };
    let head = ["#", "", "deck", "cards", "new", "learning", "due", "suspended", FOR_EXAM];
    let mut text = table::row(columns, 0, head) + "\n";
    for (number, row) in (1..).zip(rows) {
        let [cards, new, learning, due, suspended] =
            [row.cards, row.new, row.learning, row.due, row.suspended].map(|cards| cards.to_string());
        let for_exam = row.for_exam.map_or("–".into(), |cards| cards.to_string());
        text += &(table::row(
            columns,
            0,
            [format!("{number}"), String::new(), row.name.clone(), cards, new, learning, due, suspended, for_exam],
        ) + "\n");
    }
    text
}
