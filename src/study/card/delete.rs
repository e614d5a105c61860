//! Questions are deleted and restored. A deletion hides: the log keeps the answers, and a restored question is what it was.

use crate::error::Result;
use crate::model::{CardId, DeckId, DeedKind, Moment, MoveKind, QuestionId};
use crate::store::{Store, Writer};
use crate::study::card::{new_deed, title};
use crate::study::decks::Decks;
use crate::study::ledger::relocate;

/// Why a card is suspended that was deleted, as the log keeps it.
const DELETED: &str = "deleted";
/// Why a card is back in the schedule that was deleted.
const RESTORED: &str = "restored";

/// Deletes the questions of these cards and these drafts, as one deed; how many there were that were not deleted yet.
pub(in crate::study) fn delete_cards(
    store: &mut Store,
    decks: &Decks,
    (cards, questions): (&[CardId], &[QuestionId]),
    now: Moment,
) -> Result<usize> {
    let mut writer = store.deed(new_deed(DeedKind::Delete, cards, now))?;
    let title = title(writer.reader(), cards)?;
    let count = delete_questions(&mut writer, decks, questions, None, now)?;
    writer.entitle(title);
    writer.commit()?;
    Ok(count)
}

/// Restores the questions of these cards and these drafts, as one deed; how many there were that were deleted.
pub(in crate::study) fn restore_cards(
    store: &mut Store,
    decks: &Decks,
    (cards, questions): (&[CardId], &[QuestionId]),
    now: Moment,
) -> Result<usize> {
    let mut writer = store.deed(new_deed(DeedKind::Restore, cards, now))?;
    let title = title(writer.reader(), cards)?;
    let count = restore_questions(&mut writer, decks, questions, now)?;
    for question in questions {
        // A question that is there is in a deck that is there.
        if let Some(deck) = writer.reader().deck_of_question(*question)?
            && decks.entry(deck.id)?.is_deleted()
        {
            writer.restore_deck(deck.id)?;
        }
    }
    writer.entitle(title);
    writer.commit()?;
    Ok(count)
}

/// Deletes questions within a transaction, with the deck `with` if it is deleted too; how many were not deleted yet.
pub(in crate::study) fn delete_questions(
    writer: &mut Writer<'_>,
    decks: &Decks,
    questions: &[QuestionId],
    with: Option<DeckId>,
    now: Moment,
) -> Result<usize> {
    let mut count = 0;
    for question in questions {
        if writer.reader().deletion_of(*question)?.is_some() {
            continue;
        }
        writer.hide_question(*question, with, now.utc_ms)?;
        for card in writer.reader().cards_of(*question)? {
            if writer.reader().memory(card)?.is_some_and(|row| !row.memory.suspended) {
                relocate(writer, decks, card, MoveKind::Suspend, DELETED, now)?;
            }
        }
        count += 1;
    }
    Ok(count)
}

/// Restores questions within a transaction; how many were deleted.
pub(in crate::study) fn restore_questions(
    writer: &mut Writer<'_>,
    decks: &Decks,
    questions: &[QuestionId],
    now: Moment,
) -> Result<usize> {
    let mut count = 0;
    for question in questions {
        // What was erased has no texts to come back with.
        if writer.reader().deletion_of(*question)?.is_none_or(|deletion| deletion.erased) {
            continue;
        }
        let deck = writer.reader().deck_of_question(*question)?;
        let parameters = deck.map(|deck| decks.entry(deck.id)).transpose()?.map_or(0, |entry| entry.parameters);
        for hidden in writer.show_question(*question, parameters)? {
            let memory = writer.reader().memory(hidden.card)?;
            if !hidden.suspended && memory.is_some_and(|row| row.memory.suspended) {
                relocate(writer, decks, hidden.card, MoveKind::Unsuspend, RESTORED, now)?;
            }
        }
        count += 1;
    }
    Ok(count)
}
