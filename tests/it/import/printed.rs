//! Decks written back as banks: what is printed, and that importing it again changes nothing.

use std::fs;

use crate::fixture::program::{Program, mlops_right};

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
fn questions(program: &Program, deck: &str) -> String {
    program.run(&["bank", "print", deck, "--format", "json"]).out
}

#[test]
fn what_is_printed_imports_as_it_was_and_keeps_the_histories() {
    for (format, file) in WHOLE.into_iter().chain([("gift", "again.gift"), ("moodle-xml", "again.xml")]) {
        let mut program = Program::new();
        program.with_mlops();
        program.review(mlops_right());
        let before = (program.table("cards"), questions(&program, "MLOps"));
        let said = program.run(&["bank", "print", "MLOps", "--format", format, "-o", file]);
        assert_eq!((said.code, said.err), (0, format!("wrote 10 questions to {file}\n")), "{format}");
        let said = program.ok(&["import", file, "--deck", "MLOps", "--json"]);
        let figures = said.summary();
        assert_eq!((&figures["unchanged"], &figures["questions"]), (&10.into(), &10.into()), "{format}: {figures}");
        assert_eq!(figures["warnings"], 0, "{format}: {}", said.err);
        assert_eq!(program.table("cards"), before.0, "{format}");
        let after = questions(&program, "MLOps");
        if WHOLE.iter().any(|(whole, _)| *whole == format) {
            assert_eq!(after, before.1, "{format}");
        }
        assert_eq!(after.matches("\"declared\":\"key: first in the bank\"").count(), 10, "{format}");
        program.is_sound();
    }
}

#[test]
fn a_deck_of_all_kinds_is_printed_whole() {
    let program = Program::new();
    program.file("kinds.json", KINDS);
    program.ok(&["import", "kinds.json"]);
    let all = questions(&program, "kinds");
    assert_eq!(all.lines().count(), 13, "eleven questions and two brackets:\n{all}");
    for (format, file) in WHOLE {
        let fresh = Program::new();
        let said = program.run(&["bank", "print", "kinds", "--format", format]);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{format}");
        fresh.file(file, &said.out);
        fresh.ok(&["import", file, "--deck", "kinds"]);
        assert_eq!(questions(&fresh, "kinds"), all, "{format}");
        // Into the deck that it came from.
        program.file(file, fs::read(fresh.folder().join(file)).expect("the file"));
        let figures = program.run(&["import", file, "--deck", "kinds", "--json"]).summary();
        assert_eq!(figures["unchanged"], 11, "{format}: {figures}");
    }
}

#[test]
fn what_a_format_cannot_hold_is_left_out_and_told() {
    let program = Program::new();
    program.file("kinds.json", KINDS);
    program.ok(&["import", "kinds.json"]);
    for (format, file, kept) in [("gift", "again.gift", 7), ("moodle-xml", "again.xml", 8)] {
        let said = program.run(&["bank", "print", "kinds", "--format", format, "-o", file]);
        assert_eq!(said.code, 3, "{format}");
        assert!(said.err.contains("without a right answer\n"), "{}", said.err);
        assert!(said.err.contains("without the places that options keep\n"), "{}", said.err);
        let said = program.run(&["import", file, "--deck", "again", "--json"]);
        assert_eq!((said.code, &said.summary()["questions"]), (0, &kept.into()), "{format}: {}", said.err);
    }
    let said = program.run(&["bank", "print", "kinds", "--format", "aiken"]);
    assert_eq!(said.code, 3);
    assert_eq!(
        said.out,
        "---\ndeck: kinds\n---\n\nOne of these?\nA. x * {50 %}\nB. All of the above\nC. # z\nANSWER: C\n\nIs it?\nA. True\nB. False\nANSWER: B\n\n"
    );
    assert!(
        said.err.contains("8 questions left out of `aiken`: Aiken has questions with one right option only\n"),
        "{}",
        said.err
    );
}

#[test]
fn an_edited_print_keeps_its_questions_by_their_ids() {
    let mut program = Program::new();
    program.with_mlops();
    let printed = program.run(&["bank", "print", "MLOps"]).out;
    let edited = printed
        .replace("What does MLOps primarily aim to achieve in machine learning projects?", "Quite another question?");
    assert_ne!(edited, printed);
    program.file(
        "edited.txt",
        edited.replace("Automating the deployment and monitoring of machine learning models", "Something else"),
    );
    let figures = program.run(&["import", "edited.txt", "--json"]).summary();
    assert_eq!((&figures["deck"], &figures["edited"], &figures["unchanged"]), (&"MLOps".into(), &1.into(), &9.into()));
    assert_eq!(program.table("cards").len(), 10);
}

#[test]
fn a_slip_in_an_exact_bank_is_told_with_its_place() {
    let mut program = Program::new();
    program.with_mlops();
    let printed = program.run(&["bank", "print", "MLOps"]).out;
    program.file("slip.txt", printed.replacen("- B. ", "- C. ", 1));
    let said = program.run(&["import", "slip.txt"]);
    assert_eq!(said.code, 3);
    assert!(
        said.err.starts_with(
            "slip.txt:10:3: error[label-order]: this option is labelled C, but B is due here\n   |\n10 | - C. Ensuring high-speed internet connections\n   |   ^^^"
        ),
        "{}",
        said.err
    );
}

#[test]
fn decks_that_cannot_be_printed_are_told() {
    let mut program = Program::new();
    let said = program.run(&["bank", "print", "MLOps"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(said.err.starts_with("error: no deck is called `MLOps`\nhint: there are no decks yet"), "{}", said.err);
    program.with_mlops();
    assert!(program.run(&["bank", "print", "MLOp"]).err.contains("did you mean `MLOps`?"));
    program.file("inner.txt", "What?\n- A. x *\n- B. y\n");
    program.ok(&["import", "inner.txt", "--deck", "Outer::Inner"]);
    let said = program.run(&["bank", "print", "Outer"]);
    assert_eq!((said.code, said.err.contains("no deck is called `Outer`")), (1, true), "{}", said.err);
    let database = rusqlite::Connection::open(program.db()).expect("the database");
    database.execute_batch("insert into deck (name) values ('Outer'), ('Empty')").expect("decks without questions");
    for (deck, hint) in [
        ("Outer", "the decks in it are banks of their own: `retain bank print Outer::Inner`"),
        ("Empty", "import a bank into it with `retain import FILE`"),
    ] {
        let said = program.run(&["bank", "print", deck]);
        let expected = format!("error: `{deck}` has no questions of its own\nhint: {hint}\n");
        assert_eq!((said.code, said.out, said.err), (1, String::new(), expected));
    }
    assert_eq!(program.run(&["bank", "print", "MLOps", "--format", "pdf"]).code, 2);
    program.file("essay.json", r#"[{"kind":"card","markup":"plain","stem":"Front","options":["Back"]}]"#);
    program.ok(&["import", "essay.json"]);
    let said = program.run(&["bank", "print", "essay", "--format", "gift", "-o", "none.gift"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("error: `gift` can hold no question of `essay`\nhint: "), "{}", said.err);
    assert!(!program.folder().join("none.gift").exists());
    let said = program.run(&["bank", "print", "MLOps", "-o", "absent/out.txt"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("absent/out.txt: cannot be written") && said.err.contains("hint:"), "{}", said.err);
}
