//! Where the files are, and how large.

use std::fs;

use crate::fixture::program::Program;

#[test]
fn where_says_where_everything_is() {
    let mut program = Program::new();
    let said = program.ok(&["where"]);
    assert!(said.out.contains("(not made yet)") && said.out.contains("(no files)"), "{}", said.out);
    assert!(!program.db().exists());
    program.with_mlops();
    program.file("red.png", b"\x89PNG no picture, but bytes");
    program.file("red.md", "#### Q1. Which is red? ![it](red.png)\n\n- [x] this\n- [ ] that\n");
    program.ok(&["import", "red.md"]);
    program.ok(&["backup"]);
    program.at("2026-11-24T08:00:00+01:00").ok(&["backup"]);
    let place = &program.json(&["where", "--json"])[0];
    let bytes = fs::metadata(program.db()).expect("the database").len();
    assert_eq!(place["database"]["path"], program.db().display().to_string());
    assert_eq!((&place["database"]["files"], &place["database"]["bytes"]), (&1.into(), &bytes.into()));
    assert_eq!((&place["media"]["files"], &place["media"]["bytes"]), (&1.into(), &26.into()));
    assert_eq!(place["backups"]["files"], 3, "one before the second import, and two by hand");
    let newest = place["backups"]["newest"].as_str().expect("a path");
    assert!(newest.ends_with("/data/backups/retain.db.20261124T070000Z.by-hand.backup"), "{newest}");
    assert_eq!(place["settings"]["path"], program.db().display().to_string());
    assert_eq!(place["config"]["exists"], false);
    let text = program.ok(&["where"]).out;
    assert_eq!(text.lines().count(), 5);
    for (line, begin) in text.lines().zip(["database  ", "media     ", "backups   ", "settings  ", "config    "]) {
        assert!(line.starts_with(begin) && line.contains("/data"), "{line}");
    }
    let said = program.ok(&["-v", "deck", "list"]);
    assert_eq!(said.err, text);
    assert_eq!(program.ok(&["-v", "where"]).err, "");
}
