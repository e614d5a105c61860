use proptest::prelude::*;

use super::*;
use crate::model::{Choice, Kind};
use crate::session::tests::{choice, feedback, question, showing};

fn of(kind: Kind) -> Showing {
    let pair = |number, text: &str, half: &str| Choice { pair: Some(half.into()), ..choice(number, text, number != 1) };
    showing(&question(kind, "What?", vec![pair(0, "a", "x"), pair(1, "b", "y"), pair(2, "c", "z")]), 0)
}

#[test]
fn letters_answer_in_many_shapes() {
    for (kind, line, places) in [
        (Kind::Single, "b", vec![1]),
        (Kind::Single, "3", vec![2]),
        (Kind::Multiple, "CA", vec![2, 0]),
        (Kind::Multiple, "a, c", vec![0, 2]),
        (Kind::Multiple, "1 3", vec![0, 2]),
        (Kind::Order, "cab", vec![2, 0, 1]),
        (Kind::Order, "C A B", vec![2, 0, 1]),
    ] {
        assert_eq!(answer(line, &of(kind)), given(GivenAnswer::Picked(places)), "{line}");
    }
    for (kind, line, why) in [
        (Kind::Single, "AB", "`AB` is not an answer here."),
        (Kind::Single, "D", "`D` is not an answer here."),
        (Kind::Single, "", "Please answer with a letter."),
        (Kind::Order, "", "Please answer with the letters in their order."),
        (Kind::Match, "", "Please answer with a number for each letter, as in A2."),
        (Kind::Short, "", "Please type an answer."),
        (Kind::Card, "Oslo", "`Oslo` is not an answer here: Enter shows the answer."),
    ] {
        assert_eq!(answer(line, &of(kind)), Meaning::Unclear(why.into()), "{line}");
    }
}

#[test]
fn pairs_answer_in_many_shapes() {
    let showing = of(Kind::Match);
    for line in ["A2 B1 C3", "a2b1c3", "A-2, B-1, C-3", "C3 A2 B1", "A=2;B=1;C=3", "A -> 2 B -> 1 C -> 3"] {
        let Meaning::Wish(Wish::Act(Action::Answer { given: GivenAnswer::Paired(mut pairs), .. })) =
            answer(line, &showing)
        else {
            panic!("{line}")
        };
        pairs.sort_unstable();
        assert_eq!(pairs, [(0, 1), (1, 0), (2, 2)], "{line}");
    }
    for line in ["2 1 3", "2,1,3", "213"] {
        assert_eq!(answer(line, &showing), given(GivenAnswer::Paired(vec![(0, 1), (1, 0), (2, 2)])), "{line}");
    }
    // What is missing, the session says.
    assert_eq!(answer("A2", &showing), given(GivenAnswer::Paired(vec![(0, 1)])));
    for line in ["A", "AB", "2A", "A4", "D1", "2 1", "2134", "A2 B", "A2 ! B1", "Ax"] {
        assert_eq!(answer(line, &showing), no_answer(line), "{line}");
    }
}

#[test]
fn who_is_sure_says_so_with_the_answer() {
    let asked = |kind| Showing { ask_sure: true, ..of(kind) };
    let said = |given, sure| act(Action::Answer { given, took_ms: None, sure });
    let sure = |given| said(given, Some(true));
    for line in ["b!", "B !", ":sure b", "2!"] {
        assert_eq!(answer(line, &asked(Kind::Single)), sure(GivenAnswer::Picked(vec![1])), "{line}");
    }
    assert_eq!(answer("ca!", &asked(Kind::Multiple)), sure(GivenAnswer::Picked(vec![2, 0])));
    assert_eq!(answer("2 1 3!", &asked(Kind::Match)), sure(GivenAnswer::Paired(vec![(0, 1), (1, 0), (2, 2)])));
    assert_eq!(answer("!", &asked(Kind::Card)), sure(GivenAnswer::Revealed));
    assert_eq!(answer(":sure Oslo!", &asked(Kind::Short)), sure(GivenAnswer::Typed("Oslo!".into())));
    // A sign at its end is part of what is typed.
    assert_eq!(answer("Oslo!", &asked(Kind::Short)), said(GivenAnswer::Typed("Oslo!".into()), None));
    assert_eq!(answer("b", &asked(Kind::Single)), said(GivenAnswer::Picked(vec![1]), None));
    assert_eq!(answer("d!", &asked(Kind::Single)), no_answer("d"));
    assert_eq!(
        answer(":surely", &asked(Kind::Single)),
        Meaning::Unclear("`:surely` is not a command; `:help` lists them.".into())
    );
    // Where nobody asks, nobody is told.
    assert_eq!(answer("b!", &of(Kind::Single)), no_answer("b!"));
}

#[test]
fn commands_are_bare_where_nothing_is_typed_and_have_a_colon_everywhere() {
    for kind in [Kind::Single, Kind::Multiple, Kind::Order, Kind::Match, Kind::Card] {
        assert_eq!(answer("UNDO", &of(kind)), act(Action::Undo));
        assert_eq!(answer("?", &of(kind)), Meaning::Help);
    }
    for kind in [Kind::Short, Kind::Numeric] {
        assert_eq!(answer("undo", &of(kind)), given(GivenAnswer::Typed("undo".into())));
        assert_eq!(answer("::before", &of(kind)), given(GivenAnswer::Typed(":before".into())));
        for (line, meaning) in [
            (":undo", act(Action::Undo)),
            (":Skip", act(Action::Skip)),
            (": quit", act(Action::Quit)),
            (":pause", act(Action::Pause)),
            (":flag  not clear ", act(Action::Flag(Some("not clear".into())))),
            (":unflag", act(Action::Flag(None))),
            (":edit", Meaning::Wish(Wish::Edit)),
            (":about", Meaning::Wish(Wish::About)),
            (":help", Meaning::Help),
            (":repeat", Meaning::Repeat),
            (":dance", Meaning::Unclear("`:dance` is not a command; `:help` lists them.".into())),
        ] {
            assert_eq!(answer(line, &of(kind)), meaning, "{line}");
        }
    }
}

#[test]
fn ratings_and_what_a_person_knows_better() {
    let showing = of(Kind::Single);
    let after = |correct: bool| {
        let place = showing.choices.iter().position(|choice| choice.correct == correct).expect("a choice");
        // Of three choices two are right, so that picking one of them is wrong.
        Feedback { right: correct, ..feedback(&showing, &GivenAnswer::Picked(vec![place])) }
    };
    let rate = |verdict| act(Action::Rate(verdict));
    for (line, right, wrong) in [
        ("", rate(StatedRating::GoOn), rate(StatedRating::GoOn)),
        ("1", rate(StatedRating::Guessed), rate(StatedRating::GoOn)),
        ("again", rate(StatedRating::Guessed), rate(StatedRating::GoOn)),
        ("4", rate(StatedRating::Easy), rate(StatedRating::Easy)),
        ("o", act(Action::Overrule), act(Action::Overrule)),
        ("overrule", act(Action::Overrule), act(Action::Overrule)),
        ("5", Meaning::Unclear("`5` is not a rating.".into()), Meaning::Unclear("`5` is not a rating.".into())),
    ] {
        assert_eq!(rating(line, &after(true)), right, "{line}");
        assert_eq!(rating(line, &after(false)), wrong, "{line}");
    }
}

proptest! {
    #[test]
    fn places_exist_whatever_is_typed(line in "[ -~]{0,12}|[A-Da-d1-4 ,:=-]{0,12}|\\PC{0,8}") {
        for kind in [Kind::Single, Kind::Multiple, Kind::Order, Kind::Match, Kind::Short, Kind::Card] {
            let showing = of(kind);
            if let Meaning::Wish(Wish::Act(Action::Answer { given, .. })) = answer(line.trim(), &showing) {
                match given {
                    GivenAnswer::Picked(places) => prop_assert!(places.iter().all(|place| *place < 3)),
                    GivenAnswer::Paired(pairs) => prop_assert!(pairs.iter().all(|(a, b)| *a < 3 && *b < 3)),
                    GivenAnswer::Typed(text) => prop_assert!(!text.is_empty()),
                    GivenAnswer::Revealed => prop_assert!(line.trim().is_empty()),
                    GivenAnswer::LeftOpen => prop_assert!(false, "nobody types nothing"),
                }
            }
        }
    }
}
