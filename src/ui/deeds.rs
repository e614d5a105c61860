//! Deeds in words: what was done, taken back and brought back.

use serde::Serialize;

use super::rich::{self, line};
use super::table::{self, TextColumn};
use super::words::count;
use crate::error::Result;
use crate::model::{CardState, DeedKind, Moment};
use crate::study::{PastDeed, Reversed, UNFLAGGED};

/// There is nothing to take back.
pub const NOTHING_TO_UNDO: &str = "there is nothing to take back";

/// What was done, as the beginning of a line: `suspended`, `imported`.
fn verb(kind: DeedKind) -> &'static str {
    match kind {
        DeedKind::Answer => "answered",
        DeedKind::Suspend => "suspended",
        DeedKind::Unsuspend => "put back into the schedule",
        DeedKind::Bury => "buried",
        DeedKind::Unbury => "put back into today",
        DeedKind::Reset => "made new again",
        DeedKind::Due => "moved to another day",
        DeedKind::Flag => "flagged",
        DeedKind::Edit => "edited",
        DeedKind::Add => "added",
        DeedKind::Tag => "changed the tags of",
        DeedKind::Transfer => "moved to another deck:",
        DeedKind::Delete => "deleted",
        DeedKind::Restore => "restored",
        DeedKind::Settings => "changed settings of",
        DeedKind::Preset => "changed presets:",
        DeedKind::Rename => "renamed",
        DeedKind::Create => "created the deck",
        DeedKind::Merge => "merged",
        DeedKind::Archive => "archived",
        DeedKind::Unarchive => "took out of the archive:",
        DeedKind::Purge => "erased what was deleted",
        DeedKind::Moves => "moved due dates:",
        DeedKind::Fit => "fitted parameters:",
        DeedKind::Import => "imported",
        DeedKind::ImportUndo => "took back the import of",
        DeedKind::Undo => "took back",
        DeedKind::Redo => "brought back",
    }
}

/// What was done, in a line: `suspended “What is DNS?”`.
pub fn words(past: &PastDeed) -> String {
    let cards = if past.cards > 1 { format!(" ({})", count(past.cards, "card")) } else { String::new() };
    let about = past.about();
    if past.deed.kind == DeedKind::Flag
        && let Some(others) = past.deed.title.strip_prefix(UNFLAGGED)
    {
        let about = if others.is_empty() { about.as_str() } else { others };
        return format!("removed the flag of {}", line(about));
    }
    // A check removed what could not be read.
    if past.deed.kind == DeedKind::Purge && !past.deed.title.is_empty() {
        return format!("removed {}", line(&past.deed.title));
    }
    if let Some(deck) = past.deck() {
        return format!("moved {} to {}{cards}", line(&about), line(deck));
    }
    format!("{} {}{cards}", verb(past.deed.kind), line(&about)).trim_end().to_owned()
}

/// The same in a line of this width. A long question is cut, and not how many there are.
fn words_within(past: &PastDeed, width: usize) -> String {
    let words = words(past);
    let excess = rich::columns(&words).saturating_sub(width);
    let quoted = words.find('“').zip(words.rfind('”'));
    match quoted.map(|(open, close)| (&words[..open], &words[open..close], &words[close..])) {
        Some((lead, question, rest)) if excess > 0 && rich::columns(question) > excess + SHORTEST => {
            format!("{lead}{}{rest}", rich::cut(question, rich::columns(question) - excess))
        }
        _ => rich::cut(&words, width),
    }
}

/// Columns of a deed in a line of a screen.
const BRIEF: usize = 60;
/// A question that would be cut to less is cut with what is behind it.
const SHORTEST: usize = 8;

/// The same cut, for a line of a screen that says more.
pub fn brief(past: &PastDeed) -> String {
    words_within(past, BRIEF)
}

/// What was taken back in a review, and the question that it was about.
pub fn undone_in_review(kind: DeedKind, stem: &str) -> String {
    let what = match kind {
        DeedKind::Suspend => "no longer suspended",
        DeedKind::Unsuspend => "suspended again",
        DeedKind::Bury => "no longer buried",
        DeedKind::Unbury => "buried again",
        DeedKind::Reset => "no longer new: its answers count again",
        DeedKind::Flag => "the flag is as it was before",
        DeedKind::Edit => "the edit is taken back",
        _ => "taken back",
    };
    format!("{what}: “{}”", line(stem))
}

/// Why a review does not take back what was done last.
pub fn too_wide(kind: DeedKind, about: &str) -> String {
    format!("what you did last was not in this review: {} {}; `retain undo` takes it back", verb(kind), line(about))
}

/// What was taken back, and what follows.
pub fn undone(reversed: &Reversed) -> String {
    // What became of an import is said by its report.
    let mut told =
        if reversed.imports.is_empty() { format!("undone: {}", words(&reversed.past)) } else { String::new() };
    if reversed.past.deed.kind == DeedKind::Answer {
        told += &format!(
            "\nthe card is {}; the answer stays in the log, marked as undone",
            match reversed.state {
                Some(CardState::New) => "new again",
                Some(CardState::Learning) => "in its learning steps again",
                Some(CardState::Review) => "in review again, due as before",
                Some(CardState::Relearning) => "in its relearning steps again",
                None => "gone",
            }
        );
    }
    told.push_str(if told.is_empty() { "" } else { "\n" });
    told + "hint: `retain redo` brings it back"
}

/// What an undo passes over.
pub fn passed_over(moves: u64) -> String {
    let (changes, were) = (count(moves, "later change"), if moves == 1 { "was" } else { "were" });
    format!(
        "{changes} of single cards, such as a suspension, {were} made with an older version of the program: `retain undo` does not take them back"
    )
}

/// What was brought back.
pub fn redone(reversed: &Reversed) -> String {
    format!("done again: {}", words(&reversed.past))
}

/// A deed as a line of JSON.
#[derive(Serialize)]
struct DeedLine<'a> {
    at: String,
    deed: &'static str,
    what: String,
    cards: u64,
    undone: bool,
    files: &'a [String],
}

/// Columns of the time of a deed, and of whether it was taken back, each with the gap behind it.
const BEFORE: usize = 16 + 2 + 10 + 2;
/// A terminal that is narrower has no room for columns.
const NARROWEST_TABLE: usize = 70;

/// The deeds as a table, the newest first. In a narrow terminal a deed has two lines.
pub fn list(deeds: &[PastDeed], width: usize) -> String {
    let columns = [TextColumn::Left(16), TextColumn::Left(10), TextColumn::Left(0)];
    let row = |past: &PastDeed| {
        let undone = if past.deed.undone { "taken back" } else { "" };
        if width < NARROWEST_TABLE {
            let head = table::row(&columns[..2], 2, [when(past.deed.at), undone.into()]);
            return format!("{}\n  {}\n", head.trim_end(), words_within(past, width.saturating_sub(2).max(10)));
        }
        let what = words_within(past, width - BEFORE);
        table::row(&columns, 2, [when(past.deed.at), undone.into(), what]).trim_end().to_owned() + "\n"
    };
    deeds.iter().map(row).collect()
}

/// The deeds as JSON Lines, the newest first.
pub fn json(deeds: &[PastDeed]) -> Result<String> {
    let mut lines = String::new();
    for past in deeds {
        lines += &super::json_line(&DeedLine {
            at: past.deed.at.rfc3339(),
            deed: past.deed.kind.name(),
            what: words(past),
            cards: past.cards,
            undone: past.deed.undone,
            files: &past.files,
        })?;
    }
    Ok(lines)
}

/// A deed that was just taken back or brought back, as a line of JSON that says what it is now.
pub fn reversed(reversed: &Reversed, undone: bool) -> Result<String> {
    let mut past = reversed.past.clone();
    past.deed.undone = undone;
    json(&[past])
}

fn when(at: Moment) -> String {
    at.date_time().map_or_else(|| at.rfc3339(), |at| at.format("%Y-%m-%d %H:%M").to_string())
}
