//! Lending the terminal to the shell or to another program for a while.

use std::io::{self, BufRead};

use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use ratatui::crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, disable_raw_mode,
    enable_raw_mode,
};
use ratatui::crossterm::{execute, queue};
use ratatui::{Frame, Terminal};
use signal_hook::consts::SIGTSTP;

use crate::error::Result;
use crate::ui::editor::Editor;
use crate::ui::{broken_stream, door};

/// The terminal of the review screen.
pub(super) type OwnTerminal = Terminal<CrosstermBackend<io::Stdout>>;

/// Takes the terminal over. It may have no second screen, and show still what was printed before.
pub(super) fn take_over() -> io::Result<OwnTerminal> {
    // Ratatui restores the terminal on a panic, before the message is printed.
    let mut terminal = ratatui::try_init()?;
    // Pasted text is to come as such, and not as keys.
    execute!(terminal.backend_mut(), Clear(ClearType::All), EnableBracketedPaste)?;
    Ok(terminal)
}

/// Draws a frame that the terminal shows at once and whole, if it knows how to.
pub(super) fn draw_whole(terminal: &mut OwnTerminal, draw: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
    queue!(terminal.backend_mut(), BeginSynchronizedUpdate)?;
    let drawn = terminal.draw(|frame| {
        draw(frame);
        door::clean_cells(frame.buffer_mut());
    });
    let drawn = drawn.map(|_| ());
    execute!(terminal.backend_mut(), EndSynchronizedUpdate)?;
    drawn
}

/// Restores the terminal.
pub(super) fn give_back(terminal: &mut OwnTerminal) -> io::Result<()> {
    execute!(terminal.backend_mut(), DisableBracketedPaste)?;
    ratatui::try_restore()?;
    terminal.show_cursor()
}

/// Takes the terminal again. The next frame is drawn completely, in the current size.
pub(super) fn take_again(terminal: &mut OwnTerminal) -> io::Result<()> {
    enable_raw_mode()?;
    execute!(terminal.backend_mut(), EnterAlternateScreen, EnableBracketedPaste)?;
    // `clear` would ask the terminal for the cursor, but another thread reads its answers.
    let size = terminal.size()?;
    terminal.resize(size.into())
}

/// Takes the terminal again after somebody else stopped the program. A shell has set the terminal to its own mode meanwhile, which this
/// process has not seen.
pub(super) fn take_after_stop(terminal: &mut OwnTerminal) -> io::Result<()> {
    disable_raw_mode()?;
    take_again(terminal)
}

/// Suspends the program until it is continued: the signal has its default effect. Without a shell that could continue the program, the
/// system ignores it.
pub(super) fn stop() -> io::Result<()> {
    signal_hook::low_level::raise(SIGTSTP)
}

/// The text as edited in the person's editor. Problems of their last attempt are shown first, and they may give up.
pub(super) fn edit_in_editor(editor: &Editor, text: &str, problems: Option<&str>) -> Result<Option<String>> {
    if let Some(problems) = problems {
        door::talk(&format!("{problems}\nedit again? [Y/n] "), false)?;
        let mut line = String::new();
        let read = io::stdin().lock().read_line(&mut line).map_err(broken_stream)?;
        if read == 0 || ["n", "no"].contains(&line.trim().to_lowercase().as_str()) {
            return Ok(None);
        }
    }
    let written = editor.edited(text)?;
    Ok((problems.is_some() || written != text).then_some(written))
}
