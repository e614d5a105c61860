//! Plans that move due dates: made, shown as figures, carried out together, and taken back together.

mod catch_up;
mod figures;
mod reviewing;
mod take_back;
mod vacation;

pub use figures::{MoveFigures, Moved};

pub(super) use take_back::take_back;

use crate::error::Result;
use crate::model::{DeedKind, StudyDay};
use crate::schedule::due_moves::{DueMove, advance, postpone, reschedule_believing};
use crate::store::{NewDeed, Reader, Store};
use crate::study::beliefs;
use crate::study::decks::Decks;
use crate::study::ledger::{MoveTitle, shift};
use crate::study::present::Present;
use crate::study::progress::{Steps, Watch};
use reviewing::Reviewing;

/// Which due dates to move, and why.
#[derive(Clone, Debug, PartialEq)]
pub enum MoveRequest {
    /// Due dates as the settings of today see them.
    Reschedule,
    /// No reviews from the first to the last of these days.
    Vacation(StudyDay, StudyDay),
    /// A backlog spread over this number of days, counting today; over as few as the reviews per day allow if `None`.
    CatchUp(Option<u32>),
    /// This share of the due cards later, spread over this number of days.
    Postpone(f64, Option<u32>),
    /// This share of the cards that are due within this number of days, today.
    Advance(f64, u32),
}

impl MoveRequest {
    /// The command that makes such a plan, and takes it back.
    pub fn command(&self) -> &'static str {
        match self {
            Self::Reschedule => "reschedule",
            Self::Vacation(..) => "vacation",
            Self::CatchUp(_) => "catchup",
            Self::Postpone(..) => "deck postpone",
            Self::Advance(..) => "deck advance",
        }
    }
}

/// A plan that moves due dates.
#[derive(Clone, Debug)]
pub struct MovePlan {
    /// What it moves, day by day and card by card.
    pub figures: MoveFigures,
    /// What the person should know besides.
    pub note: Option<String>,
    title: MoveTitle,
    shifts: Vec<DueMove>,
}

/// Plans moves in a deck and the decks in it, or in all.
pub(super) fn plan_moves(
    reader: Reader<'_>,
    request: &MoveRequest,
    deck: Option<&str>,
    present: Present,
) -> Result<MovePlan> {
    let decks = Decks::load(reader)?;
    let cards = Reviewing::read_cards(reader, &decks, deck, present)?;
    let (today, load) = (present.today, &mut cards.load());
    let (shifts, why, note) = match *request {
        MoveRequest::Reschedule => {
            let beliefs = beliefs::in_doubt(reader, &decks)?;
            let shifts = reschedule_believing(&cards.chosen(), &beliefs, load, today);
            (shifts, "reschedule: the settings of today".into(), None)
        }
        MoveRequest::Vacation(from, to) => {
            let (shifts, note) = vacation::plan(&cards, from, to)?;
            (shifts, format!("vacation from {from} to {to}"), note)
        }
        MoveRequest::CatchUp(days) => {
            let (shifts, note) = catch_up::plan(reader, &cards, days)?;
            (shifts, "catching up on a backlog".into(), Some(note))
        }
        MoveRequest::Postpone(share, days) => {
            (postpone(&cards.unburied(), share, days, load, today), "postponed by hand".into(), None)
        }
        MoveRequest::Advance(share, days) => {
            (advance(&cards.chosen(), share, days, today), "advanced by hand".into(), None)
        }
    };
    let figures = figures::figures(request.command(), &cards, &shifts);
    Ok(MovePlan { figures, note, title: MoveTitle { command: request.command(), why }, shifts })
}

/// Moves the cards of a plan, in one transaction; returns how many. A card that was answered or moved since stays as it is.
pub(super) fn carry_out(store: &mut Store, plan: &MovePlan, present: Present, watch: &mut Watch<'_>) -> Result<usize> {
    let mut writer = store.deed(NewDeed::new(DeedKind::Moves, present.now))?;
    writer.entitle(&plan.title.why);
    let decks = Decks::load(writer.reader())?;
    let mut steps = Steps::new(watch, "moving", plan.shifts.len() as u64);
    let moved = shift(&mut writer, &decks, &plan.title, &plan.shifts, None, present.now, &mut || steps.step())?;
    writer.commit()?;
    Ok(moved)
}
