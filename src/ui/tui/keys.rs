//! Keys: what each means, given where the session stands and where the cursor is.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::model::Kind;
use crate::session::{Event, Phase, Showing, Verdict};

/// Where the person is on the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The choice under the cursor.
    pub(super) cursor: usize,
    /// Choices picked so far, where several may be.
    pub(super) picked: Vec<usize>,
    /// Lines scrolled past.
    pub(super) scroll: u16,
    /// Whether the choices are hidden until the answer was recalled.
    pub(super) hidden: bool,
    /// Whether the help is open.
    pub(super) help: bool,
}

/// What a key does: moves on the screen are done at once, all else is an event for the session.
pub(super) fn press(place: &mut Place, phase: &Phase, key: KeyEvent) -> Option<Event> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    if control && matches!(key.code, KeyCode::Char('c' | 'd')) {
        return Some(Event::Quit);
    }
    if place.help {
        place.help = false;
        return None;
    }
    match key.code {
        KeyCode::PageDown => place.scroll = place.scroll.saturating_add(5),
        KeyCode::PageUp => place.scroll = place.scroll.saturating_sub(5),
        _ => {
            return match phase {
                Phase::Asking(showing) if place.hidden => recall(place, showing, key, control),
                Phase::Asking(showing) => ask(place, showing, key, control),
                Phase::Answered(_, feedback) => answered(place, feedback.right, key),
                Phase::Between | Phase::Finished(_) => Some(Event::Quit),
            };
        }
    }
    None
}

fn ask(place: &mut Place, showing: &Showing, key: KeyEvent, control: bool) -> Option<Event> {
    let count = showing.choices.len();
    match key.code {
        KeyCode::Down if count > 0 => place.cursor = (place.cursor + 1) % count,
        KeyCode::Up if count > 0 => place.cursor = (place.cursor + count - 1) % count,
        KeyCode::Enter => return submit(place, showing),
        KeyCode::Char(' ') => return pick(place, showing, place.cursor),
        // A letter picks as long as a choice has it; with Control it is always a command.
        KeyCode::Char(char) => {
            let label = char.to_uppercase().to_string();
            match showing.choices.iter().position(|choice| choice.label == label) {
                Some(at) if !control => return pick(place, showing, at),
                _ => return command(place, char),
            }
        }
        KeyCode::Tab => return Some(Event::Skip),
        _ => {}
    }
    None
}

/// While the choices are hidden, a key shows them; a letter that will pick one is never a command, so that habit buries nothing.
fn recall(place: &mut Place, showing: &Showing, key: KeyEvent, control: bool) -> Option<Event> {
    match key.code {
        KeyCode::Tab => return Some(Event::Skip),
        KeyCode::Char(char) => {
            let label = char.to_uppercase().to_string();
            let picks = !control && showing.choices.iter().any(|choice| choice.label == label);
            if !picks && (command_of(char).is_some() || char == '?') {
                return command(place, char);
            }
            place.hidden = false;
        }
        KeyCode::Enter | KeyCode::Down => place.hidden = false,
        _ => {}
    }
    None
}

/// A letter answers at once, or where several may be right picks and puts back.
fn pick(place: &mut Place, showing: &Showing, at: usize) -> Option<Event> {
    place.cursor = at;
    if showing.kind != Kind::Multiple {
        return Some(Event::Pick { places: vec![at], took_ms: None });
    }
    match place.picked.iter().position(|picked| *picked == at) {
        Some(known) => {
            place.picked.remove(known);
        }
        None => place.picked.push(at),
    }
    None
}

fn submit(place: &Place, showing: &Showing) -> Option<Event> {
    let places = if showing.kind == Kind::Multiple { place.picked.clone() } else { vec![place.cursor] };
    Some(Event::Pick { places, took_ms: None })
}

fn answered(place: &mut Place, right: bool, key: KeyEvent) -> Option<Event> {
    match key.code {
        KeyCode::Enter | KeyCode::Char(' ') => Some(Event::Rate(Verdict::GoOn)),
        KeyCode::Char('1') if right => Some(Event::Rate(Verdict::Guessed)),
        KeyCode::Char('2') if right => Some(Event::Rate(Verdict::Hard)),
        KeyCode::Char('3') if right => Some(Event::Rate(Verdict::Good)),
        KeyCode::Char('4') if right => Some(Event::Rate(Verdict::Easy)),
        KeyCode::Down => {
            place.scroll = place.scroll.saturating_add(1);
            None
        }
        KeyCode::Up => {
            place.scroll = place.scroll.saturating_sub(1);
            None
        }
        KeyCode::Char(char) => command(place, char),
        _ => None,
    }
}

fn command(place: &mut Place, char: char) -> Option<Event> {
    place.help |= char == '?';
    command_of(char)
}

fn command_of(char: char) -> Option<Event> {
    match char.to_ascii_lowercase() {
        'u' => Some(Event::Undo),
        's' => Some(Event::Suspend),
        'b' => Some(Event::Bury),
        'q' => Some(Event::Quit),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::model::{CardId, CardState, KeyOrigin};
    use crate::session::{Left, ShownChoice};

    fn asking(kind: Kind, count: usize) -> Phase {
        let choice = |place| ShownChoice {
            label: crate::model::letter(place),
            bank_letter: crate::model::letter(place),
            number: place as u8,
            text: format!("choice {place}"),
            correct: place == 0,
            feedback: None,
        };
        Phase::Asking(Showing {
            card: CardId(1),
            uid: Uuid::nil(),
            deck: "A".into(),
            topic: None,
            kind,
            stem: "What?".into(),
            choices: (0..count).map(choice).collect(),
            explanation: None,
            state: CardState::New,
            left: Left::default(),
            key: KeyOrigin::Marked,
            key_rule: None,
            order_seed: 0,
            ahead: false,
            practice: false,
            recall_first: false,
            ask_rating: false,
            shown_ms: 0,
        })
    }

    /// What the keys lead to, one after the other, from the top of the screen.
    fn after(phase: &Phase, keys: &[KeyCode]) -> (Option<Event>, Place) {
        let mut place = Place::default();
        let mut last = None;
        for key in keys {
            last = press(&mut place, phase, KeyEvent::from(*key));
        }
        (last, place)
    }

    fn picks(places: &[usize]) -> Option<Event> {
        Some(Event::Pick { places: places.to_vec(), took_ms: None })
    }

    #[test]
    fn a_letter_answers_and_so_do_the_arrows() {
        use KeyCode::{Char, Down, Enter, Up};
        let phase = asking(Kind::Single, 3);
        assert_eq!(after(&phase, &[Char('b')]).0, picks(&[1]));
        assert_eq!(after(&phase, &[Char('C')]).0, picks(&[2]));
        assert_eq!(after(&phase, &[Down, Down, Enter]).0, picks(&[2]));
        assert_eq!(after(&phase, &[Up, Char(' ')]).0, picks(&[2]));
        assert_eq!(after(&phase, &[Char('u')]).0, Some(Event::Undo));
        assert_eq!(after(&phase, &[Char('x')]).0, None);
    }

    #[test]
    fn several_are_picked_and_put_back_before_enter() {
        use KeyCode::{Char, Enter};
        let phase = asking(Kind::Multiple, 4);
        assert_eq!(after(&phase, &[Char('c'), Char('a'), Enter]).0, picks(&[2, 0]));
        assert_eq!(after(&phase, &[Char('c'), Char('a'), Char('c'), Enter]).0, picks(&[0]));
    }

    #[test]
    fn letters_of_choices_win_over_commands_and_control_over_both() {
        let phase = asking(Kind::Single, 26);
        assert_eq!(after(&phase, &[KeyCode::Char('u')]).0, picks(&[20]));
        let control = KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL);
        assert_eq!(press(&mut Place::default(), &phase, control), Some(Event::Undo));
        let stop = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert_eq!(press(&mut Place::default(), &phase, stop), Some(Event::Quit));
    }

    #[test]
    fn hidden_choices_are_shown_before_they_are_picked() {
        let phase = asking(Kind::Single, 3);
        let recalling = |code| {
            let mut place = Place { hidden: true, ..Place::default() };
            let event = press(&mut place, &phase, KeyEvent::new(code, KeyModifiers::NONE));
            (event, place.hidden)
        };
        for code in [KeyCode::Enter, KeyCode::Char(' '), KeyCode::Char('a'), KeyCode::Char('b')] {
            assert_eq!(recalling(code), (None, false));
        }
        assert_eq!(recalling(KeyCode::Char('u')), (Some(Event::Undo), true));
        assert_eq!(recalling(KeyCode::Tab), (Some(Event::Skip), true));
        assert_eq!(recalling(KeyCode::Left), (None, true));
    }

    #[test]
    fn the_help_takes_one_key() {
        let phase = asking(Kind::Single, 2);
        assert!(after(&phase, &[KeyCode::Char('?')]).1.help);
        assert_eq!(after(&phase, &[KeyCode::Char('?'), KeyCode::Char('q')]), (None, Place::default()));
    }
}
