//! A write-ahead log that was left over, looked at before SQLite is: it writes what it can read of it into the database, and deletes the file.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::aside::{DAMAGED, OF_ANOTHER, WITHOUT_LOG, free};
use super::damage::{frames_waiting, loses_answers};
use super::foreign::fits;
use crate::error::{Error, Result};
use crate::model::shell_path;
use crate::private;
use crate::store::backup;
use crate::store::database_file::{companion, has_content};
use crate::store::open::prepare;

/// Sets the write-ahead log of a database aside that nobody has open, if it is not its own; keeps a copy of one that is damaged.
///
/// # Errors
/// If a log was kept under another name: nothing else was done, and the same can be run again.
pub(in crate::store) fn refuse_unfit_log(path: &Path) -> Result<()> {
    let wal = companion(path, "-wal");
    if !has_content(path) {
        return Ok(());
    }
    if !has_content(&wal) {
        return refuse_lost_log(path);
    }
    // If the database is in use, the log is in use, too. If it cannot be opened at all, this is said later.
    let Ok(both) = open_exclusively(path) else { return Ok(()) };
    if !is_held(&both) {
        return Ok(());
    }
    // Looked at first, because a log that is damaged may seem to be one of another database.
    if loses_answers(path) {
        return keep_damaged(&wal, path, &both);
    }
    if fits(path, &both) {
        return Ok(());
    }
    let Some(aside) = move_aside(path, both) else { return Ok(()) };
    let (wal, word, aside) = (wal.display(), shell_path(&aside.to_string_lossy()), aside.display());
    Err(Error::person(format!(
        "{wal} does not belong to the database next to it: it is of another one, or of another state of this one. It was set aside as {aside}, and nothing of it was used"
    ))
    .named("foreign-log")
    .hint("run the same again: the database is as its file is")
    .hint(format!("`retain restore --answers {word}` enters the answers in it whose cards are here")))
}

/// Says once that the log of a database is gone whose index was left, and counts what is in no file any more.
fn refuse_lost_log(path: &Path) -> Result<()> {
    let Some(lost) = frames_waiting(path).filter(|_| forget_index(path, true)) else { return Ok(()) };
    let wal = companion(path, "-wal");
    let (pages, were) = if lost == 1 { ("1 page".to_owned(), "was") } else { (format!("{lost} pages"), "were") };
    Err(Error::person(format!(
        "the newest answers were in {}, and that file is gone or empty: {pages} of it {were} not in the database yet",
        wal.display()
    ))
    .named("lost-log")
    .hint("if you find that file elsewhere, put it back in its place before you do anything else")
    .hint("`retain backup list` shows the backups; run the same again to go on without what is lost"))
}

/// Removes the index of a log that is gone, if nobody has the database open; whether it is done. With `keep` it stays under another name.
pub(in crate::store) fn forget_index(path: &Path, keep: bool) -> bool {
    let Some(both) = open_exclusively(path).ok().filter(is_held) else { return false };
    let index = companion(path, "-shm");
    let done = if keep { fs::rename(&index, free(&companion(path, WITHOUT_LOG))) } else { fs::remove_file(&index) };
    drop(both);
    done.is_ok()
}

/// Whether nobody else can open the database now: something was read of it, or it turned out to be damaged.
fn is_held(both: &Connection) -> bool {
    let read = both.query_row("select count(*) from sqlite_schema", [], |_| Ok(()));
    read.map_or_else(|error| is_corrupt(&error), |()| true)
}

/// Keeps a copy of a log whose end cannot be read, and moves what can be read into the database. A copy that is there already is enough.
fn keep_damaged(wal: &Path, path: &Path, both: &Connection) -> Result<()> {
    let first = companion(path, DAMAGED);
    let aside = free(&first);
    let folder = path.parent().unwrap_or(Path::new("/"));
    let is_kept = (1..)
        .map(|number| if number == 1 { first.clone() } else { companion(&first, &format!("-{number}")) })
        .take_while(|kept| kept.exists())
        .any(|kept| have_same_content(&kept, wal));
    if is_kept {
        return Ok(());
    }
    copied(wal, &aside).map_err(|error| backup::failed(folder, &error))?;
    // If this fails, the log stays as it is, and SQLite reads as much of it.
    let folded = both.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get::<_, bool>(0));
    if folded.is_ok_and(|is_busy| !is_busy) {
        // Nobody else has the database open, and the index counts what is no longer waited for.
        drop(fs::remove_file(companion(path, "-shm")));
    }
    let (wal, word, aside) = (wal.display(), shell_path(&aside.to_string_lossy()), aside.display());
    Err(Error::person(format!(
        "the newest answers are in {wal}, and it is damaged. What comes before the damage is in the database now, and the whole file is kept as {aside}"
    ))
    .named("damaged-log")
    .hint(format!("`retain restore --answers {word}` enters the answers behind the damage, as far as they can be read"))
    .hint("run the same again to go on without them"))
}

fn copied(from: &Path, to: &Path) -> std::io::Result<()> {
    let written = fs::File::open(from).and_then(|mut from| {
        let mut to = private::create_file(to)?;
        std::io::copy(&mut from, &mut to)?;
        to.sync_all()
    });
    if written.is_err() {
        drop(fs::remove_file(to));
    }
    written?;
    private::sync_folder(to.parent().unwrap_or(Path::new("/")))
}

fn have_same_content(one: &Path, other: &Path) -> bool {
    let length = |path: &Path| fs::metadata(path).map(|file| file.len()).ok();
    length(one) == length(other) && fs::read(one).is_ok_and(|one| fs::read(other).is_ok_and(|other| one == other))
}

/// Sets the log of a database aside that is known not to be its own, unless somebody has the database open.
pub(in crate::store) fn set_log_aside(path: &Path) {
    if let Some(both) = open_exclusively(path).ok().filter(is_held) {
        move_aside(path, both);
    }
}

/// Moves the log away while nobody else can open the database; where it is, or `None` if it could not be moved.
fn move_aside(path: &Path, both: Connection) -> Option<PathBuf> {
    let aside = free(&companion(path, OF_ANOTHER));
    fs::rename(companion(path, "-wal"), &aside).ok()?;
    drop(both);
    // What processes agreed by over that log. There is nobody left who does.
    drop(fs::remove_file(companion(path, "-shm")));
    Some(aside)
}

/// Whether an error says that the file is no whole database: then it was read, so it was locked.
pub(super) fn is_corrupt(error: &rusqlite::Error) -> bool {
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
