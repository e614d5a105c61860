//! `retain evaluate`: how well recall is predicted, and what that means.

use clap::Args as Arguments;

use super::Context;
use super::interrupt::Interrupt;
use super::progress::bars;
use crate::error::{Done, Result};
use crate::ui::evaluation;

/// Show how well recall is predicted, in words, figures and a picture.
#[derive(Arguments, Debug)]
pub struct Args {
    /// Only this deck and the decks in it
    deck: Option<String>,
    /// The same as one line of JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let interrupt = Interrupt::listen()?;
    let deck = args.deck.as_deref();
    let figures = context.trainer()?.evaluate(deck, &mut bars(context, Some(interrupt)))?;
    context.print(&if args.json { evaluation::json(deck, &figures)? } else { evaluation::text(deck, &figures) })?;
    Ok(Done::Whole)
}
