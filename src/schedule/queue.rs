//! The order of a study day.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::layout::{Placed, lay_out};
use super::need::Needs;
use super::order::{as_asked, new_cards};
use super::siblings::Siblings;
use super::{Allowance, Begun, DayOrder};
use crate::chance::Ranking;
use crate::model::{CardId, CardState, DeckId, Mix, QuestionId, StudyDay};

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
    /// Whether it was answered surely and wrongly on that day: then it comes first.
    pub surely_wrong: bool,
}

/// A card that was never answered before today.
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
    /// Whether it was asked today: then it only keeps its turn among the topics.
    pub asked: bool,
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
    /// What had its turn today: questions with their cards, in the order of their last answers.
    pub answered: Vec<(QuestionId, CardId)>,
    /// How far the day has come.
    pub begun: Begun,
    /// How it is laid out.
    pub order: DayOrder,
    /// The person's `RETAIN_SEED`, 0 without one.
    pub seed: u64,
}

/// How many cards of a deck have a place on a day, those in learning steps aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Due cards.
    pub due: u64,
    /// New cards.
    pub new: u64,
}

/// The cards of a study day in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DayPlan {
    /// Reviews and new cards, in the order to be asked.
    pub rest: Vec<(CardId, CardState)>,
    /// How many of them are of which deck.
    pub places: BTreeMap<DeckId, Places>,
    /// Cards in learning steps, which come when their time has come, in that order.
    pub steps: Vec<StepCard>,
    /// Due cards that the limits leave for another day, those among them that a card of their question keeps from today.
    pub put_off: usize,
    /// Cards in steps and due ones that wait for another day because a card of their question has this one.
    pub apart: usize,
}

/// Lays out a day: due cards in the order of their need (those that were sure and wrong first), as far as the limits go, then new cards as far as they go; mixed, with
/// neighbours of different topics where that moves no card far, and with one card of a question. What is left of a day that has
/// begun comes in the order in which it would have come.
pub fn plan_day(day: Day, allowance: &mut Allowance) -> DayPlan {
    let Day { today, mut steps, mut due, mut new, answered, mut begun, order, seed } = day;
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
    // Steps that end at the same time come in the order of the answers that led to them.
    let answers: HashMap<CardId, usize> = (1..).zip(&answered).map(|(place, (_, card))| (*card, place)).collect();
    steps.sort_by_key(|step| (step.due_ms, answers.get(&step.card).copied().unwrap_or(0), step.card));
    let mut put_off = 0;
    let mut open = decks_of(&due);
    let mut needs = Needs::new(std::mem::take(&mut due), order.reviews, today);
    // Of a backlog nearly all cards find their deck full, and what is full stays full: no more is asked of them.
    while !open.is_empty()
        && let Some(card) = needs.next()
    {
        if !open.contains(&card.deck) {
            put_off += 1;
        } else if !siblings.admit(card.question, card.card) {
            apart += 1;
        } else if allowance.take_review(card.deck) {
            siblings.take(card.question);
            due.push(card);
        } else {
            open.remove(&card.deck);
            put_off += 1;
        }
    }
    put_off += needs.left();
    as_asked(&mut due, order.reviews, Ranking::derived("order of reviews", today.0, seed));
    new_cards(&mut new, order.new, Ranking::derived("order of new cards", today.0, seed));
    new.retain(|card| {
        let taken = !card.asked && siblings.admit(card.question, card.card) && allowance.take_new(card.deck);
        if taken {
            siblings.take(card.question);
        }
        taken
    });
    let mut places: BTreeMap<DeckId, Places> = BTreeMap::new();
    due.iter().for_each(|card| places.entry(card.deck).or_default().due += 1);
    new.iter().for_each(|card| places.entry(card.deck).or_default().new += 1);
    let mut reviews: Vec<Placed> =
        due.iter().map(|card| Placed::new(card.card, CardState::Review, card.deck, card.topic)).collect();
    let new = new.iter().map(|card| Placed::new(card.card, CardState::New, card.deck, card.topic)).collect();
    // What was sure and wrong comes before all else but new cards that are to come first: neither topics nor new cards move it back.
    let first = due.iter().take_while(|card| card.surely_wrong && order.mix != Mix::NewFirst).count();
    let mut rest: Vec<Placed> = reviews.drain(..first).collect();
    rest.iter().for_each(|placed| begun.count(false, placed.topic));
    rest.extend(lay_out(reviews, new, begun, order));
    let rest = rest.into_iter().map(|placed| (placed.card, placed.state)).collect();
    DayPlan { rest, places, steps, put_off, apart }
}

/// The decks of these cards, which come deck by deck.
fn decks_of(due: &[DueCard]) -> HashSet<DeckId> {
    due.chunk_by(|a, b| a.deck == b.deck).map(|cards| cards[0].deck).collect()
}

impl Placed {
    fn new(card: CardId, state: CardState, deck: DeckId, topic: i64) -> Self {
        Self { card, state, deck, topic }
    }
}

#[cfg(test)]
mod tests;
