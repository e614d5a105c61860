//! The way to an exam: the queue before it, the plan, and simulated days.

use crate::fixture::program::Program;
use crate::fixture::study::{Study, all_right, right_if};
use retain::session::Showing;
use retain::study::{ExamPlan, ExamWay, ReviewRequest, SimulationRequest, unwatched};
use serde_json::{Value, json};

/// Somebody who answered everything right on the first day, by days at once.
fn begun() -> Study {
    let study = Study::new();
    study.mlops().deck_settings("MLOps", "learning-steps=none relearning-steps=none").review(all_right);
    study
}

/// The cards that are asked for today, all answered right, in order.
fn asked(study: &Study) -> Vec<String> {
    let asked = study.asked(&ReviewRequest::default(), all_right);
    asked.iter().map(|question| question.uid.to_string()).collect()
}

fn plan(study: &Study) -> ExamPlan {
    study.trainer().exam_plans(Some("mlops"), &mut unwatched).expect("a plan").remove(0)
}

#[test]
fn cards_are_asked_before_their_time_by_gain_and_once_a_day() {
    let study = begun();
    study.at("2026-11-24").review(all_right);
    assert_eq!(asked(study.at("2026-11-25")).len(), 0, "nothing is due");
    study.deck_settings("MLOps", "exam=2027-01-15");
    assert_eq!(asked(&study).len(), 10, "each gains something, due or not");
    let kinds: Vec<Value> = study.table("reviews").iter().map(|row| row["kind"].clone()).collect();
    assert_eq!(kinds[20..], vec![json!("ahead"); 10]);
    assert!(asked(&study).is_empty(), "what was answered today is done for today");
    study.is_sound();
}

#[test]
fn the_riskier_of_two_cards_is_not_always_the_one_that_gains() {
    let study = begun();
    let mut count = 0;
    // Every other answer is the first choice, right or wrong.
    study.at("2026-11-24").review(|question: &Showing| {
        count += 1;
        right_if(count % 2 == 0 || question.choices[0].correct, question)
    });
    study.at("2026-11-27").deck_settings("MLOps", "exam=2026-12-07 reviews-per-day=4");
    let model = fsrs::FSRS::default();
    // The published formula, by the crate alone: gain of an answer three days after the last and ten before the exam.
    let recall = |state: fsrs::MemoryState, days: u32| {
        if days == 0 { 1.0 } else { f64::from(fsrs::current_retrievability(state, days as f32, 0.1542)) }
    };
    let mut gains: Vec<(f64, String)> = study
        .table("cards")
        .iter()
        .map(|card| {
            let number = |name: &str| card[name].as_f64().expect("a number") as f32;
            let state = fsrs::MemoryState { stability: number("stability"), difficulty: number("difficulty") };
            let next = model.next_states(Some(state), 0.9, 3).expect("states");
            let r = recall(state, 3);
            let gain = r * recall(next.good.memory, 10) + (1.0 - r) * recall(next.again.memory, 10) - recall(state, 13);
            // Ten seconds if it is right, eighteen if it is wrong.
            (gain / (r * 10.0 + (1.0 - r) * 18.0), card["card"].as_str().expect("a card").to_owned())
        })
        .collect();
    gains.sort_by(|a, b| b.0.total_cmp(&a.0));
    let asked = asked(&study);
    assert_eq!(asked.len(), 4, "the limit holds");
    assert!(gains[0].0 > gains[9].0 + 1e-4, "the cards differ");
    let least = gains.iter().filter(|(_, card)| asked.contains(card)).map(|(gain, _)| *gain).fold(1.0, f64::min);
    let most = gains.iter().filter(|(_, card)| !asked.contains(card)).map(|(gain, _)| *gain).fold(0.0, f64::max);
    assert!(least >= most - 1e-9, "{gains:?} {asked:?}");
}

#[test]
fn the_time_of_a_day_is_kept_over_several_sessions() {
    let study = Study::new();
    study.mlops().deck_settings("MLOps", "learning-steps=none exam=2027-01-15 minutes-per-day=1");
    // A new card is expected to take 0.3·15 + 0.7·20 = 18.5 s until the log knows better: three fit into a minute.
    assert_eq!(asked(&study).len(), 3);
    // They took three seconds each, so that 51 s are left: two more.
    assert_eq!(asked(&study).len(), 2);
    study.deck_settings("MLOps", "minutes-per-day=none reviews-per-day=7");
    assert_eq!(asked(&study).len(), 2, "without a time, the limit of reviews counts");
}

#[test]
fn after_the_exam_the_deck_is_an_ordinary_one() {
    let study = begun();
    study.deck_settings("MLOps", "exam=2026-11-25").at("2026-11-25");
    let today = "2026-11-25";
    let due = study.table("cards").iter().filter(|card| card["due"].as_str().expect("a day") <= today).count();
    assert_eq!(asked(&study).len(), due);
    let said = study.program().run(&["plan", "mlops"]);
    assert_eq!((said.code, said.err.starts_with("error: the exam is today, 2026-11-25")), (1, true), "{}", said.err);
}

#[test]
fn the_plan_counts_knowledge_and_luck() {
    let study = Study::new();
    let said = study.mlops().program().run(&["plan", "mlops"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("`mlops` has no exam date") && said.err.contains("hint: "), "{}", said.err);
    study.deck_settings("MLOps", "exam=2027-01-15");
    let before = plan(&study);
    // Nobody has seen one of ten questions of five options: g + (1 − g)·prior = 0.2 + 0.8·0.3, as far as people are alike.
    for way in [&before.now, &before.stopped] {
        assert!((way.score.mean - 0.44).abs() < 0.05, "{before:?}");
    }
    assert_eq!((before.days, before.unseen, before.new_per_day_needed), (53, 10, 1));
    assert!(before.planned.score.mean > 0.9);
    let width = |way: &ExamWay| way.score.high - way.score.low;
    assert!(width(&before.now) > width(&before.planned));
    study.review(all_right);
    let after = plan(&study);
    assert_eq!(after.unseen, 0);
    assert!(after.now.score.mean > after.stopped.score.mean);
    assert_eq!(format!("{:?}", plan(&study)), format!("{after:?}"), "the same seed plans the same");
    assert_eq!(after.topics.iter().map(|topic| topic.questions).sum::<usize>(), 10);
    let program = study.program();
    let json = program.json(&["plan", "mlops", "--json"]).remove(0);
    assert_eq!(
        (&json["days"], &json["unseen"], &json["if_today"]["score"].is_number()),
        (&json!(53), &json!(0), &true)
    );
    let text = program.run(&["plan"]).out;
    assert!(text.contains("exam on 2027-01-15, in 53 days") && text.contains("minutes-per-day=30"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    assert!(program.run(&[]).out.contains("on 2027-01-15, in 53 days"));
    assert!(program.run(&["deck", "show", "mlops"]).out.contains("the exam is in 53 days"));
}

#[test]
fn simulated_days_are_the_same_for_the_same_seed_and_come_as_tables() {
    let mut program = begun().program();
    let simulate = |program: &Program, args: &[&str]| {
        let said = program.ok(&[&["simulate", "mlops"], args].concat());
        said.out
    };
    let args = ["--days", "60", "--retention", "0.8,0.95", "--format", "json"];
    let first = simulate(&program, &args);
    assert_eq!(simulate(&program, &args), first);
    let rows: Vec<Value> = first.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(rows.len(), 120);
    let reviews = |retention: f64| {
        let rows = rows.iter().filter(|row| row["retention"] == retention);
        rows.map(|row| row["reviews"].as_u64().expect("a count")).sum::<u64>()
    };
    assert!(reviews(0.8) < reviews(0.95));
    program.seed(2);
    assert_ne!(simulate(&program, &args), first);
    assert!(simulate(&program, &["--csv"]).starts_with("retention,study_day,new,learning,reviews,minutes,known\r\n"));
    simulate(&program, &["--days", "9", "-o", "days.csv"]);
    let file = std::fs::read_to_string(program.folder().join("days.csv")).expect("a file");
    assert_eq!(file.lines().count(), 10);
    let picture = simulate(&program, &["--retention", "0.85,0.9"]);
    assert!(picture.contains("reviews a day, up to") && picture.contains('█'), "{picture}");
    assert!(picture.lines().all(|line| line.chars().count() <= 80), "{picture}");
}

#[test]
fn new_cards_are_simulated_as_asked() {
    let study = Study::new();
    study.mlops();
    let new = |new_per_day: Option<u32>| -> Vec<u32> {
        let request = SimulationRequest { deck: None, days: 5, retentions: &[], new_per_day };
        let ahead = study.trainer().simulate(&request, &mut unwatched).expect("days");
        ahead.courses[0].days.iter().map(|day| day.new).collect()
    };
    assert_eq!(new(Some(3)), [3, 3, 3, 1, 0]);
    assert_eq!(new(Some(0)), [0, 0, 0, 0, 0]);
    assert_eq!(new(None), [10, 0, 0, 0, 0]);
    let rows = study.program().json(&["simulate", "--days", "5", "--format", "json", "--new", "3"]);
    assert_eq!(rows.iter().map(|row| row["new"].clone()).collect::<Vec<_>>(), [3, 3, 3, 1, 0]);
}

#[test]
fn a_retention_is_recommended_and_a_day_is_priced() {
    let mut program = Program::new();
    program.with_mlops();
    let recommended = program.ok(&["simulate", "--recommend", "--days", "90"]);
    assert_eq!(recommended.out.matches(" most\n").count(), 1, "{}", recommended.out);
    let by = program.run(&["simulate", "--by", "2026-12-03"]);
    assert!(by.out.starts_with("To have seen all 10 cards by 2026-12-03: 1 new a day"), "{}", by.out);
    for (args, code) in [
        (&["simulate", "--retention", "0.5"][..], 2),
        (&["simulate", "--days", "0"], 2),
        (&["simulate", "--by", "2026-11-23"], 1),
        (&["simulate", "nothing"], 1),
    ] {
        let said = program.run(args);
        assert_eq!(said.code, code, "{args:?}: {}", said.err);
    }
}
