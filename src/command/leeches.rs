//! `retain leeches`: the cards that are forgotten again and again, with why, and what to do about it.

use clap::Args as Arguments;

use super::Context;
use crate::error::{Done, Result};
use crate::ui::leeches;

/// Cards that are forgotten again and again, and why.
#[derive(Arguments, Debug)]
pub struct Args {
    /// Only this deck and the decks in it
    deck: Option<String>,
    /// JSON Lines, for programs
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let found = context.trainer()?.leeches(args.deck.as_deref())?;
    if args.json {
        context.print(&leeches::json(&found)?)?;
        return Ok(Done::Whole);
    }
    context.print(&leeches::text(&found))?;
    context.talk(if found.is_empty() { "there are no leeches\n" } else { leeches::WAYS_OUT })?;
    Ok(Done::Whole)
}
