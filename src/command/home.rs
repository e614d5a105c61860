//! `retain` alone: today at a glance.

use super::Context;
use crate::error::{Done, Result};
use crate::ui::home;
use crate::ui::paint::Paint;

/// Runs the command.
pub fn run(context: &Context) -> Result<Done> {
    context.print(&home::text(&context.trainer()?.home()?, Paint::new(context.color_out())))?;
    Ok(Done::Whole)
}
