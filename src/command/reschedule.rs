//! `retain reschedule`: due dates computed again, after a change of parameters, retention or limits.

use clap::Args as Arguments;

use super::Context;
use super::moves::{self, MoveMode};
use crate::error::{Done, Result};
use crate::study::MoveRequest;

/// Recompute due dates after a change of parameters, retention or limits.
#[derive(Arguments, Debug)]
pub struct Args {
    /// The deck, with the decks in it (default: all)
    deck: Option<String>,
    #[command(flatten)]
    mode: MoveMode,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let request = MoveRequest::Reschedule;
    if args.mode.undo {
        return moves::undo(context, &args.mode, request.command());
    }
    moves::run(context, &args.mode, &request, args.deck.as_deref())
}
