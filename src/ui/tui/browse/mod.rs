//! Looking through the questions: a search that is typed, its list, the question under the cursor, and what can be done to it.

mod deeds;
mod place;
mod rows;
#[cfg(test)]
pub(super) mod tests;

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use ratatui::Frame;
use ratatui::crossterm::event::{Event as Input, KeyEventKind};

pub(super) use place::{BrowseFocus, BrowsePage, BrowsePlace};
pub(super) use rows::{BrowseRows, PAGE, id_of};

use deeds::{BrowseDeed, complete_deck, writable};

use super::aside;
use super::draw::{BrowseScreen, BrowseSeen, draw_browse};
use super::input::Came;
use super::keys::{BrowseCommand, BrowseWish, paste_browse, press_browse};
use super::terminal::{Tui, failed};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{LogId, MINUTE_MS};
use crate::study::{Browsed, Progress, Trainer, unwatched};
use crate::ui::paint::Paint;
use crate::ui::theme::Theme;
use crate::ui::{FrontEnd, diagnostics, edits};

/// Waits without a key after which the database is asked whether somebody else has written to it.
const WAITS: u32 = 10;
/// How often the progress of long work is drawn.
const TICK: Duration = Duration::from_millis(80);
/// A search that takes no longer is done before its frame is drawn.
const QUICK: Duration = Duration::from_millis(8);

/// The search with what was seen of the database.
struct Browsing {
    browsed: Browsed,
    version: i64,
    waits: u32,
    /// Whether the last search took so long that what is typed is drawn before the next one.
    slow: bool,
    /// What was done here: taking it back needs no question, however many cards it was about.
    own: Vec<LogId>,
}

impl Browsing {
    fn new(trainer: &mut Trainer) -> Result<Self> {
        let browsed = trainer.browse("", &mut unwatched)?;
        Ok(Self { browsed, version: trainer.data_version()?, waits: 0, slow: false, own: Vec::new() })
    }

    /// Brings what is looked at onto the screen: the cursor into the list, the cards around it, and its question.
    fn fill(&mut self, trainer: &Trainer, place: &mut BrowsePlace) -> Result<()> {
        if place.rows.is_beyond(place.cursor) {
            let page = place.cursor / PAGE;
            if page == place.rows.next_page() {
                self.load(trainer, place, page)?;
            }
            if place.rows.is_beyond(place.cursor) {
                place.rows.count(trainer.browsed_count(&self.browsed)?);
            }
        }
        place.settle();
        for page in place.rows.missing(place.top, place.height) {
            self.load(trainer, place, page)?;
        }
        place.settle();
        let current = place.current().map(id_of);
        if place.preview.as_ref().map(|(id, _)| *id) != current {
            let preview = current.map(|id| trainer.preview(id)).transpose()?.flatten();
            place.preview = current.zip(preview);
        }
        Ok(())
    }

    fn load(&self, trainer: &Trainer, place: &mut BrowsePlace, page: usize) -> Result<()> {
        let cards = trainer.browsed_part(&self.browsed, page * PAGE, PAGE, place.rows.total())?;
        place.rows.keep(page, cards);
        Ok(())
    }

    /// Looks at the database again: the same card stays under the cursor, if it is still near.
    fn reload(&mut self, trainer: &Trainer, place: &mut BrowsePlace) -> Result<()> {
        let current = place.current().cloned();
        place.refusal.clone_from(&self.browsed.refusal);
        (place.rows, place.preview, place.held) = (BrowseRows::default(), None, None);
        self.fill(trainer, place)?;
        let Some(card) = current else { return Ok(()) };
        match place.rows.place_of(id_of(&card)) {
            Some(at) => place.cursor = at,
            // What is read stays on the screen, so that no key falls on another question.
            None if place.reads && trainer.preview(id_of(&card))?.is_some() => place.held = Some(card),
            None if place.reads => place.open(BrowsePage::List),
            None => {}
        }
        self.fill(trainer, place)
    }

    /// Takes over another search, from the beginning of its list.
    fn begin(&mut self, place: &mut BrowsePlace, found: Result<Browsed>) -> Result<()> {
        self.take_over(found)?;
        place.refusal.clone_from(&self.browsed.refusal);
        place.begin_list();
        Ok(())
    }

    /// Takes over what was found. A search that fails finds nothing, and says why: the list is never that of another search.
    fn take_over(&mut self, found: Result<Browsed>) -> Result<()> {
        match found {
            Ok(browsed) => self.browsed = browsed,
            Err(error) => self.browsed.refusal = Some(excuse(error)?),
        }
        Ok(())
    }

    /// What there is to do while nobody types; whether something new is to be seen.
    fn rest(&mut self, trainer: &mut Trainer, place: &mut BrowsePlace) -> Result<bool> {
        if place.rows.total().is_none() {
            place.rows.count(trainer.browsed_count(&self.browsed)?);
            return Ok(true);
        }
        self.waits += 1;
        if self.waits < WAITS || place.is_asked() {
            return Ok(false);
        }
        self.waits = 0;
        let version = trainer.data_version()?;
        let is_old = trainer.now().utc_ms - self.browsed.present.now.utc_ms > MINUTE_MS;
        if version == self.version && !is_old {
            return Ok(false);
        }
        self.version = version;
        let text = place.field.value().to_owned();
        let found = trainer.browse(&text, &mut unwatched);
        self.take_over(found)?;
        let before = place.current().map(id_of);
        self.reload(trainer, place)?;
        if place.held.is_some() {
            place.notice = "changed elsewhere: this question is no longer in the list".into();
        } else if before.is_some() && place.current().map(id_of) != before {
            place.notice = "changed elsewhere: the question is no longer in the list".into();
        }
        Ok(true)
    }

    fn screen<'a>(&'a self, place: &'a BrowsePlace, theme: Theme) -> BrowseScreen<'a> {
        BrowseScreen { place, theme, present: self.browsed.present, sought: &self.browsed.sought, busy: None }
    }
}

/// What follows from an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BrowseStep {
    GoOn,
    Search,
    Leave,
}

impl Tui {
    /// Lets the person look through their questions until they leave; `words` is what is searched for first.
    ///
    /// # Errors
    /// If the terminal or the database fails.
    pub fn browse(&mut self, trainer: &mut Trainer, words: &str) -> Result<()> {
        let mut place = BrowsePlace { keys: self.place.keys, ..BrowsePlace::new(words) };
        let browsing = &mut Browsing::new(trainer)?;
        if !words.trim().is_empty() {
            self.search(trainer, browsing, &mut place)?;
        }
        loop {
            browsing.fill(trainer, &mut place)?;
            self.draw_browsing(browsing, &mut place)?;
            if !place.rows.missing(place.top, place.height).is_empty() {
                // The screen has more room than was thought.
                continue;
            }
            let came = self.came(|| browsing.rest(trainer, &mut place))?;
            let mut then = match came {
                Came::End => BrowseStep::Leave,
                Came::Nothing | Came::Continued => BrowseStep::GoOn,
                Came::Input(input) => self.react(trainer, browsing, &mut place, input)?,
            };
            // What was typed meanwhile belongs to the same search.
            while then == BrowseStep::Search && place.is_typing() {
                let Some(input) = self.inputs.waiting() else { break };
                then = match self.react(trainer, browsing, &mut place, input)? {
                    BrowseStep::GoOn => BrowseStep::Search,
                    then => then,
                };
            }
            match then {
                BrowseStep::GoOn => {}
                BrowseStep::Search => self.search(trainer, browsing, &mut place)?,
                BrowseStep::Leave => return Ok(()),
            }
        }
    }

    /// The next input; `rest` is called while there is none, and says whether something new is to be drawn.
    pub(super) fn came(&mut self, mut rest: impl FnMut() -> Result<bool>) -> Result<Came> {
        loop {
            match self.inputs.next(false) {
                Came::Nothing if !rest()? => {}
                Came::Continued => {
                    aside::take_after_stop(&mut self.terminal).map_err(failed)?;
                    self.measure();
                    return Ok(Came::Continued);
                }
                came => return Ok(came),
            }
        }
    }

    fn draw_browsing(&mut self, browsing: &Browsing, place: &mut BrowsePlace) -> Result<()> {
        let mut seen = BrowseSeen::default();
        let screen = browsing.screen(place, self.theme);
        aside::draw_whole(&mut self.terminal, |frame| seen = draw_browse(frame, &screen)).map_err(failed)?;
        place.seen(seen);
        Ok(())
    }

    /// Looks for what is typed.
    fn search(&mut self, trainer: &mut Trainer, browsing: &mut Browsing, place: &mut BrowsePlace) -> Result<()> {
        if browsing.slow {
            self.draw_browsing(browsing, place)?;
        }
        let begin = Instant::now();
        let text = place.field.value().to_owned();
        let found = {
            let (ended, terminal, screen) =
                (self.inputs.ended(), &mut self.terminal, browsing.screen(place, self.theme));
            let mut last = begin;
            let mut watch = move |Progress { work, done, all }: Progress<'_>| {
                if last.elapsed() >= TICK {
                    last = Instant::now();
                    let busy = format!("{work}: {} %", done * 100 / all.max(1));
                    // What cannot be drawn now is drawn by the next frame.
                    let _ = aside::draw_whole(terminal, |frame| {
                        draw_browse(frame, &BrowseScreen { busy: Some(&busy), ..screen });
                    });
                }
                !ended.load(Ordering::Relaxed)
            };
            trainer.browse(&text, &mut watch)
        };
        browsing.begin(place, found)?;
        browsing.fill(trainer, place)?;
        browsing.slow = begin.elapsed() > QUICK;
        Ok(())
    }

    fn react(
        &mut self,
        trainer: &mut Trainer,
        browsing: &mut Browsing,
        place: &mut BrowsePlace,
        input: Input,
    ) -> Result<BrowseStep> {
        let wish = match input {
            Input::Key(key) if key.kind != KeyEventKind::Release => press_browse(place, key),
            Input::Paste(text) => paste_browse(place, &text),
            _ => None,
        };
        match wish {
            None => {}
            Some(BrowseWish::Search) => return Ok(BrowseStep::Search),
            Some(BrowseWish::Leave) => return Ok(BrowseStep::Leave),
            Some(BrowseWish::Shell) => self.aside(|| aside::stop().map_err(failed))?,
            Some(BrowseWish::Complete) => complete_deck(trainer, place)?,
            Some(BrowseWish::Do(BrowseCommand::Edit)) => {
                let edited = writable(trainer, BrowseCommand::Edit).and_then(|()| self.edit_question(trainer, place));
                browsing.after(trainer, place, edited)?;
            }
            Some(BrowseWish::Do(command)) => browsing.obey(trainer, place, command)?,
            Some(BrowseWish::Typed(command, text)) => browsing.typed(trainer, place, command, &text)?,
            Some(BrowseWish::Confirmed(command)) => browsing.confirmed(trainer, place, command)?,
        }
        Ok(BrowseStep::GoOn)
    }

    /// Lets the person edit the question under the cursor, until the text can be used or they leave it as it is. What came of it.
    fn edit_question(&mut self, trainer: &mut Trainer, place: &BrowsePlace) -> Result<BrowseDeed> {
        let Some(id) = place.current().map(id_of) else { return Ok(BrowseDeed::nothing("there is no card here")) };
        let before = trainer.question_text(id)?;
        let (mut text, mut problems) = (before.clone(), None::<String>);
        loop {
            let Some(written) = self.edit(&text, problems.as_deref())? else {
                // An editor that could not be started has said so.
                let why = std::mem::take(&mut self.notice);
                if problems.is_some() {
                    let path = trainer.keep_text(id, &text)?;
                    return Ok(BrowseDeed::nothing(format!("nothing changed; the text is kept in {}", path.display())));
                }
                return Ok(BrowseDeed::nothing(if why.is_empty() { "nothing changed".into() } else { why }));
            };
            let taken = match trainer.edit_question(id, Some(&before), &written) {
                Err(error) if error.kind() == ErrorKind::Person => {
                    let path = trainer.keep_text(id, &written)?;
                    let why = error.message();
                    return Ok(BrowseDeed::nothing(format!("{why}; the text is kept in {}", path.display())));
                }
                taken => taken?,
            };
            match taken {
                Ok(edited) => return Ok(BrowseDeed::done(edits::words(&edited).replace('\n', "; "))),
                Err(refusal) => {
                    let plain = Paint::OFF;
                    let refused = edits::refused(refusal, "the text", plain);
                    (text, problems) = (written, Some(diagnostics::error(&refused, plain)));
                }
            }
        }
    }
}

/// Searches and draws once, without a terminal.
pub(super) fn draw_first(frame: &mut Frame<'_>, trainer: &mut Trainer, words: &str, theme: Theme) -> Result<()> {
    let (mut place, mut browsing) = (BrowsePlace::new(words), Browsing::new(trainer)?);
    if !words.trim().is_empty() {
        let found = trainer.browse(words, &mut unwatched);
        browsing.begin(&mut place, found)?;
    }
    place.height = usize::from(frame.area().height);
    browsing.fill(trainer, &mut place)?;
    draw_browse(frame, &browsing.screen(&place, theme));
    Ok(())
}

/// Why something could not be done, in a line. What is no matter of the person's ends the screen.
fn excuse(error: Error) -> Result<String> {
    if error.kind() != ErrorKind::Person {
        return Err(error);
    }
    Ok(match error.hints().first() {
        Some(hint) => format!("{}: {hint}", error.message()),
        None => error.message().to_owned(),
    })
}
