//! Keys on the home screen.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::chord::is_chord;
use super::{KeyMap, ReviewCommand, line};
use crate::ui::tui::home::{HomePage, HomePlace};

/// The effect of a key beyond the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ui::tui) enum HomeWish {
    /// To review the deck under the cursor.
    Review,
    /// To review more than today asks for.
    More,
    /// To practise all of it.
    Cram,
    Exam,
    Demo,
    /// To look through the questions; whether only those of the deck under the cursor.
    Browse {
        of_deck: bool,
    },
    Figures,
    /// To complete the path that is typed.
    Complete,
    /// To import the file of this path.
    Import(String),
    Undo {
        sure: bool,
    },
    Redo,
    Shell,
    Leave,
}

/// Letters that are this screen's own: the settings file gives them no other meaning.
const OWN: &str = "/bcdeghijklmsGU";
/// The commands of a review that this screen has too, with the letters of the settings file.
const SHARED: [ReviewCommand; 3] = [ReviewCommand::Undo, ReviewCommand::Help, ReviewCommand::Quit];

/// The keys of such a command: its letter, unless this screen has it for something else, and its function key.
pub(in crate::ui::tui) fn home_keys(command: ReviewCommand, keys: KeyMap) -> Vec<String> {
    let letter = keys.letter_beside(command, OWN).map(String::from);
    letter.into_iter().chain([format!("F{}", command.keys().1)]).collect()
}

/// Handles a key: changes the screen at once, and returns any other effect.
pub(in crate::ui::tui) fn press_home(place: &mut HomePlace, key: KeyEvent) -> Option<HomeWish> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Char('c') if control => return Some(HomeWish::Leave),
        KeyCode::Char('z') if control => return Some(HomeWish::Shell),
        _ => {}
    }
    place.notice.clear();
    if is_chord(key) && place.page != HomePage::Path {
        return None;
    }
    match &place.page {
        HomePage::Decks => decks(place, key),
        HomePage::Path => path(place, key),
        HomePage::Undo(_) => {
            place.open(HomePage::Decks);
            matches!(key.code, KeyCode::Char('y' | 'Y')).then_some(HomeWish::Undo { sure: true })
        }
        HomePage::Help | HomePage::Figures(_) => {
            if !scroll(place, key.code) {
                place.open(HomePage::Decks);
            }
            None
        }
    }
}

fn decks(place: &mut HomePlace, key: KeyEvent) -> Option<HomeWish> {
    let is_empty = place.rows.is_empty();
    let code = match key.code {
        KeyCode::Char(letter) => KeyCode::Char(place.keys.usual(letter, OWN, &SHARED)?),
        code => code,
    };
    match code {
        KeyCode::Char('q') | KeyCode::Esc | KeyCode::F(10) => return Some(HomeWish::Leave),
        KeyCode::Char('?') | KeyCode::F(1) => place.open(HomePage::Help),
        KeyCode::Char('i') => {
            place.line.reset();
            place.open(HomePage::Path);
        }
        KeyCode::Char('d') => return Some(HomeWish::Demo),
        KeyCode::Char('u') | KeyCode::F(4) => return Some(HomeWish::Undo { sure: false }),
        KeyCode::Char('U') => return Some(HomeWish::Redo),
        KeyCode::Enter | KeyCode::Char('/' | 'b' | 's' | 'e' | 'm' | 'c') if is_empty => {
            place.notice = "there are no questions yet: i imports some".into();
        }
        // Without decks there is a text, which may be longer than the screen.
        code if is_empty && scroll(place, code) => {}
        KeyCode::Enter => return Some(HomeWish::Review),
        KeyCode::Char('m') => return Some(HomeWish::More),
        KeyCode::Char('c') => return Some(HomeWish::Cram),
        KeyCode::Char('e') => return Some(HomeWish::Exam),
        KeyCode::Char('s') => return Some(HomeWish::Figures),
        KeyCode::Char('/') => return Some(HomeWish::Browse { of_deck: false }),
        KeyCode::Char('b') => return Some(HomeWish::Browse { of_deck: true }),
        KeyCode::Down | KeyCode::Char('j') => place.step(1),
        KeyCode::Up | KeyCode::Char('k') => place.step(-1),
        KeyCode::PageDown => place.step(place.leap()),
        KeyCode::PageUp => place.step(-place.leap()),
        KeyCode::Home | KeyCode::Char('g') => place.step(isize::MIN),
        KeyCode::End | KeyCode::Char('G') => place.step(isize::MAX),
        KeyCode::Left | KeyCode::Char('h') => place.fold(),
        KeyCode::Right | KeyCode::Char('l') => place.unfold(),
        _ => {}
    }
    None
}

/// A key while the path of a bank is typed.
fn path(place: &mut HomePlace, key: KeyEvent) -> Option<HomeWish> {
    match key.code {
        KeyCode::Enter => {
            let path = place.line.value().trim().to_owned();
            place.open(HomePage::Decks);
            return (!path.is_empty()).then_some(HomeWish::Import(path));
        }
        KeyCode::Tab => return Some(HomeWish::Complete),
        KeyCode::Esc => place.open(HomePage::Decks),
        _ => line::edit(&mut place.line, key),
    }
    None
}

fn scroll(place: &mut HomePlace, code: KeyCode) -> bool {
    let leap = i32::from(place.text_height.saturating_sub(2).max(1));
    match code {
        KeyCode::Down | KeyCode::Char('j') => place.scroll_by(1),
        KeyCode::Up | KeyCode::Char('k') => place.scroll_by(-1),
        KeyCode::PageDown | KeyCode::Char(' ') => place.scroll_by(leap),
        KeyCode::PageUp => place.scroll_by(-leap),
        KeyCode::Home => place.scroll = 0,
        KeyCode::End => place.scroll = u16::MAX,
        _ => return false,
    }
    true
}

/// Text that was pasted: it goes into the path, and is ignored elsewhere.
pub(in crate::ui::tui) fn paste_home(place: &mut HomePlace, text: &str) {
    if place.page == HomePage::Path {
        line::paste(&mut place.line, text);
    } else {
        place.notice = "pasted text is ignored here".into();
    }
}
