//! `retain deck list`: the decks and how many cards they hold.

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::command::{Context, output};
use crate::error::{Done, Result};
use crate::ui::home::pad;

/// A longer name of a deck is cut, in columns.
const WIDEST_NAME: usize = 28;

#[derive(Serialize)]
struct Row {
    deck: String,
    cards: u64,
    new: u64,
    learning: u64,
    due: u64,
    suspended: u64,
}

pub(super) fn run(context: &Context, json: bool) -> Result<Done> {
    let store = context.store()?;
    let reader = store.reader();
    let (_, today) = context.today(reader)?;
    let mut rows = Vec::new();
    for deck in reader.decks()? {
        let (size, counts) = (reader.deck_size(deck.id)?, reader.deck_counts(deck.id, today)?);
        rows.push(Row {
            deck: deck.name,
            cards: size.cards,
            new: counts.new,
            learning: counts.learning,
            due: counts.due,
            suspended: size.suspended,
        });
    }
    if rows.is_empty() {
        context.talk("there are no decks yet\nhint: begin with `retain import FILE`")?;
        return Ok(Done::Whole);
    }
    let text = if json { rows.iter().map(output::json_line).collect::<Result<String>>()? } else { table(&rows) };
    context.print(&text)?;
    Ok(Done::Whole)
}

fn table(rows: &[Row]) -> String {
    let widest = rows.iter().map(|row| row.deck.width()).max().unwrap_or(0).clamp(4, WIDEST_NAME);
    let line = |name: &str, figures: [&str; 5]| {
        let figures = figures.map(|figure| format!("{figure:>10}")).concat();
        format!("{}{figures}\n", pad(name, widest))
    };
    let mut text = line("deck", ["cards", "new", "learning", "due", "suspended"]);
    for row in rows {
        let figures = [row.cards, row.new, row.learning, row.due, row.suspended].map(|figure| figure.to_string());
        text += &line(&row.deck, figures.each_ref().map(String::as_str));
    }
    text
}
