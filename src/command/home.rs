//! `retain` alone: today at a glance.

use super::Context;
use crate::error::{Done, Result};
use crate::study::Home;
use crate::ui::paint::Paint;
use crate::ui::{home, words};

/// Runs the command.
pub fn run(context: &Context) -> Result<Done> {
    if !context.names_database && !context.has_database() {
        // Whoever begins is told how; a path that was named and leads nowhere is a slip.
        context.print(&home::text(&Home::default(), Paint::new(context.color_out())))?;
        return Ok(Done::Whole);
    }
    let trainer = context.trainer()?;
    context.print(&home::text(&trainer.home()?, Paint::new(context.color_out())))?;
    if let Some(behind) = trainer.clock_behind()? {
        context.talk(&format!("warning: {}; is the clock right?", words::clock_behind(&behind)))?;
    }
    Ok(Done::Whole)
}
