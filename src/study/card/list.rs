//! Cards, narrowed by deck, state, topic, tag and flag.

use std::collections::HashSet;

use crate::error::Result;
use crate::model::{CardId, CardMemory, CardState, StudyDay};
use crate::stats::CardSnapshot;
use crate::store::Reader;
use crate::study::decks::Decks;
use crate::study::present::Present;
use crate::study::scope::{Scope, card_snapshots};

/// The state of a card as people name it; one that is suspended or buried has its learning state too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardFilterState {
    /// Never answered.
    New,
    /// In a learning step.
    Learning,
    /// Due by days.
    Review,
    /// In a step after a lapse.
    Relearning,
    /// Out of the schedule.
    Suspended,
    /// Put off for today.
    Buried,
}

impl CardFilterState {
    /// Whether a card is in this state on a day.
    pub fn is_of(self, card: &CardSnapshot, today: StudyDay) -> bool {
        self.is_state_of(&card.memory, today)
    }

    /// Whether a card of which this is remembered is in this state on a day.
    pub fn is_state_of(self, memory: &CardMemory, today: StudyDay) -> bool {
        match self {
            Self::New => memory.state == CardState::New,
            Self::Learning => memory.state == CardState::Learning,
            Self::Review => memory.state == CardState::Review,
            Self::Relearning => memory.state == CardState::Relearning,
            Self::Suspended => memory.suspended,
            Self::Buried => memory.buried_until.is_some_and(|until| until > today),
        }
    }
}

/// Which cards to list.
#[derive(Clone, Debug, Default)]
pub struct CardFilter {
    /// Only this deck and the decks in it.
    pub deck: Option<String>,
    /// Only flagged cards.
    pub flagged: bool,
    /// Only cards in one of these states, if some are named.
    pub states: Vec<CardFilterState>,
    /// Only cards that were deleted, instead of those that are there.
    pub deleted: bool,
    /// Only this topic; letter case does not count.
    pub topic: Option<String>,
    /// Only questions with this tag.
    pub tag: Option<String>,
}

/// The cards that a filter takes, by number.
pub(in crate::study) fn card_list(
    reader: Reader<'_>,
    filter: &CardFilter,
    present: Present,
) -> Result<Vec<CardSnapshot>> {
    let decks = Decks::load(reader)?;
    let scope = Scope { deleted: filter.deleted, ..Scope::new(&decks, filter.deck.as_deref())? };
    let tagged: Option<HashSet<CardId>> = filter.tag.as_deref().map(|tag| reader.cards_with_tag(tag)).transpose()?;
    let topic = filter.topic.as_ref().map(|topic| topic.to_lowercase());
    let mut cards = card_snapshots(reader, &decks, &scope, present.today)?;
    cards.retain(|card| {
        (!filter.flagged || card.flag.is_some())
            && (filter.states.is_empty() || filter.states.iter().any(|state| state.is_of(card, present.today)))
            && topic.as_ref().is_none_or(|topic| card.topic.as_ref().is_some_and(|own| own.to_lowercase() == *topic))
            && tagged.as_ref().is_none_or(|tagged| tagged.contains(&card.card))
    });
    Ok(cards)
}
