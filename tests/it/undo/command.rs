//! `retain undo` and `retain redo`, as commands.

use crate::fixture::program::{CommandOutput, Program};

const BANK: &str =
    "1. Which planet is red?\nA. Venus\nB. Mars *\n\n2. Which planet is large?\nA. Jupiter *\nB. Mercury\n";

fn program() -> Program {
    let program = Program::new();
    program.file("planets.txt", BANK);
    program.ok(&["import", "planets.txt"]);
    program
}

fn refused(program: &Program, args: &[&str]) -> CommandOutput {
    let output = program.run(args);
    assert_eq!(output.code, 1, "{}", output.err);
    output
}

#[test]
fn undo_says_what_it_takes_back_and_redo_brings_it_back() {
    let program = program();
    program.ok(&["deck", "set", "planets", "new-per-day=3"]);
    let undone = program.ok(&["undo"]);
    assert_eq!(undone.err, "undone: changed settings of planets: new-per-day=3\nhint: `retain redo` brings it back\n");
    let redone = program.ok(&["redo"]);
    assert_eq!(redone.err, "done again: changed settings of planets: new-per-day=3\n");
    let nothing = refused(&program, &["redo"]);
    assert!(nothing.err.starts_with("error: there is nothing to bring back\n"), "{}", nothing.err);
}

#[test]
fn more_than_one_answer_is_only_taken_back_on_a_yes() {
    let program = program();
    let asked = refused(&program, &["undo"]);
    assert!(asked.err.contains("nothing was taken back: this is not a terminal, so I cannot ask"), "{}", asked.err);
    assert!(asked.err.contains("hint: add `--yes`"), "{}", asked.err);
    let looked = program.ok(&["undo", "--dry-run"]);
    assert!(looked.err.contains("2 removed") && looked.err.contains("\nwould undo: imported "), "{}", looked.err);
    assert_eq!(program.ok(&["card", "list", "--json"]).out.lines().count(), 2, "still there");
    program.ok(&["undo", "--yes"]);
    assert_eq!(program.ok(&["card", "list", "--json"]).out, "");
    program.ok(&["redo"]);
    assert_eq!(program.ok(&["card", "list", "--json"]).out.lines().count(), 2);
    program.ok(&["check"]);
}

#[test]
fn the_list_says_what_was_done_and_what_was_taken_back() {
    let program = program();
    program.ok(&["deck", "set", "--default", "new-per-day=3"]);
    program.ok(&["undo"]);
    let list = program.ok(&["undo", "--list"]).out;
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(lines.len(), 2, "{list}");
    assert!(lines[0].ends_with("taken back  changed settings of all decks: new-per-day=3"), "{list}");
    assert!(lines[1].contains("imported ") && lines[1].ends_with("planets.txt (2 cards)"), "{list}");
    let json = program.ok(&["undo", "--list", "--json"]).out;
    let first: serde_json::Value = serde_json::from_str(json.lines().next().expect("a line")).expect("JSON");
    assert_eq!((&first["deed"], &first["undone"]), (&"settings".into(), &true.into()));
    assert_eq!(program.ok(&["undo", "--list", "--json"]).out.lines().count(), 2);
}

#[test]
fn an_import_with_answers_since_is_only_taken_back_on_a_yes() {
    let program = program();
    program.with_input(&["review", "--plain", "--limit", "1"], "a\n\n");
    let asked = refused(&program, &["import", "--undo"]);
    assert!(asked.err.contains("nothing was taken back: this is not a terminal, so I cannot ask"), "{}", asked.err);
    assert!(program.ok(&["import", "--undo", "--dry-run"]).err.contains("would take back"));
    assert_eq!(program.table("cards").len(), 2, "all is as it was");
    program.ok(&["import", "--undo", "--yes"]);
    assert_eq!(program.table("cards").len(), 1, "the answered question stays");
    // The same by the way of undo: the answer first, then the import, which asks.
    program.ok(&["undo", "--yes"]);
    assert_eq!(program.table("cards").len(), 2);
    program.ok(&["undo"]);
    refused(&program, &["undo"]);
    program.is_sound();
}

#[test]
fn what_was_taken_back_of_an_import_is_said_once() {
    let program = program();
    let said = program.ok(&["undo", "--yes"]).err;
    assert!(
        said.starts_with("took back the import of ") && said.ends_with("\nhint: `retain redo` brings it back\n"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 2, "{said}");
    assert!(!said.contains("would") && !said.contains("undone"), "{said}");
}

#[test]
fn after_a_purge_nothing_is_taken_back_and_nothing_is_quoted() {
    let program = program();
    program.with_input(&["review", "--plain", "--limit", "1"], "a\n\n");
    program.ok(&["card", "delete", "--search", "planet", "--yes"]);
    program.ok(&["purge", "--yes"]);
    let refused = refused(&program, &["undo"]);
    assert_eq!(
        refused.err,
        "error: there is nothing to take back: what was done before `retain purge` stays\n\
         hint: `retain undo --list` shows what you did last\n"
    );
    let list = program.ok(&["undo", "--list"]).out;
    assert!(list.contains("answered a question (erased)"), "{list}");
    assert!(list.contains("deleted a question (erased)"), "{list}");
    assert!(!list.contains("planet is") && !list.contains("“”"), "{list}");
    let json = program.json(&["undo", "--list", "--json"]);
    assert_eq!(json[0]["what"], "erased what was deleted");
    // What is done after it is taken back as always.
    program.ok(&["deck", "set", "--default", "new-per-day=3"]);
    program.ok(&["undo"]);
    program.is_sound();
}

#[test]
fn the_list_says_how_many_cards_and_where_they_went() {
    let program = Program::new();
    let long = "a question that is long enough to be cut in a line of eighty columns, because it goes on and on";
    let bank: String = (1..=4).map(|number| format!("{number}. Is this {long} {number}?\nA. x *\nB. y\n\n")).collect();
    program.file("bank.txt", bank);
    program.ok(&["import", "bank.txt"]);
    program.ok(&["deck", "create", "Other"]);
    program.ok(&["card", "suspend", "--search", "long", "--yes"]);
    program.ok(&["card", "move", "--to", "Other", "--search", "long", "--yes"]);
    let listed = program.ok(&["undo", "--list"]).out;
    assert!(listed.contains("…” and 3 more to Other\n") && listed.contains("…” and 3 more (4 cards)\n"), "{listed}");
    assert!(listed.lines().all(|line| line.chars().count() <= 80), "{listed}");
    let undone = program.ok(&["undo", "--yes"]);
    assert!(undone.err.contains("” and 3 more to Other\n"), "{}", undone.err);
    program.ok(&["redo", "--yes"]);
    assert_eq!(program.ok(&["search", "deck:Other", "--json"]).out.lines().count(), 4);
    let refused = program.run(&["undo", "3"]);
    assert!(refused.err.contains("`retain undo` takes options only"), "{}", refused.err);
}
