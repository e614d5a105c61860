//! A database that cannot be written can be read.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::fixture::program::Program;

/// A folder that is marked read-only, until this is dropped.
struct Locked<'a>(&'a Path);

impl<'a> Locked<'a> {
    fn new(folder: &'a Path) -> Self {
        fs::set_permissions(folder, Permissions::from_mode(0o555)).expect("a mode");
        Self(folder)
    }
}

impl Drop for Locked<'_> {
    fn drop(&mut self) {
        let _ = fs::set_permissions(self.0, Permissions::from_mode(0o755));
    }
}

const READING: [&[&str]; 9] = [
    &[],
    &["stats"],
    &["export", "reviews"],
    &["card", "list"],
    &["deck", "list"],
    &["check"],
    &["plan"],
    &["undo", "--list"],
    &["bank", "print", "MLOps"],
];

fn answered() -> Program {
    let mut program = Program::new();
    program.with_mlops();
    program.ok(&["deck", "set", "MLOps", "exam=2027-01-10"]);
    program.with_input(&["review", "--plain", "--limit", "2"], "a\n\nb\n\n");
    program
}

#[test]
fn a_read_only_folder_can_be_read() {
    let program = answered();
    let before: Vec<String> = READING.iter().map(|command| program.ok(command).all()).collect();
    let db = program.db();
    let folder = db.parent().expect("a folder");
    let bytes = fs::read(&db).expect("the database");
    // The database, and the last list that was shown.
    let files = fs::read_dir(folder).expect("the folder").count();
    {
        let _locked = Locked::new(folder);
        let after: Vec<String> = READING.iter().map(|command| program.ok(command).all()).collect();
        assert_eq!(after, before);
        program.ok(&["backup", "copy.db"]);
        for command in
            [&["review"][..], &["exam"], &["import", "mlops.txt"], &["undo"], &["deck", "set", "--default", "fuzz=off"]]
        {
            let said = program.run(command);
            assert_eq!(said.code, 1, "{command:?}");
            assert!(said.err.contains("the database is read-only"), "{command:?}: {}", said.err);
        }
    }
    assert_eq!(fs::read(&db).expect("the database"), bytes);
    assert_eq!(fs::read_dir(folder).expect("the folder").count(), files, "nothing was made next to it");
    let copy = program.folder().join("copy.db").display().to_string();
    assert!(program.ok(&["--db", &copy, "check"]).err.contains("2 answers"));
}

#[test]
fn a_snapshot_with_a_write_ahead_log_and_no_index_can_be_read() {
    let program = answered();
    // As long as somebody has the database open, what is answered stays in the log.
    let open = rusqlite::Connection::open(program.db()).expect("the database");
    open.query_row("select count(*) from review", [], |_| Ok(())).expect("it is open");
    program.with_input(&["review", "--plain", "--limit", "3"], "a\n\nb\n\na\n\n");
    let folder = program.folder().join("snapshot");
    fs::create_dir(&folder).expect("a folder");
    let copy = folder.join("retain.db");
    for end in ["", "-wal"] {
        let from = format!("{}{end}", program.db().display());
        fs::copy(from, format!("{}{end}", copy.display())).expect("a copy");
    }
    assert!(fs::metadata(folder.join("retain.db-wal")).is_ok_and(|log| log.len() > 0));
    let before: Vec<String> = READING.iter().map(|command| program.ok(command).all()).collect();
    let _locked = Locked::new(&folder);
    let db = copy.display().to_string();
    let after: Vec<String> =
        READING.iter().map(|command| program.ok(&[&["--db", &db][..], command].concat()).all()).collect();
    assert_eq!(after, before);
    assert!(!folder.join("retain.db-shm").exists());
    let said = program.run(&["--db", &db, "review"]);
    assert!(said.code == 1 && said.err.contains("the database is read-only"), "{}", said.err);
    drop(open);
}

#[test]
fn a_read_only_file_can_be_read() {
    let program = answered();
    let before: Vec<String> = READING.iter().map(|command| program.ok(command).all()).collect();
    fs::set_permissions(program.db(), Permissions::from_mode(0o444)).expect("a mode");
    let after: Vec<String> = READING.iter().map(|command| program.ok(command).all()).collect();
    assert_eq!(after, before);
    assert!(program.run(&["review"]).err.contains("the database is read-only"));
}

#[test]
fn a_backup_in_a_read_only_folder_can_be_read() {
    let program = answered();
    let folder = program.folder().join("kept");
    fs::create_dir(&folder).expect("a folder");
    program.ok(&["backup", "kept/my copy?.db"]);
    let _locked = Locked::new(&folder);
    let said = program.ok(&["--db", "kept/my copy?.db", "check"]);
    assert!(said.err.contains("2 answers"), "{}", said.err);
    assert_eq!(fs::read_dir(&folder).expect("the folder").count(), 1);
}

#[test]
fn a_snapshot_with_its_newest_answers_is_read_whole_or_not_at_all() {
    let program = answered();
    let (db, kept) = (program.db(), program.folder().join("kept"));
    fs::create_dir(&kept).expect("a folder");
    // Somebody reviews while the snapshot is taken.
    let mut session = program.session(&["--limit", "3"]);
    let question = session.next("question");
    let first = question["choices"][0]["label"].as_str().expect("a label").to_owned();
    session.send(&serde_json::json!({"type": "answer", "pick": [first], "ms": 900}));
    session.next("feedback");
    session.send(&serde_json::json!({"type": "rate"}));
    session.next("recorded");
    for end in ["", "-wal", "-shm"] {
        fs::copy(format!("{}{end}", db.display()), kept.join(format!("retain.db{end}"))).expect("a copy");
    }
    drop(session);
    {
        let _locked = Locked::new(&kept);
        let said = program.ok(&["--db", "kept/retain.db", "check"]);
        assert!(said.err.contains("3 answers"), "{}", said.err);
    }
}

#[test]
fn an_older_database_is_not_upgraded_where_it_cannot_be_written() {
    let program = Program::new();
    let old = "pragma application_id = 1919251566; pragma user_version = 12; create table a (b);";
    let made = std::process::Command::new("python3")
        .args(["-c", "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.argv[2])", "old.db", old])
        .current_dir(program.folder())
        .status();
    assert!(made.is_ok_and(|status| status.success()), "this test needs `python3`");
    fs::set_permissions(program.folder().join("old.db"), Permissions::from_mode(0o444)).expect("a mode");
    let said = program.run(&["--db", "old.db", "stats"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("of an older version (schema 12, this program needs"), "{}", said.err);
    assert!(said.err.contains("hint: copy it into a folder that is writable"), "{}", said.err);
    assert_eq!(fs::read_dir(program.folder()).expect("the folder").count(), 1, "no copy, no upgrade");
}

#[test]
fn an_editor_is_not_opened_for_a_database_that_cannot_be_written() {
    let program = answered();
    program.file("editor.sh", "#!/bin/sh\necho opened > opened.txt\n");
    let list = program.ok(&["card", "list"]).out;
    let card = list.lines().nth(1).and_then(|line| line.split_whitespace().next()).expect("a card").to_owned();
    let db = program.db();
    fs::set_permissions(&db, Permissions::from_mode(0o444)).expect("a mode");
    let _locked = Locked::new(db.parent().expect("a folder"));
    for args in [&["card", "edit", &card][..], &["add", "MLOps", "--edit"], &["add", "MLOps"]] {
        let mut command = program.command(args);
        let output = command.env("VISUAL", "sh editor.sh").output().expect("the program");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{args:?}: {said}");
        assert!(said.contains("the database is read-only"), "{args:?}: {said}");
    }
    assert!(!program.folder().join("opened.txt").exists(), "the editor was opened");
}
