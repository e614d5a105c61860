//! Why nothing can be asked, on any day: everything is archived or deleted, or there is nothing yet.

use std::collections::HashSet;

use super::decks::Decks;
use crate::error::Result;
use crate::model::DeckId;
use crate::store::Reader;

/// Why nothing can be asked, on any day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdleReason {
    /// There are no decks yet.
    NoDecks,
    /// All decks are archived, or all that hold cards; the first of them by name.
    Archived(String),
    /// All decks were deleted; the first of them by name.
    DecksDeleted(String),
    /// All questions were deleted.
    QuestionsDeleted,
}

/// Why nothing can be asked of this deck and the decks in it, or of all; `None` if something can be, or only today nothing is.
pub(super) fn idle_reason(reader: Reader<'_>, deck: Option<&str>) -> Result<Option<IdleReason>> {
    let decks = Decks::load(reader)?;
    let chosen = decks.named(deck)?;
    for entry in &chosen {
        if reader.deck_size(entry.deck.id)?.cards > 0 {
            return Ok(None);
        }
    }
    if deck.is_none() {
        for entry in decks.listed().filter(|entry| entry.shelf.is_some()) {
            if reader.deck_size(entry.deck.id)?.cards > 0 {
                return Ok(Some(IdleReason::Archived(entry.deck.name.clone())));
            }
        }
    }
    if chosen.is_empty() {
        // A deck that was merged away, or whose import was taken back, has nothing to come back with.
        let full: HashSet<DeckId> =
            reader.deletions()?.into_iter().filter(|gone| !gone.erased).filter_map(|gone| gone.with_deck).collect();
        if let Some(entry) = decks.deleted().find(|entry| full.contains(&entry.deck.id)) {
            return Ok(Some(IdleReason::DecksDeleted(entry.deck.name.clone())));
        }
        return Ok(Some(IdleReason::NoDecks));
    }
    // Drafts and empty decks hold no card either.
    let mut here = HashSet::new();
    for entry in &chosen {
        here.extend(reader.question_numbers(entry.deck.id)?);
    }
    let deleted = reader.deletions()?.iter().any(|deleted| !deleted.erased && here.contains(&deleted.question));
    Ok(deleted.then_some(IdleReason::QuestionsDeleted))
}
