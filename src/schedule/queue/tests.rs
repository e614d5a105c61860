use std::collections::{HashMap, HashSet};

use proptest::prelude::*;

use super::*;
use crate::model::{Deck, Mix, NewOrder, ReviewOrder};
use crate::schedule::DeckLimit;

const DECK: DeckId = DeckId(1);
const TODAY: StudyDay = StudyDay(100);
const ORDER: DayOrder =
    DayOrder { reviews: ReviewOrder::Risk, new: NewOrder::Bank, mix: Mix::Mixed, interleave_topics: false };

fn limit(id: i64, name: &str, new_per_day: u32, reviews_per_day: u32) -> DeckLimit {
    DeckLimit {
        deck: Deck { id: DeckId(id), name: name.into() },
        new_per_day,
        reviews_per_day,
        new_ignores_review_limit: true,
        new_done: 0,
        reviews_done: 0,
    }
}

fn allowance(new_per_day: u32, reviews_per_day: u32) -> Allowance {
    Allowance::new(&[limit(1, "A", new_per_day, reviews_per_day)])
}

fn due(card: i64, topic: i64, retrievability: f64) -> DueCard {
    DueCard {
        card: CardId(card),
        question: Some(QuestionId(card)),
        deck: DECK,
        deck_place: 0,
        topic,
        retrievability,
        difficulty: 5.0,
        due: TODAY,
        last: StudyDay(90),
        surely_wrong: false,
    }
}

fn new(card: i64, topic: i64) -> NewCard {
    NewCard { card: CardId(card), question: Some(QuestionId(card)), deck: DECK, topic, asked: false }
}

fn day(due: Vec<DueCard>, new: &[NewCard], order: DayOrder) -> Day {
    Day {
        today: TODAY,
        steps: Vec::new(),
        due,
        new: new.to_vec(),
        answered: Vec::new(),
        begun: Begun::default(),
        order,
        seed: 0,
    }
}

fn order(plan: &PlannedDay) -> Vec<i64> {
    plan.rest.iter().map(|(card, _)| card.0).collect()
}

#[test]
fn the_riskiest_come_first_and_the_limit_leaves_the_safest() {
    let cards = vec![due(1, 1, 0.9), due(2, 2, 0.5), due(3, 3, 0.7)];
    let plan = plan_day(day(cards, &[], ORDER), &mut allowance(0, 2));
    assert_eq!((order(&plan), plan.put_off), (vec![2, 3], 1));
}

#[test]
fn what_was_sure_and_wrong_comes_first() {
    let sure = |card, topic, recall| DueCard { surely_wrong: true, ..due(card, topic, recall) };
    let cards = || vec![due(1, 1, 0.5), sure(2, 2, 0.9), due(3, 1, 0.6), sure(4, 2, 0.8)];
    // Before those at a higher risk, with a place before all others, and whatever their topics; new cards come between the others.
    let turns = DayOrder { interleave_topics: true, ..ORDER };
    assert_eq!(order(&plan_day(day(cards(), &[new(9, 2)], turns), &mut allowance(1, 9))), [4, 2, 1, 9, 3]);
    assert_eq!(order(&plan_day(day(cards(), &[], ORDER), &mut allowance(0, 3))), [4, 2, 1]);
    for reviews in [ReviewOrder::Random, ReviewOrder::Deck, ReviewOrder::Difficulty, ReviewOrder::Due] {
        let plan = plan_day(day(cards(), &[], DayOrder { reviews, ..ORDER }), &mut allowance(0, 9));
        let mut first = order(&plan)[..2].to_vec();
        first.sort_unstable();
        assert_eq!(first, [2, 4], "{reviews:?}");
    }
    // Who wants new cards first has them first.
    let fresh = DayOrder { mix: Mix::NewFirst, ..ORDER };
    assert_eq!(order(&plan_day(day(cards(), &[new(9, 3)], fresh), &mut allowance(1, 9)))[..3], [9, 4, 2]);
}

#[test]
fn each_order_of_reviews_is_its_own() {
    let at = |card, deck_place, retrievability, difficulty, last, on| DueCard {
        deck_place,
        difficulty,
        due: StudyDay(on),
        last: StudyDay(last),
        ..due(card, card, retrievability)
    };
    // 20 days late after 100; 10 after 5; 1 after 1; today.
    let cards = vec![
        at(1, 1, 0.8, 3.0, -20, 80),
        at(2, 0, 0.6, 9.0, 85, 90),
        at(3, 1, 0.7, 5.0, 98, 99),
        at(4, 0, 0.9, 7.0, 60, 100),
    ];
    let plan = |reviews, most| {
        order(&plan_day(day(cards.clone(), &[], DayOrder { reviews, ..ORDER }), &mut allowance(0, most)))
    };
    assert_eq!(plan(ReviewOrder::Risk, 9), [2, 3, 1, 4]);
    assert_eq!(plan(ReviewOrder::Due, 9), [1, 2, 3, 4]);
    assert_eq!(plan(ReviewOrder::Difficulty, 9), [2, 4, 3, 1]);
    assert_eq!(plan(ReviewOrder::Deck, 9), [2, 4, 3, 1]);
    assert_eq!(plan(ReviewOrder::Overdue, 9), [2, 3, 1, 4]);
    // The order also says which cards the limit leaves out; where it prefers none, the safest wait.
    assert_eq!(plan(ReviewOrder::Due, 2), [1, 2]);
    assert_eq!(plan(ReviewOrder::Difficulty, 2), [2, 4]);
    assert_eq!(plan(ReviewOrder::Deck, 3), [2, 3, 1]);
    let mut random = plan(ReviewOrder::Random, 2);
    random.sort_unstable();
    assert_eq!(random, [2, 3]);
}

#[test]
fn overdue_counts_by_the_interval() {
    let late = |card, last, on| DueCard { last: StudyDay(last), due: StudyDay(on), ..due(card, card, 0.9) };
    // Ten days late after a hundred, three after three.
    let cards = vec![late(1, -10, 90), late(2, 94, 97)];
    let plan = plan_day(day(cards, &[], DayOrder { reviews: ReviewOrder::Overdue, ..ORDER }), &mut allowance(0, 9));
    assert_eq!(order(&plan), [2, 1]);
}

#[test]
fn any_order_holds_for_the_day_and_changes_with_it() {
    let cards: Vec<DueCard> = (0..40).map(|card| due(card, card, 0.5)).collect();
    let fresh: Vec<NewCard> = (100..140).map(|card| new(card, card)).collect();
    let any = DayOrder { reviews: ReviewOrder::Random, new: NewOrder::Random, mix: Mix::NewLast, ..ORDER };
    let plan = |cards: &[DueCard], today, seed| {
        order(&plan_day(Day { today, seed, ..day(cards.to_vec(), &fresh, any) }, &mut allowance(99, 99)))
    };
    let whole = plan(&cards, TODAY, 1);
    assert_ne!(whole[..40], (0..40).collect::<Vec<i64>>()[..]);
    assert_ne!(whole[40..], (100..140).collect::<Vec<i64>>()[..]);
    assert_ne!(plan(&cards, StudyDay(101), 1), whole);
    assert_ne!(plan(&cards, TODAY, 2), whole);
    // What is left of a day keeps its order.
    let left: Vec<i64> = whole.iter().copied().filter(|card| *card >= 10).collect();
    assert_eq!(plan(&cards[10..], TODAY, 1), left);
}

#[test]
fn new_cards_come_topic_by_topic_in_turn() {
    let fresh = [new(1, 7), new(2, 7), new(3, 7), new(4, 3), new(5, 3), new(6, 9)];
    let plan = plan_day(day(Vec::new(), &fresh, DayOrder { new: NewOrder::Topics, ..ORDER }), &mut allowance(5, 0));
    assert_eq!(order(&plan), [1, 4, 6, 2, 5]);
}

#[test]
fn new_cards_are_spread_over_the_reviews() {
    let cards: Vec<DueCard> = (1..=6).map(|card| due(card, card, card as f64 / 10.0)).collect();
    let fresh = [new(11, 11), new(12, 12)];
    let plan = |mix| order(&plan_day(day(cards.clone(), &fresh, DayOrder { mix, ..ORDER }), &mut allowance(9, 9)));
    assert_eq!(plan(Mix::Mixed), [1, 2, 11, 3, 4, 12, 5, 6]);
    assert_eq!(plan(Mix::NewFirst), [11, 12, 1, 2, 3, 4, 5, 6]);
    assert_eq!(plan(Mix::NewLast), [1, 2, 3, 4, 5, 6, 11, 12]);
}

#[test]
fn neighbours_differ_in_topic_where_possible() {
    let fresh = [new(1, 1), new(2, 1), new(3, 2), new(4, 2), new(5, 1)];
    let plan = |interleave_topics| {
        order(&plan_day(day(Vec::new(), &fresh, DayOrder { interleave_topics, ..ORDER }), &mut allowance(9, 9)))
    };
    assert_eq!(plan(true), [1, 3, 2, 4, 5]);
    assert_eq!(plan(false), [1, 2, 3, 4, 5]);
}

#[test]
fn decks_in_turn_stay_in_turn_when_topics_are_interleaved() {
    let of = |card, deck_place, topic| DueCard {
        deck_place,
        deck: DeckId(1 + deck_place as i64),
        ..due(card, topic, card as f64 / 100.0)
    };
    let cards = vec![of(1, 0, 1), of(2, 0, 1), of(3, 0, 2), of(4, 1, 1), of(5, 1, 2)];
    let decks = DayOrder { reviews: ReviewOrder::Deck, interleave_topics: true, ..ORDER };
    let mut allowance = Allowance::new(&[limit(1, "A", 9, 9), limit(2, "B", 9, 9)]);
    assert_eq!(order(&plan_day(day(cards, &[], decks), &mut allowance)), [1, 3, 2, 5, 4]);
}

#[test]
fn one_card_of_a_question_a_day() {
    let of = |card, question| DueCard { question: Some(QuestionId(question)), ..due(card, card, card as f64 / 100.0) };
    let fresh = |card, question| NewCard { question: Some(QuestionId(question)), ..new(card, card) };
    let step = |card, question, due_ms| StepCard {
        card: CardId(card),
        question: Some(QuestionId(question)),
        state: CardState::Learning,
        due_ms,
    };
    let cards = || {
        let mut day = day(
            vec![of(1, 50), of(2, 50), of(3, 51), of(4, 52)],
            &[fresh(11, 51), fresh(12, 53), fresh(13, 53), fresh(14, 54)],
            ORDER,
        );
        day.steps = vec![step(21, 52, 5), step(22, 55, 5), step(23, 55, 4)];
        day
    };
    let steps = |plan: &PlannedDay| plan.steps.iter().map(|step| step.card.0).collect::<Vec<_>>();
    let plan = plan_day(cards(), &mut allowance(9, 9));
    assert_eq!((order(&plan), steps(&plan), plan.apart), (vec![1, 12, 3, 14], vec![23, 21], 3));

    // The card that was begun today goes on; its siblings wait, also where they would have come first.
    let answered = vec![(QuestionId(55), CardId(22)), (QuestionId(50), CardId(99)), (QuestionId(54), CardId(98))];
    let plan = plan_day(Day { answered, ..cards() }, &mut allowance(9, 9));
    assert_eq!((order(&plan), steps(&plan)), (vec![3, 12], vec![21, 22]));

    // A place that a sibling does not take is another card's.
    let plan = plan_day(cards(), &mut allowance(2, 2));
    assert_eq!((order(&plan), plan.put_off), (vec![1, 12, 3, 14], 0));
}

const NAMES: [&str; 5] = ["A", "A::B", "A::B::C", "A::D", "E"];

fn an_order() -> impl Strategy<Value = DayOrder> {
    use ReviewOrder::{Deck, Difficulty, Due, Overdue, Random, Risk};
    (
        prop::sample::select(vec![Risk, Due, Random, Difficulty, Deck, Overdue]),
        prop::sample::select(vec![NewOrder::Bank, NewOrder::Random, NewOrder::Topics]),
        prop::sample::select(vec![Mix::Mixed, Mix::NewFirst, Mix::NewLast]),
        any::<bool>(),
    )
        .prop_map(|(reviews, new, mix, interleave_topics)| DayOrder { reviews, new, mix, interleave_topics })
}

proptest! {
    #[test]
    fn a_day_is_a_permutation_within_the_limits_of_every_deck(
        reviews in prop::collection::vec((0_usize..5, 0_i64..5, 0.0..1.0_f64, 0_i64..30, 0_i32..60), 0..60),
        fresh in prop::collection::vec((0_usize..5, 0_i64..5, 0_i64..30), 0..60),
        limits in prop::collection::vec((0_u32..12, 0_u32..25, any::<bool>()), 5),
        order in an_order(), siblings: bool, seed: u64,
    ) {
        let question = |number, deck: usize| siblings.then_some(QuestionId(number * 5 + deck as i64));
        let reviews: Vec<DueCard> = (0..).zip(&reviews).map(|(card, (deck, topic, recall, number, late))| DueCard {
            question: question(*number, *deck),
            deck: DeckId(*deck as i64),
            deck_place: *deck,
            due: StudyDay(TODAY.0 - late),
            last: StudyDay(TODAY.0 - late - 10),
            surely_wrong: card % 7 == 0,
            ..due(card, *topic, *recall)
        }).collect();
        let fresh: Vec<NewCard> = (1_000..).zip(&fresh).map(|(card, (deck, topic, number))| NewCard {
            question: question(*number, *deck),
            deck: DeckId(*deck as i64),
            ..new(card, *topic)
        }).collect();
        let limits: Vec<DeckLimit> = (0..).zip(NAMES).zip(limits).map(|((id, name), (new, reviews, on_top))| DeckLimit {
            new_ignores_review_limit: on_top,
            ..limit(id, name, new, reviews)
        }).collect();
        let plan = plan_day(Day { seed, ..day(reviews.clone(), &fresh, order) }, &mut Allowance::new(&limits));

        // No card twice, none that was not there, none counted wrong.
        let decks: HashMap<i64, (DeckId, Option<QuestionId>)> = reviews.iter().map(|card| (card.card.0, (card.deck, card.question)))
            .chain(fresh.iter().map(|card| (card.card.0, (card.deck, card.question)))).collect();
        let cards: HashSet<i64> = plan.rest.iter().map(|(card, _)| card.0).collect();
        prop_assert_eq!(cards.len(), plan.rest.len());
        prop_assert!(cards.iter().all(|card| decks.contains_key(card)));
        let taken = |state| plan.rest.iter().filter(|(_, other)| *other == state).count();
        prop_assert_eq!(plan.put_off + plan.apart, reviews.len() - taken(CardState::Review));

        // No question twice.
        let questions: Vec<QuestionId> = plan.rest.iter().filter_map(|(card, _)| decks[&card.0].1).collect();
        prop_assert_eq!(questions.iter().collect::<HashSet<_>>().len(), questions.len());

        // The limits of every deck hold over the decks in it.
        for limit in &limits {
            let within = |state| plan.rest.iter().filter(|(card, other)| {
                let (deck, _) = decks[&card.0];
                *other == state && limits[usize::try_from(deck.0).expect("a place")].deck.is_within(&limit.deck.name)
            }).count();
            let (new, reviews) = (within(CardState::New), within(CardState::Review));
            prop_assert!(new <= limit.new_per_day as usize);
            let counted = if limit.new_ignores_review_limit { reviews } else { reviews + new };
            prop_assert!(counted <= limit.reviews_per_day as usize);
        }
    }

    #[test]
    fn what_is_left_of_a_day_comes_as_it_would_have_come(
        reviews in prop::collection::vec((0_usize..5, 0_i64..5, 0.0..1.0_f64, 0_i64..30), 0..50),
        fresh in prop::collection::vec((0_usize..5, 0_i64..5, 0_i64..30), 0..50),
        limits in prop::collection::vec((0_u32..12, 0_u32..25, any::<bool>()), 5),
        order in an_order(), siblings: bool, cut in 0_usize..60,
    ) {
        let question = |number, deck: usize| siblings.then_some(QuestionId(number * 5 + deck as i64));
        let reviews: Vec<DueCard> = (0..).zip(&reviews).map(|(card, (deck, topic, recall, number))| DueCard {
            question: question(*number, *deck), deck: DeckId(*deck as i64), deck_place: *deck, surely_wrong: card % 7 == 0, ..due(card, *topic, *recall)
        }).collect();
        let mut fresh: Vec<NewCard> = (1_000..).zip(&fresh).map(|(card, (deck, topic, number))| NewCard {
            question: question(*number, *deck), deck: DeckId(*deck as i64), ..new(card, *topic)
        }).collect();
        fresh.sort_by_key(|card| (card.deck, card.card));
        let limits: Vec<DeckLimit> = (0..).zip(NAMES).zip(limits).map(|((id, name), (new, reviews, on_top))| DeckLimit {
            new_ignores_review_limit: on_top, ..limit(id, name, new, reviews)
        }).collect();
        let whole = plan_day(day(reviews.clone(), &fresh, order), &mut Allowance::new(&limits)).rest;

        let (asked, left) = whole.split_at(cut.min(whole.len()));
        let is_asked = |card: CardId| asked.iter().any(|(other, _)| *other == card);
        let mut spent = limits.clone();
        let mut answered = Vec::new();
        for (card, state) in asked {
            let (deck, question) = reviews.iter().map(|row| (row.card, row.deck, row.question))
                .chain(fresh.iter().map(|row| (row.card, row.deck, row.question)))
                .find(|(other, ..)| other == card).map(|(_, deck, question)| (deck, question)).expect("the card");
            let limit = spent.iter_mut().find(|limit| limit.deck.id == deck).expect("the deck");
            let done = if *state == CardState::New { &mut limit.new_done } else { &mut limit.reviews_done };
            *done += 1;
            answered.extend(question.map(|question| (question, *card)));
        }
        let topic = |card: CardId| reviews.iter().map(|row| (row.card, row.topic)).chain(fresh.iter().map(|row| (row.card, row.topic)))
            .find(|(other, _)| *other == card).map(|(_, topic)| topic);
        let begun = Begun {
            reviews: asked.iter().filter(|(_, state)| *state == CardState::Review).count(),
            new: asked.iter().filter(|(_, state)| *state == CardState::New).count(),
            last: asked.last().and_then(|(card, state)| Some((topic(*card)?, *state == CardState::New))),
        };
        let due_left: Vec<DueCard> = reviews.iter().copied().filter(|row| !is_asked(row.card)).collect();
        let new_left: Vec<NewCard> = fresh.iter().map(|row| NewCard { asked: is_asked(row.card), ..*row }).collect();
        let plan = plan_day(Day { answered, begun, ..day(due_left, &new_left, order) }, &mut Allowance::new(&spent));
        prop_assert_eq!(plan.rest, left);
    }

    #[test]
    fn over_a_backlog_the_reviews_go_to_those_with_most_to_lose(
        recalls in prop::collection::vec(0.0..1.0_f64, 1..80), most in 0_u32..60, order in an_order(),
    ) {
        prop_assume!(matches!(order.reviews, ReviewOrder::Risk | ReviewOrder::Random | ReviewOrder::Deck));
        let cards: Vec<DueCard> = (0..).zip(&recalls).map(|(card, recall)| due(card, card % 3, *recall)).collect();
        let plan = plan_day(day(cards, &[], order), &mut allowance(0, most));
        let asked: HashSet<i64> = plan.rest.iter().map(|(card, _)| card.0).collect();
        prop_assert_eq!(asked.len(), recalls.len().min(most as usize));
        let asked = &asked;
        let recall = |is_asked: bool| (0..).zip(&recalls).filter(move |(card, _)| asked.contains(card) == is_asked).map(|(_, recall)| *recall);
        let riskiest_left = recall(false).fold(1.0, f64::min);
        prop_assert!(recall(true).all(|recall| recall <= riskiest_left));
    }
}
