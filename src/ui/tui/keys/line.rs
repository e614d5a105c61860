//! A typed line: an answer, or the note of a flag.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::{Input, InputRequest};

use super::Pressed;
use crate::session::Action;
use crate::ui::tui::place::{Page, ScreenPlace};

/// The longest answer or note, in characters.
const LONGEST: usize = 2_000;

/// Edits the line, with the keys of readline.
pub(super) fn edit(line: &mut Input, key: KeyEvent) {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    let words = control || alt;
    let request = match key.code {
        KeyCode::Char(char) if control && !alt => match char.to_ascii_lowercase() {
            'a' => InputRequest::GoToStart,
            'e' => InputRequest::GoToEnd,
            'b' => InputRequest::GoToPrevChar,
            'f' => InputRequest::GoToNextChar,
            'u' => InputRequest::DeleteFromStart,
            'k' => InputRequest::DeleteTillEnd,
            'w' => InputRequest::DeletePrevWord,
            'h' => InputRequest::DeletePrevChar,
            'd' => InputRequest::DeleteNextChar,
            'y' => InputRequest::Yank,
            _ => return,
        },
        KeyCode::Char(char) if alt && !control => match char.to_ascii_lowercase() {
            'b' => InputRequest::GoToPrevWord,
            'f' => InputRequest::GoToNextWord,
            'd' => InputRequest::DeleteNextWord,
            _ => return,
        },
        // Some keyboards write with Control and Alt together.
        KeyCode::Char(char) if line.value().chars().count() < LONGEST => InputRequest::InsertChar(char),
        KeyCode::Char(_) => return,
        KeyCode::Backspace if words => InputRequest::DeletePrevWord,
        KeyCode::Backspace => InputRequest::DeletePrevChar,
        KeyCode::Delete => InputRequest::DeleteNextChar,
        KeyCode::Left if words => InputRequest::GoToPrevWord,
        KeyCode::Right if words => InputRequest::GoToNextWord,
        KeyCode::Left => InputRequest::GoToPrevChar,
        KeyCode::Right => InputRequest::GoToNextChar,
        KeyCode::Home => InputRequest::GoToStart,
        KeyCode::End => InputRequest::GoToEnd,
        _ => return,
    };
    line.handle(request);
}

/// Inserts pasted text at the cursor. A line has no breaks, and takes no more than its length.
pub(super) fn paste(line: &mut Input, text: &str) {
    let room = LONGEST.saturating_sub(line.value().chars().count());
    let shown = text.trim_matches(['\n', '\r']).replace("\r\n", " ").replace(['\n', '\r', '\t'], " ");
    for char in shown.chars().filter(|char| !char.is_control()).take(room) {
        line.handle(InputRequest::InsertChar(char));
    }
}

/// A key while the note of a flag is typed: Enter flags the card, Escape does not.
pub(super) fn note(place: &mut ScreenPlace, key: KeyEvent) -> Option<Pressed> {
    match key.code {
        KeyCode::Enter => {
            place.page = Page::Question;
            return Some(Action::Flag(Some(place.note.value().trim().to_owned())).into());
        }
        KeyCode::Esc => place.page = Page::Question,
        _ => edit(&mut place.note, key),
    }
    None
}
