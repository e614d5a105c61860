//! What is there after a fault: the answers, the rows, the files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use retain::clock::Clock;
use retain::error::Result;
use retain::model::Moment;
use retain::study::Trainer;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};

use super::operations::OTHER;
use crate::fixture::program::Program;

/// Databases that an operation makes; one that was cut off may leave an empty file.
const MADE: [&str; 2] = [OTHER, "trial/retain.db"];
/// How temporary files are called. Those of a killed process are swept later.
const TEMPORARY: &str = ".retain-";

/// The application on the database at this path, at the time of the operations.
pub(super) fn trainer_of(db: &Path) -> Trainer {
    open(db).unwrap_or_else(|error| panic!("{error}"))
}

fn open(db: &Path) -> Result<Trainer> {
    // 2026-11-25T09:00:00+01:00
    let now = Moment { utc_ms: 1_795_593_600_000, offset_minutes: 60 };
    Trainer::open_existing(db, Clock::fixed(now), Some(1))
}

/// The identities of all answers in the log.
pub(super) fn logged(trainer: &Trainer) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    trainer
        .reader()
        .each_loose_entry(|entry| {
            ids.extend(entry.identity());
            Ok(())
        })
        .expect("the log");
    ids
}

/// The identities of answers that were acknowledged on standard output.
pub(super) fn acknowledged(out: &str) -> BTreeSet<String> {
    out.lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|line| line["type"] == "recorded")
        .filter_map(|line| line["review"].as_str().map(str::to_owned))
        .collect()
}

/// All rows of a database, read past the program; the search index is left out, because it follows from the rest. None if there is no database
/// yet: no file, an empty one, or nothing in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rows(Option<BTreeMap<String, Vec<String>>>);

impl Rows {
    pub(super) fn of(db: &Path) -> Self {
        if fs::metadata(db).map_or(0, |file| file.len()) == 0 {
            return Self(None);
        }
        let database = Connection::open(db).expect("the database");
        let version: i64 = database.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a version");
        let mut tables = BTreeMap::new();
        let named = "select name from sqlite_schema where type = 'table' and name not like 'search%'";
        let mut statement = database.prepare(named).expect("the schema");
        let names = statement.query_map([], |row| row.get::<_, String>(0)).expect("the schema");
        for name in names.map(|name| name.expect("a name")) {
            tables.insert(name.clone(), rows_of(&database, &name));
        }
        // A database that was not filled yet is none.
        if ["deck", "question", "review"].iter().all(|name| tables.get(*name).is_none_or(Vec::is_empty)) {
            return Self(None);
        }
        tables.insert("schema".into(), vec![version.to_string()]);
        Self(Some(tables))
    }

    /// In what they differ, for people.
    pub(super) fn difference(&self, other: &Self) -> String {
        let (Self(Some(one)), Self(Some(two))) = (self, other) else {
            return "only one of them is there".into();
        };
        let mut said = String::new();
        for name in one.keys().chain(two.keys()).collect::<BTreeSet<_>>() {
            let rows = |tables: &BTreeMap<String, Vec<String>>| -> BTreeSet<String> {
                tables.get(name).into_iter().flatten().cloned().collect()
            };
            let (one, two) = (rows(one), rows(two));
            for row in one.difference(&two).take(3) {
                said += &format!("{name}: only here: {row}\n");
            }
            for row in two.difference(&one).take(3) {
                said += &format!("{name}: only there: {row}\n");
            }
        }
        said
    }
}

fn rows_of(database: &Connection, table: &str) -> Vec<String> {
    let mut statement = database.prepare(&format!("select * from \"{table}\"")).expect("a table");
    let columns = statement.column_count();
    let mut found = Vec::new();
    let mut rows = statement.query([]).expect("rows");
    while let Some(row) = rows.next().expect("a row") {
        let cell = |column| match row.get_ref(column).expect("a cell") {
            ValueRef::Text(text) => anywhere(&String::from_utf8_lossy(text)),
            other => format!("{other:?}"),
        };
        found.push((0..columns).map(cell).collect::<Vec<_>>().join(" | "));
    }
    found.sort();
    found
}

/// A text without the name of the folder of a program, which is another one in each run.
fn anywhere(text: &str) -> String {
    let begin = std::env::temp_dir().join(".tmp").display().to_string();
    let mut parts = text.split(&begin);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |said, part| said + "FOLDER" + part.get(6..).unwrap_or_default())
}

/// What a check of a database finds.
pub(super) fn problems(trainer: &Trainer, about: &str) -> Vec<String> {
    let health = trainer.check().unwrap_or_else(|error| panic!("{about}: {error}"));
    health.problems.iter().map(|problem| format!("{problem:?}")).collect()
}

/// What is there before an operation, or after it.
#[derive(Clone)]
pub(super) struct Content {
    pub(super) rows: Rows,
    pub(super) answers: BTreeSet<String>,
    /// Whether the program cannot use the database as it is.
    is_refused: bool,
    problems: Vec<String>,
    /// Files that are no databases, by their names.
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Content {
    /// Of a program that may be changed by the look.
    pub(super) fn of(program: &Program, about: &str) -> Self {
        let rows = Rows::of(&program.db());
        let (answers, problems, files) = (BTreeSet::new(), Vec::new(), files(program));
        let mut content = Self { rows, answers, is_refused: false, problems, files };
        if content.rows.0.is_some() {
            match open(&program.db()) {
                Ok(trainer) => {
                    (content.answers, content.problems) = (logged(&trainer), self::problems(&trainer, about));
                }
                Err(_) => content.is_refused = true,
            }
        }
        content
    }
}

/// The files of a program outside of its database.
fn files(program: &Program) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![program.folder().to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let inner = path.strip_prefix(program.folder()).expect("a file of the folder").to_path_buf();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let is_aside = inner.starts_with("tmp") || name.starts_with(TEMPORARY);
            let is_ours = ["calls", "journal"].contains(&name.as_str());
            // The last list only gives numbers to cards.
            let is_database =
                path.starts_with(program.db().parent().expect("a folder")) && name.starts_with("retain.db");
            if is_aside || is_ours || name.ends_with("-wal") || name.ends_with("-shm") || name.ends_with("-journal") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if is_copy(&inner) || !is_database {
                let bytes = fs::read(&path).expect("a file");
                let bytes = match std::str::from_utf8(&bytes) {
                    Ok(text) => anywhere(text).into_bytes(),
                    Err(_) => bytes,
                };
                found.insert(inner, bytes);
            }
        }
    }
    found
}

/// Whether a file is a database that is not open.
fn is_copy(name: &Path) -> bool {
    let name = name.to_string_lossy();
    name.ends_with(".backup") || (name.ends_with(".db") && name != "data/retain.db")
}

/// The names of temporary files that are left in the folders of a program.
pub(super) fn left_over(program: &Program) -> Vec<PathBuf> {
    let folders = ["", "data", "data/backups", "data/media"].map(|folder| program.folder().join(folder));
    let entries = folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten();
    let is_temporary =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(TEMPORARY));
    entries.map(|entry| entry.expect("an entry").path()).filter(is_temporary).collect()
}

/// How an operation may end.
pub(super) struct Bounds<'a> {
    pub(super) before: &'a Content,
    pub(super) after: &'a Content,
    /// Whether states between these two are possible.
    pub(super) in_steps: bool,
}

impl Bounds<'_> {
    /// Whether a program has all answers that it had before and that were acknowledged, and nothing is half done: panics otherwise. How many
    /// answers were looked for.
    pub(super) fn hold(&self, program: &Program, acknowledged: BTreeSet<String>, about: &str) -> (Rows, usize) {
        let rows = Rows::of(&program.db());
        let mut wanted = acknowledged;
        wanted.extend(self.before.answers.iter().cloned());
        if !self.in_steps && rows != self.before.rows && rows != self.after.rows {
            let (before, after) = (rows.difference(&self.before.rows), rows.difference(&self.after.rows));
            panic!("{about}: half done.\nfrom before:\n{before}\nfrom after:\n{after}");
        }
        let is_as_before = self.before.is_refused && rows == self.before.rows;
        if (rows.0.is_some() || !wanted.is_empty()) && !is_as_before {
            let trainer = trainer_of(&program.db());
            let problems = problems(&trainer, about);
            let known = [&Vec::new(), &self.before.problems, &self.after.problems];
            assert!(known.contains(&&problems), "{about}: {problems:#?}");
            let found = logged(&trainer);
            let missing: Vec<_> = wanted.difference(&found).collect();
            assert!(missing.is_empty(), "{about}: {missing:?} are lost");
        }
        self.files_hold(program, about);
        (rows, wanted.len())
    }

    /// Whether each file is what it was, or what it is to be.
    fn files_hold(&self, program: &Program, about: &str) {
        let found = files(program);
        for (name, bytes) in &found {
            let path = program.folder().join(name);
            let known = [&self.before.files, &self.after.files].map(|files| files.get(name));
            if known.contains(&Some(bytes)) {
                continue;
            }
            if is_copy(name) {
                let is_made = MADE.iter().any(|made| Path::new(made) == name);
                assert!(is_made || !bytes.is_empty(), "{about}: {} is empty", name.display());
                assert_eq!(integrity(&path), "ok", "{about}: {}", name.display());
            } else if !name.to_string_lossy().contains("retain-rescue") {
                // A picture that cannot be read is left out of an export, which says so.
                assert!(
                    name.ends_with("manifest.json"),
                    "{about}: {} is neither what it was nor what it is to be",
                    name.display()
                );
            }
        }
        for name in self.before.files.keys().filter(|name| self.after.files.contains_key(*name)) {
            assert!(found.contains_key(name), "{about}: {} is gone", name.display());
        }
    }
}

/// What SQLite says of a file.
fn integrity(path: &Path) -> String {
    let database = Connection::open(path).expect("a database");
    let said = database.query_row("pragma integrity_check", [], |row| row.get(0)).optional();
    said.unwrap_or_else(|error| Some(error.to_string())).unwrap_or_default()
}
