//! Puts a backup in the place of a database. Whenever it is cut off, either the old or the new database is there, whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use tempfile::TempPath;

use super::copy::{self, CopyPace, CopyWatch};
use super::facts::schema_of;
use crate::error::{Error, Result};
use crate::private;
use crate::store::check::first_damage;
use crate::store::database_file::{COMPANIONS, companion, has_content, is_cut_off, open_to_read, plain};
use crate::store::open::{confirm_schema_of, prepare};
use crate::store::wal::refuse_unfit_log;

/// How long to wait for another process that is about to end.
const PATIENCE: Duration = Duration::from_millis(500);

/// What became of the database that was there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutInPlace {
    /// Where it is now; `None` if there was none.
    pub kept: Option<PathBuf>,
    /// Whether it could not be opened, because it is damaged.
    pub was_damaged: bool,
    /// Whether it was gone, and what is kept is its write-ahead log.
    pub was_log_alone: bool,
}

/// Looks at every page of a backup; its schema.
///
/// # Errors
/// If it is no database of this program, comes from a newer program, or is damaged.
pub fn verify(backup: &Path) -> Result<i64> {
    if is_cut_off(&plain(backup)?) {
        return Err(Error::person("the backup is damaged: it is cut off in the middle of a page")
            .named("database-damaged")
            .hint("choose another one: `retain backup list` shows them; nothing was changed"));
    }
    let connection = open_to_read(&plain(backup)?)?;
    prepare(&connection)?;
    let schema = schema_of(&connection)?;
    confirm_schema_of(&connection, schema)?;
    let Some(found) = first_damage(&connection)? else { return Ok(schema) };
    // The first line may only say in which database.
    let what = found.lines().find(|line| !line.starts_with("***")).unwrap_or("its pages do not fit together");
    Err(Error::person(format!("the backup is damaged: {what}"))
        .named("database-damaged")
        .hint("choose another one: `retain backup list` shows them; nothing was changed"))
}

/// Puts a copy of `backup` in the place of the database at `db`, and keeps what was there as `aside`.
///
/// # Errors
/// If the backup is not sound, if another process has the database open, or if something cannot be written. Then the database is what it was.
pub fn put_in_place(db: &Path, backup: &Path, aside: &Path, watch: &mut CopyWatch<'_>) -> Result<PutInPlace> {
    let backup = plain(backup)?;
    let source = open_to_read(&backup).map_err(|error| error.about(backup.display()))?;
    let db = plain(db)?;
    // If the path is a link, it stays, and what it leads to is replaced.
    let db = fs::canonicalize(&db).unwrap_or(db);
    let folder = db.parent().unwrap_or(Path::new("/")).to_path_buf();
    private::create_folder(&folder).map_err(|error| copy::failed(&folder, &error))?;
    let draft = copy::draft(&source, &folder, CopyPace::Fast, watch)?;
    drop(source);
    replace(&db, draft, aside)
}

/// Puts a file back that a restore put aside, sound or damaged, and keeps what was there as `aside`. It is not opened.
///
/// # Errors
/// If another process has the database open, or if something cannot be written.
pub fn put_back(db: &Path, kept: &Path, aside: &Path) -> Result<PutInPlace> {
    let db = plain(db)?;
    let db = fs::canonicalize(&db).unwrap_or(db);
    let folder = db.parent().unwrap_or(Path::new("/")).to_path_buf();
    let unwritten = |error: io::Error| copy::failed(&folder, &error);
    private::create_folder(&folder).map_err(unwritten)?;
    let copied = |from: &Path| -> io::Result<TempPath> {
        let mut draft = tempfile::Builder::new()
            .prefix(&format!("{}restore-", private::TEMPORARY))
            .suffix(".part")
            .tempfile_in(&folder)?;
        io::copy(&mut fs::File::open(from)?, draft.as_file_mut())?;
        draft.as_file().sync_all()?;
        Ok(draft.into_temp_path())
    };
    let draft = copied(kept).map_err(unwritten)?;
    let logs = ["-wal", "-journal"].into_iter().filter(|end| has_content(&companion(kept, end)));
    let logs: Vec<(&str, TempPath)> =
        logs.map(|end| Ok((end, copied(&companion(kept, end))?))).collect::<io::Result<_>>().map_err(unwritten)?;
    let put = replace(&db, draft, aside)?;
    // Last, because they would be taken for a part of what was there before.
    for (end, log) in logs {
        log.persist(companion(&db, end)).map_err(|error| unwritten(error.error))?;
    }
    private::sync_folder(&folder).map_err(unwritten)?;
    Ok(put)
}

/// Puts a whole database in the place of the one at `db`, and keeps what was there as `aside`.
pub(in crate::store) fn replace(db: &Path, draft: TempPath, aside: &Path) -> Result<PutInPlace> {
    let folder = db.parent().unwrap_or(Path::new("/")).to_path_buf();
    refuse_unfit_log(db)?;
    let state = PresentDatabase::hold(db, aside)?;
    let was_damaged = matches!(state, PresentDatabase::Damaged);
    let kept = state.keep(db, aside)?;
    // On Windows, a file that is open cannot be replaced.
    let lock = if cfg!(windows) { None } else { Some(state) };
    draft.persist(db).map_err(|error| copy::failed(&folder, &error.error))?;
    drop(lock);
    private::sync_folder(&folder).map_err(|error| copy::failed(&folder, &error))?;
    let was_log_alone = kept.as_deref().is_some_and(|kept| kept != aside);
    Ok(PutInPlace { kept, was_damaged, was_log_alone })
}

/// The database that is to be replaced.
enum PresentDatabase {
    /// It is not there, and nothing of it.
    Absent,
    /// It is whole in one file, and nobody else can open it.
    Locked(Connection),
    /// It cannot be opened.
    Damaged,
}

impl PresentDatabase {
    /// Takes hold of the database. SQLite throws the write-ahead log of a database away that it cannot open, so it gets a second name first.
    fn hold(db: &Path, aside: &Path) -> Result<Self> {
        let folder = aside.parent().unwrap_or(Path::new("/"));
        let failed = |error: io::Error| copy::failed(folder, &error);
        let mut spares = Vec::new();
        for end in ["-wal", "-journal"].into_iter().filter(|end| has_content(&companion(db, end))) {
            private::create_folder(folder).map_err(failed)?;
            let spare = companion(aside, end);
            second_name(&companion(db, end), &spare).map_err(failed)?;
            spares.push(spare);
        }
        let state = Self::lock(db);
        if !matches!(state, Ok(Self::Damaged)) {
            // What was in it is in the database now, or nothing was done.
            spares.iter().for_each(|spare| drop(fs::remove_file(spare)));
        }
        state
    }

    /// Locks the database, and folds its write-ahead log in.
    fn lock(db: &Path) -> Result<Self> {
        let left = COMPANIONS.iter().any(|end| has_content(&companion(db, end)));
        if !has_content(db) {
            return Ok(if left { Self::Damaged } else { Self::Absent });
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let locked = Connection::open_with_flags(db, flags).and_then(|connection| {
            connection.busy_timeout(PATIENCE)?;
            // If it is damaged, it is kept as it is.
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
            // It must be nobody's to go out of the mode of the write-ahead log: that is how SQLite knows that nobody else has it open.
            connection.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))?;
            // Kept also between transactions.
            connection.pragma_update_and_check(None, "locking_mode", "exclusive", |_| Ok(()))?;
            connection.execute_batch("begin exclusive")?;
            connection.query_row("select count(*) from sqlite_schema", [], |_| Ok(()))?;
            Ok(connection)
        });
        match locked {
            Ok(connection) => Ok(Self::Locked(connection)),
            Err(error) => match error.sqlite_error_code() {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                    Err(Error::person("another process has the database open, so it was not replaced")
                        .named("database-in-use")
                        .hint("end the other `retain` first, then try again; nothing was changed"))
                }
                Some(ErrorCode::DiskFull) => Err(error.into()),
                Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt | ErrorCode::SystemIoFailure) => {
                    Ok(Self::Damaged)
                }
                // A damaged header can say anything, also that nobody may write or that it is of a format that SQLite does not know.
                _ if fs::File::options().read(true).write(true).open(db).is_ok() => Ok(Self::Damaged),
                _ => Err(error.into()),
            },
        }
    }

    /// Gives the database a second name, under which it stays.
    fn keep(&self, db: &Path, aside: &Path) -> Result<Option<PathBuf>> {
        if matches!(self, Self::Absent) {
            return Ok(None);
        }
        let folder = aside.parent().unwrap_or(Path::new("/"));
        let failed = |error: &io::Error| copy::failed(folder, error);
        private::create_folder(folder).map_err(|error| failed(&error))?;
        match self {
            Self::Absent => {}
            Self::Locked(connection) => {
                if fs::hard_link(db, aside).is_err() {
                    // Another disk, or one without links. The file itself must not be opened while SQLite has it locked.
                    connection.execute_batch("commit")?;
                    let copy = copy::unchecked_draft(connection, folder, CopyPace::Fast, &mut |_, _| true)?;
                    connection.execute_batch("begin exclusive")?;
                    copy.persist_noclobber(aside).map_err(|error| failed(&error.error))?;
                }
            }
            Self::Damaged => {
                let ends = [""].into_iter().chain(COMPANIONS);
                let parts: Vec<&str> = ends.filter(|end| companion(db, end).exists()).collect();
                let is_there = has_content(db);
                // An empty file is nothing to keep.
                for end in parts.iter().filter(|end| is_there || !end.is_empty()) {
                    let to = companion(aside, end);
                    if !to.exists() {
                        second_name(&companion(db, end), &to).map_err(|error| failed(&error))?;
                    }
                }
                private::sync_folder(folder).map_err(|error| failed(&error))?;
                // What belongs to the damaged file would be taken for a part of the new one.
                for end in parts.iter().filter(|end| !end.is_empty()) {
                    fs::remove_file(companion(db, end)).map_err(|error| failed(&error))?;
                }
                if !is_there {
                    private::sync_folder(folder).map_err(|error| failed(&error))?;
                    return Ok(["-wal", "-journal"]
                        .map(|end| companion(aside, end))
                        .into_iter()
                        .find(|log| has_content(log)));
                }
            }
        }
        private::sync_folder(folder).map_err(|error| failed(&error))?;
        Ok(Some(aside.to_path_buf()))
    }
}

/// Gives a file a second name; where that cannot be, copies it.
fn second_name(from: &Path, to: &Path) -> io::Result<()> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    let mut copy = private::create_file(to)?;
    io::copy(&mut fs::File::open(from)?, &mut copy)?;
    copy.sync_all()
}
