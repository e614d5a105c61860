//! The terminal goes back to the shell for a while, and is taken again: with Ctrl-Z the program stands still meanwhile.

use std::io;

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{EnterAlternateScreen, enable_raw_mode};
use signal_hook::consts::SIGTSTP;

type Screen = Terminal<CrosstermBackend<io::Stdout>>;

/// Whether an input asks for it. In raw mode the terminal sends no signal for the key.
pub(super) fn is_asked(input: &Event) -> bool {
    matches!(
        input,
        Event::Key(KeyEvent {
            code: KeyCode::Char('z'),
            modifiers: KeyModifiers::CONTROL,
            kind: KeyEventKind::Press,
            ..
        })
    )
}

/// Gives the terminal back: its mode, the screen that was there, and the cursor.
///
/// # Errors
/// When it cannot be told so.
pub(super) fn give_back(screen: &mut Screen) -> io::Result<()> {
    ratatui::try_restore()?;
    screen.show_cursor()
}

/// Stops the program until somebody lets it go on.
///
/// The signal has its default effect, since nobody here listens to it. Where there is no shell that could let the program go on, the
/// system does not stop it either, so that it never hangs: SIGSTOP would.
///
/// # Errors
/// When the signal cannot be sent.
pub(super) fn stop() -> io::Result<()> {
    signal_hook::low_level::raise(SIGTSTP)
}

/// Takes the terminal again. The next drawing draws everything, in the size that the terminal has by then.
///
/// # Errors
/// When the terminal cannot be used.
pub(super) fn take(screen: &mut Screen) -> io::Result<()> {
    enable_raw_mode()?;
    execute!(screen.backend_mut(), EnterAlternateScreen)?;
    // `clear` would ask the terminal where the cursor is, and wait for an answer that not every terminal gives.
    let size = screen.size()?;
    screen.resize(size.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_key_with_control_asks_for_it() {
        let key = |code, modifiers| Event::Key(KeyEvent::new(code, modifiers));
        assert!(is_asked(&key(KeyCode::Char('z'), KeyModifiers::CONTROL)));
        assert!(!is_asked(&key(KeyCode::Char('z'), KeyModifiers::NONE)));
        assert!(!is_asked(&key(KeyCode::Char('c'), KeyModifiers::CONTROL)));
        assert!(!is_asked(&Event::Resize(80, 24)));
    }
}
