//! What is shown of a bank before it is believed, what is asked, and what is remembered of its path.

use std::fs;

use crate::fixture::program::Program;
use crate::fixture::pty::{Pty, shell_line};
use serde_json::Value;

const BANK: &str = "# Ships\nWhich ship carries cars?\n- A. A ferry *\n- B. A canoe\nExplanation: It has a deck for them.\n\n\
                    Which of these float?\n- A. Corks *\n- B. Planks *\n- C. Anchors\n\nWhich one sinks?\n- A. A stone *\n- B. A leaf\n";

/// A table whose keys may be places from 0 or from 1.
const TABLE: &str =
    "question,A,B,C,D,answer\nWhich one is it?,q,w,e,r,1\nWhich two is it?,q,w,e,r,2\nWhich three is it?,q,w,e,r,3\n";

#[test]
fn a_preview_shows_questions_as_understood_and_imports_nothing() {
    let program = Program::new();
    program.file("ships.txt", BANK);
    let said = program.ok(&["import", "--preview", "ships.txt"]);
    assert_eq!(
        said.out,
        "question 1 of 3, line 2, single, topic Ships\n  Which ship carries cars?\n  * A. A ferry\n    B. A canoe\n  explanation: It has a deck for them.\n\n\
         question 2 of 3, line 7, multiple, topic Ships\n  Which of these float?\n  * A. Corks\n  * B. Planks\n    C. Anchors\n\n\
         question 3 of 3, line 12, single, topic Ships\n  Which one sinks?\n  * A. A stone\n    B. A leaf\n\n"
    );
    let one = program.run(&["import", "ships.txt", "--preview", "1"]);
    assert_eq!((one.out.matches("question ").count(), one.err.contains("2 more")), (1, true), "{}", one.err);
    assert_eq!(program.table("cards").len(), 0);
}

#[test]
fn a_dry_run_names_each_question_and_explains_what_decided() {
    let program = Program::new();
    program.file("ships.txt", BANK);
    let said = program.run(&["import", "ships.txt", "--dry-run", "-v", "--explain"]);
    for told in ["new: ships.txt:2: Which ship", "new: ships.txt:7: Which of these", "new: ships.txt:12: Which one"] {
        assert!(said.err.contains(told), "{}", said.err);
    }
    assert!(said.out.contains("format: ") && said.out.contains("key: 3 marked in the file"), "{}", said.out);
    let json = program.run(&["import", "ships.txt", "--dry-run", "--explain", "--json"]);
    assert!(json.out.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{}", json.out);
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn a_terminal_shows_the_first_questions_without_what_steers_it() {
    let program = Program::new();
    program.file("ships.txt", BANK.replace("canoe", "ca\u{1b}[2Jnoe"));
    let pty = Pty::run(&program, &shell_line("import ships.txt"));
    let shown = pty.end();
    assert!(shown.contains("question 1 of 3") && shown.contains("question 2 of 3"), "{shown}");
    assert!(!shown.contains("question 3 of 3"), "it is of a kind that was shown: {shown}");
    assert!(shown.contains("ca[2Jnoe") && !shown.contains("\u{1b}[2J"), "{shown:?}");
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn a_terminal_asks_which_reading_is_right_and_keeps_the_answer() {
    let program = Program::new();
    program.file("table.csv", TABLE);
    let refused = program.run(&["import", "table.csv"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("hint: `--key-base 1` reads 3 questions"), "{}", refused.err);
    let mut pty = Pty::run(&program, &shell_line("import table.csv"));
    pty.types_last("1\n");
    let shown = pty.end();
    assert!(shown.contains("which is right?") && shown.contains("ended 0"), "{shown}");
    let again = program.run(&["import", "table.csv", "--json"]);
    assert_eq!((again.code, again.summary()["unchanged"].as_i64()), (0, Some(3)), "{}", again.err);
    assert!(again.err.contains("read as before, with `--key-base 1`"), "{}", again.err);
    program.ok(&["import", "--undo"]);
    assert_eq!(program.run(&["import", "table.csv"]).code, 1, "what was said is taken back, too");
}

#[test]
fn a_rule_is_not_advised_where_a_key_is_in_the_file_or_beside_it() {
    let program = Program::new();
    program.file("exam.txt", "1. What is red?\nA. sky\nB. blood\n\n2. What is green?\nA. grass\nB. coal\n");
    assert!(program.run(&["import", "exam.txt"]).err.contains("--key first"));
    program.file("solutions.txt", "1. b\n2. a\n");
    let said = program.run(&["import", "exam.txt"]);
    assert!(!said.err.contains("--key first"), "{}", said.err);
    assert!(said.err.contains("names the answers of all 2 questions"), "{}", said.err);
    program.ok(&["import", "exam.txt", "--key", "solutions.txt"]);
}

#[test]
fn a_bank_follows_its_deck_to_another_name() {
    for front in ["", "---\ndeck: Ships\n---\n"] {
        let program = Program::new();
        program.file("Ships.txt", format!("{front}{BANK}"));
        program.ok(&["import", "Ships.txt"]);
        program.ok(&["deck", "rename", "Ships", "Course::Ships"]);
        let figures = program.run(&["import", "Ships.txt", "--json"]).summary();
        assert_eq!((&figures["deck"], &figures["unchanged"]), (&"Course::Ships".into(), &3.into()), "{front}");
        // One that asks for another deck from now on is for that deck.
        program.file("Ships.txt", format!("---\ndeck: Boats\n---\n{BANK}"));
        let figures = program.run(&["import", "Ships.txt", "--json"]).summary();
        assert_eq!(figures["deck"], "Boats");
        program.is_sound();
    }
}

#[test]
fn a_bank_that_was_moved_still_says_what_it_lost() {
    let program = Program::new();
    program.file("old/ships.txt", BANK);
    program.ok(&["import", "old/ships.txt"]);
    fs::rename(program.folder().join("old/ships.txt"), program.folder().join("vessels.txt")).expect("a move");
    let (kept, _) = BANK.rsplit_once("Which one sinks?").expect("the last question");
    program.file("vessels.txt", kept);
    let dry = program.run(&["import", "vessels.txt", "--dry-run", "--json"]).summary();
    let said = program.run(&["import", "vessels.txt", "--json"]);
    let figures = said.summary();
    assert_eq!(figures, dry);
    let of = |name: &str| figures[name].as_i64();
    assert_eq!((of("new"), of("unchanged"), of("missing")), (Some(0), Some(2), Some(1)), "{}", said.err);
    assert_eq!(figures["deck"], "ships");
    assert!(said.err.contains("it was at "), "{}", said.err);
}

#[test]
fn a_copy_of_a_bank_is_called_one_and_makes_no_second_deck() {
    let program = Program::new();
    program.file("ships.txt", BANK);
    program.ok(&["import", "ships.txt"]);
    program.file("ships (1).txt", BANK);
    let said = program.run(&["import", "ships (1).txt", "--json"]);
    assert!(said.err.contains("copy of that bank and goes into `ships`"), "{}", said.err);
    assert_eq!(said.summary()["new"], 0);
    let own = program.run(&["import", "ships (1).txt", "--deck", "Mine", "--json"]);
    assert_eq!(own.summary()["new"], 3, "{}", own.err);
    program.is_sound();
}
