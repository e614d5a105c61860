//! The database's own checks.

use super::{Reader, fault};
use crate::error::Result;

impl Reader<'_> {
    /// What SQLite finds wrong with the file; empty where nothing is.
    ///
    /// # Errors
    /// When the database cannot be read at all.
    pub fn integrity_problems(&self) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare("pragma integrity_check").map_err(fault::of)?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).map_err(fault::of)?;
        let mut problems: Vec<String> = rows.collect::<rusqlite::Result<_>>().map_err(fault::of)?;
        problems.retain(|problem| problem != "ok");
        Ok(problems)
    }

    /// Rows that name rows which are not there, in words.
    ///
    /// # Errors
    /// When the database cannot be read at all.
    pub fn foreign_key_problems(&self) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare("pragma foreign_key_check").map_err(fault::of)?;
        let rows = statement
            .query_map([], |row| {
                let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
                Ok(format!("a row of `{table}` names a row of `{parent}` that is not there"))
            })
            .map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }
}
