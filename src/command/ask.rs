//! Questions that are answered with yes or no.

use std::io::{self, BufRead, IsTerminal};

use super::Context;
use crate::error::{Error, Result};
use crate::ui::broken_stream;

/// Asks the person; anything but a yes is a no. `nothing` says what did not happen if nobody can be asked, because this is no terminal or a
/// program reads the output.
pub(super) fn yes(context: &Context, question: &str, json: bool, nothing: &str) -> Result<bool> {
    confirm(context, question, json, || {
        let why = if json { "a program reads this" } else { "this is not a terminal" };
        Error::person(format!("{nothing}: {why}, so I cannot ask"))
            .hint("add `--yes` to go ahead, or `--dry-run` to look first")
    })
}

/// Whether there is a person to ask.
pub(super) fn is_possible() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks the person; anything but a yes is a no. `nobody` is the failure if nobody can be asked.
pub(super) fn confirm(context: &Context, question: &str, json: bool, nobody: impl FnOnce() -> Error) -> Result<bool> {
    if json || !is_possible() {
        return Err(nobody());
    }
    context.talk(&format!("{question} [y/N]"))?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(broken_stream)?;
    Ok(is_yes(&line))
}

/// Whether what a person typed is a yes.
pub(super) fn is_yes(typed: &str) -> bool {
    ["y", "yes"].contains(&typed.trim().to_lowercase().as_str())
}

/// Asks the person on the terminal what is usually a yes, and just Enter is one. `None`, at the end of the input, after `q` or after three answers
/// that are neither, is no yes: then nothing happens.
pub(super) fn go_on(context: &Context, question: &str) -> Result<Option<bool>> {
    for _ in 0..3 {
        context.talk(&format!("{question} [Y/n]"))?;
        let mut line = String::new();
        if io::stdin().lock().read_line(&mut line).map_err(broken_stream)? == 0 {
            return Ok(None);
        }
        match line.trim().to_lowercase().as_str() {
            "" | "y" | "yes" => return Ok(Some(true)),
            "n" | "no" => return Ok(Some(false)),
            "q" | "quit" | "later" => return Ok(None),
            _ => {}
        }
    }
    Ok(None)
}
