//! A year with a learner whose memory is known: whether recall at review is what was aimed at, and what the exam queue gains.
//!
//! `cargo bench --bench year`, or with `-- SEED…` for other seeds. The learner's memory is FSRS-6 with parameters that are not the
//! published defaults, and the scheduler knows them; luck and knowledge are drawn apart. Nothing here is timed.

#![allow(clippy::print_stdout, reason = "a benchmark prints")]

use retain::chance::Chance;
use retain::memory::{Answering, Belief, Fsrs6, Model, Replayer};
use retain::model::{CardMemory, Deck, DeckId, Guess, Moment, QuestionId, Settings, StudyDay};
use retain::schedule::{DayWorkload, Habits, SimulatedCard, SimulatedDeck, Simulation};
use uuid::Uuid;

const TODAY: StudyDay = StudyDay(20_000);
/// Eight in the morning of that day.
const NOW: Moment = Moment { utc_ms: 20_000 * 86_400_000 + 8 * 3_600_000, offset_minutes: 0 };

/// Somebody whose first memories fade within half a day, who gains more by a review and is set back less by a lapse.
const FORGETFUL: [f32; 21] = [
    0.4, 1.1, 3.2, 15.7, 6.2, 0.95, 2.6, 0.04, 1.65, 0.22, 1.0, 1.75, 0.09, 0.31, 1.35, 0.45, 2.1, 0.42, 0.18, 0.12,
    0.19,
];

/// The published parameters, each up to a fifth off, by the seed.
fn near_the_defaults(seed: u64) -> Vec<f32> {
    let mut chance = Chance::derived("learner", Uuid::NAMESPACE_OID, 0, seed);
    Fsrs6::default().parameters().iter().map(|parameter| parameter * (0.8 + 0.4 * chance.unit())).collect()
}

fn cards(count: u32, guess: Guess) -> Vec<SimulatedCard> {
    let card = |number| SimulatedCard {
        uid: Uuid::from_u128(number),
        deck: 0,
        question: QuestionId(i64::try_from(number).unwrap_or(0)),
        topic: 0,
        guess,
        memory: CardMemory::NEW,
        belief: Belief::default(),
        truth: None,
    };
    (0..u128::from(count)).map(card).collect()
}

fn replayer(parameters: Option<&[f32]>, luck_aware: bool) -> Replayer<Fsrs6> {
    Replayer { model: Fsrs6::or_default(parameters), prior_knowledge: 0.3, luck_aware, answering: Answering::USUAL }
}

fn begin<'a>(
    settings: &Settings,
    replayer: &'a Replayer<Fsrs6>,
    habits: &'a Habits,
    count: u32,
    guess: Guess,
    seed: u64,
) -> Simulation<'a, Fsrs6, Fsrs6> {
    let deck = Deck { id: DeckId(1), name: "deck".into() };
    let settings = settings.clone();
    let decks = vec![SimulatedDeck {
        deck,
        settings,
        replayer,
        truth: replayer,
        new_done: 0,
        reviews_done: 0,
        seconds_done: 0.0,
    }];
    Simulation::new(decks, cards(count, guess), habits, (NOW, TODAY), (seed, 0))
}

/// A year of 2,000 cards: mean recall before a review.
#[derive(Clone, Copy, Default)]
struct Year {
    truth: f64,
    believed: f64,
    reviews: f64,
    /// The true recall of those that a day after the last answer was early enough for.
    in_reach: f64,
    in_reach_reviews: f64,
}

fn recall(learner: LivedMemory<'_>, retention: f64, ways: u32, luck_aware: bool, seeds: &[u64]) -> Year {
    let settings = Settings {
        desired_retention: retention,
        reviews_per_day: 9_999,
        luck_aware,
        new_ignores_review_limit: true,
        ..Settings::default()
    };
    let habits = Habits { step_failure: 0.0, ..Habits::default() };
    let mut sum = Year::default();
    for seed in seeds {
        let replayer = replayer(Some(&learner(*seed)), luck_aware);
        let mut year = begin(&settings, &replayer, &habits, 2_000, Guess::from_ways(ways), *seed);
        for _ in 0..365 {
            let day: DayWorkload = year.day();
            sum.truth += day.recall_sum;
            sum.believed += day.believed_sum;
            sum.in_reach += day.in_reach_sum;
            sum.in_reach_reviews += f64::from(day.in_reach);
            sum.reviews += f64::from(day.reviews);
        }
    }
    let mean = |of: f64| of / sum.reviews;
    Year { truth: mean(sum.truth), believed: mean(sum.believed), in_reach: sum.in_reach / sum.in_reach_reviews, ..sum }
}

/// How learning steps count.
#[derive(Clone, Copy, PartialEq)]
enum Steps {
    /// Cards go by days at once.
    None,
    /// The default steps come on top of the 30 answers, as they do under the review limit.
    OnTop,
    /// The default steps count among the 30 answers.
    Count,
}

/// Mean true recall on the day of an exam in 60 days, over 1,000 cards, by 30 answers a day; a card never seen is known as the
/// prior knowledge says.
fn exam(parameters: &[f32], steps: Steps, with_exam: bool, ways: u32, seed: u64) -> f64 {
    let exam = TODAY.plus(60);
    let mut settings = Settings { exam: with_exam.then_some(exam), reviews_per_day: 30, ..Settings::default() };
    if steps == Steps::None {
        (settings.learning_steps, settings.relearning_steps) = (Vec::new(), Vec::new());
    }
    let habits = Habits { step_failure: 0.0, ..Habits::default() };
    let replayer = replayer(Some(parameters), true);
    let mut time = begin(&settings, &replayer, &habits, 1_000, Guess::from_ways(ways), seed);
    time.answers_per_day = (steps != Steps::OnTop).then_some(30);
    for _ in 0..60 {
        let day = time.day();
        assert!(day.new + day.reviews <= 30);
    }
    time.recall_on(exam).map(|recall| recall.unwrap_or(settings.prior_knowledge)).sum::<f64>() / 1_000.0
}

/// A learner's parameters, by the seed.
type LivedMemory<'a> = &'a dyn Fn(u64) -> Vec<f32>;

fn published(_: u64) -> Vec<f32> {
    Fsrs6::default().parameters().to_vec()
}

fn forgetful(_: u64) -> Vec<f32> {
    FORGETFUL.to_vec()
}

fn learners() -> [(&'static str, LivedMemory<'static>); 2] {
    [("near the published parameters", &near_the_defaults), ("who forgets fast at first", &forgetful)]
}

fn main() {
    let given: Vec<u64> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let seeds = if given.is_empty() { vec![1, 2, 3] } else { given };
    println!("seeds {seeds:?}\n");
    println!("a year of 2,000 cards, 20 new a day: mean recall before a review");
    for (name, learner) in learners() {
        println!("\na learner {name}");
        println!(
            "desired  luck                       true    off      believed  reviews  in reach: true  off      share"
        );
        for retention in [0.85, 0.90, 0.95] {
            for (ways, luck_aware) in [(0, true), (5, true), (4, true), (2, true), (4, false), (2, false)] {
                let year = recall(learner, retention, ways, luck_aware, &seeds);
                let guess = if ways == 0 { "none".into() } else { format!("1 in {ways}") };
                let luck = if luck_aware { guess } else { format!("{guess}, luck-aware off") };
                let (off, off_in_reach) = (year.truth - retention, year.in_reach - retention);
                let share = year.in_reach_reviews / year.reviews;
                println!(
                    "{retention:.2}     {luck:<24}  {:.4}  {off:+.4}  {:.4}  {:>9.0}  {:>14.4}  {off_in_reach:+.4}  {share:.2}",
                    year.truth, year.believed, year.reviews, year.in_reach
                );
            }
        }
    }
    println!("\n1,000 cards, 60 days, 30 answers a day: mean true recall on the day of the exam");
    println!("learner     steps       luck    exam queue  due queue at 0.90  difference");
    for (name, learner) in
        [("default", &published as LivedMemory<'_>), ("near it", &near_the_defaults), ("forgetful", &forgetful)]
    {
        for (steps, called) in [(Steps::None, "none"), (Steps::OnTop, "on top"), (Steps::Count, "among them")] {
            for ways in [0, 4] {
                let mean = |with_exam| {
                    let recall = |seed: &u64| exam(&learner(*seed), steps, with_exam, ways, *seed);
                    seeds.iter().map(recall).sum::<f64>() / seeds.len() as f64
                };
                let (queue, due) = (mean(true), mean(false));
                let luck = if ways == 0 { "none".into() } else { format!("1 in {ways}") };
                println!("{name:<10}  {called:<10}  {luck:<6}  {queue:<10.3}  {due:<17.3}  {:+.3}", queue - due);
            }
        }
    }
}
