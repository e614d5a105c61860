//! Days off: their cards are spread over the days around them.
//!
//! As in the FSRS Helper's break (`schedule/schedule_break.py`), which uses only the days after it. Cards with the shortest intervals
//! choose first, each the nearest day with room relative to its interval, and the days around end up at one level.

use super::{DueMove, Movable, level};
use crate::model::StudyDay;
use crate::schedule::{Load, share};

/// The fewest and the most days on either side.
const SIDE: (u32, u32) = (3, 30);

/// Moves the cards that are due from `from` to `to` to the days before and after. A card stays if an exam or the longest interval leaves
/// no day.
pub fn vacation<M>(
    cards: &[Movable<'_, M>],
    from: StudyDay,
    to: StudyDay,
    load: &mut Load,
    today: StudyDay,
) -> Vec<DueMove> {
    let mut away: Vec<&Movable<'_, M>> = cards.iter().filter(|card| (from..=to).contains(&card.asked(today))).collect();
    away.sort_by_key(|card| (card.interval(), card.due, card.card));
    let Some(first) = away.first() else { return Vec::new() };
    let days = around(from, to, today);
    let vessel: Vec<(u32, f64)> =
        days.iter().map(|day| (load.on(*day), share(first.scheduler.settings, *day))).collect();
    let mut room = level(&vessel, away.len());
    let mut moves = Vec::new();
    for card in away {
        let latest = card.latest(today);
        let bears = |day: StudyDay| day > card.last_day && day <= latest;
        let cost = |day: StudyDay| f64::from(day.0.abs_diff(card.asked(today).0)) / f64::from(card.interval());
        let nearest = |with_room: bool| {
            (0..days.len())
                .filter(|place| bears(days[*place]) && (!with_room || room[*place] > 0))
                .min_by(|a, b| cost(days[*a]).total_cmp(&cost(days[*b])))
        };
        if let Some(place) = nearest(true).or_else(|| nearest(false)) {
            room[place] = room[place].saturating_sub(1);
            load.remove(card.due);
            load.add(days[place]);
            moves.push(card.to(days[place]));
        }
    }
    moves
}

/// The days on either side, as many as the vacation has, none before today.
fn around(from: StudyDay, to: StudyDay, today: StudyDay) -> Vec<StudyDay> {
    let side = to.since(from).saturating_add(1).clamp(SIDE.0, SIDE.1);
    let before =
        (1..=side).rev().map(|days| StudyDay(from.0.saturating_sub_unsigned(days))).filter(|day| *day >= today);
    before.chain((1..=side).map(|days| to.plus(days)).filter(|day| *day >= today)).collect()
}
