//! Lists of cards, for people and as JSON Lines.

use serde_json::{Value, json};
use uuid::Uuid;

use super::paint::Paint;
use super::rich::{self, line as line_of};
use super::table::{
    self, TextColumn,
    TextColumn::{Cut, Left, Right},
};
use super::{json_line, words};
use crate::error::Result;
use crate::model::search_text::{Sought, places_found};
use crate::model::{CardMemory, CardState, Due, Moment, Shelf, StudyDay};
use crate::stats::CardSnapshot;
use crate::study::{CardFilterState, FoundCard, SHORT_ID, short_id};

/// Columns of when a card comes back.
const WHEN: usize = 11;
/// The heading of where a question belongs.
const PLACE: &str = "deck › topic";
/// Columns between columns.
const GAP: usize = 2;
/// Where the rest of a line is narrower, it does not say where a question belongs.
const NARROW: usize = 36;

/// How a list is shown.
#[derive(Clone, Copy, Debug)]
pub struct ListView<'a> {
    /// The moment.
    pub now: Moment,
    /// Its study day.
    pub today: StudyDay,
    /// The columns of the screen.
    pub width: usize,
    /// Colours.
    pub paint: Paint,
    /// The words that were searched for.
    pub sought: &'a [Sought],
}

/// A line of a list.
struct ListedRow<'a> {
    id: Uuid,
    deck: &'a str,
    topic: Option<&'a str>,
    stem: &'a str,
    memory: Option<&'a CardMemory>,
    shelf: Option<Shelf>,
    note: Option<&'a str>,
}

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
            "archived": card.shelf == Some(Shelf::Archived), "deleted": card.shelf == Some(Shelf::Deleted),
        }))
    };
    cards.iter().map(line).collect()
}

/// What a search found as JSON Lines, with the names of [`json()`]; a draft has no card.
pub fn found_json(cards: &[FoundCard], now: Moment) -> Result<String> {
    let line = |card: &FoundCard| {
        let of_card = |value: &dyn Fn(&CardMemory) -> Value| card.memory.as_ref().map_or(Value::Null, value);
        json_line(&json!({
            "card": card.card.map(|uid| uid.to_string()), "question": card.question.to_string(), "deck": card.deck,
            "topic": card.topic, "stem": card.stem,
            "state": card.memory.as_ref().map_or("draft", |memory| memory.state.name()),
            "due": of_card(&|memory| memory.due.map(|due| due.text(now)).into()), "retrievability": card.retrievability,
            "answers": of_card(&|memory| memory.repetitions.into()), "lapses": of_card(&|memory| memory.lapses.into()),
            "suspended": of_card(&|memory| memory.suspended.into()), "flagged": card.flagged,
            "archived": card.shelf == Some(Shelf::Archived), "deleted": card.shelf == Some(Shelf::Deleted),
        }))
    };
    cards.iter().map(line).collect()
}

/// Cards for people: a numbered line for each, and one more for the note of its flag.
pub fn text(cards: &[CardSnapshot], view: ListView<'_>) -> String {
    let rows = cards.iter().map(|card| ListedRow {
        id: card.uid,
        deck: &card.deck,
        topic: card.topic.as_deref(),
        stem: &card.stem,
        memory: Some(&card.memory),
        shelf: card.shelf,
        note: card.flag.as_deref(),
    });
    list(&rows.collect::<Vec<_>>(), view)
}

/// What a search found, for people.
pub fn found_text(cards: &[FoundCard], view: ListView<'_>) -> String {
    let rows = cards.iter().map(|card| ListedRow {
        id: card.card.unwrap_or(card.question),
        deck: &card.deck,
        topic: card.topic.as_deref(),
        stem: &card.stem,
        memory: card.memory.as_ref(),
        shelf: card.shelf,
        note: None,
    });
    list(&rows.collect::<Vec<_>>(), view)
}

fn list(rows: &[ListedRow<'_>], view: ListView<'_>) -> String {
    let digits = rows.len().to_string().len().max(2);
    let places: Vec<String> = rows.iter().map(place).collect();
    let widest = places.iter().map(|place| rich::columns(place)).max().unwrap_or(0);
    let rest = view.width.saturating_sub(digits + SHORT_ID + WHEN + 4 * GAP);
    let place_width = widest.max(rich::columns(PLACE)).min(rest * 2 / 5);
    let (with_place, stem) = match rest < NARROW {
        true => (false, (rest + GAP).max(10)),
        false => (true, rest - place_width),
    };
    let mut columns: Vec<TextColumn> = vec![Right(digits), Left(SHORT_ID), Cut(place_width), Left(stem), Cut(WHEN)];
    if !with_place {
        columns.remove(2);
    }
    let line = |number: &str, id: &str, place: &str, stem: &str, when: &str| {
        let mut cells = vec![number, id, place, stem, when];
        if !with_place {
            cells.remove(2);
        }
        table::row(&columns, GAP, cells).trim_end().to_owned() + "\n"
    };
    let mut text = view.paint.dim(line("#", "card", PLACE, "question", "comes back").trim_end()) + "\n";
    for ((number, row), place) in (1..).zip(rows).zip(&places) {
        let shown = shown_stem(row.stem, stem, view.sought);
        let plain = line(&number.to_string(), &short_id(row.id), place, &shown, &when(row, view));
        text += &marked(&plain, &shown, view);
        if let Some(note) = row.note {
            text += &format!("{:indent$}{}\n", "", line_of(&words::flag(note)), indent = digits + GAP);
        }
    }
    text
}

fn place(row: &ListedRow<'_>) -> String {
    let topic = row.topic.map(|topic| format!(" › {topic}")).unwrap_or_default();
    line_of(&format!("{}{topic}", row.deck))
}

/// The stem in exactly `width` columns. One that has what was searched for further behind begins there.
fn shown_stem(stem: &str, width: usize, sought: &[Sought]) -> String {
    let stem = line_of(stem);
    let cut = rich::cut(&stem, width);
    let found = places_found(&stem, sought);
    let behind = found.first().filter(|_| places_found(&cut, sought).is_empty());
    let Some(first) = behind else { return rich::pad(&cut, width) };
    // A few words before it, for the sense.
    let before = &stem[..first.start];
    let from =
        before.char_indices().rev().filter(|(_, char)| *char == ' ').nth(2).map_or(first.start, |(at, _)| at + 1);
    let from = if rich::columns(&stem[from..first.start]) * 2 > width { first.start } else { from };
    rich::pad(&format!("…{}", &stem[from..]), width)
}

/// The line with what was searched for made strong in the stem.
fn marked(line: &str, stem: &str, view: ListView<'_>) -> String {
    let stem = stem.trim_end();
    let Some((before, after)) = line.split_once(stem).filter(|_| !stem.is_empty()) else { return line.to_owned() };
    let mut marked = String::from(before);
    let mut done = 0;
    for place in places_found(stem, view.sought) {
        marked += &stem[done..place.start];
        marked += &view.paint.strong(&stem[place.clone()]);
        done = place.end;
    }
    marked + &stem[done..] + after
}

fn when(row: &ListedRow<'_>, view: ListView<'_>) -> String {
    comes_back(row.shelf, row.memory, view.now, view.today)
}

/// When a card comes back, in few words; of a draft, and of a card that does not, why.
pub(super) fn comes_back(shelf: Option<Shelf>, memory: Option<&CardMemory>, now: Moment, today: StudyDay) -> String {
    match shelf {
        Some(Shelf::Deleted) => return "deleted".into(),
        Some(Shelf::Archived) => return "archived".into(),
        None => {}
    }
    let Some(memory) = memory else { return "draft".into() };
    if memory.suspended {
        return "suspended".into();
    }
    if CardFilterState::Buried.is_state_of(memory, today) {
        return "buried".into();
    }
    match memory.due {
        _ if memory.state == CardState::New => "new".into(),
        None => memory.state.name().into(),
        Some(Due::At(ms)) if ms <= now.utc_ms => "now".into(),
        Some(Due::At(ms)) => format!("in {}", words::interval((ms - now.utc_ms) as f64 / 86_400_000.0)),
        Some(Due::Day(day)) if day <= today => "today".into(),
        Some(Due::Day(day)) => match day.since(today) {
            1 => "tomorrow".into(),
            days @ ..1_000 => format!("in {days} days"),
            _ => day.to_string(),
        },
    }
}
