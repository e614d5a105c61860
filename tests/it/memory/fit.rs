//! `retain optimize` and `retain evaluate`.

use std::fmt::Write as _;

use crate::fixture::trainer::Trainer;
use retain::chance::Chance;
use retain::memory::{Elapsed, Fsrs6, Model};
use retain::model::Rating;
use serde_json::Value;
use uuid::Uuid;

/// 2026-01-01T08:00:00Z.
const START_MS: u64 = 1_767_254_400_000;

/// A deck of so many questions and the history of somebody who forgets faster than the defaults say.
fn with_history(cards: u32) -> Trainer {
    let mut trainer = Trainer::new();
    trainer.at("2026-11-23T08:00:00+00:00");
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
    trainer.file("bank.txt", bank);
    trainer.file("history.csv", history);
    for file in ["bank.txt", "history.csv"] {
        let said = trainer.run(&["import", file]);
        assert_eq!(said.code, 0, "{}", said.err);
    }
    trainer
}

fn json(trainer: &Trainer, args: &[&str]) -> Value {
    let said = trainer.run(args);
    assert_eq!(said.code, 0, "{}", said.err);
    serde_json::from_str(said.out.lines().next().expect("a line")).expect("JSON")
}

fn parameters(trainer: &Trainer) -> String {
    let said = trainer.run(&["deck", "show", "bank"]);
    said.out.lines().find(|line| line.contains("parameters")).expect("the setting").trim().to_owned()
}

/// Due date and stability of every card.
fn cards(trainer: &Trainer) -> Vec<(Value, Value)> {
    trainer.table("cards").iter().map(|card| (card["due"].clone(), card["stability"].clone())).collect()
}

#[test]
fn a_fit_is_adopted_shown_and_taken_back() {
    let trainer = with_history(600);
    let before = cards(&trainer);
    assert!(trainer.run(&["stats"]).err.contains("`retain optimize`"), "a fit is suggested");
    let tried = json(&trainer, &["optimize", "--dry-run", "--json"]);
    assert_eq!(tried["adopted"], true, "{tried}");
    assert!(parameters(&trainer).contains(" default "), "a dry run changes nothing");
    assert_eq!(trainer.run(&["optimize", "--history"]).out, "");

    let fitted = json(&trainer, &["optimize", "--json"]);
    assert_eq!(fitted, tried, "the same answers give the same fit");
    assert!(parameters(&trainer).contains("default, fitted to"), "{}", parameters(&trainer));
    let after = cards(&trainer);
    let due = |cards: &[(Value, Value)]| cards.iter().map(|card| card.0.clone()).collect::<Vec<_>>();
    assert_eq!(due(&after), due(&before), "due dates are promises");
    assert_ne!(after, before, "memory follows the parameters");
    trainer.is_sound();
    assert!(!trainer.run(&["stats"]).err.contains("`retain optimize`"), "until answers have doubled");
    let history = trainer.run(&["optimize", "--history"]).out;
    assert!(history.contains("all decks: adopted"), "{history}");

    assert_eq!(trainer.run(&["optimize", "--revert"]).code, 0);
    assert!(parameters(&trainer).contains(" default "), "{}", parameters(&trainer));
    assert_eq!(cards(&trainer), before);
    trainer.is_sound();
    assert!(trainer.run(&["optimize", "--history"]).out.contains("adopted, then taken back"));
    let twice = trainer.run(&["optimize", "--revert"]);
    assert_eq!(twice.code, 1, "{}", twice.out);
    assert!(twice.err.contains("hint:"), "{}", twice.err);
}

#[test]
fn parameters_that_were_set_by_hand_since_are_not_taken_back() {
    let trainer = with_history(600);
    assert_eq!(json(&trainer, &["optimize", "--json"])["adopted"], true);
    assert_eq!(trainer.run(&["deck", "set", "--default", "parameters=default"]).code, 0);
    let said = trainer.run(&["optimize", "--revert"]);
    assert_eq!((said.code, said.err.contains("changed after the fit")), (1, true), "{}", said.err);
}

#[test]
fn a_deck_gets_parameters_of_its_own_only_where_they_predict_better() {
    let trainer = with_history(600);
    let all = trainer.run(&["optimize", "--all", "--json"]);
    let lines: Vec<Value> = all.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((&lines[0]["deck"], &lines[0]["adopted"]), (&Value::Null, &Value::Bool(true)));
    // The only deck is all that the default learnt from: nothing is left to be better at.
    assert_eq!((&lines[1]["deck"], &lines[1]["adopted"]), (&Value::from("bank"), &Value::Bool(false)));
    trainer.is_sound();
}

#[test]
fn too_few_answers_leave_the_defaults() {
    let trainer = with_history(1);
    let said = trainer.run(&["optimize"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("too few for a fit"), "{}", said.out);
    assert!(parameters(&trainer).contains(" default "), "{}", parameters(&trainer));
    let said = trainer.run(&["evaluate"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("too few answers to judge"), "{}", said.out);
    assert_eq!(json(&trainer, &["evaluate", "--json"])["verdict"], "too_few");
}

#[test]
fn what_is_before_the_day_to_ignore_is_not_learnt_from() {
    let trainer = with_history(60);
    assert_eq!(trainer.run(&["deck", "set", "bank", "ignore-before=2026-02-01"]).code, 0);
    let some = json(&trainer, &["evaluate", "--json"])["answers"].as_u64().expect("a number");
    assert_eq!(trainer.run(&["deck", "set", "bank", "ignore-before=2026-01-20"]).code, 0);
    let more = json(&trainer, &["evaluate", "--json"])["answers"].as_u64().expect("a number");
    assert_eq!(trainer.run(&["deck", "set", "bank", "ignore-before=none"]).code, 0);
    let all = json(&trainer, &["evaluate", "--json"])["answers"].as_u64().expect("a number");
    assert!(some < more && more < all, "{some} {more} {all}");
}

#[test]
fn an_evaluation_speaks_in_words_and_figures() {
    let trainer = with_history(600);
    let told = json(&trainer, &["evaluate", "--json"]);
    let loss = |name: &str| {
        let methods = told["methods"].as_array().expect("methods");
        methods.iter().find(|method| method["method"] == name).expect(name)["log_loss"].as_f64().expect("a number")
    };
    assert!(loss("fitted to the past") < loss("defaults"), "{told}");
    assert!(loss("fitted to the past") < loss("SM-2"), "{told}");
    let text = trainer.run(&["evaluate"]).out;
    assert!(text.contains("predictions are") && text.contains("log loss") && text.contains('│'), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 130), "{text}");
    assert_eq!(trainer.run(&["evaluate", "nowhere"]).code, 1);
}

#[test]
fn a_second_fit_is_not_judged_by_answers_that_the_first_has_seen() {
    let trainer = with_history(600);
    let first = json(&trainer, &["optimize", "--json"]);
    assert_eq!((&first["adopted"], &first["stand_in"]), (&Value::Bool(true), &Value::Bool(false)), "{first}");
    let loss = |told: &Value, name: &str| told["log_loss"][name].as_f64().expect("a number");
    // The same fit to the same answers is a tie.
    let again = json(&trainer, &["optimize", "--json"]);
    assert_eq!((&again["adopted"], &again["stand_in"]), (&Value::Bool(false), &Value::Bool(true)), "{again}");
    assert_eq!((again["gain"].as_f64(), loss(&again, "before")), (Some(0.0), loss(&first, "fitted")), "{again}");
    let own = json(&trainer, &["optimize", "bank", "--json"]);
    assert_eq!((&own["adopted"], &own["stand_in"]), (&Value::Bool(false), &Value::Bool(false)), "{own}");
    let said = trainer.run(&["optimize"]);
    assert!(said.out.contains("the same fit to earlier ones stands in for them"), "{}", said.out);
    // Parameters that somebody typed are held against as they are.
    assert_eq!(trainer.run(&["deck", "set", "--default", "parameters=default"]).code, 0);
    let third = json(&trainer, &["optimize", "--json"]);
    assert_eq!((&third["stand_in"], &third["gain"]), (&Value::Bool(false), &first["gain"]), "{third}");
}

/// One answer, and what is told beside it.
fn one_answer(trainer: &Trainer) -> String {
    let lines = "{\"type\":\"answer\",\"pick\":[\"A\"],\"ms\":3000}\n{\"type\":\"rate\"}\n";
    let said = trainer.with_input(&["review", "--json", "--limit", "1"], lines);
    assert_eq!(said.code, 0, "{}", said.err);
    said.err
}

#[test]
fn a_fit_comes_by_itself_at_the_start_of_a_day_when_answers_have_doubled() {
    let mut trainer = with_history(60);
    let told = "`retain optimize --revert` goes back";
    assert!(!one_answer(&trainer).contains(told), "no day has ended yet");
    assert_eq!(trainer.run(&["deck", "set", "bank", "optimize=off"]).code, 0);
    trainer.at("2026-11-24T08:00:00+00:00");
    assert!(!one_answer(&trainer).contains(told), "a deck says no");
    assert_eq!(trainer.run(&["deck", "set", "bank", "optimize=inherit"]).code, 0);
    assert!(!one_answer(&trainer).contains(told), "not in the middle of a day");
    trainer.at("2026-11-25T08:00:00+00:00");
    assert_eq!(trainer.run(&["deck", "set", "--default", "answering=0.3, 1, 0.5, 0.01, 0, 0"]).code, 0);
    assert!(!one_answer(&trainer).contains(told), "what was set by hand stays");
    assert_eq!(trainer.run(&["deck", "set", "--default", "answering=inherit"]).code, 0);
    trainer.at("2026-11-26T08:00:00+00:00");
    let said = one_answer(&trainer);
    assert!(said.contains(told), "{said}");
    assert_eq!(trainer.run(&["optimize", "--history"]).out.lines().count(), 1);
    trainer.is_sound();
    trainer.at("2026-11-27T08:00:00+00:00");
    assert!(!one_answer(&trainer).contains(told), "answers have not doubled");
    let learnt = |trainer: &Trainer| {
        let said = trainer.run(&["deck", "show", "bank"]);
        said.out.lines().find(|line| line.contains("answering")).expect("the setting").trim().to_owned()
    };
    assert!(learnt(&trainer).contains("fitted to"), "{}", learnt(&trainer));
    // What the line promises works, whether or not the parameters moved.
    let said = trainer.run(&["optimize", "--revert"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(learnt(&trainer).contains("default") && !learnt(&trainer).contains("fitted to"), "{}", learnt(&trainer));
    assert!(trainer.run(&["optimize", "--history"]).out.contains("taken back"));
}
