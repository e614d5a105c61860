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

#[cfg(unix)]
#[test]
fn what_was_written_in_an_editor_is_kept() {
    let program = Program::new();
    program.file("odd.sh", "printf 'Which star is ours?\\n- A. Sun *\\n' >> \"$1\"\n");
    program.file("gone.sh", "rm \"$1\"\n");
    let run = |editor: &str| {
        let mut command = program.command(&["add", "Stars", "--edit"]);
        let command = command.env("EDITOR", format!("sh {editor}")).env("TMPDIR", program.folder());
        let output = command.output().expect("the program");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, said) = run("odd.sh");
    assert_eq!(code, Some(1), "{said}");
    let file = said.split("--file \"").nth(1).and_then(|rest| rest.split('"').next()).expect("a file");
    let text = std::fs::read_to_string(file).expect("the text");
    assert!(text.contains("Which star is ours?\n- A. Sun *\n"), "{text}");
    std::fs::write(file, text + "- B. Sirius\n").expect("the text");
    program.ok(&["add", "Stars", "--file", file]);
    assert_eq!(program.table("cards")[0]["stem"], "Which star is ours?");
    let (code, said) = run("gone.sh");
    assert!(code == Some(1) && said.contains("the editor `sh gone.sh` left no file"), "{said}");
}

/// Answers the prompts of `retain add` in a pseudo-terminal, line by line.
fn add_in_terminal(program: &Program, typed: &str) -> String {
    use crate::fixture::pty::{Pty, words};
    program.file("fix.sh", "sed -i 's/- B. a$/- B. b/' \"$1\"\n");
    let command = env!("CARGO_BIN_EXE_retain");
    let mut screen =
        Pty::raw(program, &format!("VISUAL='sh fix.sh' TMPDIR=. NO_COLOR=1 '{command}' add Stars; echo \"ended $?\""));
    for line in typed.split_inclusive('\n') {
        screen.types(&line.replace('\n', "\r"));
    }
    words(&screen.end())
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn nothing_that_was_typed_at_prompts_is_lost() {
    let program = Program::new();
    // One option is refused at once, and the end at a second question takes nothing away.
    let shown = add_in_terminal(&program, "Which star?\nSun *\n\nSirius\n\n\n\ny\n\u{4}");
    assert!(shown.contains("at least two: write another"), "{shown}");
    assert!(shown.contains("added to Stars") && shown.contains("nothing more was added ended 0"), "{shown}");
    // Two equal options are seen at the end, and corrected in the editor.
    let shown = add_in_terminal(&program, "Which planet?\na *\na\n\n\n\n\n");
    assert!(shown.contains("correct it in your editor? [Y/n]") && shown.contains("ended 0"), "{shown}");
    assert_eq!(program.table("cards").len(), 2, "{shown}");
    // Or kept.
    let shown = add_in_terminal(&program, "Which moon?\na *\na\n\n\n\nn\n");
    assert!(shown.contains("the text is kept: fix it, then `retain add") && shown.contains("ended 1"), "{shown}");
}

#[cfg(target_os = "linux")]
#[test]
fn prompts_take_the_keys_of_every_field_and_what_is_pasted() {
    use crate::fixture::pty::{Pty, shell_line};
    let program = Program::new();
    let mut screen = Pty::run(&program, &shell_line("add Words"));
    // To the beginning, a word; to the end, the last sign away; a word away, and another one.
    screen.types("is it\u{1}What \u{5}s\u{8}?");
    screen.types_at_once("\r");
    screen.types("\u{1b}[200~one\nline\u{1b}[201~ *\r");
    screen.types("two three\u{17}four\u{1b}[D\u{1b}[D\u{b}\r");
    screen.types("\r");
    screen.types("\u{1b}[200~first\nsecond\u{1b}[201~\r");
    screen.types("\r");
    screen.types("n\r");
    let shown = screen.end();
    assert!(shown.contains("ended 0"), "{shown}");
    let cards = program.table("cards");
    assert_eq!(cards[0]["stem"], "What is it?", "{shown}");
    let options: Vec<_> = program.table("choices").iter().map(|choice| choice["text"].clone()).collect();
    assert_eq!(options, ["one line", "two fo"], "{shown}");
    let text = program.ok(&["bank", "print", "Words"]).out;
    assert!(text.contains("first") && text.contains("second"), "{text}");
    program.is_sound();
}
