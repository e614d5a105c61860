//! More today, practice that changes nothing, and how much is due.

use retain::study::ReviewRequest;

use crate::fixture::program::Program;
use crate::fixture::study::{Study, all_right, all_wrong};

const BANK: &str = "1. One?\nA. yes *\nB. no\n\n2. Two?\nA. yes *\nB. no\n\n3. Three?\nA. yes *\nB. no\n\n\
                    4. Four?\nA. yes *\nB. no\n\n5. Five?\nA. yes *\nB. no\n";

fn study() -> Study {
    let study = Study::new();
    study.bank("Five", BANK).settings("new-per-day=2 reviews-per-day=2 learning-steps=none fuzz=off");
    study
}

fn more(more: u32) -> ReviewRequest {
    ReviewRequest { more, ..ReviewRequest::default() }
}

fn cram() -> ReviewRequest {
    ReviewRequest { cram: true, ..ReviewRequest::default() }
}

#[test]
fn more_is_on_top_of_what_today_allowed() {
    let study = study();
    let asked = |request: &ReviewRequest| study.asked(request, all_right).len();
    assert_eq!(asked(&ReviewRequest::default()), 2);
    assert_eq!(asked(&ReviewRequest::default()), 0, "the day is done");
    assert_eq!(asked(&more(2)), 2);
    assert_eq!(asked(&more(20)), 1, "no more are there");
    assert_eq!(asked(&more(20)), 0);
    study.at("2027-06-01");
    assert_eq!(asked(&ReviewRequest::default()), 2, "reviews have a limit too");
    assert_eq!(asked(&more(1)), 1);
    assert_eq!(asked(&more(9)), 2);
    study.is_sound();
}

#[test]
fn cramming_asks_everything_and_changes_nothing() {
    let study = study();
    study.review(all_right);
    let schedule = |study: &Study| {
        let facts = |card: serde_json::Value| {
            ["card", "state", "due", "stability", "difficulty", "lapses"].map(|field| card[field].clone())
        };
        study.table("cards").into_iter().map(facts).collect::<Vec<_>>()
    };
    let before = schedule(&study);
    let asked = study.asked(&cram(), all_wrong);
    assert_eq!(asked.len(), 5, "what is due, what is not, and what is new");
    assert!(asked.iter().all(|question| question.practice));
    assert_eq!(schedule(&study), before);
    assert_eq!(study.asked(&cram(), all_wrong).len(), 0, "each once a day");
    study.at("2026-11-24");
    assert_eq!(study.asked(&cram(), all_right).len(), 5);
    assert_eq!(study.asked(&ReviewRequest::default(), all_right).len(), 2, "the day is as it was");
    study.is_sound();
}

#[test]
fn due_says_how_much_and_its_exit_code_whether() {
    let study = study();
    let program = study.program();
    let output = program.run(&["due"]);
    assert_eq!((output.code, output.out.as_str()), (0, "2 cards today\n"), "{}", output.err);
    assert_eq!(program.run(&["due", "--format", "{due} due, {new} new"]).out, "0 due, 2 new\n");
    assert_eq!(program.run(&["due", "five", "--json"]).json()[0]["cards"], 2);
    let wrong = program.run(&["due", "--format", "{nothing}"]);
    assert_eq!(wrong.code, 2, "{}", wrong.err);
    assert_eq!(program.run(&["due", "Nowhere"]).code, 1);
    study.review(all_right);
    let done = study.program().run(&["due"]);
    assert_eq!((done.code, done.out.as_str(), done.err.as_str()), (1, "0 cards today\n", ""));
    assert_eq!(Program::new().run(&["due"]).code, 1, "there is nothing yet");
}
