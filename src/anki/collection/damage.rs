//! A database that cannot be read, in words.

use crate::anki::package::broken;
use crate::error::Error;
use crate::model::limits::TEXT_BYTES;

/// A failure of SQLite, in words.
pub(super) fn damaged(error: &rusqlite::Error) -> Error {
    let why = match error {
        rusqlite::Error::SqliteFailure(failure, _) if failure.code == rusqlite::ErrorCode::OperationInterrupted => {
            "it keeps the program busy for too long".into()
        }
        rusqlite::Error::SqliteFailure(failure, _) if failure.code == rusqlite::ErrorCode::TooBig => {
            format!("a text in it is far larger than {}", TEXT_BYTES.figure())
        }
        _ => format!("its database is damaged ({error})"),
    };
    broken(&why)
}
