//! `retain optimize` and `retain evaluate`.

use std::fmt::Write as _;

use crate::fixture::study::{Reply, Study};
use crate::fixture::views::{lines, refusal};
use retain::chance::Chance;
use retain::memory::{AssessedFit, Elapsed, Fsrs6, Model};
use retain::model::Rating;
use retain::session::GivenAnswer;
use retain::study::{FitAttempt, FitRequest, ReviewRequest, unwatched};
use retain::ui::{evaluation, fits};
use serde_json::Value;
use uuid::Uuid;

/// 2026-01-01T08:00:00Z.
const START_MS: u64 = 1_767_254_400_000;

/// A deck of so many questions and the history of somebody who forgets faster than the defaults say.
fn with_history(cards: u32) -> Study {
    let study = Study::new();
    study.at("2026-11-23T08:00:00+00:00");
    let (mut bank, mut history) =
        (String::new(), String::from("card_id,review_time,review_rating,review_state,review_duration\n"));
    let mut parameters = Fsrs6::default().parameters().to_vec();
    parameters[..4].iter_mut().for_each(|parameter| *parameter *= 0.2);
    parameters[8] = 1.3;
    parameters[20] = 0.5;
    let (truth, planner) = (Fsrs6::new(&parameters).expect("parameters"), Fsrs6::default());
    let mut chance = Chance::derived("a learner", Uuid::nil(), cards, 7);
    for card in 0..cards {
        let _ = writeln!(bank, "Which one is number {card}? {{#c{card}}}\n- A. this one *\n- B. that one {card}\n");
        let (mut state, mut planned, mut elapsed, mut day) = (None, None, Elapsed::whole_days(0), card % 40);
        while day < 250 {
            let recall = state.map_or(0.5, |state| truth.retrievability(state, elapsed));
            let rating = if f64::from(chance.unit()) < recall { Rating::Good } else { Rating::Again };
            let at = START_MS + u64::from(day) * 86_400_000 + u64::from(card) * 1_000;
            let kind = if state.is_none() { 1 } else { 2 };
            let _ = writeln!(history, "c{card},{at},{},{kind},4000", rating.number());
            state = Some(truth.next_states(state, elapsed).after(rating));
            let after = planner.next_states(planned, elapsed).after(rating);
            planned = Some(after);
            elapsed = Elapsed::whole_days((planner.interval_days(after, 0.9).round() as u32).max(1));
            day += elapsed.days;
        }
    }
    study.bank("bank", bank).history(&history);
    study
}

fn fit(study: &Study, request: FitRequest<'_>) -> Vec<FitAttempt> {
    study.trainer().optimize(request, false, &mut unwatched).expect("a fit")
}

/// What came of a fit to enough answers.
fn assessed(study: &Study, request: FitRequest<'_>) -> AssessedFit {
    fit(study, request).remove(0).verdict.expect("enough answers")
}

/// The fits so far, in words.
fn history(study: &Study) -> String {
    fits::history(&study.trainer().past_fits(None).expect("fits"), false, 0).expect("words")
}

/// Takes back the last fit; what the program says of it.
fn revert(study: &Study) -> String {
    fits::reverted(&study.trainer().revert_fit(None, &mut unwatched).expect("a fit to take back"))
}

/// What the program suggests below the dashboard.
fn suggested(study: &Study) -> String {
    study.trainer().fit_suggestion().expect("the log").map_or_else(String::new, fits::suggestion)
}

fn parameters(study: &Study) -> String {
    study.setting("bank", "parameters")
}

/// Due date and stability of every card.
fn cards(study: &Study) -> Vec<(Value, Value)> {
    study.table("cards").iter().map(|card| (card["due"].clone(), card["stability"].clone())).collect()
}

#[test]
fn a_fit_is_adopted_shown_and_taken_back() {
    let study = with_history(600);
    let before = cards(&study);
    assert!(suggested(&study).contains("`retain optimize`"), "a fit is suggested");
    let tried = study.trainer().optimize(FitRequest::Default, true, &mut unwatched).expect("a fit");
    let tried = lines(fits::json(&tried));
    assert_eq!(tried[0]["adopted"], true, "{tried:?}");
    assert!(parameters(&study).contains(" default "), "a dry run changes nothing");
    assert_eq!(history(&study), "");

    let fitted = lines(fits::json(&fit(&study, FitRequest::Default)));
    assert_eq!(fitted, tried, "the same answers give the same fit");
    assert!(parameters(&study).contains("default, fitted to"), "{}", parameters(&study));
    let after = cards(&study);
    let due = |cards: &[(Value, Value)]| cards.iter().map(|card| card.0.clone()).collect::<Vec<_>>();
    assert_eq!(due(&after), due(&before), "due dates are promises");
    assert_ne!(after, before, "memory follows the parameters");
    study.is_sound();
    assert_eq!(suggested(&study), "", "until answers have doubled");
    assert!(history(&study).contains("all decks: adopted"), "{}", history(&study));

    revert(&study);
    assert!(parameters(&study).contains(" default "), "{}", parameters(&study));
    assert_eq!(cards(&study), before);
    study.is_sound();
    assert!(history(&study).contains("adopted, then taken back"));
    let twice = refusal(study.trainer().revert_fit(None, &mut unwatched));
    assert!(twice.contains("hint:"), "{twice}");
}

#[test]
fn parameters_that_were_set_by_hand_since_are_not_taken_back() {
    let study = with_history(600);
    assert!(fit(&study, FitRequest::Default)[0].adopted().is_some());
    study.settings("parameters=default");
    let refused = study.trainer().revert_fit(None, &mut unwatched).expect_err("what was set by hand stays");
    assert!(refused.to_string().contains("changed after the fit"), "{refused}");
}

#[test]
fn a_deck_gets_parameters_of_its_own_only_where_they_predict_better() {
    let study = with_history(600);
    let tried = fit(&study, FitRequest::All);
    assert!(!tried[0].is_of_deck() && tried[0].adopted().is_some());
    // The only deck is all that the default learnt from: nothing is left to be better at.
    assert!(tried[1].name == "bank" && tried[1].adopted().is_none());
    study.is_sound();
}

#[test]
fn too_few_answers_leave_the_defaults() {
    let study = with_history(1);
    let said = fits::text(&fit(&study, FitRequest::Default), false);
    assert!(said.contains("too few for a fit"), "{said}");
    assert!(parameters(&study).contains(" default "), "{}", parameters(&study));
    let figures = study.trainer().evaluate(None, &mut unwatched).expect("figures");
    let said = evaluation::text(None, &figures);
    assert!(said.contains("too few answers to judge"), "{said}");
    assert_eq!(lines(evaluation::json(None, &figures))[0]["verdict"], "too_few");
}

#[test]
fn what_is_before_the_day_to_ignore_is_not_learnt_from() {
    let study = with_history(60);
    let [some, more, all] = ["2026-02-01", "2026-01-20", "none"].map(|day| {
        study.deck_settings("bank", &format!("ignore-before={day}"));
        study.trainer().evaluate(None, &mut unwatched).expect("figures").answers
    });
    assert!(some < more && more < all, "{some} {more} {all}");
}

#[test]
fn an_evaluation_speaks_in_words_and_figures() {
    let study = with_history(600);
    let figures = study.trainer().evaluate(None, &mut unwatched).expect("figures");
    let told = lines(evaluation::json(None, &figures)).remove(0);
    let loss = |name: &str| {
        let methods = told["methods"].as_array().expect("methods");
        methods.iter().find(|method| method["method"] == name).expect(name)["log_loss"].as_f64().expect("a number")
    };
    assert!(loss("fitted to the past") < loss("defaults"), "{told}");
    assert!(loss("fitted to the past") < loss("SM-2"), "{told}");
    let text = evaluation::text(None, &figures);
    assert!(text.contains("predictions are") && text.contains("log loss") && text.contains('│'), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 130), "{text}");
    refusal(study.trainer().evaluate(Some("nowhere"), &mut unwatched));
}

#[test]
fn a_second_fit_is_not_judged_by_answers_that_the_first_has_seen() {
    let study = with_history(600);
    let first = assessed(&study, FitRequest::Default);
    assert!(first.parameters.is_some() && !first.stood_in, "{first:?}");
    // The same fit to the same answers is a tie.
    let again = assessed(&study, FitRequest::Default);
    assert!(again.parameters.is_none() && again.stood_in, "{again:?}");
    assert_eq!((again.gain, again.loss_before), (0.0, first.loss_fitted), "{again:?}");
    let own = assessed(&study, FitRequest::Deck("bank"));
    assert!(own.parameters.is_none() && !own.stood_in, "{own:?}");
    let tried = study.trainer().optimize(FitRequest::Default, true, &mut unwatched).expect("a fit");
    let said = fits::text(&tried, false);
    assert!(said.contains("the same fit to earlier ones stands in for them"), "{said}");
    // Parameters that somebody typed are held against as they are.
    study.settings("parameters=default");
    let third = assessed(&study, FitRequest::Default);
    assert_eq!((third.stood_in, third.gain), (false, first.gain), "{third:?}");
}

/// One answer, right or wrong; how many fits there are then.
fn fits_after_an_answer(study: &Study) -> usize {
    let mut desk = study.open();
    let mut sitting = desk.limited_review(&ReviewRequest::default(), Some(1));
    sitting.answer(&Reply::given(GivenAnswer::Picked(vec![0])));
    drop(desk);
    study.trainer().past_fits(None).expect("fits").len()
}

#[test]
fn a_fit_comes_by_itself_at_the_start_of_a_day_when_answers_have_doubled() {
    let study = with_history(60);
    assert_eq!(fits_after_an_answer(&study), 0, "no day has ended yet");
    study.deck_settings("bank", "optimize=off").at("2026-11-24T08:00:00+00:00");
    assert_eq!(fits_after_an_answer(&study), 0, "a deck says no");
    study.deck_settings("bank", "optimize=inherit");
    assert_eq!(fits_after_an_answer(&study), 0, "not in the middle of a day");
    study.at("2026-11-25T08:00:00+00:00").settings("answering=0.3, 1, 0.5, 0.01, 0, 0");
    assert_eq!(fits_after_an_answer(&study), 0, "what was set by hand stays");
    study.settings("answering=inherit").at("2026-11-26T08:00:00+00:00");
    assert_eq!(fits_after_an_answer(&study), 1);
    study.is_sound().at("2026-11-27T08:00:00+00:00");
    assert_eq!(fits_after_an_answer(&study), 1, "answers have not doubled");
    let learnt = || study.setting("bank", "answering");
    assert!(learnt().contains("fitted to"), "{}", learnt());
    assert_eq!(history(&study).lines().count(), 1);
    // What the line promises works, whether or not the parameters moved.
    revert(&study);
    assert!(learnt().contains("default") && !learnt().contains("fitted to"), "{}", learnt());
    assert!(history(&study).contains("taken back"));
}

#[test]
fn the_program_says_what_was_fitted_and_how_to_go_back() {
    let study = with_history(60);
    assert_eq!(fits_after_an_answer(&study), 0, "no day has ended yet");
    let program = study.at("2026-11-26T08:00:00+00:00").program();
    let suggested = suggested(&study);
    assert!(suggested.contains("`retain optimize`"), "{suggested}");
    assert_eq!(program.ok(&["stats"]).err, suggested + "\n");
    let figures = study.trainer().evaluate(None, &mut unwatched).expect("figures");
    assert_eq!(program.ok(&["evaluate"]).out, evaluation::text(None, &figures));
    assert_eq!(program.run(&["evaluate", "nowhere"]).code, 1);
    let tried = study.trainer().optimize(FitRequest::Default, true, &mut unwatched).expect("a fit");
    assert_eq!(program.json(&["optimize", "--dry-run", "--json"]), lines(fits::json(&tried)));
    assert_eq!(program.ok(&["optimize", "--history"]).out, "", "a dry run changes nothing");
    // At the first use of a day a fit comes by itself.
    let typed = "{\"type\":\"answer\",\"pick\":[\"A\"],\"ms\":3000}\n{\"type\":\"rate\"}\n";
    let said = program.with_input(&["review", "--json", "--limit", "1"], typed);
    assert!(said.code == 0 && said.err.contains("`retain optimize --revert` goes back"), "{}", said.err);
    assert_eq!(program.ok(&["stats"]).err, "", "until answers have doubled");
    assert_eq!(program.ok(&["optimize", "--history"]).out.lines().count(), 1);
    program.ok(&["optimize", "--revert"]);
    assert!(program.ok(&["optimize", "--history"]).out.contains("taken back"));
    let twice = program.run(&["optimize", "--revert"]);
    assert_eq!(twice.code, 1, "{}", twice.out);
    assert!(twice.err.contains("hint:"), "{}", twice.err);
}
