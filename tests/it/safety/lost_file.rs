//! The database is moved, deleted, replaced or written over while a review is open.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Stdio};

use retain::clock::Clock;
use retain::study::{IntakeConsent, TakenInAnswers, Trainer, is_rescue_file};
use serde_json::{Value, json};

use crate::fixture::program::Program;

/// A review whose errors are read, too.
pub(super) struct WatchedReview {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    errors: ChildStderr,
    /// Whether a question is shown.
    shown: bool,
}

/// How a review ended.
pub(super) struct ReviewEnd {
    code: Option<i32>,
    said: String,
}

impl WatchedReview {
    pub(super) fn begin(program: &Program) -> Self {
        let mut command = program.command(&["review", "--json"]);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let input = child.stdin.take().expect("a pipe");
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        let errors = child.stderr.take().expect("a pipe");
        Self { child, input, output, errors, shown: false }
    }

    fn read(&mut self) -> Option<Value> {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("a line");
        (!line.is_empty()).then(|| serde_json::from_str(&line).expect("JSON"))
    }

    /// Answers the question that is shown, and waits for the next one; its identity in the log, if it was recorded.
    pub(super) fn answers(&mut self) -> Option<String> {
        if !self.shown {
            assert_eq!(self.read()?["type"], "question");
        }
        self.shown = false;
        let mut reply = json!({"type": "answer", "pick": ["A"], "ms": 100});
        let recorded = loop {
            writeln!(self.input, "{reply}").ok()?;
            let line = self.read()?;
            match line["type"].as_str() {
                Some("feedback") => reply = json!({"type": "rate"}),
                Some("recorded") => break line["review"].as_str().map(str::to_owned),
                _ => panic!("{line}"),
            }
        };
        self.shown = self.read().is_some();
        recorded
    }

    /// The process ends as by a power cut.
    pub(super) fn end_by_kill(mut self) {
        self.child.kill().expect("a process");
        self.child.wait().expect("it ends");
    }

    pub(super) fn ends(mut self) -> ReviewEnd {
        drop(self.input);
        let mut said = String::new();
        self.errors.read_to_string(&mut said).expect("text");
        ReviewEnd { code: self.child.wait().expect("it ends").code(), said }
    }
}

pub(super) fn companion(db: &Path, end: &str) -> PathBuf {
    PathBuf::from(format!("{}{end}", db.display()))
}

fn rescue_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("retain-rescue-")))
        .collect();
    files.sort();
    files
}

/// Enters what was rescued into the database of the program.
fn take_in(program: &Program, rescue: &Path) -> TakenInAnswers {
    assert!(is_rescue_file(rescue), "{}", rescue.display());
    let mut trainer = Trainer::open_existing(&program.db(), Clock::fixed(now()), Some(1)).expect("the database");
    trainer.take_in_answers(rescue, IntakeConsent::default()).expect("the answers")
}

/// An hour after the reviews, 2026-11-23T09:00:00+01:00.
fn now() -> retain::model::Moment {
    retain::model::Moment { utc_ms: 1_795_420_800_000, offset_minutes: 60 }
}

pub(super) fn logged(program: &Program) -> BTreeSet<String> {
    program.table("reviews").iter().map(|row| row["review"].as_str().expect("an id").to_owned()).collect()
}

/// Answers two questions, does something to the files, and answers on: the review stops, and everything that was answered can be entered
/// into the database that `put_back` leaves. `said` is a part of what the person is told.
fn survives(said: &str, disturb: impl FnOnce(&Program), put_back: impl FnOnce(&Program)) {
    let mut program = Program::new();
    program.with_mlops();
    let mut review = WatchedReview::begin(&program);
    let mut recorded: BTreeSet<String> = (0..2).map(|_| review.answers().expect("it is recorded")).collect();
    disturb(&program);
    while let Some(answer) = review.answers() {
        recorded.insert(answer);
        assert!(recorded.len() < 10, "the review stops");
    }
    let end = review.ends();
    assert_eq!(end.code, Some(1), "{}", end.said);
    assert!(end.said.contains(said) && end.said.contains("kept in"), "{}", end.said);
    assert!(!end.said.contains("report this") && !end.said.contains("no backup was kept"), "{}", end.said);
    let aside = companion(&program.db(), "-wal.of-another-database");
    assert!(!aside.exists() || end.said.contains(&aside.display().to_string()), "{}", end.said);
    let rescues = ["data", "moved", "."].map(|folder| program.folder().join(folder));
    let rescues: Vec<PathBuf> =
        rescues.iter().filter(|folder| folder.is_dir()).flat_map(|folder| rescue_files(folder)).collect();
    assert_eq!(rescues.len(), 1, "{}", end.said);
    put_back(&program);
    let before = logged(&program);
    // It is entered by the command that the person is told.
    let file = rescues[0].to_str().expect("a path");
    let name = rescues[0].file_name().expect("a name").to_string_lossy();
    assert!(end.said.contains("`retain restore /") && end.said.contains(&format!("/{name}`")), "{}", end.said);
    let entered = program.ok(&["restore", file]).err;
    assert!(entered.contains("entered "), "{entered}");
    let again = program.ok(&["restore", "--answers", file]).err;
    assert!(again.contains("entered 0 answers; 3 were there already"), "{again}");
    let taken = TakenInAnswers { new: logged(&program).len() - before.len(), ..TakenInAnswers::default() };
    let after = logged(&program);
    assert!(recorded.is_subset(&after), "{recorded:?} in {after:?}");
    assert!(before.is_subset(&after));
    assert_eq!((taken.homeless, after.len() - before.len()), (0, taken.new));
    // Those that were acknowledged, and the one that could not be written any more.
    assert_eq!(after.len(), recorded.len() + 1, "{taken:?}");
    assert_eq!(take_in(&program, &rescues[0]), TakenInAnswers { known: after.len(), ..TakenInAnswers::default() });
    program.is_sound();
}

/// Puts the copy that was kept before the review in place.
fn restore_copy(program: &Program) {
    fs::copy(program.folder().join("copy.db"), program.db()).expect("a copy");
}

fn keep_copy(program: &Program) {
    program.ok(&["backup", "copy.db"]);
}

fn forget_companions(program: &Program) {
    for end in ["-wal", "-shm"] {
        let _ = fs::remove_file(companion(&program.db(), end));
    }
}

#[test]
fn a_database_that_is_moved_away() {
    survives(
        "was moved or deleted",
        |program| fs::rename(program.db(), program.folder().join("elsewhere.db")).expect("a move"),
        |program| {
            // Nothing is made over the log that was left behind.
            for command in [&["import", "mlops.txt"][..], &["review", "--plain"], &["check"], &["due"]] {
                let refused = program.run(command);
                let said = "there is no database, but the newest answers of one are in";
                assert!(refused.code == 1 && refused.err.contains(said), "{command:?}: {}", refused.err);
            }
            fs::rename(program.folder().join("elsewhere.db"), program.db()).expect("a move");
        },
    );
}

#[test]
fn a_database_that_is_deleted() {
    survives(
        "was moved or deleted",
        |program| {
            keep_copy(program);
            fs::remove_file(program.db()).expect("a file");
        },
        |program| {
            forget_companions(program);
            restore_copy(program);
        },
    );
}

#[test]
fn a_pipe_in_place_of_the_database_stops_the_review() {
    let kept = |program: &Program| program.db().with_file_name("kept.db");
    survives(
        "another file was put in place of the database",
        |program| {
            fs::rename(program.db(), kept(program)).expect("a move");
            let made = std::process::Command::new("mkfifo").arg(program.db()).status();
            assert!(made.expect("mkfifo").success());
        },
        |program| {
            // No command waits for somebody who writes into it.
            let db = program.db();
            let name = db.to_str().expect("a path");
            for command in [
                &["due"][..],
                &["check"],
                &["backup", "a.db"],
                &["restore", name],
                &["review", "--plain"],
                &["search", "a"],
            ] {
                let refused = program.run(command);
                assert_eq!(refused.code, 1, "{command:?}: {}", refused.err);
                assert!(!refused.err.contains("report this"), "{command:?}: {}", refused.err);
            }
            let refused = program.run(&["due"]).err;
            assert!(refused.contains("is no file, but a folder, a pipe or a device"), "{refused}");
            fs::remove_file(&db).expect("the pipe");
            fs::rename(kept(program), &db).expect("a move");
        },
    );
}

#[test]
fn a_pipe_in_place_of_the_log_is_not_opened() {
    let mut program = Program::new();
    program.with_mlops();
    let log = companion(&program.db(), "-wal");
    let _ = fs::remove_file(&log);
    assert!(std::process::Command::new("mkfifo").arg(&log).status().expect("mkfifo").success());
    let refused = program.run(&["due"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("-wal is no file"), "{}", refused.err);
}

#[test]
fn a_folder_that_is_renamed() {
    survives(
        "was moved or deleted",
        |program| fs::rename(program.folder().join("data"), program.folder().join("moved")).expect("a move"),
        |program| fs::rename(program.folder().join("moved"), program.folder().join("data")).expect("a move"),
    );
}

#[test]
fn a_database_that_is_replaced_keeps_what_is_in_the_new_one() {
    survives(
        "another file was put in place",
        |program| {
            keep_copy(program);
            fs::copy(program.folder().join("copy.db"), program.folder().join("synced.db")).expect("a copy");
            fs::rename(program.folder().join("synced.db"), program.db()).expect("a move");
        },
        |program| {
            let (copy, now) = (fs::read(program.folder().join("copy.db")), fs::read(program.db()));
            assert!(copy.expect("a copy") == now.expect("the database"), "the new file is untouched");
            assert!(!companion(&program.db(), "-wal").exists(), "the log of the old file is set aside");
        },
    );
}

#[test]
fn a_database_that_is_written_over_keeps_what_is_in_the_new_one() {
    survives(
        "wrote over the database",
        |program| {
            keep_copy(program);
            restore_copy(program);
        },
        |program| {
            let (copy, now) = (fs::read(program.folder().join("copy.db")), fs::read(program.db()));
            assert!(copy.expect("a copy") == now.expect("the database"), "the new file is untouched");
        },
    );
}

#[test]
fn a_write_ahead_log_that_is_deleted() {
    survives(
        "retain.db-wal, which belongs to the database",
        |program| fs::remove_file(companion(&program.db(), "-wal")).expect("a file"),
        |_| {},
    );
}

#[test]
fn an_index_of_the_write_ahead_log_that_is_deleted() {
    survives(
        "retain.db-shm, which belongs to the database",
        |program| fs::remove_file(companion(&program.db(), "-shm")).expect("a file"),
        |_| {},
    );
}

#[test]
fn a_write_ahead_log_that_is_cut_off_or_overwritten() {
    let wal = |program: &Program| companion(&program.db(), "-wal");
    let said = "another program wrote over";
    survives(said, |program| fs::write(wal(program), "").expect("cut"), |_| {});
    let part = |program: &Program| {
        let bytes = fs::read(wal(program)).expect("a log");
        fs::write(wal(program), &bytes[..bytes.len() / 2]).expect("cut");
    };
    survives(said, part, |_| {});
    let noise = |program: &Program| {
        let bytes = fs::read(wal(program)).expect("a log");
        fs::write(wal(program), vec![0x5a; bytes.len()]).expect("noise");
    };
    survives(said, noise, |_| {});
}

#[test]
fn an_index_of_the_write_ahead_log_that_is_cut_off() {
    let cut = |program: &Program| fs::write(companion(&program.db(), "-shm"), "").expect("cut");
    survives("another program cut off", cut, |_| {});
}

#[cfg(unix)]
#[test]
fn a_database_that_is_moved_and_linked_from_its_place() {
    let elsewhere = |program: &Program| program.folder().join("elsewhere.db");
    survives(
        "another file was put in place of the database",
        |program| {
            fs::rename(program.db(), elsewhere(program)).expect("a move");
            std::os::unix::fs::symlink(elsewhere(program), program.db()).expect("a link");
        },
        |program| {
            fs::remove_file(program.db()).expect("a link");
            forget_companions(program);
            fs::rename(elsewhere(program), program.db()).expect("a move");
        },
    );
}

#[test]
fn what_was_flagged_is_kept_too() {
    let mut program = Program::new();
    program.with_mlops();
    let mut review = WatchedReview::begin(&program);
    for note in ["first", "second"] {
        review.answers().expect("it is recorded");
        writeln!(review.input, "{}", json!({"type": "flag", "note": note})).expect("said");
        assert_eq!(review.read().expect("a line")["type"], "flagged");
    }
    fs::rename(program.db(), program.folder().join("elsewhere.db")).expect("a move");
    assert!(review.answers().is_none());
    let end = review.ends();
    assert!(end.said.contains("kept in"), "{}", end.said);
    forget_companions(&program);
    fs::rename(program.folder().join("elsewhere.db"), program.db()).expect("a move");
    // What is in the file already, and what was lost with the log.
    let rescue = rescue_files(&program.folder().join("data"));
    let entered = program.ok(&["restore", rescue[0].to_str().expect("a path")]).err;
    assert!(entered.contains("and 2 flags"), "{entered}");
    let flagged = program.ok(&["card", "list", "--flagged"]).out;
    assert!(flagged.contains("first") && flagged.contains("second"), "{flagged}");
    let again = program.ok(&["restore", rescue[0].to_str().expect("a path")]).err;
    assert!(again.contains("entered 0 answers") && !again.contains("flag"), "{again}");
    program.is_sound();
}

#[test]
fn answers_of_a_damaged_database_are_entered_as_far_as_it_can_be_read() {
    let mut program = Program::new();
    program.with_mlops();
    program.ok(&["backup", "copy.db"]);
    let mut review = WatchedReview::begin(&program);
    while review.answers().is_some() {}
    review.ends();
    let all = logged(&program);
    assert!(all.len() > 8, "{}", all.len());
    // The pages of the questions are lost; the log lies elsewhere.
    let mut bytes = fs::read(program.db()).expect("the database");
    let stem = b"monitoring";
    let places: Vec<usize> = (0..bytes.len() - stem.len()).filter(|at| bytes[*at..].starts_with(stem)).collect();
    for place in places {
        let page = place / 4096 * 4096;
        bytes[page..page + 4096].fill(0xff);
    }
    fs::write(program.folder().join("damaged.db"), bytes).expect("a file");
    fs::copy(program.folder().join("copy.db"), program.db()).expect("a copy");
    assert!(logged(&program).is_empty());
    let said = program.run(&["restore", "--answers", "damaged.db"]);
    assert!(matches!(said.code, 0 | 3), "{}", said.err);
    assert_eq!(logged(&program), all, "{}", said.err);
    program.is_sound();
    for (file, why) in [("absent.db", "cannot be read"), (".", "is a folder"), ("mlops.txt", "mlops.txt")] {
        let refused = program.run(&["restore", "--answers", file]);
        assert!(
            refused.code == 1 && refused.err.contains(why) && !refused.err.contains("report this"),
            "{}",
            refused.err
        );
    }
    assert_eq!(logged(&program), all);
}

#[test]
fn a_damaged_rescue_file_enters_nothing() {
    let mut program = Program::new();
    program.with_mlops();
    let mut trainer = Trainer::open_existing(&program.db(), Clock::fixed(now()), Some(1)).expect("the database");
    let file = program.folder().join("rescue");
    let mut take_in = |text: String| {
        fs::write(&file, text).expect("written");
        trainer.take_in_answers(&file, IntakeConsent::default())
    };
    let head = "{\"retain-rescue\":{\"version\":1,\"database\":\"x\"}}\n";
    let entry = "{\"entry\":{\"table\":\"review\",\"card\":\"00000000-0000-0000-0000-000000000000\",\"device\":\"x\",\"row\":{\"id\":\"00\"}}}\n";
    for (line, said) in [
        ("{\"entry\":{}}\n", "rescue:2: this line cannot be read"),
        ("no JSON\n", "rescue:2: this line cannot be read"),
        (
            "{\"entry\":{\"table\":\"deck\",\"device\":\"\",\"row\":{}}}\n",
            "rescue:2: an entry of the log has an unknown table",
        ),
        (
            "{\"entry\":{\"table\":\"review\",\"device\":\"\",\"row\":{}}}\n",
            "rescue:2: an entry of the log has no identity",
        ),
        ("{\"entry\":{\"table\":\"undo\",\"device\":\"\",\"row\":{\"id\":\"xy\"}}}\n", "bytes that are not hex"),
        ("{\"retain-rescue\":{\"version\":2,\"database\":\"x\"}}\n", "newer `retain`"),
    ] {
        let error = take_in(format!("{head}{line}")).expect_err(line);
        assert!(error.message().contains(said), "{error}");
    }
    // A byte order mark, and a first line that is gone, do no harm.
    for text in [format!("\u{feff}{head}{entry}"), entry.to_owned(), format!("\n{entry}")] {
        assert_eq!(take_in(text).expect("an entry").homeless, 1);
    }
    let taken = take_in(format!("{head}{entry}")).expect("an entry without its card");
    let left = ["the answer without a usable time (card 00000000)".to_owned()];
    assert_eq!((taken.homeless, taken.new), (1, 0));
    assert_eq!(taken.left_out.into_values().map(|left| left.first).collect::<Vec<_>>(), [left]);
    drop(trainer);
    assert!(logged(&program).is_empty());
}

#[test]
fn what_cannot_be_entered_is_said_with_its_reason() {
    let mut program = Program::new();
    program.with_mlops();
    let nobody = "00000000-0000-0000-0000-00000000000";
    let mut lines = vec![json!({"retain-rescue": {"version": 1, "database": "x"}})];
    let id = |number: usize| format!("{:012X}70008000{number:012X}", 1_795_420_800_000_i64 + 600_000);
    lines.extend((1..=7).map(|number| {
        let row = json!({"id": id(number), "at_ms": 1_795_420_800_000_i64 + number as i64 * 60_000, "day": 20_780, "offset_minutes": 60});
        json!({"entry": {"table": "review", "card": format!("{nobody}{number}"), "device": "x", "row": row}})
    }));
    let row = json!({"id": id(8), "at_ms": 1_795_420_800_000_i64, "day": 20_780, "offset_minutes": 60});
    lines.push(json!({"entry": {"table": "move", "card": format!("{nobody}8"), "device": "x", "row": row}}));
    let row =
        json!({"id": id(9), "at_ms": 1_795_420_800_000_i64, "day": 20_780, "offset_minutes": 60, "review": id(1)});
    lines.push(json!({"entry": {"table": "undo", "device": "x", "row": row}}));
    lines.push(json!({"flag": {"card": format!("{nobody}9"), "note": "look", "at_ms": 1_795_420_800_000_i64, "offset_minutes": 60}}));
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    program.file("rescue.jsonl", text);
    for (args, were) in [(&["--dry-run"][..], "would be"), (&[], "were")] {
        let said = program.run(&[&["restore", "--answers", "rescue.jsonl"], args].concat());
        assert_eq!(said.code, 3, "{}", said.err);
        let left = format!(
            "9 entries {were} left out (their cards are not here): the answer of 2026-11-23 09:01 (card 00000000), "
        );
        assert!(said.err.contains(&left), "{}", said.err);
        assert!(said.err.contains("and 4 more\n"), "{}", said.err);
        assert!(
            said.err.contains("left out (what they take back is not here): the undo of 2026-11-23 09:00\n"),
            "{}",
            said.err
        );
        assert!(said.err.contains("7 answers belong to cards that are not here\nhint: "), "{}", said.err);
    }
    assert!(logged(&program).is_empty());
}
