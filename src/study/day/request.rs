//! What somebody asks to review.

use super::since::Since;
use crate::error::Result;
use crate::model::{CardMemory, CardState, DeckId, Due};
use crate::store::{QueueFilter, Reader};
use crate::study::decks::DeckEntry;
use crate::study::present::Present;
use crate::study::subjects::meant;

/// What to review.
#[derive(Clone, Debug, Default)]
pub struct ReviewRequest {
    /// The deck, with the decks in it; all decks if `None`.
    pub deck: Option<String>,
    /// Only these topics.
    pub topics: Vec<String>,
    /// Only questions with one of these tags.
    pub tags: Vec<String>,
    /// Only cards in these states, or that began the day in them.
    pub states: Vec<CardState>,
    /// Only flagged cards, due or not.
    pub flagged: bool,
    /// Only cards that were missed since, due or not.
    pub wrong_since: Option<Since>,
    /// New cards to ask for, on top of everything.
    pub new: Option<u32>,
    /// So much more than the limits of today allow, of reviews and of new cards.
    pub more: u32,
    /// All cards, due or not, as practice that changes nothing in the schedule.
    pub cram: bool,
    /// Cards that are due within this number of days count as due.
    pub ahead: u32,
}

impl ReviewRequest {
    /// Whether cards are asked for that may not be due: misses, flagged ones, or all.
    pub(super) fn is_retake(&self) -> bool {
        self.cram || self.flagged || self.wrong_since.is_some()
    }

    /// What a retake asks for, in words; `None` if it is no retake.
    pub fn retakes(&self) -> Option<&'static str> {
        match (self.flagged, self.wrong_since) {
            (true, Some(_)) => Some("that is flagged was missed since then"),
            (true, None) => Some("is flagged"),
            (false, Some(_)) => Some("was missed since then"),
            (false, None) => self.cram.then_some("can be practised"),
        }
    }

    /// Whether an answer to this card now would be practice: a retake asks for it and the schedule does not, or nothing is to count.
    pub(in crate::study) fn practises(&self, card: &CardMemory, present: Present, learn_ahead_ms: i64) -> bool {
        self.cram || (self.is_retake() && self.is_early(card.state, card.due, present, learn_ahead_ms))
    }

    /// Whether the schedule does not ask for a card in this state. New cards have no day of their own.
    pub(super) fn is_early(&self, state: CardState, due: Option<Due>, present: Present, learn_ahead_ms: i64) -> bool {
        match due {
            Some(Due::Day(day)) => day > present.today.plus(self.ahead),
            Some(Due::At(ms)) => ms > present.now.utc_ms.saturating_add(learn_ahead_ms),
            None => state == CardState::New,
        }
    }

    pub(super) fn filter(&self) -> QueueFilter {
        QueueFilter { topics: self.topics.clone(), tags: self.tags.clone(), states: self.states.clone() }
    }

    /// Refuses topics and tags that no question in these decks has: a slip would otherwise look like a day that is done.
    pub(super) fn check(&self, reader: Reader<'_>, decks: &[&DeckEntry]) -> Result<()> {
        let decks: Vec<DeckId> = decks.iter().map(|entry| entry.deck.id).collect();
        meant(reader, &decks, &self.topics, &self.tags, self.deck.as_deref()).map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DayStart, Moment, StudyDay};

    #[test]
    fn only_a_retake_practises_and_only_what_is_not_due() {
        let retake = ReviewRequest { wrong_since: Some(Since::Days(7)), ..ReviewRequest::default() };
        let now = Moment { utc_ms: 100 * 86_400_000, offset_minutes: 0 };
        let present = Present { now, today: StudyDay(100), day_start: DayStart::default(), seed: 0 };
        let practises = |request: &ReviewRequest, state, due| {
            request.practises(&CardMemory { state, due, ..CardMemory::NEW }, present, 60_000)
        };
        let at = |ms| Some(Due::At(now.utc_ms + ms));
        let on = |day| Some(Due::Day(StudyDay(day)));
        assert!(!practises(&retake, CardState::Review, on(100)));
        assert!(practises(&retake, CardState::Review, on(101)));
        assert!(!practises(&retake, CardState::Relearning, at(60_000)));
        assert!(practises(&retake, CardState::Relearning, at(60_001)));
        assert!(practises(&retake, CardState::New, None));
        let ahead = ReviewRequest { ahead: 3, ..retake };
        assert!(!practises(&ahead, CardState::Review, on(103)) && practises(&ahead, CardState::Review, on(104)));
        assert!(!practises(&ReviewRequest::default(), CardState::Review, on(200)));
    }
}
