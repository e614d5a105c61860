//! What people and programs see: screens, lines, tables, diagnostics.

pub mod csv;
pub mod curve;
pub mod diagnostics;
pub mod editor;
pub mod exam_score;
#[cfg(test)]
mod example;
mod front_end;
pub mod home;
pub mod import_preview;
pub mod import_report;
pub mod jsonl;
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
pub mod shift_report;
pub mod simulation;
pub mod tui;
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
