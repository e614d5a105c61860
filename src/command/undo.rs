//! `retain undo` and `retain redo`: take back what was done last, whatever it was, and bring it back.

use clap::Args as Arguments;

use super::{Context, ask};
use crate::error::{Done, Error, Result};
use crate::ui::{deeds, import_report, screen};

/// How many deeds are listed.
const LISTED: u32 = 20;

/// Take back what you did last, whatever it was.
#[derive(Arguments, Debug)]
pub struct Args {
    /// List the last 20 things you did, and take back nothing
    #[arg(long)]
    list: bool,
    /// Show what would be taken back, and take back nothing
    #[arg(long)]
    dry_run: bool,
    /// Take back without asking
    #[arg(long)]
    yes: bool,
    /// JSON Lines, for programs
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let mut trainer = context.trainer()?;
    if args.list {
        let deeds = trainer.last_deeds(LISTED)?;
        context.print(&if args.json { deeds::json(&deeds)? } else { deeds::list(&deeds, screen::columns()) })?;
        if deeds.is_empty() {
            context.talk("nothing was done yet")?;
        }
        return Ok(Done::Whole);
    }
    let next = trainer.next_undo()?;
    let older = trainer.passed_over_by_undo()?;
    if older > 0 && !args.json {
        context.talk(&deeds::passed_over(older))?;
    }
    let Some(next) = next else {
        let why = if trainer.is_after_purge()? {
            format!("{}: what was done before `retain purge` stays", deeds::NOTHING_TO_UNDO)
        } else {
            deeds::NOTHING_TO_UNDO.to_owned()
        };
        return Err(Error::person(why).named("nothing-to-undo").hint("`retain undo --list` shows what you did last"));
    };
    if next.deed.batch.is_some() && !args.json && (args.dry_run || !args.yes) {
        // What stays because it is in the log is said before anything is done.
        for taken in trainer.take_back_import(true)? {
            context.talk(&import_report::taken_back(&taken, true))?;
        }
    }
    if args.dry_run {
        if args.json {
            context.print(&deeds::json(&[next])?)?;
        } else {
            context.talk(&format!("would undo: {}", deeds::words(&next)))?;
        }
        return Ok(Done::Whole);
    }
    let question = format!("undo: {}?", deeds::words(&next));
    if next.is_wide() && !args.yes && !args.json && !ask::is_possible() {
        context.talk(&format!("would undo: {}", deeds::words(&next)))?;
    }
    if next.is_wide() && !args.yes && !ask::yes(context, &question, args.json, "nothing was taken back")? {
        context.talk("nothing was taken back")?;
        return Ok(Done::Whole);
    }
    let undone = trainer.undo()?;
    if let Some(undone) = &undone {
        if args.json {
            context.print(&deeds::reversed(undone, true)?)?;
        }
        for taken in &undone.imports {
            context.talk(&import_report::taken_back(taken, false))?;
        }
        context.talk(&deeds::undone(undone))?;
    }
    Ok(Done::Whole)
}

/// Bring back what `undo` took back.
#[derive(Arguments, Debug)]
pub struct RedoArgs {
    /// Nothing is asked: `retain undo` takes it back
    #[arg(long, hide = true)]
    yes: bool,
    /// JSON Lines, for programs
    #[arg(long)]
    json: bool,
}

/// Brings back what was taken back last.
pub fn redo(context: &Context, args: &RedoArgs) -> Result<Done> {
    let mut trainer = context.trainer()?;
    let Some(redone) = trainer.redo()? else {
        return Err(Error::person("there is nothing to bring back")
            .named("nothing-to-redo")
            .hint("a redo brings back what `retain undo` took back, until something else is done"));
    };
    if args.json {
        context.print(&deeds::reversed(&redone, false)?)?;
    }
    context.talk(&deeds::redone(&redone))?;
    Ok(Done::Whole)
}
