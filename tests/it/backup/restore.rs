//! Back to a backup, from anything.

use std::fs;

use retain::clock::Clock;
use retain::error::Error;
use retain::study::{BackupPolicy, BackupReason, RestorePlan, Restored, Trainer, WhichBackup, unwatched};

use super::{BANK, damage, folder, keeping, names, reasons};
use crate::fixture::study::{Study, all_right};

fn plan(study: &Study, which: &str) -> Result<RestorePlan, Error> {
    let which = if which == "--undo" { WhichBackup::Replaced } else { WhichBackup::Named(which) };
    Trainer::plan_restore(&study.db(), which, &BackupPolicy::default(), Clock::fixed(study.now()))
}

fn restore(study: &Study, which: &str) -> Restored {
    let plan = plan(study, which).expect("a plan");
    restored(study, &plan).expect("a restore")
}

fn restored(study: &Study, plan: &RestorePlan) -> Result<Restored, Error> {
    Trainer::restore(&study.db(), plan, &BackupPolicy::default(), Clock::fixed(study.now()), &mut unwatched)
}

fn keep(study: &Study) {
    keeping(study, BackupPolicy::default()).0.keep_backup(BackupReason::ByHand, &mut unwatched).expect("a backup");
}

/// Two answers in a backup, and two more since.
fn study() -> Study {
    let study = Study::new();
    study.settings("learning-steps=none fuzz=off").bank("Planets", BANK).review(all_right);
    keep(&study);
    study.at("2026-12-24").review(all_right);
    study
}

#[test]
fn a_restore_goes_back_and_can_be_undone() {
    let study = study();
    let now = study.table("reviews");
    assert_eq!(now.len(), 4);
    let ahead = plan(&study, "latest").expect("a plan");
    let answers = ahead.facts.map(|facts| facts.answers);
    assert_eq!((ahead.missing, answers, ahead.replaces), (Some(2), Some(2), true));
    assert_eq!(reasons(&study), ["by-hand"], "a plan changes nothing");
    let done = restore(&study, "latest");
    assert_eq!(study.table("reviews"), now[..2]);
    study.is_sound();
    let kept = done.kept.expect("a file");
    assert_eq!(reasons(&study), ["before-restore", "by-hand"]);
    assert!(kept.starts_with(folder(&study)) && !done.was_damaged);
    // There and back, twice.
    restore(&study, "--undo");
    assert_eq!(study.table("reviews"), now);
    study.at("2026-12-25");
    restore(&study, "--undo");
    assert_eq!(study.table("reviews").len(), 2);
    study.is_sound();
    assert_eq!(names(study.folder()).iter().filter(|name| name.contains("-wal") || name.starts_with('.')).count(), 0);
}

#[test]
fn a_backup_of_a_clock_that_was_ahead_is_not_the_latest() {
    let study = Study::new();
    study.settings("learning-steps=none fuzz=off").bank("Planets", BANK).at("2028-01-19");
    keep(&study);
    study.at("2026-12-24").review(all_right);
    keep(&study);
    let latest = plan(&study, "latest").expect("a plan");
    assert_eq!(latest.facts.map(|facts| facts.answers), Some(2), "the one with the answers");
    // If there is no other, it is better than none.
    fs::remove_file(latest.backup).expect("a file");
    let latest = plan(&study, "latest").expect("a plan");
    assert_eq!(latest.facts.map(|facts| facts.answers), Some(0));
}

#[test]
#[cfg(unix)]
fn what_a_restore_had_only_begun_to_keep_is_not_gone_back_to() {
    let study = study();
    let now = study.table("reviews");
    restore(&study, "latest");
    assert_ne!(study.table("reviews"), now);
    // A restore that is cut off has given the database a second name, and did no more.
    let begun = folder(&study).join("retain.db.20991231T070000Z.before-restore.backup");
    fs::hard_link(study.db(), begun).expect("a link");
    restore(&study, "--undo");
    assert_eq!(study.table("reviews"), now);
}

#[test]
fn a_backup_is_named_in_every_way() {
    let study = study();
    let file = plan(&study, "1").expect("a plan").backup;
    for name in ["latest", "2026-11-23", "2026-11-23T08", "2026-11-23 08:00", "2026-11", file.to_str().expect("a path")]
    {
        assert_eq!(plan(&study, name).expect(name).backup, file, "{name}");
    }
    for (name, words) in [
        ("2", "there is no backup number 2: there are 1"),
        ("0", "there is no backup number 0: there are 1"),
        ("2026-11-22", "no backup was made at `2026-11-22`"),
        ("yesterday", "no backup and no file is called `yesterday`"),
        ("", "no backup and no file is called ``"),
        ("äöü-€", "no backup and no file is called `äöü-€`"),
    ] {
        let refused = plan(&study, name).expect_err(name);
        assert_eq!((refused.message(), refused.exit_code()), (words, 1));
    }
    assert_eq!(plan(&study, "--undo").expect_err("nothing").message(), "no restore was made that could be undone");
    let db = study.db().display().to_string();
    assert_eq!(plan(&study, &db).expect_err("itself").message(), "this is the database itself, not a backup of it");
}

#[test]
fn what_is_no_sound_backup_is_refused() {
    let study = study();
    let before = study.table("reviews");
    let good = plan(&study, "1").expect("a plan").backup;
    let cut = study.folder().join("cut");
    fs::write(&cut, &fs::read(&good).expect("a backup")[..9_000]).expect("a file");
    let bent = study.folder().join("bent");
    fs::copy(&good, &bent).expect("a copy");
    damage(&bent);
    let newer = study.folder().join("newer");
    let mut bytes = fs::read(&good).expect("a backup");
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(&newer, bytes).expect("a file");
    study.file("text", "no database, but some text that is as long as a header of one\n".repeat(20)).file("empty", "");
    for (name, code) in [
        ("cut", "database-damaged"),
        ("bent", "database-damaged"),
        ("newer", "newer-database"),
        ("text", "not-a-database"),
        ("empty", "not-a-backup"),
    ] {
        let path = study.folder().join(name).display().to_string();
        let refused = plan(&study, &path).expect_err(name);
        assert_eq!((refused.code(), refused.exit_code()), (code, 1), "{name}: {refused}");
    }
    assert_eq!(study.table("reviews"), before);
    assert_eq!(reasons(&study), ["by-hand"]);
}

#[test]
fn a_damaged_database_is_set_aside_with_what_belongs_to_it() {
    let study = study();
    let junk = "this was a database once, before the disk failed\n".repeat(400);
    fs::write(study.db(), &junk).expect("a file");
    fs::write(study.db().with_file_name("retain.db-wal"), "the newest answers").expect("a file");
    let plan = plan(&study, "latest").expect("a plan");
    assert_eq!(plan.missing, None);
    let done = restored(&study, &plan).expect("a restore");
    assert!(done.was_damaged);
    let kept = done.kept.expect("a file");
    assert_eq!(fs::read_to_string(&kept).expect("the file"), junk);
    let wal = format!("{}-wal", kept.display());
    assert_eq!(fs::read_to_string(wal).expect("the file"), "the newest answers");
    assert_eq!(study.table("reviews").len(), 2);
    study.is_sound();
}

#[test]
fn a_database_that_is_gone_comes_back() {
    let study = study();
    fs::remove_file(study.db()).expect("the database");
    let plan = plan(&study, "latest").expect("a plan");
    assert!(!plan.replaces);
    assert_eq!(restored(&study, &plan).expect("a restore").kept, None);
    assert_eq!(study.table("reviews").len(), 2);
}

#[test]
fn a_database_that_is_open_is_not_replaced() {
    let study = study();
    let plan = plan(&study, "latest").expect("a plan");
    let trainer = study.trainer();
    trainer.home().expect("a day");
    let refused = restored(&study, &plan).expect_err("it is open");
    assert_eq!(refused.code(), "database-in-use", "{refused}");
    assert_eq!(refused.message(), "another process has the database open, so it was not replaced");
    drop(trainer);
    assert_eq!(study.table("reviews").len(), 4);
    assert_eq!(reasons(&study), ["by-hand"]);
    assert!(names(study.folder()).iter().all(|name| !name.starts_with('.')), "{:?}", names(study.folder()));
    restored(&study, &plan).expect("a restore");
    assert_eq!(study.table("reviews").len(), 2);
}

#[test]
fn answers_in_the_write_ahead_log_are_kept_too() {
    let program = {
        let study = study();
        keep(&study);
        study.program()
    };
    program.ok(&["backup"]);
    // A kill leaves the newest answer in the write-ahead log.
    let mut session = program.session(&["--cram"]);
    let question = session.next("question");
    let label = question["choices"][0]["label"].clone();
    session.send(&serde_json::json!({"type": "answer", "pick": [label], "ms": 5}));
    session.next("feedback");
    session.send(&serde_json::json!({"type": "rate"}));
    let review = session.next("recorded")["review"].clone();
    session.child.kill().expect("a kill");
    drop(session);
    let said = program.ok(&["restore", "latest", "--yes"]);
    assert!(said.err.contains("1 answer that is not in it is kept in "), "{}", said.err);
    assert_eq!(program.table("reviews").len(), 4);
    program.ok(&["restore", "--undo", "--yes"]);
    let reviews = program.table("reviews");
    assert!(reviews.len() == 5 && reviews.iter().any(|row| row["review"] == review));
    program.is_sound();
}

#[test]
fn the_program_shows_asks_and_tells() {
    let study = study();
    let program = study.program();
    let none = program.ok(&["backup", "list"]);
    assert_eq!((none.out.as_str(), none.err.as_str()), ("", "there is no backup yet: `retain backup` makes one\n"));
    program.ok(&["backup"]);
    let list = program.ok(&["backup", "list"]).out;
    assert!(
        list.starts_with("  1  2026-12-24 08:00  ")
            && list.contains("4 answers")
            && list.ends_with("made by `retain backup`\n"),
        "{list}"
    );
    let row = &program.json(&["backup", "list", "--json"])[0];
    assert_eq!(
        (&row["number"], &row["answers"], &row["reason"], &row["problem"]),
        (&1.into(), &4.into(), &"by-hand".into(), &serde_json::Value::Null)
    );
    let refused = program.run(&["restore", "1"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("nothing was restored: this is not a terminal"), "{}", refused.err);
    let looked = program.ok(&["restore", "1", "--dry-run"]).err;
    assert!(
        looked.starts_with("the backup of 2026-12-24 08:00 (made by `retain backup`) has 4 answers: it is sound\n"),
        "{looked}"
    );
    assert!(looked.contains("every answer of it is in the backup"), "{looked}");
    let done = program.ok(&["restore", "1", "--yes"]).err;
    assert!(
        done.contains("restored\nwhat it replaced is kept in ")
            && done.contains("`retain restore --undo` puts it back"),
        "{done}"
    );
    assert_eq!(program.run(&["restore"]).code, 2);
    assert_eq!(program.run(&["restore", "1", "--undo"]).code, 2);
    // A folder of one's own, and standard output.
    fs::create_dir(program.folder().join("stick")).expect("a folder");
    program.ok(&["backup", "stick"]);
    program.ok(&["backup", "stick/"]);
    assert_eq!(names(&program.folder().join("stick")).len(), 2);
    let refused = program.run(&["backup", "gone/"]);
    assert!(refused.code == 1 && refused.err.contains("there is no folder gone/"), "{}", refused.err);
    let file = program.folder().join("stick").join(&names(&program.folder().join("stick"))[0]).display().to_string();
    program.ok(&["restore", &file, "--yes"]);
    program.is_sound();
}

#[test]
fn an_older_backup_is_upgraded() {
    let study = study();
    let old = study.folder().join("old.db");
    // What version 0.1.0 would have made of an empty database.
    let first = include_str!("../../../migrations/0001_first.sql");
    study.file("old.sql", first);
    let made = std::process::Command::new("python3")
        .args(["-c", "import sqlite3,sys; db=sqlite3.connect(sys.argv[1]); db.executescript(open(sys.argv[2]).read()); db.executescript('pragma user_version=1; pragma application_id=1919251566;')"])
        .arg(&old)
        .arg(study.folder().join("old.sql"))
        .status();
    assert!(made.expect("this test needs python3").success());
    restore(&study, old.to_str().expect("a path"));
    assert_eq!(study.table("reviews").len(), 0);
    assert_eq!(reasons(&study), ["before-upgrade", "before-restore", "by-hand"]);
    restore(&study, "--undo");
    assert_eq!(study.table("reviews").len(), 4);
    study.is_sound();
}

#[test]
fn a_kill_leaves_either_the_old_or_the_new_database() {
    let program = study().program();
    program.ok(&["backup"]);
    let said = program.with_input(&["review", "--cram", "--plain", "--limit", "1"], "A\n\n");
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(program.table("reviews").len(), 5);
    let mut seen = [0, 0];
    for round in 0_u64..40 {
        // The last ones are for a machine that has much to do.
        if round >= 30 && seen[0] > 0 {
            break;
        }
        let mut child = program
            .command(&["restore", "latest", "--yes"])
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("it starts");
        std::thread::sleep(std::time::Duration::from_millis(if round < 30 { round * 12 } else { round * 100 }));
        let _ = child.kill();
        let _ = child.wait();
        let answers = program.table("reviews").len();
        assert!(answers == 4 || answers == 5, "round {round}: {answers}");
        seen[answers - 4] += 1;
        program.is_sound();
        // The fifth answer is in the database, or in a backup that can be gone back to.
        if answers == 4 {
            let list = program.json(&["backup", "list", "--json"]);
            let with_all = list.iter().find(|row| row["answers"] == 5).expect("a backup with all answers");
            program.ok(&["restore", with_all["path"].as_str().expect("a path"), "--yes"]);
            assert_eq!(program.table("reviews").len(), 5);
        }
    }
    assert!(seen[0] > 0, "{seen:?}");
}
