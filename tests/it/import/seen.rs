//! What is shown of a bank before it is believed, what is asked, and what is remembered of its path.

use std::fs;

use crate::fixture::program::Program;
use crate::fixture::pty::{Pty, shell_line};
use crate::fixture::study::Study;
use crate::fixture::study::import::{dry_run, into_deck};
use retain::bank::ReadOptions;
use retain::ui::import_preview::{self, PreviewStyle};
use retain::ui::paint::Paint;
use serde_json::Value;

const BANK: &str = "# Ships\nWhich ship carries cars?\n- A. A ferry *\n- B. A canoe\nExplanation: It has a deck for them.\n\n\
                    Which of these float?\n- A. Corks *\n- B. Planks *\n- C. Anchors\n\nWhich one sinks?\n- A. A stone *\n- B. A leaf\n";

/// A table whose keys may be places from 0 or from 1.
const TABLE: &str =
    "question,A,B,C,D,answer\nWhich one is it?,q,w,e,r,1\nWhich two is it?,q,w,e,r,2\nWhich three is it?,q,w,e,r,3\n";

#[test]
fn a_preview_shows_questions_as_understood() {
    let study = Study::new();
    let bank = study.file("ships.txt", BANK).read_bank("ships.txt", &ReadOptions::default()).expect("a bank");
    assert_eq!(
        import_preview::questions(
            &bank,
            &[0, 1, 2],
            PreviewStyle { width: 80, paint: Paint::new(false), reorder: false }
        ),
        "question 1 of 3, line 2, single, topic Ships\n  Which ship carries cars?\n  * A. A ferry\n    B. A canoe\n  explanation: It has a deck for them.\n\n\
         question 2 of 3, line 7, multiple, topic Ships\n  Which of these float?\n  * A. Corks\n  * B. Planks\n    C. Anchors\n\n\
         question 3 of 3, line 12, single, topic Ships\n  Which one sinks?\n  * A. A stone\n    B. A leaf\n\n"
    );
}

#[test]
fn a_dry_run_names_each_question_and_explains_what_decided() {
    let study = Study::new();
    let imported = study.file("ships.txt", BANK).import_file_as("ships.txt", &dry_run());
    let names = import_preview::names("ships.txt", &imported.bank, &imported.imported.plan);
    for named in ["new: ships.txt:2: Which ship", "new: ships.txt:7: Which of these", "new: ships.txt:12: Which one"] {
        assert!(names.contains(named), "{names}");
    }
    let evidence = import_preview::evidence(&imported.bank, &imported.bank.evidence, Paint::new(false));
    assert!(evidence.contains("format: ") && evidence.contains("key: 3 marked in the file"), "{evidence}");
}

#[test]
fn a_preview_and_a_dry_run_import_nothing_and_keep_words_from_data() {
    let program = Program::new();
    program.file("ships.txt", BANK);
    assert_eq!(program.ok(&["import", "--preview", "ships.txt"]).out.matches("question ").count(), 3);
    let one = program.run(&["import", "ships.txt", "--preview", "1"]);
    assert_eq!((one.out.matches("question ").count(), one.err.contains("2 more")), (1, true), "{}", one.err);
    let said = program.run(&["import", "ships.txt", "--dry-run", "-v", "--explain"]);
    assert!(said.err.contains("new: ships.txt:2: Which ship") && said.out.contains("format: "), "{}", said.out);
    let json = program.run(&["import", "ships.txt", "--dry-run", "--explain", "--json"]);
    assert!(json.out.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{}", json.out);
    assert_eq!(program.table("cards").len(), 0);
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
    assert!(shown.contains("canoe") && !shown.contains("\u{1b}[2J"), "{shown:?}");
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
        let study = Study::new();
        study.file("Ships.txt", format!("{front}{BANK}")).import_file("Ships.txt");
        study.trainer().rename_deck("Ships", "Course::Ships").expect("another name");
        let imported = study.import_file("Ships.txt");
        assert_eq!(imported.figures.deck, "Course::Ships", "{front}");
        imported.assert_figures(&[("unchanged", 3)]);
        // One that asks for another deck from now on is for that deck.
        study.file("Ships.txt", format!("---\ndeck: Boats\n---\n{BANK}"));
        assert_eq!(study.import_file("Ships.txt").figures.deck, "Boats");
        study.is_sound();
    }
}

#[test]
fn a_bank_that_was_moved_still_says_what_it_lost() {
    let study = Study::new();
    study.file("old/ships.txt", BANK).import_file("old/ships.txt");
    fs::rename(study.folder().join("old/ships.txt"), study.folder().join("vessels.txt")).expect("a move");
    let (kept, _) = BANK.rsplit_once("Which one sinks?").expect("the last question");
    study.file("vessels.txt", kept);
    let dry = study.import_file_as("vessels.txt", &dry_run());
    let imported = study.import_file("vessels.txt");
    assert_eq!(imported.figures, dry.figures);
    imported.assert_figures(&[("new", 0), ("unchanged", 2), ("missing", 1)]);
    assert_eq!(imported.figures.deck, "ships");
    assert!(imported.words().contains("it was at "), "{}", imported.words());
}

#[test]
fn a_copy_of_a_bank_is_called_one_and_makes_no_second_deck() {
    let study = Study::new();
    study.file("ships.txt", BANK).import_file("ships.txt");
    let copy = study.file("ships (1).txt", BANK).import_file("ships (1).txt");
    assert!(copy.words().contains("copy of that bank and goes into `ships`"), "{}", copy.words());
    copy.assert_figures(&[("new", 0)]);
    study.import_file_as("ships (1).txt", &into_deck("Mine")).assert_figures(&[("new", 3)]);
    study.is_sound();
}
