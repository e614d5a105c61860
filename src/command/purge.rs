//! `retain purge`: erase what was deleted.

use clap::Args as Arguments;

use super::progress::bars;
use super::{Context, ask};
use crate::error::{Done, Result};
use crate::study::BackupReason;
use crate::ui::purge;

/// Erase the texts of what was deleted.
#[derive(Arguments, Debug)]
pub struct Args {
    /// Show what would be erased, and erase nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let mut trainer = context.trainer()?;
    let plan = trainer.plan_purge()?;
    if plan.is_empty() {
        context.talk("there is nothing to erase: nothing is deleted")?;
        return Ok(Done::Whole);
    }
    context.talk(&purge::plan(&plan))?;
    if args.dry_run {
        return Ok(Done::Whole);
    }
    if !args.yes && !ask::yes(context, "erase it?", false, "nothing was erased")? {
        context.talk("nothing was erased")?;
        return Ok(Done::Whole);
    }
    let kept = trainer.keep_backup(BackupReason::Purge, &mut bars(context, None))?;
    trainer.purge(&plan)?;
    context.talk(&format!(
        "erased; a backup from before is in {}: it and older ones still have the texts, so delete them too if nobody is to read them",
        kept.display()
    ))?;
    Ok(Done::Whole)
}
