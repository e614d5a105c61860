//! The table `decks`: a row per deck.

use std::collections::{BTreeMap, HashSet};

use uuid::Uuid;

use super::score::mean_score;
use super::topics::is_due;
use super::{CardSnapshot, Cell, Expectation};
use crate::model::{CardState, StudyDay};

/// The columns of `decks`.
pub const DECKS: &[&str] = &[
    "deck",
    "questions",
    "cards",
    "new",
    "learning",
    "due",
    "suspended",
    "desired_retention",
    "exam_date",
    "expected_score",
    "score_day",
];

/// A deck with some of its settings.
#[derive(Clone, Debug, PartialEq)]
pub struct DeckFigures {
    /// Its name.
    pub name: String,
    /// Its questions, drafts included.
    pub questions: usize,
    /// The recall at which its cards are due, 0–1.
    pub desired_retention: f64,
    /// The day of its exam, if it has one.
    pub exam: Option<StudyDay>,
    /// The day of its expected score.
    pub score_day: StudyDay,
}

/// The rows, in the order of `decks`. Drafts have no card and count only as questions.
pub fn deck_rows(decks: &[DeckFigures], cards: &[CardSnapshot], today: StudyDay) -> Vec<Vec<Cell>> {
    decks.iter().map(|deck| row(deck, cards, today)).collect()
}

fn row(deck: &DeckFigures, cards: &[CardSnapshot], today: StudyDay) -> Vec<Cell> {
    let own: Vec<&CardSnapshot> = cards.iter().filter(|card| card.deck == deck.name).collect();
    let count = |is: &dyn Fn(&CardSnapshot) -> bool| Cell::count(own.iter().filter(|card| is(card)).count());
    let in_steps = |card: &CardSnapshot| matches!(card.memory.state, CardState::Learning | CardState::Relearning);
    let seen: HashSet<_> = own.iter().map(|card| card.question).collect();
    let mut questions: BTreeMap<Uuid, Vec<Expectation>> = BTreeMap::new();
    for card in own.iter().filter(|card| card.asked) {
        questions.entry(card.question).or_default().extend(card.expected);
    }
    vec![
        Cell::Text(deck.name.clone()),
        Cell::count(deck.questions.max(seen.len())),
        Cell::count(own.len()),
        count(&|card| card.memory.state == CardState::New && !card.memory.suspended),
        count(&|card| in_steps(card) && !card.memory.suspended),
        count(&|card| is_due(&card.memory, today)),
        count(&|card| card.memory.suspended),
        Cell::share(Some(deck.desired_retention)),
        Cell::text(deck.exam.map(|day| day.to_string())),
        Cell::share(mean_score(questions.values())),
        Cell::Text(deck.score_day.to_string()),
    ]
}
