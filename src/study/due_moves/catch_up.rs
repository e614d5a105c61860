//! A backlog spread over several days, the cards at risk first.

use std::collections::HashMap;

use super::reviewing::Reviewing;
use crate::error::{Error, Result};
use crate::model::{DeckId, StudyDay, count};
use crate::schedule::due_moves::{DayCapacity, DueMove, catch_up, level};
use crate::schedule::{Allowance, DeckLimit, LOAD_DAYS, share};
use crate::store::Reader;
use crate::study::day::limits;

/// The moves, and what they come to in words.
pub(super) fn plan(reader: Reader<'_>, cards: &Reviewing<'_>, days: Option<u32>) -> Result<(Vec<DueMove>, String)> {
    let today = cards.present.today;
    let unburied = cards.unburied();
    let backlog = unburied.iter().filter(|card| card.due <= today).count();
    let limits = limits(reader, cards.decks, None, cards.present)?;
    let longest = rooms(cards, &limits, LOAD_DAYS);
    let (mut shifts, mut left) = catch_up(&unburied, &mut longest.clone(), today);
    if let Some(days) = days {
        let mut rooms = even(reader, cards, longest, days, backlog)?;
        let (within, more) = catch_up(&unburied, &mut rooms, today);
        if more > left {
            let (cards, needed) = (count(backlog as u64, "card"), count(days_of(&shifts, today), "day"));
            let message = format!("{cards} do not fit into {} within the reviews per day", count(days, "day"));
            return Err(Error::person(message).hint(format!("{needed} are enough, or raise `reviews-per-day`")));
        }
        (shifts, left) = (within, more);
    }
    let mut note = format!(
        "{} due, over {}: today those that are most likely forgotten",
        count(backlog as u64, "card"),
        count(days_of(&shifts, today), "day")
    );
    if left > 0 {
        note += &format!("\n{} fit into no day, and stay due", count(left as u64, "card"));
    }
    Ok((shifts, note))
}

/// How many days a plan takes, today among them.
fn days_of(shifts: &[DueMove], today: StudyDay) -> u32 {
    shifts.iter().map(|shift| shift.to.since(today)).max().unwrap_or(0) + 1
}

/// The room that the reviews per day leave on each day, after the cards that are due on it and by its share of the week's work.
fn rooms(cards: &Reviewing<'_>, limits: &[DeckLimit], days: u32) -> Vec<DayCapacity> {
    let mut due: HashMap<StudyDay, Vec<DeckId>> = HashMap::new();
    for card in cards.all() {
        due.entry(card.due).or_default().push(card.deck);
    }
    let room = |ahead: u32| {
        let day = cards.present.today.plus(ahead);
        let eased: Vec<DeckLimit> = limits
            .iter()
            .map(|limit| {
                let part = cards.decks.entry(limit.deck.id).map_or(1.0, |entry| share(&entry.settings, day));
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
        DayCapacity { allowance, cards: usize::MAX }
    };
    (0..days).map(room).collect()
}

/// The first days, each with as much room as brings all of them to one level.
fn even(
    reader: Reader<'_>,
    cards: &Reviewing<'_>,
    rooms: Vec<DayCapacity>,
    days: u32,
    backlog: usize,
) -> Result<Vec<DayCapacity>> {
    let settings = reader.default_settings()?;
    let load = cards.load();
    let vessel: Vec<(u32, f64)> = (0..days)
        .map(|ahead| {
            let day = cards.present.today.plus(ahead);
            // What is due today is the backlog itself.
            (if ahead == 0 { 0 } else { load.on(day) }, share(&settings, day))
        })
        .collect();
    let capacities = level(&vessel, backlog);
    Ok(rooms.into_iter().zip(capacities).map(|(room, cards)| DayCapacity { cards, ..room }).collect())
}
