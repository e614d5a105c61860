//! Every setting of memory and intervals changes what it says, by the program as a whole. Those of the day are in `day.rs`, exams in
//! `exam.rs`, leeches in `leeches.rs`, fits in `fit.rs`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::fixture::trainer::{Trainer, label};
use chrono::{Datelike, NaiveDate, Weekday};
use serde_json::{Value, json};

/// A deck of so many questions with two options each, under these settings.
fn deck(questions: usize, settings: &[&str]) -> Trainer {
    let trainer = Trainer::new();
    let mut bank = String::new();
    for number in 0..questions {
        let _ = write!(bank, "Question {number}?\n- A. yes *\n- B. no\n\n");
    }
    trainer.file("bank.txt", bank);
    for words in
        [&["import", "bank.txt", "--deck", "A"][..], &[&["deck", "set", "A", "new-per-day=999"], settings].concat()]
    {
        let said = trainer.run(words);
        assert_eq!(said.code, 0, "{}", said.err);
    }
    trainer
}

/// What follows from right answers to all that is asked, each of which is rated like this.
fn answered(trainer: &Trainer, pick: &str, rating: &str) -> Vec<Value> {
    let mut session = trainer.session(&[]);
    let mut told = Vec::new();
    while let Some(line) = session.read() {
        match line["type"].as_str() {
            Some("question") => session.send(&json!({"type": "answer", "pick": [label(&line, pick)], "ms": 3000})),
            Some("feedback") => {
                let rate =
                    if rating == "auto" { json!({"type": "rate"}) } else { json!({"type": "rate", "rating": rating}) };
                session.send(&rate);
                told.push(line["ratings"].clone());
            }
            _ => {}
        }
    }
    drop(session);
    trainer.is_sound();
    told
}

fn days(ratings: &Value, rating: &str) -> f64 {
    ratings[rating]["interval_days"].as_f64().expect("days")
}

/// What a first answer to a card without steps leads to.
fn first(settings: &[&str]) -> Value {
    answered(&deck(1, &[&["learning-steps=none", "fuzz=off"], settings].concat()), "yes", "easy").remove(0)
}

#[test]
fn a_higher_retention_shortens_intervals() {
    let good = |retention: &str| days(&first(&[retention]), "easy");
    assert!(good("desired-retention=0.8") > good("desired-retention=0.9"));
    assert!(good("desired-retention=0.9") > good("desired-retention=0.97"));
}

#[test]
fn steps_are_waits_before_a_card_goes_by_days() {
    let minutes = |ratings: &Value, rating: &str| (days(ratings, rating) * 1_440.0).round();
    let told = answered(&deck(1, &["learning-steps=3m 7m", "relearning-steps=25m"]), "yes", "easy").remove(0);
    assert_eq!((minutes(&told, "again"), minutes(&told, "hard"), minutes(&told, "good")), (3.0, 5.0, 7.0));
    assert_eq!(days(&told, "easy").fract(), 0.0);
    // A lapse, once the card is due.
    let mut trainer = deck(1, &["learning-steps=none", "relearning-steps=25m", "fuzz=off"]);
    answered(&trainer, "yes", "good");
    trainer.at("2026-12-23T08:00:00+01:00");
    let told = answered(&trainer, "no", "auto").remove(0);
    assert_eq!((minutes(&told, "auto"), days(&told, "hard").fract()), (25.0, 0.0));
    let mut trainer = deck(1, &["learning-steps=none", "relearning-steps=none", "fuzz=off"]);
    answered(&trainer, "yes", "good");
    trainer.at("2026-12-23T08:00:00+01:00");
    assert_eq!(days(&answered(&trainer, "no", "auto")[0], "auto"), 1.0);
}

#[test]
fn steps_of_days_keep_the_ratings_in_their_order() {
    for steps in ["learning-steps=1m 30d", "learning-steps=12d", "learning-steps=3d 1m", "learning-steps=1d 2d 3d"] {
        let told = answered(&deck(1, &[steps, "maximum-interval=20"]), "yes", "easy").remove(0);
        let [again, hard, good, easy] = ["again", "hard", "good", "easy"].map(|rating| days(&told, rating));
        assert!(again <= hard && hard <= good && good <= easy && easy <= 20.0, "{steps}: {told}");
    }
}

/// How many cards of a first, easy answer are due on each day.
fn per_day(settings: &[&str]) -> BTreeMap<NaiveDate, usize> {
    let trainer = deck(60, &[&["learning-steps=none"], settings].concat());
    let mut counts = BTreeMap::new();
    for told in answered(&trainer, "yes", "easy") {
        let day = told["easy"]["due"].as_str().expect("a day").parse().expect("a date");
        *counts.entry(day).or_default() += 1;
    }
    counts
}

#[test]
fn fuzz_spreads_and_load_balance_levels_and_easy_days_are_kept() {
    assert_eq!(per_day(&["fuzz=off"]).len(), 1);
    let most = |settings: &[&str]| per_day(settings).into_values().max().expect("days");
    let (balanced, drawn) = (per_day(&[]), per_day(&["load-balance=off"]));
    assert!(balanced.len() > 3 && drawn.len() > 3, "{balanced:?} {drawn:?}");
    assert!(most(&[]) < most(&["load-balance=off"]), "{balanced:?} {drawn:?}");
    let weekend = |days: &BTreeMap<NaiveDate, usize>| {
        days.keys().filter(|day| matches!(day.weekday(), Weekday::Mon | Weekday::Tue)).count()
    };
    assert!(weekend(&balanced) > 0, "{balanced:?}");
    assert_eq!(weekend(&per_day(&["easy-days=0 0 1 1 1 1 1"])), 0);
}

#[test]
fn luck_counts_unless_it_is_switched_off_and_the_less_the_more_was_known() {
    let interval = |settings: &[&str]| days(&first(settings), "auto");
    let stated = days(&first(&[]), "good");
    assert!(interval(&[]) < stated);
    assert_eq!(interval(&["luck-aware=off"]), stated);
    let known = |prior: &str| {
        let trainer = deck(1, &[prior]);
        answered(&trainer, "yes", "auto");
        trainer.table("reviews")[0]["known_probability"].as_f64().expect("a probability")
    };
    // p = R / (R + (1 − R)·g), with R = 0.3 and 0.8 and g = 1/2.
    assert!((known("prior-knowledge=0.3") - 0.3 / 0.65).abs() < 1e-9);
    assert!((known("prior-knowledge=0.8") - 0.8 / 0.9).abs() < 1e-9);
}

#[test]
fn parameters_are_what_memory_follows() {
    let parameters = |easy: &str| {
        format!(
            "parameters=0.212, 1.2931, 2.3065, {easy}, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, \
             0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542"
        )
    };
    // The fourth is the stability after a first, easy answer: the interval at 0.9.
    assert_eq!(days(&first(&[&parameters("8.2956")]), "easy"), 8.0);
    assert_eq!(days(&first(&[&parameters("31.2")]), "easy"), 31.0);
}
