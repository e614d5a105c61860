//! The database's own checks.

use super::Reader;
use super::query::Query;
use crate::error::Result;

impl Reader<'_> {
    /// What SQLite finds wrong with the file; empty if nothing is.
    pub fn integrity_problems(&self) -> Result<Vec<String>> {
        let mut problems: Vec<String> = self.all("pragma integrity_check", [])?;
        problems.retain(|problem| problem != "ok");
        Ok(problems)
    }

    /// Rows that name rows which are not there, in words.
    pub fn foreign_key_problems(&self) -> Result<Vec<String>> {
        let rows: Vec<(String, Option<i64>, String)> = self.all("pragma foreign_key_check", [])?;
        let problem = |(table, _, parent)| format!("a row of `{table}` names a row of `{parent}` that is not there");
        Ok(rows.into_iter().map(problem).collect())
    }
}
