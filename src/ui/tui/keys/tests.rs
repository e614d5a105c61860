use super::*;
use crate::model::{Choice, Kind};
use crate::session::GivenAnswer;
use crate::session::tests::{choice, feedback, question, showing};
use crate::ui::tui::place::VisibleLines;

fn asking(kind: Kind, count: u8) -> Phase {
    let pinned = |place| Choice {
        pinned: true,
        pair: Some(format!("half {place}")),
        ..choice(place, &format!("choice {place}"), place == 0)
    };
    Phase::Asking(showing(&question(kind, "What?", (0..count).map(pinned).collect()), 0))
}

fn place_at(phase: &Phase) -> ScreenPlace {
    match phase {
        Phase::Asking(showing) | Phase::Answered(showing, _) => ScreenPlace::at(showing),
        _ => ScreenPlace::default(),
    }
}

fn key(code: KeyCode) -> KeyEvent {
    let shifted = matches!(code, KeyCode::Char(char) if char.is_uppercase());
    KeyEvent::new(code, if shifted { KeyModifiers::SHIFT } else { KeyModifiers::NONE })
}

fn control(char: char) -> KeyEvent {
    KeyEvent::new(KeyCode::Char(char), KeyModifiers::CONTROL)
}

/// What the keys lead to, one after the other, from the top of the screen.
fn after(phase: &Phase, keys: &[KeyEvent]) -> (Option<Event>, ScreenPlace) {
    let stand = KeyContext { phase, paused: false, exam: false, visible: VisibleLines { top: 0, height: 20 } };
    let mut place = place_at(phase);
    let mut last = None;
    for key in keys {
        last = press(&mut place, &stand, *key);
    }
    let event = match last {
        Some(Pressed::Wish(Wish::Event(event))) => Some(event),
        _ => None,
    };
    (event, place)
}

fn typed(text: &str) -> Vec<KeyEvent> {
    text.chars().map(|char| key(KeyCode::Char(char))).collect()
}

fn codes(codes: &[KeyCode]) -> Vec<KeyEvent> {
    codes.iter().map(|code| key(*code)).collect()
}

fn answer(given: GivenAnswer) -> Option<Event> {
    Some(Event::Answer { given, took_ms: None, sure: None })
}

fn picks(places: &[usize]) -> Option<Event> {
    answer(GivenAnswer::Picked(places.to_vec()))
}

#[test]
fn a_letter_answers_and_so_do_the_arrows() {
    use KeyCode::{Char, Down, Enter, Up};
    let phase = asking(Kind::Single, 3);
    assert_eq!(after(&phase, &typed("b")).0, picks(&[1]));
    assert_eq!(after(&phase, &codes(&[Down, Down, Enter])).0, picks(&[2]));
    assert_eq!(after(&phase, &codes(&[Up, Char(' ')])).0, picks(&[2]));
    assert_eq!(after(&phase, &typed("u")).0, Some(Event::Undo));
    assert_eq!(after(&phase, &typed("x")).0, None);
}

#[test]
fn shift_strikes_out_and_the_arrows_pass_what_is_struck() {
    use KeyCode::{Down, Enter};
    let phase = asking(Kind::Single, 3);
    let (event, place) = after(&phase, &typed("B"));
    assert_eq!((event, place.struck), (None, vec![1]));
    let keys = [typed("B"), codes(&[Down, Enter])].concat();
    assert_eq!(after(&phase, &keys).0, picks(&[2]));
    assert!(after(&phase, &typed("BB")).1.struck.is_empty());
}

/// The same question, where the person is asked how sure they are.
fn asking_surely(kind: Kind, count: u8) -> Phase {
    match asking(kind, count) {
        Phase::Asking(showing) => Phase::Asking(Showing { ask_sure: true, ..showing }),
        other => other,
    }
}

fn surely(given: GivenAnswer) -> Option<Event> {
    Some(Event::Answer { given, took_ms: None, sure: Some(true) })
}

#[test]
fn the_same_letter_again_says_that_the_person_is_sure() {
    use KeyCode::{Char, Down, Enter};
    let phase = asking_surely(Kind::Single, 3);
    let (event, place) = after(&phase, &typed("b"));
    assert_eq!((event, place.held), (None, Some(1)));
    assert_eq!(after(&phase, &typed("bb")).0, surely(GivenAnswer::Picked(vec![1])));
    assert_eq!(after(&phase, &[typed("b"), codes(&[Enter])].concat()).0, picks(&[1]));
    // Another letter, or an arrow, is another answer.
    assert_eq!(after(&phase, &typed("bcb")).0, None);
    assert_eq!(after(&phase, &typed("bcc")).0, surely(GivenAnswer::Picked(vec![2])));
    assert_eq!(after(&phase, &[typed("b"), codes(&[Down, Char(' ')])].concat()).0, None);
    assert_eq!(after(&phase, &codes(&[Down, Char(' '), Char(' ')])).0, surely(GivenAnswer::Picked(vec![1])));
    assert_eq!(after(&phase, &[typed("b"), codes(&[Down, Enter])].concat()).0, picks(&[2]));
    assert_eq!(after(&phase, &typed("bBb")).0, None, "what was struck out in between is picked anew");
}

#[test]
fn a_key_of_its_own_says_it_where_no_letter_answers() {
    use KeyCode::F;
    let sure = codes(&[F(3)]);
    assert_eq!(after(&asking_surely(Kind::Multiple, 4), &typed("ca!")).0, surely(GivenAnswer::Picked(vec![2, 0])));
    assert_eq!(after(&asking_surely(Kind::Order, 2), &typed("ba!")).0, surely(GivenAnswer::Picked(vec![1, 0])));
    assert_eq!(after(&asking_surely(Kind::Card, 1), &typed("!")).0, surely(GivenAnswer::Revealed));
    let phase = asking_surely(Kind::Short, 1);
    assert_eq!(after(&phase, &[typed("Oslo!"), sure.clone()].concat()).0, surely(GivenAnswer::Typed("Oslo!".into())));
    // Where nobody asks, these keys are none.
    assert_eq!(after(&asking(Kind::Multiple, 4), &typed("ca!")).0, None);
    assert_eq!(after(&asking(Kind::Single, 4), &sure).0, None);
}

#[test]
fn several_are_picked_and_put_back_before_enter() {
    let phase = asking(Kind::Multiple, 4);
    let enter = codes(&[KeyCode::Enter]);
    assert_eq!(after(&phase, &[typed("ca"), enter.clone()].concat()).0, picks(&[2, 0]));
    assert_eq!(after(&phase, &[typed("cac"), enter.clone()].concat()).0, picks(&[0]));
    let back = codes(&[KeyCode::Backspace]);
    assert_eq!(after(&phase, &[typed("ca"), back, enter].concat()).0, picks(&[2]));
}

#[test]
fn letters_of_choices_win_over_commands_and_control_over_both() {
    let phase = asking(Kind::Single, 26);
    assert_eq!(after(&phase, &typed("u")).0, picks(&[20]));
    assert_eq!(after(&phase, &[control('u')]).0, Some(Event::Undo));
    assert_eq!(after(&phase, &[control('c')]).0, Some(Event::Quit));
    let stand = KeyContext { phase: &phase, paused: false, exam: false, visible: VisibleLines { top: 0, height: 20 } };
    assert_eq!(press(&mut ScreenPlace::default(), &stand, control('z')), Some(Pressed::Suspend));
    assert_eq!(press(&mut ScreenPlace::default(), &stand, control('e')), Some(Pressed::Wish(Wish::Edit)));
}

#[test]
fn hidden_choices_are_shown_before_they_are_picked() {
    let phase = asking(Kind::Single, 3);
    let recalling = |code| {
        let stand =
            KeyContext { phase: &phase, paused: false, exam: false, visible: VisibleLines { top: 0, height: 20 } };
        let mut place = ScreenPlace { hidden: true, ..place_at(&phase) };
        let pressed = press(&mut place, &stand, key(code));
        (pressed, place.hidden)
    };
    for code in [KeyCode::Enter, KeyCode::Char(' '), KeyCode::Char('a'), KeyCode::Char('b')] {
        assert_eq!(recalling(code), (None, false));
    }
    assert_eq!(recalling(KeyCode::Char('u')), (Some(Event::Undo.into()), true));
    assert_eq!(recalling(KeyCode::Tab), (Some(Event::Skip.into()), true));
    assert_eq!(recalling(KeyCode::Left), (None, true));
}

#[test]
fn an_answer_is_typed_and_commands_need_control() {
    let phase = asking(Kind::Short, 1);
    let enter = codes(&[KeyCode::Enter]);
    let text = |text: &str| answer(GivenAnswer::Typed(text.into()));
    assert_eq!(after(&phase, &[typed("quit? B"), enter.clone()].concat()).0, text("quit? B"));
    let keys = [typed("Pariss"), codes(&[KeyCode::Backspace, KeyCode::Home, KeyCode::Delete]), typed("p"), enter];
    assert_eq!(after(&phase, &keys.concat()).0, text("paris"));
    assert_eq!(after(&phase, &[typed("x"), vec![control('u')]].concat()).0, Some(Event::Undo));
    assert_eq!(after(&phase, &[typed("x"), codes(&[KeyCode::Esc])].concat()).1.line.value(), "");
}

#[test]
fn halves_are_given_by_their_numbers_and_turned_by_the_arrows() {
    let phase = asking(Kind::Match, 3);
    let enter = codes(&[KeyCode::Enter]);
    let pairs = |halves: &[usize]| answer(GivenAnswer::Paired(halves.iter().copied().enumerate().collect()));
    assert_eq!(after(&phase, &[typed("213"), enter.clone()].concat()).0, pairs(&[1, 0, 2]));
    assert_eq!(after(&phase, &[typed("b3"), typed("12"), enter.clone()].concat()).0, pairs(&[1, 2, 0]));
    assert_eq!(after(&phase, &codes(&[KeyCode::Right, KeyCode::Right])).1.halves, [Some(1), None, None]);
}

#[test]
fn what_is_revealed_is_rated() {
    let phase = asking(Kind::Card, 1);
    assert_eq!(after(&phase, &typed(" ")).0, answer(GivenAnswer::Revealed));
    let Phase::Asking(showing) = phase else { panic!("a question") };
    let feedback = feedback(&showing, &GivenAnswer::Revealed);
    let phase = Phase::Answered(showing, feedback);
    assert_eq!(after(&phase, &typed("1")).0, Some(Event::Rate(StatedRating::Guessed)));
    assert_eq!(after(&phase, &typed("o")).0, None, "nobody graded it");
}

#[test]
fn a_flag_has_a_note_and_one_key_takes_it_away() {
    let phase = asking(Kind::Single, 2);
    let enter = codes(&[KeyCode::Enter]);
    let noted = after(&phase, &[typed("fcheck quickly"), enter].concat()).0;
    assert_eq!(noted, Some(Event::Flag(Some("check quickly".into()))));
    assert_eq!(after(&phase, &[typed("fq"), codes(&[KeyCode::Esc])].concat()).1.page, Page::Question);
    let Phase::Asking(mut showing) = phase else { panic!("a question") };
    showing.flag = Some(String::new());
    assert_eq!(after(&Phase::Asking(showing), &typed("f")).0, Some(Event::Flag(None)));
}

#[test]
fn the_help_takes_one_key_and_a_pause_too() {
    let phase = asking(Kind::Single, 2);
    assert_eq!(after(&phase, &typed("?")).1.page, Page::Help);
    let (event, place) = after(&phase, &typed("?q"));
    assert_eq!((event, place.page), (None, Page::Question));
    let stand = KeyContext { phase: &phase, paused: true, exam: false, visible: VisibleLines { top: 0, height: 20 } };
    assert_eq!(press(&mut place_at(&phase), &stand, key(KeyCode::Char('a'))), Some(Event::Pause.into()));
}
