//! What came after a walk that is kept: only the cards that were answered since are walked through.

use super::word::{WalkedAnswer, WalkingCard};
use super::{CardDecks, KeepingRules, extent_to_keep};
use crate::error::Result;
use crate::memory::AlikeTable;
use crate::model::{LogEntry, LogId};
use crate::store::{LogExtent, Reader};
use crate::study::parameter_history::ParameterHistory;

/// The answers after a walk that is kept.
pub(super) struct WalkedTail {
    /// In the order of the log.
    pub(super) answers: Vec<WalkedAnswer>,
    /// The log up to which they are to be kept, too.
    pub(super) to_keep: Option<LogExtent>,
}

impl WalkedTail {
    pub(super) fn load(
        reader: Reader<'_>,
        histories: &[ParameterHistory],
        decks: &CardDecks,
        last: LogId,
        now_ms: i64,
        rules: KeepingRules,
    ) -> Result<Self> {
        let mut answers = Vec::new();
        let mut alike = AlikeTable::default();
        for card in reader.cards_answered_after(last)? {
            // Of a card without a deck nothing is counted.
            let Some(history) = decks.find(card).and_then(|deck| histories.get(deck)) else { continue };
            let mut walking = WalkingCard::new(history);
            for entry in reader.counted_log_of(card)? {
                match entry {
                    LogEntry::Move(change) => walking.moved(history, &change),
                    LogEntry::Review(review) => {
                        let word = walking.answer(history, &review, &mut alike);
                        if review.id > last {
                            answers.push(WalkedAnswer { review, word });
                        }
                    }
                }
            }
        }
        answers.sort_by_key(|answer| answer.review.id);
        let to_keep = if answers.len() > rules.few { extent_to_keep(reader, now_ms, rules)? } else { None };
        Ok(Self { answers, to_keep: to_keep.filter(|extent| extent.last > last) })
    }
}
