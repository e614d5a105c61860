//! What follows for the cards of a question when it says something else, by an import or by hand.

use crate::error::Result;
use crate::model::{CardId, Due, MoveKind, QuestionId};
use crate::store::{CardsAfter, Reader};

/// Suspends the cards whose deletion is gone, and brings back those whose deletion is there again. `relocate` moves a card, with why
/// as the log keeps it.
pub(super) fn follow(
    cards: CardsAfter,
    mut relocate: impl FnMut(CardId, MoveKind, &'static str) -> Result<()>,
) -> Result<()> {
    for card in cards.gone {
        relocate(card, MoveKind::Suspend, "the text no longer leaves this out")?;
    }
    for card in cards.back {
        relocate(card, MoveKind::Unsuspend, "the text leaves this out again")?;
    }
    Ok(())
}

/// The cards of a question that have to be moved to be asked at once. One that is new, or in its steps, comes soon as it is.
pub(super) fn due_by_day(reader: Reader<'_>, question: QuestionId) -> Result<Vec<CardId>> {
    let mut due = Vec::new();
    for card in reader.cards_of(question)? {
        if reader.memory(card)?.is_some_and(|row| matches!(row.memory.due, Some(Due::Day(_)))) {
            due.push(card);
        }
    }
    Ok(due)
}
