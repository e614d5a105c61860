//! What people and programs see: screens, lines, tables, diagnostics.

pub mod card;
mod card_json;
pub mod card_table;
pub mod csv;
pub mod curve;
pub mod decks;
pub mod diagnostics;
pub mod editor;
pub mod edits;
pub mod evaluation;
pub mod exam_score;
#[cfg(test)]
mod example;
pub mod fits;
mod front_end;
pub mod home;
pub mod import_preview;
pub mod import_report;
pub mod jsonl;
pub mod leeches;
pub mod lines;
pub mod overview;
#[cfg(test)]
mod overview_example;
pub mod overview_json;
pub mod paint;
pub mod plain;
pub mod plan;
pub mod progress;
pub mod report;
pub mod rich;
pub mod screen;
pub mod settings;
pub mod shift_report;
pub mod simulation;
pub mod tui;
pub mod whatif;
pub mod words;

pub use front_end::{About, FrontEnd, Wish};

use crate::error::Error;

/// A stream that cannot be written or read, in words. A reader that went away is no failure.
pub fn broken_stream(error: std::io::Error) -> Error {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        return Error::broken_pipe();
    }
    Error::person(format!("cannot read or write: {error}")).hint("make room, or send the output elsewhere")
}

/// A line of JSON.
pub(crate) fn json_line(row: &impl serde::Serialize) -> crate::error::Result<String> {
    let line = serde_json::to_string(row).map_err(|error| Error::fault(format!("cannot write JSON: {error}")))?;
    Ok(line + "\n")
}
