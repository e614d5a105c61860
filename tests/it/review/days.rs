//! Sixty days of reviews through JSON Lines, undo, and what the log says of it.

use std::collections::{HashMap, HashSet};

use crate::fixture::trainer::{Trainer, label, mlops_key};
use chrono::{DateTime, Duration, FixedOffset};
use fsrs::{FSRS, MemoryState};
use serde_json::{Value, json};

/// Wrong in one of six answers, by a fixed rule.
fn learner(count: &mut u32) -> impl FnMut(&Value) -> String + '_ {
    let key = mlops_key();
    move |question| {
        *count += 1;
        let right = label(question, &key[question["stem"].as_str().expect("a stem")]);
        if *count % 6 != 5 {
            return right;
        }
        let choices = question["choices"].as_array().expect("choices");
        let wrong = choices.iter().find(|choice| choice["label"] != right.as_str()).expect("another");
        wrong["label"].as_str().expect("a label").into()
    }
}

#[test]
fn sixty_days_skip_no_due_card_and_show_none_too_early() {
    let mut trainer = Trainer::new();
    trainer.with_mlops();
    // The crate replays under the published parameters, so they are to stay.
    assert_eq!(trainer.run(&["deck", "set", "--default", "optimize=off"]).code, 0);
    let start: DateTime<FixedOffset> = DateTime::parse_from_rfc3339("2026-10-01T08:00:00+02:00").expect("a time");
    let (mut count, mut answered, mut recorded) = (0, 0, HashSet::new());
    for day in 0..60 {
        let now = start + Duration::days(day);
        let today = now.date_naive().to_string();
        trainer.at(&now.to_rfc3339());
        let due: HashSet<String> = cards(&trainer)
            .into_iter()
            .filter(|card| card["state"] == "review" && card["due"].as_str().is_some_and(|due| due <= today.as_str()))
            .map(|card| card["card"].as_str().expect("a card").to_owned())
            .collect();
        let told = trainer.review(learner(&mut count));
        let mut asked = HashSet::new();
        for line in &told {
            if line["type"] == "question" {
                let card = line["card"].as_str().expect("a card").to_owned();
                assert!(line["state"] != "review" || due.contains(&card), "{card} was shown before it was due");
                asked.insert(card);
            }
            if line["type"] == "recorded" {
                answered += 1;
                recorded.insert(line["review"].as_str().expect("an id").to_owned());
            }
        }
        assert!(due.is_subset(&asked), "a due card was skipped on {today}");
    }
    let reviews = trainer.table("reviews");
    let logged: HashSet<String> = reviews.iter().map(|row| row["review"].as_str().expect("an id").to_owned()).collect();
    assert_eq!((logged.len(), &logged), (answered, &recorded));
    replays_from_outside(&reviews);
    trainer.is_sound();
    assert_eq!(trainer.run(&["rebuild"]).code, 0);
    trainer.is_sound();
}

fn cards(trainer: &Trainer) -> Vec<Value> {
    trainer.table("cards")
}

/// The same memory from the exported answers, by the crate alone and the published formula of the luck-aware update.
fn replays_from_outside(reviews: &[Value]) {
    let model = FSRS::default();
    let mut states: HashMap<&str, (MemoryState, i64)> = HashMap::new();
    for row in reviews {
        let card = row["card"].as_str().expect("a card");
        let day =
            chrono::NaiveDate::parse_from_str(row["study_day"].as_str().expect("a day"), "%Y-%m-%d").expect("a day");
        let day = day.signed_duration_since(chrono::NaiveDate::default()).num_days();
        let before = states.get(card).copied();
        let elapsed = before.map_or(0, |(_, last)| (day - last).max(0));
        let next = model
            .next_states(before.map(|(state, _)| state), 0.9, u32::try_from(elapsed).expect("days"))
            .expect("states");
        let recall = before.map_or(0.3, |(state, _)| {
            if elapsed == 0 { 1.0 } else { f64::from(fsrs::current_retrievability(state, elapsed as f32, 0.1542)) }
        });
        let guess = row["guess_probability"].as_f64().expect("g");
        let after = if row["right"] == true {
            let p = recall / (recall + (1.0 - recall) * guess);
            let mix = |a: f32, b: f32| p * f64::from(a) + (1.0 - p) * f64::from(b);
            let (good, again) = (next.good.memory, next.again.memory);
            MemoryState {
                stability: mix(good.stability.ln(), again.stability.ln()).exp() as f32,
                difficulty: mix(good.difficulty, again.difficulty) as f32,
            }
        } else {
            next.again.memory
        };
        for (column, value) in [("stability_after", after.stability), ("difficulty_after", after.difficulty)] {
            let exported = row[column].as_f64().expect("a number");
            assert!(
                (exported - f64::from(value)).abs() <= 1e-4 * exported.abs().max(1.0),
                "{column}: {exported} and {value}"
            );
        }
        states.insert(card, (after, day));
    }
}

#[test]
fn the_right_option_stands_in_every_place_alike() {
    let key = mlops_key();
    let mut places = [0_u32; 5];
    for seed in 0..100 {
        let mut trainer = Trainer::new();
        trainer.seed(seed).with_mlops();
        let mut session = trainer.session(&[]);
        for _ in 0..10 {
            let question = session.read().expect("a question");
            let right = label(&question, &key[question["stem"].as_str().expect("a stem")]);
            places[usize::from(right.as_bytes()[0] - b'A')] += 1;
            session.send(&json!({"type": "suspend"}));
        }
    }
    // Chi-squared with 4 degrees of freedom: the 0.99 quantile is 13.28.
    let chi: f64 = places.iter().map(|&count| (f64::from(count) - 200.0).powi(2) / 200.0).sum();
    assert!(chi < 13.28, "{places:?}");
}

#[test]
fn undo_works_in_and_after_the_session_and_keeps_the_log() {
    let mut trainer = Trainer::new();
    trainer.with_mlops();
    let mut session = trainer.session(&[]);
    let first = session.read().expect("a question");
    for line in [json!({"type": "answer", "pick": ["A"]}), json!({"type": "rate"})] {
        session.send(&line);
        session.read();
    }
    let second = session.read().expect("a question");
    assert_ne!(first["card"], second["card"]);
    session.send(&json!({"type": "undo"}));
    assert_eq!(session.read().expect("a line")["type"], "undone");
    let again = session.read().expect("a question");
    assert_eq!(
        (again["card"].as_str(), again["choices"].as_array()),
        (first["card"].as_str(), first["choices"].as_array())
    );
    // The answer that was seen is a fact, also where the session ends before it is rated.
    session.send(&json!({"type": "answer", "pick": ["B"]}));
    session.read();
    session.send(&json!({"type": "quit"}));
    assert_eq!(session.read().expect("a line")["type"], "recorded");
    drop(session);
    assert_eq!(trainer.run(&["undo"]).code, 0);
    let none = trainer.run(&["undo"]);
    assert_eq!((none.code, none.err.starts_with("error: there is no answer to take back")), (1, true), "{}", none.err);
    let reviews = trainer.table("reviews");
    assert_eq!(reviews.iter().map(|row| row["undone"] == true).collect::<Vec<_>>(), [true, true]);
    assert!(trainer.table("cards").iter().all(|card| card["state"] == "new"));
    trainer.is_sound();
}

#[test]
fn a_rating_that_is_stated_counts_and_a_guess_does_not() {
    let mut trainer = Trainer::new();
    trainer.with_mlops();
    let key = mlops_key();
    let mut session = trainer.session(&["--limit", "3"]);
    for rating in ["guessed", "easy", "hard"] {
        let question = session.read().expect("a question");
        let right = label(&question, &key[question["stem"].as_str().expect("a stem")]);
        session.send(&json!({"type": "answer", "pick": [right], "ms": 1500}));
        assert_eq!(session.read().expect("feedback")["right"], true);
        session.send(&json!({"type": "rate", "rating": rating}));
        assert_eq!(session.read().expect("a line")["type"], "recorded");
    }
    assert_eq!(session.read().expect("an end")["type"], "done");
    drop(session);
    let rows: Vec<_> = trainer
        .table("reviews")
        .iter()
        .map(|row| {
            (row["rating"].as_i64(), row["confidence"].as_str().map(str::to_owned), row["known_probability"].as_f64())
        })
        .collect();
    let row = |rating, confidence: &str, known| (Some(rating), Some(confidence.to_owned()), Some(known));
    assert_eq!(rows, [row(1, "guessed", 0.0), row(4, "stated", 1.0), row(2, "stated", 1.0)]);
}

#[test]
fn the_daily_limits_hold_over_several_sessions() {
    let mut trainer = Trainer::new();
    trainer.with_mlops();
    assert_eq!(trainer.run(&["deck", "set", "mlops", "new-per-day=3"]).code, 0);
    let mut count = 0;
    let new = |told: &[Value]| told.iter().filter(|line| line["type"] == "question" && line["state"] == "new").count();
    assert_eq!(new(&trainer.review(learner(&mut count))), 3);
    assert_eq!(new(&trainer.review(learner(&mut count))), 0);
    trainer.at("2026-11-24T04:00:00+01:00");
    assert_eq!(new(&trainer.review(learner(&mut count))), 3);
}

#[test]
fn plain_lines_hold_no_escape_codes() {
    let mut trainer = Trainer::new();
    trainer.with_mlops();
    let said = trainer.with_input(&["review", "--limit", "1"], "help\nA\n\n");
    assert_eq!(said.code, 0);
    assert!(said.out.contains("Question 1, new, 10 left.") && said.out.contains("Comes back in"), "{}", said.out);
    assert!(!said.out.contains('\u{1b}'));
}
