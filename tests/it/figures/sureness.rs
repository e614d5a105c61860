//! Who says before an answer is judged how sure they are.

use crate::fixture::kinds::wrongly;
use crate::fixture::program::kinds::{KINDS, study_of_kinds};
use crate::fixture::program::{Program, kinds};
use crate::fixture::study::{Reply, Study, all_right, right_if};
use retain::session::{Action, Notice, Showing, StatedRating};
use retain::study::{ExamRequest, ReviewRequest, StatsRequest};
use serde_json::{Value, json};

/// A study with a question of each kind that asks how sure the person is.
fn asking() -> Study {
    let study = study_of_kinds();
    study.deck_settings("Kinds", "confidence=ask");
    study
}

/// The same for the real program.
fn asking_program() -> Program {
    asking().program()
}

/// Somebody who gives this answer and says whether they are sure.
fn sure(sure: bool, reply: Reply) -> Reply {
    Reply { sure: Some(sure), ..reply }
}

fn column(study: &Study, name: &str) -> Vec<Value> {
    study.table("reviews").iter().map(|row| row[name].clone()).collect()
}

#[test]
fn every_kind_takes_it_and_the_table_has_it() {
    let study = asking();
    let mut desk = study.open();
    let mut sitting = desk.review(&ReviewRequest::default());
    let says = |place: usize| place.is_multiple_of(2);
    for (place, kind) in KINDS.into_iter().enumerate() {
        let question = sitting.question().expect("a question");
        assert_eq!((question.kind.to_string().as_str(), question.ask_sure), (kind, true));
        let reply = sure(says(place), all_right(&question));
        sitting.shows(&reply);
        assert_eq!(sitting.feedback().expect("feedback").sure, Some(says(place)), "{kind}");
        sitting.does(Action::Rate(reply.verdict));
    }
    assert!(sitting.summary().is_some());
    drop(desk);
    assert_eq!(column(&study, "sure"), (0..KINDS.len()).map(|place| json!(says(place))).collect::<Vec<_>>());
    let csv = study.csv("reviews");
    let mut lines = csv.lines();
    assert!(lines.next().expect("a header").ends_with(",overruled,sure"));
    assert!(lines.next().expect("an answer").ends_with(",false,true"));
    study.is_sound();
}

#[test]
fn what_is_not_asked_is_empty_and_what_is_said_is_kept() {
    let study = study_of_kinds();
    let mut desk = study.open();
    let mut sitting = desk.limited_review(&ReviewRequest::default(), Some(3));
    let question = sitting.question().expect("a question");
    assert!(!question.ask_sure);
    sitting.shows(&all_right(&question));
    assert_eq!(sitting.feedback().expect("feedback").sure, None);
    sitting.does(Action::Rate(StatedRating::GoOn));
    sitting.answer(&sure(true, wrongly(&sitting.question().expect("a question"))));
    sitting.answer(&sure(false, all_right(&sitting.question().expect("a question"))));
    drop(desk);
    assert_eq!(column(&study, "sure"), [Value::Null, json!(true), json!(false)]);
    assert!(study.csv("reviews").lines().nth(1).expect("an answer").ends_with(",false,"));
}

#[test]
fn it_changes_neither_rating_nor_memory() {
    let answers = |says: bool| {
        let study = asking();
        let mut wrong = false;
        let learner = |question: &Showing| {
            wrong = !wrong;
            sure(says, if wrong { wrongly(question) } else { all_right(question) })
        };
        study.open().limited_review(&ReviewRequest::default(), Some(4)).answer_all(learner);
        ["rating", "confidence", "known_probability", "stability_after", "difficulty_after", "due"]
            .map(|name| column(&study, name))
    };
    let surely = answers(true);
    assert_eq!(surely[0], [json!(1), json!(3), json!(1), json!(3)]);
    assert_eq!(surely, answers(false));
}

#[test]
fn undo_takes_it_back_and_nothing_said_is_not_sure() {
    let study = asking();
    let mut desk = study.open();
    let mut sitting = desk.limited_review(&ReviewRequest::default(), Some(1));
    let question = sitting.question().expect("a question");
    sitting.shows(&sure(true, all_right(&question)));
    let told = sitting.does(Action::Undo);
    assert!(matches!(told[..], [Notice::Recorded { .. }, Notice::Undone { .. }]), "{told:?}");
    sitting.answer(&all_right(&sitting.question().expect("the question again")));
    drop(desk);
    assert_eq!(column(&study, "sure"), [json!(true), json!(false)]);
    assert_eq!(column(&study, "undone"), [json!(true), json!(false)]);
}

/// The same line with whether the person is sure.
fn with(line: Value, sure: Value) -> Value {
    let mut line = line;
    line["sure"] = sure;
    line
}

#[test]
fn a_line_that_is_no_answer_keeps_the_question() {
    let program = asking_program();
    let mut session = program.session(&["--limit", "1"]);
    let question = session.next("question");
    assert_eq!(question["ask_sure"], true);
    session.send(&with(kinds::rightly(&question), json!("very")));
    session.next("error");
    session.send(&with(kinds::rightly(&question), json!(true)));
    assert_eq!(session.next("feedback")["sure"], true);
}

#[test]
fn lines_of_json_say_what_was_not_asked() {
    let program = study_of_kinds().program();
    let mut session = program.session(&["--limit", "1"]);
    let question = session.next("question");
    assert_eq!(question["ask_sure"], false);
    session.send(&kinds::rightly(&question));
    assert_eq!(session.next("feedback")["sure"], Value::Null);
}

#[test]
fn plain_lines_take_it_behind_the_answer() {
    let program = asking_program();
    let said = program.with_input(&["review", "--plain", "--limit", "2"], "?\na!\n\nab\n\n");
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("(A-C, ! behind it where you are sure, or undo,"), "{}", said.out);
    assert!(said.out.contains("Where you are sure, put ! behind it.\n"), "{}", said.out);
    assert_eq!(said.out.matches("You were sure.\n").count(), 1, "{}", said.out);
    let rows = program.table("reviews");
    assert_eq!(rows.iter().map(|row| row["sure"].clone()).collect::<Vec<_>>(), [json!(true), json!(false)]);
}

#[test]
fn a_mock_exam_does_not_ask() {
    let study = asking();
    let mut desk = study.open();
    let sitting = desk.exam(ExamRequest { deck: Some("Kinds"), questions: 1, topics: &[], tags: &[] });
    assert!(!sitting.question().expect("a question").ask_sure);
}

#[test]
fn what_was_sure_and_wrong_comes_first_on_the_next_day() {
    for (relearning, review) in [("10m", "risk"), ("none", "risk"), ("10m", "random")] {
        let study = Study::new();
        let settings = format!("learning-steps=none relearning-steps={relearning} review-order={review}");
        study.at("2026-11-23T09:00:00+01:00").mlops().deck_settings("MLOps", &settings).review(all_right);
        // A month later all are due. The seventh is answered surely and wrongly, the third wrongly, and all the others rightly.
        let (mut place, mut sure) = (0, None);
        study.at("2026-12-23T09:00:00+01:00").review(|question| {
            place += 1;
            if place == 7 {
                sure = Some(question.uid);
            }
            Reply { sure: Some(place == 7), ..right_if(place != 3 && place != 7, question) }
        });
        let sure = sure.expect("a seventh question");
        let stats = study.figures(&StatsRequest::default());
        let found = &stats["items"]["sureness"];
        // Ten reviews and, with a step, two answers after the lapses, which nobody called sure.
        let steps = if relearning == "none" { 0 } else { 2 };
        assert_eq!((&found["sure"]["part"], &found["sure"]["whole"]), (&json!(0), &json!(1)));
        assert_eq!((&found["unsure"]["part"], &found["unsure"]["whole"]), (&json!(8 + steps), &json!(9 + steps)));
        // 0 of 1 after Wilson: 3.8416 / 4.8416.
        assert_eq!((&found["sure"]["low_95"], &found["sure"]["high_95"]), (&json!(0.0), &json!(0.7935)));
        assert_eq!(found["all_first_again"], 1);
        let cards = study.table("cards");
        let card = cards.iter().find(|card| card["card"] == sure.to_string()).expect("the card");
        assert_eq!(
            (&found["first_again"][0]["question"], &found["first_again"][0]["stem"]),
            (&card["question"], &card["stem"])
        );
        let noted: Vec<Value> =
            study.table("questions").into_iter().filter(|row| row["note"] == "sure and wrong").collect();
        assert_eq!(noted.iter().map(|row| &row["question"]).collect::<Vec<_>>(), [&card["question"]]);
        let text = study.dashboard(&StatsRequest::default());
        assert!(text.contains("do you know what you know?\nsure            0 of 1 right"), "{text}");
        let mut desk = study.at("2027-06-01T09:00:00+01:00").open();
        let first = desk.review(&ReviewRequest::default()).question().expect("a question");
        assert_eq!(first.uid, sure, "{relearning} {review}");
        drop(desk);
        // Answered again, it is like the others.
        study.review(all_right);
        assert!(study.table("questions").iter().all(|row| row["note"] != "sure and wrong"));
        study.is_sound();
    }
}
