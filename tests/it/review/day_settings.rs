//! What the settings do to a day: its order, its limits, what is shown and what is asked.

use std::fmt::Write as _;

use crate::fixture::program::label;
use crate::fixture::study::{Study, all_right, pick};
use retain::model::{CardState, Due};
use retain::session::{Action, Showing};
use retain::study::ReviewRequest;
use serde_json::{Value, json};

/// Questions `name 1?` … whose right option is `yes`, in topics in turn.
fn bank(study: &Study, deck: &str, questions: usize, topics: usize) {
    let mut text = String::new();
    for number in 1..=questions {
        let topic = number % topics;
        let _ = write!(text, "Topic {topic}\n{deck} {number}?\n- A. yes *\n- B. no\n- C. never\n\n");
    }
    study.bank(deck, text);
}

/// All that is due.
fn all() -> ReviewRequest {
    ReviewRequest::default()
}

/// Answers everything; `right` says which stems are known. Returns the stems in the order asked.
fn review(study: &Study, right: impl Fn(&str) -> bool) -> Vec<String> {
    let learner = |question: &Showing| pick(question, if right(&question.stem) { "yes" } else { "no" });
    study.asked(&all(), learner).into_iter().map(|question| question.stem).collect()
}

/// The first questions of today, looked at without an answer.
fn looked_at(study: &Study, count: usize) -> Vec<Showing> {
    study.open().review(&all()).looked_at(count)
}

/// When the next card is due, once nothing is left today.
fn next_due(study: &Study) -> Option<Due> {
    let mut desk = study.open();
    desk.review(&all()).summary().expect("the end").outlook.next_due
}

fn day(text: &str) -> Option<Due> {
    Some(Due::Day(text.parse().expect("a day")))
}

fn stems(deck: &str, numbers: &[usize]) -> Vec<String> {
    numbers.iter().map(|number| format!("{deck} {number}?")).collect()
}

#[test]
fn new_cards_come_in_the_order_that_the_settings_name() {
    let study = Study::new();
    bank(&study, "A", 12, 3);
    study.deck_settings("A", "new-per-day=6 learning-steps=none interleave-topics=off");
    let asked = |order: &str| -> Vec<String> {
        study.deck_settings("A", &format!("new-order={order}"));
        let mut desk = study.open();
        let mut sitting = desk.review(&all());
        let mut seen = Vec::new();
        // Looked at without an answer: skipped until they come again.
        while let Some(question) = sitting.question().filter(|question| !seen.contains(&question.stem)) {
            seen.push(question.stem);
            sitting.does(Action::Skip);
        }
        seen
    };
    assert_eq!(asked("bank"), stems("A", &[1, 2, 3, 4, 5, 6]));
    assert_eq!(asked("topics"), stems("A", &[1, 2, 3, 4, 5, 6]), "the bank takes its topics in turn already");
    let random = asked("random");
    assert_eq!(random.len(), 6);
    assert_ne!(random, stems("A", &[1, 2, 3, 4, 5, 6]));
    assert_eq!(asked("random"), random, "any order holds for the day");
}

#[test]
fn reviews_come_in_the_order_that_the_settings_name() {
    let study = Study::new();
    bank(&study, "B", 4, 4);
    bank(&study, "A", 4, 4);
    let set = |pairs: &str| {
        for deck in ["A", "B"] {
            study.deck_settings(deck, pairs);
        }
    };
    set("learning-steps=none relearning-steps=none interleave-topics=off fuzz=off");
    // Cards of different difficulty and stability.
    for (day, wrong) in [("20", "1?"), ("22", "2?"), ("28", "A 3?"), ("30", "nothing")] {
        review(study.at(&format!("2026-09-{day}T08:00:00+02:00")), |stem| !stem.contains(wrong));
    }
    study.at("2026-11-23");
    let cards = study.table("cards");
    let card = |stem: &str| cards.iter().find(|card| card["stem"] == stem).expect("the card");
    let asked = |order: &str| -> Vec<String> {
        set(&format!("review-order={order}"));
        looked_at(&study, 8).into_iter().map(|question| question.stem).collect()
    };
    let rising = |seen: &[String], key: &dyn Fn(&Value) -> f64| {
        let keys: Vec<f64> = seen.iter().map(|stem| key(card(stem))).collect();
        assert!(keys.is_sorted(), "{keys:?}");
        assert!(keys[0] < keys[7], "the cards differ: {keys:?}");
    };
    let number = |card: &Value, column: &str| card[column].as_f64().expect("a number");
    let day = |text: &str| text.parse::<chrono::NaiveDate>().expect("a day");
    let late = |card: &Value| {
        let due = day(card["due"].as_str().expect("a day"));
        (day("2026-11-23") - due).num_days() as f64
    };
    rising(&asked("risk"), &|card| number(card, "retrievability"));
    rising(&asked("difficulty"), &|card| -number(card, "difficulty"));
    rising(&asked("due"), &|card| -late(card));
    rising(&asked("overdue"), &|card| -late(card) / number(card, "interval_days"));
    let decks = asked("deck");
    assert!(decks[..4].iter().all(|stem| stem.starts_with('A')), "{decks:?}");
    let random = asked("random");
    assert_ne!(random, asked("risk"));
    assert_eq!(random, asked("random"));
}

#[test]
fn new_cards_and_reviews_are_mixed_as_the_settings_say() {
    use CardState::{New, Review};
    let study = Study::new();
    bank(&study, "A", 4, 4);
    study.deck_settings("A", "learning-steps=none new-per-day=2 interleave-topics=off");
    review(&study, |_| true);
    study.at("2026-12-23");
    let states = |mix: &str| -> Vec<CardState> {
        study.deck_settings("A", &format!("mix={mix}"));
        looked_at(&study, 4).iter().map(|question| question.state).collect()
    };
    assert_eq!(states("new-first"), [New, New, Review, Review]);
    assert_eq!(states("new-last"), [Review, Review, New, New]);
    let mixed = states("mixed");
    assert!(mixed != states("new-first") && mixed != states("new-last"), "{mixed:?}");
}

#[test]
fn neighbours_are_of_different_topics_unless_switched_off() {
    let study = Study::new();
    let question = |topic: &str, number: usize| format!("{topic}\nA {number}?\n- A. yes *\n- B. no\n\n");
    let bank: String =
        (1..=3).map(|number| question("Red", number)).chain((4..=6).map(|number| question("Blue", number))).collect();
    study.bank("A", bank);
    let topics = |interleave: &str| -> String {
        study.deck_settings("A", &format!("interleave-topics={interleave}"));
        looked_at(&study, 6).iter().map(|question| question.topic.as_ref().expect("a topic")[..1].to_owned()).collect()
    };
    assert_eq!(topics("on"), "RBRBRB");
    assert_eq!(topics("off"), "RRRBBB");
}

#[test]
fn limits_hold_over_decks_in_decks_and_new_cards_may_come_on_top() {
    let study = Study::new();
    for deck in ["Exam::A", "Exam::B", "Exam"] {
        bank(&study, deck, 5, 5);
    }
    study.deck_settings("Exam", "learning-steps=none new-per-day=9").deck_settings("Exam::A", "new-per-day=2");
    let asked = review(&study, |_| true);
    assert_eq!(asked.len(), 9);
    assert_eq!(asked.iter().filter(|stem| stem.starts_with("Exam::A")).count(), 2);
    study.at("2026-12-23").deck_settings("Exam", "reviews-per-day=4");
    let left = || {
        let mut desk = study.open();
        let sitting = desk.review(&ReviewRequest { deck: Some("Exam".into()), ..all() });
        let left = sitting.question().expect("a question").left;
        (left.review, left.new)
    };
    assert_eq!(left(), (4, 0), "reviews over all decks within, and no place for new ones");
    study.deck_settings("Exam", "new-ignores-review-limit=on");
    // Of the six that are left, three are in a deck that takes two a day.
    assert_eq!(left(), (4, 5));
    study.deck_settings("Exam", "new-ignores-review-limit=off");
    assert_eq!(review(&study, |_| true).len(), 4);
    assert_eq!(next_due(&study), day("2026-12-24"));
}

/// Gives every question a second card, as a cloze with two gaps has one.
fn doubled(study: &Study) {
    let database = rusqlite::Connection::open(study.db()).expect("the database");
    let questions: Vec<(i64, uuid::Uuid)> = database
        .prepare("select id, uid from question")
        .expect("a statement")
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("rows")
        .collect::<Result<_, _>>()
        .expect("questions");
    for (question, uid) in questions {
        let uid = retain::model::card_uid(uid, 1);
        database
            .execute("insert into card (uid, question, ordinal) values (?, ?, 1)", rusqlite::params![uid, question])
            .expect("a card");
    }
    drop(database);
    study.rebuild();
}

#[test]
fn cards_of_one_question_come_on_different_days() {
    let study = Study::new();
    bank(&study, "A", 3, 3);
    doubled(study.deck_settings("A", "learning-steps=none new-per-day=5"));
    assert_eq!(review(&study, |_| true), stems("A", &[1, 2, 3]));
    assert_eq!(review(&study, |_| true), stems("A", &[]), "the siblings wait till tomorrow");
    for day in 24..30 {
        assert!(review(study.at(&format!("2026-11-{day}")), |_| true).len() <= 3);
    }
    assert!(study.table("cards").iter().all(|card| card["state"] == "review"), "each had its days");
    study.at("2027-11-24");
    assert_eq!(study.open().limited_review(&all(), Some(3)).answer_all(all_right).len(), 3);
    assert_eq!(next_due(&study), day("2027-11-25"), "due siblings wait till tomorrow");
    study.deck_settings("A", "bury-siblings=off");
    let both = Study::new();
    bank(&both, "A", 1, 1);
    doubled(both.deck_settings("A", "learning-steps=none bury-siblings=off"));
    assert_eq!(review(both.at("2026-11-24"), |_| true).len(), 2);
    study.is_sound();
}

#[test]
fn steps_come_early_only_within_the_learn_ahead_time() {
    let study = Study::new();
    bank(&study, "A", 1, 1);
    study.deck_settings("A", "learning-steps=5m 15m learn-ahead=0");
    assert_eq!(review(&study, |_| true).len(), 1, "the step waits for its time");
    study.deck_settings("A", "learn-ahead=20m");
    assert_eq!(review(&study, |_| true).len(), 1, "the step of 15 minutes is shown early, and is the last");
}

#[test]
fn no_interval_is_longer_than_the_longest() {
    let study = Study::new();
    bank(&study, "A", 1, 1);
    let mut desk = study.deck_settings("A", "learning-steps=none maximum-interval=2").open();
    let mut sitting = desk.review(&all());
    sitting.shows(&pick(&sitting.question().expect("a question"), "yes"));
    assert_eq!(sitting.feedback().expect("feedback").ratings.easy.interval_days, 2.0);
}

#[test]
fn a_day_begins_at_its_hour() {
    let study = Study::new();
    bank(&study, "A", 2, 2);
    study.deck_settings("A", "new-per-day=1 learning-steps=none").settings("day-start=10");
    assert_eq!(review(study.at("2026-11-23T12:00:00+01:00"), |_| true).len(), 1);
    assert_eq!(review(study.at("2026-11-24T09:59:00+01:00"), |_| true).len(), 0);
    assert!(!review(study.at("2026-11-24T10:00:00+01:00"), |_| true).is_empty());
}

#[test]
fn the_stem_stands_alone_until_the_answer_was_recalled() {
    let study = Study::new();
    bank(&study, "A", 1, 1);
    let hidden = || study.open().review(&all()).question().expect("a question").recall_first;
    assert!(!hidden());
    study.deck_settings("A", "recall-first=on");
    assert!(hidden());

    let said = study.plain("\nquit\n");
    let (before, after) = said.split_once("Recall the answer, then Enter").expect("a pause");
    assert!(before.contains("A 1?") && !before.contains("yes") && after.contains("yes"), "{said}");
}

#[test]
fn a_rating_is_asked_for_after_every_right_answer() {
    let with = |questions| {
        let study = Study::new();
        bank(&study, "A", questions, questions);
        study.deck_settings("A", "grading=ask learning-steps=none");
        study
    };
    let study = with(2);
    let mut session = study.talk();
    let question = session.next("question");
    session.send(&json!({"type": "answer", "pick": [label(&question, "yes")]}));
    assert_eq!(session.next("feedback")["ask_rating"], true);
    session.send(&json!({"type": "rate"}));
    let error = session.next("error");
    assert!(error["message"].as_str().expect("words").contains("guessed, hard, good or easy"));
    session.send(&json!({"type": "rate", "rating": "hard"}));
    session.next("recorded");
    let question = session.next("question");
    session.send(&json!({"type": "answer", "pick": [label(&question, "no")]}));
    assert_eq!(session.next("feedback")["ask_rating"], false);
    session.send(&json!({"type": "rate"}));
    session.next("recorded");
    drop(session);

    let study = with(1);
    let first = looked_at(&study, 1).remove(0);
    let yes = first.choices.iter().find(|choice| choice.text == "yes").expect("the choice");
    let said = study.plain(&format!("{}\n\n4\n", yes.label));
    assert!(said.contains("How was it: 1 guessed") && said.contains("say how it was"), "{said}");
    assert_eq!(study.table("reviews")[0]["rating"], 4);
}
