//! `retain rebuild`: remakes all memory from the log.

use super::Context;
use super::progress::bars;
use crate::error::{Done, Result};

/// Runs the command.
pub fn run(context: &Context) -> Result<Done> {
    let cards = context.trainer()?.rebuild(&mut bars(context, None))?;
    context.talk(&format!("remade the memory of {cards} cards from the log"))?;
    Ok(Done::Whole)
}
