//! What is shown of a bank before it is believed, what is asked, and what is remembered of its path.

use std::fs;

use crate::fixture::pty::{Pty, program};
use crate::fixture::trainer::Trainer;
use serde_json::Value;

const BANK: &str = "# Ships\nWhich ship carries cars?\n- A. A ferry *\n- B. A canoe\nExplanation: It has a deck for them.\n\n\
                    Which of these float?\n- A. Corks *\n- B. Planks *\n- C. Anchors\n\nWhich one sinks?\n- A. A stone *\n- B. A leaf\n";

/// A table whose keys may be places from 0 or from 1.
const TABLE: &str =
    "question,A,B,C,D,answer\nWhich one is it?,q,w,e,r,1\nWhich two is it?,q,w,e,r,2\nWhich three is it?,q,w,e,r,3\n";

fn summary(out: &str) -> Value {
    serde_json::from_str(out.lines().last().expect("a summary")).expect("JSON")
}

#[test]
fn a_preview_shows_questions_as_understood_and_imports_nothing() {
    let trainer = Trainer::new();
    trainer.file("ships.txt", BANK);
    let said = trainer.run(&["import", "--preview", "ships.txt"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(
        said.out,
        "question 1 of 3, line 2, single, topic Ships\n  Which ship carries cars?\n  * A. A ferry\n    B. A canoe\n  explanation: It has a deck for them.\n\n\
         question 2 of 3, line 7, multiple, topic Ships\n  Which of these float?\n  * A. Corks\n  * B. Planks\n    C. Anchors\n\n\
         question 3 of 3, line 12, single, topic Ships\n  Which one sinks?\n  * A. A stone\n    B. A leaf\n\n"
    );
    let one = trainer.run(&["import", "ships.txt", "--preview", "1"]);
    assert_eq!((one.out.matches("question ").count(), one.err.contains("2 more")), (1, true), "{}", one.err);
    assert_eq!(trainer.table("cards").len(), 0);
}

#[test]
fn a_dry_run_names_each_question_and_explains_what_decided() {
    let trainer = Trainer::new();
    trainer.file("ships.txt", BANK);
    let said = trainer.run(&["import", "ships.txt", "--dry-run", "-v", "--explain"]);
    for told in ["new: ships.txt:2: Which ship", "new: ships.txt:7: Which of these", "new: ships.txt:12: Which one"] {
        assert!(said.err.contains(told), "{}", said.err);
    }
    assert!(said.out.contains("format: ") && said.out.contains("key: 3 marked in the file"), "{}", said.out);
    let json = trainer.run(&["import", "ships.txt", "--dry-run", "--explain", "--json"]);
    assert!(json.out.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{}", json.out);
}

#[test]
fn a_terminal_shows_the_first_questions_without_what_steers_it() {
    let trainer = Trainer::new();
    trainer.file("ships.txt", BANK.replace("canoe", "ca\u{1b}[2Jnoe"));
    let Some(pty) = Pty::run(&trainer, &program("import ships.txt")) else { return };
    let shown = pty.end();
    assert!(shown.contains("question 1 of 3") && shown.contains("question 2 of 3"), "{shown}");
    assert!(!shown.contains("question 3 of 3"), "it is of a kind that was shown: {shown}");
    assert!(shown.contains("ca[2Jnoe") && !shown.contains("\u{1b}[2J"), "{shown:?}");
}

#[test]
fn a_terminal_asks_which_reading_is_right_and_keeps_the_answer() {
    let trainer = Trainer::new();
    trainer.file("table.csv", TABLE);
    let refused = trainer.run(&["import", "table.csv"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("hint: `--key-base 1` reads 3 questions"), "{}", refused.err);
    let Some(mut pty) = Pty::run(&trainer, &program("import table.csv")) else { return };
    pty.types_last("1\n");
    let shown = pty.end();
    assert!(shown.contains("which is right?") && shown.contains("ended 0"), "{shown}");
    let again = trainer.run(&["import", "table.csv", "--json"]);
    assert_eq!((again.code, summary(&again.out)["unchanged"].as_i64()), (0, Some(3)), "{}", again.err);
    assert!(again.err.contains("read as before, with `--key-base 1`"), "{}", again.err);
    assert_eq!(trainer.run(&["import", "--undo"]).code, 0);
    assert_eq!(trainer.run(&["import", "table.csv"]).code, 1, "what was said is taken back, too");
}

#[test]
fn a_rule_is_not_advised_where_a_key_is_in_the_file_or_beside_it() {
    let trainer = Trainer::new();
    trainer.file("exam.txt", "1. What is red?\nA. sky\nB. blood\n\n2. What is green?\nA. grass\nB. coal\n");
    assert!(trainer.run(&["import", "exam.txt"]).err.contains("--key first"));
    trainer.file("solutions.txt", "1. b\n2. a\n");
    let said = trainer.run(&["import", "exam.txt"]);
    assert!(!said.err.contains("--key first"), "{}", said.err);
    assert!(said.err.contains("names the answers of all 2 questions"), "{}", said.err);
    assert_eq!(trainer.run(&["import", "exam.txt", "--key", "solutions.txt"]).code, 0);
}

#[test]
fn a_bank_follows_its_deck_to_another_name() {
    for front in ["", "---\ndeck: Ships\n---\n"] {
        let trainer = Trainer::new();
        trainer.file("Ships.txt", format!("{front}{BANK}"));
        assert_eq!(trainer.run(&["import", "Ships.txt"]).code, 0);
        assert_eq!(trainer.run(&["deck", "rename", "Ships", "Course::Ships"]).code, 0);
        let figures = summary(&trainer.run(&["import", "Ships.txt", "--json"]).out);
        assert_eq!((&figures["deck"], &figures["unchanged"]), (&"Course::Ships".into(), &3.into()), "{front}");
        // One that asks for another deck from now on is for that deck.
        trainer.file("Ships.txt", format!("---\ndeck: Boats\n---\n{BANK}"));
        let figures = summary(&trainer.run(&["import", "Ships.txt", "--json"]).out);
        assert_eq!(figures["deck"], "Boats");
        trainer.is_sound();
    }
}

#[test]
fn a_bank_that_was_moved_still_says_what_it_lost() {
    let trainer = Trainer::new();
    trainer.file("old/ships.txt", BANK);
    assert_eq!(trainer.run(&["import", "old/ships.txt"]).code, 0);
    fs::rename(trainer.folder().join("old/ships.txt"), trainer.folder().join("vessels.txt")).expect("a move");
    let (kept, _) = BANK.rsplit_once("Which one sinks?").expect("the last question");
    trainer.file("vessels.txt", kept);
    let dry = summary(&trainer.run(&["import", "vessels.txt", "--dry-run", "--json"]).out);
    let said = trainer.run(&["import", "vessels.txt", "--json"]);
    let figures = summary(&said.out);
    assert_eq!(figures, dry);
    let of = |name: &str| figures[name].as_i64();
    assert_eq!((of("new"), of("unchanged"), of("missing")), (Some(0), Some(2), Some(1)), "{}", said.err);
    assert_eq!(figures["deck"], "ships");
    assert!(said.err.contains("it was at "), "{}", said.err);
}

#[test]
fn a_copy_of_a_bank_is_called_one_and_makes_no_second_deck() {
    let trainer = Trainer::new();
    trainer.file("ships.txt", BANK);
    assert_eq!(trainer.run(&["import", "ships.txt"]).code, 0);
    trainer.file("ships (1).txt", BANK);
    let said = trainer.run(&["import", "ships (1).txt", "--json"]);
    assert!(said.err.contains("copy of that bank and goes into `ships`"), "{}", said.err);
    assert_eq!(summary(&said.out)["new"], 0);
    let own = trainer.run(&["import", "ships (1).txt", "--deck", "Mine", "--json"]);
    assert_eq!(summary(&own.out)["new"], 3, "{}", own.err);
    trainer.is_sound();
}
