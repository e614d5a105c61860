//! Due dates: what is shown is what is recorded, and plans that move due dates, by the program as a whole.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use crate::fixture::program::Program;
use crate::fixture::study::{Reply, Study, ahead, all_right};
use chrono::{DateTime, Duration, FixedOffset};
use retain::model::CardState;
use retain::session::{Action, GivenAnswer, Notice, StatedRating};
use retain::study::{MoveRequest, ReviewRequest, unwatched};
use serde_json::{Value, json};

const NOW: &str = "2026-11-23T08:00:00+01:00";

/// A bank of so many questions, each answered once, with easy, so many days before 2026-11-23.
fn with_history(cards: u32, ago: impl Fn(u32) -> i64) -> Study {
    let now: DateTime<FixedOffset> = DateTime::parse_from_rfc3339(NOW).expect("a time");
    let mut bank = String::new();
    let mut history = "card_id,review_time,review_rating,review_state,review_duration\n".to_owned();
    for number in 0..cards {
        let _ = write!(bank, "Question {number}? {{#q{number}}}\n- A. x{number} *\n- B. y{number}\n\n");
        let at = now - Duration::days(ago(number));
        let _ = writeln!(history, "q{number},{},4,0,4000", at.timestamp_millis());
    }
    let study = Study::new();
    study.at(NOW).bank("bank", bank).history(&history);
    study
}

fn dues_in(cards: &[Value]) -> HashMap<String, String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    cards.iter().map(|row| (text(&row["card"]), text(&row["due"]))).collect()
}

fn dues(program: &Program) -> HashMap<String, String> {
    dues_in(&program.table("cards"))
}

/// Carries out a plan, and holds that just its moves were made, that the log explains them, and that they can be taken back.
fn carry_out(program: &Program, args: &[&str]) -> Vec<Value> {
    let before = dues(program);
    let with = |more: &[&str]| program.run(&[args, more].concat());
    let planned = with(&["--json", "--dry-run"]).json();
    assert_eq!(dues(program), before, "a dry run moves nothing");
    let refused = with(&[]);
    assert_eq!((refused.code, refused.err.contains("--yes")), (1, true), "{}", refused.err);
    assert!(refused.out.lines().all(|line| line.chars().count() <= 80), "{}", refused.out);
    assert!(refused.out.contains('█'), "{}", refused.out);
    assert_eq!(dues(program), before, "nobody was asked");
    let done = with(&["--json", "--yes"]).json();
    let moves = |told: &[Value]| told.iter().filter(|line| line["type"] == "move").cloned().collect::<Vec<_>>();
    assert_eq!(moves(&planned), moves(&done));
    assert!(!moves(&done).is_empty());
    let mut expected = before.clone();
    for line in moves(&done) {
        let card = line["card"].as_str().expect("a card").to_owned();
        assert_eq!(expected.insert(card, line["to"].as_str().expect("a day").into()).as_deref(), line["from"].as_str());
    }
    assert_eq!(dues(program), expected);
    program.is_sound();
    program.ok(&["rebuild"]);
    assert_eq!(dues(program), expected, "the log holds the moves");
    let command: Vec<&str> = args.iter().copied().take(if args[0] == "deck" { 2 } else { 1 }).collect();
    let undone = program.json(&[&command[..], &["--undo", "--json"]].concat());
    assert_eq!((&undone[0]["type"], undone[0]["cards"].as_u64()), (&json!("undone"), Some(moves(&done).len() as u64)));
    assert_eq!(dues(program), before);
    program.is_sound();
    let twice = program.run(&[&command[..], &["--undo"]].concat());
    assert_eq!(twice.code, 1, "what was taken back is done with: {}", twice.err);
    done
}

fn summary(told: &[Value]) -> Value {
    told.last().expect("a summary").clone()
}

#[test]
fn what_is_shown_after_an_answer_is_what_is_recorded() {
    // Many cards on the days ahead, so that load counts.
    let study = with_history(40, |number| i64::from(number % 9) + 2);
    let mut seen = HashSet::new();
    let mut turn = 0;
    let mut desk = study.open();
    let mut sitting = desk.review(&ahead(3));
    while let Some(question) = sitting.question() {
        sitting.shows(&all_right(&question));
        let ratings = sitting.feedback().expect("feedback").ratings;
        assert!(
            ratings.hard.interval_days <= ratings.good.interval_days
                && ratings.good.interval_days <= ratings.easy.interval_days,
            "{ratings:?}"
        );
        let verdict = [StatedRating::GoOn, StatedRating::Hard, StatedRating::Good, StatedRating::Easy][turn % 4];
        turn += 1;
        let promised = ratings.forecast(verdict).due;
        let told = sitting.does(Action::Rate(verdict));
        assert!(matches!(told[..], [Notice::Recorded { due: Some(due), .. }] if due == promised), "{told:?}");
        seen.insert(format!("{promised:?}"));
    }
    assert!(turn > 12 && seen.len() > 3, "{turn} answers, {seen:?}");
    drop(desk);
    study.is_sound();
}

#[test]
fn rescheduling_after_a_change_of_retention_moves_cards_earlier() {
    let program = with_history(60, |number| i64::from(number % 5)).program();
    assert_eq!(summary(&program.json(&["reschedule", "--dry-run", "--json"]))["earlier"], 0);
    program.ok(&["deck", "set", "bank", "desired-retention=0.97"]);
    let told = summary(&carry_out(&program, &["reschedule", "bank"]));
    assert!(told["earlier"].as_u64() > Some(40) && told["later"] == 0, "{told}");
    assert!(told["recall_after"].as_f64() > told["recall_before"].as_f64(), "{told}");
}

#[test]
fn postponing_and_advancing_take_a_share() {
    let program = with_history(60, |number| i64::from(number % 15) + 2).program();
    let due = dues(&program).values().filter(|due| due.as_str() <= "2026-11-23").count();
    assert!(due > 10, "{due}");
    let told = carry_out(&program, &["deck", "postpone", "bank", "4", "--share", "0.5"]);
    assert_eq!(summary(&told)["later"].as_u64(), Some((due as f64 / 2.0).round() as u64));
    let days: HashSet<&str> =
        told.iter().filter(|line| line["type"] == "move").filter_map(|line| line["to"].as_str()).collect();
    assert!(days.iter().all(|day| ("2026-11-24"..="2026-11-27").contains(day)), "{days:?}");
    carry_out(&program, &["deck", "postpone", "bank", "--share", "1"]);
    let told = summary(&carry_out(&program, &["deck", "advance", "bank", "5"]));
    assert!(told["earlier"].as_u64() > Some(5) && told["later"] == 0, "{told}");
}

#[test]
fn nothing_is_due_on_vacation() {
    let program = with_history(60, |number| i64::from(number % 8) + 1).program();
    let told = carry_out(&program, &["vacation", "2026-11-26", "2026-11-30"]);
    for line in told.iter().filter(|line| line["type"] == "day") {
        let day = line["day"].as_str().expect("a day");
        assert!(!("2026-11-26"..="2026-11-30").contains(&day) || line["after"] == 0, "{line}");
    }
    for (args, said) in [
        (["vacation", "2026-12-01", "2026-11-30"], "ends on 2026-11-30, before it begins"),
        (["vacation", "2026-11-01", "2026-11-22"], "2026-11-22 is over"),
        (["vacation", "soon", "2026-11-30"], "`soon` is not a date"),
    ] {
        let refused = program.run(&args);
        assert_eq!((refused.code, refused.err.contains(said)), (1, true), "{}", refused.err);
    }
}

#[test]
fn a_backlog_is_spread_within_the_reviews_per_day() {
    let program = with_history(90, |number| 40 + i64::from(number % 30)).program();
    program.ok(&["deck", "set", "bank", "reviews-per-day=20"]);
    let told = carry_out(&program, &["catchup"]);
    let days: Vec<u64> =
        told.iter().filter(|line| line["type"] == "day").filter_map(|line| line["after"].as_u64()).collect();
    assert_eq!(days, [20, 20, 20, 20, 10]);
    let told = carry_out(&program, &["catchup", "bank", "--days", "9"]);
    let days: Vec<u64> =
        told.iter().filter(|line| line["type"] == "day").filter_map(|line| line["after"].as_u64()).collect();
    assert_eq!(days, [10; 9]);
    let refused = program.run(&["catchup", "--days", "3", "--yes"]);
    assert_eq!((refused.code, refused.err.contains("5 days are enough")), (1, true), "{}", refused.err);
    // What is asked today are the cards at the highest risk: those that wait for longest.
    program.ok(&["catchup", "--yes"]);
    let recall = |row: &Value| row["retrievability"].as_f64().expect("a recall");
    let (mut today, mut later) = (Vec::new(), Vec::new());
    for row in program.table("cards") {
        let due = row["due"].as_str().expect("a day");
        if due <= "2026-11-23" { today.push(recall(&row)) } else { later.push(recall(&row)) }
    }
    let riskiest = later.iter().copied().fold(1.0, f64::min);
    assert!(today.len() == 20 && today.iter().all(|recall| *recall <= riskiest), "{today:?} {riskiest}");
}

#[test]
fn cards_that_were_answered_since_stay_when_a_plan_is_taken_back() {
    let study = with_history(20, |_| 40);
    study.deck_settings("bank", "reviews-per-day=10");
    let plan = study.trainer().plan_moves(&MoveRequest::CatchUp(None), None).expect("a plan");
    study.trainer().carry_out(&plan, &mut unwatched).expect("moves");
    let dues = || dues_in(&study.table("cards"));
    let before = dues();
    let shown = study.at("2026-11-24").asked(&ReviewRequest::default(), |_| Reply::given(GivenAnswer::Picked(vec![0])));
    let answered: HashSet<String> = shown
        .iter()
        .filter(|question| question.state == CardState::Review)
        .map(|question| question.uid.to_string())
        .collect();
    assert!(!answered.is_empty());
    let between = dues();
    study.trainer().take_back_moves("catchup", false).expect("moves to take back");
    let after = dues();
    for (card, due) in &before {
        if answered.contains(card) {
            assert_eq!(after[card], between[card]);
        } else if due.as_str() > "2026-11-23" {
            assert!(after[card].as_str() <= "2026-11-23", "{card}");
        }
    }
    study.is_sound();
}

#[test]
fn a_second_reschedule_moves_nothing_also_with_easy_weekdays() {
    let program = with_history(80, |number| i64::from(number % 6)).program();
    assert_eq!(
        program.run(&["deck", "set", "bank", "easy-days=1 1 0.6 1 0.3 0.5 0", "desired-retention=0.93"]).code,
        0
    );
    let first = summary(&program.json(&["reschedule", "--json", "--yes"]));
    assert!(first["earlier"].as_u64() > Some(20), "{first}");
    let again = program.json(&["reschedule", "--json", "--yes"]);
    assert!(again.iter().all(|line| line["type"] != "move"), "{again:?}");
    program.is_sound();
}

#[test]
fn what_was_promised_under_doubt_is_not_moved_where_nothing_has_changed() {
    let study = Study::new();
    study.mlops();
    // Right every time, as somebody may be who knows it or guesses, on the days on which cards are due.
    for day in ["23", "24", "25", "26", "28", "30"] {
        study.at(&format!("2026-11-{day}")).review(all_right);
    }
    let known = study.table("reviews").iter().filter(|row| row["known_probability"].as_f64() < Some(0.99)).count();
    assert!(known > 15, "{known}");
    let told = study.program().json(&["reschedule", "--dry-run", "--json"]);
    assert!(told.iter().all(|line| line["type"] != "move"), "{told:?}");
}
