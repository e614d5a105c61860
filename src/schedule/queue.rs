//! The order of a study day.

use std::collections::VecDeque;

use super::Allowance;
use crate::model::{CardId, CardState, DeckId, Mix};

/// How far a card may move forward so that neighbours differ in topic.
const REACH: usize = 8;

/// A card in a learning step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepCard {
    /// The card.
    pub card: CardId,
    /// Learning or relearning.
    pub state: CardState,
    /// When its step is over, UTC milliseconds.
    pub due_ms: i64,
}

/// A card that is due for review.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DueCard {
    /// The card.
    pub card: CardId,
    /// Its deck.
    pub deck: DeckId,
    /// Its topic, as a number that only tells topics apart.
    pub topic: i64,
    /// The probability that it is still known.
    pub retrievability: f64,
}

/// A card that was never answered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NewCard {
    /// The card.
    pub card: CardId,
    /// Its deck.
    pub deck: DeckId,
    /// Its topic, as a number that only tells topics apart.
    pub topic: i64,
}

/// The cards of a study day in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DayPlan {
    /// Reviews and new cards, in the order to be asked.
    pub rest: Vec<(CardId, CardState)>,
    /// Cards in learning steps, which come when their time has come.
    pub steps: Vec<StepCard>,
    /// Due cards that the limits leave for another day.
    pub put_off: usize,
}

/// Lays out a day: of the due cards those at the highest risk (lowest retrievability first), as far as the limits go, then new
/// cards in the order given; mixed, and with neighbours of different topics where that moves no card far.
pub fn plan_day(
    steps: Vec<StepCard>,
    mut due: Vec<DueCard>,
    new: &[NewCard],
    allowance: &mut Allowance,
    mix: Mix,
    interleave_topics: bool,
) -> DayPlan {
    due.sort_by(|a, b| a.retrievability.total_cmp(&b.retrievability).then(a.card.cmp(&b.card)));
    let all = due.len();
    due.retain(|card| allowance.take_review(card.deck));
    let put_off = all - due.len();
    let reviews: Vec<Placed> =
        due.iter().map(|card| Placed { card: card.card, state: CardState::Review, topic: card.topic }).collect();
    let new: Vec<Placed> = new
        .iter()
        .filter(|card| allowance.take_new(card.deck))
        .map(|card| Placed { card: card.card, state: CardState::New, topic: card.topic })
        .collect();
    let rest = match mix {
        Mix::Mixed => spread(reviews, new),
        Mix::NewFirst => [new, reviews].concat(),
        Mix::NewLast => [reviews, new].concat(),
    };
    let rest = if interleave_topics { interleave(rest) } else { rest };
    DayPlan { rest: rest.into_iter().map(|placed| (placed.card, placed.state)).collect(), steps, put_off }
}

#[derive(Clone, Copy, Debug)]
struct Placed {
    card: CardId,
    state: CardState,
    topic: i64,
}

/// Spreads the fewer evenly over the more, each in its own order.
fn spread(reviews: Vec<Placed>, new: Vec<Placed>) -> Vec<Placed> {
    let (reviews_len, new_len) = (reviews.len(), new.len());
    let mut mixed = Vec::with_capacity(reviews_len + new_len);
    let (mut reviews, mut new) = (reviews.into_iter(), new.into_iter());
    let mut new_taken = 0;
    for place in 0..reviews_len + new_len {
        // The share of new cards among the first `place` should be their share of all.
        let wanted = (place + 1) * (new_len + 1) / (reviews_len + new_len + 1);
        let next = if new_taken < wanted {
            new.next().or_else(|| reviews.next())
        } else {
            reviews.next().or_else(|| new.next())
        };
        if let Some(placed) = next {
            new_taken += usize::from(placed.state == CardState::New);
            mixed.push(placed);
        }
    }
    mixed
}

/// Moves a card of another topic forward where two neighbours share theirs.
fn interleave(cards: Vec<Placed>) -> Vec<Placed> {
    let mut rest: VecDeque<Placed> = cards.into();
    let mut order: Vec<Placed> = Vec::with_capacity(rest.len());
    while let Some(first) = rest.front() {
        let same = order.last().is_some_and(|last| last.topic == first.topic);
        let other = if same { rest.iter().take(REACH).position(|card| card.topic != first.topic) } else { None };
        order.extend(rest.remove(other.unwrap_or(0)));
    }
    order
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Deck;
    use crate::schedule::DeckLimit;

    const DECK: DeckId = DeckId(1);

    fn allowance(new_per_day: u32, reviews_per_day: u32) -> Allowance {
        Allowance::new(&[DeckLimit {
            deck: Deck { id: DECK, name: "A".into() },
            new_per_day,
            reviews_per_day,
            new_ignores_review_limit: true,
            new_done: 0,
            reviews_done: 0,
        }])
    }

    fn due(card: i64, topic: i64, retrievability: f64) -> DueCard {
        DueCard { card: CardId(card), deck: DECK, topic, retrievability }
    }

    fn new(card: i64, topic: i64) -> NewCard {
        NewCard { card: CardId(card), deck: DECK, topic }
    }

    fn order(plan: &DayPlan) -> Vec<i64> {
        plan.rest.iter().map(|(card, _)| card.0).collect()
    }

    #[test]
    fn the_riskiest_come_first_and_the_limit_leaves_the_safest() {
        let cards = vec![due(1, 1, 0.9), due(2, 2, 0.5), due(3, 3, 0.7)];
        let plan = plan_day(Vec::new(), cards, &[], &mut allowance(0, 2), Mix::Mixed, true);
        assert_eq!((order(&plan), plan.put_off), (vec![2, 3], 1));
    }

    #[test]
    fn new_cards_are_spread_over_the_reviews() {
        let cards: Vec<DueCard> = (1..=6).map(|card| due(card, card, card as f64 / 10.0)).collect();
        let fresh = [new(11, 11), new(12, 12)];
        let plan = |mix| order(&plan_day(Vec::new(), cards.clone(), &fresh, &mut allowance(9, 9), mix, false));
        assert_eq!(plan(Mix::Mixed), [1, 2, 11, 3, 4, 12, 5, 6]);
        assert_eq!(plan(Mix::NewFirst), [11, 12, 1, 2, 3, 4, 5, 6]);
        assert_eq!(plan(Mix::NewLast), [1, 2, 3, 4, 5, 6, 11, 12]);
    }

    #[test]
    fn neighbours_differ_in_topic_where_possible() {
        let fresh = [new(1, 1), new(2, 1), new(3, 2), new(4, 2), new(5, 1)];
        let plan =
            |interleave| order(&plan_day(Vec::new(), Vec::new(), &fresh, &mut allowance(9, 9), Mix::Mixed, interleave));
        assert_eq!(plan(true), [1, 3, 2, 4, 5]);
        assert_eq!(plan(false), [1, 2, 3, 4, 5]);
    }

    proptest! {
        #[test]
        fn a_day_is_a_permutation_within_the_limits(
            reviews in prop::collection::vec((0_i64..5, 0.0..1.0_f64), 0..60),
            fresh in prop::collection::vec(0_i64..5, 0..60),
            new_limit in 0_u32..40, review_limit in 0_u32..40, mix in 0_u8..3, interleave: bool,
        ) {
            let reviews: Vec<DueCard> = (0..).zip(&reviews).map(|(card, (topic, risk))| due(card, *topic, *risk)).collect();
            let fresh: Vec<NewCard> = (1_000..).zip(&fresh).map(|(card, topic)| new(card, *topic)).collect();
            let mix = [Mix::Mixed, Mix::NewFirst, Mix::NewLast][usize::from(mix)];
            let plan = plan_day(Vec::new(), reviews.clone(), &fresh, &mut allowance(new_limit, review_limit), mix, interleave);
            let mut cards = order(&plan);
            cards.sort_unstable();
            cards.dedup();
            prop_assert_eq!(cards.len(), plan.rest.len());
            let taken = |state| plan.rest.iter().filter(|(_, other)| *other == state).count();
            prop_assert_eq!(taken(CardState::Review), reviews.len().min(review_limit as usize));
            prop_assert_eq!(taken(CardState::New), fresh.len().min(new_limit as usize));
            prop_assert_eq!(plan.put_off, reviews.len() - taken(CardState::Review));
        }
    }
}
