//! What people and programs see: screens, lines, tables, diagnostics.

pub mod additions;
pub mod anki_report;
pub mod backups;
pub mod calendar;
pub mod card;
mod card_json;
pub mod card_names;
pub mod card_table;
pub mod chart;
pub mod config;
pub mod csv;
pub mod decks;
pub mod deeds;
pub mod demo;
pub mod diagnostics;
pub mod door;
mod drive;
pub mod due;
pub mod editor;
pub mod edits;
pub mod evaluation;
pub mod everything;
pub mod exam_history;
pub mod exam_score;
pub mod fits;
mod front_end;
pub mod home;
pub mod import_preview;
pub mod import_report;
mod json;
pub mod jsonl;
pub mod leeches;
pub mod lines;
pub mod overview;
pub mod overview_json;
pub mod page;
pub mod paint;
pub mod places;
pub mod plain;
pub mod plan;
pub mod progress;
pub mod purge;
pub mod report;
pub mod rich;
pub mod screen;
pub mod settings;
pub mod shift_report;
pub mod simulation;
mod table;
#[cfg(test)]
mod tests;
pub mod theme;
pub mod tui;
pub mod voice;
pub mod whatif;
pub mod words;

pub use drive::drive;
pub use front_end::{CardPage, FrontEnd, Wish};
pub use json::{json_line, json_text};

use crate::error::Error;

/// The error for a stream that cannot be written or read. A reader that went away is no failure.
pub fn broken_stream(error: std::io::Error) -> Error {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        return Error::broken_pipe();
    }
    Error::person(format!("cannot read or write: {error}")).hint("make room, or send the output elsewhere")
}
