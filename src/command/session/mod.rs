//! What every command that asks questions shares: the front ends, the world behind the session machine, and the loop between them.

mod world;

use std::collections::VecDeque;
use std::io::{self, BufReader, IsTerminal};

use super::Context;
use crate::error::Result;
use crate::session::{Effect, Event, Notice, Session, Summary};
use crate::ui::{FrontEnd, Wish, jsonl, plain, tui};

pub(super) use world::World;

/// How a session is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    Terminal,
    Plain,
    Json,
}

impl Face {
    /// The one that was asked for; plain lines where there is no terminal.
    pub(super) fn wanted(plain: bool, json: bool) -> Self {
        match (plain, json) {
            (_, true) => Self::Json,
            (true, _) => Self::Plain,
            _ if io::stdin().is_terminal() && io::stdout().is_terminal() => Self::Terminal,
            _ => Self::Plain,
        }
    }

    pub(super) fn open(self, context: &Context) -> Result<Box<dyn FrontEnd>> {
        let input = || BufReader::new(io::stdin());
        Ok(match self {
            Self::Json => Box::new(jsonl::JsonLines::new(input(), io::stdout())),
            Self::Plain => Box::new(plain::Plain::new(input(), io::stdout())),
            Self::Terminal => {
                let clock = context.clock;
                Box::new(tui::Tui::new(context.theme()?, move || clock.now())?)
            }
        })
    }
}

/// So many minutes as the limit of a session.
pub(super) fn minutes(minutes: u32) -> i64 {
    i64::from(minutes) * 60_000
}

/// Runs a session to its end: what the person does goes into the machine, what the machine asks for is done at once. What it came
/// to.
pub(super) fn drive(front: &mut dyn FrontEnd, session: &mut Session, world: &mut World<'_>) -> Result<Summary> {
    let mut effects = VecDeque::from(session.step(world.now(), Event::Begin));
    loop {
        while let Some(effect) = effects.pop_front() {
            match effect {
                Effect::Tell(notice) => front.tell(&notice, world.now())?,
                Effect::Finish(summary) => {
                    front.finish(&summary, world.now())?;
                    return Ok(summary);
                }
                effect => {
                    let event = world.perform(effect)?;
                    effects.extend(session.step(world.now(), event));
                }
            }
        }
        match front.act(session, world.now())? {
            Wish::Event(event) => effects.extend(session.step(world.now(), event)),
            // Both would give the answer away.
            Wish::About | Wish::Edit if session.is_exam() => {
                front.tell(&Notice::Refused("not in an exam"), world.now())?;
            }
            Wish::About | Wish::Edit => {}
        }
    }
}
