//! Reading makes no database, and names are plain paths.

use std::fs;

use crate::fixture::program::Program;

#[test]
fn reading_commands_make_no_database() {
    let program = Program::new();
    let uid = "00000000-0000-4000-8000-000000000000";
    for command in [
        &[][..],
        &["stats"],
        &["stats", "--html", "a.html"],
        &["export", "cards"],
        &["export", "--all", "-o", "tables"],
        &["plan"],
        &["simulate"],
        &["evaluate"],
        &["optimize"],
        &["optimize", "--history"],
        &["card", "list"],
        &["card", "show", uid],
        &["card", "suspend", uid],
        &["deck", "list"],
        &["deck", "show", "x"],
        &["deck", "set", "x", "new-per-day=3"],
        &["preset", "list"],
        &["bank", "print", "x"],
        &["leeches"],
        &["check"],
        &["rebuild"],
        &["backup"],
        &["backup", "copy.db"],
        &["undo"],
        &["undo", "--list"],
        &["redo"],
        &["review"],
        &["review", "x"],
        &["exam"],
        &["vacation", "2026-12-01", "2026-12-03"],
        &["import", "--undo"],
    ] {
        let said = program.run(command);
        assert_eq!(said.code, 1, "{command:?}: {}", said.err);
        let text = format!(
            "error: there is no database at {}\nhint: `retain import FILE` makes one; `--db PATH` or `RETAIN_DB` names another\n",
            program.db().display()
        );
        assert_eq!(said.err, text, "{command:?}");
        assert_eq!(fs::read_dir(program.folder()).expect("the folder").count(), 0, "{command:?}");
    }
}

#[test]
fn a_dry_run_makes_no_database_either() {
    let program = Program::new();
    program.file("bank.txt", "Which one? {#q1}\n- A. this *\n- B. that\n");
    let said = program.ok(&["import", "bank.txt", "--dry-run"]);
    assert!(said.err.contains("1 new"), "{}", said.err);
    program.ok(&["import", "bank.txt", "--preview"]);
    program.file("history.csv", "card_id,review_time,review_rating\nq1,1790000000000,3\n");
    assert_eq!(program.run(&["import", "history.csv", "--dry-run"]).code, 1);
    assert!(!program.db().parent().expect("a folder").exists());
}

#[test]
fn what_can_come_first_makes_one() {
    for command in [&["deck", "set", "--default", "new-per-day=5"][..], &["preset", "create", "calm"]] {
        let program = Program::new();
        program.ok(command);
        assert!(program.db().exists(), "{command:?}");
        program.is_sound();
    }
}

#[test]
fn near_names_are_named() {
    let mut program = Program::new();
    program.with_mlops();
    let said = program.run(&["--db", "data/retian.db"]);
    assert_eq!(said.code, 1);
    assert!(
        said.err
            .starts_with("error: there is no database at data/retian.db\nhint: did you mean `--db data/retain.db`?\n"),
        "{}",
        said.err
    );
    program.file("data/french.txt", "no database");
    let said = program.run(&["--db", "data/french.db", "stats"]);
    assert!(said.err.contains("hint: there are databases next to it: `data/retain.db`\n"), "{}", said.err);
    program.file("data/empty.db", "");
    let said = program.run(&["--db", "data/empty.db", "stats"]);
    assert!(said.err.starts_with("error: there is no database at data/empty.db: the file is empty\n"), "{}", said.err);
    assert_eq!(fs::metadata(program.folder().join("data/empty.db")).expect("the file").len(), 0);
    let said = program.run(&["--db", "data", "stats"]);
    assert!(said.err.contains("data: this is a folder, not a database"), "{}", said.err);
}

#[test]
fn names_are_plain_paths() {
    let mut program = Program::new();
    program.with_mlops();
    for name in
        [":memory:", "file:x.db", "file::memory:?cache=shared", "file:y.db?mode=ro", "a b%20?#.db", "--x.db", "ü.db"]
    {
        let db = format!("--db={name}");
        program.ok(&[&db, "import", "mlops.txt"]);
        assert!(program.folder().join(name).is_file(), "{name}");
        assert_eq!(program.ok(&[&db, "export", "cards"]).out.lines().count(), 11, "{name}");
        let copy = format!("file:{}.copy", name.trim_start_matches('-').replace(['?', ':'], "_"));
        program.ok(&[&db, "backup", &copy]);
        assert!(program.folder().join(&copy).is_file(), "{name}");
    }
}

#[test]
fn an_empty_variable_is_not_set() {
    let mut program = Program::new();
    program.with_mlops();
    let home = program.folder().join("home");
    let said = program
        .command(&["where", "--json"])
        .env("RETAIN_DB", "")
        .env("HOME", &home)
        .output()
        .expect("the program runs");
    let text = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let place: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let path = place["database"]["path"].as_str().expect("a path");
    assert!(path.starts_with(&*home.to_string_lossy()) && path.ends_with("retain.db"), "{path}");
    assert_eq!(program.run(&["--db", "", "stats"]).code, 2);
}
