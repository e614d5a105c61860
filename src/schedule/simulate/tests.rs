use proptest::prelude::*;

use super::*;
use crate::memory::{Answering, Fsrs6};
use crate::model::DeckId;

fn replayer() -> Replayer<Fsrs6> {
    Replayer { model: Fsrs6::default(), prior_knowledge: 0.3, luck_aware: true, answering: Answering::USUAL }
}

fn new_cards(count: u32, guess: Guess) -> Vec<SimulatedCard> {
    (0..count)
        .map(|number| SimulatedCard {
            uid: Uuid::from_u128(u128::from(number)),
            deck: 0,
            topic: 0,
            guess,
            memory: CardMemory::NEW,
            truth: None,
        })
        .collect()
}

fn lived<'a>(
    replayer: &'a Replayer<Fsrs6>,
    habits: &'a Habits,
    settings: Settings,
    cards: u32,
    days: u32,
    seed: u64,
) -> (Simulation<'a, Fsrs6>, Vec<DayFigures>) {
    let deck = Deck { id: DeckId(1), name: "A".into() };
    let decks = vec![SimulatedDeck { deck, settings, replayer, truth: &replayer.model, new_done: 0, reviews_done: 0 }];
    let mut simulation = Simulation::new(decks, new_cards(cards, Guess::one_of(4)), habits, StudyDay(20_000), seed);
    let figures = (0..days).map(|_| simulation.day()).collect();
    (simulation, figures)
}

#[test]
fn a_seed_decides_everything() {
    let (replayer, habits) = (replayer(), Habits::default());
    let days = |seed| lived(&replayer, &habits, Settings::default(), 100, 40, seed).1;
    assert_eq!(days(1), days(1));
    assert_ne!(days(1), days(2));
}

#[test]
fn higher_retention_costs_more_and_keeps_more() {
    let (replayer, habits) = (replayer(), Habits::default());
    let cost = |retention| {
        let settings = Settings { desired_retention: retention, ..Settings::default() };
        let (simulation, days) = lived(&replayer, &habits, settings, 200, 120, 1);
        (days.iter().map(|day| day.reviews).sum::<u32>(), simulation.known_on(simulation.today()))
    };
    let (low, high) = (cost(0.80), cost(0.95));
    assert!(low.0 < high.0 && low.1 < high.1, "{low:?} {high:?}");
    assert!(high.1 > 180.0, "{high:?}");
}

#[test]
fn minutes_limit_the_days_before_an_exam_and_not_those_after() {
    let (replayer, habits) = (replayer(), Habits::default());
    let settings = Settings {
        exam: Some(StudyDay(20_030)),
        minutes_per_day: Some(5),
        learning_steps: Vec::new(),
        relearning_steps: Vec::new(),
        ..Settings::default()
    };
    let (_, days) = lived(&replayer, &habits, settings, 500, 40, 1);
    let (before, after) = days.split_at(30);
    // Times are expected ones: a day may turn out a little longer.
    assert!(before.iter().all(|day| day.seconds < 6.5 * 60.0), "{before:?}");
    assert!(after.iter().any(|day| day.seconds > 10.0 * 60.0), "{after:?}");
}

#[test]
fn before_an_exam_cards_are_asked_before_they_are_due() {
    let (replayer, habits) = (replayer(), Habits::default());
    let settings = Settings { exam: Some(StudyDay(20_030)), reviews_per_day: 10, ..Settings::default() };
    let (_, days) = lived(&replayer, &habits, settings, 5, 10, 1);
    // All five gain something on every day, due or not.
    assert!(days[1..].iter().all(|day| day.reviews == 5), "{days:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_limits_hold_on_every_day(new in 0_u32..30, reviews in 0_u32..30, ignores: bool, seed: u64, exam in prop::option::of(1_i32..40)) {
        let (replayer, habits) = (replayer(), Habits::default());
        let settings = Settings {
            new_per_day: new,
            reviews_per_day: reviews,
            new_ignores_review_limit: ignores,
            exam: exam.map(|days| StudyDay(20_000 + days)),
            ..Settings::default()
        };
        let (simulation, days) = lived(&replayer, &habits, settings, 120, 40, seed);
        for (day, number) in days.iter().zip(0..) {
            prop_assert!(day.reviews <= reviews);
            if exam.is_some_and(|exam| number < exam) {
                prop_assert!(day.new + day.reviews <= reviews);
            } else {
                prop_assert!(day.new <= new && (ignores || day.new + day.reviews <= reviews));
            }
        }
        let seen = simulation.cards().iter().filter(|card| card.truth.is_some()).count();
        prop_assert_eq!(seen as u32, days.iter().map(|day| day.new).sum::<u32>());
    }
}
