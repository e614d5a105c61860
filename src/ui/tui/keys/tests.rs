mod exam;

use super::*;
use crate::model::{Choice, Kind};
use crate::session::GivenAnswer;
use crate::session::tests::{answering, asking, choice, feedback, question, showing};
use crate::ui::tui::place::VisibleLines;

fn asked(kind: Kind, count: u8) -> Phase<'static> {
    let pinned = |place| Choice {
        pinned: true,
        pair: Some(format!("half {place}")),
        ..choice(place, &format!("choice {place}"), place == 0)
    };
    asking(showing(&question(kind, "What?", (0..count).map(pinned).collect()), 0))
}

fn place_at(phase: Phase<'_>) -> ScreenPlace {
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

fn alt(char: char) -> KeyEvent {
    KeyEvent::new(KeyCode::Char(char), KeyModifiers::ALT)
}

/// A screen of twenty lines, at the top.
fn context(phase: Phase<'_>) -> KeyContext<'_> {
    KeyContext { phase, paused: false, paper: None, visible: VisibleLines { top: 0, height: 20, chosen: None } }
}

/// What the keys lead to, one after the other, from the top of the screen.
fn after(phase: Phase<'_>, keys: &[KeyEvent]) -> (Option<Action>, ScreenPlace) {
    let stand = context(phase);
    let mut place = place_at(phase);
    let mut last = None;
    for key in keys {
        last = press(&mut place, &stand, *key);
    }
    let event = match last {
        Some(Pressed::Wish(Wish::Act(event))) => Some(event),
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

fn answer(given: GivenAnswer) -> Option<Action> {
    Some(Action::Answer { given, took_ms: None, sure: None })
}

fn picks(places: &[usize]) -> Option<Action> {
    answer(GivenAnswer::Picked(places.to_vec()))
}

#[test]
fn a_letter_answers_and_so_do_the_arrows() {
    use KeyCode::{Char, Down, Enter, Up};
    let phase = asked(Kind::Single, 3);
    assert_eq!(after(phase, &typed("b")).0, picks(&[1]));
    assert_eq!(after(phase, &codes(&[Down, Down, Enter])).0, picks(&[2]));
    assert_eq!(after(phase, &codes(&[Up, Char(' ')])).0, picks(&[2]));
    assert_eq!(after(phase, &typed("u")).0, Some(Action::Undo));
    assert_eq!(after(phase, &typed("x")).0, None);
}

#[test]
fn shift_strikes_out_and_the_arrows_pass_what_is_struck() {
    use KeyCode::{Down, Enter};
    let phase = asked(Kind::Single, 3);
    let (event, place) = after(phase, &typed("B"));
    assert_eq!((event, place.struck), (None, vec![1]));
    let keys = [typed("B"), codes(&[Down, Enter])].concat();
    assert_eq!(after(phase, &keys).0, picks(&[2]));
    assert!(after(phase, &typed("BB")).1.struck.is_empty());
}

/// The same question, where the person is asked how sure they are.
fn asking_surely(kind: Kind, count: u8) -> Phase<'static> {
    let Phase::Asking(showing) = asked(kind, count) else { unreachable!("a question is asked") };
    asking(Showing { ask_sure: true, ..showing.clone() })
}

fn surely(given: GivenAnswer) -> Option<Action> {
    Some(Action::Answer { given, took_ms: None, sure: Some(true) })
}

#[test]
fn the_same_letter_again_says_that_the_person_is_sure() {
    use KeyCode::{Char, Down, Enter};
    let phase = asking_surely(Kind::Single, 3);
    let (event, place) = after(phase, &typed("b"));
    assert_eq!((event, place.held), (None, Some(1)));
    assert_eq!(after(phase, &typed("bb")).0, surely(GivenAnswer::Picked(vec![1])));
    assert_eq!(after(phase, &[typed("b"), codes(&[Enter])].concat()).0, picks(&[1]));
    // Another letter, or an arrow, is another answer.
    assert_eq!(after(phase, &typed("bcb")).0, None);
    assert_eq!(after(phase, &typed("bcc")).0, surely(GivenAnswer::Picked(vec![2])));
    assert_eq!(after(phase, &[typed("b"), codes(&[Down, Char(' ')])].concat()).0, None);
    assert_eq!(after(phase, &codes(&[Down, Char(' '), Char(' ')])).0, surely(GivenAnswer::Picked(vec![1])));
    assert_eq!(after(phase, &[typed("b"), codes(&[Down, Enter])].concat()).0, picks(&[2]));
    assert_eq!(after(phase, &typed("bBb")).0, None, "what was struck out in between is picked anew");
}

#[test]
fn a_key_of_its_own_says_it_where_no_letter_answers() {
    use KeyCode::F;
    let sure = codes(&[F(3)]);
    assert_eq!(after(asking_surely(Kind::Multiple, 4), &typed("ca!")).0, surely(GivenAnswer::Picked(vec![2, 0])));
    assert_eq!(after(asking_surely(Kind::Order, 2), &typed("ba!")).0, surely(GivenAnswer::Picked(vec![1, 0])));
    assert_eq!(after(asking_surely(Kind::Card, 1), &typed("!")).0, surely(GivenAnswer::Revealed));
    let phase = asking_surely(Kind::Short, 1);
    assert_eq!(after(phase, &[typed("Oslo!"), sure.clone()].concat()).0, surely(GivenAnswer::Typed("Oslo!".into())));
    // Where nobody asks, these keys are none.
    assert_eq!(after(asked(Kind::Multiple, 4), &typed("ca!")).0, None);
    assert_eq!(after(asked(Kind::Single, 4), &sure).0, None);
}

#[test]
fn several_are_picked_and_put_back_before_enter() {
    let phase = asked(Kind::Multiple, 4);
    let enter = codes(&[KeyCode::Enter]);
    assert_eq!(after(phase, &[typed("ca"), enter.clone()].concat()).0, picks(&[2, 0]));
    assert_eq!(after(phase, &[typed("cac"), enter.clone()].concat()).0, picks(&[0]));
    let back = codes(&[KeyCode::Backspace]);
    assert_eq!(after(phase, &[typed("ca"), back, enter].concat()).0, picks(&[2]));
}

#[test]
fn letters_of_choices_win_over_commands() {
    let phase = asked(Kind::Single, 26);
    assert_eq!(after(phase, &typed("u")).0, picks(&[20]));
    assert_eq!(after(phase, &[control('c')]).0, Some(Action::Quit));
    let stand = context(phase);
    assert_eq!(press(&mut ScreenPlace::default(), &stand, control('z')), Some(Pressed::Suspend));
}

#[test]
fn control_with_a_letter_does_nothing_outside_of_fields() {
    for kind in [Kind::Single, Kind::Multiple, Kind::Match, Kind::Order, Kind::Card] {
        let phase = asked(kind, 5);
        for char in "abdefghijklnopqrstuvwxy 1234567".chars() {
            let (action, place) = after(phase, &[control(char)]);
            assert_eq!((action, place.page, place.picked.len()), (None, Page::Question, 0), "{kind:?} Ctrl-{char}");
            assert!(place.halves.iter().all(Option::is_none), "{kind:?} Ctrl-{char}");
            // The same where a letter is a command, or shows the choices.
            let after_escape = after(phase, &[key(KeyCode::Esc), control(char)]);
            assert_eq!((after_escape.0, after_escape.1.page), (None, Page::Question), "Escape, Ctrl-{char}");
            let mut hidden = ScreenPlace { hidden: true, ..place_at(phase) };
            assert_eq!(press(&mut hidden, &context(phase), control(char)), None, "hidden, Ctrl-{char}");
            assert!(hidden.hidden, "hidden, Ctrl-{char}");
        }
    }
    let Phase::Asking(showing) = asked(Kind::Single, 3) else { panic!("a question") };
    let answered = answering(showing.clone(), feedback(showing, &GivenAnswer::Picked(vec![0])));
    for char in "oubsq1234 ".chars() {
        assert_eq!(after(answered, &[control(char)]).0, None, "answered, Ctrl-{char}");
    }
}

#[test]
fn alt_with_a_letter_is_the_command_after_escape_and_never_an_answer() {
    for kind in [Kind::Single, Kind::Multiple, Kind::Match, Kind::Order, Kind::Card] {
        let phase = asked(kind, 5);
        for char in ('a'..='z').chain("123 ?!".chars()) {
            let escaped = after(phase, &[key(KeyCode::Esc), key(KeyCode::Char(char))]);
            let chord = after(phase, &[alt(char)]);
            assert_eq!((chord.0, chord.1.page), (escaped.0, escaped.1.page), "{kind:?} Alt-{char}");
            assert_eq!(chord.1.picked, escaped.1.picked, "{kind:?} Alt-{char}");
        }
        for code in [KeyCode::Enter, KeyCode::Tab, KeyCode::Backspace] {
            let pressed = after(phase, &[KeyEvent::new(code, KeyModifiers::ALT)]);
            assert_eq!((pressed.0, pressed.1.page), (None, Page::Question), "{kind:?} Alt-{code:?}");
        }
    }
    let phase = asked(Kind::Single, 5);
    assert_eq!(after(phase, &[alt('b')]).0, Some(Action::Bury));
    let stand = context(phase);
    assert_eq!(press(&mut place_at(phase), &stand, alt('e')), Some(Pressed::Wish(Wish::Edit)));
    // A page that waits for a word takes none with Alt or Control.
    for page in [Page::Help, Page::Leave] {
        for chord in [alt('l'), alt('y'), control('l'), control('y')] {
            let mut place = ScreenPlace { page, ..place_at(phase) };
            assert_eq!((press(&mut place, &stand, chord), place.page), (None, page), "{chord:?}");
        }
    }
}

#[test]
fn the_capital_of_undo_takes_nothing_back() {
    let Phase::Asking(showing) = asked(Kind::Single, 3) else { panic!("a question") };
    let answered = answering(showing.clone(), feedback(showing, &GivenAnswer::Picked(vec![0])));
    for (phase, keys) in [
        (asked(Kind::Single, 3), typed("U")),
        (asked(Kind::Single, 3), [codes(&[KeyCode::Esc]), typed("U")].concat()),
        (answered, typed("U")),
    ] {
        let (action, place) = after(phase, &keys);
        assert_eq!(action, None, "{keys:?}");
        assert!(place.remark.contains("`retain redo`"), "{}", place.remark);
    }
    // If the key of undo is another one, the capital is as good as the small letter.
    let mut keys = KeyMap::default();
    keys.set(ReviewCommand::Undo, 'z');
    let mut place = ScreenPlace { keys, ..place_at(asked(Kind::Single, 3)) };
    assert_eq!(press(&mut place, &context(asked(Kind::Single, 3)), key(KeyCode::Char('Z'))), Some(Action::Undo.into()));
}

#[test]
fn only_what_comes_into_sight_counts_as_moved_on() {
    let phase = asked(Kind::Single, 3);
    let visible = VisibleLines { top: 0, height: 20, chosen: Some((30, 31)) };
    let moved = |place: &mut ScreenPlace, visible, code| {
        let before = place.view();
        press(place, &KeyContext { visible, ..context(phase) }, key(code));
        place.moved_on(before)
    };
    assert!(moved(&mut place_at(phase), visible, KeyCode::Char(' ')), "it scrolled");
    assert!(moved(&mut ScreenPlace { hidden: true, ..place_at(phase) }, visible, KeyCode::Enter), "choices are shown");
    let at_hand = VisibleLines { chosen: Some((3, 4)), ..visible };
    assert!(!moved(&mut place_at(asked(Kind::Multiple, 3)), at_hand, KeyCode::Char(' ')));
}

#[test]
fn hidden_choices_are_shown_before_they_are_picked() {
    let phase = asked(Kind::Single, 3);
    let recalling = |code| {
        let stand = context(phase);
        let mut place = ScreenPlace { hidden: true, ..place_at(phase) };
        let pressed = press(&mut place, &stand, key(code));
        (pressed, place.hidden)
    };
    for code in [KeyCode::Enter, KeyCode::Char(' '), KeyCode::Char('a'), KeyCode::Char('b')] {
        assert_eq!(recalling(code), (None, false));
    }
    assert_eq!(recalling(KeyCode::Char('u')), (Some(Action::Undo.into()), true));
    assert_eq!(recalling(KeyCode::Tab), (Some(Action::Skip.into()), true));
    assert_eq!(recalling(KeyCode::Left), (None, true));
}

#[test]
fn an_answer_is_typed_and_edited_as_in_a_shell() {
    let phase = asked(Kind::Short, 1);
    let enter = codes(&[KeyCode::Enter]);
    let text = |text: &str| answer(GivenAnswer::Typed(text.into()));
    assert_eq!(after(phase, &[typed("quit? B"), enter.clone()].concat()).0, text("quit? B"));
    let keys = [typed("Pariss"), codes(&[KeyCode::Backspace, KeyCode::Home, KeyCode::Delete]), typed("p"), enter];
    assert_eq!(after(phase, &keys.concat()).0, text("paris"));
    for (keys, left) in [
        (vec![control('u')], ""),
        (vec![control('a'), control('k')], ""),
        (vec![control('w')], "one two "),
        (vec![control('h'), control('b'), control('d')], "one two thr"),
        (vec![control('a'), control('f'), control('d'), control('e'), control('h')], "oe two thre"),
        (vec![alt('b'), alt('b'), alt('d')], "one  three"),
        (vec![control('a'), alt('f'), control('k')], "one"),
        (vec![control('x'), control('o')], "one two three"),
    ] {
        let all = [typed("one two three"), keys.clone()].concat();
        let (action, place) = after(phase, &all);
        assert_eq!((action, place.line.value()), (None, left), "{keys:?}");
    }
    assert_eq!(after(phase, &[typed("x"), vec![control('c')]].concat()).0, Some(Action::Quit));
}

#[test]
fn pasted_text_goes_into_a_field_and_nowhere_else() {
    let pasted = |phase: Phase<'_>, page: Page, hidden: bool| {
        let mut place = ScreenPlace { page, hidden, ..place_at(phase) };
        let taken = paste(&mut place, &context(phase), "\na b\r\nc\td\u{1b}[31me\n");
        (taken, place.line.value().to_owned(), place.note.value().to_owned())
    };
    let words = "a b c d[31me";
    let short = asked(Kind::Short, 1);
    assert_eq!(pasted(short, Page::Question, false), (true, words.into(), String::new()));
    assert_eq!(pasted(short, Page::Note, false), (true, String::new(), words.into()));
    let nothing = (false, String::new(), String::new());
    for page in [Page::Help, Page::Commands] {
        assert_eq!(pasted(short, page, false), nothing);
    }
    for kind in [Kind::Single, Kind::Multiple, Kind::Match, Kind::Order, Kind::Card] {
        assert_eq!(pasted(asked(kind, 3), Page::Question, false), nothing, "{kind:?}");
        assert_eq!(pasted(asked(kind, 3), Page::Question, true), nothing, "{kind:?}");
    }
    let mut place = place_at(short);
    assert!(!paste(&mut place, &KeyContext { paused: true, ..context(short) }, "x"), "while it is paused");
    assert!(paste(&mut place, &context(short), &"x".repeat(100_000)));
    assert!(place.line.value().len() < 3_000, "no more than a line takes");
}

#[test]
fn every_command_works_by_the_key_that_is_shown() {
    let key_of = |name: &str| match name.strip_prefix('F') {
        Some(number) => key(KeyCode::F(number.parse().expect("a number"))),
        None => key(KeyCode::Char(name.chars().next().expect("a letter"))),
    };
    for kind in [Kind::Single, Kind::Multiple, Kind::Short, Kind::Match, Kind::Order, Kind::Card] {
        for count in [1, 2, 5, 9, 26] {
            let phase = asked(kind, count);
            let Phase::Asking(showing) = phase else { unreachable!("a question is asked") };
            for command in ReviewCommand::offered(false) {
                let mut expected = place_at(phase);
                let wish = command.pressed(&mut expected, showing);
                let shown = [key_of(&command.key(KeyMap::default(), phase))];
                let letter = command.brief(KeyMap::default()).chars().next().expect("a letter");
                for keys in [&shown[..], &[key(KeyCode::Esc), key(KeyCode::Char(letter))]] {
                    let mut place = place_at(phase);
                    let pressed = keys.iter().fold(None, |_, key| press(&mut place, &context(phase), *key));
                    assert_eq!((pressed, place.page), (wish.clone(), expected.page), "{command:?} {kind:?} {count}");
                }
            }
        }
    }
    // With five options `e` picks E, so another key edits.
    assert_eq!(ReviewCommand::Edit.key(KeyMap::default(), asked(Kind::Single, 5)), "F6");
    assert_eq!(ReviewCommand::Edit.key(KeyMap::default(), asked(Kind::Single, 4)), "e");
}

#[test]
fn commands_have_the_letters_that_the_person_gave_them() {
    let mut keys = KeyMap::default();
    assert_eq!(keys.command('U', false), Some(ReviewCommand::Undo));
    keys.set(ReviewCommand::Undo, 'z');
    keys.set(ReviewCommand::Flag, 'ж');
    let phase = asked(Kind::Single, 3);
    let after = |text: &str| {
        let mut place = ScreenPlace { keys, ..place_at(phase) };
        typed(text).into_iter().fold(None, |_, key| press(&mut place, &context(phase), key))
    };
    assert_eq!(after("z"), Some(Action::Undo.into()));
    assert_eq!(after("u"), None);
    assert_eq!((keys.command('Ж', false), keys.command('f', false)), (Some(ReviewCommand::Flag), None));
    assert_eq!(ReviewCommand::Undo.brief(keys), "z undo");
    // A letter that answers still answers, and the function key does the rest.
    keys.set(ReviewCommand::Bury, 'a');
    assert_eq!(ReviewCommand::Bury.key(keys, phase), "F7");
    assert_eq!(ReviewCommand::Bury.key(keys, asked(Kind::Card, 0)), "a");
}

#[test]
fn enter_and_space_scroll_to_the_choice_before_they_answer() {
    let phase = asked(Kind::Single, 3);
    for (code, chosen, top, scrolled) in [
        (KeyCode::Enter, (30, 31), 0, Some(18)),
        (KeyCode::Char(' '), (30, 31), 0, Some(18)),
        (KeyCode::Enter, (2, 3), 40, Some(22)),
        (KeyCode::Enter, (19, 25), 0, None),
        (KeyCode::Enter, (0, 40), 20, None),
    ] {
        let visible = VisibleLines { top, height: 20, chosen: Some(chosen) };
        let mut place = place_at(phase);
        let pressed = press(&mut place, &KeyContext { visible, ..context(phase) }, key(code));
        let answered = scrolled.is_none().then(|| picks(&[0])).flatten().map(Into::into);
        assert_eq!((pressed, place.scroll), (answered, scrolled), "{chosen:?} from {top}");
    }
    // A letter names its choice.
    let visible = VisibleLines { top: 0, height: 20, chosen: Some((30, 31)) };
    let pressed = press(&mut place_at(phase), &KeyContext { visible, ..context(phase) }, key(KeyCode::Char('b')));
    assert_eq!(pressed, picks(&[1]).map(Into::into));
}

#[test]
fn halves_are_given_by_their_numbers_and_turned_by_the_arrows() {
    let phase = asked(Kind::Match, 3);
    let enter = codes(&[KeyCode::Enter]);
    let pairs = |halves: &[usize]| answer(GivenAnswer::Paired(halves.iter().copied().enumerate().collect()));
    assert_eq!(after(phase, &[typed("213"), enter.clone()].concat()).0, pairs(&[1, 0, 2]));
    assert_eq!(after(phase, &[typed("b3"), typed("12"), enter.clone()].concat()).0, pairs(&[1, 2, 0]));
    assert_eq!(after(phase, &codes(&[KeyCode::Right, KeyCode::Right])).1.halves, [Some(1), None, None]);
}

#[test]
fn what_is_revealed_is_rated() {
    let phase = asked(Kind::Card, 1);
    assert_eq!(after(phase, &typed(" ")).0, answer(GivenAnswer::Revealed));
    let Phase::Asking(showing) = phase else { panic!("a question") };
    let feedback = feedback(showing, &GivenAnswer::Revealed);
    let phase = answering(showing.clone(), feedback);
    assert_eq!(after(phase, &typed("1")).0, Some(Action::Rate(StatedRating::Guessed)));
    assert_eq!(after(phase, &typed("o")).0, None, "nobody graded it");
}

#[test]
fn a_flag_has_a_note_and_one_key_takes_it_away() {
    let phase = asked(Kind::Single, 2);
    let enter = codes(&[KeyCode::Enter]);
    let noted = after(phase, &[typed("fcheck quickly"), enter].concat()).0;
    assert_eq!(noted, Some(Action::Flag(Some("check quickly".into()))));
    assert_eq!(after(phase, &[typed("fq"), codes(&[KeyCode::Esc])].concat()).1.page, Page::Question);
    let Phase::Asking(showing) = phase else { panic!("a question") };
    let flagged = asking(Showing { flag: Some(String::new()), ..showing.clone() });
    assert_eq!(after(flagged, &typed("f")).0, Some(Action::Flag(None)));
}

#[test]
fn the_help_takes_one_key_and_a_pause_too() {
    let phase = asked(Kind::Single, 2);
    assert_eq!(after(phase, &typed("?")).1.page, Page::Help);
    let (event, place) = after(phase, &typed("?q"));
    assert_eq!((event, place.page), (None, Page::Question));
    let stand = KeyContext { paused: true, ..context(phase) };
    assert_eq!(press(&mut place_at(phase), &stand, key(KeyCode::Char('a'))), Some(Action::Pause.into()));
}
