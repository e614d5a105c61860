//! The way to an exam: the queue before it, the plan, and simulated days.

use crate::fixture::trainer::{Trainer, label, mlops_key};
use serde_json::{Value, json};

fn right(question: &Value) -> String {
    let key = mlops_key();
    label(question, &key[question["stem"].as_str().expect("a stem")])
}

/// A trainer who answered everything right on the first day, by days at once.
fn begun() -> Trainer {
    let mut trainer = Trainer::new();
    trainer.with_mlops();
    let set = ["deck", "set", "mlops", "learning-steps=none", "relearning-steps=none"];
    assert_eq!(trainer.run(&set).code, 0);
    trainer.review(right);
    trainer
}

fn set(trainer: &Trainer, pairs: &[&str]) {
    let said = trainer.run(&[&["deck", "set", "mlops"], pairs].concat());
    assert_eq!(said.code, 0, "{}", said.err);
}

fn asked(told: &[Value]) -> Vec<String> {
    told.iter()
        .filter(|line| line["type"] == "question")
        .map(|line| line["card"].as_str().expect("a card").to_owned())
        .collect()
}

fn plan(trainer: &Trainer) -> Value {
    let said = trainer.run(&["plan", "mlops", "--json"]);
    assert_eq!(said.code, 0, "{}", said.err);
    serde_json::from_str(&said.out).expect("JSON")
}

#[test]
fn cards_are_asked_before_their_time_by_gain_and_once_a_day() {
    let mut trainer = begun();
    trainer.at("2026-11-24T08:00:00+01:00");
    trainer.review(right);
    trainer.at("2026-11-25T08:00:00+01:00");
    assert_eq!(asked(&trainer.review(right)).len(), 0, "nothing is due");
    set(&trainer, &["exam=2027-01-15"]);
    let told = trainer.review(right);
    let asked_now = asked(&told);
    assert_eq!(asked_now.len(), 10, "each gains something, due or not");
    let kinds: Vec<Value> = trainer.table("reviews").iter().map(|row| row["kind"].clone()).collect();
    assert_eq!(kinds[20..], vec![json!("ahead"); 10]);
    assert!(asked(&trainer.review(right)).is_empty(), "what was answered today is done for today");
    trainer.is_sound();
}

#[test]
fn the_riskier_of_two_cards_is_not_always_the_one_that_gains() {
    let mut trainer = begun();
    trainer.at("2026-11-24T08:00:00+01:00");
    let mut count = 0;
    trainer.review(|question| {
        count += 1;
        let right = right(question);
        if count % 2 == 0 || right == "A" { right } else { "A".into() }
    });
    trainer.at("2026-11-27T08:00:00+01:00");
    set(&trainer, &["exam=2026-12-07", "reviews-per-day=4"]);
    let model = fsrs::FSRS::default();
    // The published formula, by the crate alone: gain of an answer three days after the last and ten before the exam.
    let recall = |state: fsrs::MemoryState, days: u32| {
        if days == 0 { 1.0 } else { f64::from(fsrs::current_retrievability(state, days as f32, 0.1542)) }
    };
    let mut gains: Vec<(f64, String)> = trainer
        .table("cards")
        .iter()
        .map(|card| {
            let number = |name: &str| card[name].as_f64().expect("a number") as f32;
            let state = fsrs::MemoryState { stability: number("stability"), difficulty: number("difficulty") };
            let next = model.next_states(Some(state), 0.9, 3).expect("states");
            let r = recall(state, 3);
            let gain = r * recall(next.good.memory, 10) + (1.0 - r) * recall(next.again.memory, 10) - recall(state, 13);
            // Ten seconds where it is right, eighteen where it is wrong.
            (gain / (r * 10.0 + (1.0 - r) * 18.0), card["card"].as_str().expect("a card").to_owned())
        })
        .collect();
    gains.sort_by(|a, b| b.0.total_cmp(&a.0));
    let asked = asked(&trainer.review(right));
    assert_eq!(asked.len(), 4, "the limit holds");
    assert!(gains[0].0 > gains[9].0 + 1e-4, "the cards differ");
    let least = gains.iter().filter(|(_, card)| asked.contains(card)).map(|(gain, _)| *gain).fold(1.0, f64::min);
    let most = gains.iter().filter(|(_, card)| !asked.contains(card)).map(|(gain, _)| *gain).fold(0.0, f64::max);
    assert!(least >= most - 1e-9, "{gains:?} {asked:?}");
}

#[test]
fn the_time_of_a_day_is_kept_over_several_sessions() {
    let mut trainer = Trainer::new();
    trainer.with_mlops();
    set(&trainer, &["learning-steps=none", "exam=2027-01-15", "minutes-per-day=1"]);
    // A new card is expected to take 0.3·15 + 0.7·20 = 18.5 s until the log knows better: three fit into a minute.
    assert_eq!(asked(&trainer.review(right)).len(), 3);
    // They took three seconds each, so that 51 s are left: two more.
    assert_eq!(asked(&trainer.review(right)).len(), 2);
    set(&trainer, &["minutes-per-day=none", "reviews-per-day=7"]);
    assert_eq!(asked(&trainer.review(right)).len(), 2, "without a time, the limit of reviews counts");
}

#[test]
fn after_the_exam_the_deck_is_an_ordinary_one() {
    let mut trainer = begun();
    set(&trainer, &["exam=2026-11-25"]);
    trainer.at("2026-11-25T08:00:00+01:00");
    let today = "2026-11-25";
    let due = trainer.table("cards").iter().filter(|card| card["due"].as_str().expect("a day") <= today).count();
    assert_eq!(asked(&trainer.review(right)).len(), due);
    let said = trainer.run(&["plan", "mlops"]);
    assert_eq!((said.code, said.err.starts_with("error: the exam is today, 2026-11-25")), (1, true), "{}", said.err);
}

#[test]
fn the_plan_counts_knowledge_and_luck() {
    let mut trainer = Trainer::new();
    trainer.with_mlops();
    let said = trainer.run(&["plan", "mlops"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("`mlops` has no exam date") && said.err.contains("hint: "), "{}", said.err);
    set(&trainer, &["exam=2027-01-15"]);
    let before = plan(&trainer);
    // Nobody has seen one of ten questions of five options: g + (1 − g)·prior = 0.2 + 0.8·0.3, as far as people are alike.
    for moment in ["if_today", "if_stopped"] {
        assert!((before[moment]["score"].as_f64().expect("a score") - 0.44).abs() < 0.05, "{before}");
    }
    assert_eq!(
        (&before["days"], &before["unseen"], &before["new_per_day_needed"]),
        (&json!(53), &json!(10), &json!(1))
    );
    assert!(before["as_planned"]["score"].as_f64() > Some(0.9));
    let width = |plan: &Value, way: &str| {
        plan[way]["high"].as_f64().expect("a number") - plan[way]["low"].as_f64().expect("a number")
    };
    assert!(width(&before, "if_today") > width(&before, "as_planned"));
    trainer.review(right);
    let after = plan(&trainer);
    assert_eq!(after["unseen"], 0);
    assert!(after["if_today"]["score"].as_f64() > after["if_stopped"]["score"].as_f64());
    assert_eq!(plan(&trainer), after, "the same seed plans the same");
    let topics = after["topics"].as_array().expect("topics");
    let questions: u64 = topics.iter().map(|topic| topic["questions"].as_u64().expect("a count")).sum();
    assert_eq!(questions, 10);
    let text = trainer.run(&["plan"]).out;
    assert!(text.contains("exam on 2027-01-15, in 53 days") && text.contains("minutes-per-day=30"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    assert!(trainer.run(&[]).out.contains("on 2027-01-15, in 53 days"));
    assert!(trainer.run(&["deck", "show", "mlops"]).out.contains("the exam is in 53 days"));
}

#[test]
fn simulated_days_are_the_same_for_the_same_seed_and_come_as_tables() {
    let mut trainer = begun();
    let simulate = |trainer: &Trainer, args: &[&str]| {
        let said = trainer.run(&[&["simulate", "mlops"], args].concat());
        assert_eq!(said.code, 0, "{}", said.err);
        said.out
    };
    let args = ["--days", "60", "--retention", "0.8,0.95", "--format", "json"];
    let first = simulate(&trainer, &args);
    assert_eq!(simulate(&trainer, &args), first);
    let rows: Vec<Value> = first.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(rows.len(), 120);
    let reviews = |retention: f64| {
        let rows = rows.iter().filter(|row| row["retention"] == retention);
        rows.map(|row| row["reviews"].as_u64().expect("a count")).sum::<u64>()
    };
    assert!(reviews(0.8) < reviews(0.95));
    trainer.seed(2);
    assert_ne!(simulate(&trainer, &args), first);
    assert!(simulate(&trainer, &["--csv"]).starts_with("retention,study_day,new,learning,reviews,minutes,known\r\n"));
    simulate(&trainer, &["--days", "9", "-o", "days.csv"]);
    let file = std::fs::read_to_string(trainer.folder().join("days.csv")).expect("a file");
    assert_eq!(file.lines().count(), 10);
    let picture = simulate(&trainer, &["--retention", "0.85,0.9"]);
    assert!(picture.contains("reviews a day, up to") && picture.contains('█'), "{picture}");
    assert!(picture.lines().all(|line| line.chars().count() <= 80), "{picture}");
}

#[test]
fn new_cards_are_simulated_as_asked() {
    let mut trainer = Trainer::new();
    trainer.with_mlops();
    let new = |args: &[&str]| {
        let out = trainer.run(&[&["simulate", "--days", "5", "--format", "json"], args].concat()).out;
        let rows = out.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")["new"].clone());
        rows.collect::<Vec<_>>()
    };
    assert_eq!(new(&["--new", "3"]), [3, 3, 3, 1, 0]);
    assert_eq!(new(&["--new", "0"]), [0, 0, 0, 0, 0]);
    assert_eq!(new(&[]), [10, 0, 0, 0, 0]);
}

#[test]
fn a_retention_is_recommended_and_a_day_is_priced() {
    let mut trainer = Trainer::new();
    trainer.with_mlops();
    let recommended = trainer.run(&["simulate", "--recommend", "--days", "90"]);
    assert_eq!(recommended.code, 0, "{}", recommended.err);
    assert_eq!(recommended.out.matches(" most\n").count(), 1, "{}", recommended.out);
    let by = trainer.run(&["simulate", "--by", "2026-12-03"]);
    assert!(by.out.starts_with("To have seen all 10 cards by 2026-12-03: 1 new a day"), "{}", by.out);
    for (args, code) in [
        (&["simulate", "--retention", "0.5"][..], 2),
        (&["simulate", "--days", "0"], 2),
        (&["simulate", "--by", "2026-11-23"], 1),
        (&["simulate", "nothing"], 1),
    ] {
        let said = trainer.run(args);
        assert_eq!(said.code, code, "{args:?}: {}", said.err);
    }
}
