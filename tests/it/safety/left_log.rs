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
    program.ok(&["due"]);
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
