//! Questions that are edited by hand: what changes, what stays, and what a bank makes of it later.

use std::fs;

use crate::fixture::trainer::{Said, Trainer, label};
use serde_json::Value;

const BANK: &str = "# Seas\nHow deep is the sea?\n- A. deep *\n- B. flat\n- C. dry\n\nHow wide is the sea?\n- A. wide *\n- B. narrow\n";

/// A bank of two questions, answered on two days, so that both cards are in review.
fn reviewed() -> Trainer {
    let mut trainer = Trainer::new();
    trainer.file("sea.txt", BANK);
    assert_eq!(trainer.run(&["import", "sea.txt"]).code, 0);
    assert_eq!(trainer.run(&["deck", "set", "sea", "learning-steps=none"]).code, 0);
    trainer.review(right);
    trainer.at("2026-11-24T08:00:00+01:00");
    trainer
}

fn right(question: &Value) -> String {
    let deep = question["stem"].as_str().expect("a stem").contains("deep");
    label(question, if deep { "deep" } else { "wide" })
}

fn card(trainer: &Trainer, stem: &str) -> Value {
    let found =
        trainer.table("cards").into_iter().find(|card| card["stem"].as_str().is_some_and(|own| own.contains(stem)));
    found.unwrap_or_else(|| panic!("no card says {stem}"))
}

fn uid(card: &Value) -> String {
    card["card"].as_str().expect("a card").to_owned()
}

/// The text that an editor gets.
fn text(trainer: &Trainer, card: &str) -> String {
    let copy = trainer.folder().join("seen.txt");
    let said = edit_with(trainer, card, &format!("cp {{}} '{}'", copy.display()));
    assert_eq!((said.code, said.err.as_str()), (0, "nothing changed\n"));
    fs::read_to_string(copy).expect("the text")
}

/// Edits a card with a script as the editor; `{}` is the file.
fn edit_with(trainer: &Trainer, card: &str, script: &str) -> Said {
    trainer.file("editor.sh", script.replace("{}", "\"$1\""));
    let mut command = trainer.command(&["card", "edit", card]);
    command.env("PATH", "/usr/bin:/bin").env("TMPDIR", trainer.folder()).env("EDITOR", "no-such-editor");
    let output = command.env("VISUAL", "sh 'editor.sh'").output().expect("the program runs");
    Said {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Edits a card by a file.
fn edit(trainer: &Trainer, card: &str, text: &str) -> Said {
    trainer.file("edited.txt", text);
    trainer.run(&["card", "edit", card, "--file", "edited.txt"])
}

fn import(trainer: &Trainer, file: &str) -> Value {
    let said = trainer.run(&["import", file, "--deck", "sea", "--json"]);
    assert_eq!(said.code, 0, "{}", said.err);
    serde_json::from_str(said.out.lines().last().expect("a summary")).expect("JSON")
}

fn figures(summary: &Value) -> [i64; 4] {
    ["new", "unchanged", "edited", "key_changed"].map(|name| summary[name].as_i64().expect("a figure"))
}

#[test]
fn an_editor_changes_a_question_and_its_answers_stay() {
    let trainer = reviewed();
    let before = card(&trainer, "deep");
    let said = edit_with(
        &trainer,
        &uid(&before),
        "sed -i 's/How deep is the sea/How deep is the ocean/; s/C. dry/C. arid/' {}",
    );
    assert_eq!((said.code, said.err.as_str()), (0, "the question is changed; its answers stay\n"));
    let after = card(&trainer, "deep");
    assert_eq!(after["stem"], "How deep is the ocean?");
    for same in ["card", "question", "topic", "due", "stability", "answers", "last_answer"] {
        assert_eq!(after[same], before[same], "{same}");
    }
    // The picks of the log are numbers of choices, which stay.
    let reviews = trainer.table("reviews");
    assert!(reviews.iter().filter(|review| review["card"] == before["card"]).all(|review| review["picked"] == "A"));
    trainer.is_sound();
    let left: Vec<_> = fs::read_dir(trainer.folder()).expect("a folder").filter_map(Result::ok).collect();
    assert!(
        !left.iter().any(|file| file.file_name().to_string_lossy().starts_with("retain-")),
        "no text is left behind"
    );
}

#[test]
fn an_editor_that_fails_changes_nothing_and_keeps_what_was_written() {
    let trainer = reviewed();
    let before = trainer.table("cards");
    let card = uid(&card(&trainer, "deep"));
    let said = edit_with(&trainer, &card, "exit 3");
    assert_eq!(said.code, 1);
    assert!(said.err.starts_with("error: the editor `sh 'editor.sh'` ended with a failure"), "{}", said.err);
    assert!(!said.err.contains("is kept"), "{}", said.err);
    let said = edit_with(&trainer, &card, "sed -i 's/dry/arid/' {}; exit 3");
    assert!(said.err.contains("the text is kept: fix it, then `retain card edit"), "{}", said.err);
    assert_eq!(trainer.table("cards"), before);
    let mut none = trainer.command(&["card", "edit", &card]);
    let none = none.env("EDITOR", "no-such-editor -x").output().expect("the program runs");
    let err = String::from_utf8_lossy(&none.stderr).into_owned();
    assert_eq!(none.status.code(), Some(1));
    assert!(err.contains("error: the editor `no-such-editor -x` cannot be started") && err.contains("hint: "), "{err}");
}

#[test]
fn what_another_process_changed_meanwhile_is_not_overwritten() {
    let trainer = reviewed();
    let id = uid(&card(&trainer, "deep"));
    trainer.file("other.txt", text(&trainer, &id).replace("the sea", "our sea"));
    // The editor's script is the other process, too.
    let other = format!(
        "'{}' --db '{}' card edit {id} --file other.txt; sed -i 's/the sea/my sea/' {{}}",
        env!("CARGO_BIN_EXE_retain"),
        trainer.db().display()
    );
    let said = edit_with(&trainer, &id, &other);
    assert_eq!(said.code, 1);
    assert!(
        said.err.contains("error: nothing changed: the question was changed elsewhere meanwhile\nhint: "),
        "{}",
        said.err
    );
    assert!(said.err.contains("the text is kept"), "{}", said.err);
    assert_eq!(uid(&card(&trainer, "our sea")), id);
}

#[test]
fn a_problem_is_told_with_its_place_and_the_text_is_kept() {
    let trainer = reviewed();
    let before = trainer.table("cards");
    let card = uid(&card(&trainer, "deep"));
    let said = edit_with(&trainer, &card, "sed -i 's/- B. flat/- D. flat/' {}");
    assert_eq!((said.code, trainer.table("cards")), (1, before.clone()));
    assert!(said.err.contains("10 | - D. flat\n   |   ^^"), "{}", said.err);
    assert!(
        said.err.contains(":10:3: error[label-order]: this option is labelled D, but B is due here\n"),
        "{}",
        said.err
    );
    assert!(said.err.contains("error: nothing changed: "), "{}", said.err);
    let kept = said.err.split("--file ").nth(1).expect("a file").trim_end().trim_end_matches('`').to_owned();
    let mended = fs::read_to_string(&kept).expect("the text").replace("- D. flat", "- B. shallow");
    fs::write(&kept, mended).expect("the text");
    let said = trainer.run(&["card", "edit", &card, "--file", &kept]);
    assert_eq!((said.code, said.err.as_str()), (0, "the question is changed; its answers stay\n"));
    let printed = trainer.run(&["bank", "print", "sea"]).out;
    assert!(printed.contains("- B. shallow\n"), "{printed}");
    // By a file, the file itself is what is kept.
    let said = edit(&trainer, &card, &text(&trainer, &card).replace("- A. deep *", "- A. deep"));
    assert_eq!(said.code, 1);
    assert!(said.err.starts_with("edited.txt:8:1: error[no-answer]: no option is marked as right\n"), "{}", said.err);
}

#[test]
fn a_text_comes_from_standard_input_too() {
    let trainer = reviewed();
    let card = uid(&card(&trainer, "wide"));
    let changed = text(&trainer, &card).replace("narrow", "slim");
    let said = trainer.with_input(&["card", "edit", &card, "--file", "-"], &changed);
    assert_eq!((said.code, said.err.as_str()), (0, "the question is changed; its answers stay\n"));
    let again = trainer.with_input(&["card", "edit", &card, "--file", "-"], &changed);
    assert_eq!((again.code, again.err.as_str()), (0, "nothing changed\n"));
    assert_eq!(trainer.run(&["card", "edit", &card, "--file", "absent.txt"]).code, 1);
    assert_eq!(trainer.run(&["card", "edit", "00000000-0000-0000-0000-000000000000", "--file", "-"]).code, 1);
    trainer.file("latin.txt", b"How wide\xe4?\n- A. a *\n- B. b\n");
    assert!(trainer.run(&["card", "edit", &card, "--file", "latin.txt"]).err.contains("is not UTF-8"));
}

#[test]
fn another_right_option_makes_the_card_due_today() {
    let mut trainer = reviewed();
    trainer.at("2026-11-23T10:00:00+01:00");
    let before = card(&trainer, "deep");
    assert_eq!(before["due"], "2026-11-24");
    let id = uid(&before);
    let said = edit(&trainer, &id, &text(&trainer, &id).replace("deep *\n- B. flat", "deep\n- B. flat *"));
    assert_eq!(
        (said.code, said.err.as_str()),
        (0, "another option is right now, so the card is due today; its answers stay\n")
    );
    let after = card(&trainer, "deep");
    assert_eq!(
        (&after["due"], &after["answers"], &after["stability"]),
        (&"2026-11-23".into(), &before["answers"], &before["stability"])
    );
    trainer.is_sound();
    // The bank did not change, so the key is the person's.
    assert_eq!(figures(&import(&trainer, "sea.txt")), [0, 2, 0, 0]);
    let mut session = trainer.session(&["--limit", "1"]);
    let question = session.read().expect("a question");
    session.send(&serde_json::json!({"type": "answer", "pick": [label(&question, "flat")]}));
    assert_eq!(session.read().expect("feedback")["right"], true);
}

#[test]
fn a_bank_that_did_not_change_leaves_an_edit_and_one_that_did_wins() {
    let trainer = reviewed();
    let id = uid(&card(&trainer, "deep"));
    let said =
        edit(&trainer, &id, &text(&trainer, &id).replace("How deep is the sea?", "What about the depth of seas?"));
    assert_eq!(said.code, 0, "{}", said.err);
    for _ in 0..2 {
        assert_eq!(figures(&import(&trainer, "sea.txt")), [0, 2, 0, 0]);
        assert_eq!(uid(&card(&trainer, "the depth of seas")), id);
    }
    // Another question of the bank changes: the edit stays.
    trainer.file("sea.txt", BANK.replace("narrow", "slim"));
    assert_eq!(figures(&import(&trainer, "sea.txt")), [0, 1, 1, 0]);
    assert_eq!(uid(&card(&trainer, "the depth of seas")), id);
    // The same bank at another place says nothing new.
    trainer.file("copy.txt", BANK.replace("narrow", "slim"));
    assert_eq!(figures(&import(&trainer, "copy.txt")), [0, 2, 0, 0]);
    assert_eq!(uid(&card(&trainer, "the depth of seas")), id);
    // An explanation is enough for the bank to win, though nothing tells by the fingerprint of stem and options.
    trainer.file("sea.txt", BANK.replace("- C. dry\n", "- C. dry\nExplanation: It is.\n").replace("narrow", "slim"));
    assert_eq!(figures(&import(&trainer, "sea.txt")), [0, 1, 1, 0]);
    let won = card(&trainer, "How deep is the sea?");
    assert_eq!((uid(&won), trainer.table("cards").len()), (id, 2));
    trainer.is_sound();
}

#[test]
fn an_import_that_is_taken_back_leaves_a_later_edit() {
    let trainer = reviewed();
    let id = uid(&card(&trainer, "deep"));
    trainer.file("sea.txt", BANK.replace("deep is the sea", "deep is our sea").replace("narrow", "slim"));
    assert_eq!(figures(&import(&trainer, "sea.txt")), [0, 0, 2, 0]);
    assert_eq!(edit(&trainer, &id, &text(&trainer, &id).replace("our sea", "my sea")).code, 0);
    let undone = trainer.run(&["import", "--undo"]);
    assert_eq!(undone.code, 0, "{}", undone.err);
    assert!(undone.err.contains("1 as before, 1 edited by hand since, so left as they are"), "{}", undone.err);
    assert_eq!(uid(&card(&trainer, "my sea")), id);
    assert!(trainer.run(&["bank", "print", "sea"]).out.contains("narrow"));
    trainer.is_sound();
    // An edit before the import comes back with the import taken back.
    assert_eq!(figures(&import(&trainer, "sea.txt")), [0, 0, 2, 0]);
    assert_eq!(uid(&card(&trainer, "our sea")), id);
    assert_eq!(trainer.run(&["import", "--undo"]).code, 0);
    assert_eq!(uid(&card(&trainer, "my sea")), id);
    trainer.is_sound();
}

#[test]
fn a_question_is_split_in_two_and_the_first_keeps_the_answers() {
    let trainer = reviewed();
    let before = card(&trainer, "deep");
    let id = uid(&before);
    let split = text(&trainer, &id).replace("How deep is the sea?", "How deep is the North Sea?")
        + "\nHow deep is the South Sea?\n- A. deeper *\n- B. shallower\n";
    let said = edit(&trainer, &id, &split);
    assert_eq!(
        (said.code, said.err.as_str()),
        (0, "the question is changed; its answers stay\n1 new question added to the deck\n")
    );
    let (north, south) = (card(&trainer, "North"), card(&trainer, "South"));
    assert_eq!(
        (&north["card"], &north["answers"], &north["topic"]),
        (&before["card"], &before["answers"], &"Seas".into())
    );
    assert_eq!((&south["state"], &south["topic"], &south["deck"]), (&"new".into(), &"Seas".into(), &"sea".into()));
    trainer.is_sound();
    // The bank knows nothing of it, and neither takes it away nor misses anything.
    let summary = import(&trainer, "sea.txt");
    assert_eq!((figures(&summary), &summary["missing"]), ([0, 2, 0, 0], &0.into()));
    assert_eq!(trainer.table("cards").len(), 3);
    // Printed and imported again, both are what they are.
    assert_eq!(trainer.run(&["bank", "print", "sea", "-o", "again.txt"]).code, 0);
    assert_eq!(figures(&import(&trainer, "again.txt")), [0, 3, 0, 0]);
    trainer.is_sound();
}

#[test]
fn a_draft_gets_its_key_by_the_identity_of_its_question() {
    let trainer = Trainer::new();
    trainer.file("sea.txt", BANK.replace(" *", ""));
    assert_eq!(trainer.run(&["import", "sea.txt", "--drafts"]).code, 0);
    assert!(trainer.table("cards").is_empty());
    let printed = trainer.run(&["bank", "print", "sea"]).out;
    let id = printed.split("{#").nth(1).and_then(|rest| rest.split('}').next()).expect("an identity").to_owned();
    let said = edit(&trainer, &id, &text(&trainer, &id).replace("A. deep", "A. deep *"));
    assert_eq!((said.code, said.err.as_str()), (0, "the question has an answer now, so it is asked from now on\n"));
    assert_eq!(card(&trainer, "deep")["state"], "new");
    // The bank knows no more than before.
    let again = trainer.run(&["import", "sea.txt", "--drafts", "--json"]);
    assert!(again.out.contains("\"unchanged\":2") && trainer.table("cards").len() == 1, "{}", again.out);
    trainer.is_sound();
}

#[test]
fn a_question_is_never_deleted() {
    let trainer = reviewed();
    let id = uid(&card(&trainer, "deep"));
    let said = edit(&trainer, &id, "---\nform: exact\n---\n\n# Seas\n");
    assert_eq!(said.code, 1);
    assert_eq!(
        said.err,
        "error: nothing changed: no question is left\nhint: questions are not deleted, because the log names them: \
         `retain card suspend CARD` puts one away\n"
    );
    assert_eq!(trainer.table("cards").len(), 2);
}

#[test]
fn a_question_with_answers_that_its_import_is_rid_of_keeps_its_edit() {
    let trainer = reviewed();
    let (deep, wide) = (uid(&card(&trainer, "deep")), uid(&card(&trainer, "wide")));
    assert_eq!(edit(&trainer, &deep, &text(&trainer, &deep).replace("deep is", "deep was")).code, 0);
    assert_eq!(trainer.run(&["card", "flag", &wide]).code, 0);
    assert_eq!(trainer.run(&["import", "--undo"]).code, 0);
    assert_eq!(uid(&card(&trainer, "How deep was the sea")), deep);
    trainer.is_sound();
    // What nobody answered goes, with its flag and its edit.
    let fresh = Trainer::new();
    fresh.file("sea.txt", BANK);
    assert_eq!(fresh.run(&["import", "sea.txt"]).code, 0);
    let deep = uid(&card(&fresh, "deep"));
    assert_eq!(edit(&fresh, &deep, &text(&fresh, &deep).replace("deep is", "deep was")).code, 0);
    assert_eq!(fresh.run(&["card", "flag", &deep]).code, 0);
    let undone = fresh.run(&["import", "--undo"]);
    assert_eq!((undone.code, fresh.table("cards").len()), (0, 0), "{}", undone.err);
    fresh.is_sound();
}

/// Edits a card in a pseudo-terminal and answers what is asked with `typed`. None where the machine has no `script`.
#[cfg(target_os = "linux")]
fn edit_in_terminal(trainer: &Trainer, card: &str, script: &str, typed: &str) -> Option<String> {
    use std::io::Write;
    use std::process::{Command, Stdio};
    trainer.file("editor.sh", script.replace("{}", "\"$1\""));
    let line = format!("'{}' card edit {card}; echo \"ended $?\"", env!("CARGO_BIN_EXE_retain"));
    let mut command = Command::new("script");
    command.args(["-q", "-e", "-c", &line, "/dev/null"]).current_dir(trainer.folder());
    command.env("RETAIN_DB", trainer.db()).env("RETAIN_NOW", "2026-11-24T08:00:00+01:00");
    command.env("TMPDIR", trainer.folder()).env("NO_COLOR", "1").env("VISUAL", "sh editor.sh");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let mut input = child.stdin.take()?;
    input.write_all(typed.as_bytes()).ok()?;
    let output = child.wait_with_output().ok()?;
    drop(input);
    Some(String::from_utf8_lossy(&output.stdout).replace('\r', ""))
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_a_problem_is_told_and_the_text_can_be_edited_again() {
    let trainer = reviewed();
    let id = uid(&card(&trainer, "deep"));
    let in_turns = "if grep -q 'D. flat' {}; then sed -i 's/- D. flat/- B. shallow/' {}; else sed -i 's/- B. flat/- D. flat/' {}; fi";
    let Some(shown) = edit_in_terminal(&trainer, &id, in_turns, "\n") else { return };
    let (problem, asked) = (shown.find("error[label-order]"), shown.find("edit again? [Y/n]"));
    assert!(problem.is_some() && problem < asked, "{shown}");
    assert!(shown.contains("the question is changed; its answers stay\nended 0"), "{shown}");
    assert!(trainer.run(&["bank", "print", "sea"]).out.contains("- B. shallow\n"));

    let before = trainer.table("cards");
    let shown = edit_in_terminal(&trainer, &id, "sed -i 's/- B. /- E. /' {}", "n\n").expect("a terminal");
    assert!(shown.contains("error: the question is as it was\nhint: the text is kept: fix it, then"), "{shown}");
    assert!(shown.contains("ended 1") && shown.matches("error[label-order]").count() == 1, "{shown}");
    assert_eq!(trainer.table("cards"), before);
}
