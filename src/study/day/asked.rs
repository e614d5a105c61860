//! The cards that had their turn today; the rest of the day depends on them.

use std::collections::{HashMap, HashSet};

use crate::error::Result;
use crate::model::{CardId, CardState, DeckId, QuestionId, ReviewKind};
use crate::schedule::Begun;
use crate::store::{AskedRow, NewRow, QueueFilter, Reader, Today};

/// The cards that had their turn today.
#[derive(Debug)]
pub(super) struct AskedToday {
    /// Those that the filter takes, in the order in which they had their turn.
    wanted: Vec<AskedRow>,
    began: HashMap<CardId, CardState>,
    questions: Vec<(QuestionId, CardId)>,
}

impl AskedToday {
    pub(super) fn load(reader: Reader<'_>, done: &Today, filter: &QueueFilter) -> Result<Self> {
        let mut wanted = done.asked.clone();
        wanted.retain(|row| state(row.kind).is_some_and(|state| filter.takes(state)));
        if filter.asks_for_subject() {
            let cards: Vec<CardId> = wanted.iter().map(|row| row.card).collect();
            let about: HashSet<CardId> = reader.about(&cards, filter)?.into_iter().collect();
            wanted.retain(|row| about.contains(&row.card));
        }
        let began = done.asked.iter().filter_map(|row| state(row.kind).map(|state| (row.card, state))).collect();
        let mut last: Vec<&AskedRow> = done.asked.iter().collect();
        last.sort_unstable_by_key(|row| row.last);
        let questions = last.into_iter().map(|row| (row.question, row.card)).collect();
        Ok(Self { wanted, began, questions })
    }

    /// Whether the card began the day in a state that the filter takes: then it goes on with its steps.
    pub(super) fn began_as(&self, card: CardId, filter: &QueueFilter) -> bool {
        self.began.get(&card).is_some_and(|state| filter.takes(*state))
    }

    /// All of them with their questions, in the order of their last answers.
    pub(super) fn questions(&self) -> &[(QuestionId, CardId)] {
        &self.questions
    }

    /// Those of a deck that were new.
    pub(super) fn new_of(&self, deck: DeckId) -> impl Iterator<Item = NewRow> + '_ {
        let of_deck = self.wanted.iter().filter(move |row| row.deck == deck && row.kind == ReviewKind::New);
        of_deck.map(|row| NewRow { card: row.card, question: row.question, topic: row.topic })
    }

    /// How far the day has come in these decks.
    pub(super) fn begun(&self, decks: &[DeckId]) -> Begun {
        let mut begun = Begun::default();
        for row in self.wanted.iter().filter(|row| decks.contains(&row.deck)) {
            // Steps come at their time, not in the order of a day.
            if let Some(state @ (CardState::New | CardState::Review)) = state(row.kind) {
                begun.count(state == CardState::New, row.topic);
            }
        }
        begun
    }
}

/// The state of a card before such an answer; a mock exam does not say.
fn state(kind: ReviewKind) -> Option<CardState> {
    match kind {
        ReviewKind::New => Some(CardState::New),
        ReviewKind::Learning => Some(CardState::Learning),
        ReviewKind::Review | ReviewKind::Ahead => Some(CardState::Review),
        ReviewKind::Relearning => Some(CardState::Relearning),
        ReviewKind::Exam => None,
    }
}
