//! What the settings do to a day: its order, its limits, what is shown and what is asked.

use std::fmt::Write as _;

use crate::fixture::trainer::{Trainer, label};
use serde_json::{Value, json};

/// Questions `name 1?` … whose right option is `yes`, in topics in turn.
fn bank(trainer: &Trainer, deck: &str, questions: usize, topics: usize) {
    let mut text = String::new();
    for number in 1..=questions {
        let topic = number % topics;
        let _ = write!(text, "Topic {topic}\n{deck} {number}?\n- A. yes *\n- B. no\n- C. never\n\n");
    }
    trainer.file("bank.txt", text);
    done(trainer, &["import", "bank.txt", "--deck", deck]);
}

fn done(trainer: &Trainer, args: &[&str]) -> String {
    let said = trainer.run(args);
    assert_eq!(said.code, 0, "{args:?}: {}", said.err);
    said.out
}

fn set(trainer: &Trainer, deck: &str, pairs: &[&str]) {
    done(trainer, &[&["deck", "set", deck], pairs].concat());
}

/// Answers everything; `right` says which stems are known. Returns the stems in the order asked.
fn review(trainer: &Trainer, args: &[&str], right: impl Fn(&str) -> bool) -> Vec<String> {
    let mut session = trainer.session(args);
    let mut stems = Vec::new();
    while let Some(line) = session.read() {
        match line["type"].as_str() {
            Some("question") => {
                let stem = line["stem"].as_str().expect("a stem").to_owned();
                let pick = label(&line, if right(&stem) { "yes" } else { "no" });
                session.send(&json!({"type": "answer", "pick": [pick], "ms": 3000}));
                stems.push(stem);
            }
            Some("feedback") => session.send(&json!({"type": "rate"})),
            _ => {}
        }
    }
    stems
}

fn stems(deck: &str, numbers: &[usize]) -> Vec<String> {
    numbers.iter().map(|number| format!("{deck} {number}?")).collect()
}

#[test]
fn new_cards_come_in_the_order_that_the_settings_name() {
    let trainer = Trainer::new();
    bank(&trainer, "A", 12, 3);
    set(&trainer, "A", &["new-per-day=6", "learning-steps=none", "interleave-topics=off"]);
    let asked = |order: &str| {
        set(&trainer, "A", &[&format!("new-order={order}")]);
        let mut session = trainer.session(&[]);
        let mut seen = Vec::new();
        // Looked at without an answer: skipped until they come again.
        while let Some(line) = session.read().filter(|line| line["type"] == "question") {
            let stem = line["stem"].as_str().expect("a stem").to_owned();
            if seen.contains(&stem) {
                break;
            }
            seen.push(stem);
            session.send(&json!({"type": "skip"}));
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
    let mut trainer = Trainer::new();
    bank(&trainer, "B", 4, 4);
    bank(&trainer, "A", 4, 4);
    for deck in ["A", "B"] {
        set(&trainer, deck, &["learning-steps=none", "relearning-steps=none", "interleave-topics=off", "fuzz=off"]);
    }
    // Cards of different difficulty and stability.
    for (day, wrong) in [("20", "1?"), ("22", "2?"), ("28", "A 3?"), ("30", "nothing")] {
        trainer.at(&format!("2026-09-{day}T08:00:00+02:00"));
        review(&trainer, &[], |stem| !stem.contains(wrong));
    }
    trainer.at("2026-11-23T08:00:00+01:00");
    let cards = trainer.table("cards");
    let of = |stem: &str| cards.iter().find(|card| card["stem"] == stem).expect("the card");
    let asked = |order: &str| {
        for deck in ["A", "B"] {
            set(&trainer, deck, &[&format!("review-order={order}")]);
        }
        let mut session = trainer.session(&[]);
        let mut seen = Vec::new();
        for _ in 0..8 {
            let line = session.read().expect("a question");
            seen.push(line["stem"].as_str().expect("a stem").to_owned());
            session.send(&json!({"type": "skip"}));
        }
        seen
    };
    let rising = |seen: &[String], key: &dyn Fn(&Value) -> f64| {
        let keys: Vec<f64> = seen.iter().map(|stem| key(of(stem))).collect();
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
    let mut trainer = Trainer::new();
    bank(&trainer, "A", 4, 4);
    set(&trainer, "A", &["learning-steps=none", "new-per-day=2", "interleave-topics=off"]);
    review(&trainer, &[], |_| true);
    trainer.at("2026-12-23T08:00:00+01:00");
    let states = |mix: &str| {
        set(&trainer, "A", &[&format!("mix={mix}")]);
        let mut session = trainer.session(&[]);
        let mut states = Vec::new();
        for _ in 0..4 {
            states.push(session.read().expect("a question")["state"].as_str().expect("a state").to_owned());
            session.send(&json!({"type": "skip"}));
        }
        states
    };
    assert_eq!(states("new-first"), ["new", "new", "review", "review"]);
    assert_eq!(states("new-last"), ["review", "review", "new", "new"]);
    let mixed = states("mixed");
    assert!(mixed != states("new-first") && mixed != states("new-last"), "{mixed:?}");
}

#[test]
fn neighbours_are_of_different_topics_unless_switched_off() {
    let trainer = Trainer::new();
    let question = |topic: &str, number: usize| format!("{topic}\nA {number}?\n- A. yes *\n- B. no\n\n");
    let bank: String =
        (1..=3).map(|number| question("Red", number)).chain((4..=6).map(|number| question("Blue", number))).collect();
    trainer.file("bank.txt", bank);
    done(&trainer, &["import", "bank.txt", "--deck", "A"]);
    let topics = |interleave: &str| {
        set(&trainer, "A", &[&format!("interleave-topics={interleave}")]);
        let mut session = trainer.session(&[]);
        let mut topics = String::new();
        for _ in 0..6 {
            topics += &session.read().expect("a question")["topic"].as_str().expect("a topic")[..1];
            session.send(&json!({"type": "skip"}));
        }
        topics
    };
    assert_eq!(topics("on"), "RBRBRB");
    assert_eq!(topics("off"), "RRRBBB");
}

#[test]
fn limits_hold_over_decks_in_decks_and_new_cards_may_come_on_top() {
    let mut trainer = Trainer::new();
    for deck in ["Exam::A", "Exam::B", "Exam"] {
        bank(&trainer, deck, 5, 5);
    }
    set(&trainer, "Exam", &["learning-steps=none", "new-per-day=9"]);
    set(&trainer, "Exam::A", &["new-per-day=2"]);
    let asked = review(&trainer, &[], |_| true);
    assert_eq!(asked.len(), 9);
    assert_eq!(asked.iter().filter(|stem| stem.starts_with("Exam::A")).count(), 2);
    trainer.at("2026-12-23T08:00:00+01:00");
    set(&trainer, "Exam", &["reviews-per-day=4"]);
    let looked = |trainer: &Trainer| {
        let mut session = trainer.session(&["Exam"]);
        let left = session.read().expect("a question")["left"].clone();
        (left["review"].as_u64().expect("a count"), left["new"].as_u64().expect("a count"))
    };
    assert_eq!(looked(&trainer), (4, 0), "reviews over all decks within, and no place for new ones");
    set(&trainer, "Exam", &["new-ignores-review-limit=on"]);
    // Of the six that are left, three are in a deck that takes two a day.
    assert_eq!(looked(&trainer), (4, 5));
    set(&trainer, "Exam", &["new-ignores-review-limit=off"]);
    assert_eq!(review(&trainer, &[], |_| true).len(), 4);
    let end = trainer.session(&[]).read().expect("the end");
    assert_eq!((&end["type"], &end["next_due"]), (&"done".into(), &"2026-12-24".into()));
}

#[test]
fn cards_of_one_question_come_on_different_days() {
    let mut trainer = Trainer::new();
    bank(&trainer, "A", 3, 3);
    set(&trainer, "A", &["learning-steps=none", "new-per-day=5"]);
    // Every question has a second card, as a cloze with two gaps has.
    let database = rusqlite::Connection::open(trainer.db()).expect("the database");
    database
        .execute_batch("insert into card (uid, question, ordinal) select randomblob(16), question, 1 from card")
        .expect("cards");
    drop(database);
    done(&trainer, &["rebuild"]);
    assert_eq!(review(&trainer, &[], |_| true), stems("A", &[1, 2, 3]));
    assert_eq!(review(&trainer, &[], |_| true), stems("A", &[]), "the siblings wait till tomorrow");
    for day in 24..30 {
        trainer.at(&format!("2026-11-{day}T08:00:00+01:00"));
        assert!(review(&trainer, &[], |_| true).len() <= 3);
    }
    assert!(trainer.table("cards").iter().all(|card| card["state"] == "review"), "each had its days");
    trainer.at("2027-11-24T08:00:00+01:00");
    assert_eq!(review(&trainer, &["--limit", "3"], |_| true).len(), 3);
    let end = trainer.session(&[]).read().expect("the end");
    assert_eq!(
        (&end["type"], &end["next_due"]),
        (&"done".into(), &"2027-11-25".into()),
        "due siblings wait till tomorrow"
    );
    set(&trainer, "A", &["bury-siblings=off"]);
    let trainer_of_both = || {
        let mut trainer = Trainer::new();
        bank(&trainer, "A", 1, 1);
        set(&trainer, "A", &["learning-steps=none", "bury-siblings=off"]);
        let database = rusqlite::Connection::open(trainer.db()).expect("the database");
        database
            .execute_batch("insert into card (uid, question, ordinal) select randomblob(16), question, 1 from card")
            .expect("cards");
        drop(database);
        done(&trainer, &["rebuild"]);
        trainer.at("2026-11-24T08:00:00+01:00");
        trainer
    };
    assert_eq!(review(&trainer_of_both(), &[], |_| true).len(), 2);
    trainer.is_sound();
}

#[test]
fn steps_come_early_only_within_the_learn_ahead_time() {
    let trainer = Trainer::new();
    bank(&trainer, "A", 1, 1);
    set(&trainer, "A", &["learning-steps=5m 15m", "learn-ahead=0"]);
    assert_eq!(review(&trainer, &[], |_| true).len(), 1, "the step waits for its time");
    set(&trainer, "A", &["learn-ahead=20m"]);
    assert_eq!(review(&trainer, &[], |_| true).len(), 1, "the step of 15 minutes is shown early, and is the last");
}

#[test]
fn no_interval_is_longer_than_the_longest() {
    let trainer = Trainer::new();
    bank(&trainer, "A", 1, 1);
    set(&trainer, "A", &["learning-steps=none", "maximum-interval=2"]);
    let mut session = trainer.session(&[]);
    let question = session.read().expect("a question");
    session.send(&json!({"type": "answer", "pick": [label(&question, "yes")]}));
    let feedback = session.read().expect("feedback");
    assert_eq!(feedback["ratings"]["easy"]["interval_days"], 2.0);
}

#[test]
fn a_day_begins_at_its_hour() {
    let mut trainer = Trainer::new();
    bank(&trainer, "A", 2, 2);
    set(&trainer, "A", &["new-per-day=1", "learning-steps=none"]);
    done(&trainer, &["deck", "set", "--default", "day-start=10"]);
    trainer.at("2026-11-23T12:00:00+01:00");
    assert_eq!(review(&trainer, &[], |_| true).len(), 1);
    trainer.at("2026-11-24T09:59:00+01:00");
    assert_eq!(review(&trainer, &[], |_| true).len(), 0);
    trainer.at("2026-11-24T10:00:00+01:00");
    assert!(!review(&trainer, &[], |_| true).is_empty());
}

#[test]
fn the_stem_stands_alone_until_the_answer_was_recalled() {
    let trainer = Trainer::new();
    bank(&trainer, "A", 1, 1);
    let line = || trainer.session(&[]).read().expect("a question");
    assert_eq!(line()["recall_first"], false);
    set(&trainer, "A", &["recall-first=on"]);
    assert_eq!(line()["recall_first"], true);
    let said = trainer.with_input(&["review", "--plain"], "\nquit\n");
    let (before, after) = said.out.split_once("Recall the answer, then Enter").expect("a pause");
    assert!(before.contains("A 1?") && !before.contains("yes") && after.contains("yes"), "{}", said.out);
}

#[test]
fn a_rating_is_asked_for_after_every_right_answer() {
    let trainer = Trainer::new();
    bank(&trainer, "A", 2, 2);
    set(&trainer, "A", &["grading=ask", "learning-steps=none"]);
    let mut session = trainer.session(&[]);
    let question = session.read().expect("a question");
    session.send(&json!({"type": "answer", "pick": [label(&question, "yes")]}));
    assert_eq!(session.read().expect("feedback")["ask_rating"], true);
    session.send(&json!({"type": "rate"}));
    let error = session.read().expect("an error");
    assert_eq!(error["type"], "error");
    assert!(error["message"].as_str().expect("words").contains("guessed, hard, good or easy"));
    session.send(&json!({"type": "rate", "rating": "hard"}));
    assert_eq!(session.read().expect("a line")["type"], "recorded");
    let question = session.read().expect("a question");
    session.send(&json!({"type": "answer", "pick": [label(&question, "no")]}));
    assert_eq!(session.read().expect("feedback")["ask_rating"], false);
    session.send(&json!({"type": "rate"}));
    assert_eq!(session.read().expect("a line")["type"], "recorded");
    drop(session);

    let trainer = Trainer::new();
    trainer.file("bank.txt", "A 1?\n- A. yes *\n- B. no\n");
    done(&trainer, &["import", "bank.txt", "--deck", "A"]);
    set(&trainer, "A", &["grading=ask", "learning-steps=none"]);
    let first = trainer.session(&[]).read().expect("a question");
    let said = trainer.with_input(&["review", "--plain"], &format!("{}\n\n4\n", label(&first, "yes")));
    assert!(said.out.contains("How was it: 1 guessed") && said.out.contains("say how it was"), "{}", said.out);
    assert_eq!(trainer.table("reviews")[0]["rating"], 4);
}
