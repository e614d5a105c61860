//! Mock exams: what is drawn, what the log and the memory make of it, and what is said.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::process::Stdio;

use crate::fixture::program::{Program, label};
use crate::fixture::study::{Sitting, Study, pick};
use retain::model::CardState;
use retain::session::{Action, Notice, Showing};
use retain::study::{ExamRequest, ReviewRequest};
use serde_json::{Value, json};

/// A bank with so many questions for each topic; the choice `right` is right.
fn bank(topics: &[(&str, usize)]) -> String {
    let mut text = String::new();
    for (topic, questions) in topics {
        text += &format!("# {topic}\n\n");
        for number in 1..=*questions {
            text +=
                &format!("{number}. What is {topic} number {number}?\n- right *\n- wrong\n- wronger\n- wrongest\n\n");
        }
    }
    text
}

fn with_bank(topics: &[(&str, usize)]) -> Program {
    let program = Program::new();
    program.file("bank.md", bank(topics));
    program.ok(&["import", "bank.md", "--deck", "Bank"]);
    program
}

fn study(topics: &[(&str, usize)]) -> Study {
    let study = Study::new();
    study.bank("Bank", bank(topics));
    study
}

/// An exam of so many questions.
fn exam_of(questions: u32) -> ExamRequest<'static> {
    ExamRequest { deck: None, questions, topics: &[], tags: &[] }
}

/// Sits an exam to its end; `right` says which questions are answered rightly.
fn sit(study: &Study, questions: u32, right: impl Fn(&Showing) -> bool) -> Vec<Showing> {
    let learner = |question: &Showing| pick(question, if right(question) { "right" } else { "wrong" });
    study.open().exam(exam_of(questions)).answer_all(learner)
}

fn asked(questions: &[Showing]) -> Vec<&str> {
    questions.iter().map(|question| question.stem.as_str()).collect()
}

/// Takes an exam over JSON Lines to its end, or until so many answers; `right` says which questions are answered rightly. The
/// questions in the order asked, and all lines.
fn take_exam(
    program: &Program,
    args: &[&str],
    most: usize,
    right: impl Fn(&Value) -> bool,
) -> (Vec<Value>, Vec<Value>) {
    let mut all = vec!["exam", "--json"];
    all.extend(args);
    let mut session = program.talk(&all);
    let (mut asked, mut told) = (Vec::new(), Vec::new());
    while let Some(line) = session.read() {
        if line["type"] == "question" {
            if asked.len() == most {
                session.send(&json!({"type": "quit"}));
            } else {
                let text = if right(&line) { "right" } else { "wrong" };
                session.send(&json!({"type": "answer", "pick": [label(&line, text)], "ms": 3000}));
                asked.push(line.clone());
            }
        }
        told.push(line);
    }
    (asked, told)
}

fn stems(questions: &[Value]) -> Vec<&str> {
    questions.iter().map(|question| question["stem"].as_str().expect("a stem")).collect()
}

fn of_type<'a>(told: &'a [Value], kind: &str) -> Vec<&'a Value> {
    told.iter().filter(|line| line["type"] == kind).collect()
}

fn by<'a>(rows: &'a [Value], column: &str) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for row in rows {
        *counts.entry(row[column].as_str().expect("a text")).or_insert(0) += 1;
    }
    counts
}

#[test]
fn topics_are_asked_in_proportion_and_nothing_is_said_before_the_end() {
    let study = study(&[("Storage", 30), ("Networks", 15), ("Law", 1), ("Trivia", 4)]);
    let mut desk = study.open();
    let mut sitting: Sitting<'_> = desk.exam(ExamRequest { deck: Some("Bank"), ..exam_of(25) });
    let mut shown = Vec::new();
    while let Some(question) = sitting.question() {
        let topic = question.topic.clone().expect("a topic");
        let told = sitting.answer(&pick(&question, if topic == "Storage" { "wrong" } else { "right" }));
        assert!(matches!(told[..], [Notice::Recorded { due: None, leech: None, .. }]), "{told:?}");
        assert_eq!(sitting.feedback(), None);
        shown.push((topic, question.stem));
    }
    // Shares of 25 in 50: 15, 7.5, 0.5, 2. Law has half a share.
    let mut topics = BTreeMap::new();
    shown.iter().for_each(|(topic, _)| *topics.entry(topic.as_str()).or_insert(0) += 1);
    assert_eq!(topics, BTreeMap::from([("Law", 1), ("Networks", 7), ("Storage", 15), ("Trivia", 2)]));
    assert_eq!(shown.iter().collect::<HashSet<_>>().len(), 25, "no question comes twice");
    let blocks = shown.windows(2).filter(|pair| pair[0].0 != pair[1].0).count();
    assert!(blocks > 5, "topics are mixed, not one after the other");
    let summary = sitting.summary().expect("the end");
    assert_eq!((summary.answered, summary.right), (25, 10));
    let reviews = study.table("reviews");
    assert_eq!(by(&reviews, "kind"), BTreeMap::from([("exam", 25)]));
    assert_eq!(by(&reviews, "confidence"), BTreeMap::from([("model", 25)]));
    study.is_sound();
}

#[test]
fn a_replay_asks_the_same_and_the_next_exam_another() {
    let first = |study: &Study| sit(study, 12, |_| true);
    let (one, two) = (study(&[("A", 40), ("B", 20)]), study(&[("A", 40), ("B", 20)]));
    let drawn = first(&one);
    assert_eq!(asked(&drawn), asked(&first(&two)));
    let other = study(&[("A", 40), ("B", 20)]);
    assert_ne!(asked(&drawn), asked(&first(other.seed(2))));
    // Left before the first answer, it is the same exam again; after an answer, another.
    one.open().exam(exam_of(12)).does(Action::Quit);
    let again = first(&one);
    assert_eq!(asked(&again), asked(&first(&two)));
    assert_ne!(asked(&again), asked(&drawn));
    assert_ne!(asked(&again).iter().collect::<HashSet<_>>(), asked(&drawn).iter().collect::<HashSet<_>>());
}

#[test]
fn only_what_can_be_graded_is_asked_and_buried_cards_but_no_suspended_ones() {
    let program = with_bank(&[("A", 4)]);
    program.file("cards.txt", "front\tback\nfront two\tback two\n");
    program.file("drafts.txt", "Undecided?\n- A. x\n- B. y\n");
    for args in [
        &["import", "cards.txt", "--format", "quizlet", "--deck", "Bank"][..],
        &["import", "drafts.txt", "--drafts", "--deck", "Bank"],
    ] {
        program.ok(args);
    }
    let cards = program.table("cards");
    assert_eq!(cards.len(), 6);
    let card = |number: usize| {
        let stem = format!("What is A number {number}?");
        cards.iter().find(|card| card["stem"] == stem.as_str()).expect("a card")["card"].as_str().expect("an id")
    };
    program.ok(&["card", "bury", card(1)]);
    program.ok(&["card", "suspend", card(2)]);
    let said = program.with_input(&["exam", "--json"], "");
    assert_eq!(said.code, 0);
    assert!(said.err.contains("there are fewer questions than 50: the exam has 3 questions"), "{}", said.err);
    let (asked, _) = take_exam(&program, &[], 99, |_| true);
    let mut asked = stems(&asked);
    asked.sort_unstable();
    assert_eq!(asked, ["What is A number 1?", "What is A number 3?", "What is A number 4?"]);
}

#[test]
fn topics_and_tags_narrow_an_exam_and_slips_are_refused() {
    let program = with_bank(&[("Storage", 3), ("Networks", 3), ("Law", 3)]);
    let (asked, _) = take_exam(&program, &["Bank", "--topic", "storage", "--topic", "LAW"], 99, |_| true);
    assert_eq!(by(&asked, "topic"), BTreeMap::from([("Law", 3), ("Storage", 3)]));
    for (args, words) in [
        (&["exam", "Bonk"][..], ["no deck is called `Bonk`", "did you mean `Bank`?"]),
        (
            &["exam", "Bank", "--topic", "storrage"],
            ["no question in `Bank` has the topic `storrage`", "did you mean `Storage`?"],
        ),
        (&["exam", "--tag", "wet"], ["no question has the tag `wet`", "hint: "]),
    ] {
        let said = program.run(args);
        assert_eq!(said.code, 1, "{args:?}");
        assert!(words.iter().all(|word| said.err.contains(word)), "{}", said.err);
    }
    for (args, range) in [
        (["-n", "0"], "1..=10000"),
        (["-n", "many"], "invalid"),
        (["--minutes", "0"], "1..=1440"),
        (["--minutes", "1441"], "1..=1440"),
    ] {
        let said = program.run(&["exam", args[0], args[1]]);
        assert_eq!(said.code, 2, "{args:?}");
        assert!(said.err.contains(range), "{}", said.err);
    }
}

#[test]
fn nothing_to_ask_is_said_and_no_failure() {
    let program = Program::new();
    let said = program.run(&["exam"]);
    assert_eq!((said.code, said.out.as_str()), (0, ""));
    assert!(said.err.contains("there is nothing to ask"), "{}", said.err);
    let said = program.run(&["exam", "--json"]);
    assert!(said.out.contains(r#""type":"done""#), "a program waits for the end: {}", said.out);
}

#[test]
fn answers_count_for_memory_like_others_and_spend_no_limit_of_the_day() {
    let study = study(&[("A", 6)]);
    study.deck_settings("Bank", "learning-steps=none relearning-steps=none fuzz=off new-per-day=3");
    // Three cards are learnt in a review, the others in an exam that asks all of them a day later, due or not.
    let learnt = states(study.review(|question| pick(question, "right")));
    sit(study.at("2026-11-24"), 50, |question| question.stem != "What is A number 1?");
    let after = states(&study);
    let reviews = study.table("reviews");
    let exam: Vec<&Value> = reviews.iter().filter(|row| row["kind"] == "exam").collect();
    assert_eq!(exam.len(), 6);
    for row in exam {
        let card = row["card"].as_str().expect("a card");
        let (before, now) = (&learnt[card], &after[card]);
        let number = |value: &Value| value.as_f64().expect("a number");
        assert_eq!(now["state"], "review");
        if row["right"] == true {
            let known = number(&row["known_probability"]);
            assert!(known > 0.5 && known < 1.0, "luck is weighed, for nobody rates: {known}");
            assert_eq!(row["rating"], 3);
        }
        match (before["state"] == "review", row["right"] == true) {
            (true, true) => {
                assert!(number(&now["stability"]) > number(&before["stability"]));
                assert!(now["due"].as_str() >= before["due"].as_str(), "{before} {now}");
                assert_eq!(now["lapses"], 0);
            }
            // Forgotten while it was in review: a lapse.
            (true, false) => {
                assert!(number(&now["stability"]) < number(&before["stability"]));
                assert_eq!((&now["due"], &now["lapses"]), (&json!("2026-11-25"), &json!(1)));
            }
            (false, _) => assert_eq!(now["lapses"], 0),
        }
    }
    // What the exam asked is neither a new card of the day nor a review of it.
    let stats = study.table("stats");
    let today = stats.iter().find(|row| row["date"] == "2026-11-24").expect("a day");
    assert_eq!((&today["answers"], &today["new"], &today["reviews"]), (&json!(6), &json!(0), &json!(0)));
    study.is_sound().rebuild();
    assert_eq!(states(&study), after, "a replay makes the same of the log");
}

fn states(study: &Study) -> HashMap<String, Value> {
    let cards = study.table("cards");
    cards.into_iter().map(|card| (card["card"].as_str().expect("a card").to_owned(), card)).collect()
}

#[test]
fn nothing_that_is_recorded_tells_whether_it_was_right() {
    let program = with_bank(&[("A", 2)]);
    let (_, told) = take_exam(&program, &[], 99, |question| question["stem"] == "What is A number 1?");
    let recorded = of_type(&told, "recorded");
    assert_eq!(recorded.len(), 2);
    for line in recorded {
        let mut line = line.clone();
        line.as_object_mut().expect("an object").remove("review");
        assert_eq!(
            line,
            json!({"type": "recorded", "due": null, "leech": false, "suspended": false, "elsewhere": false})
        );
    }
    // The day is promised all the same, and in the log.
    let promised: HashSet<String> =
        program.table("reviews").iter().map(|row| row["due"].as_str().expect("a due date").to_owned()).collect();
    assert_eq!(promised.len(), 2, "a right and a wrong answer come back at other times: {promised:?}");
}

#[test]
fn a_new_card_that_was_asked_goes_through_its_steps_in_the_next_review() {
    let study = study(&[("A", 2)]);
    sit(&study, 50, |question| question.stem == "What is A number 1?");
    assert!(states(&study).values().all(|card| card["state"] == "learning"));
    study.at("2026-11-23T09:00:00+01:00");
    let shown = study.asked(&ReviewRequest::default(), |question| pick(question, "right"));
    assert!(shown.iter().all(|question| question.state == CardState::Learning) && shown.len() >= 2, "{shown:?}");
    assert!(states(&study).values().all(|card| card["state"] == "review"));
    study.is_sound();
}

#[test]
fn an_exam_that_was_killed_keeps_its_answers_and_the_next_begins_anew() {
    let study = study(&[("A", 20)]);
    let mut desk = study.open();
    let mut sitting = desk.exam(exam_of(10));
    for _ in 0..4 {
        let question = sitting.question().expect("a question");
        sitting.answer(&pick(&question, "right"));
    }
    drop(desk);
    assert_eq!(by(&study.table("reviews"), "kind"), BTreeMap::from([("exam", 4)]));
    let shown = sit(&study, 10, |_| true);
    assert_eq!(shown.len(), 10);
    let mut trainer = study.trainer();
    let undone = trainer.undo().expect("the log").expect("an answer");
    assert_eq!(undone.past.deed.card, Some(shown[9].card));
    let reviews = study.table("reviews");
    assert_eq!(reviews.iter().filter(|row| row["undone"] == false).count(), 13);
    study.is_sound();
}

#[test]
fn an_exam_ends_with_the_input_and_takes_back_nothing_from_before_it() {
    let program = with_bank(&[("A", 3)]);
    take_exam(&program, &["-n", "1"], 1, |_| true);
    let said = program.with_input(&["exam", "--json"], "{\"type\":\"undo\"}\n");
    assert_eq!(said.code, 0, "{}", said.err);
    let reviews = program.table("reviews");
    assert_eq!((reviews.len(), &reviews[0]["undone"]), (1, &json!(false)), "{}", said.out);
}

#[test]
fn other_commands_read_exams() {
    let program = with_bank(&[("A", 12)]);
    program.ok(&["deck", "set", "Bank", "exam=2026-12-24"]);
    take_exam(&program, &[], 99, |question| question["stem"] != "What is A number 3?");
    for args in [
        &["stats"][..],
        &["plan", "Bank"],
        &["simulate", "Bank", "--days", "5"],
        &["optimize", "--dry-run"],
        &["evaluate"],
        &["leeches"],
        &["export", "topics"],
        &["export", "revlog"],
        &["check"],
    ] {
        let said = program.command(args).stdout(Stdio::piped()).output().expect("it runs");
        assert!(matches!(said.status.code(), Some(0 | 1)), "{args:?}: {}", String::from_utf8_lossy(&said.stderr));
        assert!(!String::from_utf8_lossy(&said.stderr).contains("fault"), "{args:?}");
    }
    let cards = program.table("cards");
    assert!(cards.iter().all(|card| card["due"].as_str().is_some_and(|due| due <= "2026-12-24")), "none past the exam");
}

#[test]
fn a_new_card_that_an_exam_asks_first_is_new_to_other_tools() {
    let study = study(&[("Sea", 3)]);
    let states = || -> Vec<i64> {
        sit(&study, 3, |_| true);
        study.table("revlog").iter().map(|row| row["review_state"].as_i64().expect("a state")).collect()
    };
    assert_eq!(states(), [0, 0, 0]);
    assert_eq!(states()[3..], [2, 2, 2], "asked again, they are no longer new");
}
