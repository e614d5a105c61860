//! Imports: what is told, what is kept, and bad input of all kinds.

use std::fs;

use crate::fixture::program::{Program, mlops_right};

const UNMARKED: &str = "What?\n- A. x\n- B. y\n\nWho?\n- A. u\n- B. v\n";

#[test]
fn a_typo_that_is_mended_is_one_edit_and_keeps_the_history() {
    let mut program = Program::new();
    program.with_mlops();
    program.review(mlops_right());
    let before = program.table("cards");
    let fixed = fs::read_to_string(program.folder().join("mlops.txt")).expect("the bank").replace("tunning", "tuning");
    program.file("mlops.txt", fixed);
    let summary = program.ok(&["import", "mlops.txt", "--json"]).summary();
    for (figure, count) in [("questions", 10), ("edited", 1), ("unchanged", 9), ("new", 0), ("missing", 0)] {
        assert_eq!(summary[figure], count, "{figure}");
    }
    assert_eq!(program.table("cards"), before);
    program.is_sound();
}

#[test]
fn new_missing_and_corrected_questions_are_told() {
    let mut program = Program::new();
    program.file("a.txt", "One?\n- A. x *\n- B. y\n\nTwo?\n- A. u *\n- B. v\n\nThree?\n- A. p *\n- B. q\n");
    program.ok(&["import", "a.txt"]);
    program.review(|_| "A".into());
    program.at("2026-11-24T08:00:00+01:00");
    program.file("a.txt", "One?\n- A. x *\n- B. y\n\nTwo?\n- A. u\n- B. v *\n\nFour?\n- A. r *\n- B. s\n");
    let said = program.run(&["import", "a.txt"]);
    assert!(
        said.err.contains(
            "1 new, 1 unchanged, 1 with a changed key (history kept, due now), 1 missing from the bank (kept)"
        ),
        "{}",
        said.err
    );
    let two = program.table("cards").into_iter().find(|card| card["stem"] == "Two?").expect("the card");
    assert_eq!(
        (two["due"].as_str(), two["answers"].as_i64().map(|answers| answers > 0)),
        (Some("2026-11-24"), Some(true))
    );
    program.is_sound();
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
fn bad_files_are_refused_in_words_and_change_nothing() {
    let program = Program::new();
    program.file("empty.txt", "");
    program.file("binary.txt", [0, 159, 146, 150, 0, 0, 3, 1, 0, 0]);
    program.file("long.txt", vec![b'x'; 3 << 20]);
    program.file("prose.txt", "nothing but prose");
    program.file("optionless.txt", "What is it?\n\nWho is it?\n");
    program.file("two.txt", "---\nkind: single\n---\nWhich?\n- A. x *\n- B. y *\n- C. z\n");
    fs::create_dir(program.folder().join("bare")).expect("a folder");
    for (file, message) in [
        ("empty.txt", "the file is empty"),
        ("binary.txt", "the file is binary"),
        ("long.txt", "line 1 is longer than a mebibyte"),
        ("prose.txt", "no questions were found"),
        ("optionless.txt", "2 of 2 questions are broken"),
        ("two.txt", "its only question is broken"),
        ("bare", "there are no banks in this folder"),
        ("absent.txt", "there is no such file"),
    ] {
        let said = program.run(&["import", file]);
        assert_eq!(said.code, 1, "{file}");
        assert!(said.err.contains(message) && said.err.contains("hint:"), "{file}: {}", said.err);
        assert_eq!(program.table("cards").len(), 0, "{file}");
    }
}

#[test]
fn bad_databases_are_refused_in_words_and_stay_as_they_are() {
    let program = Program::new();
    program.file("bank.txt", "What?\n- A. x *\n- B. y\n");
    program.file("text.db", "this is a text file and no database, however long one looks at it\n".repeat(30));
    let before = fs::read(program.folder().join("text.db")).expect("the file");
    let said = program.run(&["--db", "text.db", "import", "bank.txt"]);
    assert_eq!(
        (said.code, said.err.as_str()),
        (
            1,
            "error: text.db: the file is not a database\nhint: choose another file with `--db PATH`, or move this one away to start afresh\n"
        )
    );
    assert_eq!(fs::read(program.folder().join("text.db")).expect("the file"), before);

    program.ok(&["--db", "own.db", "import", "bank.txt"]);
    let own = program.folder().join("own.db");
    let mut permissions = fs::metadata(&own).expect("the file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&own, permissions).expect("read-only");
    let said = program.run(&["--db", "own.db", "import", "bank.txt"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("the database is read-only"), "{}", said.err);
    program.ok(&["--db", "own.db", "export", "cards"]);
}

#[test]
fn answers_that_have_yet_to_come_are_told_and_left_out() {
    let mut program = Program::new();
    program.at("2026-11-23T08:00:00+01:00");
    program.file("bank.txt", "Which one? {#q1}\n- A. this *\n- B. that\n");
    program.ok(&["import", "bank.txt"]);
    // 2026-11-20, 22 hours ahead of now, and a year ahead.
    let rows = ["q1,1795161600000,3,0,4000", "q1,1795496400000,3,2,4000", "q1,1827000000000,3,2,4000"];
    let header = "card_id,review_time,review_rating,review_state,review_duration";
    program.file("history.csv", format!("{header}\n{}\n", rows.join("\n")));
    let strict = program.run(&["import", "history.csv", "--strict"]);
    assert_eq!((strict.code, program.table("reviews").len()), (1, 0), "{}", strict.err);
    let said = program.run(&["import", "history.csv"]);
    assert_eq!(said.code, 3, "{}", said.err);
    assert!(
        said.err.contains("history.csv:4:4: error[history]: the answer at `1827000000000` is ahead of now"),
        "{}",
        said.err
    );
    assert_eq!(program.table("reviews").len(), 2);
    program.is_sound();
}

#[test]
fn a_history_enters_the_log_once() {
    let program = Program::new();
    program.file("bank.txt", "One? {#q1}\n- A. x *\n- B. y\n\nTwo? {#q2}\n- A. u *\n- B. v\n");
    program.ok(&["import", "bank.txt"]);
    program.file(
        "history.csv",
        "card_id,review_time,review_rating,review_state,review_duration\n\
         q1,1790000000000,3,0,4000\nq1,1790000600000,3,1,3000\nq1,1790300000000,1,2,5000\nq2,1790000001000,4,0,2000\n",
    );
    program.ok(&["import", "history.csv"]);
    assert!(program.run(&["import", "history.csv"]).err.contains("0 answers entered the log, 4 were there already"));
    let rows = program.table("reviews");
    assert_eq!(rows.len(), 4);
    // With ratings at their word, the memory is the crate's own.
    let item = |days: &[u32], ratings: &[u32]| fsrs::FSRSItem {
        reviews: days
            .iter()
            .zip(ratings)
            .map(|(delta_t, rating)| fsrs::FSRSReview { rating: *rating, delta_t: *delta_t })
            .collect(),
    };
    let expected = fsrs::FSRS::default().memory_state(item(&[0, 0, 3], &[3, 3, 1]), None).expect("a state");
    let card = program.table("cards").into_iter().find(|card| card["stem"] == "One?").expect("the card");
    assert_eq!(card["stability"].as_f64().map(|value| value as f32), Some(expected.stability));
    let back = program.run(&["export", "revlog"]).out;
    assert_eq!(back.lines().count(), 5);
    program.is_sound();
}

#[test]
fn folders_and_standard_input_are_read() {
    let program = Program::new();
    program.file("banks/a.txt", "One?\n- A. x *\n- B. y\n");
    program.file("banks/deep/b.md", "# Topic\nTwo?\n- [x] u\n- [ ] v\n");
    program.file("banks/notes.pdf", "no bank");
    program.ok(&["import", "banks"]);
    assert_eq!(program.with_input(&["import", "-", "--deck", "In::Deep"], "Three?\n- A. p\n- B. q *\n").code, 0);
    let decks: Vec<String> =
        program.table("decks").iter().map(|row| row["deck"].as_str().expect("a name").to_owned()).collect();
    assert_eq!(decks, ["a", "b", "In::Deep"]);
    let topics: Vec<_> = program.table("cards").iter().map(|row| row["topic"].as_str().map(str::to_owned)).collect();
    assert!(topics.contains(&Some("Topic".into())));
}

#[test]
fn a_dry_run_changes_nothing() {
    let program = Program::new();
    program.file("a.txt", "One?\n- A. x *\n- B. y\n");
    let said = program.run(&["import", "--dry-run", "a.txt"]);
    assert_eq!((said.code, said.err.as_str()), (0, "a.txt: 1 question would go into `a`: 1 new\n"));
    assert_eq!(program.table("cards").len(), 0);
    assert_eq!(program.table("decks").len(), 0);
}

#[test]
fn a_retired_question_comes_back_with_its_bank_and_a_suspended_one_does_not() {
    let program = Program::new();
    let (one, two) = ("One?\n- A. x *\n- B. y\n\n", "Two?\n- A. u *\n- B. v\n");
    let suspended = || {
        let cards = program.table("cards");
        cards.iter().filter(|card| card["suspended"] == true).map(|card| card["stem"].to_string()).collect::<Vec<_>>()
    };
    program.file("a.txt", format!("{one}{two}"));
    program.ok(&["import", "a.txt"]);
    program.file("a.txt", one);
    program.ok(&["import", "a.txt", "--retire-missing"]);
    assert_eq!(suspended(), ["\"Two?\""]);
    let first = program.table("cards").into_iter().find(|card| card["stem"] == "One?").expect("the card");
    program.ok(&["card", "suspend", first["card"].as_str().expect("an id")]);
    program.file("a.txt", format!("{one}{two}"));
    program.ok(&["import", "a.txt"]);
    assert_eq!(suspended(), ["\"One?\""]);
    program.is_sound();
}

#[test]
fn pictures_are_copied_by_their_content() {
    let program = Program::new();
    let bank = "#### Q1. What is this? ![map](images/a%20map.png)\n\n- [x] a ![gone](images/gone.png)\n- [ ] b\n\n#### Q2. And this?\n\n![map](other.png)\n\n- [x] c\n- [ ] d\n";
    program.file("quiz/bank.md", bank);
    program.file("quiz/images/a map.png", b"one picture");
    program.file("quiz/other.png", b"one picture");
    let dry = program.run(&["import", "--dry-run", "quiz/bank.md"]);
    assert!(dry.err.contains("warning[media-missing]"), "{}", dry.err);
    let folder = program.db().with_file_name("media");
    assert!(!folder.exists());
    let said = program.run(&["import", "quiz/bank.md"]);
    assert!(said.err.contains("the file `images/gone.png` is not copied: there is no such file"), "{}", said.err);
    let files: Vec<_> =
        std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("a file").path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    assert_eq!(std::fs::read(&files[0]).expect("a file"), b"one picture");
    // A picture that changed is another file, and an undo goes back to the one before.
    let card = program.table("cards")[1]["card"].as_str().expect("an id").to_owned();
    let shown = program.run(&["card", "show", &card]).out;
    assert!(shown.contains("media other.png: "), "{shown}");
    program.file("quiz/other.png", b"another picture");
    program.run(&["import", "quiz/bank.md"]);
    let now = program.run(&["card", "show", &card]).out;
    assert_ne!(now, shown);
    program.ok(&["import", "--undo"]);
    assert_eq!(program.run(&["card", "show", &card]).out, shown);
    program.is_sound();
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
}

#[test]
fn a_card_that_goes_leaves_its_history_to_no_other_with_the_same_back() {
    let program = Program::new();
    let import = |text: &str| {
        program.file("words.md", text);
        let said = program.run(&["import", "words.md", "--json"]);
        serde_json::from_str::<serde_json::Value>(said.out.lines().last().expect("a summary")).expect("JSON")
    };
    let summary = import("---\nname = \"Words\"\n---\nQ: Hund\nA: dog\n\nQ: Katze\nA: cat\n\nC: der [Hund]\n");
    assert_eq!((&summary["deck"], &summary["new"]), (&"Words".into(), &3.into()));
    let summary = import("---\nname = \"Words\"\n---\nQ: Köter\nA: dog\n\nQ: Katze\nA: the cat\n\nC: die [Katze]\n");
    for (figure, count) in [("new", 2), ("edited", 1), ("missing", 2), ("key_changed", 0)] {
        assert_eq!(summary[figure], count, "{figure}");
    }
    program.is_sound();
}

#[test]
fn an_id_that_stands_twice_mixes_up_no_questions() {
    let program = Program::new();
    let bank = "#separator:tab\n#guid column:1\n0\tRome\tItaly\n0\tOslo\tNorway\n1\tParis\tFrance\n";
    program.file("towns.txt", bank);
    for (figure, count) in [("new", 3), ("unchanged", 3)] {
        let said = program.run(&["import", "towns.txt", "--json"]);
        let summary: serde_json::Value =
            serde_json::from_str(said.out.lines().last().expect("a summary")).expect("JSON");
        assert_eq!(summary[figure], count, "{figure}");
        assert!(
            said.out.contains("\"line\":4,\"column\":1,\"severity\":\"warning\",\"code\":\"duplicate-id\""),
            "{}",
            said.out
        );
    }
}

#[test]
fn gaps_of_a_text_are_told_with_their_answers() {
    let program = Program::new();
    program.file(
        "gaps.xml",
        "<quiz><question type=\"cloze\"><questiontext><text>It is {1:SA:=hot#Yes~%50%warm} at {2:NM:=3:1}.</text></questiontext></question></quiz>",
    );
    let said = program.ok(&["import", "--dry-run", "--json", "gaps.xml"]);
    let question: serde_json::Value = serde_json::from_str(said.out.lines().next().expect("a line")).expect("JSON");
    assert_eq!((&question["kind"], &question["stem"]), (&"cloze".into(), &"It is {#1} at {#2}.".into()));
    assert_eq!(
        question["gaps"],
        serde_json::json!([
            {"kind": "shortanswer", "accept": ["hot", "warm"], "weights": [1.0, 0.5], "feedback": ["Yes", null]},
            {"kind": "numerical", "accept": ["3"], "weights": [1.0], "feedback": [null], "tolerance": [1.0]},
        ])
    );
}
