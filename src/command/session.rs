//! What every command that asks questions shares: which front end is opened.

use std::io::{self, BufReader, IsTerminal};

use clap::Args;

use super::{Context, ask};
use crate::error::{Error, Result};
use crate::study::Trainer;
use crate::ui::{FrontEnd, decks, door, jsonl, lines, plain, tui, words};

/// How a session is held: its front end, its voice, and whether its clock is trusted.
#[derive(Args, Clone, Debug)]
pub(super) struct SessionFlags {
    /// Take answers also while the clock is before the last answer
    #[arg(long)]
    trust_clock: bool,
    /// Plain lines instead of a screen; `--plain=false` if the settings file says otherwise
    #[arg(long, conflicts_with = "json", num_args = 0..=1, require_equals = true, default_missing_value = "true", value_name = "BOOL")]
    plain: Option<bool>,
    /// Read questions aloud: a command that reads text from its input, or takes it where it has `{}`; `none` for no voice
    #[arg(long, value_name = "COMMAND", conflicts_with = "json")]
    say: Option<String>,
    /// JSON Lines, for programs
    #[arg(long)]
    pub(super) json: bool,
}

impl SessionFlags {
    /// The front end that was asked for.
    pub(super) fn front_end(&self, context: &Context) -> FrontEndChoice {
        FrontEndChoice::wanted(context.plain(self.plain), self.json)
    }

    /// Opens it.
    pub(super) fn open(&self, context: &Context) -> Result<Box<dyn FrontEnd>> {
        self.front_end(context).open(context, self.say.as_deref())
    }

    /// Whether answers are taken now: see [`may_take_answers`].
    pub(super) fn may_take_answers(&self, context: &Context, trainer: &Trainer) -> Result<bool> {
        may_take_answers(context, trainer, self.trust_clock, self.json)
    }
}

/// Says why nothing can be asked of this deck, or of all, on any day. Whether there is such a reason.
pub(super) fn says_why_idle(context: &Context, trainer: &Trainer, deck: Option<&str>) -> Result<bool> {
    let reason = trainer.idle_reason(deck)?;
    reason.as_ref().map_or(Ok(()), |reason| context.talk(&decks::idle(reason)))?;
    Ok(reason.is_some())
}

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
fn may_take_answers(context: &Context, trainer: &Trainer, trusted: bool, json: bool) -> Result<bool> {
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
