//! Opening: pragmas, versions, migrations.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, MAIN_DB, OpenFlags, Transaction};
use rusqlite_migration::{HookError, M, Migrations};

use super::backup::{BackupPolicy, BackupReason, CopyPace};
use super::database_file::{
    COMPANIONS, absolute, companion, has_content, is_marked_read_only, open_to_read, plain, refuse_special,
};
use super::fault::{damaged, no_database};
use super::file_watch::{FileIdentity, FileWatch};
use super::left_over::{refuse_left_over, refuse_log_alone};
use super::log_seal;
use super::run_seal;
use super::schema_guard::{self, confirm_schema};
use super::second_name::{self, has_second_name, two_names};
use super::wal::refuse_unfit_log;
use super::way_back::with_way_back;
use crate::error::{Error, Result};
use crate::model::Moment;
use crate::private;

/// Marks the file as one of this program: "retn".
pub(super) const APPLICATION_ID: i32 = 0x7265_746e;
/// How long to wait for another process that writes.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a session waits at once. It tries again after that.
pub(super) const PATIENCE_OF_SESSION: Duration = Duration::from_secs(1);
/// How often, and after which pause, to try again if SQLite itself does not wait.
const ATTEMPTS: u32 = 40;
const PAUSE: Duration = Duration::from_millis(25);

/// The schema from which on the log is sealed.
pub(super) const WITH_SEALS: i64 = 20;
/// The schema from which on runs are sealed within a day that does not end.
const WITH_RUN_SEALS: i64 = 24;

/// No later version of the program is this many schemas ahead.
const ABSURD: i64 = 10_000;

/// The failures after which a copy of a damaged log could not be kept.
const COPY_FAILED: [&str; 2] = ["disk-full", "backup-failed"];
/// The failures after which a database may still be read.
const UNWRITABLE: [&str; 4] = ["database-read-only", "database-unopened", "disk-full", "database-io"];

pub(super) static MIGRATIONS: LazyLock<Migrations<'static>> = LazyLock::new(|| {
    let steps = STEPS.iter().zip(1..).map(|(sql, version)| match version {
        // With the step that makes the table: a log without seals looks as if somebody had removed them.
        WITH_SEALS => M::up_with_hook(sql, |transaction: &Transaction<'_>| {
            log_seal::seal_everything(transaction).map_err(|error| HookError::Hook(error.message().to_owned()))
        }),
        WITH_RUN_SEALS => M::up_with_hook(sql, |transaction: &Transaction<'_>| {
            run_seal::seal_last_day(transaction).map_err(|error| HookError::Hook(error.message().to_owned()))
        }),
        _ => M::up(sql),
    });
    Migrations::new(steps.collect())
});
const STEPS: &[&str] = &[
    include_str!("../../migrations/0001_first.sql"),
    include_str!("../../migrations/0002_answers.sql"),
    include_str!("../../migrations/0003_questions_in_one_row.sql"),
    include_str!("../../migrations/0004_imports.sql"),
    include_str!("../../migrations/0005_media.sql"),
    include_str!("../../migrations/0006_presets.sql"),
    include_str!("../../migrations/0007_load.sql"),
    include_str!("../../migrations/0008_fits.sql"),
    include_str!("../../migrations/0009_flags.sql"),
    include_str!("../../migrations/0010_practice.sql"),
    include_str!("../../migrations/0011_every_kind.sql"),
    include_str!("../../migrations/0012_readings.sql"),
    include_str!("../../migrations/0013_sureness.sql"),
    include_str!("../../migrations/0014_answering.sql"),
    include_str!("../../migrations/0015_deeds.sql"),
    include_str!("../../migrations/0016_search.sql"),
    include_str!("../../migrations/0017_deletion.sql"),
    include_str!("../../migrations/0018_exams.sql"),
    include_str!("../../migrations/0019_load_in_use.sql"),
    include_str!("../../migrations/0020_seals.sql"),
    include_str!("../../migrations/0021_short_prefixes.sql"),
    include_str!("../../migrations/0022_new_cards_and_marks.sql"),
    include_str!("../../migrations/0023_guids.sql"),
    include_str!("../../migrations/0024_run_seals.sql"),
];

/// The number of the newest schema.
pub(super) fn newest() -> i64 {
    STEPS.len() as i64
}

/// Opens a database, or makes it, with what watches its file; without if it can only be read.
pub(super) fn open(path: &Path, now_ms: i64, backups: &BackupPolicy) -> Result<(Connection, Option<FileWatch>)> {
    open_inner(path, now_ms, backups).map_err(|error| with_way_back(error, path, backups).about(path.display()))
}

fn open_inner(path: &Path, now_ms: i64, backups: &BackupPolicy) -> Result<(Connection, Option<FileWatch>)> {
    if path.is_dir() {
        return Err(Error::person("this is a folder, not a database").hint("name a file with `--db PATH`"));
    }
    let (named, path) = (&absolute(path)?, &plain(path)?);
    refuse_special(path)?;
    refuse_left_over(named, path)?;
    let found = has_content(path);
    // SQLite takes one byte for nothing, and begins a database in its place.
    if fs::metadata(path).is_ok_and(|file| file.len() == 1) {
        return Err(no_database());
    }
    if found && is_marked_read_only(path) {
        return open_as_it_is(path).map(|connection| (connection, None));
    }
    if !found {
        refuse_log_alone(path)?;
    }
    if found && has_second_name(path, backups) {
        let opened = open_as_it_is(path).map(|connection| (connection, None));
        return opened.map_err(|error| if error.code() == "upgrade-needed" { two_names(path) } else { error });
    }
    match refuse_unfit_log(path) {
        // A log that cannot be kept is not folded in.
        Err(error) if COPY_FAILED.contains(&error.code()) => {
            return open_as_it_is(path).map(|connection| (connection, None));
        }
        found => found?,
    }
    let before = FileIdentity::at(path);
    if let Some(folder) = path.parent() {
        private::create_folder(folder).map_err(|error| {
            Error::person(format!("its folder cannot be made: {error}")).hint("choose another file with `--db PATH`")
        })?;
    }
    match open_to_write(path, now_ms, backups) {
        // A folder of somebody else, a snapshot, a full disk: what is there can still be read.
        Err(error) if found && UNWRITABLE.contains(&error.code()) => {
            open_as_it_is(path).map(|connection| (connection, None))
        }
        Err(error) => Err(error),
        Ok(connection) => Ok((connection, Some(FileWatch::begin(named, path, before)?))),
    }
}

/// Opens a database that is there, to read it only.
pub(super) fn look(path: &Path) -> Result<Connection> {
    open_as_it_is(&plain(path)?)
}

/// Opens a database to read it only. It is never upgraded.
fn open_as_it_is(path: &Path) -> Result<Connection> {
    let connection = open_to_read(path)?;
    prepare(&connection)?;
    let version: i64 = pragma(&connection, "user_version")?;
    identify(&connection, version)?;
    if version < newest() {
        let (newest, is_full) = (newest(), !is_marked_read_only(path) && is_full_around(path));
        let why = if is_full { "the disk is full" } else { "it is read-only" };
        return Err(Error::person(format!(
            "the database is of an older version (schema {version}, this program needs {newest}), and it cannot be upgraded \
             where it is: {why}"
        ))
        .named("upgrade-needed")
        .hint(if is_full {
            "make room, then try again"
        } else {
            "copy it into a folder that is writable, and open the copy with `--db PATH`"
        }));
    }
    confirm_schema(&connection, &schema_guard::newest())?;
    configure(&connection)?;
    Ok(connection)
}

fn open_to_write(path: &Path, now_ms: i64, backups: &BackupPolicy) -> Result<Connection> {
    make_private(path);
    let mut connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    prepare(&connection)?;
    // A file that turns out to be damaged stays as it is, with its write-ahead log.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let version: i64 = pragma(&connection, "user_version")?;
    identify(&connection, version)?;
    if version == newest() {
        confirm_schema(&connection, &schema_guard::newest())?;
    } else {
        if version > 0 {
            let as_it_was = schema_guard::schema(&migrated(Some(version))?)?;
            schema_guard::confirm_version(&connection, version, &as_it_was)?;
            confirm_schema(&connection, &as_it_was)?;
        }
        if connection.is_readonly(MAIN_DB)? {
            return Err(read_only(path));
        }
        // A new database becomes a write-ahead log before anything is in it, so that two first starts at once agree.
        set_wal(&connection)?;
        // Marked before there is anything in it: another process that comes in between knows it by the mark.
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        if version > 0 {
            keep_copy(&connection, path, now_ms, backups)?;
        }
        super::card_change::add_functions(&connection)?;
        migrate(&mut connection)?;
    }
    configure(&connection)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(connection)
}

/// What every connection is told before it looks at the file.
pub(super) fn prepare(connection: &Connection) -> Result<()> {
    connection.set_prepared_statement_cache_capacity(128);
    connection.busy_timeout(PATIENCE)?;
    schema_guard::distrust(connection)
}

/// A database in memory as the migrations up to this version make it; up to the newest without one.
pub(super) fn migrated(version: Option<i64>) -> Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    super::card_change::add_functions(&connection)?;
    let steps = version.and_then(|version| usize::try_from(version).ok()).unwrap_or(STEPS.len());
    MIGRATIONS
        .to_version(&mut connection, steps)
        .map_err(|error| Error::fault(format!("the schema cannot be made: {error}")))?;
    Ok(connection)
}

/// Fails if the schema is another one than the program made at this version.
pub(super) fn confirm_schema_of(connection: &Connection, version: i64) -> Result<()> {
    if version == newest() {
        return confirm_schema(connection, &schema_guard::newest());
    }
    confirm_schema(connection, &schema_guard::schema(&migrated(Some(version))?)?)
}

/// Two first starts at once both find nothing: the second one looks again instead of failing.
fn migrate(connection: &mut Connection) -> Result<()> {
    // A table that is rebuilt is dropped first, which its rows' children would forbid. `retain check` looks at them all.
    connection.pragma_update(None, "foreign_keys", "off")?;
    for attempt in 0.. {
        let Err(error) = MIGRATIONS.to_latest(connection) else { break };
        if pragma::<i64>(connection, "user_version")? == newest() {
            return Ok(());
        }
        if attempt == ATTEMPTS || is_in_full_folder(connection) {
            return Err(match error {
                // The whole text of the step says nothing to a person.
                rusqlite_migration::Error::RusqliteError {
                    err: rusqlite::Error::SqlInputError { msg, .. }, ..
                } => Error::fault(format!("the schema cannot be brought up to date: {msg}")),
                rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
                other => Error::fault(format!("the schema cannot be brought up to date: {other}")),
            });
        }
        std::thread::sleep(PAUSE);
    }
    Ok(())
}

fn identify(connection: &Connection, version: i64) -> Result<()> {
    // In this order: a first start that goes on meanwhile sets the mark before it makes a table.
    let tables: i64 = connection.query_row("select count(*) from sqlite_schema", [], |row| row.get(0))?;
    let application: i32 = pragma(connection, "application_id")?;
    // Read again: a first start may have made its tables in between.
    let now: i64 = pragma(connection, "user_version")?;
    if application == APPLICATION_ID && ((now <= 0 && tables > 0) || now < 0 || now > newest() + ABSURD) {
        return Err(damaged(format!("it says that it is of schema {now}, which no version of this program makes")));
    }
    if version > newest() && application == APPLICATION_ID {
        return Err(Error::person(format!(
            "the database comes from a newer program (schema {version}, this one knows {})",
            newest()
        ))
        .hint("install the newest `retain`; nothing was changed"));
    }
    // A first start that was cut off leaves no table without the mark.
    let ours = application == APPLICATION_ID || (version == 0 && tables == 0);
    if !ours {
        return Err(Error::person("the file is a database of another program")
            .named("another-program")
            .hint("choose another file with `--db PATH`; nothing was changed"));
    }
    Ok(())
}

fn configure(connection: &Connection) -> Result<()> {
    let mode: String = pragma(connection, "journal_mode")?;
    if mode != "wal" && !connection.is_readonly(MAIN_DB)? {
        set_wal(connection)?;
    }
    // Deletes by `insert or replace` would slip past the triggers of the log otherwise.
    for (name, value) in
        [("foreign_keys", "on"), ("synchronous", "full"), ("recursive_triggers", "on"), ("temp_store", "memory")]
    {
        connection.pragma_update(None, name, value)?;
    }
    Ok(())
}

/// SQLite does not wait here for another process that does the same.
fn set_wal(connection: &Connection) -> Result<()> {
    for _ in 0..ATTEMPTS {
        if connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())).is_ok() {
            return Ok(());
        }
        if is_in_full_folder(connection) {
            break;
        }
        std::thread::sleep(PAUSE);
    }
    Ok(connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?)
}

/// Whether a failure is no other process, but a disk without room.
fn is_in_full_folder(connection: &Connection) -> bool {
    connection.path().is_some_and(|path| is_full_around(Path::new(path)))
}

fn is_full_around(path: &Path) -> bool {
    private::is_full(path.parent().unwrap_or(Path::new(".")))
}

fn pragma<T: rusqlite::types::FromSql>(connection: &Connection, name: &str) -> Result<T> {
    Ok(connection.pragma_query_value(None, name, |row| row.get(0))?)
}

/// The failure to write a database that can only be read.
fn read_only(path: &Path) -> Error {
    if second_name::names(path) > 1 {
        return two_names(path);
    }
    if !is_marked_read_only(path) && is_full_around(path) {
        return Error::person("the disk is full, so nothing can be written")
            .named("disk-full")
            .hint("make room, then try again; nothing was changed");
    }
    Error::person("the database is read-only: the file, its folder or its disk cannot be written")
        .named("database-read-only")
        .hint("make the file and its folder writable and room on the disk, or choose another file with `--db PATH`")
}

/// Fails if the database can only be read.
pub(super) fn refuse_read_only(connection: &Connection, path: &Path) -> Result<()> {
    if connection.is_readonly(MAIN_DB)? || is_marked_read_only(path) {
        return Err(read_only(path).about(path.display()));
    }
    // What a run that was cut off left behind, and somebody copied or protected.
    for file in COMPANIONS.map(|end| companion(path, end)) {
        if std::fs::metadata(&file).is_ok_and(|found| found.permissions().readonly()) {
            let file = file.display();
            return Err(Error::person(format!("{file}, which belongs to the database, cannot be written"))
                .named("database-read-only")
                .hint(format!("make it writable: `chmod u+w {file}`")));
        }
    }
    Ok(())
}

/// A new database is for nobody else, and so are the files that SQLite keeps next to it: they get its rights.
fn make_private(path: &Path) {
    // If it cannot be made, SQLite says so. One that is there and empty becomes one.
    if private::create_file(path).is_err() && !has_content(path) {
        drop(private::close_to_others(path));
    }
}

/// Keeps a copy before a migration changes the file.
fn keep_copy(connection: &Connection, path: &Path, now_ms: i64, backups: &BackupPolicy) -> Result<()> {
    let now = Moment { utc_ms: now_ms, offset_minutes: 0 };
    let kept = backups.keep(connection, path, BackupReason::Upgrade, now, (CopyPace::Fast, &mut |_, _| true));
    kept.map(|_| ()).map_err(|error| {
        let upgrade = Error::person(format!("no copy could be kept before the upgrade: {}", error.message()));
        let upgrade =
            error.hints().iter().fold(upgrade.named(error.code()), |failure, hint| failure.hint(hint.as_str()));
        upgrade.hint("nothing was changed").caused_by(error)
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// The version before every kind of question was asked.
    const EVERY_KIND: usize = 10;

    #[test]
    fn the_migrations_apply() {
        let mut connection = Connection::open_in_memory().expect("a database");
        crate::store::card_change::add_functions(&connection).expect("functions");
        MIGRATIONS.to_latest(&mut connection).expect("valid migrations");
    }

    #[test]
    fn questions_that_nothing_could_ask_get_their_cards() {
        let mut connection = Connection::open_in_memory().expect("a database");
        crate::store::card_change::add_functions(&connection).expect("functions");
        MIGRATIONS.to_version(&mut connection, EVERY_KIND).expect("the schema before");
        connection
            .execute_batch(
                "insert into deck values (1, 'a', null);
                 insert into question values (1, randomblob(16), 1, 7, '{{c1::a}} {{c3::b}}', null, null, 0, null, 0, '[]', null),
                 (2, randomblob(16), 1, 3, 's', null, null, 0, null, 0, '[]', null),
                 (3, randomblob(16), 1, 0, 'draft', null, null, 2, null, 0, '[]', null),
                 (4, randomblob(16), 1, 0, 's', null, null, 0, null, 0, '[]', null);
                 insert into card values (1, randomblob(16), 4, 0);
                 insert into memory (card, deck, state, step, repetitions, lapses, suspended, parameters)
                 values (1, 1, 2, 0, 5, 0, 0, 0);",
            )
            .expect("rows");
        MIGRATIONS.to_latest(&mut connection).expect("the schema of today");
        let mut statement = connection
            .prepare("select card.question, ordinal, place, repetitions from card join memory on memory.card = card.id order by 1, 2")
            .expect("a statement");
        let rows = statement
            .query_map([], |row| Ok([row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))
            .expect("rows")
            .collect::<rusqlite::Result<Vec<_>>>()
            .expect("cards");
        assert_eq!(rows, [[1, 0, 0, 0], [1, 2, 2, 0], [2, 0, 0, 0], [4, 0, 0, 5]]);
    }

    #[test]
    fn opening_sets_the_promised_pragmas() {
        let folder = tempfile::tempdir().expect("a folder");
        let (connection, _) =
            open(&folder.path().join("a").join("b.db"), 0, &BackupPolicy::default()).expect("a database");
        let number = |name| pragma::<i64>(&connection, name).expect("a number");
        assert_eq!(
            ["foreign_keys", "synchronous", "recursive_triggers", "user_version"].map(number),
            [1, 2, 1, newest()]
        );
        assert_eq!(pragma::<String>(&connection, "journal_mode").expect("a mode"), "wal");
    }

    #[test]
    fn the_log_cannot_be_changed() {
        let folder = tempfile::tempdir().expect("a folder");
        let (connection, _) = open(&folder.path().join("a.db"), 0, &BackupPolicy::default()).expect("a database");
        connection
            .execute_batch(
                "insert into deck values (1, 'a', null);
                 insert into question values (1, randomblob(16), 1, 0, 's', null, null, 0, null, 0, '[]', null);
                 insert into card values (1, randomblob(16), 1, 0, 0);
                 insert into device values (1, 'here');
                 insert into review values (zeroblob(16), 1, 0, 0, 0, 3, 0, 0, 1, x'', x'', 0, 4, 0, 1, 5, null, 0, null, 0, null);",
            )
            .expect("rows");
        for statement in [
            "update review set rating = 4",
            "delete from review",
            "insert or replace into review values (zeroblob(16), 1, 0, 0, 0, 4, 0, 0, 1, x'', x'', 0, 4, 0, 1, 5, null, 0, null, 0, null)",
        ] {
            let error = connection.execute_batch(statement).expect_err(statement);
            assert!(error.to_string().contains("append-only"), "{statement}: {error}");
        }
        assert!(connection.execute_batch("delete from card").is_err(), "a card with answers cannot be deleted");
    }

    #[test]
    fn foreign_files_are_refused_in_words() {
        let folder = tempfile::tempdir().expect("a folder");
        let text = folder.path().join("notes.txt");
        fs::write(&text, "a text file that is long enough to be looked at as a database\n".repeat(20)).expect("a file");
        let before = fs::read(&text).expect("the file");
        let error = open(&text, 0, &BackupPolicy::default()).expect_err("no database");
        assert!(error.message().ends_with("the file is not a database"), "{error}");
        assert_eq!(fs::read(&text).expect("the file"), before);

        let other = folder.path().join("other.db");
        Connection::open(&other).and_then(|other| other.execute_batch("create table t (a)")).expect("a database");
        assert!(
            open(&other, 0, &BackupPolicy::default())
                .expect_err("another program's")
                .message()
                .ends_with("of another program")
        );

        let newer = folder.path().join("newer.db");
        drop(open(&newer, 0, &BackupPolicy::default()).expect("a database"));
        Connection::open(&newer).and_then(|newer| newer.execute_batch("pragma user_version = 99")).expect("a version");
        assert!(
            open(&newer, 0, &BackupPolicy::default())
                .expect_err("a newer program's")
                .message()
                .contains("newer program (schema 99")
        );
        assert!(
            open(folder.path(), 0, &BackupPolicy::default())
                .expect_err("a folder")
                .message()
                .ends_with("not a database")
        );
    }

    #[test]
    fn a_deck_of_the_fifth_schema_keeps_its_own_values() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        let mut old = Connection::open(&path).expect("a database");
        MIGRATIONS.to_version(&mut old, 5).expect("the fifth schema");
        old.pragma_update(None, "application_id", APPLICATION_ID).expect("a mark");
        old.execute_batch(
            "insert into preset values (2, 'deck 1');
             insert into deck values (1, 'a', 2), (2, 'a::b', null);
             insert into setting values (1, 'new-per-day', '7', 3, 'by hand'), (2, 'new-per-day', '9', 4, 'a fit');",
        )
        .expect("rows");
        drop(old);
        let store = crate::store::Store::open(&path, 5, None).expect("a store");
        let reader = store.reader();
        let decks = reader.decks_with_settings().expect("decks");
        assert_eq!(decks.iter().map(|(_, settings)| settings.new_per_day).collect::<Vec<_>>(), [9, 9]);
        assert_eq!(reader.default_settings().expect("settings").new_per_day, 7);
        let origins = reader.setting_origins(&decks[1].0).expect("origins");
        assert_eq!(
            origins.get("new-per-day"),
            Some(&crate::model::SettingOrigin::Deck {
                name: "a".into(),
                set: crate::model::SetWhen { at_ms: 4, evidence: "a fit".into() }
            })
        );
        assert_eq!(reader.presets().expect("presets").len(), 1);
    }

    #[test]
    fn what_one_bank_said_is_known_after_the_eighth_schema() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        let mut old = Connection::open(&path).expect("a database");
        MIGRATIONS.to_version(&mut old, 8).expect("the eighth schema");
        old.pragma_update(None, "application_id", APPLICATION_ID).expect("a mark");
        old.execute_batch(
            "insert into deck values (1, 'a', null);
             insert into source values (1, 1, 'a.txt', 0), (2, 1, 'b.txt', 0);
             insert into question values (1, randomblob(16), 1, 0, 's', null, null, 0, null, 0, '[]', 7);
             insert into question values (2, randomblob(16), 1, 0, 't', null, null, 0, null, 0, '[]', -8);
             insert into placement values (1, 1, 0, 1, null, 1, 2, 3), (2, 1, 1, 2, null, 1, 2, 3), (2, 2, 0, 1, null, 1, 2, 3);",
        )
        .expect("rows");
        drop(old);
        let store = crate::store::Store::open(&path, 5, None).expect("a store");
        let known = store.reader().known_questions(crate::model::DeckId(1)).expect("questions");
        let said: Vec<Vec<Option<u64>>> = known
            .iter()
            .map(|question| question.placements.iter().map(|(_, placed)| placed.content).collect())
            .collect();
        // Two banks may have said two things of the second question, and one of them would be wrong.
        assert_eq!(said, [vec![Some(7)], vec![None, None]]);
        assert_eq!(store.reader().foreign_key_problems().expect("a check"), Vec::<String>::new());
    }

    #[test]
    fn a_question_of_the_second_schema_keeps_what_it_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        let mut old = Connection::open(&path).expect("a database");
        MIGRATIONS.to_version(&mut old, 2).expect("the second schema");
        old.pragma_update(None, "application_id", APPLICATION_ID).expect("a mark");
        old.execute_batch(
            "insert into deck values (1, 'a', null);
             insert into source values (1, 1, 'a.txt', 0);
             insert into question values (7, randomblob(16), 1, 0, 's', null, null, 0, null);
             insert into question_tag values (7, 'wet');
             insert into placement values (1, 7, 0, 3, 'x', 1, 2, 3);
             insert into choice values (7, 0, 1, 'a \"b\"', 0, null, 1, 0, null, null, null);
             insert into choice values (7, 1, 0, 'c', 1, 'so', 0, 0, 0.5, 'd', 0.1);
             insert into choice values (7, 2, 2, 'e', 0, null, 0, 1, null, null, null);
             insert into card values (4, randomblob(16), 7, 0);
             insert into memory values (4, 1, null, 2, 0, 9, null, 1.5, 5.0, 1, 1, 2, 0, 0, null, null, 3);",
        )
        .expect("rows");
        drop(old);
        let store = crate::store::Store::open(&path, 5, None).expect("a store");
        let reader = store.reader();
        let question = reader.question(crate::model::QuestionId(7)).expect("a row").expect("a question");
        let choices: Vec<_> = question
            .choices
            .iter()
            .map(|choice| (choice.number, choice.position, choice.text.as_str(), choice.correct, choice.pinned))
            .collect();
        assert_eq!(choices, [(1, 0, "c", true, false), (0, 1, "a \"b\"", false, true)]);
        let first = &question.choices[0];
        assert_eq!(
            (first.feedback.as_deref(), first.weight, first.pair.as_deref(), first.tolerance),
            (Some("so"), Some(0.5), Some("d"), Some(0.1))
        );
        let mut choices = 0;
        let count = |row: crate::store::OwnerRow| {
            choices += row.choices;
            Ok(())
        };
        reader.each_owner(true, count).expect("owners");
        assert_eq!((question.tags, choices), (vec!["wet".to_owned()], 3));
        let known = reader.known_questions(crate::model::DeckId(1)).expect("questions");
        assert_eq!((known[0].content, known[0].placements[0].1.external_id.as_deref()), (None, Some("x")));
        let memory = reader.memory(crate::model::CardId(4)).expect("a row").expect("a memory");
        assert_eq!((memory.memory.repetitions, memory.parameters), (2, 3));
        assert_eq!(reader.foreign_key_problems().expect("a check"), Vec::<String>::new());
        drop(store);
        let backups = BackupPolicy::default().backups(&path);
        assert_eq!(backups.iter().map(|backup| backup.reason).collect::<Vec<_>>(), [BackupReason::Upgrade]);
        let facts = crate::store::BackupFacts::find(&backups[0].path).expect("a backup");
        assert_eq!((facts.schema, facts.answers), (2, 0));
    }
}
