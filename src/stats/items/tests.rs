use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::memory::Answered;
use crate::model::{
    Choice, Confidence, Guess, KeyOrigin, Kind, Markup, MemoryState, Question, QuestionId, Rating, Review, letter,
};
use crate::stats::{Cell, Fact};

const SLOW: u32 = 9_000;

/// An answer to a question of four options that picked these.
fn answer(right: bool, picked: &[u8]) -> Review {
    let rating = if right { Rating::Good } else { Rating::Again };
    let (picked, shown) = (picked.to_vec(), vec![3, 1, 0, 2]);
    Review { picked, shown, guess: Guess::one_of(4), took_ms: SLOW, ..Review::test(0, rating) }
}

/// Four options, the first one right.
fn single() -> ItemKey {
    ItemKey::new(300, [(0, true), (1, false), (2, false), (3, false)])
}

/// Five options, the first two right.
fn multiple() -> ItemKey {
    ItemKey::new(300, [(0, true), (1, true), (2, false), (3, false), (4, false)])
}

/// Answers that picked these options, right where they are what the key says.
fn picked(key: &ItemKey, answers: &[(&[u8], u32)]) -> ItemAnswers {
    let mut item = ItemAnswers::default();
    for (picks, times) in answers {
        let right = picks.iter().copied().collect::<ChoiceSet>() == key.correct;
        (0..*times).for_each(|_| item.add(key, &answer(right, picks), 0.8, false));
    }
    item
}

fn noted(item: &ItemAnswers, key: &ItemKey) -> Option<String> {
    note(item, key, Marks::default(), |number| letter(usize::from(number)))
}

#[test]
fn an_item_is_small() {
    assert!(size_of::<ItemAnswers>() <= 80, "{}", size_of::<ItemAnswers>());
}

#[test]
fn nothing_answered_tells_nothing() {
    let (item, key) = (ItemAnswers::default(), single());
    assert_eq!(
        (item.accuracy(), item.expected_accuracy(), item.rapid_chance(), item.first_right),
        (None, None, None, None)
    );
    assert_eq!((item.confusion(&key), item.suspect_key(&key), item.never_picked(&key)), (None, None, None));
    assert_eq!(noted(&item, &key), None);
}

#[test]
fn answers_are_counted_with_what_was_expected() {
    let (mut item, key) = (ItemAnswers::default(), single());
    item.add(&key, &answer(true, &[0]), 0.475, false);
    item.add(&key, &Review { confidence: Confidence::Guessed, rating: Rating::Again, ..answer(true, &[0]) }, 0.9, true);
    // Wrong and called a guess: it is wrong, and no more.
    item.add(&key, &Review { confidence: Confidence::Guessed, ..answer(false, &[2]) }, 0.9, true);
    item.add(&key, &answer(false, &[2]), 0.7, false);
    assert_eq!((item.answers, item.right, item.guessed, item.lapses, item.misled), (4, 2, 1, 2, 2));
    assert_eq!(item.accuracy(), Some(0.5));
    assert!((item.expected_accuracy().expect("a share") - 2.975 / 4.0).abs() < 1e-12);
}

#[test]
fn a_key_is_suspect_where_another_option_surely_wins() {
    let key = single();
    for (other, keyed, suspect) in
        [(4, 0, true), (7, 1, true), (3, 0, false), (6, 1, false), (9, 2, true), (8, 2, false)]
    {
        let item = picked(&key, &[(&[1], other), (&[0], keyed)]);
        let wanted = suspect.then_some(Rivals { keyed: 0, keyed_times: keyed, other: 1, other_times: other });
        assert_eq!(item.suspect_key(&key), wanted, "{other} to {keyed}");
    }
    let item = picked(&key, &[(&[1], 7), (&[0], 1)]);
    assert_eq!(noted(&item, &key).as_deref(), Some("check the key: B beats A, 7 to 1"));
}

#[test]
fn the_pair_that_tells_most_is_named() {
    let key = single();
    let rivals = |answers: &[(&[u8], u32)]| picked(&key, answers).suspect_key(&key).map(|rivals| rivals.other);
    assert_eq!(rivals(&[(&[1], 4), (&[3], 5)]), Some(3));
    assert_eq!(rivals(&[(&[3], 5), (&[1], 5)]), Some(1), "of equals the first in the bank");
    let turned = ItemKey::new(300, [(3, false), (1, false), (0, true)]);
    let item = picked(&turned, &[(&[1], 5), (&[3], 5)]);
    assert_eq!(item.suspect_key(&turned).map(|rivals| rivals.other), Some(3));
}

#[test]
fn of_several_right_options_one_may_be_the_wrong_one() {
    let key = multiple();
    // A and C where it should be A and B: C beats B, and A loses to nobody.
    let item = picked(&key, &[(&[0, 2], 7), (&[0, 1], 1)]);
    assert_eq!(item.suspect_key(&key), Some(Rivals { keyed: 1, keyed_times: 1, other: 2, other_times: 7 }));
    // Who picks all of them holds C for right, and not B for wrong.
    let item = picked(&key, &[(&[0, 1, 2], 9)]);
    assert_eq!((item.suspect_key(&key), item.misled), (None, 9));
    assert_eq!(item.confusion(&key), Some((2, 9)));
    // A part of what is right picks nothing wrong, and stands against C.
    let item = picked(&key, &[(&[1], 1), (&[2], 7)]);
    assert_eq!((item.misled, item.right), (7, 0));
    assert_eq!(item.suspect_key(&key), Some(Rivals { keyed: 0, keyed_times: 0, other: 2, other_times: 7 }));
    let item = picked(&key, &[(&[0, 1], 1), (&[1], 1), (&[2], 7)]);
    assert_eq!(item.suspect_key(&key), Some(Rivals { keyed: 0, keyed_times: 1, other: 2, other_times: 7 }));
}

#[test]
fn a_right_answer_without_picks_picked_what_is_right() {
    let key = single();
    let fast = |key: &ItemKey| {
        let mut item = picked(key, &[(&[1], 7)]);
        item.add(key, &answer(true, &[]), 0.8, false);
        item
    };
    assert_eq!(fast(&key), picked(&key, &[(&[1], 7), (&[0], 1)]));
    assert_eq!(fast(&key).suspect_key(&key).map(|rivals| rivals.keyed_times), Some(1));
    // Nobody knows what an imported answer picked, nor a wrong one that picked nothing.
    let mut item = picked(&key, &[(&[1], 4)]);
    item.add(&key, &Review { guess: Guess::NONE, ..answer(true, &[]) }, 0.8, false);
    item.add(&key, &answer(false, &[]), 0.8, false);
    assert_eq!(item.suspect_key(&key).map(|rivals| (rivals.other_times, rivals.keyed_times)), Some((4, 0)));
    assert_eq!((item.answers, item.right, item.misled), (6, 1, 4));
}

#[test]
fn right_and_wrong_options_are_those_of_the_key_now() {
    // Option 0 was right once, and option 1 has gone from the bank.
    let key = ItemKey::new(300, [(2, true), (0, false), (3, false)]);
    let mut item = ItemAnswers::default();
    (0..3).for_each(|_| item.add(&key, &answer(true, &[0]), 0.8, false));
    (0..4).for_each(|_| item.add(&key, &answer(false, &[1]), 0.8, false));
    assert_eq!((item.right, item.misled), (3, 3));
    assert_eq!(item.confusions(&key), [(0, 3)]);
    // An overruled answer picked what it picked.
    let mut item = ItemAnswers::default();
    item.add(&single(), &Review { overruled: true, ..answer(true, &[1]) }, 0.8, false);
    assert_eq!((item.right, item.wrong_picks(1), item.keyed), (1, 1, 0));
}

#[test]
fn a_confusion_is_picked_twice_and_the_first_in_the_bank_goes_first() {
    let key = single();
    assert_eq!(picked(&key, &[(&[1], 1), (&[2], 1)]).confusion(&key), None);
    let item = picked(&key, &[(&[0], 9), (&[1], 2), (&[2], 3), (&[3], 3)]);
    assert_eq!(item.confusions(&key), [(2, 3), (3, 3), (1, 2)]);
    let turned = ItemKey::new(300, [(3, false), (2, false), (1, false), (0, true)]);
    assert_eq!(item.confusion(&turned), Some((3, 3)));
}

#[test]
fn rapid_answers_are_guesses_where_they_are_right_by_luck_alone() {
    let rapid = |key: &ItemKey, right: &[bool], took_ms| {
        let mut item = picked(key, &[(&[0], 5)]);
        right.iter().for_each(|right| item.add(key, &Review { took_ms, ..answer(*right, &[]) }, 0.8, false));
        item
    };
    let key = single();
    let item = rapid(&key, &[true, false, false, false], 299);
    assert_eq!((item.rapid, item.rapid_right, item.rapid_chance()), (4, 1, Some(0.25)));
    assert_eq!(noted(&item, &key).as_deref(), Some("rapid guesses: 4 of 9 answers, 1 right"));
    // 2 of 3: from 0.21 on, and luck is 0.25; 3 of 3: from 0.44 on.
    assert!(rapid(&key, &[true, true, false], 1).rapid_guessing());
    assert!(!rapid(&key, &[true, true, true], 1).rapid_guessing());
    assert!(!rapid(&key, &[false, false], 1).rapid_guessing(), "of two, nothing can be told");
    // As long as it takes to read, and without a time.
    assert_eq!([300, 0].map(|took_ms| rapid(&key, &[false, false, false], took_ms).rapid), [0, 0]);
    // What cannot be guessed is guessed where nothing of it is right.
    let free = ItemKey::free(300);
    let mut item = ItemAnswers::default();
    let typed = Review { guess: Guess::NONE, took_ms: 100, ..answer(false, &[]) };
    (0..3).for_each(|_| item.add(&free, &typed, 0.8, false));
    assert_eq!(noted(&item, &free).as_deref(), Some("rapid guesses: 3 of 3 answers, 0 right"));
    item.add(&free, &Review { right: true, ..typed }, 0.8, false);
    assert_eq!(noted(&item, &free), None);
}

#[test]
fn options_that_nobody_picks_are_told_after_many_wrong_answers() {
    // Of three, (2/3)^8 = 0.039 and (2/3)^7 = 0.059.
    let key = single();
    let right: (&[u8], u32) = (&[0], 30);
    assert_eq!(picked(&key, &[(&[1], 7), right]).never_picked(&key), None);
    let item = picked(&key, &[(&[1], 8), right]);
    assert_eq!(item.never_picked(&key), Some(vec![2, 3]));
    assert_eq!(noted(&item, &key).as_deref(), Some("never picked: C D"));
    assert_eq!(picked(&key, &[(&[1], 6), (&[3], 2)]).never_picked(&key), Some(vec![2]));
    assert_eq!(picked(&key, &[(&[1], 6), (&[2], 1), (&[3], 1)]).never_picked(&key), None);
    // Of two, 1/2^5 = 0.031; of one, it is picked.
    let two = ItemKey::new(300, [(2, false), (0, true), (1, false)]);
    assert_eq!([4, 5].map(|times| picked(&two, &[(&[1], times)]).never_picked(&two)), [None, Some(vec![2])]);
    let one = ItemKey::new(300, [(0, true), (1, false)]);
    assert_eq!(picked(&one, &[(&[1], 9)]).never_picked(&one), None);
    // Several wrong options in one answer are one answer; a part of what is right is none.
    let key = multiple();
    assert_eq!(picked(&key, &[(&[2, 3], 7), (&[0], 9)]).never_picked(&key), None);
    assert_eq!(picked(&key, &[(&[2, 3], 8)]).never_picked(&key), Some(vec![4]));
}

#[test]
fn what_stands_out_is_said_in_order() {
    let key = single();
    let mut item = picked(&key, &[(&[1], 9)]);
    (0..3).for_each(|_| item.add(&key, &Review { took_ms: 10, ..answer(false, &[1]) }, 0.8, false));
    assert_eq!(
        note(&item, &key, Marks { draft: true, leech: true, surely_wrong: true }, |number| letter(usize::from(number)))
            .as_deref(),
        Some(
            "draft; leech; sure and wrong; check the key: B beats A, 12 to 0; rapid guesses: 3 of 12 answers, 0 right; never picked: C D"
        )
    );
}

fn question(kind: Kind, options: &[(u8, bool)]) -> Question {
    let choice = |(position, (number, correct)): (u8, &(u8, bool))| Choice {
        number: *number,
        position,
        text: format!("text {number}"),
        correct: *correct,
        ..Choice::default()
    };
    Question {
        id: QuestionId(1),
        uid: Uuid::from_u128(7),
        kind,
        stem: "Which?".into(),
        explanation: None,
        topic: None,
        tags: Vec::new(),
        key: KeyOrigin::Marked,
        key_rule: None,
        markup: Markup::Plain,
        choices: (0..).zip(options).map(choice).collect(),
    }
}

fn fact(review: &Review) -> Fact<'_> {
    let after = MemoryState { stability: 1.0, difficulty: 5.0 };
    let answered = Answered { elapsed_days: None, before: None, retrievability: None, known_probability: None, after };
    Fact {
        review,
        undone: false,
        answered: Some(answered),
        recall: None,
        expected: Some(0.475),
        lapse: false,
        deck: "A",
        topic: None,
        card: Uuid::nil(),
        question: Uuid::from_u128(7),
        picked: "",
        shown: "",
    }
}

fn cells(record: &ItemRecord) -> Vec<(&'static str, Cell)> {
    QUESTIONS.iter().copied().zip(question_row(record)).collect()
}

fn cell(record: &ItemRecord, column: &str) -> Cell {
    cells(record).into_iter().find(|(name, _)| *name == column).expect("a column").1
}

#[test]
fn a_question_without_answers_has_counts_and_no_shares() {
    let record = ItemRecord::new(question(Kind::Single, &[(0, true), (1, false)]), "A".into());
    assert_eq!(question_row(&record).len(), QUESTIONS.len());
    for (column, cell) in cells(&record).into_iter().skip(4) {
        let wanted = match column {
            "choices" => Cell::Int(2),
            "answers" | "right" | "guessed" | "lapses" | "rapid" | "rapid_right" => Cell::Int(0),
            _ => Cell::Empty,
        };
        assert_eq!(cell, wanted, "{column}");
    }
    let rows: Vec<_> = choice_rows(&record).collect();
    assert_eq!(rows[0].len(), CHOICES.len());
    assert_eq!(
        rows[1][2..],
        [
            Cell::Text("B".into()),
            Cell::Text("text 1".into()),
            Cell::Bool(false),
            Cell::Int(0),
            Cell::Int(0),
            Cell::Empty
        ]
    );
    let typed = ItemRecord::new(question(Kind::Short, &[(0, true)]), "A".into());
    assert_eq!((cell(&typed, "choices"), choice_rows(&typed).count()), (Cell::Empty, 0));
}

#[test]
fn a_draft_says_not_which_option_is_right() {
    let draft = Question { key: KeyOrigin::Missing, ..question(Kind::Single, &[(0, false), (1, false)]) };
    let mut record = ItemRecord::new(draft, "A".into());
    (0..9).for_each(|_| record.tally.add(&record.key, &fact(&answer(false, &[1])), true));
    assert_eq!(cell(&record, "note"), Cell::Text("draft".into()));
    assert_eq!(cell(&record, "confusion"), Cell::Empty);
    let rows: Vec<_> = choice_rows(&record).map(|row| row[4..7].to_vec()).collect();
    assert_eq!(rows[1], [Cell::Empty, Cell::Int(9), Cell::Int(9)]);
}

#[test]
fn the_first_answer_is_the_first_ever() {
    let question = question(Kind::Single, &[(0, true), (1, false), (2, false), (3, false)]);
    let add = |answers: &[(Review, bool)]| {
        let mut record = ItemRecord::new(question.clone(), "A".into());
        for (review, asked) in answers {
            let given = Fact { expected: fact(review).expected.filter(|_| !review.practice), ..fact(review) };
            record.tally.add(&record.key, &given, *asked);
        }
        record
    };
    let (right, wrong) = (answer(true, &[0]), answer(false, &[1]));
    let practice = Review { practice: true, ..wrong.clone() };
    let record = add(&[(practice.clone(), true), (right.clone(), true), (wrong.clone(), true)]);
    assert_eq!((record.tally.item.first_right, record.tally.answers(), record.tally.item.answers), (Some(true), 3, 2));
    let record = add(&[(right.clone(), false), (wrong.clone(), true), (practice, false)]);
    assert_eq!((record.tally.item.first_right, record.tally.answers()), (None, 1));
    assert_eq!(cell(&record, "first_right"), Cell::Empty);
    let mut record = add(&[]);
    record.tally.add(&record.key, &Fact { undone: true, ..fact(&wrong) }, true);
    record.tally.add(&record.key, &fact(&right), true);
    assert_eq!((cell(&record, "first_right"), cell(&record, "answers")), (Cell::Bool(true), Cell::Int(1)));
}

#[test]
fn times_have_a_middle_and_letters_are_the_banks() {
    // The option of number 0 has gone, and number 3 stands first.
    let mut record = ItemRecord::new(question(Kind::Single, &[(3, false), (1, true), (2, false)]), "A".into());
    for took_ms in [4_000, 0, 1_500, 9_000] {
        record.tally.add(&record.key, &fact(&Review { took_ms, ..answer(false, &[3]) }), true);
    }
    assert_eq!(cell(&record, "median_seconds"), Cell::Number("4".into()));
    record.tally.add(&record.key, &fact(&Review { took_ms: 3_001, ..answer(true, &[1]) }), true);
    assert_eq!(cell(&record, "median_seconds"), Cell::Number("3.5005".into()));
    assert_eq!(cell(&record, "confusion"), Cell::Text("A".into()));
    assert_eq!(cell(&record, "accuracy"), Cell::Number("0.2000".into()));
    assert_eq!(cell(&record, "expected_accuracy"), Cell::Number("0.4750".into()));
    let rows: Vec<_> = choice_rows(&record).map(|row| (row[2].clone(), row[5..].to_vec())).collect();
    assert_eq!(rows[0], (Cell::Text("A".into()), vec![Cell::Int(5), Cell::Int(4), Cell::Number("0.8000".into())]));
}

prop_compose! {
    fn an_answer()(picked in prop::collection::vec(0_u8..6, 0..4), shown in prop::collection::vec(0_u8..6, 0..6),
        right: bool, took_ms in 0_u32..600, ways in 0_u32..6) -> Review {
        Review { picked, shown, took_ms, guess: Guess::from_ways(ways), ..answer(right, &[]) }
    }
}

proptest! {
    #[test]
    fn parts_never_exceed_their_whole(answers in prop::collection::vec(an_answer(), 0..40), correct in 0_u8..64) {
        let options: Vec<(u8, bool)> = (0..6).map(|number| (number, correct & (1 << number) != 0)).collect();
        let mut record = ItemRecord::new(question(Kind::Multiple, &options), "A".into());
        for review in &answers {
            record.tally.add(&record.key, &fact(review), true);
        }
        let ItemRecord { key, tally, .. } = &record;
        let item = &tally.item;
        for number in 0..6 {
            let (shown, picked) = tally.option(number);
            prop_assert!(picked <= shown && shown <= item.answers);
            prop_assert!(item.wrong_picks(number) <= picked);
        }
        prop_assert!(item.rapid_right <= item.rapid && item.rapid <= item.answers && item.misled <= item.answers);
        if let Some(rivals) = item.suspect_key(key) {
            prop_assert!(rivals.other_times > rivals.keyed_times);
            prop_assert!(rivals.other_times + rivals.keyed_times <= item.answers);
        }
        for (number, times) in item.confusions(key) {
            prop_assert!(key.wrong.contains(number) && times >= 2 && times <= item.misled);
        }
        for (column, cell) in cells(&record).into_iter().chain(choice_rows(&record).map(|row| ("share", row[7].clone()))) {
            if let (Cell::Number(number), true) = (cell, column != "median_seconds") {
                let share: f64 = number.parse().expect("a number");
                prop_assert!((0.0..=1.0).contains(&share), "{} {}", column, number);
            }
        }
    }
}
