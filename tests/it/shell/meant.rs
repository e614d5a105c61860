//! What was meant by a name, an ending, a date or a word.

use crate::fixture::program::Program;

#[test]
fn the_name_of_a_file_says_the_format_of_a_bank() {
    let mut program = Program::new();
    program.with_mlops();
    let deck = program.table("decks")[0]["deck"].as_str().expect("a name").to_owned();
    for (name, format) in [
        ("a.json", "json"),
        ("a.csv", "csv"),
        ("a.gift", "gift"),
        ("a.xml", "moodle-xml"),
        ("a.md", "markdown"),
        ("b.MD", "markdown"),
        ("a.txt", "text"),
        ("a", "text"),
    ] {
        let output = program.run(&["bank", "print", &deck, "-o", name]);
        assert!([0, 3].contains(&output.code), "{name}: {}", output.err);
        let text = std::fs::read_to_string(program.folder().join(name)).expect("a file");
        assert_eq!(text, program.run(&["bank", "print", &deck, "--format", format]).out, "{name}");
    }
    for name in ["a.xlsx", "a.docx", "a.apkg", "a.PDF"] {
        let output = program.run(&["bank", "print", &deck, "-o", name]);
        assert_eq!(output.code, 1, "{name}");
        assert!(output.err.contains("hint: write `.csv`") && !program.folder().join(name).exists(), "{}", output.err);
    }
    program.ok(&["bank", "print", &deck, "-o", "b.txt", "--format", "json"]);
    let text = std::fs::read_to_string(program.folder().join("b.txt")).expect("a file");
    assert!(text.starts_with(['[', '{']), "what is said wins: {text}");
    for name in ["t.xlsx", "t.csv", "t.pdf"] {
        let output = program.run(&["stats", "--html", name]);
        assert_eq!(output.code, 1, "{name}");
        assert!(output.err.contains("`.html`") && !program.folder().join(name).exists(), "{}", output.err);
    }
    program.ok(&["stats", "--html", "t.html"]);
}

#[test]
fn what_fails_makes_no_database() {
    let program = Program::new();
    program.file("odd.txt", "nothing here");
    for words in [
        &["add"][..],
        &["add", "X"],
        &["add", "X", "--file", "nofile"],
        &["add", "X", "--file", "odd.txt"],
        &["deck", "create", ""],
        &["deck", "set", "--default", "nonsense=1"],
        &["deck", "set", "--default", "new=many"],
        &["preset", "create", "calm", "nonsense=1"],
        &["import", "nofile"],
        &["import", "odd.txt"],
        &["review", "odd.txt"],
    ] {
        assert_ne!(program.run(words).code, 0, "{words:?}");
        assert!(!program.db().exists(), "{words:?}");
    }
    program.ok(&["deck", "create", "X"]);
    assert!(program.db().exists());
}

#[test]
fn days_off_are_written_as_the_day_of_an_exam_is() {
    let mut program = Program::new();
    program.with_mlops();
    for (from, to) in [("24.12.2026", "26.12.2026"), ("tomorrow", "in 3 days"), ("24 Dec", "2026-12-27")] {
        let output = program.run(&["vacation", from, to, "--dry-run"]);
        assert_eq!(output.code, 0, "{from}: {}", output.err);
    }
    for (from, why) in
        [("soon", "`soon` is not a date"), ("none", "`none` is not a date"), ("1.4.2027", "`1.4.2027` is 20")]
    {
        let output = program.run(&["vacation", from, "2027-12-26"]);
        assert!(output.code == 1 && output.err.contains(why), "{from}: {}", output.err);
    }
}

#[test]
fn a_draft_says_that_it_is_one() {
    let program = Program::new();
    program.file("draft.txt", "Which is it?\n- A. one\n- B. two\n");
    program.ok(&["import", "draft.txt", "--drafts"]);
    let found = program.ok(&["search", "is:draft"]).out;
    assert!(found.contains("Which is it?"), "{found}");
    for words in [&["card", "show", "1"][..], &["card", "flag", "1"]] {
        let output = program.run(words);
        assert_eq!(output.code, 1, "{words:?}");
        assert!(output.err.contains("is a draft") && output.err.contains("hint: `retain card edit "), "{}", output.err);
    }
}

#[test]
fn small_and_capital_forms_are_one_word_in_every_script() {
    let program = Program::new();
    let bank = "Wo ist die Straße?\n- A. hier *\n- B. dort\n\nΤι είναι λόγος;\n- A. λέξη *\n- B. ναι\n";
    program.file("words.txt", bank);
    program.ok(&["import", "words.txt"]);
    for word in ["Straße", "strasse", "STRASSE", "STRAẞE", "stras*", "λόγος", "ΛΌΓΟΣ"] {
        assert_eq!(program.ok(&["search", word, "--json"]).out.matches("\"stem\"").count(), 1, "{word}");
    }
}

#[test]
fn today_is_the_same_in_every_figure_before_an_exam() {
    let program = Program::new();
    let bank: String = (0..60).map(|at| format!("Question {at}?\n- A. {at} *\n- B. none\n\n")).collect();
    program.file("sixty.txt", &bank);
    program.ok(&["import", "sixty.txt", "--deck", "X"]);
    program.ok(&["deck", "set", "X", "exam=2027-01-15"]);
    let due = &program.json(&["due", "--json"])[0];
    let forecast = program.table("forecast");
    let today = &forecast[0];
    assert_eq!((&due["new"], today["new"].as_u64()), (&today["new"], Some(60)), "{due} {today}");
    let calendar = program.ok(&["due", "--ics"]).out;
    assert!(calendar.contains("60 cards") || calendar.contains("60 new"), "{calendar}");
    let far = program.ok(&["deck", "set", "X", "exam=2036-01-15"]).err;
    assert!(far.contains("the exam is far away") && far.contains("hint: set `exam` nearer"), "{far}");
    assert!(!program.ok(&["deck", "set", "X", "exam=2027-06-01"]).err.contains("far away"));
}
