//! What nothing can be, in a database, in what enters one, and around it: it is reported, refused, or put right, and nothing fails because of it.

use std::fs;
use std::path::{Path, PathBuf};

use retain::study::{Remedy, unwatched};
use rusqlite::Connection;

use crate::fixture::program::Program;
use crate::fixture::study::{Study, all_right};

const BANK: &str = "One?\n- A. a *\n- B. b\n\nTwo?\n- A. c *\n- B. d\n";

/// Two days of answers, and it is the day after.
fn study() -> Study {
    let study = Study::new();
    study.bank("bank", BANK).days(2, all_right);
    study.is_sound();
    study
}

/// Does something that the guards of the log forbid.
pub(super) fn unguarded(db: &Path, sql: &str) {
    let database = Connection::open(db).expect("the database");
    let guards: Vec<(String, String)> = database
        .prepare("select name, sql from sqlite_schema where type = 'trigger'")
        .and_then(|mut guards| guards.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
        .expect("the guards");
    for (name, _) in &guards {
        database.execute_batch(&format!("drop trigger {name}")).expect("a guard");
    }
    database.execute_batch(sql).expect(sql);
    for (_, guard) in &guards {
        database.execute_batch(guard).expect("a guard");
    }
}

fn found(study: &Study) -> Vec<(String, Remedy)> {
    let health = study.trainer().check().expect("a check");
    health.problems.into_iter().map(|problem| (problem.what, problem.remedy)).collect()
}

#[test]
fn a_database_with_absurd_numbers_is_condemned_and_can_be_read() {
    const MOST: &str = "9223372036854775807";
    const LEAST: &str = "-9223372036854775808";
    let study = study();
    let sound = fs::read(study.db()).expect("the database");
    for (sql, said) in [
        (format!("update review set took_ms = {MOST}"), "taken longer than a day"),
        (format!("update review set due_day = null, due_ms = {LEAST}"), "a time that no calendar has"),
        (format!("update review set due_ms = null, due_day = {MOST}"), "a day that no calendar has"),
        (format!("update review set at_ms = {MOST}"), "a time that no calendar has"),
        (format!("update review set at_ms = {LEAST}"), "a time that no calendar has"),
        ("update review set offset_minutes = 1000000".into(), "a time zone that does not exist"),
        ("update review set day = 0".into(), "a day that is not that of its time"),
        (format!("update review set order_seed = {LEAST}"), "a number that is too large or below zero"),
        (format!("update review set guess_ways = {MOST}"), "a number that is too large or below zero"),
        (format!("update memory set due_day = {MOST}"), "a day that no calendar has"),
        (format!("update memory set last_ms = {LEAST}, repetitions = {MOST}"), "a time that no calendar has"),
        ("update memory set stability = 9e999, difficulty = -9e999".into(), "a stability that no card has"),
        (format!("update deed set at_ms = {LEAST}, offset_minutes = {MOST}"), "a time that no calendar has"),
        (format!("update import set at_ms = {MOST}, batch = {LEAST}"), "a time that no calendar has"),
        (
            "insert into fit (at_ms, answers, log_answers, held_out, loss_before, loss_default, loss_fitted, gain, gain_error)
             values (-1, 1, 1, 1, 9e999, 1, 1, 1, -9e999)"
                .into(),
            "a measure that no fit has",
        ),
        (format!("insert into load values ({MOST}, {MOST})"), "a day that no calendar has"),
    ] {
        for end in ["-wal", "-shm"] {
            drop(fs::remove_file(format!("{}{end}", study.db().display())));
        }
        fs::write(study.db(), &sound).expect("the database");
        unguarded(&study.db(), &sql);
        let program = study.program();
        let checked = program.run(&["check"]);
        assert_eq!(checked.code, 1, "{sql}: {}", checked.err);
        assert!(checked.err.contains(said), "{sql}: {}", checked.err);
        let folder = program.folder().join("all").display().to_string();
        for command in [
            &["stats"][..],
            &["export", "reviews"],
            &["export", "cards"],
            &["export", "stats"],
            &["card", "list"],
            &["undo", "--list"],
            &["optimize", "--history"],
            &[],
            &["export", "everything", "-o", &folder],
            &["check", "--mend"],
        ] {
            let done = program.run(command);
            assert!(done.code < 2, "{sql}: {command:?}: {} {}", done.code, done.err);
            assert!(!done.err.contains("panicked") && !done.err.contains("report this"), "{sql}: {}", done.err);
        }
        let session = program.with_input(&["review", "--json"], "{\"type\":\"quit\"}\n");
        assert!(session.code < 2, "{sql}: {}", session.err);
    }
}

#[test]
fn a_schedule_with_absurd_numbers_is_made_again() {
    let study = study();
    let before = study.table("cards");
    Connection::open(study.db())
        .and_then(|database| {
            database.execute_batch(
                "update memory set stability = 9e999 where card = 1; update memory set difficulty = -3 where card = 2",
            )
        })
        .expect("a change");
    assert!(found(&study).iter().all(|(_, remedy)| *remedy == Remedy::Mend));
    study.trainer().mend(&mut unwatched).expect("what needs no guess");
    study.is_sound();
    assert_eq!(study.table("cards"), before);
}

#[test]
fn what_a_check_condemns_does_not_enter() {
    let study = study();
    let card = study.card("One?")["card"].as_str().expect("an identity").to_owned();
    let day = 20_780_i64;
    let row = |change: (&str, i64)| {
        let mut row = serde_json::json!({
            "id": format!("{:012X}700080000000000000AA", day * 86_400_000 + 40_000_000),
            "at_ms": day * 86_400_000 + 40_000_000, "day": day, "offset_minutes": 60,
            "rating": 3, "kind": 2, "confidence": 0, "right": 1, "order_seed": 1, "guess_ways": 2, "took_ms": 4000,
            "due_day": day + 3, "practice": 0, "overruled": 0, "picked": "00", "shown": "0001",
        });
        if !change.0.is_empty() {
            row[change.0] = change.1.into();
        }
        let entry = serde_json::json!({"entry": {"table": "review", "card": card, "device": "elsewhere", "row": row}});
        format!("{{\"retain-rescue\":{{\"version\":1,\"database\":\"x\"}}}}\n{entry}\n")
    };
    let program = study.program();
    for change in [
        ("took_ms", i64::MAX),
        ("due_day", i64::MAX),
        ("due_day", -5),
        ("at_ms", -1),
        ("at_ms", 0),
        ("at_ms", i64::MAX),
        ("day", 0),
        ("offset_minutes", 1_000_000),
        ("order_seed", i64::MIN),
        ("guess_ways", i64::MAX),
    ] {
        program.file("rescue.jsonl", row(change));
        let refused = program.run(&["restore", "rescue.jsonl"]);
        assert_eq!(refused.code, 1, "{change:?}: {}", refused.err);
        assert!(refused.err.contains("rescue.jsonl:2: an entry of the log has "), "{change:?}: {}", refused.err);
        assert!(
            refused.err.contains(&format!("`{}` is {}", change.0, change.1)) || change == ("at_ms", 0),
            "{}",
            refused.err
        );
    }
    program.is_sound();
    program.file("rescue.jsonl", row(("", 0)));
    let entered = program.ok(&["restore", "rescue.jsonl"]).err;
    assert!(entered.contains("entered 1 answer"), "{entered}");
    // It lies before days that were sealed, or that were not sealed yet.
    program.is_sound();
    let later = row(("at_ms", day * 86_400_000 + 50_000_000)).replace("0000AA", "0000AB");
    program.file("rescue.jsonl", later);
    let left = program.run(&["restore", "rescue.jsonl"]);
    assert!(left.err.contains("not as it was written"), "{}", left.err);
    program.is_sound();
}

/// An export of everything of a study.
fn exported(program: &Program) -> PathBuf {
    program.ok(&["export", "everything", "-o", "all"]);
    program.folder().join("all")
}

#[test]
fn a_part_of_an_export_is_never_taken_for_banks() {
    let study = study();
    let program = study.program();
    let folder = exported(&program);
    let manifest = fs::read(folder.join("manifest.json")).expect("a manifest");
    let import = |what: &str, said: &str| {
        let refused = program.run(&["--db", "new.db", "import", what]);
        assert_eq!(refused.code, 1, "{what}: {}", refused.err);
        assert!(refused.err.contains(said), "{what}: {}", refused.err);
        assert!(!program.folder().join("new.db").exists(), "{what}");
    };
    fs::remove_file(folder.join("manifest.json")).expect("a file");
    import("all", "without its `manifest.json`");
    import("all/tables", "without its `manifest.json`");
    fs::remove_file(folder.join("README.txt")).expect("a file");
    import("all", "without its `manifest.json`");
    fs::remove_dir_all(folder.join("tables")).expect("a folder");
    fs::write(folder.join("manifest.json"), &manifest[..manifest.len() / 2]).expect("a file");
    import("all", "this is no manifest");
    fs::write(folder.join("manifest.json"), &manifest[..40]).expect("a file");
    import("all", "this is no manifest");
    program.ok(&["--db", "new.db", "import", "all/banks"]);
}

#[test]
fn a_row_that_nothing_can_have_is_refused_with_its_line() {
    let study = study();
    let program = study.program();
    unguarded(&program.db(), "update review set took_ms = 9223372036854775807");
    exported(&program);
    let refused = program.run(&["--db", "new.db", "import", "all"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("review.jsonl:1: the row has taken longer than a day"), "{}", refused.err);
    assert!(!program.folder().join("new.db").exists());
}

#[cfg(unix)]
#[test]
fn an_export_that_fails_leaves_nothing_behind() {
    let study = study();
    let program = study.program();
    std::os::unix::fs::symlink("none", program.folder().join("link")).expect("a link");
    let before = fs::read_dir(program.folder()).expect("a folder").count();
    let refused = program.run(&["export", "everything", "-o", "link"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("a link that leads nowhere"), "{}", refused.err);
    assert_eq!(fs::read_dir(program.folder()).expect("a folder").count(), before);
}

#[cfg(unix)]
#[test]
fn media_that_are_no_files_are_found_and_come_again_with_their_bank() {
    use std::os::unix::fs::symlink;

    let mut program = Program::new();
    let names = ["zero", "passwd", "pipe", "gone", "other"];
    let bank: String =
        names.map(|name| format!("#### Q1. What is {name}? ![x]({name}.png)\n\n- [x] a\n- [ ] b\n\n")).concat();
    for name in names {
        program.file(&format!("{name}.png"), format!("\u{89}PNG {name}"));
    }
    program.file("bank.md", bank);
    program.ok(&["import", "bank.md"]);
    program.at("2026-11-24T08:00:00+01:00").is_sound();
    let media = program.db().with_file_name("media");
    let mut files: Vec<_> = fs::read_dir(&media).expect("a folder").map(|file| file.expect("a file").path()).collect();
    files.sort();
    for file in &files {
        fs::remove_file(file).expect("a file");
    }
    symlink("/dev/zero", &files[0]).expect("a link");
    symlink("/etc/passwd", &files[1]).expect("a link");
    assert!(std::process::Command::new("mkfifo").arg(&files[2]).status().expect("mkfifo").success());
    fs::write(&files[4], "another").expect("a file");
    let checked = program.run(&["check"]);
    assert_eq!(checked.code, 1);
    assert_eq!(checked.err.matches("is no ordinary file").count(), 3, "{}", checked.err);
    assert_eq!(checked.err.matches("is missing").count(), 1, "{}", checked.err);
    assert_eq!(checked.err.matches("is not what it was").count(), 1, "{}", checked.err);
    assert!(
        checked.err.contains("import their bank again") && !checked.err.contains("restore WHICH"),
        "{}",
        checked.err
    );
    let mended = program.run(&["check", "--mend"]);
    assert!(mended.err.contains("there is nothing that can be put right without a guess"), "{}", mended.err);
    program.ok(&["export", "everything", "-o", "all"]);
    assert_eq!(fs::read_dir(program.folder().join("all/media")).expect("a folder").count(), 1, "no link is followed");
    program.ok(&["import", "bank.md"]);
    program.is_sound();
}

#[test]
fn a_name_of_a_hundred_thousand_levels_is_condemned_and_can_be_changed() {
    let study = study();
    Connection::open(study.db())
        .and_then(|database| database.execute_batch("update deck set name = replace(hex(zeroblob(50000)), '0', 'a::')"))
        .expect("a name");
    let problems = found(&study);
    assert!(
        problems.iter().any(|(what, remedy)| what.contains("500 characters") && *remedy == Remedy::Rename),
        "{problems:?}"
    );
    let program = study.program();
    for command in [&["stats"][..], &[], &["deck", "list"], &["export", "cards"]] {
        assert!(program.run(command).code < 2, "{command:?}");
    }
    program.ok(&["deck", "rename", "#1", "Short"]);
    program.is_sound();
}

#[test]
fn a_setting_that_means_nothing_is_said_and_removed() {
    let study = study();
    Connection::open(study.db())
        .and_then(|database| {
            database.execute_batch(
                "insert into setting values (1, 'new-per-day', '-9', 0, 'x'), (1, 'of-a-newer-program', 'on', 0, 'x');
                 insert into deck_setting values (1, 'desired-retention', 'nan', 0, 'x')",
            )
        })
        .expect("settings");
    let program = study.program();
    for command in [
        &["stats"][..],
        &["deck", "set", "bank", "fuzz=off"],
        &["undo", "--yes"],
        &["export", "everything", "-o", "all"],
    ] {
        program.ok(command);
    }
    let said = program.ok(&["stats"]).err;
    assert!(said.contains("warning: the setting `new-per-day` of all decks is `-9`"), "{said}");
    assert!(said.contains("the setting `desired-retention` of the deck `bank` is `nan`"), "{said}");
    assert!(!said.contains("newer"), "{said}");
    let checked = program.run(&["check"]);
    assert!(
        checked.code == 1 && checked.err.contains("2 problems") && checked.err.contains("--mend"),
        "{}",
        checked.err
    );
    let mended = program.ok(&["check", "--mend"]).err;
    assert!(
        mended.contains("backup saved to") && mended.contains("the setting `new-per-day` of all decks was removed"),
        "{mended}"
    );
    let database = Connection::open(program.db()).expect("the database");
    let left: String = database.query_row("select key from setting", [], |row| row.get(0)).expect("a row");
    assert_eq!(left, "of-a-newer-program");
    assert_eq!(program.ok(&["stats"]).err, "");
}

#[test]
fn a_damaged_search_index_stops_no_backup_and_is_made_again() {
    for sql in [
        "delete from search_data",
        "delete from search_data where id > 10",
        "delete from search_docsize",
        "delete from search_idx",
    ] {
        let study = study();
        study.trainer().search("one", 5, &mut unwatched).expect("a search");
        Connection::open(study.db()).and_then(|database| database.execute_batch(sql)).expect(sql);
        let program = study.program();
        program.ok(&["backup", "copy.db"]);
        program.ok(&["backup"]);
        if program.run(&["check"]).code == 1 {
            let mended = program.ok(&["check", "--mend"]).err;
            assert!(mended.contains("the search index was made again"), "{sql}: {mended}");
        }
        program.is_sound();
        assert!(program.ok(&["search", "two"]).out.contains("Two?"), "{sql}");
        program.ok(&["restore", "copy.db", "--yes"]);
        program.ok(&["check", "--mend"]);
        program.is_sound();
    }
}

#[test]
fn seals_and_identities_that_are_lost_are_missed() {
    for (sql, said, remedy) in [
        ("delete from log_seal", "the answers of 2026-11-23 have no seal any more", Remedy::Seal),
        ("update card set uid = (select min(uid) from card)", "1 card has the identity of another one", Remedy::Backup),
        ("update question set uid = zeroblob(16)", "1 question has the identity of another one", Remedy::Backup),
        ("update question set stem = ' ' where id = 1", "the question “ ” says nothing", Remedy::Backup),
        ("delete from load", "card counts of", Remedy::Mend),
        ("update load set cards = 77", "card counts of", Remedy::Mend),
        (
            "update card set question = -1 where id = 1; update card set question = 1 where id = 2;
             update card set question = 2 where id = 1",
            "2 cards do not have the identity that follows from the question",
            Remedy::Backup,
        ),
        ("update memory set question = 3 - question", "the schedule of 2 cards repeat another question", Remedy::Mend),
        ("delete from card where id = 1", "rows of `review` name rows of `card` that are not there", Remedy::Backup),
    ] {
        let study = study();
        unguarded(&study.db(), &format!("pragma foreign_keys = off; {sql}"));
        let problems = found(&study);
        assert!(problems.iter().any(|(what, other)| what.contains(said) && *other == remedy), "{sql}: {problems:?}");
    }
    let study = study();
    unguarded(&study.db(), "delete from log_seal");
    study.trainer().accept_log(&mut unwatched).expect("seals");
    study.is_sound();
}

#[test]
fn what_an_undo_needs_and_cannot_read_is_removed() {
    for sql in [
        "update deed_row set of_table = 'review'",
        "update deed_row set after = '{'",
        "update deed_row set before = '[1]'",
        "update deed_row set of_table = 'deck; drop table deck', before = null",
    ] {
        let study = study();
        study.settings("fuzz=off").settings("new-per-day=7");
        let program = study.program();
        unguarded(&program.db(), sql);
        let refused = program.run(&["undo", "--yes"]);
        assert!(refused.code != 0 && refused.err.contains("`retain check`"), "{sql}: {}", refused.err);
        let checked = program.run(&["check"]);
        assert_eq!(checked.code, 1, "{sql}: {}", checked.err);
        assert!(
            checked.err.contains("that `retain undo` needs are not as this program keeps them")
                && checked.err.contains("`retain check --mend`"),
            "{sql}: {}",
            checked.err
        );
        let mended = program.ok(&["check", "--mend"]).err;
        assert!(mended.contains("nothing before now can be taken back"), "{sql}: {mended}");
        program.is_sound();
        let list = program.ok(&["undo", "--list"]).out;
        assert!(list.contains("removed what undo needs, which could not be read"), "{sql}: {list}");
        // What is done from now on is taken back.
        program.ok(&["deck", "rename", "bank", "Sea"]);
        program.ok(&["undo", "--yes"]);
        assert!(program.ok(&["deck", "list"]).out.contains("bank"), "{sql}");
        program.is_sound();
    }
}

#[test]
fn a_text_without_end_is_named() {
    let study = study();
    let card = study.card("One?")["card"].as_str().expect("an identity").to_owned();
    let program = study.program();
    unguarded(&program.db(), "update question set explanation = hex(zeroblob(35000000)) where stem = 'One?'");
    for command in [&["card", "show", &card[..8]][..], &["export", "everything", "-o", "all"], &["search", "one"]] {
        let refused = program.run(command);
        assert!(refused.code == 1 && !refused.err.contains("report this"), "{command:?}: {}", refused.err);
        assert!(
            refused.err.contains("too long to be read") && refused.err.contains("`retain check`"),
            "{}",
            refused.err
        );
    }
    let checked = program.run(&["check"]);
    assert_eq!(checked.code, 1);
    assert!(checked.err.contains("`explanation` of the question "), "{}", checked.err);
    assert!(checked.err.contains(" is longer than 64 MiB, so nothing reads it"), "{}", checked.err);
    assert!(checked.err.contains("backup") && !checked.err.contains("`retain check` says"), "{}", checked.err);
}

#[test]
fn no_hint_leads_in_a_circle() {
    let study = study();
    unguarded(&study.db(), "delete from review where id = (select max(id) from review)");
    let program = study.program();
    let checked = program.run(&["check"]).err;
    assert!(checked.contains("`retain check --accept-log` makes the schedule follow it"), "{checked}");
    let accepted = program.ok(&["check", "--accept-log"]).err;
    assert!(accepted.contains("the schedule of 2 cards was made again"), "{accepted}");
    program.is_sound();
    // What a check cannot read to the end is told by it, and not sent back to it.
    Connection::open(program.db())
        .and_then(|database| {
            database.execute_batch("update card set uid = cast(uid as blob); pragma wal_checkpoint(truncate)")
        })
        .expect("a change");
    let bytes = fs::read(program.db()).expect("the database");
    let mut broken = bytes.clone();
    broken[4096 * 3..4096 * 8].fill(0xa5);
    fs::write(program.db(), &broken).expect("the database");
    let checked = program.run(&["check"]);
    assert_eq!(checked.code, 1, "{}", checked.err);
    assert!(checked.err.contains("backup") && !checked.err.contains("`retain check` says"), "{}", checked.err);
}

#[test]
fn plain_tables_and_columns_of_others_do_no_harm() {
    let study = study();
    Connection::open(study.db())
        .and_then(|database| {
            database.execute_batch(
                "create table mine (a, b); insert into mine values (1, 2); alter table topic add column extra text",
            )
        })
        .expect("a table");
    let program = study.program();
    let checked = program.ok(&["check"]).err;
    assert!(checked.contains("note: the table `mine` was not made by this program; it is left alone"), "{checked}");
    assert!(checked.contains("the table `topic` has columns that this program did not make"), "{checked}");
    program.ok(&["check", "--mend"]);
    program.with_input(&["review", "--plain"], "A\n\n");
    program.ok(&["undo", "--yes"]);
    program.ok(&["deck", "rename", "bank", "Sea"]);
    program.ok(&["undo", "--yes"]);
    program.ok(&["backup", "copy.db"]);
    let folder = exported(&program);
    assert!(!folder.join("tables/mine.jsonl").exists());
    program.ok(&["--db", "new.db", "import", "all"]);
    program.ok(&["--db", "new.db", "check"]);
    let left: i64 = Connection::open(program.db())
        .and_then(|database| database.query_row("select b from mine", [], |row| row.get(0)))
        .expect("a row");
    assert_eq!(left, 2);
}
