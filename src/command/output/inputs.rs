//! Outputs never destroy inputs: what belongs to the database is not written over, whatever it is called.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::study::{COMPANIONS, KEPT_WALK, companion, is_backup};
use crate::ui::config::CONFIG_FILE;

/// Fails if a file belongs to the database: it is one of its files or in the media folder, by name or by any link.
pub(super) fn refuse_inputs(db: &Path, media: &Path, target: &Path) -> Result<()> {
    let refused = |what: &str| {
        Err(Error::person(format!("this is {what}, so nothing was written"))
            .named("output-is-input")
            .hint("name another file"))
    };
    // SQLite follows links, and keeps the other files next to what they lead to.
    let mut databases = vec![db.to_path_buf()];
    databases.extend(fs::canonicalize(db));
    if databases.iter().any(|db| is_same(db, target)) {
        return refused("the database itself");
    }
    let mut companions =
        databases.iter().flat_map(|db| COMPANIONS.into_iter().chain([KEPT_WALK]).map(move |end| companion(db, end)));
    if companions.any(|file| is_same(&file, target)) {
        return refused("a file of the database");
    }
    if place(target).zip(fs::canonicalize(media).ok()).is_some_and(|(target, media)| target.starts_with(media))
        || (target.exists() && holds(media, target))
    {
        return refused("in the media folder of the database");
    }
    Ok(())
}

/// Fails if a file is one that this program keeps for the person: a backup, or its settings. Their own commands write them.
pub(super) fn refuse_kept(db: &Path, target: &Path) -> Result<()> {
    let what = if is_backup(target) {
        "a backup"
    } else if is_same(&db.with_file_name(CONFIG_FILE), target) {
        "the settings file of this program"
    } else {
        return Ok(());
    };
    Err(Error::person(format!("this is {what}, so nothing was written"))
        .named("output-is-input")
        .hint("name another file"))
}

/// Whether a folder holds a file, also by another name.
fn holds(folder: &Path, file: &Path) -> bool {
    let mut entries = fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    entries.any(|entry| is_same(&entry, file))
}

/// Whether two paths are one file, or would be.
fn is_same(one: &Path, other: &Path) -> bool {
    match (identity(one), identity(other)) {
        (Some(one), Some(other)) => one == other,
        (None, None) => place(one).is_some_and(|one| Some(one) == place(other)),
        _ => false,
    }
}

/// A path without links on the way to it; the file need not be there.
fn place(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    Some(fs::canonicalize(path.parent()?).ok()?.join(path.file_name()?))
}

/// The device and the number of a file there.
#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|found| (found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}
