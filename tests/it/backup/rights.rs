//! What is made is readable by its owner alone, whatever the umask.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::fixture::program::Program;

/// All files and folders in a folder that others may read or write.
fn open_to_others(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let mode = fs::symlink_metadata(&path).expect("a file").permissions().mode();
        if mode & 0o077 != 0 {
            found.push(format!("{:o} {}", mode & 0o777, path.display()));
        }
        if path.is_dir() {
            open_to_others(&path, found);
        }
    }
}

#[test]
fn nobody_else_can_read_what_is_made() {
    let program = Program::new();
    program.file("red.png", b"\x89PNG no picture, but bytes");
    program.file("red.md", "#### Q1. Which is red? ![it](red.png)\n\n- [x] this\n- [ ] that\n");
    let run = |line: &str| {
        let mut command = std::process::Command::new("sh");
        command.current_dir(program.folder()).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("RETAIN_NOW", "2026-11-23T08:00:00+01:00");
        let db = if line.starts_with("--db") { "" } else { "--db new/data/retain.db" };
        let script = format!("umask 000; exec {} {db} {line}", env!("CARGO_BIN_EXE_retain"));
        let done = command.args(["-c", &script]).output().expect("a shell");
        assert!(done.status.success(), "{line}: {}", String::from_utf8_lossy(&done.stderr));
    };
    for line in [
        "import red.md",
        "card list",
        "config theme light",
        "backup",
        "backup new/copy.db",
        "export cards -o new/cards.csv",
        "export --all -o new/tables",
        "export everything -o new/everything",
        "stats --html new/report.html",
        "due --ics -o new/due.ics",
        "bank print red -o new/red.md",
        "card flag 1 --note x",
        "restore latest --yes",
        "--db new/other/retain.db import new/everything",
        "demo --keep new/demo < /dev/null",
    ] {
        run(line);
    }
    let mut found = Vec::new();
    open_to_others(&program.folder().join("new"), &mut found);
    assert!(found.is_empty(), "{}", found.join("\n"));
    // A file that is there keeps its rights when it is replaced.
    let table = program.folder().join("new/cards.csv");
    fs::set_permissions(&table, fs::Permissions::from_mode(0o640)).expect("rights");
    run("export cards -o new/cards.csv");
    assert_eq!(fs::metadata(&table).expect("a file").permissions().mode() & 0o777, 0o640);
}

#[test]
fn a_umask_that_takes_from_the_owner_takes_nothing() {
    for umask in ["177", "277", "777"] {
        let program = Program::new();
        program.file("red.png", b"\x89PNG no picture, but bytes");
        program.file("red.md", "#### Q1. Which is red? ![it](red.png)\n\n- [x] this\n- [ ] that\n");
        for line in ["import red.md", "backup", "export everything -o new/everything", "export cards -o new/cards.csv"]
        {
            let mut command = std::process::Command::new("sh");
            command.current_dir(program.folder()).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
            command.env("RETAIN_NOW", "2026-11-23T08:00:00+01:00");
            let script = format!("umask {umask}; exec {} --db new/data/retain.db {line}", env!("CARGO_BIN_EXE_retain"));
            let done = command.args(["-c", &script]).output().expect("a shell");
            assert!(done.status.success(), "{line}: {}", String::from_utf8_lossy(&done.stderr));
        }
        let mut wrong = Vec::new();
        not_for_owner(&program.folder().join("new"), &mut wrong);
        assert!(wrong.is_empty(), "{umask}: {}", wrong.join("\n"));
    }
}

/// All files and folders in a folder that their owner cannot use, or others can.
fn not_for_owner(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let mode = fs::symlink_metadata(&path).expect("a file").permissions().mode() & 0o777;
        if mode != if path.is_dir() { 0o700 } else { 0o600 } {
            found.push(format!("{mode:o} {}", path.display()));
        }
        if path.is_dir() {
            not_for_owner(&path, found);
        }
    }
}

#[test]
fn a_link_that_leads_nowhere_is_no_folder_of_backups() {
    let program = Program::new();
    program.file("bank.txt", "One?\n- A. a *\n- B. b\n");
    program.ok(&["import", "bank.txt"]);
    let backups = program.db().with_file_name("backups");
    drop(fs::remove_dir_all(&backups));
    let nowhere = program.folder().join("nowhere");
    std::os::unix::fs::symlink(&nowhere, &backups).expect("a link");
    let refused = program.run(&["backup"]);
    assert!(refused.code == 1 && refused.err.contains("is a link that leads nowhere"), "{}", refused.err);
    assert!(!nowhere.exists());
    fs::create_dir(&nowhere).expect("a folder");
    program.ok(&["backup"]);
    assert_eq!(fs::read_dir(&nowhere).expect("a folder").count(), 1);
}
