//! The terminal goes back to the shell, or to another program, for a while, and is taken again.

use std::io;

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{EnterAlternateScreen, enable_raw_mode};
use signal_hook::consts::SIGTSTP;

type Screen = Terminal<CrosstermBackend<io::Stdout>>;

/// Gives the terminal back as it was.
///
/// # Errors
/// When it is gone.
pub(super) fn give_back(terminal: &mut Screen) -> io::Result<()> {
    ratatui::try_restore()?;
    terminal.show_cursor()
}

/// Takes the terminal again. The next drawing draws everything, in the size that it has by then.
///
/// # Errors
/// When it is gone.
pub(super) fn take_again(terminal: &mut Screen) -> io::Result<()> {
    enable_raw_mode()?;
    execute!(terminal.backend_mut(), EnterAlternateScreen)?;
    // `clear` would ask the terminal where the cursor is, and the keys are read elsewhere: nobody would hear the answer.
    let size = terminal.size()?;
    terminal.resize(size.into())
}

/// Stops the program until somebody lets it go on. The signal has its default effect, since nobody here listens to it.
///
/// Where there is no shell that could let it go on, the system does not let a program stop.
///
/// # Errors
/// When the signal cannot be raised.
pub(super) fn stop() -> io::Result<()> {
    signal_hook::low_level::raise(SIGTSTP)
}
