use std::io::Cursor;
use std::sync::Arc;

use serde_json::{Value, json};

use super::*;
use crate::model::{Choice, Kind, Question};
use crate::session::tests::{choice, feedback, question, showing};
use crate::session::{ExamOutcome, ExamResult, GivenAnswer, Limits, Summary, TopicScore};
use crate::ui::tests::session::{NOW, asked, examined, silent};

fn front(input: &str) -> JsonLines<Vec<u8>> {
    let lines = InputLines::new(Cursor::new(input.to_owned().into_bytes()), Arc::default()).expect("a reader");
    JsonLines::new(lines, Vec::new())
}

fn said(front: &mut JsonLines<Vec<u8>>) -> Vec<Value> {
    let text = String::from_utf8(std::mem::take(&mut front.output)).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn single() -> Question {
    question(Kind::Single, "Which?", vec![choice(0, "a", true), choice(1, "b", false)])
}

#[test]
fn an_error_never_loses_the_place_and_a_question_is_printed_once() {
    let mut front = front("nonsense\n{\"type\":\"about\"}\n\n{\"type\":\"pause\"}\n");
    let session = asked(single(), Limits::default());
    assert_eq!(front.act(&session, NOW).expect("a wish"), Wish::About);
    front.notify(&Notice::Refused("no"), NOW).expect("told");
    assert_eq!(front.act(&session, NOW).expect("a wish"), Wish::Act(Action::Pause));
    front.notify(&Notice::Paused, NOW).expect("told");
    front.notify(&Notice::Resumed, NOW).expect("told");
    assert_eq!(front.act(&session, NOW).expect("a wish"), Wish::Act(Action::Quit));
    let kinds: Vec<String> = said(&mut front).iter().map(|line| line["type"].to_string()).collect();
    assert_eq!(kinds, ["\"question\"", "\"error\"", "\"error\"", "\"paused\"", "\"resumed\""]);
}

#[test]
fn a_flag_is_told_with_its_note() {
    let mut front = front("{\"type\":\"flag\",\"note\":\"ask\"}\n{\"type\":\"unflag\"}\n");
    let session = asked(single(), Limits::default());
    assert_eq!(front.act(&session, NOW).expect("a wish"), Wish::Act(Action::Flag(Some("ask".into()))));
    front.notify(&Notice::Flagged, NOW).expect("told");
    assert_eq!(front.act(&session, NOW).expect("a wish"), Wish::Act(Action::Flag(None)));
    front.notify(&Notice::Unflagged, NOW).expect("told");
    let said = said(&mut front);
    assert_eq!(said[0]["flag"], "odd");
    assert_eq!(said[1..], [json!({"type": "flagged", "note": "ask"}), json!({"type": "unflagged"})]);
}

#[test]
fn a_text_is_edited_or_left() {
    let session = asked(single(), Limits::default());
    let mut front = front(
        "{\"type\":\"edit\"}\nnonsense\n{\"type\":\"edit\",\"text\":\"new\\n\"}\n{\"type\":\"cancel\"}\n{\"type\":\"undo\"}\n",
    );
    assert_eq!(front.act(&session, NOW).expect("a wish"), Wish::Edit);
    assert_eq!(front.edit("old", None).expect("a text"), Some("new\n".into()));
    assert_eq!(front.edit("new\n", Some("error: what")).expect("a text"), None);
    // Anything else leaves it, too, and is heeded.
    assert_eq!(front.edit("old", None).expect("a text"), None);
    assert_eq!(front.act(&session, NOW).expect("a wish"), Wish::Act(Action::Undo));
    let said = said(&mut front);
    assert_eq!(said[1], json!({"type": "text", "text": "old", "problems": null}));
    assert_eq!(said[2]["type"], "error");
    assert_eq!(said[3], json!({"type": "text", "text": "new\n", "problems": "error: what"}));
    assert_eq!((&said[4]["type"], &said[5]["type"]), (&json!("text"), &json!("question")), "printed anew");
}

#[test]
fn an_exam_counts_down_and_its_time_ends_the_wait() {
    let session = examined(single(), 3, Some(20));
    let (_open, input) = silent();
    let lines = InputLines::new(input, Arc::default()).expect("a reader");
    let mut front = JsonLines::new(lines, Vec::new());
    assert_eq!(front.act(&session, NOW).expect("a wish"), Wish::Act(Action::Tick));
    front.notify(&Notice::TimeUp, NOW).expect("told");
    let said = said(&mut front);
    assert_eq!((&said[0]["ms_left"], &said[1]), (&json!(20), &json!({"type": "time_up"})));
}

#[test]
fn an_exam_is_scored_by_topic_with_its_misses() {
    let pair = |number, text: &str, half: &str| Choice { pair: Some(half.into()), ..choice(number, text, true) };
    let questions = [
        (single(), "R"),
        (question(Kind::Short, "Name it", vec![choice(0, "Oslo", true)]), "S"),
        (question(Kind::Match, "Match", vec![pair(0, "a", "x"), pair(1, "b", "y")]), "S"),
    ];
    let given = |showing: &crate::session::Showing| match showing.kind {
        Kind::Short => GivenAnswer::Typed("Rome".into()),
        Kind::Match => GivenAnswer::Paired(showing.right_halves().iter().map(|half| 1 - half).enumerate().collect()),
        _ => GivenAnswer::Picked(showing.right_places()),
    };
    let answers = questions.iter().map(|(question, topic)| {
        let mut showing = showing(question, 0);
        showing.topic = Some((*topic).into());
        let feedback = feedback(&showing, &given(&showing));
        (showing, feedback)
    });
    let topic =
        |topic: &str, right, answers, questions| TopicScore { topic: Some(topic.into()), right, answers, questions };
    let exam = ExamResult {
        questions: 4,
        answered: 3,
        right: 1,
        pass_mark: 70,
        lasted_ms: 90_000,
        allowed_ms: None,
        time_up: true,
        topics: vec![topic("S", 0, 2, 3), topic("R", 1, 1, 1)],
        not_right: answers.skip(1).collect(),
    };
    let exam = ExamOutcome::Over(exam);
    let mut front = front("");
    front.finish(&Summary { answered: 3, right: 1, exam: Some(exam), ..Summary::default() }, NOW).expect("told");
    let exam = said(&mut front)[0]["exam"].take();
    assert_eq!(
        (&exam["score"], &exam["right"], &exam["answered"], &exam["questions"], &exam["minutes"], &exam["time_up"]),
        (&json!(0.25), &json!(1), &json!(3), &json!(4), &json!(1.5), &json!(true))
    );
    assert_eq!(
        exam["topics"],
        json!([
            {"topic": "S", "right": 0, "answers": 2, "questions": 3},
            {"topic": "R", "right": 1, "answers": 1, "questions": 1},
        ])
    );
    assert_eq!(
        (&exam["passed"], &exam["pass_mark"], &exam["minutes_allowed"]),
        (&json!(false), &json!(70), &json!(null))
    );
    let misses = exam["misses"].as_array().expect("misses");
    assert_eq!((&misses[0]["text"], &misses[0]["answer"]), (&json!("Rome"), &json!(["Oslo"])));
    let (pairs, halves) = (&misses[1]["pairs"], &misses[1]["halves"]);
    assert_eq!((&pairs[0][0], &pairs[1][0]), (&json!("A"), &json!("B")));
    assert_eq!((&pairs[0][1], &pairs[1][1]), (&halves[1], &halves[0]), "each was given the half of the other");
    assert_eq!(misses.len(), 2);
}

#[test]
fn a_review_ends_without_the_score_of_an_exam() {
    let mut front = front("");
    front.finish(&Summary::default(), NOW).expect("told");
    assert_eq!(
        said(&mut front),
        [json!({"type": "done", "answered": 0, "right": 0, "next_due": null, "left_today": 0})]
    );
}
