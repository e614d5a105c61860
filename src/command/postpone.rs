//! `retain deck postpone` and `retain deck advance`: due cards later, or cards ahead sooner.

use clap::Args as Arguments;

use super::Context;
use super::moves::{self, MoveMode};
use crate::error::{Done, Error, Result};
use crate::study::MoveRequest;

/// Put off due cards, those first that lose least by it.
#[derive(Arguments, Debug)]
pub(super) struct PostponeArgs {
    /// The deck, with the decks in it
    #[arg(required_unless_present = "undo")]
    deck: Option<String>,
    /// Over how many days they are spread (default: each by 5–10 % of its interval)
    #[arg(value_parser = moves::days)]
    days: Option<u32>,
    /// Which share of the due cards, over 0 up to 1 (default: all)
    #[arg(long, value_parser = moves::share)]
    share: Option<f64>,
    #[command(flatten)]
    mode: MoveMode,
}

/// Ask cards before they are due, those first that lose least by it.
#[derive(Arguments, Debug)]
pub(super) struct AdvanceArgs {
    /// The deck, with the decks in it
    #[arg(required_unless_present = "undo")]
    deck: Option<String>,
    /// Of the cards that are due within this many days
    #[arg(value_parser = moves::days, required_unless_present = "undo")]
    days: Option<u32>,
    /// Which share of them, over 0 up to 1 (default: all)
    #[arg(long, value_parser = moves::share)]
    share: Option<f64>,
    #[command(flatten)]
    mode: MoveMode,
}

/// Puts off due cards.
pub(super) fn postpone(context: &Context, args: &PostponeArgs) -> Result<Done> {
    let request = MoveRequest::Postpone(args.share.unwrap_or(1.0), args.days);
    run(context, &args.mode, &request, args.deck.as_deref())
}

/// Makes cards due before their time.
pub(super) fn advance(context: &Context, args: &AdvanceArgs) -> Result<Done> {
    let request = MoveRequest::Advance(args.share.unwrap_or(1.0), args.days.unwrap_or(1));
    run(context, &args.mode, &request, args.deck.as_deref())
}

fn run(context: &Context, mode: &MoveMode, request: &MoveRequest, deck: Option<&str>) -> Result<Done> {
    if mode.undo {
        return moves::undo(context, mode, request.command());
    }
    if deck.is_none() {
        return Err(Error::usage("no deck is named").hint("`retain deck list` shows all decks"));
    }
    moves::run(context, mode, request, deck)
}
