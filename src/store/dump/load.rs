//! Makes a database from lines of JSON: of the schema that they were written at, then brought up to date.

use std::fs;
use std::path::Path;

use rusqlite::{Connection, OpenFlags, params_from_iter};
use serde_json::Value as Json;
use tempfile::TempPath;

use super::cell::{self, DumpCell};
use super::{DumpTable, TABLES, quoted};
use crate::error::{Error, Result};
use crate::private;
use crate::store::Reader;
use crate::store::backup::{failed, is_blank, open_beside, replace};
use crate::store::card_change;
use crate::store::database_file::{COMPANIONS, companion, has_content, plain};
use crate::store::open::{APPLICATION_ID, MIGRATIONS, newest};
use crate::store::query::Query;
use crate::store::range;

/// A database that is being made, under a temporary name beside its place.
#[derive(Debug)]
pub struct DumpLoader {
    connection: Connection,
    path: TempPath,
    /// The guards, which are in force again at the end.
    triggers: Vec<(String, String)>,
}

impl DumpLoader {
    /// Fails if there is a database at this path with anything in it.
    pub fn refuse_full(db: &Path) -> Result<()> {
        let left = COMPANIONS.iter().map(|end| companion(db, end)).find(|file| has_content(file));
        if let (false, Some(left)) = (has_content(db), left) {
            return Err(Error::person(format!("{}: this is left of a database that is gone", left.display()))
                .named("database-left-over")
                .hint("it may hold answers: move it away, and keep it; or name another database with `--db PATH`"));
        }
        if !has_content(db) || open_beside(db).is_ok_and(|there| is_blank(&there)) {
            return Ok(());
        }
        Err(Error::person(format!("{}: there is a database already, and it is not empty", db.display()))
            .named("database-not-empty")
            .hint("name a new one: `retain --db FILE import FOLDER`; nothing was changed"))
    }

    /// Begins a database of this schema, to be put at `db`.
    pub fn begin(db: &Path, schema: i64) -> Result<Self> {
        if schema < 1 {
            return Err(Error::person(format!("it says that it is of schema {schema}, and there is no such schema"))
                .named("export-damaged")
                .hint("take another copy of the folder; nothing was changed"));
        }
        let schema = usize::try_from(schema).ok().filter(|schema| (1..=newest() as usize).contains(schema));
        let schema = schema.ok_or_else(|| {
            Error::person(format!("it was written by a newer program (this one knows schema {})", newest()))
                .named("newer-database")
                .hint("install the newest `retain`; nothing was changed")
        })?;
        let db = plain(db)?;
        let folder = db.parent().unwrap_or(Path::new("/"));
        let unwritable = |error: &std::io::Error| {
            Error::person(format!("{}: no database can be made: {error}", folder.display()))
                .hint("make the folder writable, or name another file with `--db PATH`")
        };
        private::create_folder(folder).map_err(|error| unwritable(&error))?;
        let file = tempfile::Builder::new()
            .prefix(&format!("{}import-", private::TEMPORARY))
            .suffix(".part")
            .tempfile_in(folder)
            .map_err(|error| unwritable(&error))?;
        let path = file.into_temp_path();
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(&path, flags)?;
        // What fails is thrown away whole, and what is whole is written to the disk once.
        connection.pragma_update_and_check(None, "journal_mode", "off", |_| Ok(()))?;
        for (name, value) in [("synchronous", "off"), ("foreign_keys", "off"), ("temp_store", "memory")] {
            connection.pragma_update(None, name, value)?;
        }
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        card_change::add_functions(&connection)?;
        MIGRATIONS.to_version(&mut connection, schema).map_err(|error| match error {
            // Such as a full disk.
            rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
            other => Error::fault(format!("schema {schema} cannot be made: {other}")),
        })?;
        let triggers: Vec<(String, String)> =
            connection.all("select name, sql from sqlite_schema where type = 'trigger'", [])?;
        connection.execute_batch("begin")?;
        for (name, _) in &triggers {
            connection.execute_batch(&format!("drop trigger {}", quoted(name)))?;
        }
        let loader = Self { connection, path, triggers };
        // A new database is not quite empty.
        for table in loader.tables()? {
            loader.connection.execute_batch(&format!("delete from {}", quoted(&table.name)))?;
        }
        Ok(loader)
    }

    /// The tables to be filled.
    pub fn tables(&self) -> Result<Vec<DumpTable>> {
        let names: Vec<String> = self.connection.all(TABLES, [])?;
        let table = |name: String| {
            let columns = self.connection.all("select name, type from pragma_table_info(?) order by cid", [&name])?;
            Ok(DumpTable { name, columns, rows: 0, keys: Vec::new() })
        };
        names.into_iter().map(table).collect()
    }

    /// Adds the row of a line.
    pub fn add(&self, table: &DumpTable, line: &[u8]) -> Result<()> {
        let wrong = |why: &str| Error::person(why.to_owned()).named("export-damaged");
        let cells: Vec<Json> = serde_json::from_slice(line).map_err(|_| wrong("this is no row"))?;
        if cells.len() != table.columns.len() {
            return Err(wrong(&format!("there are {} cells, and {} columns", cells.len(), table.columns.len())));
        }
        let cells = cells.into_iter().zip(&table.columns).map(|(cell, (name, kind))| {
            cell::parsed(cell, kind == "BLOB").ok_or_else(|| wrong(&format!("the cell of `{name}` means nothing")))
        });
        let cells: Vec<DumpCell> = cells.collect::<Result<_>>()?;
        let number = |column: &str| {
            let place = table.columns.iter().position(|(name, _)| name == column)?;
            cells[place].number()
        };
        if let Some(why) = range::refusal(&table.name, number) {
            return Err(wrong(&format!("the row has {why}")));
        }
        let places = vec!["?"; cells.len()].join(",");
        let sql = format!("insert into {} values ({places})", quoted(&table.name));
        let mut insert = self.connection.prepare_cached(&sql)?;
        insert.execute(params_from_iter(cells)).map(|_| ()).map_err(|error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::ConstraintViolation | rusqlite::ErrorCode::TypeMismatch) => {
                wrong(&format!("the row cannot be: {error}"))
            }
            _ => error.into(),
        })
    }

    /// Ends the rows: the guards are in force again, an older schema is brought up to date, and all is checked.
    pub fn complete(&mut self) -> Result<()> {
        let connection = &mut self.connection;
        for (_, sql) in &self.triggers {
            connection.execute_batch(sql)?;
        }
        connection.execute_batch("commit")?;
        MIGRATIONS
            .to_latest(connection)
            .map_err(|error| Error::person(format!("the database cannot be brought up to date: {error}")))?;
        let broken: Vec<(String, Option<i64>, String)> = connection.all("pragma foreign_key_check", [])?;
        if let Some((table, _, parent)) = broken.first() {
            return Err(Error::person(format!("a row of `{table}` names a row of `{parent}` that is not there"))
                .named("export-damaged"));
        }
        let found: String = connection.value("pragma integrity_check(1)", [])?;
        if found != "ok" {
            return Err(Error::person(format!("what was made of it is not sound: {found}")).named("export-damaged"));
        }
        Ok(())
    }

    /// What was made so far.
    pub fn reader(&self) -> Reader<'_> {
        Reader { connection: &self.connection }
    }

    /// Puts what is complete in its place.
    pub fn put_at(self, db: &Path) -> Result<()> {
        let Self { connection, path, .. } = self;
        connection.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))?;
        connection.close().map_err(|(_, error)| error)?;
        let db = plain(db)?;
        let folder = db.parent().unwrap_or(Path::new("/"));
        private::sync_file(&path).map_err(|error| failed(folder, &error))?;
        Self::refuse_full(&db)?;
        // An empty database that is there is not missed, but nobody else may have it open.
        let aside = tempfile::Builder::new().prefix(private::TEMPORARY).tempfile_in(folder);
        let aside = aside.map_err(|error| failed(folder, &error))?.into_temp_path();
        drop(fs::remove_file(&aside));
        replace(&db, path, &aside).map(drop)
    }
}
