//! Who says before an answer is judged how sure they are.

use crate::fixture::trainer::kinds::{KINDS, rightly, trainer, wrongly};
use crate::fixture::trainer::{Session, Trainer};
use serde_json::{Value, json};

fn asking() -> Trainer {
    let trainer = trainer();
    assert_eq!(trainer.run(&["deck", "set", "Kinds", "confidence=ask"]).code, 0);
    trainer
}

/// The same line with whether the person is sure.
fn with(line: Value, sure: Value) -> Value {
    let mut line = line;
    line["sure"] = sure;
    line
}

fn next(session: &mut Session, kind: &str) -> Value {
    let line = session.read().unwrap_or_else(|| panic!("a `{kind}`"));
    assert_eq!(line["type"], kind, "{line}");
    line
}

/// Answers what comes, and goes on; the feedback.
fn go(session: &mut Session, answer: impl Fn(&Value) -> Value) -> Value {
    let question = next(session, "question");
    session.send(&answer(&question));
    let feedback = next(session, "feedback");
    let rating =
        if feedback["right"].is_null() { json!({"type": "rate", "rating": "good"}) } else { json!({"type": "rate"}) };
    session.send(&rating);
    next(session, "recorded");
    feedback
}

fn column(trainer: &Trainer, name: &str) -> Vec<Value> {
    trainer.table("reviews").iter().map(|row| row[name].clone()).collect()
}

#[test]
fn every_kind_takes_it_and_the_table_has_it() {
    let trainer = asking();
    let mut session = trainer.session(&[]);
    for place in 0..KINDS.len() {
        let sure = place % 2 == 0;
        let feedback = go(&mut session, |question| {
            assert_eq!(question["ask_sure"], true);
            with(rightly(question), json!(sure))
        });
        assert_eq!(feedback["sure"], sure);
    }
    next(&mut session, "done");
    drop(session);
    assert_eq!(column(&trainer, "sure"), (0..KINDS.len()).map(|place| json!(place % 2 == 0)).collect::<Vec<_>>());
    let csv = trainer.run(&["export", "reviews"]).out;
    let mut lines = csv.lines();
    assert!(lines.next().expect("a header").ends_with(",overruled,sure"));
    assert!(lines.next().expect("an answer").ends_with(",false,true"));
    trainer.is_sound();
}

#[test]
fn what_is_not_asked_is_empty_and_what_is_said_is_kept() {
    let trainer = trainer();
    let mut session = trainer.session(&["--limit", "3"]);
    let plain = go(&mut session, |question| {
        assert_eq!(question["ask_sure"], false);
        rightly(question)
    });
    assert_eq!(plain["sure"], Value::Null);
    go(&mut session, |question| with(wrongly(question), json!(true)));
    go(&mut session, |question| with(rightly(question), json!(false)));
    drop(session);
    assert_eq!(column(&trainer, "sure"), [Value::Null, json!(true), json!(false)]);
    assert!(trainer.run(&["export", "reviews"]).out.lines().nth(1).expect("an answer").ends_with(",false,"));
}

#[test]
fn it_changes_neither_rating_nor_memory() {
    let answers = |sure: bool| {
        let trainer = asking();
        let mut session = trainer.session(&[]);
        for place in 0..4 {
            let given = |question: &Value| if place % 2 == 0 { wrongly(question) } else { rightly(question) };
            go(&mut session, |question| with(given(question), json!(sure)));
        }
        drop(session);
        ["rating", "confidence", "known_probability", "stability_after", "difficulty_after", "due"]
            .map(|name| column(&trainer, name))
    };
    assert_eq!(answers(true), answers(false));
}

#[test]
fn undo_takes_it_back_and_nothing_said_is_not_sure() {
    let trainer = asking();
    let mut session = trainer.session(&["--limit", "1"]);
    let question = next(&mut session, "question");
    session.send(&with(rightly(&question), json!(true)));
    next(&mut session, "feedback");
    session.send(&json!({"type": "undo"}));
    next(&mut session, "recorded");
    next(&mut session, "undone");
    go(&mut session, rightly);
    drop(session);
    assert_eq!(column(&trainer, "sure"), [json!(true), json!(false)]);
    assert_eq!(column(&trainer, "undone"), [json!(true), json!(false)]);
}

#[test]
fn a_line_that_is_no_answer_keeps_the_question() {
    let trainer = asking();
    let mut session = trainer.session(&["--limit", "1"]);
    let question = next(&mut session, "question");
    session.send(&with(rightly(&question), json!("very")));
    next(&mut session, "error");
    session.send(&with(rightly(&question), json!(true)));
    assert_eq!(next(&mut session, "feedback")["sure"], true);
}

#[test]
fn plain_lines_take_it_behind_the_answer() {
    let trainer = asking();
    let said = trainer.with_input(&["review", "--plain", "--limit", "2"], "?\na!\n\nab\n\n");
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("(A-C, ! behind it where you are sure, or undo,"), "{}", said.out);
    assert!(said.out.contains("Where you are sure, put ! behind it.\n"), "{}", said.out);
    assert_eq!(said.out.matches("You were sure.\n").count(), 1, "{}", said.out);
    assert_eq!(column(&trainer, "sure"), [json!(true), json!(false)]);
}

#[test]
fn a_mock_exam_does_not_ask() {
    let trainer = asking();
    let mut session = trainer.talk(&["exam", "Kinds", "-n", "1", "--json"]);
    assert_eq!(next(&mut session, "question")["ask_sure"], false);
}

#[test]
fn what_was_sure_and_wrong_comes_first_on_the_next_day() {
    for (relearning, review) in [("10m", "risk"), ("none", "risk"), ("10m", "random")] {
        let mut trainer = Trainer::new();
        trainer.at("2026-11-23T09:00:00+01:00").with_mlops();
        for setting in
            ["learning-steps=none", &format!("relearning-steps={relearning}"), &format!("review-order={review}")]
        {
            assert_eq!(trainer.run(&["deck", "set", "MLOps", setting]).code, 0);
        }
        let key = crate::fixture::trainer::mlops_key();
        trainer.review(|question| {
            crate::fixture::trainer::label(question, &key[question["stem"].as_str().expect("a stem")])
        });
        // A month later all are due. The seventh is answered surely and wrongly, the third wrongly, and all the others rightly.
        trainer.at("2026-12-23T09:00:00+01:00");
        let mut session = trainer.session(&[]);
        let (mut place, mut sure) = (0, Value::Null);
        while let Some(line) = session.read() {
            match line["type"].as_str() {
                Some("question") => {
                    place += 1;
                    let right = crate::fixture::trainer::label(&line, &key[line["stem"].as_str().expect("a stem")]);
                    let wrong = if right == "A" { "B" } else { "A" };
                    let missed = place == 3 || place == 7;
                    if place == 7 {
                        sure = line["card"].clone();
                    }
                    let pick = if missed { wrong } else { right.as_str() };
                    session.send(&json!({"type": "answer", "pick": [pick], "sure": place == 7}));
                }
                Some("feedback") => session.send(&json!({"type": "rate"})),
                _ => {}
            }
        }
        drop(session);
        let stats: Value = serde_json::from_str(&trainer.run(&["stats", "--json"]).out).expect("JSON");
        let said = &stats["items"]["sureness"];
        // Ten reviews and, with a step, two answers after the lapses, which nobody called sure.
        let steps = if relearning == "none" { 0 } else { 2 };
        assert_eq!((&said["sure"]["part"], &said["sure"]["whole"]), (&json!(0), &json!(1)));
        assert_eq!((&said["unsure"]["part"], &said["unsure"]["whole"]), (&json!(8 + steps), &json!(9 + steps)));
        // 0 of 1 after Wilson: 3.8416 / 4.8416.
        assert_eq!((&said["sure"]["low_95"], &said["sure"]["high_95"]), (&json!(0.0), &json!(0.7935)));
        assert_eq!(said["all_first_again"], 1);
        let cards = trainer.table("cards");
        let card = cards.iter().find(|card| card["card"] == sure).expect("the card");
        assert_eq!(
            (&said["first_again"][0]["question"], &said["first_again"][0]["stem"]),
            (&card["question"], &card["stem"])
        );
        let noted: Vec<Value> =
            trainer.table("questions").into_iter().filter(|row| row["note"] == "sure and wrong").collect();
        assert_eq!(noted.iter().map(|row| &row["question"]).collect::<Vec<_>>(), [&card["question"]]);
        let text = trainer.run(&["stats"]).out;
        assert!(text.contains("do you know what you know?\nsure            0 of 1 right"), "{text}");
        trainer.at("2027-06-01T09:00:00+01:00");
        let mut session = trainer.session(&[]);
        assert_eq!(next(&mut session, "question")["card"], sure, "{relearning} {review}");
        drop(session);
        // Answered again, it is like the others.
        trainer.review(|question| {
            crate::fixture::trainer::label(question, &key[question["stem"].as_str().expect("a stem")])
        });
        assert!(trainer.table("questions").iter().all(|row| row["note"] != "sure and wrong"));
        trainer.is_sound();
    }
}
