//! Who says before an answer is judged how sure they are.

use crate::fixture::program::kinds::{KINDS, rightly, with_kinds, wrongly};
use crate::fixture::program::{JsonSession, Program};
use crate::fixture::study::{Reply, Study, all_right, right_if};
use retain::study::ReviewRequest;
use serde_json::{Value, json};

fn asking() -> Program {
    let program = with_kinds();
    program.ok(&["deck", "set", "Kinds", "confidence=ask"]);
    program
}

/// The same line with whether the person is sure.
fn with(line: Value, sure: Value) -> Value {
    let mut line = line;
    line["sure"] = sure;
    line
}

/// Answers what comes, and goes on; the feedback.
fn go(session: &mut JsonSession, answer: impl Fn(&Value) -> Value) -> Value {
    let question = session.next("question");
    session.send(&answer(&question));
    let feedback = session.next("feedback");
    let rating =
        if feedback["right"].is_null() { json!({"type": "rate", "rating": "good"}) } else { json!({"type": "rate"}) };
    session.send(&rating);
    session.next("recorded");
    feedback
}

fn column(program: &Program, name: &str) -> Vec<Value> {
    program.table("reviews").iter().map(|row| row[name].clone()).collect()
}

#[test]
fn every_kind_takes_it_and_the_table_has_it() {
    let program = asking();
    let mut session = program.session(&[]);
    for place in 0..KINDS.len() {
        let sure = place % 2 == 0;
        let feedback = go(&mut session, |question| {
            assert_eq!(question["ask_sure"], true);
            with(rightly(question), json!(sure))
        });
        assert_eq!(feedback["sure"], sure);
    }
    session.next("done");
    drop(session);
    assert_eq!(column(&program, "sure"), (0..KINDS.len()).map(|place| json!(place % 2 == 0)).collect::<Vec<_>>());
    let csv = program.run(&["export", "reviews"]).out;
    let mut lines = csv.lines();
    assert!(lines.next().expect("a header").ends_with(",overruled,sure"));
    assert!(lines.next().expect("an answer").ends_with(",false,true"));
    program.is_sound();
}

#[test]
fn what_is_not_asked_is_empty_and_what_is_said_is_kept() {
    let program = with_kinds();
    let mut session = program.session(&["--limit", "3"]);
    let plain = go(&mut session, |question| {
        assert_eq!(question["ask_sure"], false);
        rightly(question)
    });
    assert_eq!(plain["sure"], Value::Null);
    go(&mut session, |question| with(wrongly(question), json!(true)));
    go(&mut session, |question| with(rightly(question), json!(false)));
    drop(session);
    assert_eq!(column(&program, "sure"), [Value::Null, json!(true), json!(false)]);
    assert!(program.run(&["export", "reviews"]).out.lines().nth(1).expect("an answer").ends_with(",false,"));
}

#[test]
fn it_changes_neither_rating_nor_memory() {
    let answers = |sure: bool| {
        let program = asking();
        let mut session = program.session(&[]);
        for place in 0..4 {
            let given = |question: &Value| if place % 2 == 0 { wrongly(question) } else { rightly(question) };
            go(&mut session, |question| with(given(question), json!(sure)));
        }
        drop(session);
        ["rating", "confidence", "known_probability", "stability_after", "difficulty_after", "due"]
            .map(|name| column(&program, name))
    };
    assert_eq!(answers(true), answers(false));
}

#[test]
fn undo_takes_it_back_and_nothing_said_is_not_sure() {
    let program = asking();
    let mut session = program.session(&["--limit", "1"]);
    let question = session.next("question");
    session.send(&with(rightly(&question), json!(true)));
    session.next("feedback");
    session.send(&json!({"type": "undo"}));
    session.next("recorded");
    session.next("undone");
    go(&mut session, rightly);
    drop(session);
    assert_eq!(column(&program, "sure"), [json!(true), json!(false)]);
    assert_eq!(column(&program, "undone"), [json!(true), json!(false)]);
}

#[test]
fn a_line_that_is_no_answer_keeps_the_question() {
    let program = asking();
    let mut session = program.session(&["--limit", "1"]);
    let question = session.next("question");
    session.send(&with(rightly(&question), json!("very")));
    session.next("error");
    session.send(&with(rightly(&question), json!(true)));
    assert_eq!(session.next("feedback")["sure"], true);
}

#[test]
fn plain_lines_take_it_behind_the_answer() {
    let program = asking();
    let said = program.with_input(&["review", "--plain", "--limit", "2"], "?\na!\n\nab\n\n");
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("(A-C, ! behind it where you are sure, or undo,"), "{}", said.out);
    assert!(said.out.contains("Where you are sure, put ! behind it.\n"), "{}", said.out);
    assert_eq!(said.out.matches("You were sure.\n").count(), 1, "{}", said.out);
    assert_eq!(column(&program, "sure"), [json!(true), json!(false)]);
}

#[test]
fn a_mock_exam_does_not_ask() {
    let program = asking();
    let mut session = program.talk(&["exam", "Kinds", "-n", "1", "--json"]);
    assert_eq!(session.next("question")["ask_sure"], false);
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
        let program = study.program();
        let stats = program.json(&["stats", "--json"]).remove(0);
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
        let text = program.run(&["stats"]).out;
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
