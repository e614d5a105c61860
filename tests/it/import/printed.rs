//! Decks written back as banks: what is printed, and that importing it again changes nothing.

use crate::fixture::program::Program;
use crate::fixture::study::import::{into_deck, refusal};
use crate::fixture::study::{Study, all_right};
use retain::bank::print::Loss;

/// The formats that say everything.
const WHOLE: [(&str, &str); 4] =
    [("text", "again.txt"), ("markdown", "again.md"), ("csv", "again.csv"), ("json", "again.json")];

/// A question of every kind, but for those that no reader makes.
const KINDS: &str = r##"[
{"id":"k-1","kind":"single","topic":"A/B","stem":"One of these?","options":["x * {50 %}","All of the above","# z"],"correct":[2],"feedback":["no",null,"yes\n\n  indeed"],"explanation":"See\n    code","tags":["a, b","c"],"markup":"markdown"},
{"id":"k 2","kind":"multiple","topic":"A/B","stem":"Some of these?","options":["x","y","z"],"correct":[0,2],"weights":[0.5,-1.0,0.5],"pinned":[1],"markup":"html"},
{"id":"k-3","kind":"truefalse","topic":null,"stem":"Is it?","options":["True","False"],"correct":[1],"markup":"plain","declared":"--key last"},
{"id":"k-4","kind":"short","topic":"C","stem":"Which word?","accept":["four","4"],"weights":[1.0,0.5],"markup":"plain"},
{"id":"k-5","kind":"numeric","topic":"C","stem":"How much?","accept":["3.14"],"tolerance":[0.01],"markup":"plain"},
{"id":"k-6","kind":"match","topic":"C","stem":"Which belong together?","pairs":[["Italy","Rome"],["Japan","Tokyo"]],"markup":"plain"},
{"id":"k-7","kind":"order","topic":"C","stem":"In which order?","options":["first","second"],"markup":"plain"},
{"id":"k-8","kind":"cloze","topic":"C","stem":"Two and two is {1:NUMERICAL:=4}.","markup":"plain"},
{"id":"k-9","kind":"card","topic":"C","stem":"Front","options":["Back"],"markup":"plain"},
{"id":"k-10","kind":"open","topic":"C","stem":"Write of it.","explanation":"Say much.","markup":"plain"},
{"id":"k-11","kind":"single","topic":"D","stem":"Nobody knows?","options":["really","indeed"],"correct":[],"markup":"plain"}
]
"##;

/// Every question of a deck as a bank has it.
fn questions(study: &Study, deck: &str) -> String {
    study.printed_as(deck, "json").text
}

fn with_kinds() -> Study {
    let study = Study::new();
    study.file("kinds.json", KINDS).import_file("kinds.json");
    study
}

#[test]
fn what_is_printed_imports_as_it_was_and_keeps_the_histories() {
    for (format, file) in WHOLE.into_iter().chain([("gift", "again.gift"), ("moodle-xml", "again.xml")]) {
        let study = Study::new();
        study.mlops().review(all_right);
        let before = (study.table("cards"), questions(&study, "MLOps"));
        let printed = study.printed_as("MLOps", format);
        assert_eq!(printed.losses, [], "{format}");
        study.file(file, printed.text);
        study.import_file_as(file, &into_deck("MLOps")).assert_figures(&[
            ("unchanged", 10),
            ("questions", 10),
            ("warnings", 0),
        ]);
        assert_eq!(study.table("cards"), before.0, "{format}");
        let after = questions(&study, "MLOps");
        if WHOLE.iter().any(|(whole, _)| *whole == format) {
            assert_eq!(after, before.1, "{format}");
        }
        assert_eq!(after.matches("\"declared\":\"key: first in the bank\"").count(), 10, "{format}");
        study.is_sound();
    }
}

#[test]
fn a_deck_of_all_kinds_is_printed_whole() {
    let study = with_kinds();
    let all = questions(&study, "kinds");
    assert_eq!(all.lines().count(), 13, "eleven questions and two brackets:\n{all}");
    for (format, file) in WHOLE {
        let fresh = Study::new();
        let printed = study.printed_as("kinds", format);
        assert_eq!(printed.losses, [], "{format}");
        fresh.file(file, &printed.text).import_file_as(file, &into_deck("kinds"));
        assert_eq!(questions(&fresh, "kinds"), all, "{format}");
        // Into the deck that it came from.
        study.file(file, &printed.text).import_file_as(file, &into_deck("kinds")).assert_figures(&[("unchanged", 11)]);
    }
}

#[test]
fn what_a_format_cannot_hold_is_left_out_and_told() {
    let study = with_kinds();
    let losses = |losses: &[Loss], left_out: bool| -> Vec<(usize, &'static str)> {
        let found = losses.iter().filter(|loss| loss.left_out == left_out);
        found.map(|loss| (loss.questions, loss.what)).collect()
    };
    for (format, file, kept) in [("gift", "again.gift", 7), ("moodle-xml", "again.xml", 8)] {
        let printed = study.printed_as("kinds", format);
        for (left_out, what) in [(true, "without a right answer"), (false, "the places that options keep")] {
            let found = losses(&printed.losses, left_out);
            assert!(found.iter().any(|(_, lost)| lost.ends_with(what)), "{format}: {found:?}");
        }
        let again = study.file(file, &printed.text).import_file_as(file, &into_deck("again"));
        again.assert_figures(&[("questions", kept), ("rejected", 0)]);
    }
    let printed = study.printed_as("kinds", "aiken");
    assert_eq!(
        printed.text,
        "---\ndeck: kinds\n---\n\nOne of these?\nA. x * {50 %}\nB. All of the above\nC. # z\nANSWER: C\n\nIs it?\nA. True\nB. False\nANSWER: B\n\n"
    );
    assert_eq!(losses(&printed.losses, true)[0], (8, "Aiken has questions with one right option only"));
}

#[test]
fn an_edited_print_keeps_its_questions_by_their_ids() {
    let study = Study::new();
    let printed = study.mlops().printed_as("MLOps", "text").text;
    let edited = printed
        .replace("What does MLOps primarily aim to achieve in machine learning projects?", "Quite another question?");
    assert_ne!(edited, printed);
    study.file(
        "edited.txt",
        edited.replace("Automating the deployment and monitoring of machine learning models", "Something else"),
    );
    let imported = study.import_file("edited.txt");
    assert_eq!(imported.figures.deck, "MLOps");
    imported.assert_figures(&[("edited", 1), ("unchanged", 9)]);
    assert_eq!(study.table("cards").len(), 10);
}

#[test]
fn a_slip_in_an_exact_bank_is_told_with_its_place() {
    let study = Study::new();
    let printed = study.mlops().printed_as("MLOps", "text").text;
    let imported = study.file("slip.txt", printed.replacen("- B. ", "- C. ", 1)).import_file("slip.txt");
    imported.assert_figures(&[("rejected", 1)]);
    let words = imported.words();
    assert!(
        words.starts_with(
            "slip.txt:10:3: error[label-order]: this option is labelled C, but B is due here\n   |\n10 | - C. Ensuring high-speed internet connections\n   |   ^^^"
        ),
        "{words}"
    );
}

#[test]
fn decks_that_cannot_be_printed_are_told() {
    let study = Study::new();
    let refused = |deck: &str| {
        let (code, text) = refusal(study.trainer().printed_bank(deck));
        assert_eq!(code, 1, "{text}");
        text
    };
    let text = refused("MLOps");
    assert!(text.starts_with("error: no deck is called `MLOps`\nhint: there are no decks yet"), "{text}");
    study.mlops();
    assert!(refused("MLOsp").contains("did you mean `MLOps`?"));
    study.bank("Outer::Inner", "What?\n- A. x *\n- B. y\n");
    let text = refused("Outer");
    assert!(text.contains("`Outer` is no deck of its own: it only holds others, such as `Outer::Inner`"), "{text}");
    let database = rusqlite::Connection::open(study.db()).expect("the database");
    database.execute_batch("insert into deck (name) values ('Outer'), ('Empty')").expect("decks without questions");
    for (deck, hint) in [
        ("Outer", "the decks in it are banks of their own: `retain bank print Outer::Inner`"),
        ("Empty", "import a bank into it with `retain import FILE`"),
    ] {
        assert_eq!(refused(deck), format!("error: `{deck}` has no questions of its own\nhint: {hint}\n"));
    }
}

#[test]
fn a_print_goes_to_standard_output_or_to_a_file_and_losses_to_standard_error() {
    let mut program = Program::new();
    let said = program.run(&["bank", "print", "MLOps"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    program.with_mlops();
    let printed = program.ok(&["bank", "print", "MLOps"]);
    assert_eq!(printed.err, "");
    let said = program.ok(&["bank", "print", "MLOps", "-o", "again.txt"]);
    assert_eq!((said.out.as_str(), said.err.as_str()), ("", "wrote 10 questions to again.txt\n"));
    assert_eq!(std::fs::read_to_string(program.folder().join("again.txt")).expect("the file"), printed.out);
    assert_eq!(program.run(&["bank", "print", "MLOps", "--format", "pdf"]).code, 2);
    let said = program.run(&["bank", "print", "MLOps", "-o", "absent/out.txt"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("absent/out.txt: cannot be written") && said.err.contains("hint:"), "{}", said.err);

    program.file("essay.json", r#"[{"kind":"card","markup":"plain","stem":"Front","options":["Back"]}]"#);
    program.ok(&["import", "essay.json"]);
    let said = program.run(&["bank", "print", "essay", "--format", "gift", "-o", "none.gift"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("error: `gift` cannot hold any question of `essay`\nhint: "), "{}", said.err);
    assert!(!program.folder().join("none.gift").exists());

    program.file("kinds.json", KINDS);
    program.ok(&["import", "kinds.json"]);
    let said = program.run(&["bank", "print", "kinds", "--format", "aiken"]);
    assert_eq!((said.code, said.out.starts_with("---\ndeck: kinds\n---\n")), (3, true), "{}", said.out);
    assert!(
        said.err.contains("8 questions left out of `aiken`: Aiken has questions with one right option only\n"),
        "{}",
        said.err
    );
    let said = program.run(&["bank", "print", "kinds", "--format", "gift"]);
    assert!(said.code == 3 && said.err.contains("without a right answer\n"), "{}", said.err);
}
