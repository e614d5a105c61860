//! `retain due`: how much is due, for prompts and status bars.

use clap::Args as Arguments;

use super::Context;
use crate::error::{Done, Result};
use crate::study::ReviewRequest;
use crate::ui::due;

/// Print how much is due today; the exit code is 1 if nothing is.
#[derive(Arguments, Debug)]
pub struct Args {
    /// Only this deck and the decks in it
    deck: Option<String>,
    /// What to print: text with `{cards}`, `{due}`, `{new}`, `{learning}` or `{exam}`
    #[arg(long, value_name = "TEXT", default_value = due::PLAIN, conflicts_with = "json")]
    format: String,
    /// A line of JSON, for programs
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let request = ReviewRequest { deck: args.deck.clone(), ..ReviewRequest::default() };
    let work = context.trainer()?.plan_day(&request)?.all_work();
    context.print(&if args.json { due::json(&work)? } else { due::text(&work, &args.format)? })?;
    Ok(if work.cards() == 0 { Done::Nothing } else { Done::Whole })
}
