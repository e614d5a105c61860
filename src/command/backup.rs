//! `retain backup`: a copy of the database, while it may be in use.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args as Arguments;

use super::Context;
use super::output::Destination;
use crate::error::{Done, Error, Result};
use crate::model::Moment;
use crate::study::{Trainer, is_backup};

/// Keep a copy of the database.
#[derive(Arguments, Debug)]
pub struct Args {
    /// Where to keep it; `-` is standard output (default: next to the database, named after the time)
    file: Option<PathBuf>,
    /// Replace a file that is no backup
    #[arg(long, requires = "file")]
    force: bool,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let trainer = context.trainer()?;
    let file = args.file.clone().unwrap_or_else(|| file_of_now(&trainer));
    if file.as_os_str() == "-" && io::stdout().is_terminal() {
        return Err(Error::person("a backup is not text, so a terminal cannot show it")
            .hint("send it elsewhere: `retain backup - > FILE`"));
    }
    let to = Destination::find(context, &file, args.force, is_backup)?;
    to.write_by_path(|file| trainer.backup(file))?;
    to.name().map_or(Ok(()), |name| context.talk(&format!("backup saved to {name}")))?;
    Ok(Done::Whole)
}

/// Where a backup goes that has no other place: next to the database, named after the time.
pub(super) fn file_of_now(trainer: &Trainer) -> PathBuf {
    file_beside(trainer.path(), trainer.now())
}

/// The same for a database that cannot be opened.
pub(super) fn file_beside(db: &Path, now: Moment) -> PathBuf {
    let stamp: String = now.rfc3339().chars().filter(char::is_ascii_digit).take(14).collect();
    db.with_file_name(format!("retain-{stamp}.backup.db"))
}
