//! `retain where`: where the files are, and how large.

use clap::Args as Arguments;

use super::Context;
use crate::error::{Done, Result};
use crate::study::Places;
use crate::ui::places;

/// Show where the database, media, backups and settings are, and how large.
#[derive(Arguments, Debug)]
pub struct Args {
    /// JSON, for programs
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let found = Places::around(&context.db, &context.backup_policy());
    context.print(&if args.json {
        places::json(&found, &context.config)?
    } else {
        places::text(&found, &context.config)
    })?;
    Ok(Done::Whole)
}

/// Says it before another command, as `-v` asks.
pub fn talk(context: &Context) -> Result<()> {
    context.talk(&places::text(&Places::around(&context.db, &context.backup_policy()), &context.config))
}
