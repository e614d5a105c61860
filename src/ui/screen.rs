//! How wide what is written to a terminal may be.

use std::io::{self, IsTerminal};

use ratatui::crossterm::terminal;

/// Where nobody says how wide it is: in a pipe, in a file.
const USUAL: usize = 80;

/// The columns of the terminal that standard output is; 80 where it is none.
pub fn columns() -> usize {
    of(io::stdout().is_terminal())
}

/// The columns of the terminal that standard error is; 80 where it is none.
pub fn columns_of_talk() -> usize {
    of(io::stderr().is_terminal())
}

fn of(terminal: bool) -> usize {
    let asked = terminal.then(terminal::size).and_then(Result::ok);
    asked.map(|(columns, _)| usize::from(columns)).filter(|columns| *columns > 0).unwrap_or(USUAL)
}
