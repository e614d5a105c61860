//! A typed line: an answer, or the note of a flag.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::{Input, InputRequest};

use super::Pressed;
use crate::session::Event;
use crate::ui::tui::place::{Page, ScreenPlace};

/// The longest answer or note, in characters.
const LONGEST: usize = 2_000;

/// Edits the line. Returns whether the key is one for editing.
pub(super) fn edit(line: &mut Input, key: KeyEvent) -> bool {
    let words = key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
    let request = match key.code {
        KeyCode::Char('w') if words => InputRequest::DeletePrevWord,
        KeyCode::Char('k') if words => InputRequest::DeleteTillEnd,
        KeyCode::Char('a') if words => InputRequest::GoToStart,
        KeyCode::Char(_) if words => return false,
        KeyCode::Char(char) if line.value().chars().count() < LONGEST => InputRequest::InsertChar(char),
        KeyCode::Char(_) => return true,
        KeyCode::Backspace if words => InputRequest::DeletePrevWord,
        KeyCode::Backspace => InputRequest::DeletePrevChar,
        KeyCode::Delete => InputRequest::DeleteNextChar,
        KeyCode::Left if words => InputRequest::GoToPrevWord,
        KeyCode::Right if words => InputRequest::GoToNextWord,
        KeyCode::Left => InputRequest::GoToPrevChar,
        KeyCode::Right => InputRequest::GoToNextChar,
        KeyCode::Home => InputRequest::GoToStart,
        KeyCode::End => InputRequest::GoToEnd,
        _ => return false,
    };
    line.handle(request);
    true
}

/// A key while the note of a flag is typed: Enter flags the card, Escape does not.
pub(super) fn note(place: &mut ScreenPlace, key: KeyEvent) -> Option<Pressed> {
    match key.code {
        KeyCode::Enter => {
            place.page = Page::Question;
            return Some(Event::Flag(Some(place.note.value().trim().to_owned())).into());
        }
        KeyCode::Esc => place.page = Page::Question,
        _ => {
            edit(&mut place.note, key);
        }
    }
    None
}
