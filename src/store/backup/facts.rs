//! What is in a backup, and what is not in it.

use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};

use super::BackupPolicy;
use super::label::BackupReason;
use crate::error::{Error, Result};
use crate::store::Reader;
use crate::store::database_file::{has_content, open_to_read, plain, refuse_special};
use crate::store::open::{APPLICATION_ID, newest};
use crate::store::query::Query;

/// What a backup holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackupFacts {
    /// The number of its schema.
    pub schema: i64,
    /// The answers in its log, those taken back too.
    pub answers: u64,
}

impl BackupFacts {
    /// Opens a backup and looks.
    ///
    /// # Errors
    /// If it is no database of this program, or cannot be read.
    pub fn find(path: &Path) -> Result<Self> {
        let connection = open_to_read(&plain(path)?)?;
        let schema = schema_of(&connection)?;
        let answers: i64 = connection.value("select count(*) from review", [])?;
        Ok(Self { schema, answers: answers.unsigned_abs() })
    }
}

/// The schema of a database of this program, which must not be newer than the program.
pub(super) fn schema_of(connection: &Connection) -> Result<i64> {
    let application: i64 = connection.value("pragma application_id", [])?;
    let schema: i64 = connection.value("pragma user_version", [])?;
    if application != i64::from(APPLICATION_ID) || schema <= 0 {
        return Err(Error::person("this is no database of this program")
            .named("not-a-backup")
            .hint("name a backup: `retain backup list` shows them"));
    }
    if schema > newest() {
        return Err(Error::person(format!(
            "it comes from a newer program (schema {schema}, this one knows {})",
            newest()
        ))
        .named("newer-database")
        .hint("install the newest `retain`; nothing was changed"));
    }
    Ok(schema)
}

/// What identifies a state of a database: the last entries of its log, its deeds, imports and exams, and its schema. `None` if it cannot be told.
pub(in crate::store) fn state_of(connection: &Connection) -> Option<Vec<Value>> {
    let sql = "select (select max(id) from review), (select max(id) from undo), (select max(id) from move),
        (select max(id) from deed), (select max(id) from import),
        (select count(*) from import where taken_back_ms is not null), (select max(id) from exam),
        (select total(used_ms) from exam), (select count(*) from exam where ended_ms is not null),
        (select user_version from pragma_user_version)";
    connection.query_row(sql, [], |row| (0..10).map(|column| row.get(column)).collect()).ok()
}

/// Whether there is nothing in the database that would be missed.
pub(in crate::store) fn is_blank(connection: &Connection) -> bool {
    let sql = "select not exists (select 1 from question) and not exists (select 1 from review)
        and not exists (select 1 from deed) and not exists (select 1 from deck)";
    connection.query_row(sql, [], |row| row.get(0)).unwrap_or(false)
}

/// Opens a database that others use in this process or another, to read its last committed state.
pub(in crate::store) fn open_beside(path: &Path) -> Result<Connection> {
    let path = plain(path)?;
    refuse_special(&path)?;
    if !has_content(&path) {
        return Err(Error::person(format!("the database is no longer there: {}", path.display()))
            .named("database-moved")
            .hint("`retain where` says where it is to be"));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    Ok(connection)
}

/// Whether a backup is one of this database, and not of another one with its name: the first thing that was ever done in it was done here, too.
/// One that cannot be told is taken for one of its own.
pub(super) fn is_of(backup: &Path, source: &Connection) -> bool {
    let Ok(backup) = plain(backup).and_then(|path| open_to_read(&path)) else { return true };
    ["deed", "review"]
        .iter()
        .find_map(|table| {
            let first: [u8; 16] =
                backup.query_row(&format!("select id from {table} order by id limit 1"), [], |row| row.get(0)).ok()?;
            let here = format!("select exists (select 1 from {table} where id = ?)");
            source.query_row(&here, [first], |row| row.get(0)).ok()
        })
        .unwrap_or(true)
}

/// How many answers of a database are not in a backup; `None` if the database cannot be read.
///
/// # Errors
/// If the backup cannot be read.
pub fn answers_missing_in(backup: &Path, db: &Path) -> Result<Option<u64>> {
    let backup = open_to_read(&plain(backup)?)?;
    let Ok(present) = open_beside(db) else { return Ok(None) };
    Ok(entries_missing(&present, &backup))
}

/// Whether all that a backup holds is in this database, too, by what was done first and last in it: one of another database, or of a time
/// that a restore went back from, is not let go of for this one. A copy of a database has the backups of before with it.
pub(super) fn is_before(backup: &Path, source: &Connection) -> bool {
    let Ok(backup) = plain(backup).and_then(|path| open_to_read(&path)) else { return false };
    let is_here = |table: &str, end: &str| -> Option<bool> {
        let id: Option<[u8; 16]> =
            backup.query_row(&format!("select {end}(id) from {table}"), [], |row| row.get(0)).ok()?;
        let Some(id) = id else { return Some(true) };
        let here = format!("select exists (select 1 from {table} where id = ?)");
        source.query_row(&here, [id], |row| row.get(0)).ok()
    };
    // Older schemas have no deeds.
    let has_deeds = backup.query_row("select count(*) from deed", [], |_| Ok(())).is_ok();
    let tables: &[&str] = if has_deeds { &["deed", "review"] } else { &["review"] };
    tables.iter().all(|table| ["min", "max"].iter().all(|end| is_here(table, end).unwrap_or(false)))
}

impl Reader<'_> {
    /// Whether all that a backup holds is here, too, by what was done first and last in it.
    pub fn holds_backup(&self, backup: &Path) -> bool {
        is_before(backup, self.connection)
    }
}

impl BackupPolicy {
    /// The newest backup of a database that has answers which the database does not have, and how many. What a restore replaced does not count:
    /// somebody went back from it.
    pub fn with_more_answers(&self, db: &Path, present: Reader<'_>) -> Option<(PathBuf, u64)> {
        let backups = self.backups(db).into_iter().filter(|backup| backup.reason != BackupReason::Restore);
        backups.map(|backup| backup.path).find_map(|path| {
            let backup = plain(&path).and_then(|path| open_to_read(&path)).ok()?;
            let more = entries_missing(&backup, present.connection).filter(|more| *more > 0)?;
            is_of(&path, present.connection).then_some((path, more))
        })
    }
}

/// How many answers of a database are not in another one; `None` if one of them cannot be read.
pub(in crate::store) fn entries_missing(present: &Connection, other: &Connection) -> Option<u64> {
    let sql = "select id from review order by id";
    let (mut present, mut other) = (present.prepare(sql).ok()?, other.prepare(sql).ok()?);
    let (mut here, mut there) = (present.query([]).ok()?, other.query([]).ok()?);
    let next = |rows: &mut rusqlite::Rows<'_>| -> Option<Option<[u8; 16]>> {
        rows.next().ok()?.map(|row| row.get(0)).transpose().ok()
    };
    // Both are in the order of the log, so each is read once.
    let (mut kept, mut missing) = (next(&mut there)?, 0);
    while let Some(id) = next(&mut here)? {
        while kept.is_some_and(|kept| kept < id) {
            kept = next(&mut there)?;
        }
        missing += u64::from(kept != Some(id));
    }
    Some(missing)
}
