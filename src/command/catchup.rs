//! `retain catchup`: back after weeks away, without a wall of cards.

use std::collections::HashMap;

use clap::Args as Arguments;

use super::Context;
use super::decks::Decks;
use super::review::limits;
use super::shift::{self, Field, Mode, Title};
use crate::error::{Done, Error, Result};
use crate::model::{DeckId, StudyDay};
use crate::schedule::shift::{Room, Shift, catch_up, level};
use crate::schedule::{Allowance, DeckLimit, LOAD_DAYS, share};
use crate::store::Reader;
use crate::ui::words;

const COMMAND: &str = "catchup";

/// Spread a backlog over several days, those at risk first.
#[derive(Arguments, Debug)]
pub struct Args {
    /// The deck, with the decks in it (default: all)
    deck: Option<String>,
    /// Over how many days, today among them (default: as few as the reviews per day allow)
    #[arg(long, value_name = "N", value_parser = shift::days)]
    days: Option<u32>,
    #[command(flatten)]
    mode: Mode,
}

/// Runs the command.
///
/// # Errors
/// When the backlog does not fit into the days, there is no such deck, nobody can be asked, or the database fails.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    if args.mode.undo {
        return shift::undo(context, &args.mode, COMMAND);
    }
    let mut store = context.store()?;
    let decks = Decks::read(store.reader())?;
    let field = Field::read(context, store.reader(), &decks, args.deck.as_deref())?;
    let cards = field.unburied();
    let backlog = cards.iter().filter(|card| card.due <= field.today).count();
    let limits = limits(store.reader(), &decks, None, field.now, field.today)?;
    let longest = rooms(&field, &limits, LOAD_DAYS);
    let (shifts, left) = catch_up(&cards, &mut longest.clone(), field.today);
    let needed = days_of(&shifts, field.today);
    let (shifts, left) = match args.days {
        None => (shifts, left),
        Some(days) => {
            let mut rooms = even(store.reader(), &field, longest, days, backlog)?;
            let (shifts, more) = catch_up(&cards, &mut rooms, field.today);
            if more > left {
                return Err(Error::person(format!(
                    "{} do not fit into {} within the reviews per day",
                    words::count(backlog as u64, "card"),
                    words::count(days, "day")
                ))
                .hint(format!("{} are enough, or raise `reviews-per-day`", words::count(needed, "day"))));
            }
            (shifts, more)
        }
    };
    let mut note = format!(
        "{} due, over {}: today those that are most likely forgotten",
        words::count(backlog as u64, "card"),
        words::count(days_of(&shifts, field.today), "day")
    );
    if left > 0 {
        note += &format!("\n{} fit into no day, and stay due", words::count(left as u64, "card"));
    }
    let title = Title { command: COMMAND, why: "catching up on a backlog".into(), note: Some(note) };
    shift::carry_out(context, &mut store, &args.mode, &title, &field, &shifts)
}

/// How many days a plan takes, today among them.
fn days_of(shifts: &[Shift], today: StudyDay) -> u32 {
    shifts.iter().map(|shift| shift.to.since(today)).max().unwrap_or(0) + 1
}

/// What the reviews per day leave on each day, after the cards that are due on it anyway and with its share of the week's work.
fn rooms(field: &Field<'_>, limits: &[DeckLimit], days: u32) -> Vec<Room> {
    let mut due: HashMap<StudyDay, Vec<DeckId>> = HashMap::new();
    for card in field.all() {
        due.entry(card.due).or_default().push(card.deck);
    }
    let room = |ahead: u32| {
        let day = field.today.plus(ahead);
        let eased: Vec<DeckLimit> = limits
            .iter()
            .map(|limit| {
                let part = field.decks.of(limit.deck.id).map_or(1.0, |entry| share(&entry.settings, day));
                let reviews_per_day = (f64::from(limit.reviews_per_day) * part).round() as u32;
                let done = |count: u32| if ahead == 0 { count } else { 0 };
                DeckLimit {
                    reviews_per_day,
                    new_done: done(limit.new_done),
                    reviews_done: done(limit.reviews_done),
                    ..limit.clone()
                }
            })
            .collect();
        let mut allowance = Allowance::new(&eased);
        if ahead > 0 {
            for deck in due.get(&day).into_iter().flatten() {
                allowance.take_review(*deck);
            }
        }
        Room { allowance, cards: usize::MAX }
    };
    (0..days).map(room).collect()
}

/// The first days, each with room for so many cards that all end up at one level.
fn even(reader: Reader<'_>, field: &Field<'_>, rooms: Vec<Room>, days: u32, cards: usize) -> Result<Vec<Room>> {
    let settings = reader.default_settings()?;
    let load = field.load();
    let vessel: Vec<(u32, f64)> = (0..days)
        .map(|ahead| {
            let day = field.today.plus(ahead);
            // What is due today is the backlog itself.
            (if ahead == 0 { 0 } else { load.on(day) }, share(&settings, day))
        })
        .collect();
    let capacities = level(&vessel, cards);
    Ok(rooms.into_iter().zip(capacities).map(|(room, cards)| Room { cards, ..room }).collect())
}
