//! Due dates: what is shown is what is recorded, and plans that move due dates.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use crate::fixture::study::import::{json_lines, refusal};
use crate::fixture::study::{Reply, Study, ahead, all_right};
use chrono::{DateTime, Duration, FixedOffset};
use retain::model::{CardState, StudyDay};
use retain::session::{Action, GivenAnswer, Notice, StatedRating};
use retain::study::{MoveFigures, MovePlan, MoveRequest, ReviewRequest, unwatched};
use retain::ui;
use serde_json::Value;

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

fn dues(study: &Study) -> HashMap<String, String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    study.table("cards").iter().map(|row| (text(&row["card"]), text(&row["due"]))).collect()
}

fn plan(study: &Study, request: &MoveRequest, deck: Option<&str>) -> MovePlan {
    study.trainer().plan_moves(request, deck).expect("a plan")
}

/// Plans moves and carries them out.
fn moved(study: &Study, request: &MoveRequest, deck: Option<&str>) -> MoveFigures {
    let plan = plan(study, request, deck);
    study.trainer().carry_out(&plan, &mut unwatched).expect("moves");
    plan.figures
}

/// Carries out a plan, and holds that just its moves were made, that the log explains them, and that they can be taken back. Returns what a
/// program is told of it.
fn carry_out(study: &Study, request: &MoveRequest, deck: Option<&str>) -> Vec<Value> {
    let before = dues(study);
    let planned = plan(study, request, deck);
    assert_eq!(dues(study), before, "a plan moves nothing");
    let text = ui::shift_report::text(&planned.figures);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert!(text.contains('█'), "{text}");
    let moves = planned.figures.moves.len();
    assert!(moves > 0);
    assert_eq!(study.trainer().carry_out(&planned, &mut unwatched).expect("moves"), moves);
    let told = json_lines(&ui::shift_report::json(&planned.figures, true).expect("lines"));
    let mut expected = before.clone();
    for line in told.iter().filter(|line| line["type"] == "move") {
        let card = line["card"].as_str().expect("a card").to_owned();
        assert_eq!(expected.insert(card, line["to"].as_str().expect("a day").into()).as_deref(), line["from"].as_str());
    }
    assert_eq!(dues(study), expected);
    study.is_sound().rebuild();
    assert_eq!(dues(study), expected, "the log holds the moves");
    let back = |dry_run| study.trainer().take_back_moves(request.command(), dry_run);
    assert_eq!(back(true).expect("moves"), moves);
    assert_eq!(dues(study), expected, "a dry run moves nothing");
    assert_eq!(back(false).expect("moves"), moves);
    assert_eq!(dues(study), before);
    study.is_sound();
    assert_eq!(refusal(back(false)).0, 1, "what was taken back is done with");
    told
}

fn summary(told: &[Value]) -> Value {
    told.last().expect("a summary").clone()
}

/// How many cards are due on each day after the moves.
fn days_after(told: &[Value]) -> Vec<u64> {
    told.iter().filter(|line| line["type"] == "day").filter_map(|line| line["after"].as_u64()).collect()
}

fn day(text: &str) -> StudyDay {
    text.parse().expect("a day")
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
    let study = with_history(60, |number| i64::from(number % 5));
    let figures = plan(&study, &MoveRequest::Reschedule, None).figures;
    assert!(figures.moves.iter().all(|moved| moved.to >= moved.from), "{figures:?}");
    study.deck_settings("bank", "desired-retention=0.97");
    let told = summary(&carry_out(&study, &MoveRequest::Reschedule, Some("bank")));
    assert!(told["earlier"].as_u64() > Some(40) && told["later"] == 0, "{told}");
    assert!(told["recall_after"].as_f64() > told["recall_before"].as_f64(), "{told}");
}

#[test]
fn postponing_and_advancing_take_a_share() {
    let study = with_history(60, |number| i64::from(number % 15) + 2);
    let due = dues(&study).values().filter(|due| due.as_str() <= "2026-11-23").count();
    assert!(due > 10, "{due}");
    let told = carry_out(&study, &MoveRequest::Postpone(0.5, Some(4)), Some("bank"));
    assert_eq!(summary(&told)["later"].as_u64(), Some((due as f64 / 2.0).round() as u64));
    let days: HashSet<&str> =
        told.iter().filter(|line| line["type"] == "move").filter_map(|line| line["to"].as_str()).collect();
    assert!(days.iter().all(|day| ("2026-11-24"..="2026-11-27").contains(day)), "{days:?}");
    carry_out(&study, &MoveRequest::Postpone(1.0, None), Some("bank"));
    let told = summary(&carry_out(&study, &MoveRequest::Advance(1.0, 5), Some("bank")));
    assert!(told["earlier"].as_u64() > Some(5) && told["later"] == 0, "{told}");
}

#[test]
fn nothing_is_due_on_vacation() {
    let study = with_history(60, |number| i64::from(number % 8) + 1);
    let vacation = |from, to| MoveRequest::Vacation(day(from), day(to));
    let told = carry_out(&study, &vacation("2026-11-26", "2026-11-30"), None);
    for line in told.iter().filter(|line| line["type"] == "day") {
        let day = line["day"].as_str().expect("a day");
        assert!(!("2026-11-26"..="2026-11-30").contains(&day) || line["after"] == 0, "{line}");
    }
    for (request, said) in [
        (vacation("2026-12-01", "2026-11-30"), "ends on 2026-11-30, before it begins"),
        (vacation("2026-11-01", "2026-11-22"), "2026-11-22 is in the past"),
    ] {
        let (code, text) = refusal(study.trainer().plan_moves(&request, None));
        assert_eq!((code, text.contains(said)), (1, true), "{text}");
    }
}

#[test]
fn a_backlog_is_spread_within_the_reviews_per_day() {
    let study = with_history(90, |number| 40 + i64::from(number % 30));
    study.deck_settings("bank", "reviews-per-day=20");
    let told = carry_out(&study, &MoveRequest::CatchUp(None), None);
    assert_eq!(days_after(&told), [20, 20, 20, 20, 10]);
    let told = carry_out(&study, &MoveRequest::CatchUp(Some(9)), Some("bank"));
    assert_eq!(days_after(&told), [10; 9]);
    let (code, text) = refusal(study.trainer().plan_moves(&MoveRequest::CatchUp(Some(3)), None));
    assert_eq!((code, text.contains("5 days are enough")), (1, true), "{text}");
    // What is asked today are the cards at the highest risk: those that wait for longest.
    moved(&study, &MoveRequest::CatchUp(None), None);
    let recall = |row: &Value| row["retrievability"].as_f64().expect("a recall");
    let (mut today, mut later) = (Vec::new(), Vec::new());
    for row in study.table("cards") {
        let due = row["due"].as_str().expect("a day");
        if due <= "2026-11-23" { today.push(recall(&row)) } else { later.push(recall(&row)) }
    }
    let riskiest = later.iter().copied().fold(1.0, f64::min);
    assert!(today.len() == 20 && today.iter().all(|recall| *recall <= riskiest), "{today:?} {riskiest}");
}

#[test]
fn a_plan_is_carried_out_only_if_somebody_agrees() {
    let study = with_history(20, |_| 40);
    let program = study.deck_settings("bank", "reviews-per-day=10").program();
    let before = program.table("cards");
    let planned = program.json(&["catchup", "--json", "--dry-run"]);
    assert_eq!(program.table("cards"), before, "a dry run moves nothing");
    let refused = program.run(&["catchup"]);
    assert_eq!((refused.code, refused.err.contains("--yes")), (1, true), "{}", refused.err);
    assert!(refused.out.contains('█'), "{}", refused.out);
    assert_eq!(program.table("cards"), before, "nobody was asked");
    let done = program.json(&["catchup", "--json", "--yes"]);
    let moves = |told: &[Value]| told.iter().filter(|line| line["type"] == "move").cloned().collect::<Vec<_>>();
    assert_eq!((moves(&planned), moves(&done).len()), (moves(&done), 10));
    assert_ne!(program.table("cards"), before);
    let undone = program.json(&["catchup", "--undo", "--json"]);
    assert_eq!((&undone[0]["type"], &undone[0]["cards"]), (&"undone".into(), &10.into()));
    assert_eq!(program.table("cards"), before);
    assert_eq!(program.run(&["catchup", "--undo"]).code, 1);
    let refused = program.run(&["vacation", "soon", "2026-11-30"]);
    assert_eq!((refused.code, refused.err.contains("`soon` is not a date")), (1, true), "{}", refused.err);
    // Each command makes the plan of its name.
    program.ok(&["deck", "set", "bank", "desired-retention=0.97"]);
    for args in [
        &["reschedule"][..],
        &["vacation", "2026-11-26", "2026-11-30"],
        &["deck", "postpone", "bank", "4", "--share", "0.5"],
        &["deck", "advance", "bank", "5"],
    ] {
        let told = program.json(&[args, &["--dry-run", "--json"]].concat());
        let name: Vec<&str> = args.iter().copied().take(if args[0] == "deck" { 2 } else { 1 }).collect();
        assert_eq!(summary(&told)["command"], name.join(" "));
    }
}

#[test]
fn cards_that_were_answered_since_stay_when_a_plan_is_taken_back() {
    let study = with_history(20, |_| 40);
    study.deck_settings("bank", "reviews-per-day=10");
    moved(&study, &MoveRequest::CatchUp(None), None);
    let before = dues(&study);
    let shown = study.at("2026-11-24").asked(&ReviewRequest::default(), |_| Reply::given(GivenAnswer::Picked(vec![0])));
    let answered: HashSet<String> = shown
        .iter()
        .filter(|question| question.state == CardState::Review)
        .map(|question| question.uid.to_string())
        .collect();
    assert!(!answered.is_empty());
    let between = dues(&study);
    study.trainer().take_back_moves("catchup", false).expect("moves to take back");
    let after = dues(&study);
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
    let study = with_history(80, |number| i64::from(number % 6));
    study.deck_settings("bank", "easy-days=1 1 0.6 1 0.3 0.5 0 desired-retention=0.93");
    let first = moved(&study, &MoveRequest::Reschedule, None);
    assert!(first.moves.iter().filter(|moved| moved.to < moved.from).count() > 20, "{first:?}");
    let again = moved(&study, &MoveRequest::Reschedule, None);
    assert!(again.moves.is_empty(), "{again:?}");
    study.is_sound();
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
    let figures = plan(&study, &MoveRequest::Reschedule, None).figures;
    assert!(figures.moves.is_empty(), "{figures:?}");
}
