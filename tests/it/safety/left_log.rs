//! A write-ahead log that was left over next to a database, and a database with two names: no log is lost, and none ruins another file.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::lost_file::{WatchedReview, companion, logged};
use crate::fixture::program::Program;

/// A database in whose log the given number of answers was left, and how many answers it has by then.
fn killed(program: &Program, answers: usize) -> usize {
    let mut review = WatchedReview::begin(program);
    for _ in 0..answers {
        review.answers().expect("it is recorded");
    }
    review.end_by_kill();
    assert!(fs::metadata(companion(&program.db(), "-wal")).is_ok_and(|wal| wal.len() > 0));
    answers
}

fn new_program() -> Program {
    let mut program = Program::new();
    program.with_mlops();
    program
}

fn set_aside(program: &Program) -> PathBuf {
    companion(&program.db(), "-wal.of-another-database")
}

#[test]
fn the_log_of_a_crash_is_used_whatever_was_checkpointed() {
    let program = new_program();
    killed(&program, 4);
    let (db, wal) = (fs::read(program.db()).expect("a database"), companion(&program.db(), "-wal"));
    let log = fs::read(&wal).expect("a log");
    program.ok(&["due"]);
    assert_eq!(logged(&program).len(), 4);
    // A checkpoint that was cut off after any number of pages.
    let whole = fs::read(program.db()).expect("a database");
    for pages in (0..whole.len() / 4096).step_by(7) {
        let mut part = db.clone();
        part.resize(part.len().max(pages * 4096), 0);
        part[..pages * 4096].copy_from_slice(&whole[..pages * 4096]);
        fs::write(program.db(), part).expect("written");
        fs::write(&wal, &log).expect("written");
        drop(fs::remove_file(companion(&program.db(), "-shm")));
        program.ok(&["due"]);
        assert_eq!(logged(&program).len(), 4, "{pages} pages");
        assert!(!set_aside(&program).exists(), "{pages} pages");
    }
    program.is_sound();
}

#[test]
fn the_log_of_another_database_is_set_aside() {
    let (program, other) = (new_program(), new_program());
    killed(&program, 3);
    killed(&other, 5);
    other.ok(&["due"]);
    let theirs = logged(&other);
    fs::copy(other.db(), program.db()).expect("a copy");
    let log = fs::read(companion(&program.db(), "-wal")).expect("a log");
    let path = other.db();
    let restore = ["restore", path.to_str().expect("a path"), "--yes"];
    for command in [&["review", "--plain"][..], &["due"], &restore] {
        fs::write(companion(&program.db(), "-wal"), &log).expect("a log");
        let refused = program.run(command);
        assert_eq!(refused.code, 1, "{}", refused.err);
        assert!(refused.err.contains("does not belong to the database next to it"), "{}", refused.err);
        assert!(fs::read(program.db()).expect("a file") == fs::read(other.db()).expect("a file"), "{command:?}");
        assert_eq!(fs::read(set_aside(&program)).expect("the log"), log);
        fs::remove_file(set_aside(&program)).expect("a file");
    }
    fs::write(set_aside(&program), &log).expect("a log");
    assert_eq!(logged(&program), theirs);
    program.is_sound();
    // The way that the message names.
    let entered = program.run(&["restore", "--answers", set_aside(&program).to_str().expect("a path")]);
    assert!(matches!(entered.code, 0 | 3), "{}", entered.err);
    assert!(theirs.is_subset(&logged(&program)), "{}", entered.err);
    program.is_sound();
}

#[test]
fn an_older_copy_under_a_left_log_keeps_its_answers() {
    let mut program = new_program();
    killed(&program, 3);
    program.ok(&["backup", "copy.db"]);
    let copied = logged(&program);
    let mut review = WatchedReview::begin(&program);
    while review.answers().is_some() {}
    review.ends();
    program.ok(&["deck", "rename", "MLOps", "Elsewhere"]);
    program.at("2026-12-24T08:00:00+01:00");
    killed(&program, 1);
    fs::copy(program.folder().join("copy.db"), program.db()).expect("a copy");
    let said = program.run(&["due"]);
    assert!(said.code == 0 || set_aside(&program).exists(), "{}", said.err);
    assert!(copied.is_subset(&logged(&program)));
    program.is_sound();
}

#[cfg(unix)]
#[test]
fn a_database_with_two_names_is_only_read() {
    let program = new_program();
    killed(&program, 2);
    let other = program.folder().join("other name.db");
    fs::hard_link(program.db(), &other).expect("a link");
    let by_other = |command: &[&str]| {
        let mut all = vec!["--db", other.to_str().expect("a path")];
        all.extend(command);
        program.run(&all)
    };
    for refused in [
        by_other(&["review", "--plain"]),
        program.run(&["review", "--plain"]),
        program.run(&["import", "mlops.txt", "--deck", "Other"]),
        by_other(&["undo", "--yes"]),
    ] {
        assert_eq!(refused.code, 1, "{}", refused.err);
        assert!(refused.err.contains("the database has 2 names (hard links), so it is only read"), "{}", refused.err);
    }
    // What is in the log of this name is read.
    assert_eq!(logged(&program).len(), 2);
    for read in [program.ok(&["due"]), by_other(&["check"])] {
        assert!(read.err.contains("answers that were given under another name may be missing"), "{}", read.err);
    }
    // The way that the message names.
    let said = program.run(&["review", "--plain"]).err;
    let command = said.split('`').find(|part| part.starts_with("cp ")).expect("a command");
    assert!(Command::new("sh").args(["-c", command]).status().expect("a shell").success());
    assert_eq!(killed(&program, 3), 3);
    assert_eq!(logged(&program).len(), 5);
    assert!(by_other(&["due"]).code == 0);
    program.is_sound();
}

#[cfg(unix)]
#[test]
fn a_restore_that_was_cut_off_leaves_a_second_name_that_does_no_harm() {
    let program = new_program();
    program.ok(&["backup"]);
    let backups = program.folder().join("data/backups");
    let name = "retain.db.20261123T070000Z.before-restore.backup";
    fs::hard_link(program.db(), backups.join(name)).expect("a link");
    assert_eq!(killed(&program, 2), 2);
    assert_eq!(logged(&program).len(), 2);
    program.is_sound();
}

/// Runs a command that is to meet a damaged log: it is refused once, and the log is kept; the path of what was kept.
fn kept_damaged(program: &Program, what: &str) -> PathBuf {
    let log = fs::read(companion(&program.db(), "-wal")).expect("a log");
    let refused = program.run(&["due"]);
    assert_eq!(refused.code, 1, "{what}: {}", refused.err);
    assert!(refused.err.contains("and it is damaged"), "{what}: {}", refused.err);
    let kept = companion(&program.db(), "-wal.damaged");
    assert!(fs::read(&kept).expect("the log") == log, "{what}");
    kept
}

#[test]
fn a_damaged_log_is_kept_and_said() {
    // A bit that flips in the header, in the first frames, and further on; with the index of the log, as a kill leaves it, and without.
    for (place, with_index, least) in
        [(2, true, 4), (20, false, 4), (32 + 9, true, 1), (5_000, false, 1), (20_000, true, 1)]
    {
        let what = format!("byte {place}, index {with_index}");
        let program = new_program();
        killed(&program, 4);
        let wal = companion(&program.db(), "-wal");
        let mut log = fs::read(&wal).expect("a log");
        log[place] ^= 8;
        fs::write(&wal, &log).expect("damage");
        if !with_index {
            drop(fs::remove_file(companion(&program.db(), "-shm")));
        }
        let kept = kept_damaged(&program, &what);
        // The ways that the message names.
        program.ok(&["due"]);
        let entered = program.run(&["restore", "--answers", kept.to_str().expect("a path")]);
        assert!(matches!(entered.code, 0 | 3), "{what}: {}", entered.err);
        let found = logged(&program).len();
        assert!(found >= least, "{what}: {found} answers");
        program.is_sound();
    }
}

#[test]
fn a_log_that_was_cut_off_is_kept_and_said() {
    for cut in [100, 4_096 + 24] {
        let program = new_program();
        killed(&program, 4);
        let wal = companion(&program.db(), "-wal");
        let log = fs::read(&wal).expect("a log");
        fs::write(&wal, &log[..log.len() - cut]).expect("a cut");
        kept_damaged(&program, &format!("{cut} bytes"));
        assert_eq!(logged(&program).len(), 3);
        program.is_sound();
    }
}

#[test]
fn a_log_that_is_gone_is_missed_where_its_index_was_left() {
    for is_empty in [true, false] {
        let program = new_program();
        killed(&program, 4);
        let wal = companion(&program.db(), "-wal");
        let log = fs::read(&wal).expect("a log");
        if is_empty { fs::write(&wal, "") } else { fs::remove_file(&wal) }.expect("it is gone");
        let refused = program.run(&["due"]);
        assert!(refused.code == 1 && refused.err.contains("and that file is gone or empty"), "{}", refused.err);
        // The first way that the message names, and the second one.
        if is_empty {
            fs::write(&wal, &log).expect("a log");
            program.ok(&["due"]);
            assert_eq!(logged(&program).len(), 4);
        } else {
            program.ok(&["due"]);
            assert_eq!(logged(&program).len(), 0);
        }
        program.is_sound();
    }
}

#[test]
fn a_log_of_the_same_banks_elsewhere_is_set_aside() {
    let (program, other) = (new_program(), new_program());
    killed(&other, 3);
    program.ok(&["due"]);
    let log = fs::read(companion(&other.db(), "-wal")).expect("a log");
    fs::write(companion(&program.db(), "-wal"), &log).expect("a log");
    let before = fs::read(program.db()).expect("a database");
    let refused = program.run(&["due"]);
    // Nothing can tell two first days of the same bank apart but rows that name others.
    if refused.code == 1 {
        assert!(set_aside(&program).exists(), "{}", refused.err);
        assert!(fs::read(program.db()).expect("a database") == before);
    }
    program.is_sound();
}

#[cfg(unix)]
#[test]
fn a_database_that_was_moved_without_its_log_finds_it_next_to_the_link() {
    let program = new_program();
    killed(&program, 3);
    let (db, folder) = (program.db(), program.folder().join("elsewhere"));
    fs::create_dir(&folder).expect("a folder");
    let moved = folder.join("moved.db");
    fs::rename(&db, &moved).expect("a move");
    std::os::unix::fs::symlink(&moved, &db).expect("a link");
    drop(fs::remove_file(companion(&db, "-shm")));
    let refused = program.run(&["due"]);
    assert_eq!(refused.code, 1, "{}", refused.err);
    assert!(refused.err.contains("it was moved without them"), "{}", refused.err);
    // The way that the message names.
    let command = refused.err.split('`').find(|part| part.starts_with("mv ")).expect("a command");
    assert!(Command::new("sh").args(["-c", command]).status().expect("a shell").success());
    program.ok(&["due"]);
    assert_eq!(logged(&program).len(), 3);
    program.is_sound();
}

#[cfg(unix)]
#[test]
fn a_log_that_is_a_link_is_named() {
    let program = new_program();
    killed(&program, 2);
    let (wal, away) = (companion(&program.db(), "-wal"), program.folder().join("away"));
    fs::rename(&wal, &away).expect("a move");
    std::os::unix::fs::symlink(&away, &wal).expect("a link");
    let refused = program.run(&["due"]);
    assert_eq!(refused.code, 1, "{}", refused.err);
    assert!(refused.err.contains("is a link"), "{}", refused.err);
    let command = refused.err.split('`').find(|part| part.starts_with("mv ")).expect("a command");
    assert!(Command::new("sh").args(["-c", command]).status().expect("a shell").success());
    assert_eq!(logged(&program).len(), 2);
    program.is_sound();
}

#[test]
fn an_old_journal_is_not_played_back() {
    let program = new_program();
    killed(&program, 2);
    program.ok(&["due"]);
    let (db, copy) = (program.db(), program.folder().join("copy.db"));
    program.ok(&["backup", "copy.db"]);
    let writer = rusqlite::Connection::open(&copy).expect("the copy");
    writer
        .execute_batch(
            "pragma journal_mode = delete; pragma cache_size = 2; begin immediate;
             update question set stem = stem || ' and more'; update memory set deck = deck;",
        )
        .expect("a transaction");
    let journal = fs::read(companion(&copy, "-journal")).expect("a journal");
    assert!(journal.len() > 12_000, "{} bytes", journal.len());
    killed(&program, 3);
    program.ok(&["due"]);
    fs::write(companion(&db, "-journal"), &journal).expect("a journal");
    let before = fs::read(&db).expect("a database");
    for journal in [&journal[..], b"no journal at all"] {
        fs::write(companion(&db, "-journal"), journal).expect("a journal");
        let refused = program.run(&["due"]);
        assert_eq!(refused.code, 1, "{}", refused.err);
        assert!(refused.err.contains("so it was moved to"), "{}", refused.err);
        assert!(fs::read(&db).expect("a database") == before);
        let aside = companion(&db, "-journal.of-another-database");
        assert!(fs::read(&aside).expect("the journal") == journal);
        fs::remove_file(aside).expect("a file");
    }
    assert_eq!(logged(&program).len(), 5);
    program.is_sound();
}

#[test]
fn a_backup_is_not_made_next_to_a_left_log() {
    let program = new_program();
    fs::write(program.folder().join("b.db-wal"), "a log").expect("a file");
    let refused = program.run(&["backup", "b.db"]);
    assert_eq!(refused.code, 1, "{}", refused.err);
    assert!(refused.err.contains("b.db-wal is there"), "{}", refused.err);
    assert!(!program.folder().join("b.db").exists());
}
