//! `retain backup`: a copy of the database, while it may be in use.

use std::path::PathBuf;

use clap::Args as Arguments;

use super::Context;
use crate::error::{Done, Error, Result};

/// Keep a copy of the database.
#[derive(Arguments, Debug)]
pub struct Args {
    /// Where to keep it (default: next to the database, named after the time)
    file: Option<PathBuf>,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let trainer = context.trainer()?;
    let now = trainer.now();
    let file = args.file.clone().unwrap_or_else(|| {
        let stamp: String = now.rfc3339().chars().filter(char::is_ascii_digit).take(14).collect();
        trainer.path().with_file_name(format!("retain-{stamp}.backup.db"))
    });
    if file.exists() {
        return Err(Error::person(format!("{}: there is a file of this name already", file.display()))
            .hint("name another one, or move it away"));
    }
    trainer.backup(&file)?;
    context.talk(&format!("backup saved to {}", file.display()))?;
    Ok(Done::Whole)
}
