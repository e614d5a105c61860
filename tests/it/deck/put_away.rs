//! Archived and deleted decks: what is said of them, and what comes back.

use crate::fixture::program::Program;

const BANK: &str =
    "Which one?\n- A. one *\n- B. two\n\nWhich two?\n- A. two *\n- B. one\n\nWhich three?\n- A. three *\n- B. one\n";
const FOUR: &str = "Which four?\n- A. four *\n- B. one\n";

fn program() -> Program {
    let program = Program::new();
    program.file("bank.txt", BANK);
    program.ok(&["import", "bank.txt", "--deck", "A"]);
    program
}

/// Answers the next questions of a deck.
fn answer(program: &Program, deck: &str, count: usize) {
    let limit = count.to_string();
    let output = program.with_input(&["review", deck, "--plain", "--limit", &limit], &"A\n\n".repeat(count));
    assert_eq!(output.code, 0, "{}", output.err);
}

#[test]
fn nobody_is_told_that_there_are_no_questions_when_all_are_put_away() {
    let program = program();
    program.ok(&["deck", "archive", "A"]);
    assert_eq!(
        program.ok(&[]).out,
        "Nothing is asked, because all decks with cards are archived: `retain deck unarchive \"A\"` brings A back.\n"
    );
    program.ok(&["deck", "unarchive", "A"]);
    program.ok(&["deck", "delete", "A"]);
    let home = program.ok(&[]).out;
    assert!(home.contains("all decks were deleted: `retain deck restore \"A\"`"), "{home}");
    let mut nothing = Program::new();
    nothing.with_mlops();
    let deck = nothing.table("decks")[0]["deck"].as_str().expect("a name").to_owned();
    nothing.ok(&["undo", "--yes"]);
    let home = nothing.ok(&[]).out;
    assert!(home.starts_with("Welcome to retain."), "{deck}: {home}");
}

#[test]
fn numbers_name_the_decks_of_the_last_list() {
    let program = Program::new();
    for deck in ["D1", "D2", "D3", "D4"] {
        program.ok(&["deck", "create", deck]);
    }
    program.ok(&["deck", "list"]);
    program.ok(&["deck", "delete", "#2"]);
    assert!(program.ok(&["deck", "delete", "#3"]).err.contains("D3"));
    let gone = program.run(&["deck", "delete", "#2"]);
    assert!(gone.code == 1 && gone.err.contains("number 2 of the last list of decks is gone"), "{}", gone.err);
    let beyond = program.run(&["deck", "archive", "#9"]);
    assert!(beyond.err.contains("the last list of decks has no number 9: it has 4 decks"), "{}", beyond.err);
    let refused = program.run(&["deck", "create", "#4"]);
    assert!(refused.code == 1 && refused.err.contains("a deck cannot be called `#4`"), "{}", refused.err);
    program.file("bank.txt", FOUR);
    program.ok(&["import", "bank.txt", "--deck", "#4"]);
    assert!(program.table("cards").iter().all(|card| card["deck"] == "D4"));
    program.is_sound();
}

#[test]
fn an_archived_deck_never_takes_questions_in_silence() {
    let program = program();
    program.file("more.txt", FOUR);
    program.ok(&["import", "more.txt", "--deck", "Old"]);
    program.ok(&["deck", "archive", "Old"]);
    let moved = program.ok(&["card", "move", "which one", "--to", "Old"]).err;
    assert!(moved.contains("Old is archived, so nothing in it is asked: `retain deck unarchive \"Old\"`"), "{moved}");
    let merged = program.ok(&["deck", "merge", "A", "Old"]).err;
    assert!(merged.contains("Old is archived, so nothing in it is asked"), "{merged}");
    program.file("one.txt", "Which five?\n- A. five *\n- B. one\n");
    let added = program.ok(&["add", "Old", "--file", "one.txt"]).err;
    assert!(added.contains("Old was archived and is in use again: `retain deck archive \"Old\"`"), "{added}");
    let added = program.ok(&["add", "Old", "--file", "one.txt"]).err;
    assert!(!added.contains("archived"), "{added}");
    program.is_sound();
}

#[test]
fn a_deck_comes_back_with_what_went_with_it_and_no_more() {
    let mut program = program();
    program.file("inner.txt", "Which six?\n- A. six *\n- B. one\n");
    program.ok(&["import", "inner.txt", "--deck", "A::B"]);
    program.file("other.txt", FOUR);
    program.ok(&["import", "other.txt", "--deck", "A::C"]);
    program.ok(&["deck", "merge", "A::B", "A"]);
    program.at("2026-11-23T09:00:00+01:00");
    program.ok(&["deck", "delete", "A"]);
    let back = program.ok(&["deck", "restore", "A"]).err;
    assert!(back.starts_with("restored A, A::C with 5 questions"), "{back}");
    program.is_sound();
}

#[test]
fn suspended_cards_are_counted_among_what_was_deleted() {
    let program = program();
    program.ok(&["card", "suspend", "which one"]);
    let deleted = program.ok(&["deck", "delete", "A"]).err;
    assert!(deleted.contains("deleted A with 3 questions"), "{deleted}");
    let list = program.ok(&["undo", "--list"]).out;
    assert!(list.contains("deleted the deck A (3 cards)"), "{list}");
    program.ok(&["undo", "--yes"]);
    program.is_sound();
}

#[test]
fn a_deck_whose_making_is_undone_is_gone_though_it_was_answered() {
    let program = Program::new();
    program.file("one.txt", "Which five?\n- A. five *\n- B. one\n");
    program.ok(&["deck", "create", "N"]);
    program.ok(&["add", "N", "--file", "one.txt"]);
    answer(&program, "N", 1);
    for _ in 0..3 {
        program.ok(&["undo", "--yes"]);
    }
    assert!(program.table("decks").iter().all(|deck| deck["deck"] != "N"), "{:?}", program.table("decks"));
    program.ok(&["deck", "create", "N"]);
    program.ok(&["add", "N", "--file", "one.txt"]);
    assert_eq!(program.table("cards").len(), 1);
    program.is_sound();
}

#[test]
fn an_import_is_undone_wholly_once_its_answers_are() {
    let program = program();
    answer(&program, "A", 1);
    program.ok(&["undo", "--yes"]);
    let undone = program.ok(&["undo", "--yes"]).all();
    assert!(undone.contains("3 removed") && !undone.contains("suspended"), "{undone}");
    assert!(program.table("cards").is_empty());
    // It comes again as if it had never been there.
    program.ok(&["import", "bank.txt", "--deck", "A"]);
    let cards = program.table("cards");
    assert_eq!(cards.len(), 3);
    assert!(cards.iter().all(|card| card["suspended"] == false && card["state"] == "new"), "{cards:?}");
    program.is_sound();
    // The same where the deck has other questions, and by a redo.
    program.file("more.txt", FOUR);
    program.ok(&["import", "more.txt", "--deck", "A"]);
    answer(&program, "A", 4);
    for _ in 0..5 {
        program.ok(&["undo", "--yes"]);
    }
    assert_eq!(program.table("cards").len(), 3);
    program.ok(&["redo"]);
    assert_eq!(program.table("cards").len(), 4);
    program.ok(&["undo", "--yes"]);
    let again = program.ok(&["import", "more.txt", "--deck", "A"]).all();
    assert!(again.contains("1 question whose import was taken back is here again"), "{again}");
    assert!(program.table("cards").iter().all(|card| card["suspended"] == false));
    program.is_sound();
}

#[test]
fn a_name_in_a_hint_can_be_pasted() {
    let program = Program::new();
    let created = program.ok(&["deck", "create", "--", "-x"]).err;
    assert!(created.contains("`retain add -- \"-x\"`") && created.contains("--deck=\"-x\"`"), "{created}");
    let created = program.ok(&["deck", "create", "\"q\" 's'"]).err;
    assert!(created.contains(r#"`retain add '"q" '\''s'\'''`"#), "{created}");
}

#[test]
fn a_setting_that_is_there_already_is_no_deed() {
    let program = program();
    program.ok(&["deck", "set", "A", "new=5"]);
    let deeds = program.ok(&["undo", "--list"]).out;
    let again = program.ok(&["deck", "set", "A", "new=5"]).err;
    assert!(again.contains("A: new-per-day is 5 already"), "{again}");
    assert_eq!(program.ok(&["undo", "--list"]).out, deeds);
    program.ok(&["preset", "create", "calm", "new=3"]);
    let with_preset = program.ok(&["undo", "--list"]).out;
    program.ok(&["preset", "set", "calm", "new=3"]);
    assert_eq!(program.ok(&["undo", "--list"]).out, with_preset);
}
