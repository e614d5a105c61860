//! What the parser of the command line says: help, the version, and what is wrong with the words that were typed.

use std::io::{self, IsTerminal};

use crate::ui::door;

/// Prints it and ends the program. The words that were typed are quoted, so they pass the door.
#[expect(clippy::disallowed_methods, reason = "nothing is open yet, and the parser would do the same")]
pub fn end(error: &clap::Error) -> ! {
    let to_person = error.use_stderr();
    let is_terminal = if to_person { io::stderr().is_terminal() } else { io::stdout().is_terminal() };
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
        || std::env::var_os("TERM").is_some_and(|term| term == "dumb")
        || std::env::args_os().any(|word| word == "--no-color");
    let painted = is_terminal && !plain;
    let text = if painted { error.render().ansi().to_string() } else { error.render().to_string() };
    // If this fails, there is nobody left to say it to.
    let _ = if to_person { door::talk(&text, painted) } else { door::print(&text, painted) };
    std::process::exit(error.exit_code())
}
