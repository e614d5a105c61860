//! What is due, by every command that says it, at one moment.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::fixture::study::import::json_lines;
use crate::fixture::study::{Reply, Study, all_wrong};
use chrono::{DateTime, Duration, FixedOffset};
use retain::model::{CardState, MoveKind, StudyDay};
use retain::session::GivenAnswer;
use retain::study::{MoveRequest, PresetChange, ReviewRequest, StatsRequest};
use retain::ui;
use retain::ui::paint::Paint;
use serde_json::Value;
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
fn decks() -> Study {
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
    study
}

/// The numbers of a table of text, by deck and heading.
fn columns(text: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut lines = text.lines();
    let heading = lines.next().unwrap_or_default().replace("for the exam", "exam");
    // The numbers of a list name its decks.
    let numbers = usize::from(heading.trim_start().starts_with('#'));
    let names: Vec<&str> = heading.split_whitespace().skip(numbers).collect();
    lines
        .take_while(|line| !line.is_empty())
        .map(|line| {
            let cells: Vec<&str> = line.split_whitespace().skip(numbers).collect();
            let row = names.iter().zip(&cells).map(|(name, cell)| ((*name).to_owned(), (*cell).to_owned()));
            (cells[0].to_owned(), row.collect())
        })
        .collect()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("no number: {value}"))
}

/// Today at a glance.
fn home(study: &Study) -> String {
    ui::home::text(&study.trainer().home().expect("today"), Paint::new(false))
}

/// The list of decks.
fn list(study: &Study) -> String {
    ui::decks::text(&study.trainer().deck_list(false).expect("decks"), 80)
}

/// Changes settings of a deck; what is said of it.
fn set(study: &Study, deck: &str, pairs: &[&str]) -> String {
    let pairs: Vec<String> = pairs.iter().map(|pair| (*pair).to_owned()).collect();
    study.trainer().change_settings(Some(deck), &pairs).expect("settings")
}

fn in_deck(deck: &str) -> ReviewRequest {
    ReviewRequest { deck: Some(deck.into()), ..ReviewRequest::default() }
}

#[test]
fn every_command_has_the_same_cards_due() {
    let study = decks();
    // Twelve in `plain`, without one that is buried and two that are suspended; cards in steps and the limit do not count.
    let due: BTreeMap<&str, u64> = [("law", 10), ("law::torts", 3), ("old", 4), ("plain", 9)].into();

    for text in [home(&study), list(&study)] {
        let rows = columns(&text);
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
    let json = json_lines(&ui::decks::json(&study.trainer().deck_list(false).expect("decks")).expect("lines"));
    assert_eq!(of(&json, "due"), due);
    assert_eq!(json.iter().map(|row| row["for_exam"].as_u64()).collect::<Vec<_>>(), [Some(17), Some(3), None, None]);
    assert_eq!(of(&study.table("decks"), "due"), due);
    assert_eq!(of(&study.table("topics"), "due"), due);
    let today: StudyDay = "2026-11-23".parse().expect("a day");
    let request = StatsRequest { from: Some(today), to: Some(today), ..StatsRequest::default() };
    let forecast = study.rows("forecast", &request);
    // Before an exam, today asks for all that gains something for it.
    let foreseen = due.iter().map(|(deck, cards)| (deck.clone(), if deck == "law" { 17 } else { *cards })).collect();
    assert_eq!(of(&forecast, "due"), foreseen);
    let learning: Vec<u64> = of(&forecast, "learning").into_values().collect();
    assert_eq!(learning, [0, 0, 0, 2], "two cards wait out a step of today");

    let overview = study.trainer().overview(&StatsRequest::default()).expect("figures");
    let stats: Value = serde_json::from_str(&ui::overview_json::line(&overview).expect("a line")).expect("JSON");
    let first = &stats["cards"]["forecast"]["days"][0];
    assert_eq!((number(&first["due"]), number(&first["learning"])), (33, 2));
    let topics = stats["items"]["topics"].as_array().expect("topics");
    assert_eq!(topics.iter().map(|topic| number(&topic["due"])).sum::<u64>(), 26);

    for (deck, cards) in [(None, 26), (Some("plain"), 9), (Some("law"), 13), (Some("old"), 4)] {
        let plan = study.trainer().plan_moves(&MoveRequest::CatchUp(None), deck).expect("a plan");
        let note = plan.note.expect("a note");
        assert!(note.contains(&format!("{cards} cards due,")), "{note}");
    }
    let plan = study.trainer().plan_moves(&MoveRequest::Postpone(1.0, Some(3)), Some("plain")).expect("a plan");
    let postponed = json_lines(&ui::shift_report::json(&plan.figures, false).expect("lines"));
    assert_eq!(number(&postponed.last().expect("a summary")["later"]), 9);
}

#[test]
fn commands_print_what_the_application_says() {
    let study = decks();
    let program = study.program();
    assert_eq!(program.ok(&[]).out, home(&study));
    assert_eq!(program.ok(&["deck", "list"]).out, list(&study));
    let json = ui::decks::json(&study.trainer().deck_list(false).expect("decks")).expect("lines");
    assert_eq!(program.ok(&["deck", "list", "--json"]).out, json);
    let overview = study.trainer().overview(&StatsRequest::default()).expect("figures");
    assert_eq!(program.ok(&["stats", "--json"]).out, ui::overview_json::line(&overview).expect("a line"));
    let today = ["--from", "2026-11-23", "--to", "2026-11-23", "--format", "json"];
    let forecast = program.json(&[&["export", "forecast"], &today[..]].concat());
    assert_eq!(forecast.iter().map(|row| number(&row["due"])).sum::<u64>(), 33);
    let said = program.ok(&["catchup", "plain", "--dry-run"]);
    assert!(said.err.contains("9 cards due,"), "{}", said.err);
    let csv = program.ok(&["export", "decks"]).all();
    let places: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    let place = places[0].iter().position(|name| *name == "due").expect("the column");
    for (row, deck) in places[1..].iter().zip(study.table("decks")) {
        assert_eq!((row[0], row[place]), (deck["deck"].as_str().expect("a deck"), &*deck["due"].to_string()), "{csv}");
    }
}

#[test]
fn a_new_card_that_is_buried_is_none_of_today() {
    let study = decks();
    let cards = study.table("cards");
    let new = cards.iter().find(|row| row["deck"] == "law" && row["state"] == "new").expect("a new card");
    let new: Uuid = new["card"].as_str().expect("an identity").parse().expect("an identity");
    let tomorrow: StudyDay = "2026-11-24".parse().expect("a day");
    study.trainer().move_card(new, MoveKind::Bury(tomorrow), "by hand").expect("a move");
    assert_eq!(columns(&home(&study))["law"]["new"], "3");
    assert_eq!(columns(&list(&study))["law"]["new"], "3");
    let forecast = study.table("forecast");
    let new: Vec<u64> =
        forecast.iter().filter(|row| row["deck"] == "law").take(3).map(|row| number(&row["new"])).collect();
    assert_eq!(new, [3, 1, 0]);
}

#[test]
fn a_review_asks_for_as_many_cards_as_today_has() {
    let study = decks();
    let left = |request: &ReviewRequest| {
        let left = study.open().review(request).question().expect("a question").left;
        [left.new, left.learning, left.review]
    };
    // Two of the eight places went to the new cards, so three due cards wait, and no other new card is let in.
    assert_eq!(left(&in_deck("plain")), [0, 2, 6]);
    assert_eq!(left(&in_deck("law")), [4, 0, 20]);
    assert_eq!(left(&in_deck("old")), [0, 0, 4]);
    assert_eq!(left(&ReviewRequest::default()), [4, 2, 30]);
    let home = home(&study);
    assert!(home.contains("36 cards today"), "{home}");
    assert!(home.contains("3 due cards beyond the limits of today"), "{home}");
    // Tomorrow has the card that is buried until then.
    let said = study.limited_plain(&in_deck("plain"), None, "quit\n");
    assert!(said.contains("Due tomorrow: 1 card."), "{said}");
    let tomorrow = study.table("forecast");
    let tomorrow = tomorrow.iter().find(|row| row["date"] == "2026-11-24" && row["deck"] == "plain");
    assert_eq!(number(&tomorrow.expect("a row")["due"]), 1);
}

#[test]
fn an_exam_that_is_set_or_taken_back_says_what_changes() {
    let study = decks();
    let said = set(&study, "law", &["exam=none"]);
    assert!(
        said.contains(
            "law: today asks for 17 cards (13 due, 4 new); before the change it was 24 cards (20 for the exam, 4 new)"
        ),
        "{said}"
    );
    assert!(said.contains("learning steps are back"), "{said}");
    let said = set(&study, "law", &["exam=2027-01-10", "reviews-per-day=15"]);
    assert!(
        said.contains(
            "law: today asks for 15 cards (13 for the exam, 2 new); before the change it was 17 cards (13 due, 4 new)"
        ),
        "{said}"
    );
    assert!(said.contains("learning steps end, and no interval goes past it"), "{said}");
    // What is answered already is part of the day.
    study.open().limited_review(&in_deck("law"), Some(1)).answer_all(|_| Reply::given(GivenAnswer::Picked(vec![0])));
    let said = set(&study, "law", &["reviews-per-day=9999", "exam=2027-01-11"]);
    assert!(said.contains("today asks for 24 cards (1 answered already, "), "{said}");
    // A preset is a change as well, of all its decks.
    let change = |change: PresetChange<'_>| study.trainer().change_presets(change).expect("a change");
    change(PresetChange::Create("spring", &["exam=2027-04-01".into()]));
    let said = change(PresetChange::Assign("spring", &["plain".into()]));
    assert!(said.contains("plain: today asks for 10 cards"), "{said}");
    change(PresetChange::Unassign("plain"));
    // Nothing of an exam, nothing to tell.
    assert_eq!(set(&study, "plain", &["new-per-day=5"]), "plain: new-per-day is now 5\n");
    let said = set(&study, "plain", &["exam=2026-11-22"]);
    assert!(!said.contains("today asks"), "{said}");
}

#[test]
fn a_retention_beyond_a_day_says_what_it_holds() {
    let study = decks();
    // First stability of easy: 8.2956 days, so a day leaves r = (1 + (0.9^(−1/0.1542) − 1)/8.2956)^(−0.1542) = 0.9828; of good 2.3065:
    // 0.9466.
    let said = set(&study, "old", &["desired-retention=0.99"]);
    assert!(
        said.contains("old: to keep 99 %, 4 of 4 cards in review would have to come back within a day")
            && said.contains("98.3 %"),
        "{said}"
    );
    let shown = ui::settings::deck_text(&study.trainer().deck_settings("old").expect("a deck"), study.now());
    assert!(shown.contains("to keep 99 %, 4 of 4 cards in review"), "{shown}");
    assert_eq!(set(&study, "old", &["desired-retention=0.95"]), "old: desired-retention is now 0.95\n");
    study.bank("fresh", "Which? {#f1}\n- A. this *\n- B. that\n");
    let said = set(&study, "fresh", &["desired-retention=0.97"]);
    assert!(said.contains("a new card that is answered right would have to come back within a day"), "{said}");
    assert!(said.contains("94.7 %"), "{said}");
}
