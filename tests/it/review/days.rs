//! Sixty days of reviews, undo, and what the log says of it.

use std::collections::{HashMap, HashSet};
use std::fs;

use crate::fixture::study::{Reply, Study, all_right, right_if};
use chrono::{DateTime, Duration, FixedOffset};
use fsrs::{FSRS, MemoryState};
use retain::model::{CardState, DeedKind};
use retain::session::{Action, GivenAnswer, Notice, Showing, StatedRating};
use retain::study::ReviewRequest;
use serde_json::Value;

/// Wrong in one of six answers, by a fixed rule.
fn learner(count: &mut u32) -> impl FnMut(&Showing) -> Reply + '_ {
    move |question| {
        *count += 1;
        right_if(*count % 6 != 5, question)
    }
}

/// All that is due.
fn all() -> ReviewRequest {
    ReviewRequest::default()
}

#[test]
fn sixty_days_skip_no_due_card_and_show_none_too_early() {
    let study = Study::new();
    // The crate replays under the published parameters, so they are to stay.
    study.mlops().settings("optimize=off");
    let start: DateTime<FixedOffset> = DateTime::parse_from_rfc3339("2026-10-01T08:00:00+02:00").expect("a time");
    let (mut count, mut answered, mut recorded) = (0, 0, HashSet::new());
    for day in 0..60 {
        let now = start + Duration::days(day);
        let today = now.date_naive().to_string();
        study.at(&now.to_rfc3339());
        let due: HashSet<String> = study
            .table("cards")
            .into_iter()
            .filter(|card| card["state"] == "review" && card["due"].as_str().is_some_and(|due| due <= today.as_str()))
            .map(|card| card["card"].as_str().expect("a card").to_owned())
            .collect();
        let mut asked = HashSet::new();
        let mut desk = study.open();
        let mut sitting = desk.review(&all());
        let mut replies = learner(&mut count);
        while let Some(question) = sitting.question() {
            let card = question.uid.to_string();
            assert!(question.state != CardState::Review || due.contains(&card), "{card} was shown before it was due");
            asked.insert(card);
            for notice in sitting.answer(&replies(&question)) {
                let Notice::Recorded { review, .. } = notice else { panic!("{notice:?}") };
                answered += 1;
                recorded.insert(review.0.to_string());
            }
        }
        assert!(due.is_subset(&asked), "a due card was skipped on {today}");
    }
    let reviews = study.table("reviews");
    let logged: HashSet<String> = reviews.iter().map(|row| row["review"].as_str().expect("an id").to_owned()).collect();
    assert_eq!((logged.len(), &logged), (answered, &recorded));
    replays_from_outside(&reviews);
    study.is_sound().rebuild().is_sound();
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
    let mut places = [0_u32; 5];
    let imported = Study::new();
    imported.mlops();
    for seed in 0..50 {
        let study = Study::new();
        fs::copy(imported.db(), study.db()).expect("a copy");
        let mut desk = study.seed(seed).open();
        let mut sitting = desk.review(&all());
        for _ in 0..10 {
            places[sitting.question().expect("a question").right_places()[0]] += 1;
            sitting.does(Action::Suspend);
        }
    }
    // Chi-squared with 4 degrees of freedom: the 0.99 quantile is 13.28.
    let chi: f64 = places.iter().map(|&count| (f64::from(count) - 100.0).powi(2) / 100.0).sum();
    assert!(chi < 13.28, "{places:?}");
}

#[test]
fn undo_works_in_and_after_the_session_and_keeps_the_log() {
    let study = Study::new();
    let mut desk = study.mlops().open();
    let mut sitting = desk.review(&all());
    let in_place = |place: usize| Reply::given(GivenAnswer::Picked(vec![place]));
    let first = sitting.question().expect("a question");
    sitting.answer(&in_place(0));
    assert_ne!(first.card, sitting.question().expect("a question").card);
    let told = sitting.does(Action::Undo);
    assert!(matches!(told[..], [Notice::Undone { .. }]), "{told:?}");
    let again = sitting.question().expect("a question");
    assert_eq!((again.card, again.choices), (first.card, first.choices));
    // The answer that was seen is a fact, also if the session ends before it is rated.
    sitting.shows(&in_place(1));
    let told = sitting.does(Action::Quit);
    assert!(matches!(told[..], [Notice::Recorded { .. }]), "{told:?}");
    drop(desk);
    study.undo();
    let next = study.trainer().next_undo().expect("the log").expect("the import of the bank");
    assert_eq!(next.deed.kind, DeedKind::Import, "no answer is left");
    let reviews = study.table("reviews");
    assert_eq!(reviews.iter().map(|row| row["undone"] == true).collect::<Vec<_>>(), [true, true]);
    assert!(study.table("cards").iter().all(|card| card["state"] == "new"));
    study.is_sound();
}

#[test]
fn a_rating_that_is_stated_counts_and_a_guess_does_not() {
    let study = Study::new();
    let mut desk = study.mlops().open();
    let mut sitting = desk.limited_review(&all(), Some(3));
    for verdict in [StatedRating::Guessed, StatedRating::Easy, StatedRating::Hard] {
        let question = sitting.question().expect("a question");
        sitting.shows(&all_right(&question).in_ms(1_500));
        assert!(sitting.feedback().expect("feedback").right);
        let told = sitting.does(Action::Rate(verdict));
        assert!(matches!(told[..], [Notice::Recorded { .. }]), "{told:?}");
    }
    assert!(sitting.summary().is_some(), "it is over");
    let rows: Vec<_> = study
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
    let study = Study::new();
    study.mlops().deck_settings("MLOps", "new-per-day=3");
    let mut count = 0;
    let mut new = || {
        let asked = study.asked(&all(), learner(&mut count));
        asked.iter().filter(|question| question.state == CardState::New).count()
    };
    assert_eq!(new(), 3);
    assert_eq!(new(), 0);
    study.at("2026-11-24T04:00:00+01:00");
    assert_eq!(new(), 3);
}

#[test]
fn a_log_reads_as_what_was_done() {
    let study = Study::new();
    study
        .bank("Sea", "How deep is it?\n- A. deep *\n- B. flat\n")
        .settings("learning-steps=none relearning-steps=none fuzz=off")
        .at("2026-11-23")
        .review(all_right)
        .at("2026-12-23")
        .review(|question| right_if(false, question))
        .undo()
        .days(2, all_right)
        .assert_log(
            "2026-11-23 How deep is it? 3\n2026-12-23 How deep is it? 1, taken back\n2026-12-23 How deep is it? 3\n",
        );
    assert!(study.due("How deep").as_str() > "2026-12-24");
    study.is_sound();
}

#[test]
fn plain_lines_hold_no_escape_codes() {
    let study = Study::new();
    let said = study.mlops().limited_plain(&all(), Some(1), "help\nA\n\n");
    assert!(said.contains("Question 1, new, 10 left.") && said.contains("Comes back in"), "{said}");
    assert!(!said.contains('\u{1b}'));
}
