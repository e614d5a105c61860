//! Cards of one question: asked on different days, because one gives the other away.

use std::collections::{HashMap, HashSet};

use crate::model::{CardId, QuestionId};

/// Which questions have had their card of the day.
#[derive(Clone, Debug, Default)]
pub(super) struct Siblings {
    answered: HashMap<QuestionId, HashSet<CardId>>,
    taken: HashSet<QuestionId>,
}

impl Siblings {
    /// No question is taken yet; these were answered today.
    pub(super) fn new(answered: &[(QuestionId, CardId)]) -> Self {
        let mut siblings = Self::default();
        for (question, card) in answered {
            siblings.answered.entry(*question).or_default().insert(*card);
        }
        siblings
    }

    /// Whether this card may be asked today: none of its siblings was or will be. `question` is `None` if siblings do not matter.
    pub(super) fn admit(&self, question: Option<QuestionId>, card: CardId) -> bool {
        let Some(question) = question else {
            return true;
        };
        !self.taken.contains(&question) && self.answered.get(&question).is_none_or(|cards| cards.contains(&card))
    }

    /// Records that a card of this question will be asked.
    pub(super) fn mark_taken(&mut self, question: Option<QuestionId>) {
        self.taken.extend(question);
    }
}
