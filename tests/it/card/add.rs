//! Questions added by hand: from a file, from standard input, and in an editor.

use crate::fixture::program::Program;

const QUESTION: &str = "1. Which planet is red?\nA. Venus\nB. Mars *\n";

#[test]
fn a_question_makes_its_deck() {
    let program = Program::new();
    let mut talk = String::new();
    let steps: [(&[&str], &str); 9] = [
        (&["add"], QUESTION),
        (&["add", "Planets"], QUESTION),
        (&["add", "Planets"], QUESTION),
        (&["add"], "2. Which planet is large?\nA. Jupiter *\nB. Mars\n\n3. And small?\nA. Mercury *\nB. Mars\n"),
        (&["add", "Planet"], QUESTION),
        (&["add", "Planetts"], QUESTION),
        (&["add", "Planets"], "no question at all"),
        (&["add", "Planets"], "4. Which one?\nA. a\nB. b\n"),
        (&["add", "Planets"], ""),
    ];
    for (args, input) in steps {
        let output = program.with_input(args, input);
        talk += &format!("$ retain {}\n{}{}\n", args.join(" "), output.out, output.err);
    }
    // Ids follow from the texts, so they are the same everywhere.
    insta::assert_snapshot!(talk);
    assert_eq!(program.table("cards").len(), 3);
    program.is_sound();
    program.ok(&["undo", "--yes"]);
    assert_eq!(program.table("cards").len(), 3, "a refused text was no deed, and this undid the questions before");
}

#[cfg(unix)]
#[test]
fn an_editor_writes_the_exact_form() {
    use std::os::unix::fs::PermissionsExt;
    let program = Program::new();
    let script = program
        .file("editor.sh", "#!/bin/sh\nprintf 'Which *star* is ours?\\n- A. Sun *\\n- B. Sirius\\n' >> \"$1\"\n");
    let path = program.folder().join(&script);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("a script");
    let output = program.command(&["add", "Stars", "--edit"]).env("EDITOR", &path).output().expect("the program");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(program.table("cards")[0]["stem"], "Which *star* is ours?");
    let left = program.command(&["add", "Stars", "--edit"]).env("EDITOR", "true").output().expect("the program");
    assert!(String::from_utf8_lossy(&left.stderr).contains("nothing was added"));
    program.is_sound();
}

#[test]
fn an_editor_for_a_terminal_is_not_started_on_a_pipe() {
    let program = Program::new();
    for editor in ["vi", "/usr/bin/nano -w"] {
        let output = program.command(&["add", "Stars", "--edit"]).env("EDITOR", editor).output().expect("the program");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{told}");
        assert!(
            told.starts_with(&format!("error: this is not a terminal, so the editor `{editor}` cannot be started\n")),
            "{told}"
        );
        assert!(told.contains("hint: `--file FILE` takes the text from a file"), "{told}");
    }
    let added = program.with_input(&["add", "Stars", "--file", "-"], "Which star is ours?\n- Sun *\n- Sirius\n");
    assert_eq!(added.code, 0, "what the hint says works: {}", added.err);
}
