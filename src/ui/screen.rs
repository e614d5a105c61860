//! How wide what is written to standard output may be.

use std::io::{self, IsTerminal};

use ratatui::crossterm::terminal;

/// Where nobody says how wide it is: in a pipe, in a file.
const USUAL: usize = 80;

/// The columns of the terminal that standard output is; 80 where it is none.
pub fn columns() -> usize {
    let asked = io::stdout().is_terminal().then(terminal::size).and_then(Result::ok);
    asked.map(|(columns, _)| usize::from(columns)).filter(|columns| *columns > 0).unwrap_or(USUAL)
}
