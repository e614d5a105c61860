//! The order of a study day.

use std::collections::VecDeque;

use super::order::{as_asked, by_need, new_cards};
use super::siblings::Siblings;
use super::{Allowance, DayOrder};
use crate::chance::Ranking;
use crate::model::{CardId, CardState, DeckId, Mix, QuestionId, ReviewOrder, StudyDay};

/// How far a card may move forward so that neighbours differ in topic.
const REACH: usize = 8;

/// A card in a learning step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepCard {
    /// The card.
    pub card: CardId,
    /// Its question, where cards of one question are asked on different days.
    pub question: Option<QuestionId>,
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
    /// Its question, where cards of one question are asked on different days.
    pub question: Option<QuestionId>,
    /// Its deck.
    pub deck: DeckId,
    /// The place of its deck among the decks.
    pub deck_place: usize,
    /// Its topic, as a number that only tells topics apart.
    pub topic: i64,
    /// The probability that it is still known.
    pub retrievability: f64,
    /// How hard it is, 1–10.
    pub difficulty: f32,
    /// The study day on which it is due.
    pub due: StudyDay,
    /// The study day of its last answer.
    pub last: StudyDay,
}

/// A card that was never answered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NewCard {
    /// The card.
    pub card: CardId,
    /// Its question, where cards of one question are asked on different days.
    pub question: Option<QuestionId>,
    /// Its deck.
    pub deck: DeckId,
    /// Its topic, as a number that only tells topics apart.
    pub topic: i64,
}

/// What a day is laid out from.
#[derive(Clone, Debug)]
pub struct Day {
    /// The study day.
    pub today: StudyDay,
    /// Cards in learning steps.
    pub steps: Vec<StepCard>,
    /// Due cards.
    pub due: Vec<DueCard>,
    /// New cards, deck by deck, each deck's in the order of its bank.
    pub new: Vec<NewCard>,
    /// What was answered today: questions with their cards.
    pub answered: Vec<(QuestionId, CardId)>,
    /// How it is laid out.
    pub order: DayOrder,
    /// The person's `RETAIN_SEED`, 0 without one.
    pub seed: u64,
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
    /// Cards in steps and due ones that wait for another day because a card of their question has this one.
    pub apart: usize,
}

/// Lays out a day: due cards in the order of their need, as far as the limits go, then new cards as far as they go; mixed, with
/// neighbours of different topics where that moves no card far, and with one card of a question.
pub fn plan_day(day: Day, allowance: &mut Allowance) -> DayPlan {
    let Day { today, mut steps, mut due, mut new, answered, order, seed } = day;
    let mut siblings = Siblings::new(&answered);
    let mut apart = 0;
    // A card that was begun today comes before a sibling that was not.
    steps.sort_by_key(|step| (!siblings.was_answered(step.question, step.card), step.due_ms, step.card));
    steps.retain(|step| {
        let admitted = siblings.admit(step.question, step.card);
        if admitted {
            siblings.take(step.question);
        }
        apart += usize::from(!admitted);
        admitted
    });
    let mut put_off = 0;
    by_need(&mut due, order.reviews, today);
    due.retain(|card| {
        let admitted = siblings.admit(card.question, card.card);
        let taken = admitted && allowance.take_review(card.deck);
        if taken {
            siblings.take(card.question);
        }
        apart += usize::from(!admitted);
        put_off += usize::from(admitted && !taken);
        taken
    });
    as_asked(&mut due, order.reviews, Ranking::derived("order of reviews", today.0, seed));
    new_cards(&mut new, order.new, Ranking::derived("order of new cards", today.0, seed));
    new.retain(|card| {
        let taken = siblings.admit(card.question, card.card) && allowance.take_new(card.deck);
        if taken {
            siblings.take(card.question);
        }
        taken
    });
    let reviews = due.iter().map(|card| Placed::new(card.card, CardState::Review, card.deck, card.topic)).collect();
    let new = new.iter().map(|card| Placed::new(card.card, CardState::New, card.deck, card.topic)).collect();
    let rest = match order.mix {
        Mix::Mixed => spread(reviews, new),
        Mix::NewFirst => [new, reviews].concat(),
        Mix::NewLast => [reviews, new].concat(),
    };
    let rest = if order.interleave_topics { interleave(rest, order.reviews == ReviewOrder::Deck) } else { rest };
    DayPlan { rest: rest.into_iter().map(|placed| (placed.card, placed.state)).collect(), steps, put_off, apart }
}

#[derive(Clone, Copy, Debug)]
struct Placed {
    card: CardId,
    state: CardState,
    deck: DeckId,
    topic: i64,
}

impl Placed {
    fn new(card: CardId, state: CardState, deck: DeckId, topic: i64) -> Self {
        Self { card, state, deck, topic }
    }
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

/// Moves a card of another topic forward where two neighbours share theirs; `by_deck` moves none past a card of another deck.
fn interleave(cards: Vec<Placed>, by_deck: bool) -> Vec<Placed> {
    let mut rest: VecDeque<Placed> = cards.into();
    let mut order: Vec<Placed> = Vec::with_capacity(rest.len());
    while let Some(first) = rest.front() {
        let same = order.last().is_some_and(|last| last.topic == first.topic);
        let mut near = rest.iter().take(REACH).take_while(|card| !by_deck || card.deck == first.deck);
        let other = if same { near.position(|card| card.topic != first.topic) } else { None };
        order.extend(rest.remove(other.unwrap_or(0)));
    }
    order
}

#[cfg(test)]
mod tests;
