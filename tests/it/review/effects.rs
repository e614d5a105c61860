//! Every setting of memory and intervals changes what it says. Those of the day are in `day_settings.rs`, exams in `exam`, leeches in
//! `schedule/leeches.rs`, fits in `memory/fit.rs`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::fixture::study::{Study, pick};
use chrono::{Datelike, NaiveDate, Weekday};
use retain::model::Due;
use retain::session::{Forecast, Ratings, StatedRating};
use retain::study::ReviewRequest;

/// A deck of so many questions with two options each, under these settings.
fn deck(questions: usize, settings: &[&str]) -> Study {
    let mut bank = String::new();
    for number in 0..questions {
        let _ = write!(bank, "Question {number}?\n- A. yes *\n- B. no\n\n");
    }
    let study = Study::new();
    study.bank("A", bank).deck_settings("A", &[&["new-per-day=999"], settings].concat().join(" "));
    study
}

/// What follows from these answers to all that is asked, each of which is rated like this.
fn answered(study: &Study, text: &str, verdict: StatedRating) -> Vec<Ratings> {
    let mut desk = study.open();
    let mut sitting = desk.review(&ReviewRequest::default());
    let mut seen = Vec::new();
    while let Some(question) = sitting.question() {
        sitting.shows(&pick(&question, text));
        seen.push(sitting.feedback().expect("feedback").ratings);
        sitting.does(retain::session::Action::Rate(verdict));
    }
    drop(desk);
    study.is_sound();
    seen
}

fn days(forecast: &Forecast) -> f64 {
    forecast.interval_days
}

/// What a first answer to a card without steps leads to.
fn first(settings: &[&str]) -> Ratings {
    answered(&deck(1, &[&["learning-steps=none", "fuzz=off"], settings].concat()), "yes", StatedRating::Easy).remove(0)
}

#[test]
fn a_higher_retention_shortens_intervals() {
    let good = |retention: &str| days(&first(&[retention]).easy);
    assert!(good("desired-retention=0.8") > good("desired-retention=0.9"));
    assert!(good("desired-retention=0.9") > good("desired-retention=0.97"));
}

#[test]
fn steps_are_waits_before_a_card_goes_by_days() {
    let minutes = |forecast: &Forecast| (days(forecast) * 1_440.0).round();
    let told =
        answered(&deck(1, &["learning-steps=3m 7m", "relearning-steps=25m"]), "yes", StatedRating::Easy).remove(0);
    assert_eq!((minutes(&told.again), minutes(&told.hard), minutes(&told.good)), (3.0, 5.0, 7.0));
    assert_eq!(days(&told.easy).fract(), 0.0);
    // A lapse, once the card is due.
    let study = deck(1, &["learning-steps=none", "relearning-steps=25m", "fuzz=off"]);
    answered(&study, "yes", StatedRating::Good);
    study.at("2026-12-23");
    let told = answered(&study, "no", StatedRating::GoOn).remove(0);
    assert_eq!((minutes(&told.auto), days(&told.hard).fract()), (25.0, 0.0));
    let study = deck(1, &["learning-steps=none", "relearning-steps=none", "fuzz=off"]);
    answered(&study, "yes", StatedRating::Good);
    study.at("2026-12-23");
    assert_eq!(days(&answered(&study, "no", StatedRating::GoOn)[0].auto), 1.0);
}

#[test]
fn steps_of_days_keep_the_ratings_in_their_order() {
    for steps in ["learning-steps=1m 30d", "learning-steps=12d", "learning-steps=3d 1m", "learning-steps=1d 2d 3d"] {
        let told = answered(&deck(1, &[steps, "maximum-interval=20"]), "yes", StatedRating::Easy).remove(0);
        let [again, hard, good, easy] = [&told.again, &told.hard, &told.good, &told.easy].map(days);
        assert!(again <= hard && hard <= good && good <= easy && easy <= 20.0, "{steps}: {told:?}");
    }
}

/// How many cards of a first, easy answer are due on each day.
fn per_day(settings: &[&str]) -> BTreeMap<NaiveDate, usize> {
    let study = deck(60, &[&["learning-steps=none"], settings].concat());
    let mut counts = BTreeMap::new();
    for told in answered(&study, "yes", StatedRating::Easy) {
        let Due::Day(day) = told.easy.due else { panic!("{told:?}") };
        let day: NaiveDate = day.to_string().parse().expect("a date");
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
    let interval = |settings: &[&str]| days(&first(settings).auto);
    let stated = days(&first(&[]).good);
    assert!(interval(&[]) < stated);
    assert_eq!(interval(&["luck-aware=off"]), stated);
    let known = |prior: &str| {
        let study = deck(1, &[prior]);
        answered(&study, "yes", StatedRating::GoOn);
        study.table("reviews")[0]["known_probability"].as_f64().expect("a probability")
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
    assert_eq!(days(&first(&[&parameters("8.2956")]).easy), 8.0);
    assert_eq!(days(&first(&[&parameters("31.2")]).easy), 31.0);
}
