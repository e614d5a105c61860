//! How a person said that a file is to be read, by its path.

use rusqlite::{Row, params};

use super::query::{FromRow, Query};
use super::{Reader, Writer};
use crate::error::Result;

/// How to read a file: each option as its flag takes it, `None` if it was not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingOptions {
    /// `--format`.
    pub format: Option<String>,
    /// `--key`, if it is a rule and no file.
    pub key: Option<String>,
    /// `--key-base`.
    pub key_base: Option<String>,
    /// `--columns`.
    pub columns: Option<String>,
}

impl FromRow for ReadingOptions {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            format: row.get("format")?,
            key: row.get("key")?,
            key_base: row.get("key_base")?,
            columns: row.get("columns")?,
        })
    }
}

impl Reader<'_> {
    /// How to read the file at this path; `None` if nothing is kept for it.
    pub fn reading(&self, path: &str) -> Result<Option<ReadingOptions>> {
        self.one("select format, key, key_base, columns from reading where path = ?", [path])
    }
}

impl Writer<'_> {
    /// Keeps how to read the file at this path, instead of what was kept before.
    pub fn put_reading(&mut self, path: &str, reading: &ReadingOptions, now_ms: i64) -> Result<()> {
        let ReadingOptions { format, key, key_base, columns } = reading;
        self.run(
            "insert or replace into reading (path, format, key, key_base, columns, at_ms) values (?, ?, ?, ?, ?, ?)",
            params![path, format, key, key_base, columns, now_ms],
        )
    }

    /// Forgets how to read the file at this path.
    pub fn forget_reading(&mut self, path: &str) -> Result<()> {
        self.run("delete from reading where path = ?", [path])
    }
}
