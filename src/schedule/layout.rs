//! How reviews and new cards follow one another in a day.
//!
//! The next card is a function of what was asked so far and of what is left, and of nothing else: so a day that is begun again
//! goes on as if it had not been interrupted, and one whose last answer was taken back asks that card again.

use std::collections::VecDeque;

use super::DayOrder;
use crate::model::{CardId, CardState, DeckId, Mix, ReviewOrder};

/// How far a card may move forward so that neighbours differ in topic.
const REACH: usize = 8;

/// What was asked of a day so far: learning steps aside, which come when their time has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Begun {
    /// Reviews.
    pub reviews: usize,
    /// New cards.
    pub new: usize,
    /// The topic of the last of them; none where nothing was asked yet.
    pub topic: Option<i64>,
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

/// Mixes reviews and new cards as the order says, and moves a card of another topic forward where two neighbours would share
/// theirs. Both are given in their own order, without what was `begun`.
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
            // Decks in turn stay in turn.
            if self.order.reviews == ReviewOrder::Deck && card.deck != front.deck {
                break;
            }
            if self.begun.topic != Some(card.topic) {
                found = Some((place, card));
                break;
            }
        }
        let (place, card) = found.or(first)?;
        if card.state == CardState::New {
            self.new.remove(place);
            self.begun.new += 1;
        } else {
            self.reviews.remove(place);
            self.begun.reviews += 1;
        }
        self.begun.topic = Some(card.topic);
        Some(card)
    }
}

/// The cards that would follow, topics aside.
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
                Mix::Mixed => {
                    let (all_reviews, all_new) = rest.whole;
                    let place = self.begun.reviews + self.begun.new + 1;
                    self.begun.new < place * (all_new + 1) / (all_reviews + all_new + 1)
                }
            },
        };
        if is_new {
            self.begun.new += 1;
            self.new += 1;
            new.map(|card| (self.new - 1, *card))
        } else {
            self.begun.reviews += 1;
            self.reviews += 1;
            review.map(|card| (self.reviews - 1, *card))
        }
    }
}
