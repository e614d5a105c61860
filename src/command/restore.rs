//! `retain restore`: back to a backup.

use std::path::{Path, PathBuf};

use clap::Args as Arguments;

use super::progress::bars;
use super::{Context, ask};
use crate::error::{Done, Result};
use crate::study::{IntakeConsent, Trainer, WhichBackup, is_rescue_file};
use crate::ui::backups;

/// Go back to a backup. What is there now is kept.
#[derive(Arguments, Debug)]
pub struct Args {
    /// A number of `retain backup list`, `latest`, a date (`2026-11-23`, with or without a time), or a file
    #[arg(required_unless_present_any = ["undo", "answers"], conflicts_with = "undo")]
    which: Option<String>,
    /// Only enter the answers of FILE that are missing here: a rescue file, a backup, another database, a damaged one
    #[arg(long, value_name = "FILE", conflicts_with_all = ["which", "undo"])]
    answers: Option<PathBuf>,
    /// The file is of this database, although nothing in it shows that
    #[arg(long, requires = "answers")]
    same_database: bool,
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
    let rescue = args.which.as_ref().map(PathBuf::from).filter(|file| is_rescue_file(file));
    if let Some(file) = args.answers.clone().or(rescue) {
        return enter_answers(context, &file, args);
    }
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

/// Enters the answers of a file into the log, or says what that would come to.
fn enter_answers(context: &Context, file: &Path, args: &Args) -> Result<Done> {
    let mut trainer = context.trainer()?;
    let changed = Trainer::days_changed_in(file)?;
    if !changed.is_empty() {
        context.talk(&backups::changed_days(&changed))?;
    }
    let ask = || ask::yes(context, "enter the answers of these days, too?", false, "these days were left out");
    let changed_days = args.yes || (!changed.is_empty() && !args.dry_run && ask().unwrap_or(false));
    let consent = IntakeConsent { changed_days, same_database: args.same_database };
    let taken =
        if args.dry_run { trainer.plan_answers(file, consent)? } else { trainer.take_in_answers(file, consent)? };
    context.talk(&backups::taken_in(&taken, args.dry_run))?;
    Ok(if taken.left_out.is_empty() && taken.nameless == 0 && !taken.damaged { Done::Whole } else { Done::InPart })
}
