//! `retain vacation`: days off, with what is due on them spread over the days around.

use clap::Args as Arguments;

use super::Context;
use super::moves::{self, MoveMode};
use crate::error::{Done, Error, Result};
use crate::model::StudyDay;
use crate::study::MoveRequest;

/// Keep days free: spread what is due on them over the days around.
#[derive(Arguments, Debug)]
pub struct Args {
    /// The first day off, as `2026-12-24`
    #[arg(required_unless_present = "undo")]
    from: Option<String>,
    /// The last day off
    #[arg(required_unless_present = "undo")]
    to: Option<String>,
    /// The deck, with the decks in it (default: all)
    deck: Option<String>,
    #[command(flatten)]
    mode: MoveMode,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    if args.mode.undo {
        return moves::undo(context, &args.mode, "vacation");
    }
    let (Some(from), Some(to)) = (&args.from, &args.to) else {
        return Err(Error::usage("the days are missing").hint("write `retain vacation FROM TO`"));
    };
    let request = MoveRequest::Vacation(date(from)?, date(to)?);
    moves::run(context, &args.mode, &request, args.deck.as_deref())
}

fn date(text: &str) -> Result<StudyDay> {
    text.parse().map_err(|_| Error::person(format!("`{text}` is not a date")).hint("write it as `2026-12-24`"))
}
