//! A database that a session holds: it stays still, and what the session writes is kept at hand.
//!
//! A second connection keeps a snapshot. While it does, no process moves what is in the write-ahead log into the database, so the file does
//! not change, and a change means that another program wrote over it (`cp`, a sync client). The entries that the session writes are also kept
//! in memory, so that they can be written elsewhere if the file is lost.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::file_watch::FileWatch;
use super::loose_entry::LooseEntry;
use crate::error::Result;

/// What a session holds.
#[derive(Debug)]
pub(super) struct Hold {
    /// Keeps the snapshot. It is never read again.
    _snapshot: Option<Connection>,
    /// What was written since, in the order of the log.
    pub(super) entries: Vec<LooseEntry>,
}

impl Hold {
    /// Holds the database still, if no other process is in the middle of something. Nothing is lost if that is not possible: then a file
    /// that is written over is not noticed, but one that is moved or replaced is.
    pub(super) fn begin(connection: &Connection, path: &Path, watch: &FileWatch) -> Result<Self> {
        let snapshot = snapshot(connection, path).unwrap_or_default();
        if snapshot.is_some() {
            watch.hold_still();
        }
        Ok(Self { _snapshot: snapshot, entries: Vec::new() })
    }
}

/// A connection with a snapshot of the database while nothing waits in its write-ahead log; `None` if something does.
fn snapshot(connection: &Connection, path: &Path) -> rusqlite::Result<Option<Connection>> {
    if !is_folded(connection)? {
        return Ok(None);
    }
    let snapshot =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    snapshot.execute_batch("begin")?;
    snapshot.query_row("select count(*) from sqlite_schema", [], |_| Ok(()))?;
    // What another process wrote in between may still be moved into the database.
    Ok(is_folded(connection)?.then_some(snapshot))
}

/// Moves what waits in the write-ahead log into the database; whether nothing waits after that, and nobody else is moving it: SQLite says -1 for
/// both numbers then.
fn is_folded(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("pragma wal_checkpoint(passive)", [], |row| {
        let (busy, waiting, moved): (bool, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(!busy && waiting >= 0 && waiting == moved)
    })
}
