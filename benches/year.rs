//! A year with a learner whose memory is known: whether recall at review is what was aimed at, and what the exam queue gains.
//!
//! `cargo bench --bench year`, or with `-- SEED…` for other seeds. The learner's memory is FSRS-6 with parameters that are not the
//! published defaults, and the scheduler knows them; luck and knowledge are drawn apart. Nothing here is timed.

#![allow(clippy::print_stdout, reason = "a benchmark prints")]

use retain::memory::{Fsrs6, Replayer};
use retain::model::{CardMemory, Deck, DeckId, Guess, Settings, StudyDay};
use retain::schedule::{DayFigures, Habits, SimulatedCard, SimulatedDeck, Simulation};
use uuid::Uuid;

const TODAY: StudyDay = StudyDay(20_000);

/// Somebody who learns faster at first, forgets more evenly and is set back less by a lapse than the default.
const LEARNER: [f32; 21] = [
    0.4, 1.1, 3.2, 15.7, 6.2, 0.95, 2.6, 0.04, 1.65, 0.22, 1.0, 1.75, 0.09, 0.31, 1.35, 0.45, 2.1, 0.42, 0.18, 0.12,
    0.19,
];

fn cards(count: u32, guess: Guess) -> Vec<SimulatedCard> {
    let card = |number| SimulatedCard {
        uid: Uuid::from_u128(number),
        deck: 0,
        topic: 0,
        guess,
        memory: CardMemory::NEW,
        truth: None,
    };
    (0..u128::from(count)).map(card).collect()
}

fn replayer(parameters: Option<&[f32]>, luck_aware: bool) -> Replayer<Fsrs6> {
    Replayer { model: Fsrs6::or_default(parameters), prior_knowledge: 0.3, luck_aware }
}

fn begin<'a>(
    settings: &Settings,
    replayer: &'a Replayer<Fsrs6>,
    habits: &'a Habits,
    count: u32,
    guess: Guess,
    seed: u64,
) -> Simulation<'a, Fsrs6> {
    let deck = Deck { id: DeckId(1), name: "deck".into() };
    let settings = settings.clone();
    let decks = vec![SimulatedDeck { deck, settings, replayer, truth: &replayer.model, new_done: 0, reviews_done: 0 }];
    Simulation::new(decks, cards(count, guess), habits, TODAY, seed)
}

/// Mean true recall before a review over a year of 2,000 cards, with the number of reviews.
fn recall(retention: f64, ways: u32, luck_aware: bool, seed: u64) -> (f64, u32) {
    let settings = Settings {
        desired_retention: retention,
        reviews_per_day: 9_999,
        luck_aware,
        new_ignores_review_limit: true,
        ..Settings::default()
    };
    let habits = Habits { step_failure: 0.0, ..Habits::default() };
    let replayer = replayer(Some(&LEARNER), luck_aware);
    let mut year = begin(&settings, &replayer, &habits, 2_000, Guess::from_ways(ways), seed);
    let days: Vec<DayFigures> = (0..365).map(|_| year.day()).collect();
    let reviews = days.iter().map(|day| day.reviews).sum();
    (days.iter().map(|day| day.recall_sum).sum::<f64>() / f64::from(reviews), reviews)
}

/// Mean true recall on the day of an exam in 60 days, over 1,000 cards, by 30 answers a day; a card never seen is known as the
/// prior knowledge says.
fn exam(parameters: Option<&[f32]>, steps: bool, with_exam: bool, new_per_day: u32, ways: u32, seed: u64) -> f64 {
    let exam = TODAY.plus(60);
    let mut settings =
        Settings { exam: with_exam.then_some(exam), reviews_per_day: 30, new_per_day, ..Settings::default() };
    if !steps {
        (settings.learning_steps, settings.relearning_steps) = (Vec::new(), Vec::new());
    }
    let habits = Habits { step_failure: 0.0, ..Habits::default() };
    let replayer = replayer(parameters, true);
    let mut time = begin(&settings, &replayer, &habits, 1_000, Guess::from_ways(ways), seed);
    time.answers_per_day = Some(30);
    for _ in 0..60 {
        assert!(time.day().answers() <= 30);
    }
    time.recall_on(exam).map(|recall| recall.unwrap_or(settings.prior_knowledge)).sum::<f64>() / 1_000.0
}

fn main() {
    let given: Vec<u64> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let seeds = if given.is_empty() { vec![1, 2, 3] } else { given };
    println!("seeds {seeds:?}\n");
    println!("a year of 2,000 cards, 20 new a day: true recall before a review");
    for retention in [0.85, 0.90, 0.95] {
        for (ways, luck_aware) in [(0, true), (5, true), (4, true), (2, true), (5, false), (4, false), (2, false)] {
            let runs: Vec<(f64, u32)> = seeds.iter().map(|seed| recall(retention, ways, luck_aware, *seed)).collect();
            let mean = runs.iter().map(|run| run.0).sum::<f64>() / runs.len() as f64;
            let reviews = runs.iter().map(|run| run.1).sum::<u32>();
            let guess = if ways == 0 { "no guessing".into() } else { format!("1 in {ways}") };
            let off = mean - retention;
            let verdict = if off.abs() <= 0.01 { "within 0.01" } else { "outside" };
            let luck = if luck_aware { "" } else { ", luck-aware off" };
            println!("  {retention:.2}  {guess:<12} {mean:.4}  {off:+.4}  {reviews:>7} reviews  {verdict}{luck}");
        }
    }
    println!("\n1,000 cards, 60 days, 30 answers a day: mean true recall on the day of the exam");
    for (name, parameters) in [("default parameters", None), ("other parameters", Some(&LEARNER[..]))] {
        for (steps, ways) in [(false, 0), (false, 4), (true, 0), (true, 4)] {
            let mean = |with_exam, new| {
                seeds.iter().map(|seed| exam(parameters, steps, with_exam, new, ways, *seed)).sum::<f64>()
                    / seeds.len() as f64
            };
            let (queue, due) = (mean(true, 20), mean(false, 20));
            let steps = if steps { "with steps" } else { "without steps" };
            let guess = if ways == 0 { "no guessing".into() } else { format!("1 in {ways}") };
            println!(
                "  {name:<18} {steps:<13} {guess:<11} exam queue {queue:.3}  due queue {due:.3}  {:+.3}",
                queue - due
            );
        }
    }
}
