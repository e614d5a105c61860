//! Questions that are edited by hand: what changes, what stays, and what a bank makes of it later.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use crate::fixture::program::{CommandOutput, Program, label};
use crate::fixture::pty::NEEDS_SCRIPT;
use serde_json::Value;

const BANK: &str = "# Seas\nHow deep is the sea?\n- A. deep *\n- B. flat\n- C. dry\n\nHow wide is the sea?\n- A. wide *\n- B. narrow\n";

/// A bank of two questions, answered on two days, so that both cards are in review.
fn reviewed() -> Program {
    let mut program = Program::new();
    program.file("sea.txt", BANK);
    program.ok(&["import", "sea.txt"]);
    program.ok(&["deck", "set", "sea", "learning-steps=none"]);
    program.review(right);
    program.at("2026-11-24T08:00:00+01:00");
    program
}

fn right(question: &Value) -> String {
    let deep = question["stem"].as_str().expect("a stem").contains("deep");
    label(question, if deep { "deep" } else { "wide" })
}

fn card(program: &Program, stem: &str) -> Value {
    let found =
        program.table("cards").into_iter().find(|card| card["stem"].as_str().is_some_and(|own| own.contains(stem)));
    found.unwrap_or_else(|| panic!("no card says {stem}"))
}

fn uid(card: &Value) -> String {
    card["card"].as_str().expect("a card").to_owned()
}

/// The text that an editor gets.
fn text(program: &Program, card: &str) -> String {
    let copy = program.folder().join("seen.txt");
    let said = edit_with(program, card, &format!("cp {{}} '{}'", copy.display()));
    assert_eq!((said.code, said.err.as_str()), (0, "nothing changed\n"));
    fs::read_to_string(copy).expect("the text")
}

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

fn import(program: &Program, file: &str) -> Value {
    program.ok(&["import", file, "--deck", "sea", "--json"]).summary()
}

fn figures(summary: &Value) -> [i64; 4] {
    ["new", "unchanged", "edited", "key_changed"].map(|name| summary[name].as_i64().expect("a figure"))
}

#[test]
fn an_editor_changes_a_question_and_its_answers_stay() {
    let program = reviewed();
    let before = card(&program, "deep");
    let said = edit_with(
        &program,
        &uid(&before),
        "sed -i 's/How deep is the sea/How deep is the ocean/; s/C. dry/C. arid/' {}",
    );
    assert_eq!((said.code, said.err.as_str()), (0, "the question is changed; its answers stay\n"));
    let after = card(&program, "deep");
    assert_eq!(after["stem"], "How deep is the ocean?");
    for same in ["card", "question", "topic", "due", "stability", "answers", "last_answer"] {
        assert_eq!(after[same], before[same], "{same}");
    }
    // The picks of the log are numbers of choices, which stay.
    let reviews = program.table("reviews");
    assert!(reviews.iter().filter(|review| review["card"] == before["card"]).all(|review| review["picked"] == "A"));
    program.is_sound();
    let left: Vec<_> = fs::read_dir(program.folder()).expect("a folder").filter_map(Result::ok).collect();
    assert!(
        !left.iter().any(|file| file.file_name().to_string_lossy().starts_with("retain-")),
        "no text is left behind"
    );
}

#[test]
fn an_editor_that_fails_changes_nothing_and_keeps_what_was_written() {
    let program = reviewed();
    let before = program.table("cards");
    let card = uid(&card(&program, "deep"));
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
fn what_another_process_changed_meanwhile_is_not_overwritten() {
    let program = reviewed();
    let id = uid(&card(&program, "deep"));
    program.file("other.txt", text(&program, &id).replace("the sea", "our sea"));
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
    assert_eq!(uid(&card(&program, "our sea")), id);
}

#[test]
fn a_problem_is_told_with_its_place_and_the_text_is_kept() {
    let program = reviewed();
    let before = program.table("cards");
    let card = uid(&card(&program, "deep"));
    let said = edit_with(&program, &card, "sed -i 's/- B. flat/- D. flat/' {}");
    assert_eq!((said.code, program.table("cards")), (1, before.clone()));
    assert!(said.err.contains("10 | - D. flat\n   |   ^^"), "{}", said.err);
    assert!(
        said.err.contains(":10:3: error[label-order]: this option is labelled D, but B is due here\n"),
        "{}",
        said.err
    );
    assert!(said.err.contains("error: nothing changed: "), "{}", said.err);
    let kept = said.err.split("--file ").nth(1).expect("a file").trim_end().trim_end_matches('`').to_owned();
    let fixed = fs::read_to_string(&kept).expect("the text").replace("- D. flat", "- B. shallow");
    fs::write(&kept, fixed).expect("the text");
    let said = program.run(&["card", "edit", &card, "--file", &kept]);
    assert_eq!((said.code, said.err.as_str()), (0, "the question is changed; its answers stay\n"));
    let printed = program.run(&["bank", "print", "sea"]).out;
    assert!(printed.contains("- B. shallow\n"), "{printed}");
    // By a file, the file itself is what is kept.
    let said = edit(&program, &card, &text(&program, &card).replace("- A. deep *", "- A. deep"));
    assert_eq!(said.code, 1);
    assert!(said.err.starts_with("edited.txt:8:1: error[no-answer]: no option is marked as right\n"), "{}", said.err);
}

#[test]
fn a_text_comes_from_standard_input_too() {
    let program = reviewed();
    let card = uid(&card(&program, "wide"));
    let changed = text(&program, &card).replace("narrow", "slim");
    let said = program.with_input(&["card", "edit", &card, "--file", "-"], &changed);
    assert_eq!((said.code, said.err.as_str()), (0, "the question is changed; its answers stay\n"));
    let again = program.with_input(&["card", "edit", &card, "--file", "-"], &changed);
    assert_eq!((again.code, again.err.as_str()), (0, "nothing changed\n"));
    assert_eq!(program.run(&["card", "edit", &card, "--file", "absent.txt"]).code, 1);
    assert_eq!(program.run(&["card", "edit", "00000000-0000-0000-0000-000000000000", "--file", "-"]).code, 1);
    program.file("latin.txt", b"How wide\xe4?\n- A. a *\n- B. b\n");
    assert!(program.run(&["card", "edit", &card, "--file", "latin.txt"]).err.contains("is not UTF-8"));
}

#[test]
fn another_right_option_makes_the_card_due_today() {
    let mut program = reviewed();
    program.at("2026-11-23T10:00:00+01:00");
    let before = card(&program, "deep");
    assert_eq!(before["due"], "2026-11-24");
    let id = uid(&before);
    let said = edit(&program, &id, &text(&program, &id).replace("deep *\n- B. flat", "deep\n- B. flat *"));
    assert_eq!(
        (said.code, said.err.as_str()),
        (0, "another option is right now, so the card is due today; its answers stay\n")
    );
    let after = card(&program, "deep");
    assert_eq!(
        (&after["due"], &after["answers"], &after["stability"]),
        (&"2026-11-23".into(), &before["answers"], &before["stability"])
    );
    program.is_sound();
    // The bank did not change, so the key is the person's.
    assert_eq!(figures(&import(&program, "sea.txt")), [0, 2, 0, 0]);
    let mut session = program.session(&["--limit", "1"]);
    let question = session.read().expect("a question");
    session.send(&serde_json::json!({"type": "answer", "pick": [label(&question, "flat")]}));
    assert_eq!(session.read().expect("feedback")["right"], true);
}

#[test]
fn a_bank_that_did_not_change_leaves_an_edit_and_one_that_did_wins() {
    let program = reviewed();
    let id = uid(&card(&program, "deep"));
    let said =
        edit(&program, &id, &text(&program, &id).replace("How deep is the sea?", "What about the depth of seas?"));
    assert_eq!(said.code, 0, "{}", said.err);
    for _ in 0..2 {
        assert_eq!(figures(&import(&program, "sea.txt")), [0, 2, 0, 0]);
        assert_eq!(uid(&card(&program, "the depth of seas")), id);
    }
    // Another question of the bank changes: the edit stays.
    program.file("sea.txt", BANK.replace("narrow", "slim"));
    assert_eq!(figures(&import(&program, "sea.txt")), [0, 1, 1, 0]);
    assert_eq!(uid(&card(&program, "the depth of seas")), id);
    // The same bank at another place says nothing new.
    program.file("copy.txt", BANK.replace("narrow", "slim"));
    assert_eq!(figures(&import(&program, "copy.txt")), [0, 2, 0, 0]);
    assert_eq!(uid(&card(&program, "the depth of seas")), id);
    // An explanation is enough for the bank to win, though nothing tells by the fingerprint of stem and options.
    program.file("sea.txt", BANK.replace("- C. dry\n", "- C. dry\nExplanation: It is.\n").replace("narrow", "slim"));
    assert_eq!(figures(&import(&program, "sea.txt")), [0, 1, 1, 0]);
    let won = card(&program, "How deep is the sea?");
    assert_eq!((uid(&won), program.table("cards").len()), (id, 2));
    program.is_sound();
}

#[test]
fn an_import_that_is_taken_back_leaves_a_later_edit() {
    let program = reviewed();
    let id = uid(&card(&program, "deep"));
    program.file("sea.txt", BANK.replace("deep is the sea", "deep is our sea").replace("narrow", "slim"));
    assert_eq!(figures(&import(&program, "sea.txt")), [0, 0, 2, 0]);
    assert_eq!(edit(&program, &id, &text(&program, &id).replace("our sea", "my sea")).code, 0);
    let undone = program.ok(&["import", "--undo"]);
    assert!(undone.err.contains("1 as before, 1 edited by hand since, so left as they are"), "{}", undone.err);
    assert_eq!(uid(&card(&program, "my sea")), id);
    assert!(program.run(&["bank", "print", "sea"]).out.contains("narrow"));
    program.is_sound();
    // An edit before the import comes back with the import taken back.
    assert_eq!(figures(&import(&program, "sea.txt")), [0, 0, 2, 0]);
    assert_eq!(uid(&card(&program, "our sea")), id);
    program.ok(&["import", "--undo"]);
    assert_eq!(uid(&card(&program, "my sea")), id);
    program.is_sound();
}

#[test]
fn a_question_is_split_in_two_and_the_first_keeps_the_answers() {
    let program = reviewed();
    let before = card(&program, "deep");
    let id = uid(&before);
    let split = text(&program, &id).replace("How deep is the sea?", "How deep is the North Sea?")
        + "\nHow deep is the South Sea?\n- A. deeper *\n- B. shallower\n";
    let said = edit(&program, &id, &split);
    assert_eq!(
        (said.code, said.err.as_str()),
        (0, "the question is changed; its answers stay\n1 new question added to the deck\n")
    );
    let (north, south) = (card(&program, "North"), card(&program, "South"));
    assert_eq!(
        (&north["card"], &north["answers"], &north["topic"]),
        (&before["card"], &before["answers"], &"Seas".into())
    );
    assert_eq!((&south["state"], &south["topic"], &south["deck"]), (&"new".into(), &"Seas".into(), &"sea".into()));
    program.is_sound();
    // The bank knows nothing of it, and neither takes it away nor misses anything.
    let summary = import(&program, "sea.txt");
    assert_eq!((figures(&summary), &summary["missing"]), ([0, 2, 0, 0], &0.into()));
    assert_eq!(program.table("cards").len(), 3);
    // Printed and imported again, both are what they are.
    program.ok(&["bank", "print", "sea", "-o", "again.txt"]);
    assert_eq!(figures(&import(&program, "again.txt")), [0, 3, 0, 0]);
    program.is_sound();
}

#[test]
fn a_draft_gets_its_key_by_the_identity_of_its_question() {
    let program = Program::new();
    program.file("sea.txt", BANK.replace(" *", ""));
    program.ok(&["import", "sea.txt", "--drafts"]);
    assert!(program.table("cards").is_empty());
    let printed = program.run(&["bank", "print", "sea"]).out;
    let id = printed.split("{#").nth(1).and_then(|rest| rest.split('}').next()).expect("an identity").to_owned();
    let said = edit(&program, &id, &text(&program, &id).replace("A. deep", "A. deep *"));
    assert_eq!((said.code, said.err.as_str()), (0, "the question has an answer now, so it is asked from now on\n"));
    assert_eq!(card(&program, "deep")["state"], "new");
    // The bank knows no more than before.
    let again = program.run(&["import", "sea.txt", "--drafts", "--json"]);
    assert!(again.out.contains("\"unchanged\":2") && program.table("cards").len() == 1, "{}", again.out);
    program.is_sound();
}

#[test]
fn a_question_is_never_deleted() {
    let program = reviewed();
    let id = uid(&card(&program, "deep"));
    let said = edit(&program, &id, "---\nform: exact\n---\n\n# Seas\n");
    assert_eq!(said.code, 1);
    assert_eq!(
        said.err,
        "error: nothing changed: no question is left\nhint: questions are not deleted, because the log names them: \
         `retain card suspend CARD` puts one away\n"
    );
    assert_eq!(program.table("cards").len(), 2);
}

#[test]
fn a_question_with_answers_that_its_import_is_rid_of_keeps_its_edit() {
    let program = reviewed();
    let (deep, wide) = (uid(&card(&program, "deep")), uid(&card(&program, "wide")));
    assert_eq!(edit(&program, &deep, &text(&program, &deep).replace("deep is", "deep was")).code, 0);
    program.ok(&["card", "flag", &wide]);
    program.ok(&["import", "--undo"]);
    assert_eq!(uid(&card(&program, "How deep was the sea")), deep);
    program.is_sound();
    // What nobody answered goes, with its flag and its edit.
    let fresh = Program::new();
    fresh.file("sea.txt", BANK);
    fresh.ok(&["import", "sea.txt"]);
    let deep = uid(&card(&fresh, "deep"));
    assert_eq!(edit(&fresh, &deep, &text(&fresh, &deep).replace("deep is", "deep was")).code, 0);
    fresh.ok(&["card", "flag", &deep]);
    let undone = fresh.run(&["import", "--undo"]);
    assert_eq!((undone.code, fresh.table("cards").len()), (0, 0), "{}", undone.err);
    fresh.is_sound();
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
    let program = reviewed();
    let id = uid(&card(&program, "deep"));
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
    assert_eq!(program.table("cards"), before);
}
