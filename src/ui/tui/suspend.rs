//! Ctrl-Z: the terminal goes back to the shell while the program stands still, and is taken again when it goes on.

use std::io;

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{EnterAlternateScreen, enable_raw_mode};
use signal_hook::consts::SIGTSTP;

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

/// Gives the terminal back, stops until somebody lets the program go on, and takes the terminal again. The next drawing draws
/// everything, in the size that the terminal has by then.
///
/// Where there is no shell that could let it go on, the system does not let a program stop, and the screen is only drawn anew.
///
/// # Errors
/// When the terminal cannot be given back or taken.
pub(super) fn suspend(terminal: &mut Terminal<CrosstermBackend<io::Stdout>>) -> io::Result<()> {
    ratatui::try_restore()?;
    terminal.show_cursor()?;
    // The signal has its default effect, since nobody here listens to it; this comes back when the program goes on.
    signal_hook::low_level::raise(SIGTSTP)?;
    enable_raw_mode()?;
    execute!(terminal.backend_mut(), EnterAlternateScreen)?;
    // `clear` would ask the terminal where the cursor is, and the keys are read elsewhere: nobody would hear the answer.
    let size = terminal.size()?;
    terminal.resize(size.into())
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
