//! Lines that a person types after a prompt, with the editing keys of every other field.

use rustyline::config::{Behavior, Configurer};
use rustyline::error::ReadlineError;
use rustyline::history::MemHistory;
use rustyline::{Config, Editor};

use crate::error::{Error, Result};
use crate::ui::broken_stream;

/// Asks on the terminal. The library that edits the line draws it itself: what a person types, and prompts of ours, which come from no bank.
pub(super) struct Prompter(Editor<(), MemHistory>);

impl Prompter {
    pub(super) fn open() -> Result<Self> {
        let config = Config::builder().behavior(Behavior::PreferTerm).bracketed_paste(true).build();
        let mut editor = Editor::with_history(config, MemHistory::new()).map_err(failed)?;
        editor.set_max_history_size(0).map_err(failed)?;
        Ok(Self(editor))
    }

    /// What was typed; `None` at the end of the input, or after Ctrl-C. What was pasted may have several lines.
    pub(super) fn ask(&mut self, what: &str) -> Result<Option<String>> {
        match self.0.readline(&format!("{what} ")) {
            Ok(typed) => Ok(Some(typed.trim().replace("\r\n", "\n").replace('\r', "\n"))),
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }
}

fn failed(error: ReadlineError) -> Error {
    match error {
        ReadlineError::Io(error) => broken_stream(error),
        other => Error::person(format!("the terminal cannot be used: {other}"))
            .hint("write in your editor: `retain add DECK --edit`"),
    }
}
