//! What does not fit into a log does not enter it, and is counted and said.

use std::io::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::condemned::unguarded;
use crate::fixture::program::Program;
use crate::fixture::study::{Study, all_right};

const BANK: &str = "One?\n- A. a *\n- B. b\n\nTwo?\n- A. c *\n- B. d\n";
const DAY: i64 = 20_780;

/// Two days of answers, and it is the day after.
fn study() -> Study {
    let study = Study::new();
    study.bank("bank", BANK).days(2, all_right);
    study.is_sound();
    study
}

/// An answer of a rescue file, a day before the others.
fn row(number: u8) -> Value {
    let at_ms = DAY * 86_400_000 + 40_000_000;
    json!({
        "id": format!("{at_ms:012X}7000800000000000{number:04X}"), "at_ms": at_ms, "day": DAY, "offset_minutes": 60,
        "rating": 3, "kind": 2, "confidence": 0, "right": 1, "order_seed": 1, "guess_ways": 2, "took_ms": 4000,
        "due_day": DAY + 3, "practice": 0, "overruled": 0, "picked": "00", "shown": "0001",
    })
}

fn rescue(program: &Program, entries: &[Value]) {
    let lines: Vec<String> = entries.iter().map(|entry| json!({"entry": entry}).to_string()).collect();
    program.file(
        "rescue.jsonl",
        format!("{{\"retain-rescue\":{{\"version\":1,\"database\":\"x\"}}}}\n{}\n", lines.join("\n")),
    );
}

#[test]
fn what_is_no_file_of_answers_is_refused() {
    let study = study();
    let program = study.program();
    let large = program.folder().join("large.jsonl");
    let mut file = std::fs::File::create(&large).expect("a file");
    file.write_all(b"{\"retain-rescue\":{\"version\":1,\"database\":\"/a.db\"}}\n").expect("a line");
    file.set_len((64 << 20) + 1).expect("a length");
    let said = program.run(&["restore", "--answers", "large.jsonl"]);
    assert!(said.code == 1 && said.err.contains("is larger than 64 MiB, as no rescue file is"), "{}", said.err);
    #[cfg(unix)]
    {
        let pipe = std::process::Command::new("mkfifo").arg(program.folder().join("pipe")).status().expect("a pipe");
        assert!(pipe.success());
        let said = program.run(&["restore", "--answers", "pipe"]);
        assert!(said.code == 1 && said.err.contains("pipe is no file, but a pipe or a device"), "{}", said.err);
    }
}

#[test]
fn what_would_be_condemned_for_ever_is_left_out() {
    let study = study();
    let card = study.card("One?")["card"].as_str().expect("an identity").to_owned();
    let program = study.program();
    let entry = |row: Value| json!({"table": "review", "card": card, "device": "elsewhere", "row": row});
    let with = |column: &str, cell: Value| {
        let mut row = row(1);
        row[column] = cell;
        entry(row)
    };
    let day_ms = 86_400_000;
    let at_ms = row(1)["at_ms"].as_i64().expect("a time");
    let future = {
        let (day, at_ms) = (DAY + 400, at_ms + 400 * day_ms);
        let mut row = row(1);
        row["id"] = format!("{at_ms:012X}70008000000000000001").into();
        (row["at_ms"], row["day"], row["due_day"]) = (at_ms.into(), day.into(), (day + 3).into());
        entry(row)
    };
    let own = program.table("reviews")[0]["review"].as_str().expect("an identity").replace('-', "");
    for (entry, said) in [
        (with("at_ms", (at_ms - 2 * day_ms).into()), "not as it was written"),
        (with("at_ms", (at_ms + day_ms).into()), "not as it was written"),
        (future, "dated after now"),
        (with("typed", "x".repeat((1 << 20) + 1).into()), "longer than anything that is typed"),
        (with("picked", "09".into()), "an option that the question does not have"),
        (with("shown", "00".repeat(3_000).into()), "an option that the question does not have"),
        (
            {
                let mut row = row(1);
                (row["id"], row["at_ms"]) = (own.clone().into(), row["at_ms"].take());
                entry(row)
            },
            "another entry of the same identity is here, which says something else",
        ),
        (
            json!({"table": "move", "card": card, "device": "x", "row":
                {"id": own, "at_ms": at_ms, "day": DAY, "offset_minutes": 60, "kind": 0, "why": "x"}}),
            "has its identity",
        ),
    ] {
        rescue(&program, &[entry]);
        for args in [&["restore", "rescue.jsonl", "--dry-run"][..], &["restore", "rescue.jsonl"]] {
            let left = program.run(args);
            assert_eq!(left.code, 3, "{said}: {}", left.err);
            assert!(left.err.contains("1 entry w") && left.err.contains(said), "{said}: {}", left.err);
        }
        program.is_sound();
    }
    assert_eq!(program.table("reviews").len(), 6);
    // The name of a device is cut and cleaned, and the answer is known by its identity after that.
    let mut named = entry(row(1));
    named["device"] = format!("a\u{1b}]52;c;aa\u{7}\u{202e}{}", "z".repeat(3_000_000)).into();
    rescue(&program, &[named]);
    assert!(program.ok(&["restore", "rescue.jsonl"]).err.contains("entered 1 answer"));
    assert!(program.ok(&["restore", "rescue.jsonl"]).err.contains("1 was there already"));
    program.is_sound();
    let device: String = rusqlite::Connection::open(program.db())
        .and_then(|database| {
            database.query_row("select name from device order by length(name) desc limit 1", [], |row| row.get(0))
        })
        .expect("a name");
    assert_eq!(device.chars().count(), 500);
    assert!(!device.chars().any(char::is_control) && !device.contains('\u{202e}'), "{device:?}");
}

#[test]
fn answers_that_count_up_while_the_clock_was_behind_enter() {
    let study = study();
    let card = study.card("One?")["card"].as_str().expect("an identity").to_owned();
    let program = study.program();
    let at_ms = row(1)["at_ms"].as_i64().expect("a time");
    let entry = |number: u8, before: i64| {
        let mut row = row(number);
        row["at_ms"] = (at_ms - before).into();
        json!({"table": "review", "card": card, "device": "elsewhere", "row": row})
    };
    rescue(&program, &[entry(1, 0), entry(2, 60_000), entry(3, 30_000)]);
    assert!(program.ok(&["restore", "rescue.jsonl"]).err.contains("entered 3 answers"));
    program.is_sound();
}

/// A database next to that of `program` that was the same, and is one no more.
fn other(program: &Program, sql: &str) -> String {
    program.ok(&["backup", "other.db", "--force"]);
    let other = program.folder().join("other.db");
    unguarded(Path::new(&other), sql);
    "other.db".into()
}

#[test]
fn days_that_were_changed_in_another_database_enter_only_with_a_yes() {
    for (sql, days) in [
        ("update review set rating = 4 where day = (select min(day) from review)", "2026-11-23"),
        ("update review set card = 2 where day = (select min(day) from review)", "2026-11-23"),
        ("delete from log_seal", "2026-11-23"),
    ] {
        let program = study().program();
        let file = other(&program, sql);
        // A database that has the cards, and none of the answers.
        let mut fresh = Program::new();
        fresh.file("bank.txt", BANK);
        fresh.ok(&["import", "bank.txt", "--deck", "bank"]);
        let from = program.folder().join(&file).display().to_string();
        fresh.at("2026-11-26T08:00:00+01:00");
        let left = fresh.run(&["restore", "--answers", &from]);
        assert_eq!(left.code, 3, "{sql}: {}", left.err);
        assert!(left.err.contains(&format!("warning: in that file, the answers of {days} ")), "{sql}: {}", left.err);
        assert!(left.err.contains("entered 2 answers") && left.err.contains("4 entries were left out"), "{}", left.err);
        fresh.is_sound();
        let entered = fresh.ok(&["restore", "--answers", &from, "--yes"]).err;
        assert!(entered.contains("entered 4 answers; 2 were there already"), "{sql}: {entered}");
        fresh.is_sound();
    }
}

#[test]
fn answers_that_were_changed_in_a_damaged_database_enter_only_with_a_yes() {
    let program = study().program();
    let file = program
        .folder()
        .join(other(&program, "update review set rating = 4 where day = (select min(day) from review)"));
    // A page of an index is damaged, too: SQLite calls the file malformed, and can read all of the log.
    let root: i64 = rusqlite::Connection::open(&file)
        .and_then(|open| {
            open.query_row("select rootpage from sqlite_schema where name = 'question_deck'", [], |row| row.get(0))
        })
        .expect("an index");
    let mut bytes = std::fs::read(&file).expect("the file");
    let start = usize::try_from(root - 1).expect("a page") * 4_096;
    bytes[start..start + 16].fill(0xa7);
    std::fs::write(&file, bytes).expect("written");
    let mut fresh = Program::new();
    fresh.file("bank.txt", BANK);
    fresh.ok(&["import", "bank.txt", "--deck", "bank"]);
    fresh.at("2026-11-26T08:00:00+01:00");
    let from = file.display().to_string();
    let left = fresh.run(&["restore", "--answers", &from]);
    assert!(left.err.contains("warning: in that file, the answers of 2026-11-23 "), "{}", left.err);
    assert!(left.err.contains("entered 2 answers") && left.err.contains("4 entries were left out"), "{}", left.err);
    let entered = fresh.run(&["restore", "--answers", &from, "--yes"]);
    assert_eq!(entered.code, 3, "{}", entered.err);
    assert!(entered.err.contains("entered 4 answers; 2 were there already"), "{}", entered.err);
    fresh.is_sound();
}

#[test]
fn a_move_with_the_identity_of_an_answer_is_left_out() {
    let program = study().program();
    let file = other(
        &program,
        "insert into move (id, card, at_ms, day, offset_minutes, kind, until_day, why, device)
         select id, card, at_ms, day, offset_minutes, 0, null, 'x', device from review where day = (select max(day) from review)",
    );
    let left = program.run(&["restore", "--answers", &file, "--yes"]);
    assert_eq!(left.code, 3, "{}", left.err);
    assert!(left.err.contains("2 entries were left out (an entry of another kind has its identity)"), "{}", left.err);
    program.is_sound();
}

#[test]
fn cards_that_were_changed_in_another_database_enter_only_with_a_yes() {
    let program = study().program();
    let file = other(
        &program,
        "create temp table one as select id, uid from card; update card set uid = zeroblob(16) where id = 1;
         update card set uid = (select uid from one where one.id = 1) where id = 2;
         update card set uid = (select uid from one where one.id = 2) where id = 1",
    );
    let mut fresh = Program::new();
    fresh.file("bank.txt", BANK);
    fresh.ok(&["import", "bank.txt", "--deck", "bank"]);
    fresh.at("2026-11-26T08:00:00+01:00");
    let from = program.folder().join(&file).display().to_string();
    let left = fresh.run(&["restore", "--answers", &from]);
    assert_eq!(left.code, 3, "{}", left.err);
    assert!(left.err.contains("warning: in that file, 2 cards do not have the identity that follows"), "{}", left.err);
    assert!(
        left.err.contains("entered 0 answers") && left.err.contains("with `--yes` they are entered"),
        "{}",
        left.err
    );
    assert!(fresh.ok(&["restore", "--answers", &from, "--yes"]).err.contains("entered 6 answers"));
    fresh.is_sound();
}

#[test]
fn a_history_that_both_have_imported_is_known() {
    let cards = study().table("cards");
    let card = cards[0]["card"].as_str().expect("an identity");
    let history = format!("card_id,review_time,review_rating\n{card},1767258000000,3\n{card},1767344400000,2\n");
    let programs = [("fuzz=off", "one.csv"), ("day-start=06:00", "two.csv")].map(|(setting, name)| {
        let mut program = Program::new();
        program.at("2026-11-26T08:00:00+01:00");
        program.file("bank.txt", BANK);
        program.ok(&["import", "bank.txt", "--deck", "bank"]);
        program.ok(&["deck", "set", "--default", setting]);
        program.file(name, &history);
        program.ok(&["import", name]);
        program
    });
    let other = programs[1].db().display().to_string();
    let known = programs[0].ok(&["restore", "--answers", &other]).err;
    assert!(known.contains("entered 0 answers; 2 were there already"), "{known}");
    programs[0].is_sound();
}
