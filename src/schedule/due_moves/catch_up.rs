//! Back after weeks away: the backlog over several days, those at the highest risk first.

use std::collections::HashMap;

use super::{DueMove, Movable};
use crate::memory::Model;
use crate::model::{DeckId, StudyDay};
use crate::schedule::Allowance;

/// How much a day can still take.
#[derive(Clone, Debug)]
pub struct DayCapacity {
    /// What is left of the reviews per day, after the cards that are due on the day anyway.
    pub allowance: Allowance,
    /// How many cards of the backlog it takes at most.
    pub cards: usize,
}

/// Spreads due cards over days from today on: each on the first day that takes it, those most likely forgotten first. Returns the moves,
/// and how many cards no day takes: those stay due.
pub fn catch_up<M: Model>(
    cards: &[Movable<'_, M>],
    rooms: &mut [DayCapacity],
    today: StudyDay,
) -> (Vec<DueMove>, usize) {
    let mut backlog: Vec<(f64, &Movable<'_, M>)> =
        cards.iter().filter(|card| card.due <= today).map(|card| (card.recall(today), card)).collect();
    backlog.sort_by(|(a, one), (b, other)| a.total_cmp(b).then(one.card.cmp(&other.card)));
    // A day that has no room for a deck has none later either.
    let mut first_open: HashMap<DeckId, usize> = HashMap::new();
    let (mut moves, mut left) = (Vec::new(), 0);
    for (_, card) in backlog {
        let open = first_open.entry(card.deck).or_default();
        let exam = card.scheduler.settings.exam.filter(|exam| *exam > today);
        let taken = loop {
            let (day, Some(room)) = (today.plus(u32::try_from(*open).unwrap_or(u32::MAX)), rooms.get_mut(*open)) else {
                break None;
            };
            if exam.is_some_and(|exam| day > exam) {
                break None;
            }
            if room.cards > 0 && room.allowance.take_review(card.deck) {
                room.cards -= 1;
                break Some(day);
            }
            *open += 1;
        };
        match taken {
            Some(day) if day > today => moves.push(card.to(day)),
            Some(_) => {}
            None => left += 1,
        }
    }
    (moves, left)
}
