//! What every command that asks questions shares: the front ends, and the loop between them and the session machine.

use std::io::{self, BufReader, IsTerminal};

use super::Context;
use crate::error::Result;
use crate::session::{Action, Next, Notice, Session, Summary};
use crate::study::World;
use crate::ui::paint::Paint;
use crate::ui::{FrontEnd, Wish, card, diagnostics, edits, jsonl, lines, plain, tui};

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

    pub(super) fn open(self, context: &Context) -> Result<Box<dyn FrontEnd>> {
        let input = || lines::InputLines::new(BufReader::new(io::stdin()), lines::signals()?);
        let clock = context.clock;
        Ok(match self {
            Self::Json => Box::new(jsonl::JsonLines::new(input()?, io::stdout())),
            Self::Plain => Box::new(plain::Plain::new(input()?, io::stdout(), io::stdin().is_terminal())),
            Self::Terminal => {
                // A wrong variable is reported before the terminal is taken over.
                let (theme, pictures) = (context.theme()?, context.pictures()?);
                Box::new(tui::Tui::new(theme, move || clock.now())?.showing(pictures))
            }
        })
    }
}

/// Minutes as the limit of a session, in milliseconds.
pub(super) fn minutes(minutes: u32) -> i64 {
    i64::from(minutes) * 60_000
}

/// Lets the person edit the question that is shown, until the text can be used or they leave it as it is.
fn edit(front: &mut dyn FrontEnd, session: &Session, world: &mut World<'_>) -> Result<Option<Action>> {
    let Some((card, before)) = world.text_of(session)? else {
        return Ok(None);
    };
    let (mut text, mut problems) = (before.clone(), None::<String>);
    loop {
        let Some(written) = front.edit(&text, problems.as_deref())? else {
            if problems.is_some() {
                let path = world.keep_text(card, &text)?;
                let kept = format!("nothing changed; the text is kept in {}", path.display());
                front.notify(&Notice::Edited(kept), world.now())?;
            }
            return Ok(None);
        };
        let edited = match world.apply_edit(card, &before, &written)? {
            None => "the card is gone".into(),
            Some(Ok(edited)) => edits::words(&edited).replace('\n', "; "),
            Some(Err(refusal)) => {
                let plain = Paint::new(false);
                let refused = edits::refused(refusal, "the text", plain);
                (text, problems) = (written, Some(diagnostics::error(&refused, plain)));
                continue;
            }
        };
        front.notify(&Notice::Edited(edited), world.now())?;
        return world.reload(card).map(|loaded| Some(Action::Edited(loaded)));
    }
}

/// Runs a session to its end: what the person does goes into the machine, what the machine asks for is done at once. What it came
/// to.
pub(super) fn drive(front: &mut dyn FrontEnd, session: &mut Session, world: &mut World<'_>) -> Result<Summary> {
    let mut step = session.begin(world.now());
    loop {
        for notice in &step.notices {
            front.notify(notice, world.now())?;
        }
        step = match step.next {
            Next::Request(request) => {
                let reply = world.perform(request)?;
                session.reply(world.now(), reply)
            }
            Next::End(summary) => {
                front.finish(&summary, world.now())?;
                return Ok(summary);
            }
            Next::Act => {
                let action = action(front, session, world)?;
                session.act(world.now(), action)
            }
        };
    }
}

/// What the person does next with the session. What it shows aside is shown until then.
fn action(front: &mut dyn FrontEnd, session: &Session, world: &mut World<'_>) -> Result<Action> {
    loop {
        match front.act(session, world.now())? {
            Wish::Act(action) => return Ok(action),
            // Both would give the answer away.
            Wish::About | Wish::Edit if session.is_exam() => {
                front.notify(&Notice::Refused("not in an exam"), world.now())?;
            }
            Wish::About => {
                if let Some(details) = world.details(session)? {
                    front.about(&card::about(&details, world.now())?)?;
                }
            }
            Wish::Edit => {
                if let Some(action) = edit(front, session, world)? {
                    return Ok(action);
                }
            }
        }
    }
}
