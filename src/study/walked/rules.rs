//! Which deck each card is in, and what of its deck a walk rests on.

use super::coding::digest;
use super::kept::KeptBasis;
use crate::memory::{Fsrs6, Model, Replayer};
use crate::model::CardId;
use crate::store::LogExtent;
use crate::study::parameter_history::ParameterHistory;

/// The place of the deck of each card.
#[derive(Clone, Debug, Default)]
pub(in crate::study) struct CardDecks {
    /// By the number of the card; [`NOWHERE`] without one.
    places: Vec<u32>,
}

const NOWHERE: u32 = u32::MAX;

impl CardDecks {
    /// A card is in the deck of this place.
    pub(in crate::study) fn add(&mut self, card: CardId, deck: usize) {
        let Ok(number) = usize::try_from(card.0) else { return };
        if self.places.len() <= number {
            self.places.resize(number + 1, NOWHERE);
        }
        self.places[number] = u32::try_from(deck).unwrap_or(NOWHERE);
    }

    /// The place of the deck of a card.
    pub(super) fn find(&self, card: CardId) -> Option<usize> {
        let place = *self.places.get(usize::try_from(card.0).ok()?)?;
        (place != NOWHERE).then_some(place as usize)
    }

    /// One more than the highest number of a card.
    pub(super) fn end(&self) -> usize {
        self.places.len()
    }

    /// What a walk over this much of the log rests on.
    pub(super) fn basis(&self, extent: LogExtent, histories: &[ParameterHistory]) -> KeptBasis {
        let last_card = self.places.len().saturating_sub(1) as u64;
        KeptBasis { extent, last_card, rules: self.digest(last_card, histories) }
    }

    /// A number that differs if one of these cards is in another deck whose parameters were others, if those of its deck were others, or if another
    /// version of the program says it.
    pub(super) fn digest(&self, last_card: u64, histories: &[ParameterHistory]) -> u64 {
        let of_decks: Vec<u64> = histories.iter().map(|history| digest(words(history).as_bytes())).collect();
        let cards = self.places.iter().take(usize::try_from(last_card).unwrap_or(usize::MAX).saturating_add(1));
        let of_card = |sum: u64, place: &u32| {
            let rules = of_decks.get(*place as usize).copied().unwrap_or_default();
            (sum.rotate_left(5) ^ rules).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        };
        cards.fold(digest(env!("CARGO_PKG_VERSION").as_bytes()), of_card)
    }
}

/// All that the models of a deck say depends on, in words.
fn words(history: &ParameterHistory) -> String {
    let of_replayer = |replayer: &Replayer<Fsrs6>| {
        let Replayer { model, prior_knowledge, luck_aware, answering } = replayer;
        let bits: Vec<u32> = model.parameters().iter().map(|parameter| parameter.to_bits()).collect();
        format!("{bits:x?} {:x} {luck_aware} {answering:?}", prior_knowledge.to_bits())
    };
    let replayers: Vec<String> = history.replayers.iter().map(of_replayer).collect();
    format!("{replayers:?} {:?} {} {}", history.spans(), history.present, history.published)
}
