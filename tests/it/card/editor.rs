//! `retain card edit` as a process: the editor that it starts, the text that is kept, and the terminal.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use super::edit::{reviewed, text, uid};
use crate::fixture::program::{CommandOutput, Program};
use crate::fixture::pty::NEEDS_SCRIPT;
use crate::fixture::study::Study;

/// Edits a card with a script as the editor; `{}` is the file.
fn edit_with(program: &Program, card: &str, script: &str) -> CommandOutput {
    program.file("editor.sh", script.replace("{}", "\"$1\""));
    let mut command = program.command(&["card", "edit", card]);
    command.env("PATH", "/usr/bin:/bin").env("TMPDIR", program.folder()).env("EDITOR", "no-such-editor");
    let output = command.env("VISUAL", "sh 'editor.sh'").output().expect("the program runs");
    CommandOutput {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Edits a card by a file.
fn edit(program: &Program, card: &str, text: &str) -> CommandOutput {
    program.file("edited.txt", text);
    program.run(&["card", "edit", card, "--file", "edited.txt"])
}

fn stems(program: &Program) -> Vec<String> {
    program.table("cards").iter().map(|card| card["stem"].as_str().expect("a stem").to_owned()).collect()
}

/// Somebody who answered two questions, and the card of the first.
fn program() -> (Study, Program, String) {
    let study = reviewed();
    let (program, id) = (study.program(), uid(&study, "deep").to_string());
    (study, program, id)
}

#[test]
fn an_editor_changes_a_question_and_its_answers_stay() {
    let (study, program, id) = program();
    // An editor is handed the text of the question.
    let copy = program.folder().join("seen.txt");
    let said = edit_with(&program, &id, &format!("cp {{}} '{}'", copy.display()));
    assert_eq!((said.code, said.err.as_str()), (0, "nothing changed\n"));
    assert_eq!(fs::read_to_string(copy).expect("the text"), text(&study, uid(&study, "deep")));
    let said = edit_with(&program, &id, "sed -i 's/How deep is the sea/How deep is the ocean/; s/C. dry/C. arid/' {}");
    assert_eq!((said.code, said.err.as_str()), (0, "the question is changed; its answers stay\n"));
    assert!(stems(&program).contains(&"How deep is the ocean?".into()), "{:?}", stems(&program));
    let left: Vec<_> = fs::read_dir(program.folder()).expect("a folder").filter_map(Result::ok).collect();
    assert!(
        !left.iter().any(|file| file.file_name().to_string_lossy().starts_with("retain-")),
        "no text is left behind"
    );
}

#[test]
fn an_editor_that_fails_changes_nothing_and_keeps_what_was_written() {
    let (_, program, card) = program();
    let before = program.table("cards");
    let said = edit_with(&program, &card, "exit 3");
    assert_eq!(said.code, 1);
    assert!(said.err.starts_with("error: the editor `sh 'editor.sh'` ended with a failure"), "{}", said.err);
    assert!(!said.err.contains("is kept"), "{}", said.err);
    let said = edit_with(&program, &card, "sed -i 's/dry/arid/' {}; exit 3");
    assert!(said.err.contains("the text is kept: fix it, then `retain card edit"), "{}", said.err);
    assert_eq!(program.table("cards"), before);
    let mut none = program.command(&["card", "edit", &card]);
    let none = none.env("EDITOR", "no-such-editor -x").output().expect("the program runs");
    let err = String::from_utf8_lossy(&none.stderr).into_owned();
    assert_eq!(none.status.code(), Some(1));
    assert!(err.contains("error: the editor `no-such-editor -x` cannot be started") && err.contains("hint: "), "{err}");
}

#[test]
fn what_was_written_while_another_process_changed_the_question_is_kept() {
    let (study, program, id) = program();
    program.file("other.txt", text(&study, uid(&study, "deep")).replace("the sea", "our sea"));
    // The editor's script is the other process, too.
    let other = format!(
        "'{}' --db '{}' card edit {id} --file other.txt; sed -i 's/the sea/my sea/' {{}}",
        env!("CARGO_BIN_EXE_retain"),
        program.db().display()
    );
    let said = edit_with(&program, &id, &other);
    assert_eq!(said.code, 1);
    assert!(
        said.err.contains("error: nothing changed: the question was changed elsewhere meanwhile\nhint: "),
        "{}",
        said.err
    );
    assert!(said.err.contains("the text is kept"), "{}", said.err);
    assert!(stems(&program).contains(&"How deep is our sea?".into()), "{:?}", stems(&program));
}

#[test]
fn a_problem_is_told_with_its_place_and_the_text_is_kept() {
    let (study, program, card) = program();
    let before = program.table("cards");
    let said = edit_with(&program, &card, "sed -i 's/- B. flat/- D. flat/' {}");
    assert_eq!((said.code, program.table("cards")), (1, before.clone()));
    assert!(said.err.contains("10 | - D. flat\n   |   ^^"), "{}", said.err);
    assert!(
        said.err.contains(":10:3: error[label-order]: this option is labelled D, but B is due here\n"),
        "{}",
        said.err
    );
    assert!(said.err.contains("error: nothing changed: "), "{}", said.err);
    let kept =
        said.err.split("--file ").nth(1).expect("a file").trim_end().trim_end_matches('`').trim_matches('"').to_owned();
    let fixed = fs::read_to_string(&kept).expect("the text").replace("- D. flat", "- B. shallow");
    fs::write(&kept, fixed).expect("the text");
    let said = program.run(&["card", "edit", &card, "--file", &kept]);
    assert_eq!((said.code, said.err.as_str()), (0, "the question is changed; its answers stay\n"));
    let printed = program.run(&["bank", "print", "sea"]).out;
    assert!(printed.contains("- B. shallow\n"), "{printed}");
    // By a file, the file itself is what is kept.
    let unkeyed = text(&study, uid(&study, "deep")).replace("- A. deep *", "- A. deep");
    let said = edit(&program, &card, &unkeyed);
    assert_eq!(said.code, 1);
    assert!(said.err.starts_with("edited.txt:8:1: error[no-answer]: no option is marked as right\n"), "{}", said.err);
}

#[test]
fn a_text_comes_from_standard_input_too() {
    let study = reviewed();
    let (program, wide) = (study.program(), uid(&study, "wide"));
    let (card, changed) = (wide.to_string(), text(&study, wide).replace("narrow", "slim"));
    let said = program.with_input(&["card", "edit", &card, "--file", "-"], &changed);
    assert_eq!((said.code, said.err.as_str()), (0, "the question is changed; its answers stay\n"));
    let again = program.with_input(&["card", "edit", &card, "--file", "-"], &changed);
    assert_eq!((again.code, again.err.as_str()), (0, "nothing changed\n"));
    assert_eq!(program.run(&["card", "edit", &card, "--file", "absent.txt"]).code, 1);
    assert_eq!(program.run(&["card", "edit", "00000000-0000-0000-0000-000000000000", "--file", "-"]).code, 1);
    program.file("latin.txt", b"How wide\xe4?\n- A. a *\n- B. b\n");
    assert!(program.run(&["card", "edit", &card, "--file", "latin.txt"]).err.contains("is not UTF-8"));
}

/// Edits a card in a pseudo-terminal and answers what is asked with `typed`.
fn edit_in_terminal(program: &Program, card: &str, script: &str, typed: &str) -> String {
    program.file("editor.sh", script.replace("{}", "\"$1\""));
    let line = format!("'{}' card edit {card}; echo \"ended $?\"", env!("CARGO_BIN_EXE_retain"));
    let mut command = Command::new("script");
    command.args(["-q", "-e", "-c", &line, "/dev/null"]).current_dir(program.folder());
    command.env("RETAIN_DB", program.db()).env("RETAIN_NOW", "2026-11-24T08:00:00+01:00");
    command.env("TMPDIR", program.folder()).env("NO_COLOR", "1").env("VISUAL", "sh editor.sh");
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut child = child.unwrap_or_else(|error| panic!("{NEEDS_SCRIPT}: {error}"));
    let mut input = child.stdin.take().expect("its input");
    input.write_all(typed.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    drop(input);
    String::from_utf8_lossy(&output.stdout).replace('\r', "")
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn on_a_terminal_a_problem_is_told_and_the_text_can_be_edited_again() {
    let (_, program, id) = program();
    let in_turns = "if grep -q 'D. flat' {}; then sed -i 's/- D. flat/- B. shallow/' {}; else sed -i 's/- B. flat/- D. flat/' {}; fi";
    let shown = edit_in_terminal(&program, &id, in_turns, "\n");
    let (problem, asked) = (shown.find("error[label-order]"), shown.find("edit again? [Y/n]"));
    assert!(problem.is_some() && problem < asked, "{shown}");
    assert!(shown.contains("the question is changed; its answers stay\nended 0"), "{shown}");
    assert!(program.run(&["bank", "print", "sea"]).out.contains("- B. shallow\n"));

    let before = program.table("cards");
    let shown = edit_in_terminal(&program, &id, "sed -i 's/- B. /- E. /' {}", "n\n");
    assert!(shown.contains("error: the question is as it was\nhint: the text is kept: fix it, then"), "{shown}");
    assert!(shown.contains("ended 1") && shown.matches("error[label-order]").count() == 1, "{shown}");
    // The end of the input is no yes, and what is neither is asked again.
    let shown = edit_in_terminal(&program, &id, "sed -i 's/- B. /- E. /' {}", "what\n\u{4}");
    assert!(shown.contains("hint: the text is kept: fix it, then") && shown.contains("ended 1"), "{shown}");
    assert_eq!(shown.matches("edit again? [Y/n]").count(), 2, "{shown}");
    assert_eq!(program.table("cards"), before);
}
