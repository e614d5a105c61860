use super::*;
use crate::model::{Choice, Kind};
use crate::session::Showing;
use crate::session::tests::{choice, question, showing};

fn right(showing: &Showing, given: &GivenAnswer) -> bool {
    grade(showing, given).unwrap_or_else(|why| panic!("{why}")).right
}

fn typed(text: &str) -> GivenAnswer {
    GivenAnswer::Typed(text.into())
}

#[test]
fn all_that_apply_are_all_or_nothing_and_say_how_many() {
    let question = question(
        Kind::Multiple,
        "Which?",
        vec![choice(0, "a", true), choice(1, "b", false), choice(2, "c", true), choice(3, "d", false)],
    );
    let showing = showing(&question, 0);
    let place = |number: u8| showing.choices.iter().position(|choice| choice.number == number).expect("a place");
    assert!(right(&showing, &GivenAnswer::Picked(vec![place(2), place(0), place(2)])));
    let graded = grade(&showing, &GivenAnswer::Picked(vec![place(0), place(1)])).expect("an answer");
    assert_eq!((graded.right, graded.hits), (false, Some(Hits { right: 1, of: 2, wrong: 1 })));
    assert_eq!((graded.picked, graded.guess.ways()), (vec![0, 1], 15));
    assert_eq!(grade(&showing, &GivenAnswer::Picked(vec![])).err(), Some("pick at least one choice"));
    assert_eq!(grade(&showing, &GivenAnswer::Picked(vec![4])).err(), Some("there is no such choice"));
    assert_eq!(grade(&showing, &typed("a")).err(), Some("this question takes choices"));
}

#[test]
fn one_of_several_is_one() {
    let question = question(Kind::Single, "Which?", vec![choice(0, "a", true), choice(1, "b", false)]);
    let showing = showing(&question, 0);
    let place = showing.right_places()[0];
    assert!(right(&showing, &GivenAnswer::Picked(vec![place])));
    assert!(right(&showing, &GivenAnswer::Picked(vec![place, place])), "the same choice twice is one");
    assert_eq!(grade(&showing, &GivenAnswer::Picked(vec![0, 1])).err(), Some("this question takes one choice"));
}

#[test]
fn things_are_put_in_the_order_of_the_bank() {
    let question =
        question(Kind::Order, "Sort", vec![choice(0, "1", true), choice(1, "2", true), choice(2, "3", true)]);
    let showing = showing(&question, 0);
    let wanted = showing.right_places();
    assert!(right(&showing, &GivenAnswer::Picked(wanted.clone())));
    let swapped = vec![wanted[1], wanted[0], wanted[2]];
    let graded = grade(&showing, &GivenAnswer::Picked(swapped)).expect("an answer");
    assert_eq!((graded.right, graded.hits), (false, Some(Hits { right: 1, of: 3, wrong: 2 })));
    assert_eq!(graded.guess.ways(), 6);
    assert_eq!(grade(&showing, &GivenAnswer::Picked(wanted[..2].to_vec())).err(), Some("put all of them in an order"));
}

#[test]
fn halves_are_matched_by_what_they_say() {
    let pair = |number, text: &str, half: &str| Choice { pair: Some(half.into()), ..choice(number, text, true) };
    let question = question(
        Kind::Match,
        "Match",
        vec![pair(0, "Oslo", "Norway"), pair(1, "Rome", "Italy"), pair(2, "Milan", "Italy"), pair(3, "", "Spain")],
    );
    let showing = showing(&question, 0);
    let Form::Pair { halves } = &showing.form else { panic!("pairs") };
    assert_eq!((showing.choices.len(), halves.len()), (3, 3), "a half that two share stands once, a lone one too");
    let all: Vec<(usize, usize)> = showing.right_halves().into_iter().enumerate().collect();
    let graded = grade(&showing, &GivenAnswer::Paired(all.clone())).expect("an answer");
    assert!(graded.right);
    assert_eq!((graded.picked.len(), graded.shown.len()), (6, 6));
    let mut wrong = all.clone();
    wrong[0].1 = (wrong[0].1 + 1) % 3;
    let graded = grade(&showing, &GivenAnswer::Paired(wrong)).expect("an answer");
    assert_eq!((graded.right, graded.hits), (false, Some(Hits { right: 2, of: 3, wrong: 1 })));
    assert_eq!(grade(&showing, &GivenAnswer::Paired(all[..2].to_vec())).err(), Some("give every choice its match"));
    assert_eq!(grade(&showing, &GivenAnswer::Paired(vec![(0, 3)])).err(), Some("there is no such match"));
}

#[test]
fn words_are_accepted_by_the_whole_mark_and_answered_in_the_banks_words() {
    let half = Choice { weight: Some(0.5), feedback: Some("nearly".into()), ..choice(1, "Parys", true) };
    let question = question(Kind::Short, "Capital?", vec![choice(0, "Paris", true), half]);
    let showing = showing(&question, 0);
    assert!(right(&showing, &typed(" PARIS ")));
    let graded = grade(&showing, &typed("parys")).expect("an answer");
    assert_eq!((graded.right, graded.comment.as_deref()), (false, Some("nearly")));
    assert_eq!(grade(&showing, &typed("  ")).err(), Some("type an answer"));
}

#[test]
fn numbers_may_be_off_by_their_tolerance() {
    let question = question(
        Kind::Numeric,
        "Pi?",
        vec![Choice { tolerance: Some(0.01), ..choice(0, "3.14", true) }, choice(1, "*", false)],
    );
    let showing = showing(&question, 0);
    assert!(right(&showing, &typed("3,15")));
    assert!(!right(&showing, &typed("3.16")));
    assert_eq!(grade(&showing, &typed("three")).err(), Some("this question takes a number"));
}

#[test]
fn what_is_revealed_is_left_out_before() {
    let question = question(Kind::Cloze, "{{c1::Rome}} is in {{c2::Italy}}", Vec::new());
    let showing = showing(&question, 1);
    assert_eq!((showing.stem.as_str(), showing.right_texts()), ("Rome is in […]", vec!["Italy"]));
    assert!(right(&showing, &GivenAnswer::Revealed));
    assert!(grade(&showing, &typed("Italy")).is_err());
}
