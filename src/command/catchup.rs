//! `retain catchup`: back after weeks away, without a wall of cards.

use clap::Args as Arguments;

use super::Context;
use super::moves::{self, MoveMode};
use crate::error::{Done, Result};
use crate::study::MoveRequest;

/// Spread a backlog over several days, those at risk first.
#[derive(Arguments, Debug)]
pub struct Args {
    /// The deck, with the decks in it (default: all)
    deck: Option<String>,
    /// Over how many days, today among them (default: as few as the reviews per day allow)
    #[arg(long, value_name = "N", value_parser = moves::days)]
    days: Option<u32>,
    #[command(flatten)]
    mode: MoveMode,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let request = MoveRequest::CatchUp(args.days);
    if args.mode.undo {
        return moves::undo(context, &args.mode, request.command());
    }
    moves::run(context, &args.mode, &request, args.deck.as_deref())
}
