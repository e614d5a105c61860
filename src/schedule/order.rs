//! Which cards come first: the orders that the settings name, each a total order, so that a day looks the same at every start.

use std::collections::HashMap;

use super::{DueCard, NewCard};
use crate::chance::Ranking;
use crate::model::{Mix, NewOrder, ReviewOrder, Settings};

/// How the cards of a day are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayOrder {
    /// Which of the due cards come first.
    pub reviews: ReviewOrder,
    /// Which of the new cards come first.
    pub new: NewOrder,
    /// How the two are mixed.
    pub mix: Mix,
    /// Whether neighbours have different topics, if that moves no card far.
    pub interleave_topics: bool,
}

impl DayOrder {
    /// The order of these settings.
    pub fn from_settings(settings: &Settings) -> Self {
        Self {
            reviews: settings.review_order,
            new: settings.new_order,
            mix: settings.mix,
            interleave_topics: settings.interleave_topics,
        }
    }
}

/// Puts the cards that have a place today in the order to be asked.
pub(super) fn as_asked(due: &mut [DueCard], order: ReviewOrder, chance: Ranking) {
    match order {
        ReviewOrder::Random => due.sort_by_cached_key(|card| (!card.surely_wrong, chance.rank(card.card.0))),
        ReviewOrder::Deck => due.sort_by_key(|card| (!card.surely_wrong, card.deck_place)),
        ReviewOrder::Risk | ReviewOrder::Due | ReviewOrder::Difficulty | ReviewOrder::Overdue => {}
    }
}

/// Puts new cards, given deck by deck in the order of their banks, in the order to be asked.
pub(super) fn new_cards(new: &mut [NewCard], order: NewOrder, chance: Ranking) {
    match order {
        NewOrder::Bank => {}
        NewOrder::Random => new.sort_by_cached_key(|card| chance.rank(card.card.0)),
        NewOrder::Topics => {
            // The first of every topic, then the second of every topic, topics in the order of their first cards.
            let mut turns: HashMap<i64, (usize, usize)> = HashMap::new();
            let mut keyed = Vec::with_capacity(new.len());
            for card in new.iter() {
                let begun = turns.len();
                let (topic, turn) = turns.entry(card.topic).or_insert((begun, 0));
                keyed.push(((*turn, *topic), *card));
                *turn += 1;
            }
            keyed.sort_by_key(|(key, _)| *key);
            for (place, (_, card)) in new.iter_mut().zip(keyed) {
                *place = card;
            }
        }
    }
}
