//! `retain restore`: back to a backup.

use clap::Args as Arguments;

use super::progress::bars;
use super::{Context, ask};
use crate::error::{Done, Result};
use crate::study::{Trainer, WhichBackup};
use crate::ui::backups;

/// Go back to a backup. What is there now is kept.
#[derive(Arguments, Debug)]
pub struct Args {
    /// A number of `retain backup list`, `latest`, a date (`2026-11-23`, with or without a time), or a file
    #[arg(required_unless_present = "undo", conflicts_with = "undo")]
    which: Option<String>,
    /// Put back what the newest restore replaced
    #[arg(long)]
    undo: bool,
    /// Say what would happen, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let policy = context.backup_policy();
    let which = args.which.as_deref().map_or(WhichBackup::Replaced, WhichBackup::Named);
    let plan = Trainer::plan_restore(&context.db, which, &policy, context.clock)?;
    context.talk(&backups::plan(&plan, &context.db))?;
    if args.dry_run {
        return Ok(Done::Whole);
    }
    if !args.yes && !ask::yes(context, "go back to it?", false, "nothing was restored")? {
        context.talk("nothing was restored")?;
        return Ok(Done::Whole);
    }
    let restored = Trainer::restore(&context.db, &plan, &policy, context.clock, &mut bars(context, None))?;
    context.talk(&backups::restored(&restored, &plan))?;
    Ok(Done::Whole)
}
