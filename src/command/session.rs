//! What every command that asks questions shares: which front end is opened.

use std::io::{self, BufReader, IsTerminal};

use super::{Context, ask};
use crate::error::{Error, Result};
use crate::study::Trainer;
use crate::ui::{FrontEnd, door, jsonl, lines, plain, tui, words};

/// Whether the terminal says of itself that it can only print lines.
fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// How a session is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FrontEndChoice {
    Terminal,
    Plain,
    Json,
}

impl FrontEndChoice {
    /// The one that was asked for; plain lines if there is no terminal.
    pub(super) fn wanted(plain: bool, json: bool) -> Self {
        match (plain, json) {
            (_, true) => Self::Json,
            (true, _) => Self::Plain,
            _ if io::stdin().is_terminal() && io::stdout().is_terminal() && !is_dumb() => Self::Terminal,
            _ => Self::Plain,
        }
    }

    /// Opens it. `say` is the command that reads aloud, as it was typed.
    pub(super) fn open(self, context: &Context, say: Option<&str>) -> Result<Box<dyn FrontEnd>> {
        let input = || lines::InputLines::new(BufReader::new(io::stdin()), lines::signals()?);
        let clock = context.clock;
        Ok(match self {
            Self::Json => Box::new(jsonl::JsonLines::new(input()?, door::lines())),
            Self::Plain => {
                let voice = context.voice(say)?;
                Box::new(plain::Plain::new(input()?, door::lines(), io::stdin().is_terminal()).speaking(voice))
            }
            Self::Terminal => {
                // A wrong variable is reported before the terminal is taken over.
                let (theme, pictures) = (context.theme()?, context.pictures()?);
                let voice = context.voice(say)?;
                let screen = tui::Tui::new(theme, move || clock.now())?.showing(pictures);
                Box::new(screen.obeying(context.config.keys()).editing(context.editor()).speaking(voice))
            }
        })
    }
}

/// Whether answers are taken now: not into a database that can only be read, and with a clock that is days before the last answer only after
/// a yes.
pub(super) fn may_take_answers(context: &Context, trainer: &Trainer, trusted: bool, json: bool) -> Result<bool> {
    trainer.refuse_read_only()?;
    let Some(behind) = trainer.clock_behind()?.filter(|_| !trusted) else { return Ok(true) };
    let why = words::clock_behind(&behind);
    let yes = ask::confirm(context, &format!("{why}\ntake answers at this time?"), json, || {
        Error::person(format!("no answer is taken: {why}"))
            .named("clock-behind")
            .hint("set the clock of this computer; if it is right, add `--trust-clock`")
    })?;
    if !yes {
        context.talk("no answer was taken")?;
    }
    Ok(yes)
}

/// Minutes as the limit of a session, in milliseconds.
pub(super) fn minutes(minutes: u32) -> i64 {
    i64::from(minutes) * 60_000
}
