//! How statements are run: prepared once for each connection, with rows that become values.
//!
//! Entities are read by the names of their columns. Finding a column by name takes about 0.2 µs, five times as long as reading it. So
//! rows that may be read by the hundred thousand (cards and the log) are read by position instead.

use rusqlite::types::{FromSql, Value};
use rusqlite::{Connection, Params, Row, RowIndex};
use uuid::Uuid;

use super::{Reader, Writer};
use crate::error::Result;
use crate::model::{CardId, DeckId, LogId, QuestionId, StudyDay};

/// A value made of a row. Tuples and single cells are read in the order of the columns.
pub(super) trait FromRow: Sized {
    fn from_row(row: &Row<'_>) -> Result<Self>;
}

macro_rules! single_cells {
    ($($name:ty),+) => {$(
        impl FromRow for $name {
            fn from_row(row: &Row<'_>) -> Result<Self> {
                Ok(row.get(0)?)
            }
        }
    )+};
}

single_cells!(bool, i64, u32, String, Uuid, Option<i64>, Option<LogId>, CardId, DeckId, LogId, QuestionId, StudyDay);

impl<A: FromSql, B: FromSql> FromRow for (A, B) {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok((row.get(0)?, row.get(1)?))
    }
}

impl<A: FromSql, B: FromSql, C: FromSql> FromRow for (A, B, C) {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    }
}

/// A text in place, without a copy of it.
pub(super) fn text<'r>(row: &'r Row<'_>, column: impl RowIndex) -> Result<&'r str> {
    Ok(row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?)
}

/// Adds `more` to `values` and names their places, as `?5, ?6`.
pub(super) fn places<T: Into<Value>>(values: &mut Vec<Value>, more: impl IntoIterator<Item = T>) -> String {
    let first = values.len() + 1;
    values.extend(more.into_iter().map(Into::into));
    (first..=values.len()).map(|place| format!("?{place}")).collect::<Vec<_>>().join(", ")
}

/// Running statements, for everything that has a connection.
pub(super) trait Query {
    fn connection(&self) -> &Connection;

    /// All rows.
    fn all<T: FromRow, C: FromIterator<T>>(&self, sql: &str, values: impl Params) -> Result<C> {
        self.connection().prepare_cached(sql)?.query_and_then(values, T::from_row)?.collect()
    }

    /// The first row, if there is any.
    fn one<T: FromRow>(&self, sql: &str, values: impl Params) -> Result<Option<T>> {
        self.one_by(sql, values, T::from_row)
    }

    /// What `decode` makes of the first row, if there is any.
    fn one_by<T>(
        &self,
        sql: &str,
        values: impl Params,
        decode: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        self.connection().prepare_cached(sql)?.query(values)?.next()?.map(decode).transpose()
    }

    /// The first row of a statement that always gives one, such as a count.
    fn value<T: FromRow>(&self, sql: &str, values: impl Params) -> Result<T> {
        Ok(self.one(sql, values)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?)
    }

    /// Calls `visit` with every row.
    fn each(&self, sql: &str, values: impl Params, mut visit: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
        let mut statement = self.connection().prepare_cached(sql)?;
        let mut rows = statement.query(values)?;
        while let Some(row) = rows.next()? {
            visit(row)?;
        }
        Ok(())
    }

    /// Writes.
    fn run(&self, sql: &str, values: impl Params) -> Result<()> {
        self.run_counted(sql, values).map(|_| ())
    }

    /// Writes, and counts the rows that changed.
    fn run_counted(&self, sql: &str, values: impl Params) -> Result<usize> {
        Ok(self.connection().prepare_cached(sql)?.execute(values)?)
    }
}

impl Query for Connection {
    fn connection(&self) -> &Connection {
        self
    }
}

impl Query for Reader<'_> {
    fn connection(&self) -> &Connection {
        self.connection
    }
}

impl Query for Writer<'_> {
    fn connection(&self) -> &Connection {
        &self.transaction
    }
}
