//! Whether the schema of a database is the one that the migrations make.
//!
//! A database can come from anybody. Its triggers, views, indexes and generated columns are programs that SQLite would run for us, and the
//! triggers of the log are what keeps it append-only. So nothing but what the migrations make is accepted, and nothing of it may be missing.
//! See "Untrusted SQLite database files" in <https://www.sqlite.org/security.html>.

use std::collections::BTreeMap;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, Row};

use super::query::{FromRow, Query};
use crate::error::{Error, Result};

/// What the migrations make, as SQLite keeps it. `the_schema_is_what_the_migrations_make` holds it.
const NEWEST: &str = include_str!("../../migrations/schema.sql");
/// How the line before an object begins.
const HEAD: &str = "--- ";
/// Tables that follow from others, and can be made again.
pub const CACHES: [&str; 2] = ["memory", "load"];
/// No text or blob is longer than this, in bytes.
pub(super) const LONGEST: i32 = 64 << 20;

/// A part of a schema: a table, an index, a view or a trigger.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct SchemaPart {
    kind: String,
    name: String,
}

/// How a database differs from what the migrations make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemaDifference {
    /// Something is there that no migration makes: its kind and its name.
    Foreign(String, String),
    /// Something is missing that a migration makes.
    Missing(String, String),
    /// Something is defined in another way.
    Changed(String, String),
}

impl SchemaDifference {
    /// The difference, in words.
    pub fn words(&self) -> String {
        match self {
            Self::Foreign(kind, name) => format!("the {kind} `{name}` was not made by this program"),
            Self::Missing(kind, name) => format!("the {kind} `{name}` is missing"),
            Self::Changed(kind, name) => format!("the {kind} `{name}` is not as this program makes it"),
        }
    }

    /// Whether it can be put right without a guess: a table may hold what somebody needs, unless it follows from others.
    pub fn can_be_mended(&self) -> bool {
        match self {
            Self::Missing(kind, name) if kind == "table" => CACHES.contains(&name.as_str()),
            other => other.part().0 != "table",
        }
    }

    /// The kind of the part, and its name.
    pub(super) fn part(&self) -> (&str, &str) {
        let (Self::Foreign(kind, name) | Self::Missing(kind, name) | Self::Changed(kind, name)) = self;
        (kind, name)
    }
}

/// The parts of a schema with their definitions.
pub(super) type Schema = BTreeMap<(String, String), String>;

struct SchemaRow(SchemaPart, String);

impl FromRow for SchemaRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self(SchemaPart { kind: row.get(0)?, name: row.get(1)? }, row.get(2)?))
    }
}

/// From now on the connection trusts nothing that is written in the file: no function with effects in its schema, no writing past SQL,
/// no endless value.
pub(super) fn distrust(connection: &Connection) -> Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST)?;
    Ok(())
}

/// The schema of this connection. Statistics of the query planner and indexes that follow from tables are left out.
pub(super) fn schema(connection: &Connection) -> Result<Schema> {
    let rows: Vec<SchemaRow> = connection.all(
        "select type, name, sql from sqlite_schema where sql is not null and name not like 'sqlite\\_%' escape '\\'",
        [],
    )?;
    Ok(rows.into_iter().map(|SchemaRow(part, sql)| ((part.kind, part.name), sql)).collect())
}

/// The schema that the newest migration makes.
pub(super) fn newest() -> Schema {
    let parts = NEWEST.split(HEAD).filter_map(|part| part.split_once('\n'));
    let parts = parts.filter_map(|(head, sql)| Some((head.split_once(' ')?, sql.trim_end())));
    parts.map(|((kind, name), sql)| ((kind.into(), name.into()), sql.trim_end_matches(';').into())).collect()
}

/// How `found` differs from `expected`.
pub(super) fn differences(found: &Schema, expected: &Schema) -> Vec<SchemaDifference> {
    // Versions of SQLite differ in the quotes that they put around a renamed table.
    let plain = |sql: &str| -> String { sql.chars().filter(|sign| !sign.is_whitespace() && *sign != '"').collect() };
    let mut differences = Vec::new();
    for ((kind, name), sql) in found {
        match expected.get(&(kind.clone(), name.clone())) {
            None => differences.push(SchemaDifference::Foreign(kind.clone(), name.clone())),
            Some(other) if sql != other && plain(sql) != plain(other) => {
                differences.push(SchemaDifference::Changed(kind.clone(), name.clone()));
            }
            Some(_) => {}
        }
    }
    let missing = expected.keys().filter(|part| !found.contains_key(*part));
    differences.extend(missing.map(|(kind, name)| SchemaDifference::Missing(kind.clone(), name.clone())));
    differences
}

/// What of a schema this program never touches, and what cannot make it run anything: plain tables of others, and plain columns that were added
/// to tables of ours.
pub(super) fn ignored(found: &Schema, expected: &Schema) -> Vec<SchemaDifference> {
    let mut differences = differences(found, expected);
    differences.retain(|difference| is_harmless(difference, found, expected));
    differences
}

/// How `found` differs from `expected` in what this program relies on.
pub(super) fn harmful(found: &Schema, expected: &Schema) -> Vec<SchemaDifference> {
    let mut differences = differences(found, expected);
    differences.retain(|difference| !is_harmless(difference, found, expected));
    differences
}

fn is_harmless(difference: &SchemaDifference, found: &Schema, expected: &Schema) -> bool {
    let (kind, name) = difference.part();
    let part = (kind.to_owned(), name.to_owned());
    let Some(sql) = found.get(&part).filter(|_| kind == "table") else { return false };
    match (difference, expected.get(&part)) {
        // A table that names rows of ours would keep them from being removed, and a virtual one is a program.
        (SchemaDifference::Foreign(..), _) => {
            let low = sql.to_lowercase();
            low.trim_start().starts_with("create table") && !low.contains("references")
        }
        (SchemaDifference::Changed(..), Some(own)) => is_own_with_plain_columns(sql, own),
        _ => false,
    }
}

/// Whether the definition of a table is that of ours with columns behind ours that have a name and a type, and nothing that is computed.
fn is_own_with_plain_columns(found: &str, own: &str) -> bool {
    added_columns(found, own).is_some_and(|added| {
        added.split(',').all(|column| {
            let words: Vec<&str> = column.split_whitespace().collect();
            let plain = |word: &&str| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
            let types = ["text", "integer", "int", "real", "blob", "any"];
            matches!(words[..], [name, kind] if plain(&name) && types.contains(&kind.to_lowercase().as_str()))
        })
    })
}

/// What stands in the definition of a table behind the columns of ours, if all else is the same. SQLite puts new columns before the
/// conditions of the whole table.
fn added_columns<'a>(found: &'a str, own: &str) -> Option<&'a str> {
    let length = found.len().checked_sub(own.len()).filter(|length| *length > 0)?;
    let (mut depth, mut quoted) = (0, false);
    for (place, byte) in found.bytes().enumerate() {
        let rest = own.get(place..).unwrap_or_default();
        if byte == b',' && depth == 1 && !quoted && is_behind_columns(rest) && found.get(place + length..) == Some(rest)
        {
            return found.get(place + 1..place + length);
        }
        match byte {
            b'\'' => quoted = !quoted,
            b'(' if !quoted => depth += 1,
            b')' if !quoted => depth -= 1,
            _ => {}
        }
        // Up to there, both are the same.
        if own.as_bytes().get(place) != Some(&byte) {
            return None;
        }
    }
    None
}

/// Whether the definition of a table goes on like this behind its last column.
fn is_behind_columns(rest: &str) -> bool {
    let rest = rest.trim_start();
    let Some(condition) = rest.strip_prefix(',') else { return rest.starts_with(')') };
    let word: String = condition.trim_start().chars().take_while(char::is_ascii_alphabetic).collect();
    ["primary", "unique", "check", "foreign", "constraint"].contains(&word.to_lowercase().as_str())
}

/// Fails if the schema of this connection has what only later versions than the one it states make.
pub(super) fn confirm_version(connection: &Connection, version: i64, expected: &Schema) -> Result<()> {
    let (found, newest) = (schema(connection)?, newest());
    let Some((kind, name)) = found.keys().find(|part| newest.contains_key(*part) && !expected.contains_key(*part))
    else {
        return Ok(());
    };
    Err(Error::person(format!(
        "the database says that it is of schema {version}, but it has the {kind} `{name}`, which only later schemas have"
    ))
    .named("foreign-schema")
    .hint("its number was changed, or an upgrade of it was cut off; `retain backup list` shows the backups of it; nothing was changed"))
}

/// Fails if the schema of this connection is not the expected one. Nothing of it was run so far.
pub(super) fn confirm_schema(connection: &Connection, expected: &Schema) -> Result<()> {
    let differences = harmful(&schema(connection)?, expected);
    let Some(first) = differences.first() else { return Ok(()) };
    let more = match differences.len() - 1 {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let failure =
        Error::person(format!("the database cannot be used as it is: {}{more}", first.words())).named("foreign-schema");
    Err(if differences.iter().all(SchemaDifference::can_be_mended) {
        failure.hint("`retain check` lists what differs, and `retain check --mend` puts it right; nothing was changed")
    } else {
        failure
            .hint("`retain check` lists what differs; only a backup puts it right (`retain backup list`); nothing was changed")
            .hint("if this is no database of yours, choose another file with `--db PATH`")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::open::migrated;

    /// The schema as the file has it.
    fn text(schema: &Schema) -> String {
        schema.iter().map(|((kind, name), sql)| format!("{HEAD}{kind} {name}\n{sql};\n\n")).collect()
    }

    #[test]
    fn the_schema_is_what_the_migrations_make() {
        let made = schema(&migrated(None).expect("a database")).expect("its schema");
        if std::env::var_os("RETAIN_WRITE_SCHEMA").is_some() {
            std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/schema.sql"), text(&made)).expect("a file");
        }
        assert!(text(&made) == NEWEST, "run this test with RETAIN_WRITE_SCHEMA=1 after a new migration");
        assert_eq!(differences(&made, &newest()), []);
    }

    #[test]
    fn plain_tables_and_columns_of_others_are_left_alone() {
        for (sql, harmless) in [
            ("create table mine (a, b default 7)", true),
            ("create table mine (a primary key) without rowid", true),
            ("create table mine (a references question (id) on delete cascade)", false),
            ("create virtual table mine using fts5 (a)", false),
            ("create table mine (a); create index mine_a on mine (a)", false),
            ("alter table topic add column extra text", true),
            ("alter table topic add column extra integer; alter table topic add column more blob", true),
            ("alter table review add column note text", true),
            ("alter table review add column note text; alter table review add column more int", true),
            ("alter table review add column note text not null default ''", false),
            ("alter table review add column note text collate nocase", false),
            ("alter table source add column note text", true),
            ("alter table exam add column note text", true),
            ("alter table topic add column extra text default 'x'", false),
            ("alter table topic add column extra text generated always as (hex(name)) virtual", false),
            ("alter table topic add column extra text check (length(extra) < 9)", false),
            ("alter table topic add column \"a b\" text", false),
            ("alter table topic rename column name to title", false),
            ("alter table shelf rename column at_ms to made_ms", false),
        ] {
            let connection = migrated(None).expect("a database");
            connection.execute_batch(sql).expect(sql);
            let (found, expected) = (schema(&connection).expect("its schema"), newest());
            assert!(!differences(&found, &expected).is_empty(), "{sql}");
            assert_eq!(harmful(&found, &expected).is_empty(), harmless, "{sql}");
        }
    }

    #[test]
    fn every_table_may_have_a_plain_column_more() {
        let connection = migrated(None).expect("a database");
        let expected = newest();
        for (_, name) in expected.keys().filter(|(kind, name)| kind == "table" && !name.starts_with("search")) {
            connection.execute_batch(&format!("alter table {name} add column extra text")).expect(name);
        }
        let found = schema(&connection).expect("its schema");
        assert_eq!(harmful(&found, &expected), []);
        assert!(ignored(&found, &expected).len() > 20);
    }

    #[test]
    fn only_what_is_behind_the_columns_is_an_added_column() {
        let own = "create table a (b text, c text check (c in ('x', 'y')), primary key (b, c)) strict";
        let added = |found: &str| added_columns(found, own).map(str::trim).map(str::to_owned);
        let with = |place: &str, more: &str| own.replacen(place, &format!("{place}{more}"), 1);
        assert_eq!(added(&with("'y'))", ", d text")).as_deref(), Some("d text"));
        assert_eq!(added(&with("b text", ", d text")), None);
        assert_eq!(added(&with("'x'", ", 'z'")), None);
        assert_eq!(added(&with("(b, c", ", d")), None);
        assert_eq!(added(&with("(b, c)", ", check (b > 1)")).as_deref(), Some("check (b > 1)"));
        assert_eq!(added(own), None);
        assert_eq!(added(&with("'y'))", ", d text").replace("b text", "b blob")), None);
    }

    #[test]
    fn every_kind_of_difference_is_found() {
        let connection = migrated(None).expect("a database");
        connection
            .execute_batch(
                "drop trigger review_is_never_deleted;
                 drop view live_move;
                 create view live_move as select * from move;
                 create trigger evil after insert on review begin delete from load; end;
                 create index more on card (place);
                 alter table topic add column extra text;",
            )
            .expect("changes");
        let found = differences(&schema(&connection).expect("its schema"), &newest());
        let words: Vec<String> = found.iter().map(SchemaDifference::words).collect();
        assert_eq!(
            words,
            [
                "the index `more` was not made by this program",
                "the table `topic` is not as this program makes it",
                "the trigger `evil` was not made by this program",
                "the view `live_move` is not as this program makes it",
                "the trigger `review_is_never_deleted` is missing",
            ]
        );
        let error = confirm_schema(&connection, &newest()).expect_err("differences");
        assert!(error.message().ends_with("the index `more` was not made by this program, and 3 more"), "{error}");
    }
}
