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
    match char.to_ascii_lowercase() {
        'u' => Some(Event::Undo),
        's' => Some(Event::Suspend),
        'b' => Some(Event::Bury),
        'q' => Some(Event::Quit),
        '?' => {
            place.help = true;
            None
        }
        _ => None,
    }
}
