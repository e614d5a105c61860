//! A backlog far beyond the limits: the numbers of a day are found without reading all that is due, and are those of its cards.

use std::fmt::Write as _;

use crate::fixture::study::{Study, all_right};
use chrono::{DateTime, Duration, FixedOffset};
use retain::study::{ReviewRequest, Work};

const NOW: &str = "2026-11-23T08:00:00+01:00";

/// Easy answers to these new cards, 30 to 49 days ago.
fn history<'a>(cards: impl IntoIterator<Item = &'a str>) -> String {
    let now: DateTime<FixedOffset> = DateTime::parse_from_rfc3339(NOW).expect("a time");
    let mut rows = "card_id,review_time,review_rating,review_state,review_duration\n".to_owned();
    for (minute, card) in (0..).zip(cards) {
        let at = now - Duration::days(30 + minute % 20) + Duration::minutes(minute);
        let _ = writeln!(rows, "{card},{},4,0,4000", at.timestamp_millis());
    }
    rows
}

/// A deck with this number of overdue cards, and of new ones.
fn deck(study: &Study, name: &str, [due, new]: [u32; 2]) {
    let id = name.replace(':', "-");
    let mut bank = String::new();
    for number in 0..due + new {
        let topic = number % 4;
        let _ = write!(bank, "## {topic}\n\nQuestion {name} {number}? {{#{id}{number}}}\n- A. x{number} *\n- B. y\n\n");
    }
    let ids: Vec<String> = (0..due).map(|number| format!("{id}{number}")).collect();
    study.bank(name, bank).history(&history(ids.iter().map(String::as_str)));
}

/// Gives every question of the database a second card.
fn doubled(study: &Study) {
    let database = rusqlite::Connection::open(study.db()).expect("the database");
    database
        .execute_batch("insert into card (uid, question, ordinal) select randomblob(16), question, 1 from card")
        .expect("cards");
    drop(database);
    study.rebuild();
}

/// All numbers of this day are those of the cards that a review has.
fn assert_numbers(study: &Study, decks: &[&str]) -> Work {
    let trainer = study.trainer();
    let in_decks = decks.iter().map(|deck| Some((*deck).to_owned()));
    for deck in in_decks.chain([None]) {
        let request = ReviewRequest { deck, ..ReviewRequest::default() };
        let plan = trainer.plan_day(&request).expect("a plan");
        let asked: Work = plan.work.into_values().sum();
        assert_eq!(trainer.work_today(&request).expect("numbers"), asked, "{request:?}");
    }
    let plan = trainer.plan_day(&ReviewRequest::default()).expect("a plan");
    let (home, list) = (trainer.home().expect("home"), trainer.deck_list(false).expect("decks"));
    let mut shown = 0;
    for (deck, listed) in home.decks.iter().zip(list) {
        let entry = trainer.decks().expect("decks").exactly(&deck.name).expect("a deck").deck.id;
        let work = plan.work.get(&entry).copied().unwrap_or_default();
        let all = (deck.new, deck.today, deck.left_over, deck.due);
        assert_eq!(all, (work.new, work.cards(), listed.due - work.due, listed.due), "{}", deck.name);
        shown += deck.today;
    }
    let whole: Work = plan.work.into_values().sum();
    assert_eq!(shown, whole.cards());
    whole
}

#[test]
fn the_numbers_of_a_backlog_are_those_of_its_cards() {
    let study = Study::new();
    study.at(NOW);
    deck(&study, "plain", [100, 40]);
    deck(&study, "law", [90, 30]);
    deck(&study, "law::torts", [80, 10]);
    deck(&study, "small", [3, 2]);
    study.settings("reviews-per-day=5 new-per-day=7");
    let decks = ["plain", "law", "law::torts", "small"];
    let whole = assert_numbers(&study, &decks);
    assert_eq!((whole.due, whole.new), (13, 2), "five each, and the places that `small` has left");
    for settings in [
        "new-ignores-review-limit=on",
        "new-order=random",
        "new-order=topics review-order=difficulty",
        "reviews-per-day=0",
        "reviews-per-day=17 new-order=bank review-order=random",
        "reviews-per-day=95 new-ignores-review-limit=off",
    ] {
        study.settings(settings);
        assert_numbers(&study, &decks);
    }
    let request = ReviewRequest { deck: Some("plain".into()), ..ReviewRequest::default() };
    study.open().limited_review(&request, Some(4)).answer_all(all_right);
    assert_numbers(&study, &decks);
}

#[test]
fn cards_of_one_question_share_a_place_in_the_numbers_of_a_backlog() {
    let study = Study::new();
    study.at(NOW);
    deck(&study, "pairs", [110, 3]);
    doubled(&study);
    study.settings("reviews-per-day=6 new-per-day=50 new-ignores-review-limit=on");
    let whole = assert_numbers(&study, &["pairs"]);
    assert_eq!(whole.due, 6);
    assert!(whole.new < 50, "the new cards of the six questions wait");

    // Both cards of each question are due, next to each other: those that were read first are half as many questions.
    let cards = study.table("cards");
    let due = |row: &&serde_json::Value| row["state"] == "new";
    let siblings: Vec<&str> = cards.iter().filter(due).filter_map(|row| row["card"].as_str()).collect();
    study.history(&history(siblings));
    assert_numbers(&study, &["pairs"]);
    for settings in ["reviews-per-day=90", "bury-siblings=off", "reviews-per-day=9"] {
        study.settings(settings);
        assert_numbers(&study, &["pairs"]);
    }
}
