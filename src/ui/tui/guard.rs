//! Enter and Space right after something new is shown: a key that is held or bounces was meant for what was shown before.

use std::time::{Duration, Instant};

use ratatui::crossterm::event::{KeyCode, KeyEvent};

/// How long Enter and Space are not taken. Each one that comes in this time begins it again, so that a held key answers nothing.
const QUIET: Duration = Duration::from_millis(150);

/// Keeps a key from answering what nobody can have read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct KeyGuard {
    /// When something new was shown, or when the last key was not taken.
    since: Option<Instant>,
}

impl KeyGuard {
    /// Something new is shown.
    pub(super) fn shown(&mut self, now: Instant) {
        self.since = Some(now);
    }

    /// Whether the key is taken.
    pub(super) fn takes(&mut self, key: KeyEvent, now: Instant) -> bool {
        if !matches!(key.code, KeyCode::Enter | KeyCode::Char(' ')) {
            return true;
        }
        let early = self.since.is_some_and(|since| now.duration_since(since) < QUIET);
        self.since = early.then_some(now);
        !early
    }
}

#[cfg(test)]
mod tests {
    use ratatui::crossterm::event::KeyModifiers;

    use super::*;

    fn key(code: KeyCode) -> KeyEvent {
        KeyEvent::new(code, KeyModifiers::NONE)
    }

    #[test]
    fn a_held_key_answers_nothing_and_letters_count_at_once() {
        let start = Instant::now();
        let after = |ms| start + Duration::from_millis(ms);
        let mut guard = KeyGuard::default();
        assert!(guard.takes(key(KeyCode::Enter), start), "nothing new is shown");
        guard.shown(start);
        assert!(guard.takes(key(KeyCode::Char('a')), start));
        for ms in (0..3_000).step_by(30) {
            assert!(!guard.takes(key(KeyCode::Enter), after(ms)), "held for {ms} ms");
            assert!(!guard.takes(key(KeyCode::Char(' ')), after(ms)), "held for {ms} ms");
        }
        assert!(guard.takes(key(KeyCode::Enter), after(2_970 + 150)), "pressed again");
        assert!(guard.takes(key(KeyCode::Enter), after(2_970 + 151)), "and again, for nothing new is shown");
    }
}
