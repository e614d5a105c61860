//! `retain backup`: a copy of the database, while it may be in use, and the list of all copies.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args as Arguments;

use super::Context;
use super::output::Destination;
use super::progress::bars;
use crate::error::{Done, Error, Result};
use crate::study::{BackupReason, Trainer, free_name_in, is_backup, refuse_logs_at};
use crate::ui::backups;

/// Keep a copy of the database, or list the copies.
#[derive(Arguments, Debug)]
pub struct Args {
    /// Where to keep it: a file or a folder, `-` for standard output (default: the folder of backups); or `list`
    #[arg(value_name = "FILE|FOLDER|list")]
    file: Option<PathBuf>,
    /// Replace a file that is no backup of this database
    #[arg(long, requires = "file")]
    force: bool,
    /// With `list`: JSON Lines, for programs
    #[arg(long, requires = "file")]
    json: bool,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    if args.file.as_deref() == Some(Path::new("list")) {
        return list(context, args.json);
    }
    if args.json {
        return Err(Error::usage("`--json` is for the list of backups").hint("`retain backup list --json`"));
    }
    let trainer = context.trainer_to_copy()?;
    let Some(file) = &args.file else {
        let kept = trainer.keep_backup(BackupReason::ByHand, &mut bars(context, None))?;
        context.talk(&format!("backup saved to {}", kept.display()))?;
        warn_of_flaws(context, &trainer)?;
        return Ok(Done::Whole);
    };
    let means_folder = file.to_string_lossy().ends_with(std::path::is_separator);
    if means_folder && !file.is_dir() {
        return Err(Error::person(format!("there is no folder {}", file.display()))
            .hint("make it, or name another one; a disk may not be mounted"));
    }
    let file = if file.is_dir() {
        free_name_in(file, trainer.path(), BackupReason::ByHand, trainer.now())
    } else {
        file.clone()
    };
    if file.as_os_str() == "-" && io::stdout().is_terminal() {
        return Err(Error::person("a backup is not text, so a terminal cannot show it")
            .hint("send it elsewhere: `retain backup - > FILE`"));
    }
    if !args.force && is_backup(&file) && !trainer.holds_backup(&file) {
        return Err(Error::person(format!(
            "{}: this is a backup of another database, or it has what this one does not have",
            file.display()
        ))
        .named("file-exists")
        .hint("name another file, or replace this one with `--force`"));
    }
    let to = Destination::find(context, &file, args.force, is_backup)?;
    if to.keeps_nothing() {
        return Err(Error::person(format!("{}: this is a device, which keeps no backup", file.display()))
            .hint("name a file or a folder, or `-` for standard output"));
    }
    if file.as_os_str() != "-" {
        refuse_logs_at(&file)?;
    }
    to.write_by_path(|file| trainer.backup(file))?;
    to.name().map_or(Ok(()), |name| context.talk(&format!("backup saved to {name}")))?;
    warn_of_flaws(context, &trainer)?;
    Ok(Done::Whole)
}

/// A damaged copy is better than none, and is not to be taken for a sound one.
fn warn_of_flaws(context: &Context, trainer: &Trainer) -> Result<()> {
    match trainer.flaws().as_slice() {
        [] => Ok(()),
        [first, more @ ..] => {
            let more = if more.is_empty() { String::new() } else { format!(" (and {} more)", more.len()) };
            context.talk(&format!(
                "warning: the database is not sound, and so is the backup: {first}{more}\nhint: `retain check` says what is wrong"
            ))
        }
    }
}

/// All backups, the newest first. The database itself is not opened: it may be damaged or gone.
fn list(context: &Context, json: bool) -> Result<Done> {
    let all = Trainer::backups(&context.db, &context.backup_policy());
    let offset = context.clock.now().offset_minutes;
    if json {
        context.print(&backups::json(&all, offset)?)?;
    } else if all.is_empty() && !context.has_database() {
        context.talk(&format!("there is no backup of {}, and no database at this path", context.db.display()))?;
    } else if all.is_empty() {
        context.talk("there is no backup yet: `retain backup` makes one")?;
    } else {
        context.print(&backups::text(&all, offset))?;
    }
    Ok(Done::Whole)
}
