//! A database under two names (hard links). The write-ahead log belongs to a name, not to a file: who comes by the other name does not see it, and
//! writes another one.

use std::path::Path;

use super::backup::{BackupPolicy, BackupReason};
use super::database_file::plain;
use super::file_watch::FileIdentity;
use crate::error::Error;
use crate::model::shell_path;

/// Whether the file has a name besides this one that somebody could open it by.
pub(super) fn has_second_name(path: &Path, backups: &BackupPolicy) -> bool {
    let names = names(path);
    if names < 2 {
        return false;
    }
    // A restore that was cut off had just kept it as a backup, too.
    let found = FileIdentity::at(path);
    let kept = backups.backups(path);
    let kept = kept.iter().filter(|backup| backup.reason == BackupReason::Restore);
    let own = kept.filter(|backup| FileIdentity::at(&backup.path) == found).count() as u64;
    names > own + 1
}

/// How many names the file has.
#[cfg(unix)]
pub(super) fn names(path: &Path) -> u64 {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).map_or(1, |file| file.nlink())
}

#[cfg(not(unix))]
pub(super) fn names(_: &Path) -> u64 {
    1
}

/// The failure to write a database that has two names.
pub(super) fn two_names(path: &Path) -> Error {
    // A symbolic link leads to one of the names, and stays.
    let path = plain(path).unwrap_or_else(|_| path.into()).display().to_string();
    let (from, own) = (shell_path(&path), shell_path(&format!("{path}.own")));
    Error::person(format!(
        "the database has {} names (hard links), so it is only read: the newest answers are in a file that belongs to one name, and would be lost by the other",
        names(Path::new(&path))
    ))
    .named("two-names")
    .hint(format!(
        "to make this name a file of its own, when no `retain` runs: `cp -p {from} {own} && mv {own} {from}`; a copy by a link stays as it is now"
    ))
    .hint("answers that are not here are with the other name: if a file NAME-wal is next to that, go on under that name")
    .hint("or delete a name that has no such file next to it; a symbolic link (`ln -s`) does no harm")
}
