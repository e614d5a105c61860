//! A database that can be read and is not sound: its copies are not called sound, and what shows a loss is not removed.

use std::fs;
use std::process::Command;

use rusqlite::Connection;

use super::condemned::unguarded;
use crate::fixture::program::Program;
use crate::fixture::study::{Study, all_right};

const BANK: &str = "One?\n- A. a *\n- B. b\n\nTwo?\n- A. c *\n- B. d\n";

/// Two days of answers.
fn answered() -> Program {
    let study = Study::new();
    study.bank("bank", BANK).days(2, all_right);
    let program = study.program();
    program.file("bank.txt", BANK);
    program
}

/// What a check condemns, and a part of what is said of it.
const FLAWS: [(&str, &str); 6] = [
    ("delete from review where id = (select min(id) from review)", "are not those that were given"),
    // Of the day that is not sealed yet.
    ("delete from review where id = (select max(id) from review)", "1 card misses an answer"),
    (
        "pragma foreign_keys = off; update card set question = -1 where id = 1;
         update card set question = 1 where id = 2; update card set question = 2 where id = 1",
        "2 cards do not have the identity that follows from the question",
    ),
    ("pragma foreign_keys = off; delete from card where id = 1", "that are not there"),
    ("update card set uid = (select min(uid) from card)", "has the identity of another one"),
    ("update question set stem = cast(x'ff80fe41' as text) where id = 1", "is no text (not UTF-8)"),
];

#[test]
fn a_backup_of_what_a_check_condemns_is_made_and_not_called_sound() {
    for (sql, said) in FLAWS {
        let program = answered();
        let sound = program.ok(&["backup"]);
        assert!(!sound.err.contains("warning"), "{}", sound.err);
        unguarded(&program.db(), sql);
        for command in [&["backup"][..], &["backup", "copy.db"], &["backup", "-"]] {
            let made = program.run(command);
            assert_eq!(made.code, 0, "{sql}: {}", made.err);
            let warned = made.err.contains("warning: the database is not sound, and so is the backup");
            assert!(warned && made.err.contains(said) && made.err.contains("`retain check`"), "{sql}: {}", made.err);
        }
        let list = program.ok(&["backup", "list"]).out;
        assert!(list.lines().next().is_some_and(|newest| newest.contains("it is not sound: ")), "{sql}: {list}");
        assert!(list.lines().last().is_some_and(|oldest| !oldest.contains("not sound")), "{sql}: {list}");
        assert!(program.json(&["backup", "list", "--json"])[0]["problem"].is_string());
        let plan = program.ok(&["restore", "copy.db", "--dry-run"]).err;
        assert!(plan.contains("It can be read, but it is not sound") && plan.contains(said), "{sql}: {plan}");
        // The newest sound one, and those that are passed over.
        let latest = program.ok(&["restore", "latest", "--yes"]).err;
        assert!(latest.contains("passed over: ") && latest.contains("it is sound"), "{sql}: {latest}");
        program.is_sound();
    }
}

#[test]
fn a_backup_without_its_guards_is_marked_and_can_be_gone_back_to() {
    for sql in [
        "drop trigger review_is_never_deleted",
        "create trigger evil after insert on review begin delete from flag; end",
        "drop view live_review; create view live_review as select * from review; drop index memory_queue",
    ] {
        let program = answered();
        program.ok(&["card", "flag", "One?", "--note", "mine"]);
        let answers = program.table("reviews");
        program.ok(&["backup"]);
        Connection::open(program.db()).and_then(|database| database.execute_batch(sql)).expect(sql);
        assert!(program.ok(&["backup"]).err.contains("it is copied as it is"));
        // The copy that a repair makes is like it.
        program.ok(&["check", "--mend"]);
        program.is_sound();
        let list = program.ok(&["backup", "list"]).out;
        let marks: Vec<bool> = list.lines().map(|line| line.contains("it is not sound: the ")).collect();
        assert_eq!(marks[..3], [true, true, false], "{sql}: {list}");
        assert!(list.starts_with("  1  ") && list.lines().next().is_some_and(|line| line.contains("before a repair")));
        let latest = program.ok(&["restore", "latest", "--dry-run"]).err;
        assert!(latest.contains("passed over: ") && latest.contains("it is sound"), "{sql}: {latest}");
        for which in ["1", "2"] {
            let done = program.ok(&["restore", which, "--yes"]).err;
            assert!(done.contains("It can be read, but it is not sound:\n  the "), "{sql}: {done}");
            assert!(done.contains("hint: `retain check --mend` puts its schema right after that"), "{sql}: {done}");
            let refused = program.run(&["review", "--plain"]);
            assert!(refused.code == 1 && refused.err.contains("`retain check --mend`"), "{sql}: {}", refused.err);
            program.ok(&["check", "--mend"]);
            program.is_sound();
            assert_eq!(program.table("reviews"), answers, "{sql}");
            assert!(program.ok(&["card", "list"]).out.contains("One?"));
            program.ok(&["restore", "--undo", "--yes"]);
            program.is_sound();
        }
    }
}

#[test]
fn schedules_that_went_with_their_answers_are_told_by_a_backup() {
    let program = answered();
    program.ok(&["backup"]);
    let answers = program.table("reviews");
    unguarded(
        &program.db(),
        "create temp table gone as select id, card from review where day = (select max(day) from review);
         delete from review where id in (select id from gone); delete from memory where card in (select card from gone)",
    );
    let checked = program.run(&["check"]);
    assert_eq!(checked.code, 1, "{}", checked.err);
    assert!(
        checked.err.contains("2 answers of the backup ") && checked.err.contains("are not here"),
        "{}",
        checked.err
    );
    assert!(checked.err.contains("it cannot be known which of them is right"), "{}", checked.err);
    let mended = program.run(&["check", "--mend"]);
    assert!(mended.code == 1 && !mended.err.contains("made again"), "{}", mended.err);
    let refused = program.run(&["rebuild"]);
    assert!(refused.code == 1 && refused.err.contains("that could hide a loss"), "{}", refused.err);
    // What it says to do.
    let file = checked.err.split("restore --answers ").nth(1).and_then(|rest| rest.split('`').next()).expect("a file");
    let entered = program.ok(&["restore", "--answers", file.trim_matches('"')]).err;
    assert!(entered.contains("entered 2 answers"), "{entered}");
    program.ok(&["check", "--mend"]);
    program.is_sound();
    assert_eq!(program.table("reviews"), answers);
    // A schedule that went alone is made again.
    unguarded(&program.db(), "delete from memory where card = 1");
    let mended = program.ok(&["check", "--mend"]).err;
    assert!(mended.contains("the schedule of 2 cards was made again"), "{mended}");
    program.is_sound();
}

#[test]
fn a_file_that_is_cut_off_is_neither_copied_nor_gone_back_to() {
    let program = answered();
    // The end of the last page is not part of anything that SQLite checks.
    Connection::open(program.db())
        .and_then(|database| {
            database.execute_batch("create table filler (t)")?;
            database.execute_batch(
                "insert into filler select hex(zeroblob(1500)) from card as a, card as b, card as c, review",
            )
        })
        .expect("a table of somebody else");
    program.ok(&["backup", "copy.db"]);
    let copy = program.folder().join("copy.db");
    let bytes = fs::read(&copy).expect("a copy");
    fs::write(&copy, &bytes[..bytes.len() - 1]).expect("cut");
    let refused = program.run(&["restore", "copy.db", "--yes"]);
    assert!(refused.code == 1 && refused.err.contains("cut off in the middle of a page"), "{}", refused.err);
    for command in [&["backup"][..], &["backup", "-"], &["check"]] {
        fs::write(program.db(), &bytes[..bytes.len() - 1]).expect("cut");
        let refused = program.run(command);
        assert!(refused.code == 1 && refused.err.contains("in the middle of a page"), "{command:?}: {}", refused.err);
    }
}

#[test]
fn a_rebuild_does_not_remove_what_shows_a_loss() {
    let program = answered();
    unguarded(&program.db(), "delete from review where id = (select max(id) from review)");
    let refused = program.run(&["rebuild"]);
    assert_eq!(refused.code, 1, "{}", refused.err);
    assert!(refused.err.contains("the schedule was not made again, because that could hide a loss"), "{}", refused.err);
    assert!(program.run(&["check"]).err.contains("the last of them is missing"));
    let done = program.ok(&["rebuild", "--yes"]).err;
    assert!(done.contains("backup saved to ") && done.contains("rebuilt the schedule of 2 cards"), "{done}");
    // The copy has what shows it.
    let copy = done.lines().find_map(|line| line.strip_prefix("backup saved to ")).expect("a copy");
    let kept = program.run(&["--db", copy, "check"]).err;
    assert!(kept.contains("the last of them is missing"), "{kept}");
    program.is_sound();
    // Where nothing is lost, nobody is asked.
    unguarded(&program.db(), "update memory set stability = stability * 2");
    program.ok(&["rebuild"]);
    program.is_sound();
}

#[test]
fn a_damaged_database_without_a_backup_leads_to_its_answers() {
    type Damage = fn(&mut Vec<u8>);
    let damages: [(&str, Damage); 3] = [
        ("header", |bytes| bytes[..100].fill(0x5a)),
        ("first page", |bytes| bytes[..4096].fill(0)),
        ("schema format", |bytes| bytes[44..48].fill(0x5a)),
    ];
    for (about, damage) in damages {
        let program = answered();
        let answers = program.table("reviews").len();
        drop(fs::remove_dir_all(program.folder().join("data/backups")));
        let mut bytes = fs::read(program.db()).expect("the database");
        damage(&mut bytes);
        fs::write(program.db(), bytes).expect("written");
        let db = program.db();
        for command in [
            &["due"][..],
            &["check"],
            &["review", "--plain"],
            &["export", "everything", "-o", "all"],
            &["backup"],
            &["restore", "--answers", db.to_str().expect("a path")],
        ] {
            let refused = program.run(command);
            assert_eq!(refused.code, 1, "{about}: {command:?}: {}", refused.err);
            let leads =
                refused.err.contains("there is no backup of it") && refused.err.contains("`retain restore --answers ");
            assert!(leads, "{about}: {command:?}: {}", refused.err);
        }
        let said = program.run(&["due"]).err;
        let command = said.split('`').find(|part| part.starts_with("mv ")).expect("a command");
        assert!(Command::new("sh").args(["-c", command]).status().expect("a shell").success());
        program.ok(&["import", "bank.txt", "--deck", "bank"]);
        let salvage = said.split('`').find(|part| part.starts_with("retain restore --answers ")).expect("a command");
        let file = salvage.rsplit(' ').next().expect("a file");
        let entered = program.run(&["restore", "--answers", file]);
        assert!(matches!(entered.code, 0 | 3), "{about}: {}", entered.err);
        assert_eq!(program.table("reviews").len(), answers, "{about}: {}", entered.err);
        program.is_sound();
    }
}

#[test]
fn an_answer_with_another_date_is_missed() {
    for sql in [
        "update review set at_ms = at_ms - 3 * 86400000, day = day - 3",
        "update review set at_ms = at_ms + 400 * 86400000, day = day + 400",
    ] {
        let program = answered();
        unguarded(
            &program.db(),
            &format!("{sql} where id = (select min(id) from review where day = (select max(day) from review))"),
        );
        let found = program.run(&["check"]);
        assert_eq!(found.code, 1, "{sql}: {}", found.err);
        assert!(found.err.contains("an answer has another date than when it was given"), "{sql}: {}", found.err);
        let mended = program.run(&["check", "--mend"]);
        assert!(mended.code == 1 && mended.err.contains("another date"), "{sql}: {}", mended.err);
        assert!(!mended.err.contains("was made again"), "{sql}: {}", mended.err);
        assert_eq!(program.run(&["rebuild"]).code, 1);
    }
}

#[test]
fn altered_answers_of_a_damaged_file_are_left_out() {
    let program = answered();
    program.ok(&["backup", "damaged.db"]);
    let damaged = program.folder().join("damaged.db");
    let answers = program.table("reviews").len();
    // A bit of the time, or of the rest, of an identity: in the table and in its index.
    for byte in [3, 12] {
        unguarded(
            &damaged,
            &format!(
                "update review set id = unhex(substr(hex(id), 1, {}) || '5A' || substr(hex(id), {}))
                 where id = (select min(id) from review)",
                byte * 2,
                byte * 2 + 3
            ),
        );
        let database = Connection::open(&damaged).expect("a database");
        database.execute_batch("pragma journal_mode = delete").expect("one file");
        drop(database);
        let mut bytes = fs::read(&damaged).expect("a file");
        bytes[..100].fill(0x5a);
        fs::write(program.folder().join("cut.db"), &bytes).expect("written");
        let said = program.run(&["restore", "--answers", "cut.db"]);
        assert!(said.err.contains("left out") && said.err.contains("not be as they were given"), "{}", said.err);
        assert_eq!(program.table("reviews").len(), answers, "{}", said.err);
    }
}

#[test]
fn a_log_is_not_sealed_again_without_a_copy_of_what_shows_a_loss() {
    let program = answered();
    unguarded(&program.db(), "delete from review where id = (select max(id) from review)");
    let backups = program.db().with_file_name("backups");
    drop(fs::remove_dir_all(&backups));
    fs::write(&backups, "a file").expect("a file");
    let refused = program.run(&["check", "--accept-log"]);
    assert_eq!(refused.code, 1, "{}", refused.err);
    assert!(refused.err.contains("the log was not sealed again: "), "{}", refused.err);
    assert!(program.run(&["check"]).err.contains("the last of them is missing"), "the trace is there");
    fs::remove_file(&backups).expect("a file");
    let accepted = program.ok(&["check", "--accept-log"]).err;
    assert!(accepted.contains("backup saved to "), "{accepted}");
    program.is_sound();
    // Where nothing is lost, nothing is kept.
    assert!(!program.ok(&["check", "--accept-log"]).err.contains("backup"));
}

#[test]
fn a_database_that_lost_its_decks_is_not_called_new() {
    let program = answered();
    unguarded(&program.db(), "pragma foreign_keys = off; delete from deck");
    for args in [&["due"][..], &["review"], &["deck", "list"], &[]] {
        let said = program.run(args);
        assert_eq!(said.code, 1, "{args:?}: {}{}", said.out, said.err);
        assert!(said.err.contains("has questions and no deck"), "{args:?}: {}{}", said.out, said.err);
    }
    let checked = program.run(&["check"]);
    assert_ne!(checked.code, 0, "{}{}", checked.out, checked.err);
    assert!(checked.err.contains("that are not there"), "{}{}", checked.out, checked.err);
}

#[test]
fn a_table_that_is_missing_or_a_view_in_its_place_is_said_in_words() {
    for sql in [
        "drop table topic",
        "drop table log_seal",
        "drop table memory",
        "drop table reading",
        "alter table reading rename to other; create view reading as select * from other",
        "alter table preset rename to other; create view preset as select * from other",
    ] {
        let program = answered();
        unguarded_schema(&program, &format!("pragma legacy_alter_table = on; {sql}"));
        for args in [&["due"][..], &["check"], &["export", "everything", "-o", "all"], &["export", "reviews"]] {
            let said = program.run(args);
            assert_eq!(said.code, 1, "{sql}: {args:?}: {}{}", said.out, said.err);
            assert!(!said.err.contains("report this"), "{sql}: {args:?}: {}", said.err);
        }
        assert!(!program.folder().join("all").exists(), "{sql}");
        program.ok(&["backup", "copy.db"]);
    }
}

#[test]
fn a_schedule_that_is_gone_is_made_again_from_the_log() {
    for sql in ["drop table memory", "drop table load", "drop table memory; drop table load"] {
        let program = answered();
        let log = program.ok(&["export", "reviews"]).out;
        unguarded_schema(&program, sql);
        let said = program.run(&["check"]);
        assert_eq!(said.code, 1, "{sql}: {}", said.err);
        assert!(said.err.contains("`retain check --mend` puts right"), "{sql}: {}", said.err);
        let mended = program.ok(&["check", "--mend"]);
        assert!(mended.err.contains("was made again"), "{sql}: {}", mended.err);
        program.is_sound();
        assert_eq!(program.ok(&["export", "reviews"]).out, log, "{sql}");
    }
}

#[test]
fn what_cannot_be_put_right_is_not_promised() {
    let program = answered();
    unguarded_schema(
        &program,
        "alter table deck_setting add column zz text default 'x';
         create trigger zz after insert on review begin delete from flag; end",
    );
    let said = program.run(&["check"]);
    assert!(said.code == 1 && !said.err.contains("--mend"), "{}", said.err);
    let backups = || program.ok(&["backup", "list"]).all();
    let before = backups();
    let refused = program.run(&["check", "--mend"]);
    assert!(refused.code == 1 && refused.err.contains("`retain check` says what to do"), "{}", refused.err);
    assert_eq!(backups(), before, "nothing is kept before a repair that is none");
}

#[test]
fn a_picture_that_no_folder_can_have_is_put_right() {
    let program = answered();
    unguarded(&program.db(), "insert into question_media values (1, 'a.png', '../../../etc/passwd')");
    let said = program.run(&["check"]);
    assert!(said.code == 1 && said.err.contains("`retain check --mend`"), "{}", said.err);
    let mended = program.ok(&["check", "--mend"]);
    assert!(mended.err.contains("etc/passwd` of a picture or sound was removed"), "{}", mended.err);
    program.is_sound();
}

#[test]
fn a_clock_at_the_end_of_the_calendar_saves_nothing() {
    let mut program = answered();
    let log = program.ok(&["export", "reviews"]).out;
    for now in ["2300-01-02T00:00:00Z", "9999-12-31T23:59:59+00:00"] {
        program.at(now);
        let said = program.run(&["review", "--plain", "--trust-clock"]);
        assert!(said.code == 1 && said.err.contains("so nothing is saved"), "{}", said.err);
    }
    program.at("2026-11-26T08:00:00+01:00");
    assert_eq!(program.ok(&["export", "reviews"]).out, log);
    program.is_sound();
}

#[test]
fn rows_without_what_they_name_are_no_fault_of_the_program() {
    for (sql, args) in [
        ("delete from deck", &["reschedule", "--yes"][..]),
        ("delete from card where id = 1", &["undo", "--yes"]),
        ("delete from question where id = 1", &["card", "show", "1"]),
        ("delete from question", &["review", "--plain"]),
    ] {
        let program = answered();
        unguarded(&program.db(), &format!("pragma foreign_keys = off; {sql}"));
        let said = program.run(args);
        assert_ne!(said.code, 70, "{sql}: {args:?}: {}", said.err);
        assert!(!said.err.contains("report this"), "{sql}: {args:?}: {}", said.err);
    }
}

/// Changes the schema, with no guard in the way.
fn unguarded_schema(program: &Program, sql: &str) {
    Connection::open(program.db())
        .and_then(|open| open.execute_batch(&format!("pragma foreign_keys = off; {sql}")))
        .expect(sql);
}
