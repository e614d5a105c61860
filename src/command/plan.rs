//! `retain plan`: the way to the exam.

use clap::Args as Arguments;

use super::Context;
use super::progress::bars;
use crate::error::{Done, Result};
use crate::ui::paint::Paint;
use crate::ui::plan;

/// Forecast your exam score.
#[derive(Arguments, Debug)]
pub struct Args {
    /// A deck (with the decks in it) that has an exam date; all that have one where none is named
    deck: Option<String>,
    /// JSON Lines, an object for each exam
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let plans = context.trainer()?.exam_plans(args.deck.as_deref(), &mut bars(context, None))?;
    for plan in &plans {
        context.print(&if args.json {
            plan::json(plan)?
        } else {
            plan::text(plan, Paint::new(context.color_out()))
        })?;
    }
    Ok(Done::Whole)
}
