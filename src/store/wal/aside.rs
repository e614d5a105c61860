//! What logs are called that are kept for a person and not for SQLite.

use std::path::{Path, PathBuf};

use crate::store::database_file::companion;

/// What a write-ahead log is called that does not belong to the database next to it.
pub(in crate::store) const OF_ANOTHER: &str = "-wal.of-another-database";
/// What the copy of a write-ahead log is called that was damaged.
pub(in crate::store) const DAMAGED: &str = "-wal.damaged";

/// This name, or the first one with a number that is free.
pub(in crate::store) fn free(path: &Path) -> PathBuf {
    (2..)
        .map(|number| companion(path, &format!("-{number}")))
        .find(|path| !path.exists())
        .filter(|_| path.exists())
        .unwrap_or_else(|| path.into())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn logs_that_are_set_aside_replace_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        assert_eq!(free(&path), path);
        fs::write(&path, "").expect("a file");
        assert_eq!(free(&path), folder.path().join("a-2"));
    }
}
