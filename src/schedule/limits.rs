//! How many cards a study day takes: the limits of each deck, and of the decks around it.

use std::collections::HashMap;

use crate::model::{Deck, DeckId};

/// The limits of a deck and what it has used of them today.
#[derive(Clone, Debug)]
pub struct DeckLimit {
    /// Its number and its name, which gives the decks around it.
    pub deck: Deck,
    /// New cards a day.
    pub new_per_day: u32,
    /// Reviews a day.
    pub reviews_per_day: u32,
    /// Whether new cards come on top of the reviews.
    pub new_ignores_review_limit: bool,
    /// New cards answered today, in this deck alone.
    pub new_done: u32,
    /// Reviews answered today, in this deck alone.
    pub reviews_done: u32,
}

#[derive(Clone, Debug)]
struct DeckAllowance {
    parent: Option<usize>,
    new: u32,
    reviews: u32,
    new_ignores_reviews: bool,
}

/// What is left of the limits. A card counts in its deck and in every deck around it.
#[derive(Clone, Debug)]
pub struct Allowance {
    nodes: Vec<DeckAllowance>,
    places: HashMap<DeckId, usize>,
}

impl Allowance {
    /// What is left of these limits today.
    pub fn new(limits: &[DeckLimit]) -> Self {
        let names: HashMap<String, usize> =
            limits.iter().enumerate().map(|(place, limit)| (limit.deck.name.to_lowercase(), place)).collect();
        let nodes = limits.iter().map(|limit| DeckAllowance {
            parent: parents(&limit.deck.name).find_map(|name| names.get(&name).copied()),
            new: limit.new_per_day,
            reviews: limit.reviews_per_day,
            new_ignores_reviews: limit.new_ignores_review_limit,
        });
        let places = limits.iter().enumerate().map(|(place, limit)| (limit.deck.id, place)).collect();
        let mut allowance = Self { nodes: nodes.collect(), places };
        for limit in limits {
            allowance.spend(limit.deck.id, limit.new_done, limit.reviews_done);
        }
        allowance
    }

    /// Takes a place for a review in this deck; false if none is left.
    pub fn take_review(&mut self, deck: DeckId) -> bool {
        if !self.places.contains_key(&deck) || !self.chain(deck).all(|place| self.nodes[place].reviews > 0) {
            return false;
        }
        self.spend(deck, 0, 1);
        true
    }

    /// Takes a place for a new card in this deck; false if none is left. A new card also takes the place of a review,
    /// unless the settings say otherwise.
    pub fn take_new(&mut self, deck: DeckId) -> bool {
        let free = |node: &DeckAllowance| node.new > 0 && (node.new_ignores_reviews || node.reviews > 0);
        if !self.places.contains_key(&deck) || !self.chain(deck).all(|place| free(&self.nodes[place])) {
            return false;
        }
        self.spend(deck, 1, 0);
        true
    }

    /// How many reviews this deck could still take, at the most.
    pub fn reviews_left(&self, deck: DeckId) -> u32 {
        self.chain(deck).map(|place| self.nodes[place].reviews).min().unwrap_or(0)
    }

    /// How many new cards this deck could still take, at the most.
    pub fn new_left(&self, deck: DeckId) -> u32 {
        self.chain(deck).map(|place| self.nodes[place].new).min().unwrap_or(0)
    }

    fn spend(&mut self, deck: DeckId, new: u32, reviews: u32) {
        for place in self.chain(deck).collect::<Vec<_>>() {
            let node = &mut self.nodes[place];
            node.new = node.new.saturating_sub(new);
            let reviews = if node.new_ignores_reviews { reviews } else { reviews.saturating_add(new) };
            node.reviews = node.reviews.saturating_sub(reviews);
        }
    }

    /// The deck and the decks around it.
    fn chain(&self, deck: DeckId) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.places.get(&deck).copied(), |place| self.nodes[*place].parent)
    }
}

fn parents(name: &str) -> impl Iterator<Item = String> + '_ {
    Deck::parents(name).collect::<Vec<_>>().into_iter().rev().map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(id: i64, name: &str, new: u32, reviews: u32) -> DeckLimit {
        DeckLimit {
            deck: Deck { id: DeckId(id), name: name.into() },
            new_per_day: new,
            reviews_per_day: reviews,
            new_ignores_review_limit: false,
            new_done: 0,
            reviews_done: 0,
        }
    }

    #[test]
    fn a_child_draws_on_its_parents() {
        let mut allowance =
            Allowance::new(&[limit(1, "Exam", 3, 100), limit(2, "Exam::A", 2, 100), limit(3, "exam::b::c", 9, 100)]);
        assert_eq!([1, 2, 3].map(|deck| allowance.new_left(DeckId(deck))), [3, 2, 3]);
        assert_eq!((0..5).filter(|_| allowance.take_new(DeckId(2))).count(), 2);
        assert_eq!((0..5).filter(|_| allowance.take_new(DeckId(3))).count(), 1);
        assert!(!allowance.take_new(DeckId(1)));
    }

    #[test]
    fn new_cards_count_among_the_reviews_unless_they_do_not() {
        let mut allowance = Allowance::new(&[limit(1, "A", 9, 2)]);
        assert!(allowance.take_review(DeckId(1)) && allowance.take_new(DeckId(1)));
        assert!(!allowance.take_new(DeckId(1)) && !allowance.take_review(DeckId(1)));
        let mut allowance = Allowance::new(&[DeckLimit { new_ignores_review_limit: true, ..limit(1, "A", 9, 0) }]);
        assert!(allowance.take_new(DeckId(1)) && !allowance.take_review(DeckId(1)));
    }

    #[test]
    fn what_was_done_today_is_spent() {
        let mut allowance = Allowance::new(&[DeckLimit { new_done: 2, reviews_done: 7, ..limit(1, "A", 3, 10) }]);
        assert_eq!([1, 99].map(|deck| allowance.new_left(DeckId(deck))), [1, 0]);
        assert!(allowance.take_review(DeckId(1)) && !allowance.take_review(DeckId(1)));
        assert!(!allowance.take_review(DeckId(99)), "an unknown deck has no limits to take from");
    }
}
