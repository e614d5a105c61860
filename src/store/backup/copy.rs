//! Copies a database: to a temporary name, checked, written to the disk, and only then renamed.

use std::fs;
use std::io;
use std::path::Path;
use std::thread;
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use tempfile::TempPath;

use crate::error::{Error, Result};
use crate::private;
use crate::store::check::first_damage;
use crate::store::database_file::{COMPANIONS, companion};
use crate::store::open::APPLICATION_ID;
use crate::store::query::Query;

/// Progress callback: how many pages are copied, and of how many; false stops the copy.
pub type CopyWatch<'a> = dyn FnMut(u64, u64) -> bool + 'a;

/// How a copy shares the disk with what goes on besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyPace {
    /// As fast as it can.
    Fast,
    /// In small steps with pauses, while somebody answers questions.
    Gentle,
}

/// Pages of a step, and the pause after it.
pub(in crate::store) struct CopySteps(i32, Duration);

impl From<CopyPace> for CopySteps {
    fn from(pace: CopyPace) -> Self {
        match pace {
            CopyPace::Fast => Self(2_048, Duration::ZERO),
            CopyPace::Gentle => Self(128, Duration::from_millis(1)),
        }
    }
}

/// How often, and after which pause, to try again if somebody else has locked the database.
const ATTEMPTS: u32 = 400;
const WAIT: Duration = Duration::from_millis(25);

/// Copies a database to `target`, which is replaced if it is there. On a failure it stays as it was, and nothing is left behind.
pub(in crate::store) fn sound_copy(
    source: &Connection,
    target: &Path,
    pace: CopyPace,
    watch: &mut CopyWatch<'_>,
) -> Result<()> {
    let folder = target.parent().unwrap_or(Path::new("."));
    let draft = draft(source, folder, pace, watch)?;
    draft.persist(target).map_err(|error| failed(folder, &error.error))?;
    private::sync_folder(folder).map_err(|error| failed(folder, &error))
}

/// A sound copy under a temporary name, which goes unless it is given another one.
pub(super) fn draft(source: &Connection, folder: &Path, pace: CopyPace, watch: &mut CopyWatch<'_>) -> Result<TempPath> {
    let path = unchecked_draft(source, folder, pace, watch)?;
    check(&path)?;
    Ok(path)
}

/// A copy that may be as damaged as what it was copied from.
pub(super) fn unchecked_draft(
    source: &Connection,
    folder: &Path,
    pace: CopyPace,
    watch: &mut CopyWatch<'_>,
) -> Result<TempPath> {
    let file = tempfile::Builder::new()
        .prefix(&format!("{}backup-", private::TEMPORARY))
        .suffix(".part")
        .tempfile_in(folder)
        .map_err(|error| failed(folder, &error))?;
    if let Ok(now) = file.as_file().metadata().and_then(|made| made.modified()) {
        private::sweep(folder, now);
    }
    // Closed before SQLite opens it: closing it later would take SQLite's locks away.
    let path = file.into_temp_path();
    let written = copy_pages(source, &path, &pace.into(), watch).and_then(|()| be_one_file(&path));
    // SQLite says of a file that it needs besides only that it cannot be opened.
    if let Err(error) = written {
        // What SQLite made next to it, which goes with it.
        for end in COMPANIONS {
            drop(fs::remove_file(companion(&path, end)));
        }
        return Err(if private::is_full(folder) { without_room(folder).caused_by(error) } else { error });
    }
    private::sync_file(&path).map_err(|error| failed(folder, &error))?;
    Ok(path)
}

fn open(path: &Path) -> Result<Connection> {
    Ok(Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?)
}

fn copy_pages(
    source: &Connection,
    path: &Path,
    CopySteps(pages, pause): &CopySteps,
    watch: &mut CopyWatch<'_>,
) -> Result<()> {
    let mut copy = open(path)?;
    // Nobody needs to go back: a copy that fails is thrown away whole. It is written to the disk once, at the end.
    copy.pragma_update_and_check(None, "journal_mode", "off", |_| Ok(()))?;
    copy.pragma_update(None, "synchronous", "off")?;
    // One state of the database, also if somebody writes between two steps: a copy would begin again otherwise.
    let snapshot = if source.is_autocommit() { Some(source.unchecked_transaction()?) } else { None };
    source.query_row("select count(*) from sqlite_schema", [], |_| Ok(()))?;
    let steps = Backup::new(source, &mut copy)?;
    let mut waited = 0;
    loop {
        match steps.step(*pages)? {
            StepResult::Done => break,
            StepResult::Busy | StepResult::Locked => {
                waited += 1;
                if waited == ATTEMPTS {
                    return Err(Error::person("the database is in use by another process, so it cannot be copied")
                        .named("database-in-use")
                        .hint("wait until it is done, then try again"));
                }
                thread::sleep(WAIT);
            }
            _ => thread::sleep(*pause),
        }
        let now = steps.progress();
        let all = u64::try_from(now.pagecount).unwrap_or(0);
        if !watch(all.saturating_sub(u64::try_from(now.remaining).unwrap_or(0)), all) {
            return Err(Error::person("stopped before the copy was whole")
                .named("stopped")
                .hint("nothing was changed; run it again when there is time"));
        }
    }
    drop(steps);
    drop(snapshot);
    copy.close().map_err(|(_, error)| error)?;
    Ok(())
}

/// Leaves the write-ahead log out of the copy's header, so that it can be read from anywhere.
fn be_one_file(path: &Path) -> Result<()> {
    let copy = open(path)?;
    // Nobody else knows of the file, and so no shared memory is made for it.
    copy.pragma_update_and_check(None, "locking_mode", "exclusive", |_| Ok(()))?;
    // A sync that fails is forgotten by the system with what was to be written, and SQLite does not say here that one failed. So there is one
    // sync of the whole file, which is ours.
    copy.pragma_update(None, "synchronous", "off")?;
    // Nobody needs to go back here either, and a journal on a full disk would stay.
    let mode: String = copy.pragma_update_and_check(None, "journal_mode", "memory", |row| row.get(0))?;
    if mode != "memory" {
        return Err(Error::person("the copy cannot be read without a write-ahead log, so it was thrown away")
            .named("backup-failed")
            .hint("check the disk and the room on it, then try again"));
    }
    copy.close().map_err(|(_, error)| error)?;
    Ok(())
}

/// Fails if the copy is not sound, or is no database of this program.
fn check(path: &Path) -> Result<()> {
    let copy = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    let application: i64 = copy.value("pragma application_id", [])?;
    let version: i64 = copy.value("pragma user_version", [])?;
    if application != i64::from(APPLICATION_ID) || version <= 0 {
        return Err(Error::person("the copy is no database of this program, so it was thrown away")
            .named("backup-failed")
            .hint("`retain check` says what is wrong"));
    }
    match first_damage(&copy).unwrap_or_else(|error| Some(error.message().into())) {
        None => Ok(()),
        Some(found) => Err(damaged(&found)),
    }
}

/// The failure of a database that must not be copied over a good one.
pub(super) fn damaged(what: &str) -> Error {
    // The first line only says in which database.
    let what = what.lines().find(|line| !line.starts_with("***")).unwrap_or("its pages do not fit together");
    Error::person(format!("the database is damaged, so no backup was made of it: {what}"))
        .named("database-damaged")
        .hint("keep this file; `retain backup list` shows older backups, and `retain restore latest` puts the newest in its place")
}

/// The failure of a copy for which the disk has no room.
fn without_room(folder: &Path) -> Error {
    let folder = folder.display();
    Error::person(format!("{folder}: no backup could be written: the disk is full"))
        .named("disk-full")
        .hint("make room, then try again")
}

pub(in crate::store) fn failed(folder: &Path, error: &io::Error) -> Error {
    if [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded].contains(&error.kind()) {
        return without_room(folder);
    }
    // An error of the temporary file names it, which nobody asked for.
    let why = match error.kind() {
        io::ErrorKind::NotFound if fs::metadata(folder).is_ok() => "no file can be made in this folder".to_owned(),
        kind if error.get_ref().is_some() => kind.to_string(),
        _ => error.to_string(),
    };
    let room = if fs::metadata(folder).is_ok() {
        "make room on the disk, and make the folder writable"
    } else {
        "make the folder"
    };
    Error::person(format!("{}: no backup could be written: {why}", folder.display())).named("backup-failed").hint(room)
}
