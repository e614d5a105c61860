//! The home screen: today, the decks, and where to go from there.

mod paths;
mod place;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver};

use ratatui::crossterm::event::{Event as Input, KeyEventKind};

pub use place::HomePlace;
pub(super) use place::{HomePage, HomeRow};

use super::aside;
use super::draw::{HomeSeen, draw_home};
use super::input::Came;
use super::keys::{HomeWish, ReviewCommand, home_keys, paste_home, press_home};
use super::terminal::{Tui, failed};
use crate::error::{Error, ErrorKind, Result};
use crate::stats::overview::ExpectedScore;
use crate::study::{ReviewRequest, StatsRequest, Trainer, filter_text};
use crate::ui::paint::Paint;
use crate::ui::{deeds, overview, words};

/// Waits without a key after which today is looked at again.
const WAITS: u32 = 400;

/// Where the person goes from the home screen. The terminal is given back before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HomeChoice {
    /// They quit.
    Leave,
    /// To review a deck, or all.
    Review {
        /// Its name.
        deck: Option<String>,
        /// What is asked.
        extent: ReviewExtent,
    },
    /// To take a mock exam on a deck, or on all.
    Exam(Option<String>),
    /// To try the program with questions that come with it.
    Demo,
    /// To import what is at this path.
    Import(PathBuf),
}

/// What a review asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewExtent {
    /// What is due today.
    Due,
    /// More than today's limits allow.
    More,
    /// Everything, as practice.
    All,
}

impl ReviewExtent {
    /// How many cards more.
    pub const MORE_CARDS: u32 = 20;
}

/// A score that was computed, with the name of its deck.
type ScoredDeck = (String, Option<ExpectedScore>);

impl Tui {
    /// Shows today until the person goes somewhere; without a trainer there is no database yet. `place` is where they were.
    ///
    /// # Errors
    /// If the terminal or the database fails.
    pub fn home(&mut self, mut trainer: Option<&mut Trainer>, place: &mut HomePlace) -> Result<HomeChoice> {
        place.keys = self.place.keys;
        let mut version = None;
        let mut scores: Option<Receiver<ScoredDeck>> = None;
        if let Some(trainer) = trainer.as_deref_mut() {
            welcome_back(trainer, place)?;
            version = Some(trainer.data_version()?);
        }
        let mut waits = 0_u32;
        loop {
            self.draw_decks(place)?;
            if let Some(trainer) = trainer.as_deref()
                && place.wants_scores()
            {
                scores = foresee(trainer, place);
            }
            let rest = || {
                let mut is_new = false;
                for scored in scores.iter().flat_map(Receiver::try_iter) {
                    place.score(scored);
                    is_new = true;
                }
                if let Some(trainer) = trainer.as_deref() {
                    let now = Some(trainer.data_version()?);
                    waits += 1;
                    // Steps come due, and days end, while nobody writes.
                    if now != version || waits > WAITS {
                        (version, waits) = (now, 0);
                        let home = trainer.home()?;
                        is_new |= home != place.home;
                        place.show(home);
                    }
                }
                Ok(is_new)
            };
            let wish = match self.came(rest)? {
                Came::End => Some(HomeWish::Leave),
                Came::Nothing | Came::Continued => None,
                Came::Input(Input::Key(key)) if key.kind != KeyEventKind::Release => press_home(place, key),
                Came::Input(Input::Paste(text)) => {
                    paste_home(place, &text);
                    None
                }
                Came::Input(_) => None,
            };
            if let Some(wish) = wish
                && let Some(choice) = self.follow(trainer.as_deref_mut(), place, wish)?
            {
                return Ok(choice);
            }
        }
    }

    fn draw_decks(&mut self, place: &mut HomePlace) -> Result<()> {
        // Once more if the decks have another height than was thought.
        for _ in 0..2 {
            let (mut seen, theme) = (HomeSeen::default(), self.theme);
            aside::draw_whole(&mut self.terminal, |frame| seen = draw_home(frame, place, &theme)).map_err(failed)?;
            if !place.seen(seen) {
                break;
            }
        }
        Ok(())
    }

    /// Does what is wished; where it leads, if that is away from here.
    fn follow(
        &mut self,
        trainer: Option<&mut Trainer>,
        place: &mut HomePlace,
        wish: HomeWish,
    ) -> Result<Option<HomeChoice>> {
        let deck = place.deck();
        let extent = match wish {
            HomeWish::Leave => return Ok(Some(HomeChoice::Leave)),
            HomeWish::Demo => return Ok(Some(HomeChoice::Demo)),
            HomeWish::Exam => return Ok(Some(HomeChoice::Exam(deck))),
            HomeWish::Import(path) => return Ok(Some(HomeChoice::Import(paths::understood(&path)))),
            HomeWish::Complete => {
                place.complete();
                return Ok(None);
            }
            HomeWish::Shell => {
                self.aside(|| aside::stop().map_err(failed))?;
                return Ok(None);
            }
            HomeWish::Review => ReviewExtent::Due,
            HomeWish::More => ReviewExtent::More,
            HomeWish::Cram => ReviewExtent::All,
            HomeWish::Browse { .. } | HomeWish::Figures | HomeWish::Undo { .. } | HomeWish::Redo => {
                if let Some(trainer) = trainer {
                    let done = self.stay(trainer, place, wish);
                    done.or_else(|error| excuse(place, error))?;
                    place.show(trainer.home()?);
                } else {
                    place.notice = "there is nothing yet: i imports a bank".into();
                }
                return Ok(None);
            }
        };
        let Some(trainer) = trainer.filter(|_| !place.rows.is_empty()) else { return Ok(None) };
        if let Some(why) = nothing_to_ask(trainer, place, extent)? {
            place.notice = why.into();
            return Ok(None);
        }
        Ok(Some(HomeChoice::Review { deck, extent }))
    }

    /// Does what leaves the person here.
    fn stay(&mut self, trainer: &mut Trainer, place: &mut HomePlace, wish: HomeWish) -> Result<()> {
        match wish {
            HomeWish::Browse { of_deck } => {
                let deck = place.deck().filter(|_| of_deck);
                let words = deck.map(|deck| filter_text("deck", &deck)).unwrap_or_default();
                self.browse(trainer, &words)?;
            }
            HomeWish::Figures => {
                let deck = place.deck();
                let figures = trainer.overview(&StatsRequest { deck: deck.as_deref(), ..StatsRequest::default() })?;
                let width = self.terminal.size().map_err(failed)?.width.saturating_sub(1);
                let text = overview::text(&overview::without_markup(figures), Paint::OFF, usize::from(width));
                place.open(HomePage::Figures(text.lines().map(str::to_owned).collect()));
            }
            HomeWish::Undo { sure } => undo(trainer, place, sure)?,
            HomeWish::Redo => {
                place.notice = match trainer.redo()? {
                    Some(redone) => {
                        format!("brought back: {} · {} takes it back", deeds::brief(&redone.past), undo_key(place))
                    }
                    None => "there is nothing to bring back".into(),
                };
            }
            // These lead away, or are about the screen alone.
            _ => {}
        }
        Ok(())
    }
}

/// Shows the decks as they are now, and what was done since the person left.
fn welcome_back(trainer: &Trainer, place: &mut HomePlace) -> Result<()> {
    let before = (!place.rows.is_empty()).then_some(place.home.answered);
    place.show(trainer.home()?);
    if let Some(given) = before.and_then(|before| place.home.answered.checked_sub(before)).filter(|given| *given > 0) {
        let undo = undo_key(place);
        place.notice = format!("{} given · {undo} takes back the last one", words::count(given, "answer"));
    } else if let Some(behind) = trainer.clock_behind()?.filter(|_| before.is_none()) {
        place.notice = format!("{} · is the clock right?", words::clock_behind(&behind));
    }
    Ok(())
}

/// Takes back what was done last; what is about several cards, or an import, is asked about first.
fn undo(trainer: &mut Trainer, place: &mut HomePlace, sure: bool) -> Result<()> {
    let Some(next) = trainer.next_undo()? else {
        place.notice = deeds::NOTHING_TO_UNDO.into();
        return Ok(());
    };
    if next.is_wide() && !sure {
        place.open(HomePage::Undo(format!("Take back: {}?", deeds::brief(&next))));
        return Ok(());
    }
    place.notice = match trainer.undo()? {
        Some(undone) => format!("took back: {} · U brings it back", deeds::brief(&undone.past)),
        None => deeds::NOTHING_TO_UNDO.into(),
    };
    Ok(())
}

/// Why this review would ask nothing, with what would ask something; `None` if it has a card.
fn nothing_to_ask(trainer: &Trainer, place: &HomePlace, extent: ReviewExtent) -> Result<Option<&'static str>> {
    let Some(row) = place.row() else { return Ok(None) };
    let is_empty = |extent| {
        let more = if extent == ReviewExtent::More { ReviewExtent::MORE_CARDS } else { 0 };
        let cram = extent == ReviewExtent::All;
        let request = ReviewRequest { deck: place.deck(), more, cram, ..ReviewRequest::default() };
        trainer.plan_day(&request).map(|day| day.agenda.is_empty())
    };
    let asks = if extent == ReviewExtent::Due { row.today > 0 } else { !is_empty(extent)? };
    if asks {
        return Ok(None);
    }
    Ok(Some(match extent {
        ReviewExtent::All => "no card is left to practise here today",
        ReviewExtent::Due if row.more => "nothing is due here today: m asks 20 more, c practises all of it",
        _ if is_empty(ReviewExtent::All)? => {
            "no card is left to ask here today: those that are here are suspended or buried"
        }
        ReviewExtent::Due => "nothing is due here today: c practises all of it",
        ReviewExtent::More => "no more cards are new or due here: c practises all of it",
    }))
}

/// The key that takes back what was done last, as it is shown.
fn undo_key(place: &HomePlace) -> String {
    home_keys(ReviewCommand::Undo, place.keys).first().cloned().unwrap_or_default()
}

/// Says why something could not be done. What is no matter of the person's ends the screen.
fn excuse(place: &mut HomePlace, error: Error) -> Result<()> {
    if error.kind() != ErrorKind::Person {
        return Err(error);
    }
    place.notice = match error.hints().first() {
        Some(hint) => format!("{}: {hint}", error.message()),
        None => error.message().to_owned(),
    };
    Ok(())
}

/// Computes the expected score of each exam while the person looks at the screen. It takes long where there are many answers, so it has a
/// connection and a thread of its own.
fn foresee(trainer: &Trainer, place: &mut HomePlace) -> Option<Receiver<ScoredDeck>> {
    let decks = place.begin_scores();
    let other = trainer.another().ok()?;
    let (sender, scores) = mpsc::channel();
    let work = move || {
        for deck in decks {
            let request = StatsRequest { deck: Some(&deck), ..StatsRequest::default() };
            // What cannot be computed is shown as unknown; `retain plan` says why.
            let score = other.overview(&request).ok().and_then(|figures| figures.cards.score);
            if sender.send((deck, score)).is_err() {
                return;
            }
        }
    };
    std::thread::Builder::new().name("scores".into()).spawn(work).ok()?;
    Some(scores)
}
