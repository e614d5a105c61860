//! `retain deck list`: the decks and how many cards they hold.

use std::collections::BTreeMap;

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::command::decks::{DeckEntry, Decks};
use crate::command::review::{Choice, choose};
use crate::command::{Context, output};
use crate::error::{Done, Result};
use crate::schedule::days_to_exam;
use crate::ui::home::{FOR_EXAM, pad};

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
    /// Cards that were seen and that today asks for the exam, due or not; none without an exam ahead.
    for_exam: Option<u64>,
}

pub(super) fn run(context: &Context, json: bool) -> Result<Done> {
    let store = context.store()?;
    let reader = store.reader();
    let (now, today) = context.today(reader)?;
    let decks = Decks::read(reader)?;
    let exam_ahead = |entry: &DeckEntry| days_to_exam(&entry.settings, today).is_some();
    let work = if decks.all().iter().any(exam_ahead) {
        choose(reader, &decks, &Choice::default(), now, context.mixed_seed())?.work
    } else {
        BTreeMap::new()
    };
    let mut rows = Vec::new();
    for entry in decks.all() {
        let deck = &entry.deck;
        let (size, counts) = (reader.deck_size(deck.id)?, reader.deck_counts(deck.id, today)?);
        rows.push(Row {
            deck: deck.name.clone(),
            cards: size.cards,
            new: counts.new,
            learning: counts.learning,
            due: counts.due,
            suspended: size.suspended,
            for_exam: exam_ahead(entry).then(|| work.get(&deck.id).map_or(0, |work| work.for_exam)),
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
        text += &line(&row.deck, figures.each_ref().map(String::as_str), &for_exam);
    }
    text
}
