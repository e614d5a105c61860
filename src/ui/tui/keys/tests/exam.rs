//! The keys of a mock exam.

use super::*;
use crate::session::tests::paper;
use crate::session::{ExamAction, Paper, Turn};

fn ten() -> &'static Paper {
    paper(10, &[0, 1], &[], 3)
}

fn in_exam<'a>(phase: Phase<'a>, paper: &'a Paper) -> KeyContext<'a> {
    KeyContext { paper: Some(paper), ..context(phase) }
}

/// What the keys lead to at the fourth of ten questions.
fn pressed(phase: Phase<'_>, keys: &[KeyEvent]) -> (Option<Pressed>, ScreenPlace) {
    let mut place = match phase {
        Phase::Overview(paper) => ScreenPlace::in_list(paper),
        phase => place_at(phase),
    };
    let pressed = keys.iter().fold(None, |_, key| press(&mut place, &in_exam(phase, ten()), *key));
    (pressed, place)
}

fn turn(to: Turn, given: Option<GivenAnswer>) -> Option<Pressed> {
    Some(Action::Exam(ExamAction::Turn { to, given }).into())
}

fn mark(index: Option<usize>) -> Option<Pressed> {
    Some(Action::Exam(ExamAction::Mark(index)).into())
}

const KINDS: [Kind; 5] = [Kind::Single, Kind::Multiple, Kind::Short, Kind::Match, Kind::Order];

#[test]
fn every_command_of_an_exam_works_by_the_key_that_is_shown() {
    let key_of = |name: &str| match name.strip_prefix('F') {
        Some(number) => key(KeyCode::F(number.parse().expect("a number"))),
        None => key(KeyCode::Char(name.chars().next().expect("a letter"))),
    };
    for kind in KINDS {
        for count in [1, 2, 5, 14, 26] {
            let phase = asked(kind, count);
            let expected = |command: ReviewCommand| match command {
                ReviewCommand::Next => (turn(Turn::Next, None), Page::Question),
                ReviewCommand::Back => (turn(Turn::Previous, None), Page::Question),
                ReviewCommand::HandIn => (turn(Turn::Overview, None), Page::Question),
                ReviewCommand::Mark => (mark(None), Page::Question),
                ReviewCommand::List => (None, Page::List),
                ReviewCommand::Undo => (Some(Action::Undo.into()), Page::Question),
                ReviewCommand::Flag => (None, Page::Note),
                ReviewCommand::Quit => (None, Page::Leave),
                ReviewCommand::Help => (None, Page::Help),
                other => panic!("{other:?} is none of an exam"),
            };
            for command in ReviewCommand::offered(true) {
                let letter = command.brief(KeyMap::default()).chars().next().expect("a letter");
                let shown = [key_of(&command.key(KeyMap::default(), phase))];
                for keys in [&shown[..], &[key(KeyCode::Esc), key(KeyCode::Char(letter))]] {
                    let (pressed, place) = pressed(phase, keys);
                    assert_eq!((pressed, place.page), expected(*command), "{command:?} {kind:?} {count}");
                }
            }
        }
        let phase = asked(kind, 4);
        assert_eq!(pressed(phase, &[control('n')]).0, turn(Turn::Next, None), "{kind:?}");
        assert_eq!(pressed(phase, &[control('p')]).0, turn(Turn::Previous, None), "{kind:?}");
    }
}

#[test]
fn what_is_complete_goes_along_when_the_page_is_turned() {
    let next = [control('n')];
    let after = |phase, keys: &[KeyEvent]| pressed(phase, &[keys, &next].concat()).0;
    let typed_in = GivenAnswer::Typed("two".into());
    assert_eq!(after(asked(Kind::Short, 1), &typed("two")), turn(Turn::Next, Some(typed_in)));
    let picked = |places: &[usize]| Some(GivenAnswer::Picked(places.to_vec()));
    assert_eq!(after(asked(Kind::Multiple, 4), &typed("ca")), turn(Turn::Next, picked(&[2, 0])));
    assert_eq!(after(asked(Kind::Order, 3), &typed("bca")), turn(Turn::Next, picked(&[1, 2, 0])));
    let answered = |given| Some(Action::Answer { given, took_ms: None, sure: None }.into());
    let tab = |kind, count, keys: &str| pressed(asked(kind, count), &[typed(keys), codes(&[KeyCode::Tab])].concat()).0;
    assert_eq!(tab(Kind::Multiple, 4, "ca"), answered(GivenAnswer::Picked(vec![2, 0])));
    assert_eq!(tab(Kind::Multiple, 4, ""), Some(Action::Skip.into()));
    assert_eq!(tab(Kind::Single, 4, ""), Some(Action::Skip.into()));
    // The cursor alone picks nothing, and half an order is none.
    assert_eq!(after(asked(Kind::Single, 4), &codes(&[KeyCode::Down])), turn(Turn::Next, None));
    assert_eq!(after(asked(Kind::Order, 3), &typed("bc")), turn(Turn::Next, None));
    let from_list = [typed("ca"), typed("l"), typed("7"), codes(&[KeyCode::Enter])].concat();
    assert_eq!(pressed(asked(Kind::Multiple, 4), &from_list).0, turn(Turn::To(6), picked(&[2, 0])));
}

#[test]
fn what_was_done_to_a_question_is_there_when_the_person_comes_back() {
    let Phase::Asking(showing) = asked(Kind::Order, 3) else { unreachable!("a question is asked") };
    let draft = pressed(asked(Kind::Order, 3), &[typed("bc"), typed("l")].concat()).1;
    let back = ScreenPlace::with_draft(showing, Some(draft.clone()));
    assert_eq!((back.page, back.picked), (Page::Question, vec![1, 2]));
    let answered = Showing { given: Some(GivenAnswer::Picked(vec![0, 1, 2])), ..showing.clone() };
    assert_eq!(ScreenPlace::with_draft(&answered, Some(draft)).picked, [0, 1, 2], "an answer wins");
    let struck = pressed(asked(Kind::Single, 3), &typed("B")).1;
    assert_eq!(ScreenPlace::with_draft(&answered, Some(struck)).struck, [1]);
}

#[test]
fn the_list_is_walked_by_arrows_and_by_numbers() {
    use KeyCode::{Backspace, Down, End, Enter, Esc, Home, PageDown, Up};
    let phase = asked(Kind::Single, 4);
    let in_list = |keys: &[KeyEvent]| pressed(phase, &[&typed("l")[..], keys].concat());
    for (keys, row) in [
        (vec![], 3),
        (codes(&[Down, Down, Up]), 4),
        (codes(&[Home, Up]), 0),
        (codes(&[End, Down]), 9),
        (codes(&[PageDown]), 9),
        (typed("8"), 7),
        (typed("10"), 9),
        (typed("11"), 0),
        (typed("0"), 3),
        ([typed("1"), codes(&[Backspace]), typed("2")].concat(), 1),
    ] {
        let (pressed, place) = in_list(&keys);
        assert_eq!((pressed, place.row, place.page), (None, row, Page::List), "{keys:?}");
    }
    assert_eq!(in_list(&codes(&[Enter])).0, turn(Turn::To(3), None));
    assert_eq!(in_list(&typed("9m")).0, mark(Some(8)));
    assert_eq!(in_list(&typed("h")).0, turn(Turn::Overview, None));
    assert_eq!(in_list(&typed("u")).0, Some(Action::Undo.into()));
    for back in [codes(&[Esc]), typed("l")] {
        let (pressed, place) = in_list(&back);
        assert_eq!((pressed, place.page), (None, Page::Question));
    }
    assert_eq!(in_list(&typed("y")).0, None, "nothing is handed in by accident");
    assert_eq!(in_list(&typed("q")).1.page, Page::Leave);
    assert_eq!(in_list(&typed("?")).1.page, Page::Help);
}

#[test]
fn the_end_asks_whether_to_hand_in() {
    let end = Phase::Overview(ten());
    let hand_in = Some(Action::Exam(ExamAction::HandIn).into());
    assert_eq!(pressed(end, &typed("y")).0, hand_in);
    for back in [typed("n"), typed("p"), codes(&[KeyCode::Esc])] {
        assert_eq!(pressed(end, &back).0, turn(Turn::Previous, None), "{back:?}");
    }
    assert_eq!(pressed(end, &[typed("6"), codes(&[KeyCode::Enter])].concat()).0, turn(Turn::To(5), None));
    for other in [typed("h"), typed("l"), typed("x"), typed("f"), codes(&[KeyCode::Tab])] {
        assert_eq!(pressed(end, &other).0, None, "{other:?}");
    }
    assert_eq!(pressed(end, &typed("ql")).0, Some(Action::Quit.into()));
    let (asked, place) = pressed(end, &typed("qh"));
    assert_eq!((asked, place.page), (None, Page::Question), "it is asked there already");
}

#[test]
fn an_exam_asks_before_it_is_left() {
    let phase = asked(Kind::Single, 3);
    let leaving = |keys: &[KeyEvent]| {
        let (pressed, place) = pressed(phase, keys);
        (pressed, place.page)
    };
    let (q, esc) = (key(KeyCode::Char('q')), key(KeyCode::Esc));
    for first in [&[q][..], &[control('c')], &[key(KeyCode::F(10))], &[esc, q]] {
        assert_eq!(leaving(first), (None, Page::Leave), "{first:?}");
        assert_eq!(leaving(&[first, &typed("l")].concat()).0, turn(Turn::Leave, None), "what is picked is kept");
        assert_eq!(leaving(&[first, &[control('c')]].concat()).0, turn(Turn::Leave, None), "twice");
        assert_eq!(leaving(&[first, &typed("h")].concat()).0, turn(Turn::Overview, None));
        for other in [q, esc, key(KeyCode::Enter), key(KeyCode::Char('a'))] {
            assert_eq!(leaving(&[first, &[other]].concat()), (None, Page::Question), "{other:?}");
        }
    }
    // What is typed is kept by both ways out.
    let typed_in = || turn(Turn::Leave, Some(GivenAnswer::Typed("206".into())));
    for out in [control('c'), key(KeyCode::Char('l'))] {
        assert_eq!(pressed(asked(Kind::Short, 1), &[&typed("206")[..], &[control('c'), out]].concat()).0, typed_in());
    }
    assert_eq!(pressed(Phase::Overview(ten()), &[control('c'), control('c')]).0, Some(Action::Quit.into()));
}

#[test]
fn a_letter_that_strikes_out_says_so() {
    let remark = |keys: &str| pressed(asked(Kind::Single, 3), &typed(keys)).1.remark;
    assert_eq!(remark("B"), "B is struck out (Shift or Caps Lock); a small b picks it");
    assert_eq!(remark("BB"), "B is no longer struck out");
    assert_eq!(remark("Bl"), "", "until the next key");
}
