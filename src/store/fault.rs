//! What went wrong in the database, in words.

use std::fmt;

use rusqlite::ErrorCode;

use super::search_health::damaged_index;
use crate::error::Error;

/// A value in a column that no version of this program writes.
#[derive(Debug)]
pub(super) struct Nonsense(pub(super) &'static str);

impl fmt::Display for Nonsense {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Nonsense {}

impl From<rusqlite::Error> for Error {
    /// The failure as a person understands it.
    fn from(error: rusqlite::Error) -> Self {
        let code = match &error {
            rusqlite::Error::SqliteFailure(failure, _) => Some(failure.code),
            rusqlite::Error::SqlInputError { msg, .. } if is_remade(msg) => return remade(msg).caused_by(error),
            rusqlite::Error::FromSqlConversionFailure(_, _, cause) => match cause.downcast_ref() {
                Some(Nonsense(what)) => return nonsense(what),
                None => return nonsense("a value").caused_by(error),
            },
            rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::Utf8Error(..) => return nonsense("a value").caused_by(error),
            _ => None,
        };
        let found = match code {
            // The index of words has failures of its own, and is a cache.
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::Unknown) if error.to_string().contains("fts5") => {
                damaged_index()
            }
            // SQLite has no code for a header that it does not understand.
            Some(ErrorCode::Unknown) if error.to_string().contains("unsupported file format") => {
                damaged("its header says what no program writes")
            }
            Some(ErrorCode::Unknown) if is_remade(&error.to_string()) => remade(&error.to_string()),
            Some(ErrorCode::NotADatabase) => no_database(),
            Some(ErrorCode::DatabaseCorrupt) => damaged(error.to_string()),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                Error::person("the database is in use by another process")
                    .named("database-in-use")
                    .hint("wait until it is done, then try again")
            }
            Some(ErrorCode::ReadOnly) => Error::person("the database is read-only")
                .named("database-read-only")
                .hint("make the file and its folder writable, or choose another with `--db PATH`"),
            Some(ErrorCode::DiskFull) => Error::person("the disk is full; nothing was changed")
                .named("disk-full")
                .hint("make room, then try again"),
            Some(ErrorCode::CannotOpen) => Error::person("the database cannot be opened")
                .named("database-unopened")
                .hint("check that the folder exists and is writable, or choose another file with `--db PATH`"),
            Some(ErrorCode::SystemIoFailure) => {
                Error::person(format!("the database cannot be read or written: {error}"))
                    .named("database-io")
                    .hint("check the disk and the room on it, then try again")
            }
            Some(ErrorCode::TooBig) => Error::person("a text in the database is too long to be read")
                .named("endless-text")
                .hint("`retain check` says which one, and what to do"),
            _ => Error::fault(format!("unexpected database error: {error}"))
                .hint("run `retain check`, and report this with what it says"),
        };
        found.caused_by(error)
    }
}

/// Whether a statement failed because of what the schema is: something is missing, or is a view that was put in place of a table and is not run.
fn is_remade(said: &str) -> bool {
    said.contains("no such table") || said.contains("no such column") || said.contains("prohibited")
}

/// The failure of a database whose tables are not those that this program makes.
fn remade(said: &str) -> Error {
    Error::person(format!("the database is not as this program makes it: {said}"))
        .named("foreign-schema")
        .hint("`retain check` lists what differs, and says what to do; `retain backup FILE` copies the file as it is")
}

/// The failure of a file that is something else.
pub(super) fn no_database() -> Error {
    Error::person("the file is not a database")
        .named("not-a-database")
        .hint("choose another file with `--db PATH`, or move this one away to start again")
}

/// The failure of a database whose file is not as it was written.
pub(super) fn damaged(what: impl fmt::Display) -> Error {
    Error::person(format!("the database is damaged: {what}"))
        .named("database-damaged")
        .hint("`retain check` says what is wrong; keep a copy of the file before anything else")
}

/// The failure of a database that holds what no version of this program writes.
pub(super) fn nonsense(what: &str) -> Error {
    Error::person(format!("the database holds {what} that means nothing to this program"))
        .named("database-damaged")
        .hint("`retain check` says what is wrong; keep a copy of the file before anything else")
}
