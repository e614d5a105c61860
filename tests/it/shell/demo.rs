//! `retain demo`: it works for whoever has nothing yet, and touches nothing that is there.

use std::fs;

use crate::fixture::program::Program;
use crate::fixture::pty::{Pty, shell_line};

/// An answer for each kind of question; those that do not fit are asked for again.
const ANSWERS: &str = "A\n\n200\n\nABCDE\n\nA1 B2 C3 D4\n\n";

#[test]
fn the_demo_runs_in_plain_lines_and_leaves_nothing_behind() {
    let mut program = Program::new();
    program.with_mlops();
    let before = fs::read(program.db()).expect("a database");
    fs::create_dir(program.folder().join("tmp")).expect("a folder");
    let demo = |input: &str| {
        let mut child = program.command(&["demo"]);
        child.env("TMPDIR", program.folder().join("tmp"));
        child.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
        let mut child = child.spawn().expect("it starts");
        let mut pipe = child.stdin.take().expect("its input");
        // The program may have ended before it read everything.
        let _ = std::io::Write::write_all(&mut pipe, input.as_bytes());
        drop(pipe);
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success());
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let nothing = demo("");
    assert!(nothing.starts_with("This is a demo of retain"), "{nothing}");
    assert!(nothing.contains("Question 1, new, ") && nothing.contains("No answers this time."), "{nothing}");
    assert!(nothing.ends_with("`retain demo --keep FOLDER` keeps it, to see the next days.\n"), "{nothing}");
    let some = demo(&ANSWERS.repeat(60));
    assert!(some.contains("Right.") && some.contains("Wrong.") && some.contains("What happens next"), "{some}");
    assert_eq!(fs::read(program.db()).expect("a database"), before, "the person's own is as it was");
    assert_eq!(fs::read_dir(program.folder().join("tmp")).expect("a folder").count(), 0, "nothing is left behind");
}

#[test]
fn a_demo_that_is_kept_goes_on() {
    let mut program = Program::new();
    let said = program.with_input(&["demo", "--keep", "my trial"], &ANSWERS.repeat(60));
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.ends_with("To go on with it: retain --db 'my trial/retain.db' review\n"), "{}", said.out);
    assert!(!program.db().exists());
    let health = program.ok(&["--db", "my trial/retain.db", "check"]).err;
    assert!(health.starts_with("OK: 14 cards"), "{health}");
    program.at("2026-11-24T08:00:00+01:00");
    let again = program.with_input(&["demo", "--keep", "my trial"], "");
    assert!(again.out.contains("Question 1, "), "{}", again.out);
    // A database of the person's own is refused.
    program.with_mlops();
    for folder in ["data", "."] {
        fs::copy(program.db(), program.folder().join("retain.db")).expect("a copy");
        let refused = program.with_input(&["demo", "--keep", folder], "");
        assert_eq!(refused.code, 1, "{folder}");
        assert!(refused.err.contains("the demo touches none"), "{}", refused.err);
    }
}

#[test]
fn the_demo_has_questions_of_every_kind_and_all_can_be_asked() {
    let program = Program::new();
    program.file("demo.txt", include_str!("../../../decks/demo.txt"));
    let lines = program.json(&["import", "demo.txt", "--json"]);
    let kinds: std::collections::BTreeSet<&str> = lines.iter().filter_map(|line| line["kind"].as_str()).collect();
    assert_eq!(
        kinds.into_iter().collect::<Vec<_>>(),
        ["card", "cloze", "match", "multiple", "numeric", "order", "short", "single", "truefalse"]
    );
    let summary = lines.last().expect("a summary");
    assert_eq!([&summary["rejected"], &summary["warnings"], &summary["drafts"]], [0, 0, 0], "{summary}");
}

#[test]
fn the_demo_says_its_keys_and_its_end_in_a_terminal() {
    let program = Program::new();
    let mut screen = Pty::run(&program, &shell_line("demo"));
    assert!(screen.types("\r").contains("? keys"));
    screen.types_last("q");
    let shown = screen.end();
    assert!(shown.contains("Press Enter to begin.") && shown.contains("u takes back what you did last"), "{shown}");
    assert!(shown.contains("With your own questions") && shown.contains("ended 0"), "{shown}");
}

#[test]
fn a_file_is_no_folder_for_the_demo() {
    let program = Program::new();
    program.file("g.txt", "mine");
    for keep in ["g.txt", "g.txt/inner"] {
        let refused = program.run(&["demo", "--keep", keep]);
        assert_eq!((refused.code, refused.out.as_str()), (1, ""), "before anything is shown");
        assert_eq!(
            refused.err,
            "error: g.txt is a file, so no folder can be made there\nhint: name a folder: `retain demo --keep FOLDER`\n"
        );
    }
}
