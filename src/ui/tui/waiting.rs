//! A database that cannot be written yet: the screen says so, and the person can give up.

use std::time::Instant;

use ratatui::crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::Tui;
use super::input::Came;
use super::session_view::SessionView;
use crate::error::{Error, Result};
use crate::ui::words;

impl Tui {
    /// Shows what is waited for, for a moment; false if the person gives up.
    pub(super) fn wait_for_database(&mut self, look: &SessionView<'_>, error: &Error) -> Result<bool> {
        self.held = true;
        self.notice = format!("{} · Ctrl-C stops", words::waiting(error));
        self.draw(look)?;
        let begin = Instant::now();
        while begin.elapsed() < words::PAUSE {
            match self.next(look)? {
                Came::End => return Ok(false),
                Came::Input(Input::Key(key)) if stops(key) => return Ok(false),
                Came::Input(Input::Resize(..)) | Came::Continued => self.draw(look)?,
                Came::Input(_) | Came::Nothing => {}
            }
        }
        Ok(true)
    }
}

/// Whether a key gives up what is waited for.
fn stops(key: KeyEvent) -> bool {
    key.kind != KeyEventKind::Release && key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL)
}
