//! Whether the file that is open is still the one at its path.
//!
//! A file that was moved, deleted or replaced stays open for whoever has it open. SQLite goes on to write into it, and into a write-ahead log
//! that nobody will ever read again. See "Unlinking or renaming a database file while in use" in
//! <https://www.sqlite.org/howtocorrupt.html>.

use std::cell::{Cell, RefCell};
use std::fs::{self, File, Metadata};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::database_file::companion;
use super::wal::{LogChain, OF_ANOTHER, free, refuse_unfit_log, set_log_aside};
use crate::error::{Error, Result};

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

    /// The file of this name itself, not what it leads to.
    fn of_name(path: &Path) -> Option<Self> {
        fs::symlink_metadata(path).ok().map(|file| Self::new(&file))
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

/// What is held still, so that it changes only if another program writes over it.
#[derive(Debug)]
struct Stillness {
    database: Option<FileContent>,
    log: LogChain,
}

/// What became of a database while it was open.
#[derive(Clone, Copy, Debug)]
enum Parted {
    /// Another file is in its place, so the log cannot be that one's.
    Replaced,
    /// Something was written into it, or it is reached by another way.
    WrittenOver,
}

/// Why what is written now would not be found later.
struct Misplacement {
    what: String,
    /// Whether the write-ahead log still belongs to the database that is there.
    log_fits: bool,
}

/// Looks after the file of an open database.
#[derive(Debug)]
pub(super) struct FileWatch {
    /// As it was named, which may be a link.
    named: PathBuf,
    /// Where that led when it was opened. The companions are next to it.
    path: PathBuf,
    database: FileIdentity,
    /// Known from the first writing on, because SQLite makes them when it needs them.
    shared: Cell<[Option<FileIdentity>; 2]>,
    /// How long the file by which the processes agree was at least, in bytes.
    index_length: Cell<u64>,
    /// Set while nobody may write into the database itself, because it is held still.
    still: RefCell<Option<Stillness>>,
    /// What the database is by now, if it is not as it was: its log is looked at when the connection is closed.
    parted: Cell<Option<Parted>>,
}

impl FileWatch {
    /// Watches the database that was opened under the name `named`, which led to `path`. `before` is the file that was there before it was
    /// opened.
    pub(super) fn begin(named: &Path, path: &Path, before: Option<FileIdentity>) -> Result<Self> {
        let database = FileIdentity::at(path)
            .ok_or_else(|| moved(format!("the database was moved or deleted: {}", path.display())))?;
        if before.is_some_and(|before| before != database) {
            return Err(moved(format!("the database was replaced while it was opened: {}", path.display())));
        }
        Ok(Self {
            named: named.into(),
            path: path.into(),
            database,
            shared: Cell::new([None; 2]),
            index_length: Cell::new(0),
            still: RefCell::new(None),
            parted: Cell::new(None),
        })
    }

    /// From now on the database itself is not to change, because what is written goes into the write-ahead log, and that only grows.
    pub(super) fn hold_still(&self) {
        let log = LogChain::new(companion(&self.path, "-wal"));
        *self.still.borrow_mut() = Some(Stillness { database: content(&self.path), log });
    }

    /// Something was just written.
    pub(super) fn wrote(&self) {
        if let Some(still) = self.still.borrow_mut().as_mut() {
            still.log.grow();
        }
    }

    /// Before the connection is closed: if the file is another one by now, what waits in the write-ahead log must not go into it. A
    /// log that now lies next to another database is set aside when the connection is closed, because SQLite would take it for the log of that one.
    /// Not before: other processes may use that log, and only without this one can it be known that none does.
    pub(super) fn part_from(&self, connection: &Connection) {
        let Err(loss) = self.look() else { return };
        // If this fails, there is nothing else that could be done.
        let _ = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
        let is_ours = FileIdentity::of_name(&self.path) == Some(self.database);
        let parted = if is_ours { Parted::WrittenOver } else { Parted::Replaced };
        self.parted.set(self.place_of_log(&loss).map(|_| parted));
    }

    /// Where our log goes if it lies next to a file that is not ours.
    fn place_of_log(&self, loss: &Misplacement) -> Option<PathBuf> {
        let ours = self.shared.get()[0]?;
        let is_there =
            FileIdentity::at(&self.path).is_some() && FileIdentity::at(&companion(&self.path, SHARED[0])) == Some(ours);
        (!loss.log_fits && is_there).then(|| free(&companion(&self.path, OF_ANOTHER)))
    }

    /// The path, from the root on, after links.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Fails if what is written now would not be found at the path later.
    pub(super) fn confirm(&self) -> Result<()> {
        self.look().map_err(|loss| {
            let aside = self.place_of_log(&loss);
            let error = moved(loss.what);
            match aside {
                Some(aside) => error.hint(format!(
                    "its write-ahead log, if it does not belong to the file that is there now, is kept as {}",
                    aside.display()
                )),
                None => error,
            }
        })
    }

    fn look(&self) -> std::result::Result<(), Misplacement> {
        let path = self.path.display();
        let other = |what: String| Err(Misplacement { what, log_fits: false });
        match FileIdentity::of_name(&self.path) {
            None => {
                return other(format!(
                    "the database is no longer there: {path} was moved or deleted while it was in use"
                ));
            }
            Some(found) if found != self.database => {
                return other(format!("another file was put in place of the database while it was in use: {path}"));
            }
            Some(_) => {}
        }
        if FileIdentity::at(&self.named) != Some(self.database) {
            return other(format!(
                "{} no longer leads to the database, as it did when it was opened",
                self.named.display()
            ));
        }
        let mut shared = self.shared.get();
        for (known, end) in shared.iter_mut().zip(SHARED) {
            let found = FileIdentity::at(&companion(&self.path, end));
            match (*known, found) {
                (None, found) => *known = found,
                (Some(known), found) if found != Some(known) => {
                    return other(format!(
                        "{path}{end}, which belongs to the database, was moved, deleted or replaced while it was in use"
                    ));
                }
                _ => {}
            }
        }
        self.shared.set(shared);
        self.look_at_the_index()?;
        if let Some(still) = self.still.borrow_mut().as_mut() {
            if content(&self.path) != still.database {
                return other(format!("another program wrote over the database while it was in use: {path}"));
            }
            if !still.log.holds() {
                let what =
                    format!("another program wrote over {path}-wal, where the newest answers are, while it was in use");
                return Err(Misplacement { what, log_fits: true });
            }
        }
        Ok(())
    }

    /// SQLite has the index in memory. Whoever looks at a page that was cut off is killed by the system, so it is made as long as it was.
    fn look_at_the_index(&self) -> std::result::Result<(), Misplacement> {
        let index = companion(&self.path, "-shm");
        let (length, known) = (fs::metadata(&index).map_or(0, |file| file.len()), self.index_length.get());
        if length >= known {
            self.index_length.set(length);
            return Ok(());
        }
        let _ = File::options().write(true).open(&index).and_then(|file| file.set_len(known));
        let what =
            format!("another program cut off {}, by which processes agree, while it was in use", index.display());
        Err(Misplacement { what, log_fits: true })
    }
}

impl Drop for FileWatch {
    fn drop(&mut self) {
        match self.parted.get() {
            // Why it was set aside is said where the loss is.
            Some(Parted::WrittenOver) => drop(refuse_unfit_log(&self.path)),
            Some(Parted::Replaced) => set_log_aside(&self.path),
            None => {}
        }
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
        let watch = FileWatch::begin(&path, &path, FileIdentity::at(&path)).expect("a watch");
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
        let linked = FileWatch::begin(&other, &path, None).expect("a watch");
        linked.confirm().expect("a link leads to it");
        fs::remove_file(&other).expect("a link");
        assert!(refused(&linked).contains("no longer leads to the database"));
        // What was written until now is in the log of the first name.
        fs::rename(&path, &other).expect("a move");
        std::os::unix::fs::symlink(&other, &path).expect("a link");
        assert!(refused(&watch).contains("another file"));
    }

    #[test]
    fn an_index_that_is_cut_off_is_noticed_and_made_as_long_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, watch) = watched(&folder);
        let index = companion(&path, "-shm");
        fs::write(&index, vec![1; 32_768]).expect("an index");
        watch.confirm().expect("it grew");
        fs::write(&index, "").expect("an index");
        assert!(refused(&watch).contains("a.db-shm"));
        assert_eq!(fs::metadata(&index).expect("an index").len(), 32_768);
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
        assert_eq!(FileWatch::begin(&path, &path, before).expect_err("another file").code(), "database-moved");
    }
}
