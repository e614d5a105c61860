//! What commands say: counts, names and hints as a person reads them.

use crate::fixture::program::Program;

/// A bank with one text that leaves out two things.
fn with_a_text() -> Program {
    let program = Program::new();
    program.file(
        "text.txt",
        "---\nform: exact\ndeck: Text\n---\n\nThe {{c1::Tiber}} flows through {{c2::Rome}}.\nKind: cloze\n",
    );
    program.ok(&["import", "text.txt"]);
    program
}

#[test]
fn undo_names_the_card_as_it_was_shown() {
    let program = with_a_text();
    program.with_input(&["review", "--plain", "--limit", "1"], "\n3\n");
    let said = program.run(&["check"]);
    assert_eq!(said.err, "all is well: 2 cards, 1 answer; memory agrees with the log to the bit\n");
    let said = program.run(&["undo"]);
    assert!(said.err.starts_with("took back: answered “The […] flows through Rome.”\n"), "{}", said.err);
}

#[test]
fn what_a_bank_says_steers_no_terminal_in_a_list() {
    let program = Program::new();
    program.file("bank.txt", "Who \u{202e}wrote it?\n- A. \u{2066}she *\n- B. he\n");
    program.ok(&["import", "bank.txt", "--deck", "A"]);
    let list = program.run(&["card", "list"]).out;
    assert!(list.contains("Who wrote it?"), "{list}");
    let card = list.lines().nth(1).expect("a card").split(' ').next().expect("its identity").to_owned();
    let shown = program.run(&["card", "show", &card]).out;
    assert!(shown.contains("\nWho wrote it?\n * A. she\n"), "{shown}");
    // The data itself stays as it was written.
    assert!(program.table("cards")[0]["stem"].as_str().expect("a stem").contains('\u{202e}'));
}

#[test]
fn a_card_that_is_misspelt_is_told_where_to_look() {
    let said = Program::new().run(&["card", "show", "the first"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("a card is named by its identity, which `retain card list` shows"), "{}", said.err);
}
