//! A database that cannot be opened as usual: what its schema has, and how that is put right.

use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::database_file::{plain, refuse_special};
use super::open::{self, APPLICATION_ID};
use super::query::Query;
use super::schema_guard::{self, SchemaDifference};
use super::{BackupPolicy, Reader, Store, open::refuse_read_only};
use crate::error::{Error, Result};
use crate::model::Moment;

impl Store {
    /// How the schema of the database at this path differs from what the migrations make. Nothing of it is run.
    pub fn schema_differences(path: &Path) -> Result<Vec<SchemaDifference>> {
        let connection = open_inert(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        Ok(schema_guard::harmful(&schema_guard::schema(&connection)?, &schema_guard::newest()))
    }

    /// Opens a database of this program and of its newest schema to copy it only: whatever else is in it, and whatever is missing, nothing of it is
    /// run.
    pub fn open_inert(path: &Path) -> Result<Self> {
        let connection =
            open_inert(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(|error| error.about(path.display()))?;
        Ok(Self::of_connection(connection, path, None, None))
    }

    /// Removes what no migration makes (triggers, views, indexes) and makes what is missing, as one change; what was done, in words. Tables
    /// are left alone, but those that follow from others. A copy is kept before, and where it is comes first.
    pub fn mend_schema(path: &Path, policy: &BackupPolicy, now: Moment) -> Result<(PathBuf, Vec<String>)> {
        let mut connection = open_inert(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        refuse_read_only(&connection, path)?;
        let expected = schema_guard::newest();
        let found = schema_guard::harmful(&schema_guard::schema(&connection)?, &expected);
        if let Some(difference) = found.iter().find(|difference| !difference.can_be_mended()) {
            return Err(Error::person(format!("this cannot be put right without a guess: {}", difference.words()))
                .named("foreign-schema")
                .hint("`retain check` says what to do; nothing was changed"));
        }
        let copy = policy.keep_as_it_is(&connection, path, now)?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut done = Vec::new();
        let mut differences = schema_guard::harmful(&schema_guard::schema(&transaction)?, &expected);
        // Indexes and triggers are of a table, which comes first.
        differences.sort_by_key(|difference| difference.part().0 != "table");
        for difference in differences {
            let (kind, name) = difference.part();
            if !matches!(difference, SchemaDifference::Missing(..)) {
                let quoted = name.replace('"', "\"\"");
                transaction.execute_batch(&format!("drop {kind} \"{quoted}\""))?;
            }
            match expected.get(&(kind.into(), name.into())) {
                Some(sql) => {
                    transaction.execute_batch(sql)?;
                    done.push(format!("the {kind} `{name}` was made again"));
                }
                None => done.push(format!("the {kind} `{name}`, which was not made by this program, was removed")),
            }
        }
        transaction.commit()?;
        Ok((copy, done))
    }
}

impl Reader<'_> {
    /// What is in the file that this program did not make and never touches, in words.
    pub fn ignored_parts(&self) -> Result<Vec<String>> {
        let found = schema_guard::schema(self.connection())?;
        let words = |difference: &SchemaDifference| match difference {
            SchemaDifference::Foreign(kind, name) => {
                format!("the {kind} `{name}` was not made by this program; it is left alone")
            }
            other => format!(
                "the table `{}` has columns that this program did not make; they are left alone",
                other.part().1
            ),
        };
        Ok(schema_guard::ignored(&found, &schema_guard::newest()).iter().map(words).collect())
    }
}

/// Opens a database of this program and of its newest schema, so that nothing in it runs: no trigger, no view.
fn open_inert(path: &Path, how: OpenFlags) -> Result<Connection> {
    let path = plain(path)?;
    refuse_special(&path)?;
    let connection = Connection::open_with_flags(path, how | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    open::prepare(&connection)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if application != APPLICATION_ID || version != open::newest() {
        return Err(Error::person("the database is of another version, or of another program"));
    }
    Ok(connection)
}
