//! A card as a walk goes through its log.

use crate::memory::{Answered, BeliefFold, Model, Replayer};
use crate::model::{CardMemory, Move, Review};

/// What the model says of an answer.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::study) struct ModelWord {
    /// What it computed; `None` for practice.
    pub(in crate::study) answered: Option<Answered>,
    /// The recall that was believed just before; `None` for a first answer, and for practice.
    pub(in crate::study) recall: Option<f64>,
    /// Whether the answer forgot a card in review.
    pub(in crate::study) lapse: bool,
}

/// The memory of a card under one model, and what is believed of it.
#[derive(Clone, Debug)]
pub(in crate::study) struct CardReplay {
    memory: CardMemory,
    belief: BeliefFold,
}

impl CardReplay {
    /// A card before its first entry.
    pub(in crate::study) fn new() -> Self {
        Self { memory: CardMemory::NEW, belief: BeliefFold::default() }
    }

    /// Takes an answer into account.
    pub(in crate::study) fn answer<M: Model>(&mut self, replayer: &Replayer<M>, review: &Review) -> ModelWord {
        let lapses = self.memory.lapses;
        let answered = replayer.answer(&mut self.memory, review);
        let recall = self.belief.answer(replayer, review);
        ModelWord { answered, recall, lapse: self.memory.lapses > lapses }
    }

    /// Takes a change without an answer into account.
    pub(in crate::study) fn moved<M: Model>(&mut self, replayer: &Replayer<M>, change: &Move) {
        replayer.moved(&mut self.memory, change);
        self.belief.moved(change);
    }
}
