//! Keys with Control or Alt. Outside of a field only those do something that are documented.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// Whether a key that would act by itself comes with Control or Alt. Arrows and function keys are left out: they answer nothing. Some
/// keyboards write signs and letters that are not ASCII with both together.
pub(super) fn is_chord(key: KeyEvent) -> bool {
    let (control, alt) = held(key);
    match key.code {
        KeyCode::Char(char) if control && alt => char.is_ascii_alphanumeric() || char == ' ' || char.is_control(),
        KeyCode::Char(_) | KeyCode::Enter | KeyCode::Tab | KeyCode::BackTab | KeyCode::Backspace | KeyCode::Delete => {
            control || alt
        }
        _ => false,
    }
}

/// The letter of a key with Alt alone, which a terminal sends as Escape and the letter.
pub(super) fn letter_after_escape(key: KeyEvent) -> Option<char> {
    match (key.code, held(key)) {
        (KeyCode::Char(letter), (false, true)) => Some(letter),
        _ => None,
    }
}

fn held(key: KeyEvent) -> (bool, bool) {
    (key.modifiers.contains(KeyModifiers::CONTROL), key.modifiers.contains(KeyModifiers::ALT))
}
