//! How reviews and new cards follow one another in a day.
//!
//! The next card is a function of the cards asked so far and of those left, and of nothing else. So a day goes on after an interruption
//! as without it, and after an undo it asks the same card again.

use std::collections::VecDeque;

use super::DayOrder;
use crate::model::{CardId, CardState, DeckId, Mix, ReviewOrder};

/// How far a card may move forward so that neighbours differ in topic.
const REACH: usize = 8;

/// The cards of a day that were asked so far. Learning steps are not counted: they come when they are due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Begun {
    /// How many reviews.
    pub reviews: usize,
    /// How many new cards.
    pub new: usize,
    /// The topic of the last of them, and whether it was new; `None` if nothing was asked yet.
    pub last: Option<(i64, bool)>,
}

impl Begun {
    /// The same day after one more card of this topic.
    pub fn count(&mut self, is_new: bool, topic: i64) {
        *(if is_new { &mut self.new } else { &mut self.reviews }) += 1;
        self.last = Some((topic, is_new));
    }
}

/// A card that has a place today.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub(super) card: CardId,
    pub(super) state: CardState,
    pub(super) deck: DeckId,
    pub(super) topic: i64,
}

/// The cards of a day that are left, each kind in its own order.
#[derive(Debug)]
struct Rest {
    reviews: VecDeque<Placed>,
    new: VecDeque<Placed>,
    begun: Begun,
    /// All reviews and all new cards of the day.
    whole: (usize, usize),
    order: DayOrder,
}

/// Mixes reviews and new cards by the order, and moves a card of another topic forward if two neighbours would share a topic. Both
/// are given in their own order, without what was `begun`.
pub(super) fn lay_out(reviews: Vec<Placed>, new: Vec<Placed>, begun: Begun, order: DayOrder) -> Vec<Placed> {
    let whole = (begun.reviews + reviews.len(), begun.new + new.len());
    let count = reviews.len() + new.len();
    let mut rest = Rest { reviews: reviews.into(), new: new.into(), begun, whole, order };
    let mut laid_out = Vec::with_capacity(count);
    laid_out.extend(std::iter::from_fn(|| rest.next()));
    laid_out
}

impl Rest {
    fn next(&mut self) -> Option<Placed> {
        let reach = if self.order.interleave_topics { REACH } else { 1 };
        let mut near = Near { begun: self.begun, reviews: 0, new: 0 };
        let mut first = None;
        let mut found = None;
        for _ in 0..reach {
            let Some((place, card)) = near.next(self) else {
                break;
            };
            let &mut (_, front) = first.get_or_insert((place, card));
            // The order of the decks is kept.
            if self.order.reviews == ReviewOrder::Deck && card.deck != front.deck {
                break;
            }
            if self.begun.last.is_none_or(|(topic, _)| topic != card.topic) {
                found = Some((place, card));
                break;
            }
        }
        let (place, card) = found.or(first)?;
        let is_new = card.state == CardState::New;
        if is_new { &mut self.new } else { &mut self.reviews }.remove(place);
        self.begun.count(is_new, card.topic);
        Some(card)
    }
}

/// The cards that would follow without regard to topics.
struct Near {
    begun: Begun,
    reviews: usize,
    new: usize,
}

impl Near {
    /// The next of them, with its place among its kind.
    fn next(&mut self, rest: &Rest) -> Option<(usize, Placed)> {
        let (review, new) = (rest.reviews.get(self.reviews), rest.new.get(self.new));
        let is_new = match (review, new) {
            (None, None) => return None,
            (None, Some(_)) => true,
            (Some(_), None) => false,
            (Some(_), Some(_)) => match rest.order.mix {
                Mix::NewFirst => true,
                Mix::NewLast => false,
                // The share of new cards among those asked should be their share of all, from the first card on.
                // If many are missing (only reviews were asked before), they do not come all at once.
                Mix::Mixed => {
                    let (all_reviews, all_new) = rest.whole;
                    let place = self.begun.reviews + self.begun.new + 1;
                    let behind = self.begun.new < place * (all_new + 1) / (all_reviews + all_new + 1);
                    let after_new = self.begun.last.is_some_and(|(_, new)| new);
                    behind && !(after_new && all_reviews > all_new)
                }
            },
        };
        let (place, card) = if is_new { (&mut self.new, new?) } else { (&mut self.reviews, review?) };
        self.begun.count(is_new, card.topic);
        *place += 1;
        Some((*place - 1, *card))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;
    use crate::model::NewOrder;

    fn cards(state: CardState, from: i64, topics: &[(i64, i64)]) -> Vec<Placed> {
        (from..)
            .zip(topics)
            .map(|(card, (topic, deck))| Placed { card: CardId(card), state, deck: DeckId(*deck), topic: *topic })
            .collect()
    }

    fn ids(cards: &[Placed]) -> Vec<i64> {
        cards.iter().map(|card| card.card.0).collect()
    }

    fn order(mix: Mix, interleave_topics: bool, by_deck: bool) -> DayOrder {
        let reviews = if by_deck { ReviewOrder::Deck } else { ReviewOrder::Risk };
        DayOrder { reviews, new: NewOrder::Bank, mix, interleave_topics }
    }

    #[test]
    fn a_day_that_has_begun_keeps_its_share_of_new_cards() {
        let mixed = order(Mix::Mixed, false, false);
        let reviews = cards(CardState::Review, 1, &[(1, 1); 6]);
        let new = cards(CardState::New, 11, &[(2, 1); 2]);
        assert_eq!(ids(&lay_out(reviews.clone(), new.clone(), Begun::default(), mixed)), [1, 2, 11, 3, 4, 12, 5, 6]);
        let begun = Begun { reviews: 2, new: 1, last: Some((2, true)) };
        assert_eq!(ids(&lay_out(reviews[2..].to_vec(), new[1..].to_vec(), begun, mixed)), [3, 4, 12, 5, 6]);
    }

    #[test]
    fn new_cards_catch_up_between_reviews() {
        let mixed = order(Mix::Mixed, false, false);
        let reviews = cards(CardState::Review, 1, &[(1, 1); 5]);
        let new = cards(CardState::New, 11, &[(2, 1); 3]);
        // Of 17 cards, 3 new ones: 2 of the first 10 should be, 3 of the first 14.
        let begun = Begun { reviews: 9, new: 0, last: Some((1, false)) };
        assert_eq!(ids(&lay_out(reviews, new, begun, mixed)), [11, 1, 12, 2, 13, 3, 4, 5]);
    }

    #[test]
    fn the_first_card_left_differs_from_the_last_one_asked() {
        let turns = order(Mix::Mixed, true, false);
        let begun = Begun { reviews: 1, new: 0, last: Some((1, false)) };
        assert_eq!(ids(&lay_out(cards(CardState::Review, 1, &[(1, 1), (2, 1)]), Vec::new(), begun, turns)), [2, 1]);
    }

    proptest! {
        #[test]
        fn a_day_goes_on_from_anywhere_as_if_it_had_not_been_interrupted(
            reviews in prop::collection::vec((0_i64..4, 0_i64..3), 0..50),
            new in prop::collection::vec((0_i64..4, 0_i64..3), 0..30),
            mix in prop::sample::select(vec![Mix::Mixed, Mix::NewFirst, Mix::NewLast]),
            interleave: bool, by_deck: bool, cut in 0_usize..80,
        ) {
            let order = order(mix, interleave, by_deck);
            let (reviews, new) = (cards(CardState::Review, 0, &reviews), cards(CardState::New, 1_000, &new));
            let whole = lay_out(reviews.clone(), new.clone(), Begun::default(), order);
            let mut sorted = ids(&whole);
            sorted.sort_unstable();
            prop_assert_eq!(sorted, [ids(&reviews), ids(&new)].concat());

            let (asked, left) = whole.split_at(cut.min(whole.len()));
            let of = |state| asked.iter().filter(|card| card.state == state).count();
            let begun = Begun {
                reviews: of(CardState::Review),
                new: of(CardState::New),
                last: asked.last().map(|card| (card.topic, card.state == CardState::New)),
            };
            let asked: HashSet<CardId> = asked.iter().map(|card| card.card).collect();
            let rest = |cards: Vec<Placed>| cards.into_iter().filter(|card| !asked.contains(&card.card)).collect();
            prop_assert_eq!(ids(&lay_out(rest(reviews), rest(new), begun, order)), ids(left));
        }

        #[test]
        fn no_card_waits_behind_more_than_its_reach(topics in prop::collection::vec((0_i64..4, 1_i64..2), 0..60)) {
            // A card that is moved forward passes less than eight others.
            let order = order(Mix::Mixed, true, false);
            let reviews = cards(CardState::Review, 0, &topics);
            let laid_out = ids(&lay_out(reviews, Vec::new(), Begun::default(), order));
            for (place, card) in laid_out.iter().enumerate() {
                let passed = laid_out[place..].iter().filter(|other| *other < card).count();
                prop_assert!(passed < REACH, "{card} passes {passed}");
            }
        }
    }
}
