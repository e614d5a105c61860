//! Every table as lines of JSON, exact to the bit, and back.
//!
//! A row is an array of its cells. Integers and reals are numbers; a real always has a point or an exponent, and reads back to the same bits.
//! Texts are strings. A blob is a string of hex digits in a column of blobs. What JSON cannot say is an object: `{"text":"ff"}` is a text that is
//! not UTF-8, as hex; `{"blob":"00"}` a blob in another column; `{"real":"inf"}` a real that is no number of JSON.

mod cell;
mod load;

use rusqlite::{Connection, Transaction};

use super::open::migrated;
use super::query::Query;
use super::{Reader, Store};
use crate::error::Result;

pub(super) use cell::unhex;
pub use load::DumpLoader;

/// A table, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DumpTable {
    /// Its name.
    pub name: String,
    /// Its columns: names and types.
    pub columns: Vec<(String, String)>,
    /// How many rows there are.
    pub rows: u64,
    /// The columns by which the rows are in order.
    keys: Vec<String>,
}

/// One state of a database, whoever writes meanwhile.
#[derive(Debug)]
pub struct Dump<'c> {
    transaction: Transaction<'c>,
}

/// The tables that are written: all of ours but the index of words, which is made again from the questions.
const TABLES: &str = "select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\'
    and name not like 'search%' order by name";

impl Store {
    /// Everything in the database, as it is now.
    pub fn dump(&self) -> Result<Dump<'_>> {
        let transaction = self.connection.unchecked_transaction()?;
        transaction.query_row("select count(*) from sqlite_schema", [], |_| Ok(()))?;
        Ok(Dump { transaction })
    }
}

impl Dump<'_> {
    /// The same state, for what reads it in other ways.
    pub fn reader(&self) -> Reader<'_> {
        Reader { connection: &self.transaction }
    }

    /// The number of the schema.
    pub fn schema(&self) -> Result<i64> {
        self.reader().value("pragma user_version", [])
    }

    /// All tables, by name.
    pub fn tables(&self) -> Result<Vec<DumpTable>> {
        let own = migrated(None)?;
        let names: Vec<String> = own.all(TABLES, [])?;
        names.into_iter().map(|name| self.table(name, &own)).collect()
    }

    /// A table with the columns that it has in a database of our own.
    fn table(&self, name: String, own: &Connection) -> Result<DumpTable> {
        const COLUMNS: &str = "select name, type from pragma_table_info(?) order by cid";
        let reader = self.reader();
        let mut columns: Vec<(String, String)> = reader.all(COLUMNS, [&name])?;
        let of_ours: Vec<(String, String)> = own.all(COLUMNS, [&name])?;
        columns.retain(|column| of_ours.contains(column));
        let keys = reader.all("select name from pragma_table_info(?) where pk > 0 order by pk", [&name])?;
        let rows: i64 = reader.value(&format!("select count(*) from {}", quoted(&name)), [])?;
        Ok(DumpTable { name, columns, rows: rows.unsigned_abs(), keys })
    }

    /// Calls `visit` with every row of a table as a line, without its end, in the order of the keys.
    pub fn each_line(&self, table: &DumpTable, mut visit: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
        let cells: Vec<String> = table.columns.iter().map(|(name, _)| quoted(name)).collect();
        let keys: Vec<String> = table.keys.iter().map(|name| quoted(name)).collect();
        let sql = format!("select {} from {} order by {}", cells.join(", "), quoted(&table.name), keys.join(", "));
        let mut line = Vec::new();
        self.reader().each(&sql, [], |row| {
            line.clear();
            line.push(b'[');
            for (place, (_, kind)) in table.columns.iter().enumerate() {
                if place > 0 {
                    line.push(b',');
                }
                cell::write(&mut line, row.get_ref(place)?, kind == "BLOB");
            }
            line.push(b']');
            visit(&line)
        })
    }
}

/// A name as SQL has it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
