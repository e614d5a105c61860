//! Whether the file that is open is still the one at its path.
//!
//! A file that was moved, deleted or replaced stays open for whoever has it open. SQLite goes on to write into it, and into a write-ahead log
//! that nobody will ever read again. See "Unlinking or renaming a database file while in use" in
//! <https://www.sqlite.org/howtocorrupt.html>.

use std::cell::Cell;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::database_file::companion;
use crate::error::{Error, Result};

/// What a write-ahead log is called that does not belong to the database next to it.
const SET_ASIDE: &str = "-wal.of-another-database";
/// What holds the newest answers, and what the processes agree by, next to the database.
const SHARED: [&str; 2] = ["-wal", "-shm"];

/// Which file a name leads to: device and inode. Elsewhere than on Unix an open database can be neither moved nor deleted, so that it is enough
/// that there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileIdentity {
    device: u64,
    inode: u64,
}

impl FileIdentity {
    /// The file at this path, through links; `None` if there is none.
    pub(super) fn at(path: &Path) -> Option<Self> {
        fs::metadata(path).ok().map(|file| Self::new(&file))
    }

    #[cfg(unix)]
    fn new(file: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self { device: file.dev(), inode: file.ino() }
    }

    #[cfg(not(unix))]
    fn new(_: &Metadata) -> Self {
        Self { device: 0, inode: 0 }
    }
}

/// When and how long a file was, to notice that somebody wrote into it.
type FileContent = (u64, Option<SystemTime>);

/// Looks after the file of an open database.
#[derive(Debug)]
pub(super) struct FileWatch {
    path: PathBuf,
    database: FileIdentity,
    /// Known from the first writing on, because SQLite makes them when it needs them.
    shared: Cell<[Option<FileIdentity>; 2]>,
    /// Set while nobody may write into the database itself, because it is held still.
    still: Cell<Option<FileContent>>,
}

impl FileWatch {
    /// Watches the database at this path, which has just been opened. `before` is the file that was there before it was opened.
    pub(super) fn begin(path: &Path, before: Option<FileIdentity>) -> Result<Self> {
        let database = FileIdentity::at(path)
            .ok_or_else(|| moved(format!("the database was moved or deleted: {}", path.display())))?;
        if before.is_some_and(|before| before != database) {
            return Err(moved(format!("the database was replaced while it was opened: {}", path.display())));
        }
        Ok(Self { path: path.into(), database, shared: Cell::new([None; 2]), still: Cell::new(None) })
    }

    /// From now on the database itself is not to change, because what is written goes into the write-ahead log.
    pub(super) fn hold_still(&self) {
        self.still.set(content(&self.path));
    }

    /// Before the connection is closed: if the file is another one by now, what waits in the write-ahead log must not go into it. A
    /// log that now lies next to another database is set aside, because SQLite would take it for the log of that one.
    pub(super) fn part_from(&self, connection: &Connection) {
        if self.confirm().is_ok() {
            return;
        }
        // If this fails, there is nothing else that could be done.
        let _ = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
        let found = FileIdentity::at(&self.path);
        let [wal, index] = SHARED.map(|end| companion(&self.path, end));
        let ours = self.shared.get()[0];
        if found.is_some() && ours.is_some() && FileIdentity::at(&wal) == ours {
            let _ = fs::rename(&wal, companion(&self.path, SET_ASIDE));
            let _ = fs::remove_file(index);
        }
    }

    /// The path, from the root on.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Fails if what is written now would not be found at the path later.
    pub(super) fn confirm(&self) -> Result<()> {
        let path = self.path.display();
        match FileIdentity::at(&self.path) {
            None => {
                return Err(moved(format!(
                    "the database is no longer there: {path} was moved or deleted while it was in use"
                )));
            }
            Some(found) if found != self.database => {
                return Err(moved(format!(
                    "another file was put in place of the database while it was in use: {path}"
                )));
            }
            Some(_) => {}
        }
        let mut shared = self.shared.get();
        for (known, end) in shared.iter_mut().zip(SHARED) {
            let found = FileIdentity::at(&companion(&self.path, end));
            match (*known, found) {
                (None, found) => *known = found,
                (Some(known), found) if found != Some(known) => {
                    return Err(moved(format!(
                        "{path}{end}, which belongs to the database, was moved, deleted or replaced while it was in use"
                    )));
                }
                _ => {}
            }
        }
        self.shared.set(shared);
        if self.still.get().is_some_and(|still| content(&self.path) != Some(still)) {
            return Err(moved(format!("another program wrote over the database while it was in use: {path}")));
        }
        Ok(())
    }
}

fn content(path: &Path) -> Option<FileContent> {
    fs::metadata(path).ok().map(|file| (file.len(), file.modified().ok()))
}

/// The failure of a database whose file is no longer the one at its path.
fn moved(message: String) -> Error {
    Error::person(message)
        .named("database-moved")
        .hint("let no program move or copy over the database while it is open; `retain where` says where it is")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn watched(folder: &tempfile::TempDir) -> (PathBuf, FileWatch) {
        let path = folder.path().join("a.db");
        fs::write(&path, "one").expect("a file");
        for end in SHARED {
            fs::write(companion(&path, end), "").expect("a file");
        }
        let watch = FileWatch::begin(&path, FileIdentity::at(&path)).expect("a watch");
        watch.confirm().expect("nothing happened");
        (path, watch)
    }

    fn refused(watch: &FileWatch) -> String {
        let error = watch.confirm().expect_err("something happened");
        assert_eq!(error.code(), "database-moved");
        error.message().to_owned()
    }

    #[test]
    fn a_file_that_is_moved_deleted_or_replaced_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, watch) = watched(&folder);
        let other = folder.path().join("b.db");
        fs::rename(&path, &other).expect("a move");
        assert!(refused(&watch).contains("no longer there"));
        fs::write(&path, "one").expect("a file");
        assert!(refused(&watch).contains("another file"));
        fs::rename(&other, &path).expect("a move");
        watch.confirm().expect("it is back");
        std::os::unix::fs::symlink(&path, &other).expect("a link");
        let linked = FileWatch::begin(&other, None).expect("a watch");
        linked.confirm().expect("a link leads to it");
    }

    #[test]
    fn a_write_ahead_log_that_is_gone_is_noticed() {
        for end in SHARED {
            let folder = tempfile::tempdir().expect("a folder");
            let (path, watch) = watched(&folder);
            fs::remove_file(companion(&path, end)).expect("a file");
            assert!(refused(&watch).contains(&format!("a.db{end}")));
        }
    }

    #[test]
    fn a_file_that_is_held_still_is_not_written_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, watch) = watched(&folder);
        fs::write(&path, "two").expect("a file");
        watch.confirm().expect("a checkpoint may do that");
        watch.hold_still();
        watch.confirm().expect("nothing happened");
        fs::write(&path, "three, copied over").expect("a file");
        assert!(refused(&watch).contains("wrote over"));
    }

    #[test]
    fn a_file_that_is_replaced_while_it_is_opened_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, _) = watched(&folder);
        let before = FileIdentity::at(&path);
        // Both exist at once, so that they cannot be the same file.
        fs::write(folder.path().join("new.db"), "").expect("a file");
        fs::rename(folder.path().join("new.db"), &path).expect("a move");
        assert_eq!(FileWatch::begin(&path, before).expect_err("another file").code(), "database-moved");
    }
}
