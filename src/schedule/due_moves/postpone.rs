//! Moves due cards to later days, or future cards to today: those first that lose least by it (FSRS Helper, `schedule/postpone.py` and
//! `schedule/advance.py`).

use super::{DueMove, Movable, level};
use crate::memory::Model;
use crate::model::StudyDay;
use crate::schedule::{DayRange, Load, share};

/// Postpones a share (0–1) of the cards that are due today, those that lose least. With a number of `days` they are spread over
/// these, those that lose least the furthest. Without one each moves by 5–10 % of its interval, as in the helper.
pub fn postpone<M: Model>(
    cards: &[Movable<'_, M>],
    part: f64,
    days: Option<u32>,
    load: &mut Load,
    today: StudyDay,
) -> Vec<DueMove> {
    let further = |card: &Movable<'_, M>| match days {
        Some(days) => today.plus(days),
        None => today.plus(own_delay(card).1),
    };
    let due: Vec<&Movable<'_, M>> = cards.iter().filter(|card| card.due <= today).collect();
    let chosen = least(due, part, |card| card.strain(further(card)));
    match days {
        Some(days) => over_days(&chosen, days, load, today),
        None => chosen.into_iter().filter_map(|card| by_interval(card, load, today)).collect(),
    }
}

/// Moves a share (0–1) of the cards that are due within `days` to today, those that lose least by being early.
pub fn advance<M: Model>(cards: &[Movable<'_, M>], part: f64, days: u32, today: StudyDay) -> Vec<DueMove> {
    let ahead = cards.iter().filter(|card| card.due > today && card.due <= today.plus(days));
    // A card of today has nothing to gain from another answer today.
    let ahead = ahead.filter(|card| card.last_day < today).collect();
    least(ahead, part, |card| 1.0 - card.strain(today)).into_iter().map(|card| card.to(today)).collect()
}

/// The share of the cards that lose least; of equal ones, the most stable.
fn least<'c, 's, M>(
    mut cards: Vec<&'c Movable<'s, M>>,
    part: f64,
    loss: impl Fn(&Movable<'s, M>) -> f64,
) -> Vec<&'c Movable<'s, M>> {
    cards.sort_by_cached_key(|card| {
        let stability = f64::from(card.memory.stability);
        (ordered(loss(card)), ordered(-stability), card.card)
    });
    cards.truncate((cards.len() as f64 * part).round() as usize);
    cards
}

/// An integer with the order of the float.
fn ordered(number: f64) -> i64 {
    let bits = number.to_bits().cast_signed();
    bits ^ ((bits >> 63).cast_unsigned() >> 1).cast_signed()
}

/// The fewest and the most days by which the helper postpones a card.
fn own_delay<M>(card: &Movable<'_, M>) -> (u32, u32) {
    let interval = f64::from(card.interval());
    let days = |share: f64| (interval * share).ceil().max(1.0) as u32;
    (days(0.05), days(0.10))
}

fn by_interval<M>(card: &Movable<'_, M>, load: &mut Load, today: StudyDay) -> Option<DueMove> {
    let (low, high) = own_delay(card);
    let most = card.latest(today).since(today);
    if low > most {
        return None;
    }
    let place = card.scheduler.place(card.uid, card.repetitions).unwrap_or(0.0);
    let days = DayRange { low, high: high.min(most), aim: None };
    let day = today.plus(load.choose(days, today, card.scheduler.settings, place));
    load.add(day);
    Some(card.to(day))
}

fn over_days<M>(cards: &[&Movable<'_, M>], days: u32, load: &mut Load, today: StudyDay) -> Vec<DueMove> {
    let Some(first) = cards.first() else { return Vec::new() };
    let ahead: Vec<StudyDay> = (1..=days).map(|days| today.plus(days)).collect();
    let settings = first.scheduler.settings;
    let vessel: Vec<(u32, f64)> = ahead.iter().map(|day| (load.on(*day), share(settings, *day))).collect();
    let mut room = level(&vessel, cards.len());
    let mut moves = Vec::new();
    for card in cards {
        let latest = card.latest(today);
        let place = (0..ahead.len()).rev().find(|place| room[*place] > 0 && ahead[*place] <= latest);
        if let Some(place) = place {
            room[place] -= 1;
            load.add(ahead[place]);
            moves.push(card.to(ahead[place]));
        }
    }
    moves
}
