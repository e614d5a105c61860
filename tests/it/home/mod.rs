//! `retain` alone: a home screen on a terminal, today's lines elsewhere.

use crate::fixture::program::Program;
use crate::fixture::pty::{Pty, is_cooked, is_given_back, shell_line, wait, words};

fn with_mlops() -> Program {
    let mut program = Program::new();
    program.with_mlops();
    program
}

/// It ended with this code, and the terminal is as it was.
fn left_well(shown: &str, code: u8) {
    let (before, after) = shown.split_once(&format!("ended {code}")).unwrap_or_else(|| panic!("no end: {shown:?}"));
    assert!(is_given_back(before) && is_cooked(after), "{shown:?}");
}

/// Types, and waits until the terminal was sent these words since, however slow the machine is.
fn until(pty: &mut Pty, keys: &str, expected: &str) -> String {
    // Without keys, since the beginning.
    let before = if keys.is_empty() { 0 } else { pty.settle(0) };
    pty.types_last(keys);
    let since = |pty: &Pty| words(&pty.shown()[before..]);
    wait(|| since(pty).contains(expected));
    let shown = since(pty);
    assert!(shown.contains(expected), "{expected}: {shown}");
    shown
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn from_home_to_a_review_and_back() {
    let program = with_mlops();
    let mut pty = Pty::run(&program, &shell_line(""));
    until(&mut pty, "", "10 cards today");
    until(&mut pty, "\r", "letter picks");
    pty.types("a");
    pty.types("\r");
    let back = until(&mut pty, "q", "1 answer given");
    assert!(back.contains("1 answer, "), "what it came to stays in the terminal: {back}");
    assert!(back.contains("1 answered · 9 left") || back.contains("1 answered · 10 left"), "{back}");
    until(&mut pty, "u", "took back: answered");
    // The keys are read by one screen at a time.
    for _ in 0..2 {
        pty.types("\r");
        pty.types("q");
    }
    pty.types_last("q");
    left_well(&pty.end(), 0);
    program.is_sound();
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn pages_open_over_home() {
    let program = with_mlops();
    let mut pty = Pty::run(&program, &shell_line(""));
    until(&mut pty, "", "MLOps");
    until(&mut pty, "/", "comes back");
    pty.types("drift");
    // To the list, and back home.
    pty.types("\r");
    until(&mut pty, "q", "learning");
    until(&mut pty, "s", "goes back");
    until(&mut pty, "q", "learning");
    until(&mut pty, "?", "take a mock exam");
    until(&mut pty, "q", "learning");
    pty.resize(20, 6);
    pty.resize(120, 40);
    pty.types_last("\u{3}");
    left_well(&pty.end(), 0);
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn whoever_begins_imports_a_bank_from_the_screen() {
    let program = Program::new();
    program.file("sea creatures.txt", "One? {#q1}\n- A. x *\n- B. y\n");
    // Nobody named a database, so there is to be none.
    let line = format!("export HOME=$PWD XDG_DATA_HOME=$PWD/data; unset RETAIN_DB; {}", shell_line(""));
    let mut pty = Pty::run(&program, &line);
    until(&mut pty, "", "Welcome to retain.");
    pty.types("i");
    pty.types("~/sea\t");
    until(&mut pty, "\r", "goes back to the decks");
    until(&mut pty, "\r", "1 card today");
    // What cannot be imported is told, and home comes back.
    pty.types("i");
    let told = until(&mut pty, "-nowhere.txt\r", "goes back to the decks");
    assert!(told.contains("-nowhere.txt: there is no such file"), "{told}");
    until(&mut pty, "\r", "1 card today");
    pty.types_last("q");
    left_well(&pty.end(), 0);
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn signals_end_home_also_after_a_review() {
    for reviewed in [false, true] {
        let program = with_mlops();
        let mut pty = Pty::run(&program, &shell_line(""));
        until(&mut pty, "", "MLOps");
        if reviewed {
            until(&mut pty, "\r", "letter picks");
            until(&mut pty, "q", "learning");
        }
        pty.signal("TERM");
        left_well(&pty.end(), 0);
    }
    // A signal in a review, and one while a message is read, are for the whole program.
    let program = with_mlops();
    let mut pty = Pty::run(&program, &shell_line(""));
    until(&mut pty, "", "MLOps");
    until(&mut pty, "\r", "letter picks");
    pty.signal("HUP");
    left_well(&pty.end(), 0);
    for key in [None, Some("q"), Some("\u{3}")] {
        let mut pty = Pty::run(&program, &shell_line(""));
        pty.types("i");
        until(&mut pty, "nowhere.txt\r", "goes back to the decks");
        match key {
            Some(key) => pty.types_last(key),
            None => pty.signal("INT"),
        };
        left_well(&pty.end(), 0);
    }
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn plain_terminals_get_todays_lines() {
    let program = with_mlops();
    let lines = program.ok(&[]).out;
    assert_eq!(program.ok(&["--plain"]).out, lines);
    for line in [shell_line("--plain"), format!("env TERM=dumb {}", shell_line(""))] {
        let shown = Pty::run(&program, &line).end();
        assert!(!shown.contains("\u{1b}[?1049h") && shown.contains("Next: retain review"), "{shown:?}");
    }
    let refused = program.run(&["--plain", "review"]);
    assert_eq!(refused.code, 2, "it belongs to `retain` alone: {}", refused.err);
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn home_suggests_only_what_has_cards() {
    let program = Program::new();
    program.file("one.txt", "One? {#q1}\n- A. x *\n- B. y\n");
    program.ok(&["import", "one.txt"]);
    let stopped = program.with_input(&["review", "--plain"], "quit\n");
    assert!(stopped.out.contains("No answers this time.\n1 card is left today.\n"), "{}", stopped.out);
    program.ok(&["deck", "set", "one", "learning-steps=none", "relearning-steps=none"]);
    program.with_input(&["review", "--plain"], "a\n\n");
    let mut pty = Pty::run(&program, &shell_line(""));
    let shown = until(&mut pty, "", "c practise");
    assert!(!shown.contains("m 20 more"), "{shown}");
    until(&mut pty, "\r", "nothing is due here today: c practises all of it");
    until(&mut pty, "m", "or due here");
    until(&mut pty, "c", "letter picks");
    pty.types("a");
    pty.types("\r");
    until(&mut pty, "", "1 answer");
    until(&mut pty, "c", "to practise here today");
    pty.types_last("q");
    left_well(&pty.end(), 0);
}
