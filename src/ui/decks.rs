//! The decks with their cards, for people and as JSON Lines.

use serde_json::json;
use unicode_width::UnicodeWidthStr;

use super::home::FOR_EXAM;
use super::rich::line;
use super::table::{
    self,
    TextColumn::{Cut, Left, Right},
};
use super::{json_line, words};
use crate::error::Result;
use crate::model::{shell_argument, shell_word};
use crate::study::{DeckSummary, IdleReason, Merged, Shelved};

/// Columns of the name of a deck; longer names are cut.
const WIDEST_NAME: usize = 28;
/// Where there is little room, columns of figures go before the name gets narrower than this.
const NARROWEST_NAME: usize = 14;

/// Why nothing can be asked, and what helps.
pub fn idle(reason: &IdleReason) -> String {
    match reason {
        IdleReason::NoDecks => "there are no decks yet: begin with `retain import FILE`, or try `retain demo`".into(),
        IdleReason::Archived(deck) => {
            let word = shell_argument(deck);
            format!(
                "nothing is asked, because all decks with cards are archived: `retain deck unarchive {word}` brings {deck} back"
            )
        }
        IdleReason::DecksDeleted(deck) => {
            let word = shell_argument(deck);
            format!("nothing is asked, because all decks were deleted: `retain deck restore {word}` brings {deck} back")
        }
        IdleReason::QuestionsDeleted => {
            "nothing is asked, because all questions were deleted: `retain undo` brings back what was deleted last, \
             `retain card list --deleted` shows them all"
                .into()
        }
    }
}

/// Decks as JSON Lines.
pub fn json(decks: &[DeckSummary]) -> Result<String> {
    let line = |deck: &DeckSummary| {
        json_line(&json!({
            "deck": deck.name, "cards": deck.cards, "new": deck.new, "learning": deck.learning, "due": deck.due,
            "suspended": deck.suspended, "for_exam": deck.for_exam, "archived": deck.archived,
        }))
    };
    decks.iter().map(line).collect()
}

/// Decks for people in lines of `width` columns: where there is no room, the columns that matter least are left out. Their numbers name them: `#3`.
pub fn text(rows: &[DeckSummary], width: usize) -> String {
    let widest = rows
        .iter()
        .map(|row| row.name.width() + if row.archived { " (archived)".len() } else { 0 })
        .max()
        .unwrap_or(0)
        .clamp(4, WIDEST_NAME);
    let figures = [("cards", 8), ("new", 8), ("learning", 10), ("due", 8), ("suspended", 11), (FOR_EXAM, 14)];
    let mut shown =
        if rows.iter().any(|row| row.for_exam.is_some()) { vec![0, 1, 2, 3, 4, 5] } else { vec![0, 1, 2, 3, 4] };
    let taken = |shown: &[usize]| 5 + shown.iter().map(|column| figures[*column].1).sum::<usize>();
    for least in [4, 2, 0, 5] {
        if taken(&shown) + widest.min(NARROWEST_NAME) > width {
            shown.retain(|column| *column != least);
        }
    }
    let name_width = widest.min(width.saturating_sub(taken(&shown))).max(4);
    let mut columns = vec![Right(3), Left(2), Cut(name_width)];
    columns.extend(shown.iter().map(|column| Right(figures[*column].1)));
    let line_of = |lead: [String; 3], cells: [String; 6]| {
        let cells = shown.iter().map(|column| cells[*column].clone());
        table::row(&columns, 0, lead.into_iter().chain(cells)) + "\n"
    };
    let mut text = line_of(["#".into(), String::new(), "deck".into()], figures.map(|(name, _)| name.to_owned()));
    for (number, row) in (1..).zip(rows) {
        let [cards, new, learning, due, suspended] =
            [row.cards, row.new, row.learning, row.due, row.suspended].map(|cards| cards.to_string());
        let for_exam = row.for_exam.map_or("–".into(), |cards| cards.to_string());
        let name = if row.archived { format!("{} (archived)", row.name) } else { row.name.clone() };
        text += &line_of([format!("{number}"), String::new(), name], [cards, new, learning, due, suspended, for_exam]);
    }
    text
}

/// Archived decks are not listed.
pub fn hidden(count: usize) -> String {
    format!("{} not shown: `retain deck list --all`", words::count(count as u64, "archived deck"))
}

/// Decks have other names, old and new.
pub fn renamed(names: &[(String, String)]) -> String {
    let said = |(old, new): &(String, String)| {
        if old == new {
            format!("nothing changed: {} is called that already\n", line(old))
        } else {
            format!("{} is now {}\n", line(old), line(new))
        }
    };
    names.iter().map(said).collect()
}

/// A deck was made.
pub fn created(name: &str) -> String {
    let word = shell_argument(name);
    // A value that begins with `-` is read as an option, unless a sign joins it to its own.
    let sign = if name.starts_with('-') { '=' } else { ' ' };
    let quoted = format!("{sign}{}", shell_word(name));
    let name = line(name);
    format!(
        "created the deck {name}\nhint: `retain add {word}` adds a question, `retain import FILE --deck{quoted}` a bank"
    )
}

/// A deck went into another one.
pub fn merged(merged: &Merged) -> String {
    // The decks in it have their places in the other deck.
    let into: Vec<String> = merged.into.iter().map(|name| line(name)).collect();
    format!(
        "moved {} from {} to {}; {} is removed\nhint: `retain undo` takes it back",
        words::count(merged.questions as u64, "question"),
        line(&merged.from),
        into.join(", "),
        line(&merged.from)
    )
}

/// Questions went into a deck that is archived.
pub fn in_archive(deck: &str) -> String {
    let word = shell_argument(deck);
    let deck = line(deck);
    format!("{deck} is archived, so nothing in it is asked: `retain deck unarchive {word}` brings it back")
}

/// Decks were archived.
pub fn archived(shelved: &Shelved) -> String {
    format!("archived {}: not part of daily reviews and lists until you name it", names(shelved))
}

/// Decks came back from the archive.
pub fn unarchived(shelved: &Shelved) -> String {
    format!("back in use: {}", names(shelved))
}

/// Decks were deleted.
pub fn deleted(shelved: &Shelved) -> String {
    format!(
        "deleted {} with {}; the answers stay in the log\nhint: `retain undo` or `retain deck restore` brings it back",
        names(shelved),
        words::count(shelved.questions as u64, "question")
    )
}

/// Decks were restored.
pub fn restored(shelved: &Shelved) -> String {
    format!("restored {} with {}", names(shelved), words::count(shelved.questions as u64, "question"))
}

fn names(shelved: &Shelved) -> String {
    shelved.decks.iter().map(|name| line(name)).collect::<Vec<_>>().join(", ")
}
