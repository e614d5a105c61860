//! Opening the database of a package.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use super::damage::damaged;
use super::reading::Collection;
use super::{schema11, schema18};
use crate::anki::package::{broken, newer};
use crate::error::{Error, Result};

/// No text or blob is longer than this, in bytes.
const LONGEST: i32 = 64 << 20;
/// Pages of the database that are kept in memory, in KiB.
const CACHE_KIB: i64 = 8 << 10;
/// Thousands of steps of SQLite after which a statement is stopped: sixty times what a million answers take.
const MOST_STEPS: u64 = 6_000_000;
/// The tables that every collection has.
const TABLES: [&str; 4] = ["col", "notes", "cards", "revlog"];
/// The tables of schema 15 and later.
const NEW_TABLES: [&str; 6] = ["config", "deck_config", "decks", "notetypes", "fields", "templates"];

/// Opens the database of a package, which is at this path.
///
/// # Errors
/// If it is damaged, holds what Anki does not make, or is of a newer Anki.
pub fn open(path: &Path) -> Result<Collection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| damaged(&error))?;
    distrust(&connection).map_err(|error| damaged(&error))?;
    tables(&connection, &TABLES)?;
    let (version, created_s, changed_ms): (i64, i64, i64) = connection
        .query_row("select ver, crt, mod from col limit 1", [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .map_err(|error| damaged(&error))?;
    let mut collection = Collection {
        connection,
        created_s,
        changed_ms,
        offset_minutes: None,
        rollover: 4,
        decks: Default::default(),
        presets: Default::default(),
        note_types: Default::default(),
    };
    match version {
        11 => schema11::load(&mut collection)?,
        15..=18 => {
            tables(&collection.connection, &NEW_TABLES)?;
            schema18::load(&mut collection)?;
        }
        19.. => return Err(newer(&format!("its database is of version {version}"))),
        _ => {
            return Err(Error::person(format!("the package is of version {version}, older than any that is read"))
                .named("package-old")
                .hint("open it in a newer Anki, and export it there"));
        }
    }
    Ok(collection)
}

/// From now on the connection trusts nothing that is written in the file, and no statement goes on for ever.
fn distrust(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    // Sorting may need more than memory allows, and nothing is to be written elsewhere: it stays in the file's own order where it can.
    connection.create_collation("unicase", |one, other| one.to_lowercase().cmp(&other.to_lowercase()))?;
    let mut steps = 0;
    connection.progress_handler(
        1_000,
        Some(move || {
            steps += 1;
            steps > MOST_STEPS
        }),
    )?;
    Ok(())
}

/// Fails unless these are plain tables.
fn tables(connection: &Connection, names: &[&str]) -> Result<()> {
    let sql = "select type, coalesce(sql, '') from sqlite_schema where name = ?1 collate nocase";
    for name in names {
        let found = connection.query_row(sql, [name], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)));
        let (kind, definition) = match found {
            Ok(found) => found,
            Err(rusqlite::Error::QueryReturnedNoRows) => return Err(broken(&format!("its table `{name}` is missing"))),
            Err(error) => return Err(damaged(&error)),
        };
        let words = definition.to_ascii_lowercase();
        if kind != "table" || words.trim_start().starts_with("create virtual") || words.contains("generated always") {
            return Err(foreign(name));
        }
        let hidden: i64 = connection
            .query_row("select count(*) from pragma_table_xinfo(?1) where hidden <> 0", [name], |row| row.get(0))
            .map_err(|error| damaged(&error))?;
        if hidden > 0 {
            return Err(foreign(name));
        }
    }
    Ok(())
}

fn foreign(name: &str) -> Error {
    Error::person(format!("the package is not as Anki makes them: `{name}` is no plain table"))
        .named("package-foreign")
        .hint("do not use it, unless you know who made it")
}
