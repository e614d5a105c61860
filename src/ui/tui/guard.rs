//! Keys right after something new is shown, or after Enter or Space scrolled to it: a key that is held or bounces was meant for what was shown before.

use std::time::{Duration, Instant};

use ratatui::crossterm::event::{KeyCode, KeyEvent};

/// How long Enter, Space and the key that was pressed last are not taken. Each one that comes in this time begins it again, so that a held key
/// does nothing more.
const QUIET: Duration = Duration::from_millis(150);

/// Keeps a key from answering what nobody can have read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct KeyGuard {
    /// When something new was shown, or when the last key was not taken.
    since: Option<Instant>,
    /// The last key that was taken.
    last: Option<KeyCode>,
}

impl KeyGuard {
    /// Something new is shown.
    pub(super) fn shown(&mut self, now: Instant) {
        self.since = Some(now);
    }

    /// Whether the key is taken.
    pub(super) fn takes(&mut self, key: KeyEvent, now: Instant) -> bool {
        let may_repeat = is_go_on(key.code) || self.last == Some(key.code);
        let early = may_repeat && self.since.is_some_and(|since| now.duration_since(since) < QUIET);
        if early {
            self.since = Some(now);
        } else {
            self.last = Some(key.code);
        }
        !early
    }
}

/// Whether it is a key that goes on, whatever that means for what is shown.
pub(super) fn is_go_on(code: KeyCode) -> bool {
    matches!(code, KeyCode::Enter | KeyCode::Char(' '))
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
        assert!(guard.takes(key(KeyCode::Enter), after(2_970 + 400)), "and again, for nothing new is shown");
    }

    #[test]
    fn a_held_letter_does_nothing_more_and_another_one_counts_at_once() {
        let start = Instant::now();
        let after = |ms| start + Duration::from_millis(ms);
        let (mut guard, b) = (KeyGuard::default(), key(KeyCode::Char('b')));
        assert!(guard.takes(b, start));
        guard.shown(start);
        for ms in (30..1_000).step_by(30) {
            assert!(!guard.takes(b, after(ms)), "held for {ms} ms");
        }
        assert!(guard.takes(key(KeyCode::Char('a')), after(1_000)), "another key");
        assert!(guard.takes(b, after(1_001)), "it is no longer the last one");
    }
}
