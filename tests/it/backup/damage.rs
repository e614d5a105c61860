//! A database that is damaged in every way: it is said in words, a backup takes its place, and its answers are found again.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use retain::clock::Clock;
use retain::error::Result;
use retain::study::{
    BackupPolicy, BackupReason, IntakeConsent, RestorePlan, Restored, TakenInAnswers, Trainer, WhichBackup, unwatched,
};
use serde_json::Value;

use super::{folder, keeping, names, reasons};
use crate::fixture::study::{Study, all_right, all_wrong};

/// A study with a backup, and answers since; its log and its bytes.
struct Damageable {
    study: Study,
    log: Vec<Value>,
    bytes: Vec<u8>,
    /// How many answers the backup has.
    kept: usize,
}

fn damageable() -> Damageable {
    let study = Study::new();
    study.mlops().settings("learning-steps=none fuzz=off").review(all_wrong).at("2026-12-01").review(all_right);
    let kept = study.table("reviews").len();
    keeping(&study, BackupPolicy::default()).0.keep_backup(BackupReason::ByHand, &mut unwatched).expect("a backup");
    study.at("2026-12-24").review(all_right).at("2027-03-01").review(all_right).undo();
    let (log, bytes) = (study.table("reviews"), fs::read(study.db()).expect("the database"));
    assert!(kept > 5 && log.len() > kept + 5, "{kept}, {}", log.len());
    Damageable { study, log, bytes, kept }
}

fn plan(study: &Study, which: WhichBackup<'_>) -> Result<RestorePlan> {
    Trainer::plan_restore(&study.db(), which, &BackupPolicy::default(), Clock::fixed(study.now()))
}

fn restore(study: &Study, which: WhichBackup<'_>) -> Restored {
    let plan = plan(study, which).expect("a plan");
    let policy = BackupPolicy::default();
    Trainer::restore(&study.db(), &plan, &policy, Clock::fixed(study.now()), &mut unwatched).expect("a restore")
}

fn latest(study: &Study) -> Restored {
    restore(study, WhichBackup::Named("latest"))
}

/// Which answers these are. What else a row says follows from the whole log.
fn identities(rows: &[Value]) -> BTreeSet<&str> {
    rows.iter().map(|row| row["review"].as_str().expect("an identity")).collect()
}

/// Holds that a person gets words about this database: when it is opened, and when it is checked.
fn is_said(study: &Study, about: &str) {
    let words = |error: retain::error::Error| {
        assert_eq!(error.exit_code(), 1, "{about}: {error}");
        assert!(!error.to_string().contains("report this"), "{about}: {error}");
        error
    };
    match Trainer::open_existing(&study.db(), Clock::fixed(study.now()), Some(1)) {
        Err(error) => {
            let error = words(error);
            drop(Trainer::check_unopened(&study.db(), error).map_err(words));
        }
        Ok(trainer) => drop(trainer.check().map_err(words)),
    }
}

/// Damages the database, goes back to the backup, and enters what can be read of the damaged file. What was found.
fn goes_back(case: &Damageable, bytes: &[u8], about: &str) -> Option<TakenInAnswers> {
    let study = &case.study;
    fs::write(study.db(), bytes).expect("written");
    is_said(study, about);
    fs::write(study.db(), bytes).expect("written");
    let done = latest(study);
    assert_eq!(study.table("reviews").len(), case.kept, "{about}");
    let kept = done.kept.filter(|kept| kept.exists())?;
    let taken = study.trainer().take_in_answers(&kept, IntakeConsent::default());
    for file in [kept.clone(), PathBuf::from(format!("{}-wal", kept.display()))] {
        drop(fs::remove_file(file));
    }
    study.is_sound();
    taken.ok()
}

#[test]
fn noise_anywhere_in_the_header_loses_no_answer() {
    let case = damageable();
    for at in 0..100 {
        let mut bytes = case.bytes.clone();
        for (place, byte) in bytes[at..at + 4].iter_mut().enumerate() {
            *byte ^= [0xa7, 0x5c, 0x91, 0x3e][place];
        }
        let about = format!("offset {at}");
        let taken = goes_back(&case, &bytes, &about).unwrap_or_else(|| panic!("{about}: nothing was found"));
        assert_eq!(case.study.table("reviews"), case.log, "{about}: {taken:?}");
    }
}

#[test]
fn a_damaged_page_loses_the_answers_on_it_at_most() {
    let case = damageable();
    let pages = case.bytes.len() / 4_096;
    let mut whole = 0;
    for page in 0..pages {
        let mut bytes = case.bytes.clone();
        for (place, byte) in bytes[page * 4_096..page * 4_096 + 16].iter_mut().enumerate() {
            *byte = 0xd1_u8.wrapping_mul(place as u8 + 3);
        }
        let about = format!("page {page} of {pages}");
        let taken = goes_back(&case, &bytes, &about).unwrap_or_else(|| panic!("{about}: nothing was found"));
        assert_eq!((taken.homeless, taken.nameless), (0, 0), "{about}");
        let found = case.study.table("reviews");
        assert!(identities(&found).is_subset(&identities(&case.log)), "{about}");
        whole += usize::from(found.len() == case.log.len());
    }
    // The log lies on a few pages only.
    assert!(whole * 10 > pages * 7, "{whole} of {pages}");
}

#[test]
fn a_file_that_was_cut_off_is_read_as_far_as_it_goes() {
    let case = damageable();
    let length = case.bytes.len();
    let cuts =
        [0, 1, 15, 16, 99, 100, 511, 512, 4_095, 4_096, 4_097, length / 3, length / 2, length - 4_096, length - 1];
    for cut in cuts {
        let about = format!("cut at {cut} of {length}");
        let taken = goes_back(&case, &case.bytes[..cut], &about);
        if cut > length / 2 {
            assert!(taken.as_ref().is_some_and(|taken| taken.new > 0), "{about}: {taken:?}");
        }
        let found = case.study.table("reviews");
        assert!(identities(&found).is_subset(&identities(&case.log)), "{about}");
    }
}

#[test]
fn the_undo_of_a_restore_puts_a_damaged_file_back_as_it_was() {
    let case = damageable();
    let study = &case.study;
    let mut bytes = case.bytes.clone();
    bytes[16..4_000].fill(0x5a);
    fs::write(study.db(), &bytes).expect("written");
    let wal = study.db().with_file_name("retain.db-wal");
    fs::write(&wal, "what was there").expect("written");
    assert!(latest(study).was_damaged);
    assert!(!wal.exists());
    let back = plan(study, WhichBackup::Replaced).expect("a plan");
    assert!(back.damage.is_some() && back.facts.is_none(), "{back:?}");
    let again = restore(study, WhichBackup::Replaced);
    assert!(fs::read(study.db()).expect("the database") == bytes, "it is the very file");
    assert_eq!(fs::read_to_string(&wal).expect("the log"), "what was there");
    assert!(again.kept.is_some() && !again.was_damaged);
    // And forth again.
    study.at("2027-03-02");
    restore(study, WhichBackup::Replaced);
    assert_eq!(study.table("reviews").len(), case.kept);
    study.is_sound();
    assert_eq!(names(study.folder()).iter().filter(|name| name.starts_with('.')).count(), 0);
}

#[test]
fn answers_in_a_write_ahead_log_without_its_database_are_found() {
    let case = damageable();
    let study = &case.study;
    let wal = study.db().with_file_name("retain.db-wal");
    let left = {
        // While it is open, what is written stays in the write-ahead log.
        let open = study.trainer();
        open.home().expect("a day");
        study.at("2027-09-01").review(all_right);
        fs::read(&wal).expect("a log")
    };
    let all = study.table("reviews");
    assert!(all.len() > case.log.len());
    fs::remove_file(study.db()).expect("the database");
    fs::write(&wal, &left).expect("a log");
    let refused = Trainer::open_existing(&study.db(), Clock::fixed(study.now()), Some(1)).expect_err("it is gone");
    assert_eq!(refused.code(), "leftover-log");
    assert!(
        refused.hints()[0].starts_with("`retain restore latest` goes back to the backup that there is"),
        "{refused}"
    );
    let ahead = plan(study, WhichBackup::Named("latest")).expect("a plan");
    assert!(ahead.leaves_log && !ahead.replaces);
    let done = latest(study);
    let kept = done.kept.expect("a log");
    assert!(done.was_log_alone && fs::read(&kept).expect("the log") == left, "{}", kept.display());
    let taken = study.trainer().take_in_answers(&kept, IntakeConsent::default()).expect("answers");
    assert!(taken.new > 0 && taken.damaged && taken.homeless == 0 && taken.nameless == 0, "{taken:?}");
    // What the log does not have was moved into the database before, which is gone.
    let found = study.table("reviews");
    let found = identities(&found);
    assert!(found.is_subset(&identities(&all)));
    assert!(identities(&all[case.log.len()..]).is_subset(&found), "every answer since the last checkpoint is there");
    study.is_sound();
}

#[test]
fn the_newest_backup_that_is_sound_is_the_latest() {
    let case = damageable();
    let study = &case.study;
    for (day, bytes) in [
        ("20270101", Vec::new()),
        ("20270102", case.bytes[..5_000].to_vec()),
        ("20270103", {
            let mut newer = case.bytes.clone();
            newer[60..64].copy_from_slice(&99_u32.to_be_bytes());
            newer
        }),
    ] {
        fs::write(folder(study).join(format!("retain.db.{day}T070000Z.daily.backup")), bytes).expect("a file");
    }
    let found = plan(study, WhichBackup::Named("latest")).expect("a plan");
    assert_eq!(found.reason, Some(BackupReason::ByHand));
    let why: Vec<&str> = found.passed_over.iter().map(|(_, why)| why.as_str()).collect();
    assert!(
        why.len() == 3 && why[0].contains("schema 99") && why[1].contains("damaged") && why[2].contains("no database"),
        "{why:?}"
    );
    latest(study);
    assert_eq!(study.table("reviews").len(), case.kept);
    fs::remove_file(found.backup).expect("the good one");
    let none = plan(study, WhichBackup::Named("latest")).expect_err("none is good");
    assert_eq!(
        (none.message(), none.report().map(|report| report.lines().count())),
        ("no backup can be used", Some(3))
    );
}

#[test]
fn a_lost_database_is_not_replaced_by_a_new_one_in_silence() {
    let case = damageable();
    let program = case.study.program();
    program.ok(&["backup"]);
    program.file("more.txt", "Which one?\n- A. this *\n- B. that\n");
    for empty in [false, true] {
        fs::remove_file(program.db()).expect("the database");
        if empty {
            fs::write(program.db(), "").expect("a file");
        }
        for command in [&["import", "more.txt"][..], &["review"], &["check"], &["stats"], &["deck", "create", "x"], &[]]
        {
            let refused = program.run(command);
            let words = "but there is 1 backup of one\nhint: `retain restore latest` puts it in its place\n";
            assert!(refused.code == 1 && refused.err.contains(words), "{command:?}: {}", refused.err);
            assert!(!refused.err.contains("`retain import FILE` makes one"), "{command:?}: {}", refused.err);
        }
        let said = program.ok(&["restore", "latest", "--yes"]).err;
        assert!(said.contains("restored") && !said.contains("kept in"), "{said}");
        program.is_sound();
    }
    // A name of its own is a new database.
    program.ok(&["--db", "data/new.db", "import", "more.txt"]);
    // Noise in the header: each command leads to the backup.
    let mut bytes = fs::read(program.db()).expect("the database");
    bytes[..8].fill(0x5a);
    fs::write(program.db(), bytes).expect("written");
    for command in [&["import", "more.txt"][..], &["review"], &["check"], &["backup"]] {
        let refused = program.run(command);
        assert!(refused.code == 1 && refused.err.contains("`retain restore latest`"), "{command:?}: {}", refused.err);
        assert!(!refused.err.contains("start again"), "{command:?}: {}", refused.err);
    }
}

#[test]
fn a_version_that_no_program_makes_is_refused_untouched() {
    let case = damageable();
    for version in [0_i32, -5, i32::MAX] {
        let mut bytes = case.bytes.clone();
        bytes[60..64].copy_from_slice(&version.to_be_bytes());
        fs::write(case.study.db(), &bytes).expect("written");
        let refused = Trainer::open(&case.study.db(), Clock::fixed(case.study.now()), Some(1)).expect_err("refused");
        assert_eq!((refused.code(), refused.exit_code()), ("database-damaged", 1), "{refused}");
        assert!(refused.message().contains(&format!("schema {version}")), "{refused}");
        assert!(fs::read(case.study.db()).expect("the database") == bytes, "{version}: it was changed");
    }
}

/// Every file of a folder with its bytes.
fn content(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let of = |name: String| {
        let bytes = fs::read(folder.join(&name)).unwrap_or_default();
        (name, bytes)
    };
    names(folder).into_iter().map(of).collect()
}

#[test]
fn a_dry_run_of_answers_changes_nothing() {
    let case = damageable();
    let study = &case.study;
    fs::write(study.folder().join("other.db"), &case.bytes).expect("a copy");
    latest(study);
    let before = (content(study.folder()), reasons(study));
    let ahead =
        study.trainer().plan_answers(&study.folder().join("other.db"), IntakeConsent::default()).expect("a plan");
    assert_eq!((ahead.new, ahead.known), (case.log.len() - case.kept, case.kept));
    assert!((content(study.folder()), reasons(study)) == before, "something was changed");
    let program = study.program();
    fs::write(program.folder().join("other.db"), &case.bytes).expect("a copy");
    let said = program.ok(&["restore", "--answers", "other.db", "--dry-run"]).err;
    let words = format!("would enter {} answers; {} are there already\n", ahead.new, ahead.known);
    assert!(said.starts_with(&words) && said.ends_with("nothing was changed\n"), "{said}");
    assert_eq!(program.table("reviews").len(), case.kept);
    let said = program.ok(&["restore", "--answers", "other.db"]).err;
    assert!(said.starts_with(&format!("entered {} answers", ahead.new)), "{said}");
    program.is_sound();
}

#[test]
fn no_backup_and_no_database_is_no_circle() {
    let case = damageable();
    let program = case.study.program();
    fs::rename(program.db(), program.folder().join("moved.db")).expect("a move");
    fs::write(program.db().with_file_name("retain.db-wal"), "the newest answers").expect("a log");
    let said = program.run(&["restore", "latest", "--yes"]);
    assert!(said.code == 1 && said.err.contains("there is no backup of "), "{}", said.err);
    assert!(!said.err.contains("backup list"), "{}", said.err);
    let list = program.ok(&["backup", "list"]).err;
    assert!(list.contains("no database at this path") && !list.contains("makes one"), "{list}");
    let text = program.file("text", "root:x:0:0:root:/root:/bin/bash\n");
    let said = program.run(&["restore", &text]);
    assert!(said.code == 1 && said.err.contains("text is neither a backup nor a file of kept answers"), "{}", said.err);
    assert!(!said.err.contains("start again"), "{}", said.err);
    // A backup from elsewhere is the way that was named.
    program.ok(&["restore", "moved.db", "--yes"]);
    program.is_sound();
    // The bare name of a backup is enough.
    program.ok(&["backup"]);
    let name = names(&program.db().with_file_name("backups")).into_iter().find(|name| name.contains("by-hand"));
    program.ok(&["restore", &name.expect("a backup"), "--yes"]);
}
