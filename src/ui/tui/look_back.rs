//! The end of an exam: its score, then the questions that were not right, one by one.

use ratatui::crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::aside;
use super::input::Came;
use super::place::ScreenPlace;
use super::session_view::SessionView;
use super::terminal::{Tui, failed};
use crate::error::Result;
use crate::model::Moment;
use crate::session::{Phase, Summary};

impl Tui {
    /// Shows the score of an exam, then the questions that were not right, one by one; so many of them.
    pub(super) fn go_through(&mut self, summary: &Summary, all: usize, now: Moment) -> Result<()> {
        let phase = Phase::Finished(summary);
        let mut miss = None;
        // An answer that was not kept is still said.
        self.place = ScreenPlace::default();
        loop {
            let look =
                SessionView { phase, answered: summary.answered, now, paused: false, paper: None, ms_left: None, miss };
            self.draw(&look)?;
            // There is no countdown here, so nothing is drawn until something comes.
            let came = loop {
                match self.next(&look)? {
                    Came::Nothing => {}
                    came => break came,
                }
            };
            match came {
                Came::End => return Ok(()),
                Came::Input(Input::Key(key)) if key.kind == KeyEventKind::Press => match self.leave(key, miss, all) {
                    Leave::Stay => {}
                    Leave::Stop => self.aside(|| aside::stop().map_err(failed))?,
                    Leave::To(at) => {
                        self.pictures.forget();
                        self.notice.clear();
                        miss = Some(at);
                        self.place = ScreenPlace::default();
                    }
                    Leave::Out => return Ok(()),
                },
                Came::Nothing | Came::Continued | Came::Input(_) => {}
            }
        }
    }
}

/// The effect of a key at the end of a session.
enum Leave {
    Stay,
    Stop,
    To(usize),
    Out,
}

impl Tui {
    fn leave(&mut self, key: KeyEvent, miss: Option<usize>, all: usize) -> Leave {
        let next = miss.map_or(0, |at| at + 1);
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::PageDown | KeyCode::Down => self.place.scroll_by(3, self.seen.top),
            KeyCode::PageUp | KeyCode::Up => self.place.scroll_by(-3, self.seen.top),
            KeyCode::Enter | KeyCode::Right | KeyCode::Char(' ') if next < all => return Leave::To(next),
            KeyCode::Left if miss.is_some_and(|at| at > 0) => return Leave::To(next - 2),
            KeyCode::Char('c' | 'd') if control => return Leave::Out,
            KeyCode::Char('z') if control => return Leave::Stop,
            // After an exam a stray key does not skip them.
            KeyCode::Char(char) if next < all && char != 'q' => {}
            _ => return Leave::Out,
        }
        Leave::Stay
    }
}
