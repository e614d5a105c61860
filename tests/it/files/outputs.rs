//! Outputs never destroy inputs, nor what somebody else wrote.

use std::fs;
use std::io::Read;
use std::path::Path;

use crate::fixture::program::Program;

fn program() -> Program {
    let mut program = Program::new();
    program.with_mlops();
    program
}

/// A database with a picture in its media folder; the picture's path.
fn with_media() -> (Program, String) {
    let program = Program::new();
    program.file("red.png", b"\x89PNG no picture, but bytes");
    program.file("bank.md", "#### Q1. Which is red? ![it](red.png)\n\n- [x] this\n- [ ] that\n");
    program.ok(&["import", "bank.md"]);
    let media = program.db().with_file_name("media");
    let picture = fs::read_dir(&media).expect("media").next().expect("a picture").expect("an entry").path();
    let picture = picture.display().to_string();
    (program, picture)
}

/// Every command that writes a file, to this path.
fn writers(path: &str) -> Vec<Vec<&str>> {
    vec![
        vec!["export", "cards", "-o", path],
        vec!["export", "cards", "--format", "json", "-o", path],
        vec!["stats", "--html", path],
        vec!["bank", "print", "MLOps", "-o", path],
        vec!["simulate", "--days", "3", "-o", path],
        vec!["backup", path],
    ]
}

#[cfg(unix)]
#[test]
fn no_command_writes_over_the_database_by_any_name() {
    let program = program();
    let (db, folder) = (program.db(), program.folder());
    fs::write(db.with_file_name("retain.db-journal"), "").expect("a journal");
    std::os::unix::fs::symlink(&db, folder.join("link")).expect("a link");
    std::os::unix::fs::symlink(folder.join("link"), folder.join("link to a link")).expect("a link");
    std::os::unix::fs::symlink(db.parent().expect("a folder"), folder.join("folder link")).expect("a link");
    fs::hard_link(&db, folder.join("hard")).expect("a link");
    let before = fs::read(&db).expect("the database");
    let through =
        ["data/retain.db", "data/../data/./retain.db", "link", "link to a link", "folder link/retain.db", "hard"];
    let next_to_it =
        ["data/retain.db-wal", "data/retain.db-shm", "data/retain.db-journal", "folder link/retain.db-wal"];
    for path in through.iter().chain(&next_to_it) {
        for mut command in writers(path) {
            for force in [false, true] {
                if force {
                    command.push("--force");
                }
                let said = program.run(&command);
                assert_eq!(said.code, 1, "{command:?}");
                assert!(
                    said.err.contains("so nothing was written\nhint: name another file"),
                    "{command:?}: {}",
                    said.err
                );
                assert_eq!(fs::read(&db).expect("the database"), before, "{command:?}");
            }
        }
    }
    assert!(program.run(&["backup", "link"]).err.contains("link: this is the database itself"));
    assert!(!folder.join("data/retain.db-wal").exists());
    program.is_sound();
}

#[cfg(unix)]
#[test]
fn a_database_that_is_a_link_is_guarded_where_it_is() {
    let program = program();
    let link = program.folder().join("my.db");
    std::os::unix::fs::symlink(program.db(), &link).expect("a link");
    let link = link.display().to_string();
    for path in ["data/retain.db", "data/retain.db-wal", "my.db", "my.db-wal"] {
        let said = program.run(&["--db", &link, "export", "cards", "-o", path, "--force"]);
        assert_eq!(said.code, 1, "{path}");
        assert!(said.err.contains("so nothing was written"), "{path}: {}", said.err);
    }
}

#[cfg(unix)]
#[test]
fn no_command_writes_into_the_media_folder() {
    let (program, picture) = with_media();
    let before = fs::read(&picture).expect("the picture");
    fs::hard_link(&picture, program.folder().join("hard.csv")).expect("a link");
    std::os::unix::fs::symlink(&picture, program.folder().join("soft.csv")).expect("a link");
    for path in [&picture, "hard.csv", "soft.csv", "data/media/new.csv"] {
        let said = program.run(&["export", "cards", "-o", path, "--force"]);
        assert_eq!(said.code, 1, "{path}");
        assert!(
            said.err.contains("this is in the media folder of the database, so nothing was written"),
            "{}",
            said.err
        );
    }
    let said = program.run(&["export", "--all", "-o", "data/media"]);
    assert!(said.code == 1 && said.err.contains("in the media folder"), "{}", said.err);
    assert_eq!(fs::read(&picture).expect("the picture"), before);
    assert_eq!(fs::read_dir(Path::new(&picture).parent().expect("a folder")).expect("media").count(), 1);
}

#[test]
fn a_file_of_somebody_else_is_replaced_only_by_force() {
    let program = program();
    for content in ["my notes\n", "card,deck\n1,x\n", "{\"card\":1}\n", "<html>mine</html>", "SQLite format 3\0"] {
        for mut command in writers("mine") {
            program.file("mine", content);
            let said = program.run(&command);
            assert_eq!(said.code, 1, "{command:?}");
            let words = "error: mine: there is a file of this name already, and this command did not write it, \
             or it was changed since\n\
                         hint: name another file, or replace this one with `--force`\n";
            assert_eq!(said.err, words, "{command:?}");
            assert_eq!(fs::read_to_string(program.folder().join("mine")).expect("the file"), content);
            command.push("--force");
            program.ok(&command);
            assert_ne!(fs::read(program.folder().join("mine")).expect("the file"), content.as_bytes(), "{command:?}");
        }
    }
    // The bank that was imported is an input, too.
    let said = program.run(&["bank", "print", "MLOps", "-o", "mlops.txt"]);
    assert!(said.code == 1 && said.err.contains("there is a file of this name already"), "{}", said.err);
}

#[test]
fn a_file_of_the_same_command_is_replaced() {
    let program = program();
    program.file("empty", "");
    for path in ["new", "empty"] {
        for command in writers(path) {
            program.ok(&command);
            program.ok(&command);
            fs::write(program.folder().join(path), "").expect("an empty file");
        }
    }
    program.ok(&["export", "cards", "-o", "cards.csv", "--bom"]);
    program.ok(&["export", "cards", "-o", "cards.csv"]);
    let said = program.run(&["export", "questions", "-o", "cards.csv"]);
    assert!(said.code == 1 && said.err.contains("did not write it"), "another table: {}", said.err);
    program.ok(&["export", "--all", "-o", "tables"]);
    program.ok(&["export", "--all", "-o", "tables"]);
    program.file("tables/topics.csv", "mine");
    let cards =
        fs::metadata(program.folder().join("tables/cards.csv")).and_then(|file| file.modified()).expect("a time");
    assert_eq!(program.run(&["export", "--all", "-o", "tables"]).code, 1);
    let after =
        fs::metadata(program.folder().join("tables/cards.csv")).and_then(|file| file.modified()).expect("a time");
    assert_eq!(cards, after, "none of them is written if one is refused");
}

#[test]
fn a_live_database_is_no_backup_that_may_be_replaced() {
    let program = program();
    program.ok(&["backup", "copy.db"]);
    program.ok(&["backup", "copy.db"]);
    let other = program.folder().join("other.db").display().to_string();
    program.ok(&["--db", &other, "import", "mlops.txt"]);
    let said = program.run(&["backup", "other.db"]);
    assert!(said.code == 1 && said.err.contains("there is a file of this name already"), "{}", said.err);
    let copy = program.folder().join("copy.db").display().to_string();
    assert!(program.ok(&["--db", &copy, "check"]).err.contains("10 cards"));
    assert!(!program.folder().join("copy.db-journal").exists());
}

#[cfg(unix)]
#[test]
fn links_stay_and_what_they_lead_to_is_replaced() {
    let program = program();
    let folder = program.folder();
    fs::create_dir(folder.join("far")).expect("a folder");
    std::os::unix::fs::symlink("far/cards.csv", folder.join("cards.csv")).expect("a link");
    std::os::unix::fs::symlink("round", folder.join("round")).expect("a link");
    // The link leads to nothing at first.
    for _ in 0..2 {
        program.ok(&["export", "cards", "-o", "cards.csv"]);
        assert!(fs::symlink_metadata(folder.join("cards.csv")).expect("the link").is_symlink());
        assert!(fs::read_to_string(folder.join("far/cards.csv")).expect("the file").starts_with("card,"));
    }
    let said = program.run(&["export", "cards", "-o", "round"]);
    assert!(said.code == 1 && said.err.contains("its links form a circle"), "{}", said.err);
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_written_into() {
    let program = program();
    let cards = program.ok(&["export", "cards"]).out;
    for name in ["-", "/dev/stdout", "/dev/fd/1"] {
        assert_eq!(program.ok(&["export", "cards", "-o", name]).out, cards, "{name}");
    }
    assert!(program.ok(&["stats", "--html", "-"]).out.starts_with("<!DOCTYPE html>"));
    assert!(program.ok(&["bank", "print", "MLOps", "-o", "-"]).out.starts_with("---\n"));
    assert_eq!(program.run(&["export", "--all", "-o", "-"]).code, 2);
    for command in writers("/dev/null") {
        let said = program.run(&command);
        // A backup that is kept nowhere is none.
        let is_backup = command[0] == "backup";
        assert_eq!(said.code, i32::from(is_backup), "{command:?}: {}", said.err);
        assert_eq!(said.err.contains("this is a device, which keeps no backup"), is_backup, "{}", said.err);
    }
    let null = fs::metadata("/dev/null").expect("a device");
    assert!(!null.is_file(), "it is a device still");
    // Standard output that is a file: what is there already stays.
    let file = fs::File::create(program.folder().join("all.csv")).expect("a file");
    for _ in 0..2 {
        let to = file.try_clone().expect("a handle");
        let ended = program.command(&["export", "decks", "-o", "/dev/stdout"]).stdout(to).status();
        assert!(ended.is_ok_and(|status| status.success()));
    }
    let written = fs::read_to_string(program.folder().join("all.csv")).expect("the file");
    assert_eq!(written, program.ok(&["export", "decks"]).out.repeat(2));

    let pipe = program.folder().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|status| status.success()), "this test needs `mkfifo`");
    let path = pipe.clone();
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        fs::File::open(path).expect("a pipe").read_to_string(&mut text).map(|_| text).expect("a text")
    });
    let said = program.ok(&["export", "cards", "-o", "pipe"]);
    assert_eq!((reader.join().expect("a reader"), said.err.as_str()), (cards, "wrote pipe\n"));
    assert!(!fs::symlink_metadata(&pipe).expect("the pipe").is_file(), "it is a pipe still");
}

#[test]
fn the_name_says_the_format() {
    let program = program();
    let file = |name: &str| fs::read_to_string(program.folder().join(name)).expect("a file");
    for (name, is_json) in [("a.csv", false), ("a.json", true), ("a.JSONL", true), ("a", false), ("a.txt", false)] {
        program.ok(&["export", "cards", "-o", name]);
        assert_eq!(file(name).starts_with('{'), is_json, "{name}");
    }
    program.ok(&["export", "cards", "--format", "csv", "-o", "b.json"]);
    assert!(file("b.json").starts_with("card,"));
    program.ok(&["simulate", "--days", "3", "-o", "days.json"]);
    assert!(file("days.json").starts_with('{'));
    for name in ["cards.xlsx", "cards.XLS", "cards.ods", "cards.tsv", "cards.csv.gz", "cards.html"] {
        let said = program.run(&["export", "cards", "-o", name]);
        assert_eq!(said.code, 1, "{name}");
        assert!(said.err.contains("hint: write `.csv` with `--bom`, a spreadsheet opens it"), "{}", said.err);
        assert!(!program.folder().join(name).exists());
    }
}

#[test]
fn a_mark_for_spreadsheets_is_only_in_csv() {
    let program = program();
    program.ok(&["export", "cards", "-o", "cards.csv", "--bom"]);
    let bytes = fs::read(program.folder().join("cards.csv")).expect("the file");
    assert!(bytes.starts_with(b"\xef\xbb\xbfcard,"));
    assert_eq!(&bytes[3..], program.ok(&["export", "cards"]).out.as_bytes());
    assert!(program.ok(&["export", "calibration", "--bom"]).out.starts_with('\u{feff}'), "also without rows");
    let said = program.run(&["export", "cards", "-o", "cards.json", "--bom"]);
    assert_eq!((said.code, said.err.lines().next()), (2, Some("error: `--bom` is for CSV, and this is JSON")));
}
