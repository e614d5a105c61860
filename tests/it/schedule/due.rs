//! What is due, by every command that says it, at one moment.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::fixture::program::Program;
use crate::fixture::study::{Study, all_wrong};
use chrono::{DateTime, Duration, FixedOffset};
use retain::model::{CardState, MoveKind, StudyDay};
use retain::study::ReviewRequest;
use serde_json::{Value, json};
use uuid::Uuid;

const NOW: &str = "2026-11-23T08:00:00+01:00";

/// A deck with cards that were answered 30 days ago with an interval of about 8 days (`due`), cards that were answered yesterday (`later`),
/// and new ones.
fn deck(study: &Study, name: &str, [due, later, new]: [u32; 3]) {
    let id = name.replace(':', "-");
    let now: DateTime<FixedOffset> = DateTime::parse_from_rfc3339(NOW).expect("a time");
    let mut bank = String::new();
    let mut history = "card_id,review_time,review_rating,review_state,review_duration\n".to_owned();
    for number in 0..due + later + new {
        let _ = write!(bank, "Question {name} {number}? {{#{id}{number}}}\n- A. x{number} *\n- B. y{number}\n\n");
        if number < due + later {
            let at = now - Duration::days(if number < due { 30 } else { 1 });
            let _ = writeln!(history, "{id}{number},{},4,0,4000", at.timestamp_millis());
        }
    }
    study.bank(name, bank).history(&history);
}

/// Four decks: one over its limit with cards that are buried, suspended and in steps, one with an exam ahead and a deck in it, and one
/// whose exam is over.
fn decks() -> Program {
    let study = Study::new();
    study.at(NOW);
    deck(&study, "plain", [12, 5, 6]);
    deck(&study, "law", [10, 7, 4]);
    deck(&study, "law::torts", [3, 0, 0]);
    deck(&study, "old", [4, 0, 0]);
    for (deck, setting) in [("plain", "reviews-per-day=8"), ("law", "exam=2026-12-20"), ("old", "exam=2026-11-01")] {
        study.deck_settings(deck, setting);
    }
    let due: Vec<Uuid> = study
        .table("cards")
        .iter()
        .filter(|row| row["deck"] == "plain" && row["due"].as_str() < Some("2026-11-23") && row["state"] == "review")
        .filter_map(|row| row["card"].as_str()?.parse().ok())
        .collect();
    assert_eq!(due.len(), 12);
    let tomorrow: StudyDay = "2026-11-24".parse().expect("a day");
    for (card, kind) in [(0, MoveKind::Bury(tomorrow)), (1, MoveKind::Suspend), (2, MoveKind::Suspend)] {
        study.trainer().move_card(due[card], kind, "by hand").expect("a move");
    }
    // Two new cards, wrong: their step is over in a minute.
    let new = ReviewRequest { deck: Some("plain".into()), states: vec![CardState::New], ..ReviewRequest::default() };
    study.open().limited_review(&new, Some(2)).answer_all(all_wrong);
    study.program()
}

/// The numbers of a table of text, by deck and heading.
fn columns(text: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut lines = text.lines();
    let heading = lines.next().unwrap_or_default().replace("for the exam", "exam");
    let names: Vec<&str> = heading.split_whitespace().collect();
    lines
        .take_while(|line| !line.is_empty())
        .map(|line| {
            let cells: Vec<&str> = line.split_whitespace().collect();
            let row = names.iter().zip(&cells).map(|(name, cell)| ((*name).to_owned(), (*cell).to_owned()));
            (cells[0].to_owned(), row.collect())
        })
        .collect()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("no number: {value}"))
}

#[test]
fn every_command_has_the_same_cards_due() {
    let program = decks();
    // Twelve in `plain`, without one that is buried and two that are suspended; cards in steps and the limit do not count.
    let due: BTreeMap<&str, u64> = [("law", 10), ("law::torts", 3), ("old", 4), ("plain", 9)].into();

    let home = program.ok(&[]).all();
    let list = program.ok(&["deck", "list"]).all();
    for text in [&home, &list] {
        let rows = columns(text);
        let found: BTreeMap<&str, u64> =
            rows.iter().map(|(deck, row)| (deck.as_str(), row["due"].parse().expect("a number"))).collect();
        assert_eq!(found, due, "{text}");
        let exam: Vec<&str> = rows.values().map(|row| row["exam"].as_str()).collect();
        assert_eq!(exam, ["17", "3", "–", "–"], "all that were seen gain something for the exam: {text}");
    }
    let of = |rows: &[Value], column: &str| -> BTreeMap<String, u64> {
        rows.iter().map(|row| (row["deck"].as_str().expect("a deck").to_owned(), number(&row[column]))).collect()
    };
    let due: BTreeMap<String, u64> = due.into_iter().map(|(deck, cards)| (deck.to_owned(), cards)).collect();
    let json = program.json(&["deck", "list", "--json"]);
    assert_eq!(of(&json, "due"), due);
    assert_eq!(json.iter().map(|row| row["for_exam"].as_u64()).collect::<Vec<_>>(), [Some(17), Some(3), None, None]);
    assert_eq!(of(&program.table("decks"), "due"), due);
    assert_eq!(of(&program.table("topics"), "due"), due);
    let today = ["--from", "2026-11-23", "--to", "2026-11-23", "--format", "json"];
    let forecast = program.json(&[&["export", "forecast"], &today[..]].concat());
    assert_eq!(of(&forecast, "due"), due);
    let learning: Vec<u64> = of(&forecast, "learning").into_values().collect();
    assert_eq!(learning, [0, 0, 0, 2], "two cards wait out a step of today");
    let csv = program.ok(&["export", "decks"]).all();
    let places: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    let place = places[0].iter().position(|name| *name == "due").expect("the column");
    for row in &places[1..] {
        assert_eq!(row[place], due[row[0]].to_string(), "{csv}");
    }

    let stats = program.json(&["stats", "--json"]).remove(0);
    let first = &stats["cards"]["forecast"]["days"][0];
    assert_eq!((number(&first["due"]), number(&first["learning"])), (26, 2));
    let topics = stats["items"]["topics"].as_array().expect("topics");
    assert_eq!(topics.iter().map(|topic| number(&topic["due"])).sum::<u64>(), 26);

    for (deck, cards) in [(None, 26), (Some("plain"), 9), (Some("law"), 13), (Some("old"), 4)] {
        let args: Vec<&str> = ["catchup", "--dry-run"].into_iter().chain(deck).collect();
        let said = program.ok(&args).all();
        assert!(said.contains(&format!("{cards} cards due,")), "{said}");
    }
    let postponed = program.json(&["deck", "postpone", "plain", "3", "--share", "1", "--dry-run", "--json"]);
    assert_eq!(number(&postponed.last().expect("a summary")["later"]), 9);
}

#[test]
fn a_new_card_that_is_buried_is_none_of_today() {
    let program = decks();
    let cards = program.table("cards");
    let new = cards.iter().find(|row| row["deck"] == "law" && row["state"] == "new").expect("a new card");
    program.ok(&["card", "bury", new["card"].as_str().expect("an identity")]);
    assert_eq!(columns(&program.ok(&[]).all())["law"]["new"], "3");
    assert_eq!(columns(&program.ok(&["deck", "list"]).all())["law"]["new"], "3");
    let forecast = program.table("forecast");
    let new: Vec<u64> =
        forecast.iter().filter(|row| row["deck"] == "law").take(3).map(|row| number(&row["new"])).collect();
    assert_eq!(new, [3, 1, 0]);
}

#[test]
fn a_review_asks_for_as_many_cards_as_today_has() {
    let program = decks();
    let left = |deck: &[&str]| {
        let mut session = program.session(deck);
        let left = session.read().expect("a question")["left"].clone();
        ["new", "learning", "review"].map(|state| number(&left[state]))
    };
    // Two of the eight places went to the new cards, so three due cards wait, and no other new card is let in.
    assert_eq!(left(&["plain"]), [0, 2, 6]);
    assert_eq!(left(&["law"]), [4, 0, 20]);
    assert_eq!(left(&["old"]), [0, 0, 4]);
    assert_eq!(left(&[]), [4, 2, 30]);
    let home = program.ok(&[]).all();
    assert!(home.contains("36 cards today"), "{home}");
    assert!(home.contains("3 due cards beyond the limits of today"), "{home}");
    // Tomorrow has the card that is buried until then.
    let said = program.with_input(&["review", "plain", "--plain"], "quit\n").all();
    assert!(said.contains("Due tomorrow: 1 card."), "{said}");
    let tomorrow = program.table("forecast");
    let tomorrow = tomorrow.iter().find(|row| row["date"] == "2026-11-24" && row["deck"] == "plain");
    assert_eq!(number(&tomorrow.expect("a row")["due"]), 1);
}

#[test]
fn an_exam_that_is_set_or_taken_back_says_what_changes() {
    let program = decks();
    let said = program.ok(&["deck", "set", "law", "exam=none"]).all();
    assert!(
        said.contains(
            "law: today asks for 17 cards (13 due, 4 new); before the change it was 24 cards (20 for the exam, 4 new)"
        ),
        "{said}"
    );
    assert!(said.contains("learning steps are back"), "{said}");
    let said = program.ok(&["deck", "set", "law", "exam=2027-01-10", "reviews-per-day=15"]).all();
    assert!(
        said.contains(
            "law: today asks for 15 cards (13 for the exam, 2 new); before the change it was 17 cards (13 due, 4 new)"
        ),
        "{said}"
    );
    assert!(said.contains("learning steps end, and no interval goes past it"), "{said}");
    // What is answered already is part of the day.
    let mut session = program.session(&["law", "--limit", "1"]);
    let question = session.read().expect("a question");
    session.send(&json!({"type": "answer", "pick": [question["choices"][0]["label"]], "ms": 3000}));
    session.read();
    session.send(&json!({"type": "rate"}));
    session.read();
    drop(session);
    let said = program.ok(&["deck", "set", "law", "reviews-per-day=9999", "exam=2027-01-11"]).all();
    assert!(said.contains("today asks for 24 cards (1 answered already, "), "{said}");
    // A preset is a change as well, of all its decks.
    program.ok(&["preset", "create", "spring", "exam=2027-04-01"]);
    let said = program.ok(&["preset", "assign", "spring", "plain"]).all();
    assert!(said.contains("plain: today asks for 10 cards"), "{said}");
    program.ok(&["preset", "unassign", "plain"]);
    // Nothing of an exam, nothing to tell.
    let said = program.ok(&["deck", "set", "plain", "new-per-day=5"]).all();
    assert_eq!(said, "plain: new-per-day is now 5\n");
    let said = program.ok(&["deck", "set", "plain", "exam=2026-11-22"]).all();
    assert!(!said.contains("today asks"), "{said}");
}

#[test]
fn a_retention_beyond_a_day_says_what_it_holds() {
    let program = decks();
    // First stability of easy: 8.2956 days, so a day leaves r = (1 + (0.9^(−1/0.1542) − 1)/8.2956)^(−0.1542) = 0.9828; of good 2.3065:
    // 0.9466.
    let said = program.ok(&["deck", "set", "old", "desired-retention=0.99"]).all();
    assert!(
        said.contains("old: to keep 99 %, 4 of 4 cards in review would have to come back within a day")
            && said.contains("98.3 %"),
        "{said}"
    );
    let shown = program.ok(&["deck", "show", "old"]).all();
    assert!(shown.contains("to keep 99 %, 4 of 4 cards in review"), "{shown}");
    let said = program.ok(&["deck", "set", "old", "desired-retention=0.95"]).all();
    assert_eq!(said, "old: desired-retention is now 0.95\n");
    program.file("fresh.txt", "Which? {#f1}\n- A. this *\n- B. that\n");
    program.ok(&["import", "fresh.txt"]);
    let said = program.ok(&["deck", "set", "fresh", "desired-retention=0.97"]).all();
    assert!(said.contains("a new card that is answered right would have to come back within a day"), "{said}");
    assert!(said.contains("94.7 %"), "{said}");
}
