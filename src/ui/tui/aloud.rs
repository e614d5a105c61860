//! The voice of the screen.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::Tui;
use super::session_view::SessionView;

impl Tui {
    /// Reads aloud what is shown, and says why that fails, once.
    pub(super) fn read_aloud(&mut self, look: &SessionView<'_>) {
        if look.paused {
            return;
        }
        self.voice.reads(look.phase, self.place.hidden);
        self.complains();
    }

    /// Says why nothing can be heard, if that is new; whether it is.
    pub(super) fn complains(&mut self) -> bool {
        let Some(why) = self.voice.complaint() else { return false };
        self.notice = why;
        true
    }
}

/// The key that has the text read aloud again.
pub(super) fn is_repeat(key: KeyEvent) -> bool {
    key.code == KeyCode::Char('r') && key.modifiers.contains(KeyModifiers::CONTROL)
}
