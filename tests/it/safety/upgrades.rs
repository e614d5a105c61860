//! A database of every schema there ever was opens, is brought up to date, and keeps every answer; a newer one is refused.

use std::fs;
use std::path::Path;

use retain::clock::Clock;
use retain::model::{Moment, card_uid};
use retain::study::{Trainer, unwatched};
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, params};
use uuid::Uuid;

/// A day in milliseconds, and the first day of the answers.
const DAY_MS: i64 = 86_400_000;
const FIRST: i64 = 20_000;

/// The migrations, in order.
fn migrations() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the migrations").map(|file| file.expect("a file").path()).collect();
    files.retain(|file| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with('0')));
    files.sort();
    files.iter().map(|file| fs::read_to_string(file).expect("a migration")).collect()
}

/// The identity of an entry of the log at this moment.
fn id(at_ms: i64, number: u128) -> Vec<u8> {
    let time = u128::try_from(at_ms).expect("a time") << 80;
    (time | (7 << 76) | (0b10 << 62) | number).to_be_bytes().to_vec()
}

/// A database as a program with the first `version` migrations left it: two cards, five answers on three days, one of them taken back,
/// and a card that was suspended.
pub(super) fn database_of(version: usize, path: &Path) {
    let database = Connection::open(path).expect("a database");
    // What one of the migrations calls; there are no questions yet that it would be called for.
    for name in ["card_uid", "asked_places"] {
        database.create_scalar_function(name, 2, FunctionFlags::SQLITE_UTF8, |_| Ok("[]")).expect("a function");
    }
    database.pragma_update(None, "journal_mode", "wal").expect("a write-ahead log");
    for migration in &migrations()[..version] {
        database.execute_batch(migration).expect("a migration");
    }
    database.pragma_update(None, "user_version", i64::try_from(version).expect("a number")).expect("a version");
    database.pragma_update(None, "application_id", 0x7265_746e).expect("a mark");
    database
        .execute_batch(
            "insert into deck (id, name) values (1, 'Old'); insert into device (id, name) values (1, 'this device')",
        )
        .expect("rows");
    for question in 1..=2_i64 {
        let uid = id(0, 100 + u128::try_from(question).expect("a number"));
        if version < 3 {
            database
                .execute(
                    "insert into question (id, uid, deck, kind, stem, key_origin) values (?, ?, 1, 0, ?, 0)",
                    params![question, uid, format!("Question {question}?")],
                )
                .expect("a question");
            database
                .execute("insert into choice (question, number, position, text, correct, pinned, retired) values (?1, 0, 0, 'yes', 1, 0, 0), (?1, 1, 1, 'no', 0, 0, 0)", [question])
                .expect("choices");
        } else {
            let choices = "[{\"text\":\"yes\",\"right\":true},{\"text\":\"no\"}]";
            database
                .execute("insert into question (id, uid, deck, kind, stem, key_origin, choices) values (?, ?, 1, 0, ?, 0, ?)", params![question, uid, format!("Question {question}?"), choices])
                .expect("a question");
        }
        let own = Uuid::from_slice(&id(0, 100 + u128::try_from(question).expect("a number"))).expect("an identity");
        let card = card_uid(own, 0).into_bytes();
        database
            .execute("insert into card (id, uid, question, ordinal) values (?1, ?2, ?1, 0)", params![question, card])
            .expect("a card");
    }
    for (number, (card, day, rating)) in [(1, 0, 3), (2, 0, 1), (1, 1, 3), (2, 1, 3), (1, 2, 1)].into_iter().enumerate()
    {
        let at_ms = (FIRST + day) * DAY_MS + 9 * 3_600_000 + i64::try_from(number).expect("a number") * 60_000;
        let sql = "insert into review (id, card, at_ms, day, offset_minutes, rating, kind, confidence, right, picked, shown, order_seed,
             guess_ways, took_ms, device, due_day) values (?, ?, ?, ?, 60, ?, 2, 0, ?, x'00', x'0001', 0, 2, 4000, 1, ?)";
        database
            .execute(
                sql,
                params![
                    id(at_ms, u128::try_from(number).expect("a number")),
                    card,
                    at_ms,
                    FIRST + day,
                    rating,
                    rating > 1,
                    FIRST + day + 1
                ],
            )
            .expect("an answer");
    }
    let later = (FIRST + 2) * DAY_MS + 12 * 3_600_000;
    let last = (FIRST + 2) * DAY_MS + 9 * 3_600_000 + 4 * 60_000;
    database
        .execute(
            "insert into undo (id, review, at_ms, day, offset_minutes, device) values (?, ?, ?, ?, 60, 1)",
            params![id(later, 1), id(last, 4), later, FIRST + 2],
        )
        .expect("an undo");
    database
        .execute("insert into move (id, card, at_ms, day, offset_minutes, kind, why, device) values (?, 2, ?, ?, 60, 0, 'by hand', 1)", params![id(later, 2), later, FIRST + 2])
        .expect("a move");
}

/// All rows of a table of the log, with the columns that every schema has.
fn log_of(path: &Path) -> Vec<String> {
    let database = Connection::open(path).expect("a database");
    let mut rows = Vec::new();
    for sql in [
        "select hex(id) || card || at_ms || day || rating || right || hex(picked) || hex(shown) || took_ms || due_day from review order by id",
        "select hex(id) || hex(review) || at_ms from undo order by id",
        "select hex(id) || card || kind || why from move order by id",
    ] {
        let mut statement = database.prepare(sql).expect("a statement");
        rows.extend(
            statement.query_map([], |row| row.get::<_, String>(0)).expect("rows").map(|row| row.expect("a row")),
        );
    }
    rows
}

/// From this schema on the log is sealed as it is written. Before, the upgrade seals it.
const WITH_SEALS: usize = 20;

fn clock() -> Clock {
    Clock::fixed(Moment { utc_ms: (FIRST + 5) * DAY_MS, offset_minutes: 60 })
}

#[test]
fn a_database_of_every_schema_keeps_every_answer() {
    let all = migrations().len();
    assert!(all >= 19);
    for version in 1..=all {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("retain.db");
        database_of(version, &path);
        let before = log_of(&path);
        assert_eq!(before.len(), 7);
        let mut trainer =
            Trainer::open_existing(&path, clock(), Some(1)).unwrap_or_else(|error| panic!("schema {version}: {error}"));
        trainer.rebuild(&mut unwatched).expect("a rebuild");
        if version >= WITH_SEALS {
            // Rows that were put there by hand have no seals.
            trainer.accept_log(&mut unwatched).expect("seals");
        }
        let health = trainer.check().expect("a check");
        assert_eq!(health.problems, [], "schema {version}");
        assert_eq!((health.cards, health.answers), (2, 5), "schema {version}");
        drop(trainer);
        assert_eq!(log_of(&path), before, "schema {version}");
        // What is there before the upgrade is kept.
        let copies = walk(folder.path()).into_iter().filter(|name| name.contains("backup")).count();
        assert_eq!(copies, usize::from(version < all), "schema {version}");
    }
}

/// The names of all files in a folder, and in those in it.
fn walk(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { names.extend(walk(&path)) } else { names.push(path.display().to_string()) }
    }
    names
}

#[test]
fn a_newer_database_is_refused_untouched() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("retain.db");
    let all = migrations().len();
    database_of(all, &path);
    Connection::open(&path)
        .and_then(|database| database.pragma_update(None, "user_version", i64::try_from(all + 1).expect("a number")))
        .expect("a version");
    let before = fs::read(&path).expect("the database");
    let error = Trainer::open_existing(&path, clock(), Some(1)).expect_err("a newer one");
    assert!(error.message().contains("newer program") && error.hints()[0].contains("nothing was changed"), "{error}");
    assert!(fs::read(&path).expect("the database") == before);
}

#[test]
fn an_older_database_with_triggers_of_others_is_refused_before_it_is_upgraded() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("retain.db");
    database_of(9, &path);
    Connection::open(&path)
        .and_then(|database| {
            database.execute_batch("create trigger evil after update on deck begin delete from flag; end")
        })
        .expect("a trigger");
    let error = Trainer::open_existing(&path, clock(), Some(1)).expect_err("a trigger of others");
    assert!(error.message().contains("the trigger `evil` was not made by this program"), "{error}");
}
