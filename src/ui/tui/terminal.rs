//! The owner of the terminal: raw mode and the alternate screen, restored on every way out.

use std::collections::HashMap;
use std::io;
use std::time::Instant;

use ratatui::crossterm::event::{Event as Input, KeyCode, KeyEventKind};
use ratatui::crossterm::terminal::window_size;

use super::aloud::is_repeat;
use super::aside::{self, OwnTerminal};
use super::draw::{Screen, draw, draw_about};
use super::guard::{KeyGuard, is_go_on};
use super::input::{Came, Inputs};
use super::keys::{KeyContext, KeyMap, Pressed, ReviewCommand, paste, press, turn};
use super::notices::{after_last_notice, has_a_way_back, leaves_the_card, notice_text};
use super::pictures::Pictures;
use super::place::{ScreenPlace, VisibleLines};
use super::session_view::SessionView;
use crate::error::{Error, Result};
use crate::model::{CardId, Moment};
use crate::session::{Action, Notice, Phase, Session, Summary, Turn};
use crate::ui::editor::Editor;
use crate::ui::theme::Theme;
use crate::ui::voice::Voice;
use crate::ui::{CardPage, FrontEnd, Wish, door, plain, words};

/// What is shown on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ShownPlace {
    /// A card, and whether it is answered.
    Card(CardId, bool),
    /// The end of a mock exam.
    Overview,
}

/// The terminal front end.
pub struct Tui {
    pub(super) terminal: OwnTerminal,
    /// Whether the terminal was given back for good.
    left: bool,
    pub(super) theme: Theme,
    pub(super) pictures: Pictures,
    /// The card whose pictures are kept.
    pictured: Option<CardId>,
    pub(super) place: ScreenPlace,
    pub(super) seen: VisibleLines,
    pub(super) notice: String,
    /// Whether the notice waits for the key that takes back what it says: that depends on the question that is shown next.
    wants_way_back: bool,
    /// Whether the notice says why a key did nothing: it goes with the next key.
    refused: bool,
    /// What is shown: a change resets the cursor.
    at: Option<ShownPlace>,
    /// In an exam, what was done to questions that are not shown now.
    drafts: HashMap<CardId, ScreenPlace>,
    guard: KeyGuard,
    editor: Editor,
    pub(super) voice: Voice,
    /// Whether the database cannot be written yet.
    pub(super) held: bool,
    pub(super) inputs: Inputs,
    clock: Box<dyn Fn() -> Moment>,
}

impl Tui {
    /// Takes over the terminal. `clock` gives the time for countdowns.
    ///
    /// # Errors
    /// If the terminal cannot be used.
    pub fn new(theme: Theme, clock: impl Fn() -> Moment + 'static) -> Result<Self> {
        let terminal = aside::take_over().map_err(failed)?;
        let inputs = Inputs::new().map_err(failed)?;
        Ok(Self {
            terminal,
            left: false,
            theme,
            pictures: Pictures::none(),
            pictured: None,
            place: ScreenPlace::default(),
            seen: VisibleLines::default(),
            notice: String::new(),
            wants_way_back: false,
            refused: false,
            at: None,
            drafts: HashMap::new(),
            guard: KeyGuard::default(),
            editor: Editor::default(),
            voice: Voice::silent(),
            held: false,
            inputs,
            clock: Box::new(clock),
        })
    }

    /// Shows these pictures instead of descriptions.
    #[must_use]
    pub fn showing(mut self, pictures: Pictures) -> Self {
        self.pictures = pictures;
        self.measure();
        self
    }

    /// Gives the commands these letters.
    #[must_use]
    pub fn obeying(mut self, keys: KeyMap) -> Self {
        self.place.keys = keys;
        self
    }

    /// Edits questions with this editor.
    #[must_use]
    pub fn editing(mut self, editor: Editor) -> Self {
        self.editor = editor;
        self
    }

    /// Reads aloud with this voice, besides.
    #[must_use]
    pub fn speaking(mut self, voice: Voice) -> Self {
        self.place.aloud = !voice.is_silent();
        self.voice = voice;
        self
    }

    /// Fits pictures to the current window, and drops those fitted to another one.
    pub(super) fn measure(&self) {
        self.pictures.forget();
        if let Ok(window) = window_size() {
            self.pictures.measure((window.width, window.height), (window.columns, window.rows));
        }
    }

    /// The next input. New pictures are drawn before it is returned.
    pub(super) fn next(&mut self, look: &SessionView<'_>) -> Result<Came> {
        let came = self.inputs.next(self.pictures.is_waiting());
        if came == Came::Nothing && self.pictures.came() {
            self.draw(look)?;
        }
        match came {
            Came::Input(Input::Resize(..)) => self.measure(),
            Came::Continued => {
                aside::take_after_stop(&mut self.terminal).map_err(failed)?;
                self.measure();
            }
            _ => {}
        }
        Ok(came)
    }

    pub(super) fn draw(&mut self, screen: &SessionView<'_>) -> Result<()> {
        self.pictures.came();
        let screen = Screen {
            phase: screen.phase,
            answered: screen.answered,
            place: &self.place,
            notice: if self.place.remark.is_empty() { &self.notice } else { &self.place.remark },
            theme: self.theme,
            pictures: &self.pictures,
            now: screen.now,
            paused: screen.paused,
            paper: screen.paper,
            ms_left: screen.ms_left,
            miss: screen.miss,
        };
        let mut seen = VisibleLines::default();
        aside::draw_whole(&mut self.terminal, |frame| seen = draw(frame, &screen)).map_err(failed)?;
        // Scrolling stops at the end, so that the first key back has an effect.
        if self.place.scroll.is_some() {
            self.place.scroll = Some(seen.top);
        }
        self.seen = seen;
        Ok(())
    }

    /// Resets the cursor if something else is shown.
    fn look_at(&mut self, phase: Phase<'_>) {
        let at = match phase {
            Phase::Asking(showing) => Some(ShownPlace::Card(showing.card, false)),
            Phase::Answered(showing, _) => Some(ShownPlace::Card(showing.card, true)),
            Phase::Overview(_) => Some(ShownPlace::Overview),
            Phase::Between | Phase::Finished(_) => None,
        };
        let card = match at {
            Some(ShownPlace::Card(card, _)) => Some(card),
            Some(ShownPlace::Overview) | None => None,
        };
        if card.is_some() && card != self.pictured {
            self.pictured = card;
            self.pictures.forget();
        }
        if at != self.at {
            self.at = at;
            self.guard.shown(Instant::now());
            let place = match phase {
                Phase::Asking(showing) => ScreenPlace::with_draft(showing, self.drafts.remove(&showing.card)),
                Phase::Overview(paper) => ScreenPlace::in_list(paper),
                Phase::Answered(..) | Phase::Between | Phase::Finished(_) => ScreenPlace::default(),
            };
            self.place = ScreenPlace { keys: self.place.keys, aloud: self.place.aloud, ..place };
        }
    }

    /// Whether the time of an exam is over: a key that comes then is too late.
    fn is_time_up(&self, session: &Session) -> bool {
        session.is_exam() && session.ms_left((self.clock)()) == Some(0)
    }

    /// The end of a session. In an exam, what is picked or typed goes along.
    fn end(&mut self, look: &SessionView<'_>, to: Turn) -> Wish {
        self.notice.clear();
        let action = match (look.phase, look.paper) {
            (Phase::Asking(showing), Some(_)) => turn(&self.place, showing, to),
            (_, Some(_)) if to == Turn::TimeUp => Action::Tick,
            _ => Action::Quit,
        };
        Wish::Act(action)
    }

    /// Lends the terminal while `work` runs.
    pub(super) fn aside<T>(&mut self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.inputs.lend();
        aside::give_back(&mut self.terminal).map_err(failed)?;
        let done = work();
        aside::take_again(&mut self.terminal).map_err(failed)?;
        self.measure();
        self.inputs.take_back();
        done
    }
}

impl Drop for Tui {
    fn drop(&mut self) {
        let _ = self.leave_terminal();
    }
}

impl FrontEnd for Tui {
    fn act(&mut self, session: &Session, now: Moment) -> Result<Wish> {
        self.look_at(session.phase());
        if std::mem::take(&mut self.held) {
            self.notice = "saved".into();
        } else if std::mem::take(&mut self.wants_way_back) {
            let key = ReviewCommand::Undo.key(self.place.keys, session.phase());
            self.notice += &format!(" · {key} takes it back");
        }
        let mut look = SessionView::new(session, now);
        self.read_aloud(&look);
        self.draw(&look)?;
        loop {
            match self.next(&look)? {
                // What is picked or typed is kept, however an exam ends.
                Came::End => return Ok(self.end(&look, Turn::Leave)),
                Came::Input(_) if self.is_time_up(session) => return Ok(self.end(&look, Turn::TimeUp)),
                Came::Nothing if self.complains() => self.draw(&look)?,
                Came::Nothing if look.ms_left.is_none() => {}
                Came::Nothing => {
                    let before = look.ms_left.map(words::clock);
                    look = SessionView::new(session, (self.clock)());
                    if self.is_time_up(session) {
                        return Ok(self.end(&look, Turn::TimeUp));
                    }
                    if look.ms_left.map(words::clock) != before {
                        self.draw(&look)?;
                    }
                }
                Came::Input(Input::Key(key)) if key.kind != KeyEventKind::Release => {
                    if !self.guard.takes(key, Instant::now()) {
                        continue;
                    }
                    self.voice.hush();
                    if is_repeat(key) && !self.voice.is_silent() {
                        self.voice.again();
                        continue;
                    }
                    let context =
                        KeyContext { phase: look.phase, paused: look.paused, paper: look.paper, visible: self.seen };
                    let before = self.place.view();
                    match press(&mut self.place, &context, key) {
                        Some(Pressed::Wish(wish)) => {
                            self.notice.clear();
                            if let (Some(_), Some(ShownPlace::Card(card, false))) = (look.paper, self.at) {
                                self.drafts.insert(card, self.place.clone());
                            }
                            return Ok(wish);
                        }
                        Some(Pressed::Suspend) => self.aside(|| aside::stop().map_err(failed))?,
                        None => {
                            // What was refused may be right now.
                            if std::mem::take(&mut self.refused) {
                                self.notice.clear();
                            }
                            // Enter and Space answer what is in sight, and they were pressed for what was in sight before.
                            if is_go_on(key.code) && self.place.moved_on(before) {
                                self.guard.shown(Instant::now());
                            }
                            self.read_aloud(&look);
                        }
                    }
                    self.draw(&look)?;
                }
                Came::Input(Input::Paste(text)) => {
                    let context =
                        KeyContext { phase: look.phase, paused: look.paused, paper: look.paper, visible: self.seen };
                    if !paste(&mut self.place, &context, &text) {
                        self.notice = "pasted text is ignored here".into();
                    }
                    self.draw(&look)?;
                }
                // A resize draws again; other events do not matter.
                Came::Input(_) | Came::Continued => self.draw(&look)?,
            }
        }
    }

    fn hold_on(&mut self, session: &Session, error: &Error, _tries: u32) -> Result<bool> {
        self.wait_for_database(&SessionView::new(session, (self.clock)()), error)
    }

    fn notify(&mut self, notice: &Notice, now: Moment) -> Result<()> {
        if leaves_the_card(notice) {
            self.at = None;
            self.voice.forget();
        }
        if matches!(notice, Notice::Undone { .. }) {
            // What was taken back is not picked any more.
            self.drafts.clear();
        }
        if let Some(text) = notice_text(notice, now) {
            self.notice = text;
            self.wants_way_back = has_a_way_back(notice);
            self.refused = matches!(notice, Notice::Refused(_));
        }
        Ok(())
    }

    fn about(&mut self, about: &CardPage) -> Result<()> {
        let mut top = 0;
        loop {
            let (mut seen, theme) = (VisibleLines::default(), self.theme);
            aside::draw_whole(&mut self.terminal, |frame| seen = draw_about(frame, about, theme, top))
                .map_err(failed)?;
            match self.inputs.next(false) {
                Came::End => return Ok(()),
                Came::Nothing => {}
                Came::Continued => aside::take_after_stop(&mut self.terminal).map_err(failed)?,
                Came::Input(Input::Key(key)) if key.kind == KeyEventKind::Press => match key.code {
                    KeyCode::PageDown | KeyCode::Down => top = seen.top + seen.height / 2,
                    KeyCode::PageUp | KeyCode::Up => top = seen.top.saturating_sub(seen.height / 2),
                    _ => return Ok(()),
                },
                Came::Input(_) => {}
            }
        }
    }

    fn edit(&mut self, text: &str, problems: Option<&str>) -> Result<Option<String>> {
        let editor = self.editor.clone();
        let written = self.aside(|| aside::edit_in_editor(&editor, text, problems));
        written.or_else(|error| {
            // An editor that cannot be started does not end the session.
            self.notice = match error.hints().first() {
                Some(hint) => format!("{}: {hint}", error.message()),
                None => error.message().to_owned(),
            };
            Ok(None)
        })
    }

    /// The terminal goes back, and the summary stays in it. After an exam, the questions that were not right come first.
    fn finish(&mut self, summary: &Summary, now: Moment) -> Result<()> {
        let not_right = summary.exam_result().map(|exam| exam.not_right.len());
        if let Some(not_right) = not_right.filter(|_| !self.inputs.is_over()) {
            self.go_through(summary, not_right, now)?;
        }
        self.leave_terminal().map_err(failed)?;
        if summary.exam.is_some() {
            // `retain exam` says the score in a line of its own. What was typed and is no answer is lost now, so it is said.
            let lost = Some(&self.notice).filter(|notice| summary.exam_result().is_none() && !notice.is_empty());
            return lost.map_or(Ok(()), |notice| door::print(&format!("{notice}\n"), false));
        }
        let end = after_last_notice(&self.notice, self.wants_way_back, &plain::end(summary, now));
        door::print(&end, false)
    }
}

impl Tui {
    /// Gives the terminal back for good.
    fn leave_terminal(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.left, true) {
            return Ok(());
        }
        aside::give_back(&mut self.terminal)
    }
}

pub(super) fn failed(error: io::Error) -> Error {
    Error::person(format!("the terminal cannot be used: {error}")).hint("try `--plain`")
}
