//! `retain rebuild`: remakes all memory from the log.

use super::Context;
use super::progress::bars;
use crate::error::{Done, Result};
use crate::ui::words::count;

/// Runs the command.
pub fn run(context: &Context) -> Result<Done> {
    let cards = context.trainer()?.rebuild(&mut bars(context, None))?;
    context.talk(&format!("rebuilt the schedule of {} from the answer log", count(cards as u64, "card")))?;
    Ok(Done::Whole)
}
