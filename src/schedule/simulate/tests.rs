use proptest::prelude::*;

use super::*;
use crate::memory::{Answering, Fsrs6};
use crate::model::DeckId;
use crate::schedule::LivedMemory;

const TODAY: StudyDay = StudyDay(20_000);
const NOW: Moment = Moment { utc_ms: 20_000 * 86_400_000 + 8 * 3_600_000, offset_minutes: 0 };

fn replayer() -> Replayer<Fsrs6> {
    Replayer { model: Fsrs6::default(), prior_knowledge: 0.3, luck_aware: true, answering: Answering::USUAL }
}

fn new_cards(count: u32, guess: Guess) -> Vec<SimulatedCard> {
    (0..count)
        .map(|number| SimulatedCard {
            uid: Uuid::from_u128(u128::from(number)),
            deck: 0,
            question: QuestionId(number.into()),
            topic: 0,
            guess,
            memory: CardMemory::NEW,
            belief: Belief::default(),
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
) -> (Simulation<'a, Fsrs6, Fsrs6>, Vec<DayWorkload>) {
    let deck = Deck { id: DeckId(1), name: "A".into() };
    let decks = vec![SimulatedDeck {
        deck,
        settings,
        replayer,
        truth: replayer,
        new_done: 0,
        reviews_done: 0,
        seconds_done: 0.0,
    }];
    let mut simulation = Simulation::new(decks, new_cards(cards, Guess::one_of(4)), habits, (NOW, TODAY), (seed, 0));
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

/// Cards in review that are due today.
fn due_cards(count: u32, settings: impl Fn(&mut SimulatedCard)) -> Vec<SimulatedCard> {
    let mut cards = new_cards(count, Guess::NONE);
    for card in &mut cards {
        let state = MemoryState { stability: 10.0, difficulty: 5.0 };
        card.memory = CardMemory {
            state: CardState::Review,
            due: Some(Due::Day(TODAY)),
            memory: Some(state),
            last_day: Some(StudyDay(TODAY.0 - 10)),
            ..CardMemory::NEW
        };
        (card.belief, card.truth) = (Belief::certain(Some(state)), Some(state));
        settings(card);
    }
    cards
}

/// The figures of so many days with these cards, and the cards after them.
fn days_of(
    cards: Vec<SimulatedCard>,
    settings: Settings,
    same_day: f64,
    days: u32,
) -> (Vec<DayWorkload>, Vec<SimulatedCard>) {
    let (replayer, habits) = (replayer(), Habits::default());
    let model = LivedMemory::new(Fsrs6::default(), same_day);
    let truth = Replayer { model, prior_knowledge: 0.0, luck_aware: true, answering: Answering::USUAL };
    let deck = Deck { id: DeckId(1), name: "A".into() };
    let decks = vec![SimulatedDeck {
        deck,
        settings,
        replayer: &replayer,
        truth: &truth,
        new_done: 0,
        reviews_done: 0,
        seconds_done: 0.0,
    }];
    let mut simulation = Simulation::new(decks, cards, &habits, (NOW, TODAY), (1, 0));
    let figures = (0..days).map(|_| simulation.day()).collect();
    (figures, simulation.cards)
}

fn with(pairs: &[(&str, &str)]) -> Settings {
    let mut settings = Settings::default();
    for (key, value) in pairs {
        settings.set(key, value).expect("a value");
    }
    settings
}

#[test]
fn a_card_waits_for_its_step_within_the_learn_ahead_time_only() {
    // Nobody knows anything before: every first answer is wrong, and all that follow today are right. After ten minutes comes the step
    // of an hour, which is longer than anybody waits: it is asked on the next day, and its answer leads out of the steps.
    let settings = with(&[("learning-steps", "10m 1h"), ("new-per-day", "50"), ("reviews-per-day", "50")]);
    let (days, _) = days_of(new_cards(50, Guess::NONE), settings, 1.0, 2);
    assert_eq!((days[0].new, days[0].learning), (50, 50));
    assert!(days[1].learning >= 50, "{days:?}");
    let settings = with(&[("learning-steps", "10m 1h"), ("new-per-day", "50"), ("learn-ahead", "2h")]);
    let (days, _) = days_of(new_cards(50, Guess::NONE), settings, 1.0, 1);
    assert_eq!((days[0].new, days[0].learning), (50, 100));
}

#[test]
fn a_learner_who_fails_within_the_day_repeats_more_steps() {
    // Each of 200 new cards is wrong at first, and in a step of one is right with probability 0.5: two answers are to be expected.
    let settings = with(&[("learning-steps", "1m"), ("new-per-day", "200"), ("reviews-per-day", "200")]);
    let (days, _) = days_of(new_cards(200, Guess::NONE), settings, 0.5, 1);
    assert!((340..=460).contains(&days[0].learning), "{days:?}");
}

#[test]
fn intervals_heed_the_work_of_the_days_ahead() {
    // Of 200 cards alike those known come back over about a week; a day of it that is crowded already takes few of them.
    let settings = with(&[("relearning-steps", "none"), ("reviews-per-day", "9999")]);
    let crowd = |spread: u32| {
        let mut cards = due_cards(200, |_| ());
        let (_, alone) = days_of(cards.clone(), settings.clone(), 1.0, 1);
        let due = |cards: &[SimulatedCard]| {
            let mut counts: HashMap<StudyDay, usize> = HashMap::new();
            cards.iter().filter_map(due_by_day).for_each(|day| *counts.entry(day).or_default() += 1);
            counts
        };
        let busiest = due(&alone)
            .into_iter()
            .filter(|(day, _)| *day > TODAY.plus(7))
            .max_by_key(|(day, count)| (*count, *day))
            .expect("a day")
            .0;
        cards.extend(due_cards(spread, |card| card.memory.due = Some(Due::Day(busiest))));
        for (number, card) in (0..).zip(&mut cards) {
            card.uid = Uuid::from_u128(number);
            card.question = QuestionId(i64::try_from(number).expect("a number"));
        }
        let (_, after) = days_of(cards, settings.clone(), 1.0, 1);
        due(&after[..200]).get(&busiest).copied().unwrap_or(0)
    };
    assert!(crowd(500) * 3 < crowd(0), "{} of {}", crowd(500), crowd(0));
}

#[test]
fn leeches_that_are_suspended_and_cards_put_away_are_not_asked() {
    // Seven lapses, and known by nobody: the eighth suspends them.
    let settings = with(&[("leech-action", "suspend"), ("relearning-steps", "none"), ("desired-retention", "0.95")]);
    let forgotten = |card: &mut SimulatedCard| {
        card.memory.lapses = 7;
        card.truth = Some(MemoryState { stability: 0.001, difficulty: 10.0 });
    };
    let (days, cards) = days_of(due_cards(50, forgotten), settings, 1.0, 60);
    let suspended = cards.iter().filter(|card| card.memory.suspended).count();
    assert!(suspended > 30, "{suspended}");
    assert!(days[10..].iter().map(|day| day.reviews).sum::<u32>() < 50, "{days:?}");
    let buried = |card: &mut SimulatedCard| card.memory.buried_until = Some(TODAY.plus(2));
    let (days, _) = days_of(due_cards(10, buried), Settings::default(), 1.0, 3);
    assert_eq!(days.iter().map(|day| day.reviews).collect::<Vec<_>>(), [0, 0, 10]);
}

#[test]
fn one_card_of_a_question_is_asked_a_day() {
    let pairs = |card: &mut SimulatedCard| card.question = QuestionId(card.question.0 / 2);
    let settings = with(&[("relearning-steps", "none")]);
    let (days, _) = days_of(due_cards(10, pairs), settings, 1.0, 2);
    assert_eq!(days.iter().map(|day| day.reviews).collect::<Vec<_>>(), [5, 5]);
    let settings = with(&[("relearning-steps", "none"), ("bury-siblings", "off")]);
    assert_eq!(days_of(due_cards(10, pairs), settings, 1.0, 1).0[0].reviews, 10);
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
