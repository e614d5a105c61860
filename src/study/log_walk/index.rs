//! The place of a card among many.

use std::collections::HashMap;

use crate::model::CardId;

/// Finds the place of a card among all cards, a million times in a replay: numbers of cards rise by one, but for gaps.
pub(in crate::study) struct CardIndex {
    first: i64,
    /// The place of each number from `first` on; `u32::MAX` in a gap.
    places: Vec<u32>,
    /// Used if the gaps are too wide for that.
    sparse: HashMap<CardId, usize>,
}

impl CardIndex {
    /// Of these cards, in order of their numbers.
    pub(in crate::study) fn new(cards: &[CardId]) -> Self {
        let (first, last) = (cards.first().map_or(0, |card| card.0), cards.last().map_or(0, |card| card.0));
        let width = usize::try_from(last.saturating_sub(first)).unwrap_or(usize::MAX).saturating_add(1);
        if width > cards.len().saturating_mul(4) {
            let sparse = cards.iter().enumerate().map(|(place, card)| (*card, place)).collect();
            return Self { first, places: Vec::new(), sparse };
        }
        let mut places = vec![u32::MAX; if cards.is_empty() { 0 } else { width }];
        for (place, card) in (0..).zip(cards) {
            places[(card.0 - first) as usize] = place;
        }
        Self { first, places, sparse: HashMap::new() }
    }

    /// The place of a card; `None` if it is not among them.
    pub(in crate::study) fn find(&self, card: CardId) -> Option<usize> {
        let near =
            card.0.checked_sub(self.first).and_then(|at| usize::try_from(at).ok()).and_then(|at| self.places.get(at));
        match near {
            Some(place) => (*place != u32::MAX).then_some(*place as usize),
            None => self.sparse.get(&card).copied(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_are_found_in_dense_and_in_sparse_numbers() {
        for numbers in [vec![], vec![7], vec![3, 4, 6, 9], vec![1, 2, 5_000_000_000]] {
            let cards: Vec<CardId> = numbers.iter().map(|number| CardId(*number)).collect();
            let places = CardIndex::new(&cards);
            for number in [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 5_000_000_000, i64::MAX] {
                let expected = numbers.iter().position(|known| *known == number);
                assert_eq!(places.find(CardId(number)), expected, "{number} among {numbers:?}");
            }
        }
    }
}
