//! The order of a study day.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::layout::{Placed, lay_out};
use super::order::{as_asked, new_cards};
use super::priority_heap::PriorityHeap;
use super::siblings::Siblings;
use super::{Allowance, Begun, DayOrder};
use crate::chance::Ranking;
use crate::model::{CardId, CardState, DeckId, Mix, QuestionId, StudyDay};

/// A card in a learning step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepCard {
    /// Its number.
    pub card: CardId,
    /// Its question, if siblings are asked on different days.
    pub question: Option<QuestionId>,
    /// Learning or relearning.
    pub state: CardState,
    /// When its step is over, UTC milliseconds.
    pub due_ms: i64,
}

/// A card that is due for review.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DueCard {
    /// Its number.
    pub card: CardId,
    /// Its question, if siblings are asked on different days.
    pub question: Option<QuestionId>,
    /// The deck of its question.
    pub deck: DeckId,
    /// The place of its deck among the decks.
    pub deck_place: usize,
    /// A number that is the same for cards of one topic.
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
    /// Its number.
    pub card: CardId,
    /// Its question, if siblings are asked on different days.
    pub question: Option<QuestionId>,
    /// The deck of its question.
    pub deck: DeckId,
    /// A number that is the same for cards of one topic.
    pub topic: i64,
    /// Whether it was asked today: then it only keeps its turn among the topics.
    pub asked: bool,
}

/// What a day is planned from.
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
    /// The cards that had their turn today, with their questions, in the order of their last answers.
    pub answered: Vec<(QuestionId, CardId)>,
    /// The cards asked so far.
    pub begun: Begun,
    /// How its cards are ordered.
    pub order: DayOrder,
    /// The person's `RETAIN_SEED`, 0 without one.
    pub seed: u64,
}

/// How many cards of a deck have a place on a day, without those in learning steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlannedCards {
    /// Due cards.
    pub due: u64,
    /// New cards.
    pub new: u64,
}

/// The cards of a study day in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlannedDay {
    /// Reviews and new cards, in the order to be asked.
    pub rest: Vec<(CardId, CardState)>,
    /// How many of them are of which deck.
    pub places: BTreeMap<DeckId, PlannedCards>,
    /// Cards in learning steps, in the order in which they become due.
    pub steps: Vec<StepCard>,
    /// Due cards that wait for another day because of the limits or a sibling.
    pub put_off: usize,
    /// Due cards and cards in steps that wait for another day because of a sibling.
    pub apart: usize,
}

/// Plans a day: due cards by priority, then new cards, both within the limits and with one card of each question.
///
/// The two are mixed, with neighbours of different topics if that moves no card far. The rest of a day that has begun keeps its order.
pub fn plan_day(day: Day, allowance: &mut Allowance) -> PlannedDay {
    let Day { today, mut steps, mut due, mut new, answered, mut begun, order, seed } = day;
    let mut siblings = Siblings::new(&answered);
    let mut apart = 0;
    steps.sort_by_key(|step| (step.due_ms, step.card));
    steps.retain(|step| {
        let admitted = siblings.admit(step.question, step.card);
        if admitted {
            siblings.mark_taken(step.question);
        }
        apart += usize::from(!admitted);
        admitted
    });
    // Steps that end at the same time come in the order of the answers that led to them.
    let answers: HashMap<CardId, usize> = (1..).zip(&answered).map(|(place, (_, card))| (*card, place)).collect();
    steps.sort_by_key(|step| (step.due_ms, answers.get(&step.card).copied().unwrap_or(0), step.card));
    let mut put_off = 0;
    let mut open = decks_of(&due);
    let mut heap = PriorityHeap::new(std::mem::take(&mut due), order.reviews, today);
    // With a backlog, most decks are full soon and stay full: their cards are skipped.
    while !open.is_empty()
        && let Some(card) = heap.next()
    {
        if !open.contains(&card.deck) {
            put_off += 1;
        } else if !siblings.admit(card.question, card.card) {
            apart += 1;
        } else if allowance.take_review(card.deck) {
            siblings.mark_taken(card.question);
            due.push(card);
        } else {
            open.remove(&card.deck);
            put_off += 1;
        }
    }
    put_off += heap.left();
    as_asked(&mut due, order.reviews, Ranking::derived("order of reviews", today.0, seed));
    new_cards(&mut new, order.new, Ranking::derived("order of new cards", today.0, seed));
    new.retain(|card| {
        let taken = !card.asked && siblings.admit(card.question, card.card) && allowance.take_new(card.deck);
        if taken {
            siblings.mark_taken(card.question);
        }
        taken
    });
    let mut places: BTreeMap<DeckId, PlannedCards> = BTreeMap::new();
    due.iter().for_each(|card| places.entry(card.deck).or_default().due += 1);
    new.iter().for_each(|card| places.entry(card.deck).or_default().new += 1);
    let mut reviews: Vec<Placed> =
        due.iter().map(|card| Placed::new(card.card, CardState::Review, card.deck, card.topic)).collect();
    let new = new.iter().map(|card| Placed::new(card.card, CardState::New, card.deck, card.topic)).collect();
    // Sure and wrong answers come before all else except new cards that are set to come first: nothing moves them back.
    let first = due.iter().take_while(|card| card.surely_wrong && order.mix != Mix::NewFirst).count();
    let mut rest: Vec<Placed> = reviews.drain(..first).collect();
    rest.iter().for_each(|placed| begun.count(false, placed.topic));
    rest.extend(lay_out(reviews, new, begun, order));
    let rest = rest.into_iter().map(|placed| (placed.card, placed.state)).collect();
    PlannedDay { rest, places, steps, put_off, apart }
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
