//! Everything as a folder of text, and an equal database from it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use retain::error::Error;
use retain::study::{EverythingImported, ExamRequest, ExamRules, Trainer, unwatched};
use serde_json::Value;

use super::{BANK, names};
use crate::fixture::program::kinds::study_of_kinds;
use crate::fixture::study::{Study, all_right, right_if};

/// A database with every kind of thing in it.
fn study() -> Study {
    let study = study_of_kinds();
    study.file("red.png", b"\x89PNG no picture, but bytes");
    study.file("red.md", "#### Q1. Which is red? ![it](red.png)\n\n- [x] this\n- [ ] that\n");
    study
        .bank("Sea", BANK)
        .bank("Sea::Deep \u{1F419}", "1. Ünïcode 'q' \"d\" \\ ?\n- a *\n- b\n")
        .bank("Old", "1. Is it old?\n- yes *\n- no\n");
    study.import_file("red.md");
    study.settings("learning-steps=none desired-retention=0.87").deck_settings("Sea", "exam=2027-03-01");
    study.days(3, |showing| right_if(!showing.stem.contains("large"), showing));
    study.undo().at("2026-12-10").review(|showing| right_if(!showing.stem.contains("planet"), showing));
    let mut trainer = study.trainer();
    let uid =
        |study: &Study, stem: &str| study.card(stem)["card"].as_str().expect("a card").parse().expect("an identity");
    trainer.flag_card(uid(&study, "red?"), Some("a note\nof two lines")).expect("a flag");
    trainer.delete_cards(&[uid(&study, "large")]).expect("a deletion");
    trainer.archive_deck("Old").expect("an archive");
    let request = ExamRequest { deck: Some("Sea"), questions: 2, topics: &[], tags: &[] };
    let draw = trainer.draw_exam(request).expect("an exam");
    trainer.begin_exam(request, &draw, ExamRules { allowed_ms: Some(60_000), pass_mark: 60 }).expect("an exam");
    trainer.search("red", 5, &mut unwatched).expect("a search");
    drop(trainer);
    study.at("2026-12-11").review(all_right);
    study
}

fn export(study: &Study, name: &str) -> PathBuf {
    let folder = study.folder().join(name);
    let mut table = |out: &mut dyn std::io::Write| out.write_all(b"a table\n").map_err(|_| Error::broken_pipe());
    study.trainer().export_everything(&folder, false, &mut table, &mut unwatched).expect("an export");
    folder
}

fn import(db: &Path, folder: &Path) -> Result<EverythingImported, Error> {
    Trainer::import_everything(db, folder, &mut |_| Ok(true), &mut unwatched).map(|made| made.expect("a database"))
}

/// All files of a folder with what is in them.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for name in names(folder) {
        let path = folder.join(&name);
        if path.is_dir() {
            all.extend(contents(&path).into_iter().map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
        } else {
            all.push((name, fs::read(path).expect("a file")));
        }
    }
    all
}

fn rewrite(folder: &Path, change: impl FnOnce(&mut Value)) {
    let path = folder.join("manifest.json");
    let mut manifest = serde_json::from_slice(&fs::read(&path).expect("a manifest")).expect("JSON");
    change(&mut manifest);
    fs::write(path, serde_json::to_vec(&manifest).expect("JSON")).expect("a manifest");
}

/// Writes a table of an export, and says in the manifest that it is like that; `change` changes what the manifest says of it besides.
fn put_table(folder: &Path, table: &str, text: &str, change: impl FnOnce(&mut Value)) {
    let path = folder.join(format!("tables/{table}.jsonl"));
    fs::write(&path, text).expect("a table");
    let hash = Command::new("python3")
        .args(["-c", "import hashlib,sys; print(hashlib.sha256(open(sys.argv[1],'rb').read()).hexdigest())"])
        .arg(&path)
        .output()
        .expect("this test needs python3");
    rewrite(folder, |manifest| {
        let tables = manifest["tables"].as_array_mut().expect("tables");
        let entry = tables.iter_mut().find(|entry| entry["name"] == table).expect("the table");
        entry["bytes"] = text.len().into();
        entry["sha256"] = String::from_utf8_lossy(&hash.stdout).trim().into();
        change(entry);
    });
}

/// A copy of a folder.
fn copied(study: &Study, folder: &Path, name: &str) -> PathBuf {
    let to = study.folder().join(name);
    for (inner, bytes) in contents(folder) {
        study.file(&format!("{name}/{inner}"), bytes);
    }
    to
}

#[test]
fn an_export_becomes_an_equal_database() {
    let study = study();
    let first = export(&study, "first");
    assert!(
        names(&first).starts_with(&["README.txt".into(), "banks".into(), "manifest.json".into()]),
        "{:?}",
        names(&first)
    );
    assert_eq!(names(&first.join("media")).len(), 1);
    assert_eq!(names(&first.join("banks")), ["Kinds.md", "Old.md", "Sea - Deep -.md", "Sea.md", "red.md"]);
    let other = Study::new();
    let made = import(&other.db(), &first).expect("an import");
    assert_eq!((made.media, made.missing_media), (1, 0));
    other.at("2026-12-11").is_sound();
    assert_eq!(other.table("reviews"), study.table("reviews"));
    assert_eq!(contents(&export(&other, "second")), contents(&first), "every table is equal to the bit");
    // The guards of the log are in force.
    let count: usize = Command::new("python3")
        .args(["-c", "import sqlite3,sys\ndb=sqlite3.connect(sys.argv[1])\nn=0\nfor t in ['review','undo','move','deed']:\n  for s in ['delete from '+t,'update '+t+' set at_ms = 0']:\n    try: db.execute(s)\n    except sqlite3.DatabaseError as e: n += 'append-only' in str(e)\nprint(n)"])
        .arg(other.db())
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number"))
        .expect("this test needs python3");
    assert_eq!(count, 8, "each change of each part of the log is refused");
    // It goes on as it would have.
    other.at("2026-12-30").review(all_right);
    study.at("2026-12-30").review(all_right);
    let due = |study: &Study| study.table("cards").iter().map(|card| card["due"].clone()).collect::<Vec<_>>();
    assert_eq!(due(&other), due(&study));
    other.undo().rebuild().is_sound();
    assert!(!other.trainer().search("red", 5, &mut unwatched).expect("a search").cards.is_empty());
}

#[test]
fn nothing_is_made_of_a_folder_that_is_not_as_it_was_written() {
    let study = study();
    let good = export(&study, "good");
    let picture = names(&good.join("media")).remove(0);
    type Harm<'a> = (&'a str, &'a str, Box<dyn Fn(&Path) + 'a>);
    let harms: Vec<Harm<'_>> = vec![
        (
            "a bit",
            "it is not as it was written",
            Box::new(|folder| {
                let path = folder.join("tables/review.jsonl");
                let mut bytes = fs::read(&path).expect("a table");
                bytes[30] ^= 1;
                fs::write(path, bytes).expect("a table");
            }),
        ),
        (
            "a cut",
            "were written",
            Box::new(|folder| {
                let path = folder.join("tables/review.jsonl");
                let bytes = fs::read(&path).expect("a table");
                fs::write(path, &bytes[..bytes.len() / 2]).expect("a table");
            }),
        ),
        (
            "a missing table",
            "this file is missing",
            Box::new(|folder| fs::remove_file(folder.join("tables/card.jsonl")).expect("a table")),
        ),
        (
            "a missing picture",
            "this file is missing",
            Box::new(|folder| fs::remove_file(folder.join("media").join(&picture)).expect("a picture")),
        ),
        (
            "an extra table",
            "this file is not of the export",
            Box::new(|folder| fs::write(folder.join("tables/extra.jsonl"), "[]\n").expect("a table")),
        ),
        (
            "another picture",
            "it has 3 bytes, and 26 were written",
            Box::new(|folder| fs::write(folder.join("media").join(&picture), "abc").expect("a picture")),
        ),
        (
            "no manifest",
            "without its `manifest.json`",
            Box::new(|folder| fs::remove_file(folder.join("manifest.json")).expect("a manifest")),
        ),
        (
            "half a manifest",
            "this is no manifest",
            Box::new(|folder| fs::write(folder.join("manifest.json"), "{\"format\":").expect("a manifest")),
        ),
        (
            "a newer format",
            "it was written by a newer program (format 2, this one knows 1)",
            Box::new(|folder| rewrite(folder, |manifest| manifest["version"] = 2.into())),
        ),
        (
            "a newer schema",
            "it was written by a newer program",
            Box::new(|folder| rewrite(folder, |manifest| manifest["schema"] = 99.into())),
        ),
        (
            "a negative schema",
            "there is no such schema",
            Box::new(|folder| rewrite(folder, |manifest| manifest["schema"] = (-1).into())),
        ),
        ("an older schema", "schema 17", Box::new(|folder| rewrite(folder, |manifest| manifest["schema"] = 17.into()))),
        (
            "a way out",
            "leads elsewhere",
            Box::new(|folder| rewrite(folder, |manifest| manifest["media"][0]["file"] = "media/../../out".into())),
        ),
        (
            "a table elsewhere",
            "in a file that is none",
            Box::new(|folder| rewrite(folder, |manifest| manifest["tables"][0]["file"] = "/etc/passwd".into())),
        ),
        (
            "a name of a table",
            "in a file that is none",
            Box::new(|folder| rewrite(folder, |manifest| manifest["tables"][0]["name"] = "a\"; drop".into())),
        ),
        (
            "a table twice",
            "twice",
            Box::new(|folder| {
                rewrite(folder, |manifest| {
                    let first = manifest["tables"][0].clone();
                    manifest["tables"].as_array_mut().expect("tables").push(first);
                });
            }),
        ),
        (
            "rows that are not there",
            "rows, and 7000000000 were written",
            Box::new(|folder| rewrite(folder, |manifest| manifest["tables"][0]["rows"] = 7_000_000_000_u64.into())),
        ),
        (
            "other columns",
            "has other columns",
            Box::new(|folder| rewrite(folder, |manifest| manifest["tables"][0]["columns"][0][0] = "x".into())),
        ),
        #[cfg(unix)]
        (
            "a link",
            "this is no ordinary file",
            Box::new(|folder| {
                let path = folder.join("tables/card.jsonl");
                fs::remove_file(&path).expect("a table");
                std::os::unix::fs::symlink("/etc/passwd", path).expect("a link");
            }),
        ),
        #[cfg(unix)]
        (
            "a folder that is a link",
            "this is no folder",
            Box::new(|folder| {
                fs::rename(folder.join("tables"), folder.join("moved")).expect("a folder");
                std::os::unix::fs::symlink("moved", folder.join("tables")).expect("a link");
            }),
        ),
    ];
    for (name, words, harm) in harms {
        let folder = copied(&study, &good, name);
        harm(&folder);
        let other = Study::new();
        let refused = import(&other.db(), &folder).expect_err(name);
        assert!(refused.message().contains(words), "{name}: {refused}");
        assert_eq!(refused.exit_code(), 1, "{name}: {refused}");
        assert_eq!(names(other.folder()), [""; 0], "{name}: nothing is left");
    }
}

#[test]
fn rows_that_cannot_be_are_refused_with_their_line() {
    let study = Study::new();
    study.bank("Sea", BANK).review(all_right);
    let good = export(&study, "good");
    for (table, from, to, words) in [
        ("review", "[", "[1,", "cells, and "),
        ("review", "[\"", "[\"zz", "the cell of `id` means nothing"),
        ("card", "]\n", "\n", "this is no row"),
        ("card", "[1,\"", "[1,\"00", "the row cannot be"),
        ("card", "[2,", "[1,", "the row cannot be"),
        ("deck", "]\n", "]", "the line does not end"),
        ("deck", "[1,\"Sea\"", "[7,\"Sea\"", "that is not there"),
        ("question", "[1,", "[\"one\",", "the row cannot be"),
    ] {
        let folder = copied(&study, &good, &format!("{table} {words}"));
        let path = folder.join(format!("tables/{table}.jsonl"));
        let text = fs::read_to_string(&path).expect("a table");
        assert!(text.contains(from), "{table}: {text}");
        let at = if from.ends_with('\n') { text.rfind(from) } else { text.find(from) }.expect("the words");
        let changed = format!("{}{to}{}", &text[..at], &text[at + from.len()..]);
        put_table(&folder, table, &changed, |_| {});
        let other = Study::new();
        let refused = import(&other.db(), &folder).expect_err(words);
        assert!(refused.message().contains(words), "{table} {to}: {refused}");
        assert_eq!(names(other.folder()), [""; 0]);
    }
}

#[test]
fn a_database_with_anything_in_it_is_not_replaced() {
    let study = Study::new();
    study.bank("Sea", BANK);
    let folder = export(&study, "all");
    let other = Study::new();
    other.bank("Land", BANK);
    let before = fs::read(other.db()).expect("a database");
    let refused = import(&other.db(), &folder).expect_err("it is full");
    assert_eq!(refused.code(), "database-not-empty", "{refused}");
    assert_eq!(fs::read(other.db()).expect("a database"), before);
    // One that was only opened is replaced.
    let empty = Study::new();
    drop(empty.trainer());
    import(&empty.db(), &folder).expect("an import");
    assert_eq!(empty.table("cards").len(), 2);
    assert_eq!(names(empty.folder()), ["retain.db"]);
    // What is left of another one may hold answers.
    let left = Study::new();
    left.file("retain.db-wal", "answers");
    assert_eq!(import(&left.db(), &folder).expect_err("a rest").code(), "database-left-over");
}

#[test]
fn the_folder_follows_the_rules_of_outputs() {
    let study = Study::new();
    study.bank("Sea", BANK);
    let program = study.program();
    let said = program.ok(&["export", "everything", "-o", "all"]);
    assert!(said.err.starts_with("wrote everything into all: 2 questions, 0 answers, 0 media files ("), "{}", said.err);
    let first = contents(&program.folder().join("all"));
    program.ok(&["export", "everything", "-o", "all"]);
    assert_eq!(contents(&program.folder().join("all")), first, "an export of before is replaced");
    program.file("all/notes.txt", "mine");
    let refused = program.run(&["export", "everything", "-o", "all"]);
    assert!(
        refused.code == 1 && refused.err.contains("did not write, such as ") && refused.err.contains("notes.txt"),
        "{}",
        refused.err
    );
    program.ok(&["export", "everything", "-o", "all", "--force"]);
    assert_eq!(fs::read_to_string(program.folder().join("all/notes.txt")).expect("the file"), "mine");
    program.file("full/a", "mine");
    assert_eq!(program.run(&["export", "everything", "-o", "full"]).code, 1);
    for place in ["data", "data/media", "."] {
        fs::create_dir_all(program.folder().join(place)).expect("a folder");
        let refused = program.run(&["export", "everything", "-o", place]);
        assert_eq!(refused.code, 1, "{place}: {}", refused.err);
    }
    assert!(program.run(&["export", "everything", "-o", "data", "--force"]).err.contains("the folder of the database"));
    for line in [
        &["export", "everything"][..],
        &["export", "everything", "-o", "-"],
        &["export", "everything", "-o", "x", "--deck", "Sea"],
    ] {
        assert_eq!(program.run(line).code, 2, "{line:?}");
    }
    assert!(names(program.folder()).iter().all(|name| !name.starts_with('.')), "{:?}", names(program.folder()));
    let db = program.folder().join("new.db").display().to_string();
    let looked = program.ok(&["--db", &db, "import", "all", "--dry-run"]).err;
    assert!(looked.starts_with("every file is as it was written; an import would make "), "{looked}");
    assert!(!Path::new(&db).exists());
    let made = program.ok(&["--db", &db, "import", "all"]).err;
    assert!(made.starts_with("made ") && made.ends_with(": 2 questions, 0 answers, 0 media files\n"), "{made}");
    program.ok(&["--db", &db, "check"]);
    let again = program.run(&["--db", &db, "import", "all"]);
    assert!(
        again.code == 1 && again.err.contains("hint: name a new one: `retain --db FILE import FOLDER`"),
        "{}",
        again.err
    );
    assert_eq!(program.run(&["--db", &db, "import", "all", "--deck", "x"]).code, 2);
    // The banks are banks.
    let third = program.folder().join("third.db").display().to_string();
    program.ok(&["--db", &third, "import", "all/banks/Sea.md"]);
}

#[test]
fn an_export_of_an_older_schema_is_brought_up_to_date() {
    // An empty database of the schema before the exams: as the program wrote it then.
    let study = Study::new();
    study.bank("Sea", BANK).review(all_right);
    let folder = export(&study, "old");
    for name in ["exam", "exam_question", "log_seal", "run_seal"] {
        fs::remove_file(folder.join(format!("tables/{name}.jsonl"))).expect("a table");
    }
    // Each row is a list of cells, and the last column came later.
    for name in ["placement", "placement_before"] {
        let rows = fs::read_to_string(folder.join(format!("tables/{name}.jsonl"))).expect("a table");
        let shorter = rows.lines().map(|row| {
            let mut cells: Vec<Value> = serde_json::from_str(row).expect("a row");
            assert_eq!(cells.pop(), Some(Value::Null));
            serde_json::to_string(&cells).expect("JSON") + "\n"
        });
        put_table(&folder, name, &shorter.collect::<String>(), |entry| {
            assert_eq!(entry["columns"].as_array_mut().expect("columns").pop().expect("a column")[0], "guid");
        });
    }
    rewrite(&folder, |manifest| {
        manifest["schema"] = 17.into();
        manifest["tables"].as_array_mut().expect("tables").retain(|table| {
            !["exam", "exam_question", "log_seal", "run_seal"].contains(&table["name"].as_str().expect("a name"))
        });
    });
    let other = Study::new();
    import(&other.db(), &folder).expect("an import");
    assert_eq!(other.table("reviews"), study.table("reviews"));
    other.is_sound();
    assert!(other.trainer().past_exams().expect("exams").is_empty());
}

#[test]
fn a_folder_that_was_edited_by_hand_is_not_taken_in_silence() {
    let study = Study::new();
    study.bank("Sea", BANK).days(2, all_right);
    type Edit = fn(&str) -> String;
    let edits: [(&str, Edit, &str); 4] = [
        ("review", |rows| rows.split_once('\n').expect("rows").1.to_owned(), "are not those that were given"),
        ("log_seal", |_| String::new(), "have no seal any more"),
        (
            "card",
            |rows| {
                let mut cards: Vec<Vec<Value>> =
                    rows.lines().map(|row| serde_json::from_str(row).expect("a row")).collect();
                let question = cards[0][2].take();
                cards[0][2] = std::mem::replace(&mut cards[1][2], question);
                cards.iter().map(|row| serde_json::to_string(row).expect("JSON") + "\n").collect()
            },
            "do not have the identity that follows from the question",
        ),
        ("memory", |_| String::new(), "has no schedule"),
    ];
    for (table, edit, said) in edits {
        let folder = export(&study, table);
        let rows = fs::read_to_string(folder.join(format!("tables/{table}.jsonl"))).expect("a table");
        let edited = edit(&rows);
        assert_ne!(edited, rows, "{table}");
        put_table(&folder, table, &edited, |entry| entry["rows"] = edited.lines().count().into());
        // Nothing is made if the person does not want it.
        let other = Study::new();
        let mut found = Vec::new();
        let mut refuse = |flaws: &[String]| {
            found = flaws.to_vec();
            Ok(false)
        };
        let made = Trainer::import_everything(&other.db(), &folder, &mut refuse, &mut unwatched).expect("an answer");
        assert_eq!(made, None, "{table}");
        assert!(!other.db().exists(), "{table}");
        assert!(found.iter().any(|flaw| flaw.contains(said)), "{table}: {found:?}");
        // Where nobody can be asked, it is made and said.
        let program = study.program();
        let imported = program.ok(&["--db", "new.db", "import", &folder.display().to_string()]).err;
        assert!(imported.contains("warning: the database is not sound") && imported.contains(said), "{imported}");
        assert_eq!(program.run(&["--db", "new.db", "check"]).code, 1, "{table}");
    }
}
