//! The width of the terminal.

use std::io::{self, IsTerminal};

use ratatui::crossterm::terminal;

/// The width of a pipe or a file.
const USUAL: usize = 80;

/// The columns of standard output; 80 if it is no terminal.
pub fn columns() -> usize {
    width(io::stdout().is_terminal())
}

/// The columns of standard error; 80 if it is no terminal.
pub fn columns_of_talk() -> usize {
    width(io::stderr().is_terminal())
}

fn width(terminal: bool) -> usize {
    let asked = terminal.then(terminal::size).and_then(Result::ok);
    asked.map(|(columns, _)| usize::from(columns)).filter(|columns| *columns > 0).unwrap_or(USUAL)
}
