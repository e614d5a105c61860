use proptest::prelude::*;

use super::*;
use crate::memory::{Answering, Fsrs6, Replayer};
use crate::model::{Deck, Settings};
use crate::schedule::{Allowance, DeckLimit, LOAD_DAYS, Load};

const TODAY: StudyDay = StudyDay(20_775);
const DECK: DeckId = DeckId(1);

fn replayer() -> Replayer<Fsrs6> {
    Replayer { model: Fsrs6::default(), prior_knowledge: 0.3, luck_aware: true, answering: Answering::USUAL }
}

/// A card of this stability that was answered `ago` days ago and is due in `due` days from today.
fn movable<'a>(
    scheduler: &'a Scheduler<'a, Fsrs6>,
    card: i64,
    stability: f32,
    ago: u32,
    due: i32,
) -> Movable<'a, Fsrs6> {
    Movable {
        card: CardId(card),
        uid: Uuid::from_u128(card as u128),
        question: QuestionId(card),
        deck: DECK,
        memory: MemoryState { stability, difficulty: 5.0 },
        repetitions: 3,
        last_day: StudyDay(TODAY.0 - ago as i32),
        due: StudyDay(TODAY.0 + due),
        scheduler,
    }
}

fn load(cards: &[Movable<'_, Fsrs6>]) -> Load {
    let mut load = Load::new([], Some(TODAY.plus(LOAD_DAYS)), Vec::new());
    cards.iter().for_each(|card| load.add(card.due));
    load
}

fn with_settings<T>(settings: &Settings, run: impl FnOnce(&Scheduler<'_, Fsrs6>) -> T) -> T {
    run(&Scheduler { replayer: &replayer(), settings, seed: 0 })
}

/// Cards after the moves.
fn after<'a>(cards: &[Movable<'a, Fsrs6>], moves: &[DueMove]) -> Vec<Movable<'a, Fsrs6>> {
    cards
        .iter()
        .map(|card| {
            let to = moves.iter().find(|shift| shift.card == card.card).map_or(card.due, |shift| shift.to);
            Movable { due: to, ..*card }
        })
        .collect()
}

fn on(cards: &[Movable<'_, Fsrs6>], day: StudyDay) -> usize {
    cards.iter().filter(|card| card.due == day).count()
}

#[test]
fn what_has_not_changed_moves_nothing_and_a_higher_retention_moves_cards_earlier() {
    with_settings(&Settings::default(), |scheduler| {
        let cards: Vec<_> = (0..80).map(|number| movable(scheduler, number, 30.0, 5, 25)).collect();
        assert_eq!(reschedule(&cards, &mut load(&cards), TODAY), []);
    });
    let strict = Settings { desired_retention: 0.96, ..Settings::default() };
    with_settings(&strict, |scheduler| {
        let cards: Vec<_> = (0..80).map(|number| movable(scheduler, number, 30.0, 5, 25)).collect();
        let moves = reschedule(&cards, &mut load(&cards), TODAY);
        assert_eq!(moves.len(), 80);
        assert!(moves.iter().all(|shift| shift.to < shift.from && shift.to >= TODAY));
        let moved = after(&cards, &moves);
        assert_eq!(reschedule(&moved, &mut load(&moved), TODAY), [], "a second time moves nothing");
    });
}

#[test]
fn rescheduling_keeps_siblings_apart_and_closes_days() {
    let closed = Settings { easy_days: [1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0], ..Settings::default() };
    with_settings(&closed, |scheduler| {
        let mut cards: Vec<_> = (0..60).map(|number| movable(scheduler, number, 30.0, 5, 25)).collect();
        for card in &mut cards {
            card.question = QuestionId(card.card.0 / 3);
        }
        let moved = after(&cards, &reschedule(&cards, &mut load(&cards), TODAY));
        assert!(moved.iter().all(|card| card.due.weekday() < 5));
        for pair in moved.iter().flat_map(|one| moved.iter().map(move |other| (one, other))) {
            assert!(pair.0.card == pair.1.card || pair.0.question != pair.1.question || pair.0.due != pair.1.due);
        }
    });
}

#[test]
fn postponing_takes_those_that_lose_least() {
    with_settings(&Settings::default(), |scheduler| {
        let cards = [
            movable(scheduler, 1, 2.0, 2, 0),
            movable(scheduler, 2, 200.0, 200, 0),
            movable(scheduler, 3, 40.0, 40, 0),
        ];
        let half = postpone(&cards, 0.34, Some(3), &mut load(&cards), TODAY);
        assert_eq!(half.iter().map(|shift| shift.card.0).collect::<Vec<_>>(), [2]);
        let all = postpone(&cards, 1.0, Some(3), &mut load(&cards), TODAY);
        let to = |card: i64| all.iter().find(|shift| shift.card.0 == card).map(|shift| shift.to.since(TODAY));
        assert_eq!([1, 2, 3].map(to), [Some(1), Some(3), Some(2)]);
        let own = postpone(&cards, 1.0, None, &mut load(&cards), TODAY);
        for shift in own {
            let interval = [0, 2, 200, 40][shift.card.0 as usize];
            let days = shift.to.since(TODAY);
            assert!(days >= (interval / 20).max(1) && days <= (interval / 10).max(1), "{shift:?}");
        }
    });
}

#[test]
fn advancing_takes_those_that_are_nearly_due() {
    with_settings(&Settings::default(), |scheduler| {
        let cards = [
            movable(scheduler, 1, 3.0, 1, 2),
            movable(scheduler, 2, 100.0, 98, 2),
            movable(scheduler, 3, 100.0, 50, 50),
            movable(scheduler, 4, 2.0, 0, 2),
        ];
        let moves = advance(&cards, 0.5, 5, TODAY);
        assert_eq!(moves, [DueMove { card: CardId(2), from: TODAY.plus(2), to: TODAY }]);
        assert_eq!(advance(&cards, 1.0, 5, TODAY).len(), 2, "neither what is far, nor what was answered today");
    });
}

#[test]
fn a_vacation_is_empty_and_the_days_around_are_level() {
    with_settings(&Settings::default(), |scheduler| {
        let cards: Vec<_> = (0..100)
            .map(|number| movable(scheduler, number, 5.0 + number as f32, 5 + number as u32, 5 + (number % 10) as i32))
            .collect();
        let (from, to) = (TODAY.plus(5), TODAY.plus(14));
        let moved = after(&cards, &vacation(&cards, from, to, &mut load(&cards), TODAY));
        assert!(moved.iter().all(|card| !(from..=to).contains(&card.due) && card.due >= TODAY));
        let days: Vec<usize> = (0..5).chain(15..25).map(|ahead| on(&moved, TODAY.plus(ahead))).collect();
        assert!(days.iter().all(|count| (6..=7).contains(count)), "{days:?}");
    });
}

#[test]
fn an_exam_is_in_no_plan_passed() {
    let exam = Settings { exam: Some(TODAY.plus(8)), ..Settings::default() };
    with_settings(&exam, |scheduler| {
        let cards: Vec<_> = (0..40).map(|number| movable(scheduler, number, 30.0, 30, (number % 6) as i32)).collect();
        let last = |moves: Vec<DueMove>| moves.iter().map(|shift| shift.to).max().unwrap_or(TODAY);
        assert!(last(vacation(&cards, TODAY.plus(2), TODAY.plus(12), &mut load(&cards), TODAY)) <= TODAY.plus(8));
        assert!(last(postpone(&cards, 1.0, Some(20), &mut load(&cards), TODAY)) <= TODAY.plus(8));
        assert!(last(reschedule(&cards, &mut load(&cards), TODAY)) <= TODAY.plus(8));
    });
}

fn rooms(per_day: u32, days: u32, cards: usize) -> Vec<DayCapacity> {
    let limit = DeckLimit {
        deck: Deck { id: DECK, name: "A".into() },
        new_per_day: 0,
        reviews_per_day: per_day,
        new_ignores_review_limit: false,
        new_done: 0,
        reviews_done: 0,
    };
    (0..days).map(|_| DayCapacity { allowance: Allowance::new(std::slice::from_ref(&limit)), cards }).collect()
}

#[test]
fn catching_up_asks_the_riskiest_today_and_holds_the_limit() {
    with_settings(&Settings::default(), |scheduler| {
        let cards: Vec<_> = (0..50).map(|number| movable(scheduler, number, 4.0 + number as f32, 30, -20)).collect();
        let (moves, left) = catch_up(&cards, &mut rooms(20, 9, usize::MAX), TODAY);
        assert_eq!((moves.len(), left), (30, 0));
        assert!(moves.iter().all(|shift| shift.card.0 >= 20), "the least stable are asked today");
        for ahead in 1..9 {
            assert!(moves.iter().filter(|shift| shift.to == TODAY.plus(ahead)).count() <= 20);
        }
        let (moves, left) = catch_up(&cards, &mut rooms(20, 2, 10), TODAY);
        assert_eq!((moves.len(), left), (10, 30));
    });
}

proptest! {
    #[test]
    fn a_second_reschedule_moves_nothing(
        cards in prop::collection::vec((0.05..400.0_f32, 0_u32..200, -30_i32..200), 1..60), per_question in 1_i64..4,
        shares in prop::array::uniform7(0.0..=1.0_f64), open in 0_usize..7, fuzz: bool, load_balance: bool, bury_siblings: bool,
        retention in 0.7..0.99_f64, maximum_interval in 1_u32..500, exam in prop::option::of(-5_i32..60),
    ) {
        let mut easy_days = shares;
        easy_days[open] = 1.0;
        let settings = Settings {
            easy_days, fuzz, load_balance, bury_siblings, desired_retention: retention, maximum_interval,
            exam: exam.map(|days| StudyDay(TODAY.0 + days)), ..Settings::default()
        };
        with_settings(&settings, |scheduler| {
            let cards: Vec<_> = (0..).zip(&cards).map(|(number, (stability, ago, due))| Movable {
                question: QuestionId(number / per_question), ..movable(scheduler, number, *stability, *ago, *due)
            }).collect();
            let moved = after(&cards, &reschedule(&cards, &mut load(&cards), TODAY));
            let again = reschedule(&moved, &mut load(&moved), TODAY);
            prop_assert!(again.is_empty(), "{again:?}");
            Ok(())
        })?;
    }

    #[test]
    fn no_plan_moves_a_card_twice_or_into_the_past(
        cards in prop::collection::vec((0.5..400.0_f32, 1_u32..300, -30_i32..60), 1..60),
        retention in 0.75..0.98_f64, maximum in 1_u32..400, exam in prop::option::of(1_u32..50), part in 0.1..1.0_f64, days in 1_u32..20,
        from in 0_u32..20, length in 0_u32..15, shares in prop::array::uniform7(0.0..=1.0_f64),
    ) {
        let settings = Settings {
            desired_retention: retention, maximum_interval: maximum, exam: exam.map(|days| TODAY.plus(days)), easy_days: shares,
            ..Settings::default()
        };
        with_settings(&settings, |scheduler| {
            let cards: Vec<_> = (0..).zip(&cards).map(|(number, (stability, ago, due))| movable(scheduler, number, *stability, *ago, *due)).collect();
            let plans = [
                reschedule(&cards, &mut load(&cards), TODAY),
                postpone(&cards, part, Some(days), &mut load(&cards), TODAY),
                postpone(&cards, part, None, &mut load(&cards), TODAY),
                advance(&cards, part, days, TODAY),
                vacation(&cards, TODAY.plus(from), TODAY.plus(from + length), &mut load(&cards), TODAY),
                catch_up(&cards, &mut rooms(5, 40, usize::MAX), TODAY).0,
            ];
            for (number, plan) in plans.iter().enumerate() {
                let mut moved: Vec<CardId> = plan.iter().map(|shift| shift.card).collect();
                moved.sort_unstable();
                moved.dedup();
                prop_assert_eq!(moved.len(), plan.len());
                for shift in plan {
                    let card = cards.iter().find(|card| card.card == shift.card).expect("a card");
                    prop_assert!(shift.to >= TODAY && shift.from == card.due && shift.to != shift.from);
                    // Where no day is left within the limits, a card is due today.
                    prop_assert!(number == 5 || shift.to <= card.latest(TODAY).max(TODAY), "plan {number}: {shift:?}");
                    prop_assert!(settings.exam.is_none_or(|exam| shift.to <= exam));
                }
            }
            Ok(())
        })?;
    }
}
