//! `retain reschedule`: due dates anew, after a change of parameters, retention or limits.

use clap::Args as Arguments;

use super::Context;
use super::beliefs;
use super::decks::Decks;
use super::shift::{self, Field, Mode, Title};
use crate::error::{Done, Result};
use crate::schedule::shift::reschedule_believing;

const COMMAND: &str = "reschedule";

/// Recompute due dates after a change of parameters, retention or limits.
#[derive(Arguments, Debug)]
pub struct Args {
    /// The deck, with the decks in it (default: all)
    deck: Option<String>,
    #[command(flatten)]
    mode: Mode,
}

/// Runs the command.
///
/// # Errors
/// When there is no such deck, nobody can be asked, or the database fails.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    if args.mode.undo {
        return shift::undo(context, &args.mode, COMMAND);
    }
    let mut store = context.store()?;
    let decks = Decks::read(store.reader())?;
    let field = Field::read(context, store.reader(), &decks, args.deck.as_deref())?;
    let beliefs = beliefs::in_doubt(store.reader(), &decks)?;
    let shifts = reschedule_believing(&field.cards(), &beliefs, &mut field.load(), field.today);
    let title = Title { command: COMMAND, why: "reschedule: the settings of today".into(), note: None };
    shift::carry_out(context, &mut store, &args.mode, &title, &field, &shifts)
}
