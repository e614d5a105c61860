//! The way to an exam: the queue before it, the plan, and simulated days.

use crate::fixture::study::{Study, all_right, right_if};
use crate::fixture::views::{lines, plain, refusal};
use retain::session::Showing;
use retain::study::{ExamPlan, ExamWay, ReviewRequest, SimulationRequest, unwatched};
use retain::ui::csv::{Format, TableWriter};
use retain::ui::{plan as plan_view, simulation};
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

/// Days in the future of the deck that ships.
fn ahead(days: u32, retentions: &[f64], new_per_day: Option<u32>) -> SimulationRequest<'_> {
    SimulationRequest { deck: Some("mlops"), days, retentions, new_per_day }
}

/// Simulated days as a table.
fn simulated(study: &Study, request: &SimulationRequest<'_>, format: Format) -> String {
    let days = study.trainer().simulate(request, &mut unwatched).expect("days");
    let mut text = Vec::new();
    let mut table = TableWriter::new(simulation::SIMULATION, format, &mut text).expect("a table");
    simulation::rows(&days).try_for_each(|row| table.row(row)).expect("rows");
    table.finish().expect("an end");
    String::from_utf8(text).expect("UTF-8")
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
    let said = refusal(study.trainer().exam_plans(Some("mlops"), &mut unwatched));
    assert!(said.starts_with("error: the exam is today, 2026-11-25"), "{said}");
}

#[test]
fn the_plan_counts_knowledge_and_luck() {
    let study = Study::new();
    let said = refusal(study.mlops().trainer().exam_plans(Some("mlops"), &mut unwatched));
    assert!(said.contains("`mlops` has no exam date") && said.contains("hint: "), "{said}");
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
    let json = lines(plan_view::json(&after)).remove(0);
    assert_eq!(
        (&json["days"], &json["unseen"], &json["if_today"]["score"].is_number()),
        (&json!(53), &json!(0), &true)
    );
    let all = study.trainer().exam_plans(None, &mut unwatched).expect("plans");
    assert_eq!(all.len(), 1);
    let text = plan_view::text(&all[0], plain());
    assert!(text.contains("exam on 2027-01-15, in 53 days") && text.contains("minutes-per-day=30"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    assert!(study.home().contains("on 2027-01-15, in 53 days"));
    assert!(study.settings_of("mlops").contains("the exam is in 53 days"));
}

#[test]
fn simulated_days_are_the_same_for_the_same_seed_and_come_as_tables() {
    let study = begun();
    let request = ahead(60, &[0.8, 0.95], None);
    let first = simulated(&study, &request, Format::Json);
    assert_eq!(simulated(&study, &request, Format::Json), first);
    let rows = lines(Ok(first.clone()));
    assert_eq!(rows.len(), 120);
    let reviews = |retention: f64| {
        let rows = rows.iter().filter(|row| row["retention"] == retention);
        rows.map(|row| row["reviews"].as_u64().expect("a count")).sum::<u64>()
    };
    assert!(reviews(0.8) < reviews(0.95));
    assert_ne!(simulated(study.seed(2), &request, Format::Json), first);
    let csv = simulated(&study, &ahead(9, &[], None), Format::Csv);
    assert!(csv.starts_with("retention,study_day,new,learning,reviews,minutes,known\r\n"), "{csv}");
    assert_eq!(csv.lines().count(), 10);
    let year = study.trainer().simulate(&ahead(365, &[0.85, 0.9], None), &mut unwatched).expect("a year");
    let picture = simulation::text(&year, plain());
    assert!(picture.contains("reviews a day, up to") && picture.contains('█'), "{picture}");
    assert!(picture.lines().all(|line| line.chars().count() <= 80), "{picture}");
}

#[test]
fn new_cards_are_simulated_as_asked() {
    let study = Study::new();
    study.mlops();
    let new = |new_per_day: Option<u32>| -> Vec<u32> {
        let request = SimulationRequest { deck: None, ..ahead(5, &[], new_per_day) };
        let days = study.trainer().simulate(&request, &mut unwatched).expect("days");
        days.courses[0].days.iter().map(|day| day.new).collect()
    };
    assert_eq!(new(Some(3)), [3, 3, 3, 1, 0]);
    assert_eq!(new(Some(0)), [0, 0, 0, 0, 0]);
    assert_eq!(new(None), [10, 0, 0, 0, 0]);
}

#[test]
fn a_retention_is_recommended_and_a_day_is_priced() {
    let study = Study::new();
    let trainer = study.mlops().trainer();
    let costs = trainer
        .compare_retentions(&SimulationRequest { deck: None, ..ahead(90, &[], None) }, &mut unwatched)
        .expect("costs");
    let recommended = simulation::curve_text(&costs, 90, plain());
    assert_eq!(recommended.matches(" most\n").count(), 1, "{recommended}");
    let day = |day: &str| day.parse().expect("a day");
    let year = SimulationRequest { deck: None, ..ahead(365, &[], None) };
    let by = trainer.cost_by_day(&year, day("2026-12-03"), false, &mut unwatched).expect("a cost");
    let by = simulation::by_text(&by, plain());
    assert!(by.starts_with("To have seen all 10 cards by 2026-12-03: 1 new a day"), "{by}");
    refusal(trainer.cost_by_day(&year, day("2026-11-23"), false, &mut unwatched));
    refusal(trainer.simulate(&SimulationRequest { deck: Some("nothing"), ..year }, &mut unwatched));
}

#[test]
fn arguments_say_which_days_to_simulate_and_where_the_tables_go() {
    let study = begun();
    let program = study.program();
    let simulate = |args: &[&str]| program.ok(&[&["simulate", "mlops"], args].concat()).out;
    let args = ["--days", "60", "--retention", "0.8,0.95", "--format", "json"];
    assert_eq!(simulate(&args), simulated(&study, &ahead(60, &[0.8, 0.95], None), Format::Json));
    assert_eq!(simulate(&["--csv"]), simulated(&study, &ahead(365, &[], None), Format::Csv));
    simulate(&["--days", "9", "-o", "days.csv"]);
    let file = std::fs::read_to_string(program.folder().join("days.csv")).expect("a file");
    assert_eq!(file, simulated(&study, &ahead(9, &[], None), Format::Csv));
    let picture = simulate(&["--retention", "0.85,0.9"]);
    assert!(picture.contains("reviews a day, up to") && picture.contains('█'), "{picture}");
    let new = Study::new();
    let program = new.mlops().program();
    let days = program.ok(&["simulate", "mlops", "--days", "5", "--format", "json", "--new", "3"]).out;
    assert_eq!(days, simulated(&new, &ahead(5, &[], Some(3)), Format::Json));
    let recommended = program.ok(&["simulate", "--recommend", "--days", "90"]);
    assert_eq!(recommended.out.matches(" most\n").count(), 1, "{}", recommended.out);
    let by = program.ok(&["simulate", "--by", "2026-12-03"]);
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

#[test]
fn a_plan_is_printed_for_people_and_for_programs() {
    let study = begun();
    let program = study.deck_settings("MLOps", "exam=2027-01-15").program();
    let all = study.trainer().exam_plans(None, &mut unwatched).expect("plans");
    assert_eq!(program.ok(&["plan"]).out, plan_view::text(&all[0], plain()));
    assert_eq!(program.ok(&["plan", "mlops", "--json"]).out, plan_view::json(&plan(&study)).expect("a line"));
    assert_eq!(program.run(&["plan", "nothing"]).code, 1);
}
