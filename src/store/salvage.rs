//! The log of another database, as far as it can be read: of a backup, of another computer, or of a file that is damaged.
//!
//! A table is read from its beginning until that fails, and then from its end backwards. What lies between two damaged places is lost.

use std::collections::HashMap;
use std::path::Path;

use rusqlite::{Connection, Row};
use uuid::Uuid;

use super::database_file::{open_to_read, plain};
use super::loose_entry::{LOG_TABLES, LooseEntry, decode};
use super::open;
use super::query::Query;
use crate::error::{Error, Result};
use crate::model::CardId;

/// How well a log could be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// How many entries were read.
    pub entries: usize,
    /// Whether some could not be read.
    pub damaged: bool,
}

/// Reads all entries of the log of the database at `path`, whatever else is wrong with it: answers, then moves, then undos. An entry may come
/// twice.
///
/// # Errors
/// When nothing of it can be read, or `sink` fails.
pub fn salvage(path: &Path, mut sink: impl FnMut(LooseEntry) -> Result<()>) -> Result<Salvaged> {
    let connection = open_to_read(&plain(path)?)?;
    open::prepare(&connection)?;
    let mut damaged = false;
    let mut uids: HashMap<CardId, Uuid> = HashMap::new();
    damaged |= both_ways(&connection, "select id, uid from card order by id", |row| {
        uids.insert(row.get(0)?, row.get(1)?);
        Ok(())
    })?;
    let mut devices: HashMap<i64, String> = HashMap::new();
    damaged |= both_ways(&connection, "select id, name from device order by id", |row| {
        devices.insert(row.get(0)?, row.get(1)?);
        Ok(())
    })?;
    let mut entries = 0;
    for table in &LOG_TABLES {
        let columns: Vec<String> =
            connection.all("select name from pragma_table_info(?)", [table.name]).unwrap_or_default();
        if columns.is_empty() {
            damaged = true;
            continue;
        }
        let sql = table.select_of(&columns, "true order by id");
        damaged |= both_ways(&connection, &sql, |row| {
            let uid = |card| Ok(uids.get(&card).copied());
            let (_, entry) = decode(table, row, uid, |device| Ok(devices.get(&device).cloned()))?;
            entries += 1;
            sink(entry)
        })?;
    }
    if entries == 0 && damaged {
        return Err(Error::person("no answer can be read from it").named("database-damaged"));
    }
    Ok(Salvaged { entries, damaged })
}

/// Visits the rows of a statement that ends in `order by id`; from both ends if it fails in between. Whether it did.
fn both_ways(connection: &Connection, sql: &str, mut visit: impl FnMut(&Row<'_>) -> Result<()>) -> Result<bool> {
    if read_until_damage(connection, sql, &mut visit)? {
        return Ok(false);
    }
    read_until_damage(connection, &format!("{sql} desc"), &mut visit)?;
    Ok(true)
}

/// Whether all rows could be read. A failure of `visit` that is none of the file is passed on.
fn read_until_damage(
    connection: &Connection,
    sql: &str,
    visit: &mut impl FnMut(&Row<'_>) -> Result<()>,
) -> Result<bool> {
    let Ok(mut statement) = connection.prepare(sql) else { return Ok(false) };
    let Ok(mut rows) = statement.query([]) else { return Ok(false) };
    loop {
        match rows.next() {
            Ok(None) => return Ok(true),
            Ok(Some(row)) => match visit(row) {
                Err(error) if error.code() == "database-damaged" => {}
                done => done?,
            },
            Err(_) => return Ok(false),
        }
    }
}
