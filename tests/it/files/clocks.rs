//! Clocks that are wrong, and times that cannot be.

use crate::fixture::program::Program;
use crate::fixture::pty::{Pty, shell_line};

const QUESTION: &str =
    "the clock says 2026-11-20 08:00, but the last answer was given 3 days later, at 2026-11-23 08:00";

/// A database with an answer of the 23rd.
fn answered() -> Program {
    let mut program = Program::new();
    program.with_mlops();
    program.with_input(&["review", "--plain", "--limit", "1"], "a\n\n");
    assert_eq!(program.table("reviews").len(), 1);
    program
}

#[test]
fn a_clock_before_the_last_answer_takes_none() {
    let mut program = answered();
    program.at("2026-11-20T08:00:00+01:00");
    for command in
        [&["review", "--plain"][..], &["review", "--json"], &["exam", "--plain"], &["exam", "--json"], &["review"]]
    {
        let said = program.with_input(command, "a\n\n");
        assert_eq!((said.code, said.out.as_str()), (1, ""), "{command:?}");
        assert_eq!(
            said.err,
            format!(
                "error: no answer is taken: {QUESTION}\nhint: set the clock of this computer; if it is right, add `--trust-clock`\n"
            ),
            "{command:?}"
        );
    }
    let said = program.ok(&[]);
    assert!(said.err.contains(&format!("warning: {QUESTION}; is the clock right?")), "{}", said.err);
    program.with_input(&["review", "--plain", "--limit", "1", "--trust-clock"], "a\n\n");
    assert_eq!(program.table("reviews").len(), 2);
    // The last answer is of now, so nothing is asked again; but the other one lies ahead.
    assert_eq!(program.with_input(&["review", "--plain", "--limit", "1"], "a\n\n").code, 0);
    let said = program.ok(&["check"]);
    assert!(
        said.err
            .contains("warning: 1 answer is dated after now, up to 2026-11-23 08:00; the clock says 2026-11-20 08:00"),
        "{}",
        said.err
    );
}

#[test]
fn a_clock_that_is_a_little_off_asks_nothing() {
    let mut program = answered();
    program.at("2026-11-22T08:00:00+01:00");
    assert_eq!(program.with_input(&["review", "--plain", "--limit", "1"], "a\n\n").code, 0);
    program.at("2026-11-23T08:00:00+01:00");
    let said = program.ok(&["check"]);
    assert!(!said.err.contains("dated after now"), "{}", said.err);
}

#[test]
fn a_person_in_a_terminal_is_asked_before_an_answer_is_taken() {
    let mut program = Program::new();
    program.at("2026-11-30T08:00:00+01:00").with_mlops();
    program.with_input(&["review", "--plain", "--limit", "1"], "a\n\n");
    // The terminal's clock says the 23rd.
    let mut pty = Pty::run(&program, &shell_line("review --plain"));
    pty.types_last("n\n");
    let shown = pty.end();
    assert!(shown.contains("the last answer was given 7 days later"), "{shown}");
    assert!(shown.contains("take answers at this time? [y/N]") && shown.contains("no answer was taken"), "{shown}");
    assert!(shown.contains("ended 0"), "{shown}");
    let mut pty = Pty::run(&program, &shell_line("review --plain --limit 1"));
    pty.types("y\n");
    pty.types("a\n");
    pty.types_last("\n");
    assert!(pty.end().contains("ended 0"));
    assert_eq!(program.table("reviews").len(), 2);
}

#[test]
fn times_before_1990_are_refused_and_durations_capped() {
    let program = Program::new();
    program.file("bank.txt", "Which one? {#q1}\n- A. this *\n- B. that\n");
    program.ok(&["import", "bank.txt"]);
    program.file(
        "history.csv",
        "card_id,review_time,review_rating,review_duration\nq1,1767258000,3,900\nq1,631151999999,3,900\nq1,0,3,900\nq1,1767258000000,3,86400000\n\
         q1,1767344400000,3,-5\nq1,1767430800000,3,NaN\nq1,1767517200000,3,1e300\n",
    );
    let said = program.run(&["import", "history.csv"]);
    assert_eq!(said.code, 3, "{}", said.err);
    assert_eq!(said.err.matches("are these seconds?").count(), 2, "{}", said.err);
    let seconds: Vec<_> =
        program.table("reviews").iter().map(|row| row["seconds"].as_f64().expect("a number")).collect();
    assert_eq!(seconds, [60.0, 0.0, 0.0, 60.0]);
    program.is_sound();
}

#[test]
fn a_clock_of_before_there_were_logs_saves_nothing() {
    for now in ["1969-12-31T23:00:00Z", "1970-01-01T00:00:00Z", "1989-12-31T00:00:00Z"] {
        let mut program = answered();
        program.at(now);
        for command in [
            &["review", "--plain", "--trust-clock"][..],
            &["review", "--json", "--trust-clock"],
            &["exam", "--plain", "--trust-clock"],
            &["deck", "rename", "MLOps", "Sea"],
            &["card", "suspend", "monitoring", "--yes"],
            &["undo", "--yes"],
        ] {
            let refused = program.with_input(command, "a\n\n");
            assert_ne!(refused.code, 0, "{now}: {command:?}: {}", refused.err);
            assert!(
                refused.err.contains("the clock of this computer says 19")
                    && refused.err.contains("hint: set the clock"),
                "{now}: {command:?}: {}",
                refused.err
            );
        }
        for command in [&["stats"][..], &["card", "list"], &["check"], &["deck", "list"]] {
            assert!(program.run(command).code < 2, "{now}: {command:?}");
        }
        program.run(&["due"]);
        assert_eq!(program.table("reviews").len(), 1);
        program.at("2026-11-23T08:00:00+01:00").is_sound();
    }
}
