//! Indexes that are made when all rows are there, which is quicker than entry by entry if most rows are new.

use super::Writer;
use super::query::Query;
use crate::error::Result;

/// What is kept in memory while an index is made, in KiB: what is sorted at once should fit the caches of the machine.
const SORTED_KIB: i64 = 16_384;

/// Indexes that were taken off, as statements that make them.
#[derive(Default)]
#[must_use]
pub(super) struct IndexesOff(Vec<String>);

impl IndexesOff {
    /// Whether there are none.
    pub(super) fn is_none(&self) -> bool {
        self.0.is_empty()
    }
}

impl Writer<'_> {
    /// Takes indexes off, for [`Self::make_indexes`] to make again before the commit.
    pub(super) fn take_indexes_off(&self, names: &[&str]) -> Result<IndexesOff> {
        let mut off = Vec::with_capacity(names.len());
        for name in names {
            let sql: Option<String> =
                self.one("select sql from sqlite_schema where type = 'index' and name = ?", [name])?;
            if let Some(sql) = sql {
                self.transaction.execute_batch(&format!("drop index main.{name}"))?;
                off.push(sql);
            }
        }
        Ok(IndexesOff(off))
    }

    /// Makes indexes again.
    pub(super) fn make_indexes(&self, off: IndexesOff) -> Result<()> {
        if off.is_none() {
            return Ok(());
        }
        self.keep_in_memory(SORTED_KIB)?;
        // Threads of SQLite's do not help: they sort only what goes through files, and nothing of a database is written elsewhere.
        off.0.iter().try_for_each(|sql| Ok(self.transaction.execute_batch(sql)?))
    }
}
