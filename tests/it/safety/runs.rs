//! One entry was made while the clock was years ahead: its identity is of then, and so are all that follow. What is over is sealed all the same.

use retain::study::{Remedy, unwatched};
use rusqlite::Connection;

use super::condemned::unguarded;
use crate::fixture::program::Program;
use crate::fixture::study::{Study, all_right};

const BANK: &str = "One?\n- A. a *\n- B. b\n\nTwo?\n- A. c *\n- B. d\n\nThree?\n- A. e *\n- B. f\n";

/// An answer or an import of ten years ahead, and three days of answers at the right time. It is the day after.
fn study(with_answer: bool) -> Study {
    let study = Study::new();
    study.at("2036-01-05").bank("bank", BANK);
    if with_answer {
        study.settings("new-per-day=1").review(all_right).is_sound();
    }
    study.settings("new-per-day=9 learning-steps=none relearning-steps=none");
    for day in ["2026-11-23", "2026-11-24", "2026-11-25"] {
        study.at(day);
        // What is due years from now is asked again, too.
        study.asked(&crate::fixture::study::ahead(5_000), all_right);
        study.is_sound();
    }
    study.at("2026-11-26");
    study
}

fn runs(study: &Study) -> Vec<i64> {
    let database = Connection::open(study.db()).expect("the database");
    let mut statement = database.prepare("select day from run_seal order by through").expect("a statement");
    statement.query_map([], |row| row.get(0)).expect("rows").map(|row| row.expect("a day")).collect()
}

fn found(study: &Study) -> Vec<(String, Remedy)> {
    let health = study.trainer().check().expect("a check");
    health.problems.into_iter().map(|problem| (problem.what, problem.remedy)).collect()
}

#[test]
fn days_are_sealed_although_their_identities_are_of_one_day() {
    for with_answer in [false, true] {
        let study = study(with_answer);
        assert!(study.table("reviews").len() >= 3);
        let days = runs(&study);
        assert!(days.len() >= 2 && days.windows(2).all(|pair| pair[0] != pair[1]), "{days:?}");
        study.undo().is_sound();
        // The index of a day: UTC and Berlin are on the same one at eight.
        for (day, said) in [(days[days.len() - 2], "2026-11-23"), (days[days.len() - 1], "2026-11-24")] {
            let study = study.program();
            unguarded(
                &study.db(),
                &format!(
                    "update review set rating = 4 where id = (select min(id) from review where at_ms / 86400000 = {day})"
                ),
            );
            let checked = study.run(&["check"]);
            assert_eq!(checked.code, 1);
            let what = format!("the answers of {said} were changed since they were given");
            assert!(checked.err.contains(&what), "{with_answer}: {}", checked.err);
            let mended = study.run(&["check", "--mend"]);
            assert!(mended.code == 1 && !mended.err.contains("made again"), "{}", mended.err);
            study.ok(&["check", "--accept-log"]);
            study.is_sound();
        }
    }
}

#[test]
fn an_answer_that_was_removed_from_such_a_day_is_missed() {
    let study = study(true);
    let day = runs(&study)[1];
    unguarded(
        &study.db(),
        &format!("delete from review where id = (select min(id) from review where at_ms / 86400000 = {day})"),
    );
    let problems = found(&study);
    assert!(problems[0].0.contains("are not those that were given: there were "), "{problems:?}");
    assert_eq!(problems[0].1, Remedy::Seal);
    unguarded(&study.db(), "delete from run_seal");
    let problems = found(&study);
    assert!(problems[0].0.ends_with("have no seal any more"), "{problems:?}");
    study.trainer().accept_log(&mut unwatched).expect("seals");
    study.is_sound();
}

#[test]
fn such_a_log_goes_elsewhere_and_comes_from_before() {
    let study = study(true);
    let program = study.program();
    program.ok(&["export", "everything", "-o", "all"]);
    let made = program.ok(&["--db", "new.db", "import", "all"]).err;
    assert!(!made.contains("warning"), "{made}");
    program.ok(&["--db", "new.db", "check"]);
    // The answers of another computer belong among those that are sealed.
    program.ok(&["backup", "whole.db"]);
    let answers = program.table("reviews").len();
    program.ok(&["restore", "--answers", "whole.db"]);
    let mut fresh = Program::new();
    fresh.file("bank.txt", BANK);
    fresh.ok(&["import", "bank.txt", "--deck", "bank"]);
    fresh.at("2026-11-26T08:00:00+01:00");
    let whole = program.folder().join("whole.db").display().to_string();
    let entered = fresh.run(&["restore", "--answers", &whole]);
    assert!(
        entered.code == 3 && entered.err.contains("2 entries were left out (they are dated after now"),
        "{}",
        entered.err
    );
    assert_eq!(fresh.table("reviews").len(), answers - 2);
    fresh.is_sound();
    fresh.with_input(&["review", "--cram", "--plain", "--limit", "1"], "A\n\n");
    fresh.is_sound();
    // A database of the schema before is sealed when it is opened.
    Connection::open(program.db())
        .and_then(|database| database.execute_batch("drop table run_seal; pragma user_version = 23"))
        .expect("the schema before");
    program.is_sound();
    let sealed: i64 = Connection::open(program.db())
        .and_then(|database| database.query_row("select count(*) from run_seal", [], |row| row.get(0)))
        .expect("a row");
    assert_eq!(sealed, 1);
}

#[test]
fn a_clock_that_was_never_wrong_seals_no_runs() {
    let study = Study::new();
    study.bank("bank", BANK).days(4, all_right).is_sound();
    assert_eq!(runs(&study), Vec::<i64>::new());
}
