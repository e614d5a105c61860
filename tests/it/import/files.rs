//! Imports: what is reported, what is kept, and bad input of all kinds.

use std::fs;

use crate::fixture::program::Program;
use crate::fixture::study::import::{dry_run, refusal};
use crate::fixture::study::{Reply, Study, all_right};
use retain::bank::Severity;
use retain::bank::history::read_history;
use retain::clock::Clock;
use retain::model::MoveKind;
use retain::session::GivenAnswer;
use retain::study::{EnteredHistory, ImportOptions, Trainer, unwatched};
use retain::ui::paint::Paint;
use retain::ui::{card, diagnostics};
use uuid::Uuid;

const UNMARKED: &str = "What?\n- A. x\n- B. y\n\nWho?\n- A. u\n- B. v\n";

const MLOPS: &str = include_str!("../../../decks/mlops.txt");

/// The columns of a history.
const HISTORY: &str = "card_id,review_time,review_rating,review_state,review_duration\n";
/// 2026-11-20, 22 hours ahead of now, and a year ahead.
const AHEAD: [&str; 3] = ["q1,1795161600000,3,0,4000", "q1,1795496400000,3,2,4000", "q1,1827000000000,3,2,4000"];

/// The identity of a row of the table of cards.
fn identity(card: &serde_json::Value) -> Uuid {
    card["card"].as_str().expect("an id").parse().expect("an identity")
}

#[test]
fn a_typo_that_is_mended_is_one_edit_and_keeps_the_history() {
    let study = Study::new();
    study.file("mlops.txt", MLOPS).import_file("mlops.txt");
    study.review(all_right);
    let before = study.table("cards");
    study.file("mlops.txt", MLOPS.replace("tunning", "tuning"));
    study.import_file("mlops.txt").assert_figures(&[
        ("questions", 10),
        ("edited", 1),
        ("unchanged", 9),
        ("new", 0),
        ("missing", 0),
    ]);
    assert_eq!(study.table("cards"), before);
    study.is_sound();
}

#[test]
fn new_missing_and_corrected_questions_are_told() {
    let study = Study::new();
    study.file("a.txt", "One?\n- A. x *\n- B. y\n\nTwo?\n- A. u *\n- B. v\n\nThree?\n- A. p *\n- B. q\n");
    study.import_file("a.txt");
    study.review(|_| Reply::given(GivenAnswer::Picked(vec![0]))).at("2026-11-24");
    study.file("a.txt", "One?\n- A. x *\n- B. y\n\nTwo?\n- A. u\n- B. v *\n\nFour?\n- A. r *\n- B. s\n");
    let words = study.import_file("a.txt").words();
    assert!(
        words.contains(
            "1 new, 1 unchanged, 1 with a changed key (history kept; due now, if answered before), 1 missing from the bank (kept)"
        ),
        "{words}"
    );
    let two = study.card("Two?");
    assert_eq!(
        (two["due"].as_str(), two["answers"].as_i64().map(|answers| answers > 0)),
        (Some("2026-11-24"), Some(true))
    );
    study.is_sound();
}

#[test]
fn a_bank_without_a_key_is_never_guessed() {
    let program = Program::new();
    program.file("raw.txt", UNMARKED);
    let said = program.run(&["import", "raw.txt"]);
    assert_eq!(said.code, 1);
    assert_eq!(
        said.err,
        "error: raw.txt: no answer is marked in 2 of 2 questions\n\
         hint: say which option is right with `--key first`, `--key last`, `--key B`, or `--key FILE` (lines such as `1. c`)\n\
         hint: or keep the questions without answers with `--drafts`\n"
    );
    assert_eq!(program.table("cards").len(), 0);
    program.ok(&["import", "raw.txt", "--drafts"]);
    assert_eq!(program.table("cards").len(), 0);
    program.ok(&["import", "raw.txt", "--key", "first"]);
    assert_eq!(program.table("cards").len(), 2);
    let again = program.run(&["import", "raw.txt"]);
    assert_eq!((again.code, again.err.contains("2 unchanged")), (0, true), "the declared key is kept: {}", again.err);
}

#[test]
fn the_good_questions_of_a_bad_bank_are_imported_or_with_strict_none() {
    let program = Program::new();
    program.file("mixed.txt", "Good?\n- A. x *\n- B. y\n\nBetter?\n- A. u *\n- B. v\n\nBad?\n- A. alone\n");
    let strict = program.run(&["import", "--strict", "mixed.txt"]);
    assert_eq!((strict.code, program.table("cards").len()), (1, 0));
    let said = program.run(&["import", "mixed.txt"]);
    assert_eq!((said.code, program.table("cards").len()), (3, 2));
    assert!(
        said.err.starts_with(
            "mixed.txt:10:1: error[one-option]: the question has one option only\n   |\n10 | - A. alone\n   | ^^^^^^^^^^\n   = hint: give it at least two\n"
        ),
        "{}",
        said.err
    );
}

#[test]
fn the_good_lines_of_a_bad_history_are_imported_or_with_strict_none() {
    let program = Program::new();
    program.file("bank.txt", "Which one? {#q1}\n- A. this *\n- B. that\n");
    program.ok(&["import", "bank.txt"]);
    program.file("history.csv", format!("{HISTORY}{}\n", AHEAD.join("\n")));
    let strict = program.run(&["import", "history.csv", "--strict"]);
    assert_eq!((strict.code, program.table("reviews").len()), (1, 0), "{}", strict.err);
    let said = program.run(&["import", "history.csv"]);
    assert_eq!((said.code, program.table("reviews").len()), (3, 2), "{}", said.err);
    assert!(said.err.contains("history.csv:4:4: error[history]: "), "{}", said.err);
    let again = program.run(&["import", "history.csv"]);
    assert!(again.err.contains("0 answers entered the log, 2 were there already"), "{}", again.err);
}

#[test]
fn bad_files_are_refused_in_words_and_change_nothing() {
    let study = Study::new();
    study
        .file("empty.txt", "")
        .file("binary.txt", [0, 159, 146, 150, 0, 0, 3, 1, 0, 0])
        .file("long.txt", vec![b'x'; (1 << 20) + 1])
        .file("prose.txt", "nothing but prose")
        .file("optionless.txt", "What is it?\n\nWho is it?\n")
        .file("two.txt", "---\nkind: single\n---\nWhich?\n- A. x *\n- B. y *\n- C. z\n");
    for (file, message) in [
        ("empty.txt", "the file is empty"),
        ("binary.txt", "the file is binary"),
        ("long.txt", "line 1 is longer than a mebibyte"),
        ("prose.txt", "no questions were found"),
        ("optionless.txt", "2 of 2 questions are broken"),
        ("two.txt", "its only question is broken"),
    ] {
        let bytes = fs::read(study.folder().join(file)).expect("the file");
        let (code, text) = refusal(study.trainer().import(&bytes, file, &mut unwatched));
        assert_eq!(code, 1, "{file}");
        assert!(text.contains(message) && text.contains("hint:"), "{file}: {text}");
        assert_eq!(study.table("cards").len(), 0, "{file}");
    }
}

#[test]
fn bad_databases_are_refused_in_words_and_stay_as_they_are() {
    let study = Study::new();
    let noise = "this is a text file and no database, however long one looks at it\n".repeat(30);
    study.file("retain.db", &noise);
    let text = format!(
        "error: {}: the file is not a database\nhint: choose another file with `--db PATH`, or move this one away to start again\n",
        study.db().display()
    );
    let opened = Trainer::open(&study.db(), Clock::fixed(study.now()), Some(1));
    assert_eq!(refusal(opened), (1, text));
    assert_eq!(fs::read_to_string(study.db()).expect("the file"), noise);

    let study = Study::new();
    study.bank("own", "What?\n- A. x *\n- B. y\n");
    let mut permissions = fs::metadata(study.db()).expect("the file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(study.db(), permissions).expect("read-only");
    let imported = study.trainer().import(b"Who?\n- A. x *\n- B. y\n", "bank.txt", &mut unwatched);
    let (code, text) = refusal(imported);
    assert_eq!(code, 1);
    assert!(text.contains("the database is read-only"), "{text}");
    assert_eq!(study.table("cards").len(), 1);
}

#[test]
fn answers_that_have_yet_to_come_are_told_and_left_out() {
    let study = Study::new();
    study.bank("bank", "Which one? {#q1}\n- A. this *\n- B. that\n");
    study.file("history.csv", format!("{HISTORY}{}\n", AHEAD.join("\n")));
    let bytes = fs::read(study.folder().join("history.csv")).expect("the file");
    let history = read_history(&bytes[..], study.now().utc_ms).expect("a history");
    let problems = diagnostics::problems("history.csv", &history.problems, usize::MAX, Paint::new(false));
    assert!(
        problems.contains("history.csv:4:4: error[history]: the answer at `1827000000000` is ahead of now"),
        "{problems}"
    );
    assert_eq!(study.import_history_file("history.csv").new, 2);
    assert_eq!(study.table("reviews").len(), 2);
    study.is_sound();
}

#[test]
fn a_history_enters_the_log_once() {
    let study = Study::new();
    study.bank("bank", "One? {#q1}\n- A. x *\n- B. y\n\nTwo? {#q2}\n- A. u *\n- B. v\n");
    let rows =
        "q1,1790000000000,3,0,4000\nq1,1790000600000,3,1,3000\nq1,1790300000000,1,2,5000\nq2,1790000001000,4,0,2000\n";
    study.file("history.csv", format!("{HISTORY}{rows}"));
    let entered = |new, known| EnteredHistory { new, known, ..EnteredHistory::default() };
    assert_eq!(study.import_history_file("history.csv"), entered(4, 0));
    assert_eq!(study.import_history_file("history.csv"), entered(0, 4));
    assert_eq!(study.table("reviews").len(), 4);
    // With ratings at their word, the memory is the crate's own.
    let item = |days: &[u32], ratings: &[u32]| fsrs::FSRSItem {
        reviews: days
            .iter()
            .zip(ratings)
            .map(|(delta_t, rating)| fsrs::FSRSReview { rating: *rating, delta_t: *delta_t })
            .collect(),
    };
    let expected = fsrs::FSRS::default().memory_state(item(&[0, 0, 3], &[3, 3, 1]), None).expect("a state");
    assert_eq!(study.card("One?")["stability"].as_f64().map(|value| value as f32), Some(expected.stability));
    assert_eq!(study.table("revlog").len(), 4);
    study.is_sound();
}

#[test]
fn folders_and_standard_input_are_read() {
    let program = Program::new();
    program.file("banks/a.txt", "One?\n- A. x *\n- B. y\n");
    program.file("banks/deep/b.md", "# Topic\nTwo?\n- [x] u\n- [ ] v\n");
    program.file("banks/notes.pdf", "no bank");
    let dry = program.ok(&["import", "banks", "--dry-run"]);
    assert!(dry.err.contains("would go into `a`") && program.table("decks").is_empty(), "{}", dry.err);
    program.ok(&["import", "banks"]);
    assert_eq!(program.with_input(&["import", "-", "--deck", "In::Deep"], "Three?\n- A. p\n- B. q *\n").code, 0);
    let decks: Vec<String> =
        program.table("decks").iter().map(|row| row["deck"].as_str().expect("a name").to_owned()).collect();
    assert_eq!(decks, ["a", "b", "In::Deep"]);
    let topics: Vec<_> = program.table("cards").iter().map(|row| row["topic"].as_str().map(str::to_owned)).collect();
    assert!(topics.contains(&Some("Topic".into())));
    // A folder is one import.
    program.ok(&["import", "banks", "--deck", "Both"]);
    let dry = program.ok(&["import", "--undo", "--dry-run"]);
    assert_eq!((dry.out.as_str(), dry.err.matches("would take back the import of").count()), ("", 2), "{}", dry.err);
    let undone = program.ok(&["import", "--undo", "--json"]);
    assert_eq!(undone.out.lines().filter(|line| line.contains("\"type\":\"undone\"")).count(), 2, "{}", undone.out);
    assert_eq!(program.table("decks").len(), 3);
}

#[test]
fn a_dry_run_changes_nothing() {
    let study = Study::new();
    study.file("a.txt", "One?\n- A. x *\n- B. y\n");
    let words = study.import_file_as("a.txt", &dry_run()).words();
    assert_eq!(words, "a.txt: 1 question would go into `a`: 1 new\n");
    assert_eq!(study.table("cards").len(), 0);
    assert_eq!(study.table("decks").len(), 0);
}

#[test]
fn a_retired_question_comes_back_with_its_bank_and_a_suspended_one_does_not() {
    let study = Study::new();
    let (one, two) = ("One?\n- A. x *\n- B. y\n\n", "Two?\n- A. u *\n- B. v\n");
    let suspended = || {
        let cards = study.table("cards");
        cards.iter().filter(|card| card["suspended"] == true).map(|card| card["stem"].to_string()).collect::<Vec<_>>()
    };
    study.file("a.txt", format!("{one}{two}")).import_file("a.txt");
    study.file("a.txt", one);
    study.import_file_as("a.txt", &ImportOptions { retire_missing: true, ..ImportOptions::default() });
    assert_eq!(suspended(), ["\"Two?\""]);
    let first = identity(&study.card("One?"));
    study.trainer().move_card(first, MoveKind::Suspend, "by hand").expect("a move");
    study.file("a.txt", format!("{one}{two}")).import_file("a.txt");
    assert_eq!(suspended(), ["\"One?\""]);
    study.is_sound();
}

#[test]
fn pictures_are_copied_by_their_content() {
    let study = Study::new();
    let bank = "#### Q1. What is this? ![map](images/a%20map.png)\n\n- [x] a ![gone](images/gone.png)\n- [ ] b\n\n#### Q2. And this?\n\n![map](other.png)\n\n- [x] c\n- [ ] d\n";
    study.file("quiz/bank.md", bank);
    study.file("quiz/images/a map.png", b"one picture").file("quiz/other.png", b"one picture");
    let words = study.import_file_as("quiz/bank.md", &dry_run()).words();
    assert!(words.contains("warning[media-missing]"), "{words}");
    let folder = study.db().with_file_name("media");
    assert!(!folder.exists());
    let words = study.import_file("quiz/bank.md").words();
    assert!(words.contains("the file `images/gone.png` is not copied: there is no such file"), "{words}");
    let files: Vec<_> = fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("a file").path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    assert_eq!(fs::read(&files[0]).expect("a file"), b"one picture");
    // A picture that changed is another file, and an undo goes back to the one before.
    let uid = identity(&study.table("cards")[1]);
    let shown = || card::text(&study.trainer().card(uid).expect("a card"), &folder, study.now(), Paint::new(false));
    let before = shown();
    assert!(before.contains("media other.png: "), "{before}");
    study.file("quiz/other.png", b"another picture").import_file("quiz/bank.md");
    assert_ne!(shown(), before);
    study.take_back_import();
    assert_eq!(shown(), before);
    study.is_sound();
}

#[test]
fn a_file_that_is_refused_does_not_stop_the_others() {
    let program = Program::new();
    program.file("banks/a.txt", "One?\n- A. x *\n- B. y\n");
    program.file("banks/b.txt", "no questions here\n");
    program.file("banks/c.txt", "Two?\n- A. x *\n- B. y\n");
    let said = program.run(&["import", "banks"]);
    assert_eq!(said.code, 3);
    assert!(said.err.contains("error: banks/b.txt: no questions were found"), "{}", said.err);
    assert!(said.err.contains("1 of 3 files could not be imported"), "{}", said.err);
    assert_eq!(program.table("cards").len(), 2);
    // A pattern that no shell expanded.
    assert_eq!(program.run(&["import", "banks/[ac].txt"]).code, 1);
    assert_eq!(program.run(&["import", "b*/?.txt"]).code, 3);
    let none = program.run(&["import", "banks/*.md"]);
    assert_eq!(none.code, 1);
    assert!(none.err.contains("no file fits this pattern"), "{}", none.err);
    assert_eq!(program.run(&["import", "banks/b.txt", "banks/b.txt"]).code, 1);
    assert_eq!(program.table("cards").len(), 2);
}

#[test]
fn paths_that_hold_no_bank_are_refused_in_words() {
    let program = Program::new();
    program.file("empty.txt", "");
    fs::create_dir(program.folder().join("bare")).expect("a folder");
    for (path, message) in [
        ("empty.txt", "the file is empty"),
        ("bare", "there are no banks in this folder"),
        ("absent.txt", "there is no such file"),
    ] {
        let said = program.run(&["import", path]);
        assert_eq!(said.code, 1, "{path}");
        assert!(said.err.contains(message) && said.err.contains("hint:"), "{path}: {}", said.err);
    }
    assert_eq!(program.table("cards").len(), 0);
}

#[test]
fn a_card_that_goes_leaves_its_history_to_no_other_with_the_same_back() {
    let study = Study::new();
    let import = |text: &str| study.file("words.md", text).import_file("words.md");
    let imported = import("---\nname = \"Words\"\n---\nQ: Hund\nA: dog\n\nQ: Katze\nA: cat\n\nC: der [Hund]\n");
    assert_eq!(imported.figures.deck, "Words");
    imported.assert_figures(&[("new", 3)]);
    import("---\nname = \"Words\"\n---\nQ: Köter\nA: dog\n\nQ: Katze\nA: the cat\n\nC: die [Katze]\n")
        .assert_figures(&[("new", 2), ("edited", 1), ("missing", 2), ("key_changed", 0)]);
    study.is_sound();
}

#[test]
fn an_id_that_stands_twice_mixes_up_no_questions() {
    let study = Study::new();
    let bank = "#separator:tab\n#guid column:1\n0\tRome\tItaly\n0\tOslo\tNorway\n1\tParis\tFrance\n";
    study.file("towns.txt", bank);
    for figure in ["new", "unchanged"] {
        let imported = study.import_file("towns.txt");
        imported.assert_figures(&[(figure, 3)]);
        let places = imported.bank.problems.iter().map(|one| (one.line, one.column, one.severity, one.code));
        assert!(places.into_iter().any(|place| place == (4, 1, Severity::Warning, "duplicate-id")));
    }
}

#[test]
fn gaps_of_a_text_are_told_with_their_answers() {
    let study = Study::new();
    study.file(
        "gaps.xml",
        "<quiz><question type=\"cloze\"><questiontext><text>It is {1:SA:=hot#Yes~%50%warm} at {2:NM:=3:1}.</text></questiontext></question></quiz>",
    );
    let question = study.import_file_as("gaps.xml", &dry_run()).lines().remove(0);
    assert_eq!((&question["kind"], &question["stem"]), (&"cloze".into(), &"It is {#1} at {#2}.".into()));
    assert_eq!(
        question["gaps"],
        serde_json::json!([
            {"kind": "shortanswer", "accept": ["hot", "warm"], "weights": [1.0, 0.5], "feedback": ["Yes", null]},
            {"kind": "numerical", "accept": ["3"], "weights": [1.0], "feedback": [null], "tolerance": [1.0]},
        ])
    );
}

#[test]
fn the_log_of_this_database_is_not_entered_twice() {
    let program = Program::new();
    program.file("bank.txt", "Which one? {#q1}\n- A. this *\n- B. that\n\nAnd which? {#q2}\n- A. x *\n- B. y\n");
    program.ok(&["import", "bank.txt"]);
    program.with_input(&["review", "--plain"], "a\n\na\n\n");
    let before = program.table("cards");
    let answers = program.table("reviews").len();
    assert!(answers >= 2, "{answers} answers");
    program.ok(&["export", "revlog", "-o", "log.csv"]);
    for _ in 0..2 {
        let said = program.run(&["import", "log.csv"]);
        assert!(said.err.contains(&format!("0 answers entered the log, {answers} were there already")), "{}", said.err);
    }
    assert_eq!(program.table("cards"), before);
    program.is_sound();
}

#[test]
fn what_is_kept_for_the_person_is_not_written_over() {
    let program = Program::new();
    program.file("bank.txt", "Which one?\n- A. this *\n- B. that\n");
    program.ok(&["import", "bank.txt"]);
    program.ok(&["config", "theme", "light"]);
    program.ok(&["backup", "copy.db"]);
    for (file, what) in [("data/config.toml", "the settings file of this program"), ("copy.db", "a backup")] {
        let before = std::fs::read(program.folder().join(file)).expect("a file");
        let said = program.run(&["export", "cards", "-o", file, "--force"]);
        assert!(said.code == 1 && said.err.contains(what), "{}", said.err);
        assert!(std::fs::read(program.folder().join(file)).expect("a file") == before, "{file}");
    }
    program.ok(&["backup", "copy.db"]);
    program.ok(&["config", "theme", "dark"]);
}

#[test]
fn tables_of_this_program_are_no_banks() {
    let program = Program::new();
    program.file("bank.txt", "Which one?\n- A. this *\n- B. that\n");
    program.ok(&["import", "bank.txt"]);
    program.with_input(&["review", "--plain"], "a\n\n");
    for table in ["stats", "cards", "questions", "choices", "reviews", "topics", "forecast", "decks"] {
        for end in ["csv", "json"] {
            let file = format!("{table}.{end}");
            program.ok(&["export", table, "-o", &file]);
            let said = program.run(&["import", &file]);
            assert_eq!(said.code, 1, "{file}: {}", said.err);
            assert!(
                said.err.contains(&format!("this is the table `{table}` that `retain export` writes")),
                "{}",
                said.err
            );
        }
    }
    assert_eq!(program.table("cards").len(), 1);
}

#[test]
fn parts_of_an_export_and_rescued_answers_are_no_banks() {
    let program = Program::new();
    program.file("bank.txt", "Which one?\n- A. this *\n- B. that\n");
    program.ok(&["import", "bank.txt"]);
    program.ok(&["export", "everything", "-o", "all"]);
    for part in ["manifest.json", "README.txt", "tables/card.jsonl", "tables/question.jsonl", "tables/deed.jsonl"] {
        let said = program.run(&["import", &format!("all/{part}")]);
        assert_eq!(said.code, 1, "{part}: {}", said.err);
        assert!(said.err.contains("this is a part of an export of everything, not a bank"), "{part}: {}", said.err);
    }
    program.ok(&["import", "all/banks/bank.md", "--dry-run"]);
    // A spreadsheet of another country saved it again.
    let stats = program.ok(&["export", "stats"]).out.replace(',', ";");
    program.file("stats.csv", format!("\u{feff}{stats}"));
    let said = program.run(&["import", "stats.csv"]);
    assert!(said.err.contains("this is the table `stats`"), "{}", said.err);
    program.file("kept.jsonl", "{\"retain-rescue\":{\"version\":1,\"database\":\"/a.db\"}}\n");
    let said = program.run(&["import", "kept.jsonl"]);
    assert!(said.err.contains("these are answers that were rescued, not a bank"), "{}", said.err);
    assert!(said.err.contains("hint: `retain restore --answers \"kept.jsonl\"` enters them"), "{}", said.err);
    program.run(&["restore", "--answers", "kept.jsonl", "--yes"]);
    assert_eq!(program.table("cards").len(), 1);
}

#[test]
fn answers_of_one_moment_make_the_schedule_of_the_log() {
    for ratings in [[3, 1], [1, 3], [4, 2], [2, 4], [1, 4], [3, 3]] {
        let study = Study::new();
        study.bank("bank", "Which one? {#q1}\n- A. this *\n- B. that\n");
        let [one, other] = ratings.map(|rating| format!("q1,1793520000000,{rating},3,3000\n"));
        let last = "q1,1793606400000,3,2,3000\n";
        study.file("history.csv", [HISTORY, &one, &other, last].concat()).import_history_file("history.csv");
        study.is_sound();
        assert_eq!(study.table("reviews").len(), 3, "{ratings:?}");
    }
}

#[test]
fn an_import_is_taken_back_whatever_became_of_its_deck() {
    for after in [
        &["deck", "merge", "second", "first"][..],
        &["deck", "archive", "second"],
        &["deck", "delete", "second", "--yes"],
    ] {
        let program = Program::new();
        program.file("first.txt", "Which one?\n- A. this *\n- B. that\n");
        program.file("second.txt", "And which?\n- A. this *\n- B. that\n");
        program.ok(&["import", "first.txt"]);
        program.ok(&["import", "second.txt"]);
        program.ok(after);
        let before = program.table("cards");
        program.ok(&["import", "--undo", "--yes"]);
        assert_eq!(program.table("cards").len(), 1, "{after:?}");
        program.is_sound();
        program.ok(&["undo", "--yes"]);
        assert_eq!(program.table("cards"), before, "{after:?}");
        program.is_sound();
    }
}
