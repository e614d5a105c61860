//! How a person said that a file is to be read, by its path.

use rusqlite::{OptionalExtension, params};

use super::{Reader, Writer, fault};
use crate::error::Result;

/// What was said about a file: each as its flag takes it, none where nothing was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// `--format`.
    pub format: Option<String>,
    /// `--key`, where it is a rule and no file.
    pub key: Option<String>,
    /// `--key-base`.
    pub key_base: Option<String>,
    /// `--columns`.
    pub columns: Option<String>,
}

impl Reader<'_> {
    /// What was said about the file at this path; none where nothing was.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn reading(&self, path: &str) -> Result<Option<Reading>> {
        let row = |row: &rusqlite::Row<'_>| {
            Ok(Reading { format: row.get(0)?, key: row.get(1)?, key_base: row.get(2)?, columns: row.get(3)? })
        };
        self.connection
            .query_row("select format, key, key_base, columns from reading where path = ?", [path], row)
            .optional()
            .map_err(fault::of)
    }
}

impl Writer<'_> {
    /// Keeps what was said about the file at this path; what was said before no longer holds.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put_reading(&mut self, path: &str, reading: &Reading, now_ms: i64) -> Result<()> {
        let Reading { format, key, key_base, columns } = reading;
        self.run(
            "insert or replace into reading (path, format, key, key_base, columns, at_ms) values (?, ?, ?, ?, ?, ?)",
            params![path, format, key, key_base, columns, now_ms],
        )
    }

    /// Forgets what was said about the file at this path.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn forget_reading(&mut self, path: &str) -> Result<()> {
        self.run("delete from reading where path = ?", [path])
    }
}
