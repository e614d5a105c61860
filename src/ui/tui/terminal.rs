//! The shell that owns the terminal: raw mode and the alternate screen, given back on every way out.

use std::io::{self, Stdout};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use ratatui::crossterm::event::{self, Event as Input, KeyEventKind};
use ratatui::{Terminal, backend::CrosstermBackend};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use super::draw::{Screen, draw};
use super::keys::{Place, press};
use super::suspend::{is_asked, suspend};
use super::theme::Theme;
use crate::error::{Error, Result};
use crate::model::{CardId, Moment};
use crate::session::{Event, Notice, Phase, Session, Summary};
use crate::ui::{FrontEnd, Wish, words};

/// How long to wait for a key before looking for a signal.
const PATIENCE: Duration = Duration::from_millis(50);

/// The terminal front end.
pub struct Tui {
    terminal: Terminal<CrosstermBackend<Stdout>>,
    theme: Theme,
    place: Place,
    notice: String,
    /// The card and whether its answer was seen: a new one puts the cursor back.
    at: Option<(CardId, bool)>,
    ended: Arc<AtomicBool>,
    inputs: Receiver<Input>,
}

impl Tui {
    /// Takes the terminal over, with colour or without.
    ///
    /// # Errors
    /// When the terminal cannot be used.
    pub fn new(color: bool) -> Result<Self> {
        let ended = Arc::new(AtomicBool::new(false));
        for signal in [SIGTERM, SIGHUP, SIGINT] {
            signal_hook::flag::register(signal, Arc::clone(&ended)).map_err(failed)?;
        }
        // Ratatui gives the terminal back on a panic, before the message is printed.
        let terminal = ratatui::try_init().map_err(failed)?;
        let inputs = inputs().map_err(failed)?;
        let (theme, place) = (Theme::new(color), Place::default());
        Ok(Self { terminal, theme, place, notice: String::new(), at: None, ended, inputs })
    }

    fn draw(&mut self, phase: &Phase, answered: usize, now: Moment) -> Result<()> {
        let screen = Screen { phase, answered, place: &self.place, notice: &self.notice, theme: self.theme, now };
        let mut most = 0;
        self.terminal.draw(|frame| most = draw(frame, &screen)).map_err(failed)?;
        // A key never scrolls past the end, so the first one back is seen.
        self.place.scroll = self.place.scroll.min(most);
        Ok(())
    }

    /// The next event of the terminal; none where a signal ends the session, or the terminal is gone.
    fn input(&self) -> Option<Input> {
        while !self.ended.load(Ordering::Relaxed) {
            match self.inputs.recv_timeout(PATIENCE) {
                Ok(input) => return Some(input),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        None
    }
}

/// The events of the terminal, read apart: where a terminal is closed under the program, reading it never returns, and the session
/// has to end all the same.
fn inputs() -> io::Result<Receiver<Input>> {
    let (sender, inputs) = mpsc::channel();
    std::thread::Builder::new().name("keys".into()).spawn(move || {
        while let Ok(input) = event::read() {
            if sender.send(input).is_err() {
                break;
            }
        }
    })?;
    Ok(inputs)
}

impl Drop for Tui {
    fn drop(&mut self) {
        // Where the terminal itself is gone, there is nothing left to give back.
        let _ = ratatui::try_restore();
    }
}

impl FrontEnd for Tui {
    fn act(&mut self, session: &Session, now: Moment) -> Result<Wish> {
        let phase = session.phase();
        let at = match phase {
            Phase::Asking(showing) => Some((showing.card, false)),
            Phase::Answered(showing, _) => Some((showing.card, true)),
            Phase::Between | Phase::Finished(_) => None,
        };
        if at != self.at {
            self.at = at;
            let hidden = matches!(phase, Phase::Asking(showing) if showing.recall_first);
            self.place = Place { hidden, ..Place::default() };
        }
        loop {
            self.draw(phase, session.answered(), now)?;
            match self.input() {
                None => return Ok(Wish::Event(Event::Quit)),
                Some(input) if is_asked(&input) => suspend(&mut self.terminal).map_err(failed)?,
                Some(Input::Key(key)) if key.kind != KeyEventKind::Release => {
                    if let Some(event) = press(&mut self.place, phase, key) {
                        self.notice.clear();
                        return Ok(Wish::Event(event));
                    }
                }
                // A resize draws anew; nothing else concerns us.
                Some(_) => {}
            }
        }
    }

    fn tell(&mut self, notice: &Notice, _now: Moment) -> Result<()> {
        if !matches!(notice, Notice::Refused(_)) {
            self.at = None;
        }
        match notice {
            Notice::Recorded { leech: None, .. } => {}
            Notice::Recorded { leech: Some(leech), .. } => self.notice = words::leech(*leech),
            Notice::Undone { .. } => self.notice = "the last answer is taken back".into(),
            Notice::NothingToUndo => self.notice = "there is no answer to take back".into(),
            Notice::Flagged | Notice::Unflagged | Notice::Paused | Notice::Resumed | Notice::TimeUp => {}
            Notice::Buried => self.notice = "buried until tomorrow".into(),
            Notice::Suspended => self.notice = "suspended".into(),
            Notice::Skipped => self.notice = "shown later".into(),
            Notice::Refused(why) => self.notice = (*why).into(),
        }
        Ok(())
    }

    fn edit(&mut self, _text: &str, _problems: Option<&str>) -> Result<Option<String>> {
        Ok(None)
    }

    fn finish(&mut self, summary: &Summary, now: Moment) -> Result<()> {
        let phase = Phase::Finished(summary.clone());
        self.place = Place::default();
        self.notice.clear();
        while !self.ended.load(Ordering::Relaxed) {
            self.draw(&phase, summary.answered, now)?;
            match self.input() {
                Some(input) if is_asked(&input) => suspend(&mut self.terminal).map_err(failed)?,
                Some(Input::Key(key)) if key.kind == KeyEventKind::Press => break,
                Some(_) => {}
                None => break,
            }
        }
        Ok(())
    }
}

fn failed(error: io::Error) -> Error {
    Error::person(format!("the terminal cannot be used: {error}")).hint("try `--plain`")
}
