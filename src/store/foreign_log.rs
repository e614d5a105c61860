//! A write-ahead log that was left over, and whether it belongs to the database next to it.
//!
//! SQLite takes a log for that of the database whose name it has, and writes its pages into it. After a crash that is what saves the newest
//! answers. If another file was put under the name meanwhile, it ruins that one. The file and the log say nothing of each other, so what they
//! come to is compared: pages of a log of its own fit, and never take an entry of the log of answers away.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::Reader;
use super::backup::entries_missing;
use super::check::first_damage;
use super::database_file::{companion, has_content, open_alone};
use super::file_watch::{SET_ASIDE, free};
use super::open::prepare;
use crate::error::{Error, Result};

/// Sets the write-ahead log of a database aside that nobody has open, if it is not its own.
///
/// # Errors
/// If it was set aside: nothing else was done, and the database is what its file is.
pub(super) fn refuse_foreign_log(path: &Path) -> Result<()> {
    let wal = companion(path, "-wal");
    if !has_content(&wal) || !has_content(path) {
        return Ok(());
    }
    // If the database is in use, the log is in use, too. If it cannot be opened at all, this is said later.
    let Ok(both) = open_exclusively(path) else { return Ok(()) };
    if fits(path, &both) {
        return Ok(());
    }
    let Some(aside) = move_aside(path, both) else { return Ok(()) };
    let (wal, aside) = (wal.display(), aside.display());
    Err(Error::person(format!(
        "{wal} does not belong to the database next to it: it is of another one, or of another state of this one. It was set aside as {aside}, and nothing of it was used"
    ))
    .named("foreign-log")
    .hint("run the same again: the database is as its file is")
    .hint(format!("`retain restore --answers {aside}` enters the answers in it whose cards are here")))
}

/// Sets the log of a database aside that is known not to be its own, unless somebody has the database open.
pub(super) fn set_log_aside(path: &Path) {
    let Ok(both) = open_exclusively(path) else { return };
    let is_alone =
        both.query_row("select count(*) from sqlite_schema", [], |_| Ok(())).map_or_else(is_corrupt, |()| true);
    if is_alone {
        move_aside(path, both);
    }
}

/// Moves the log away while nobody else can open the database; where it is, or `None` if it could not be moved.
fn move_aside(path: &Path, both: Connection) -> Option<PathBuf> {
    let aside = free(&companion(path, SET_ASIDE));
    fs::rename(companion(path, "-wal"), &aside).ok()?;
    drop(both);
    // What processes agreed by over that log. There is nobody left who does.
    drop(fs::remove_file(companion(path, "-shm")));
    Some(aside)
}

/// Whether an error says that the file is no whole database: then it was read, so it was locked.
fn is_corrupt(error: rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase))
}

/// The database with its log, so that nobody else can open it. It is read only: what is in the log stays there.
fn open_exclusively(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    prepare(&connection)?;
    connection.busy_timeout(std::time::Duration::ZERO)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    // Said before the first look at the file, it makes SQLite lock the file, and keep what it knows of the log to itself.
    connection.pragma_update_and_check(None, "locking_mode", "exclusive", |_| Ok(()))?;
    Ok(connection)
}

/// Whether the log belongs to the database, or it cannot be told.
fn fits(path: &Path, both: &Connection) -> bool {
    if let Err(error) = both.query_row("select count(*) from sqlite_schema", [], |_| Ok(()))
        && !is_corrupt(error)
    {
        return true;
    }
    let Ok(alone) = open_alone(path) else { return true };
    let both_fail = has_faults(both);
    if !both_fail && entries_missing(&alone, both).is_some_and(|missing| missing == 0) {
        return true;
    }
    // A checkpoint that was cut off leaves a file that is not whole without its log.
    has_faults(&alone)
}

/// Whether pages do not fit together, or days of the log are not those that were sealed.
fn has_faults(connection: &Connection) -> bool {
    !matches!(first_damage(connection), Ok(None))
        || !Reader { connection }.broken_seals().is_ok_and(|broken| broken.is_empty())
}
