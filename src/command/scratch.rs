//! A database that is thrown away, for dry runs.

use tempfile::TempDir;

use super::Context;
use crate::error::{Error, Result};
use crate::study::Trainer;

/// The database, which is made if it is not there. A dry run makes none: it tries the import on one that is thrown away.
pub(super) fn trainer_for(context: &Context, dry_run: bool) -> Result<(Trainer, Option<TempDir>)> {
    if !dry_run || context.has_database() {
        return Ok((context.trainer_or_new()?, None));
    }
    let folder = tempfile::tempdir().map_err(|error| {
        Error::person(format!("no folder to try the import in can be made: {error}"))
            .hint("set `TMPDIR` to a folder with room")
    })?;
    let mut scratch = context.clone();
    scratch.db = folder.path().join("retain.db");
    Ok((scratch.trainer_or_new()?, Some(folder)))
}
