//! `retain rebuild`: remakes all memory from the log.

use clap::Args as Arguments;

use super::Context;
use super::progress::bars;
use crate::error::{Done, Result};
use crate::ui::words::count;

/// Rebuild the schedule from the answer log.
#[derive(Arguments, Debug)]
pub struct Args {
    /// Also if the log is not as it was sealed, or the schedule knows answers that it does not have
    #[arg(long)]
    yes: bool,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let mut trainer = context.trainer()?;
    match trainer.refuse_to_hide_loss() {
        Err(error) if args.yes && error.code() == "log-not-as-sealed" => {
            let copy = trainer.keep_before_repair()?;
            context.talk(&format!("backup saved to {}", copy.display()))?;
        }
        confirmed => confirmed?,
    }
    let cards = trainer.rebuild(&mut bars(context, None))?;
    context.talk(&format!("rebuilt the schedule of {} from the answer log", count(cards as u64, "card")))?;
    Ok(Done::Whole)
}
