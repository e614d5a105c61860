//! Questions go to another deck, with their cards, their answers and their due dates.

use crate::error::Result;
use crate::model::{CardId, Deck, DeckId, DeedKind, Moment, QuestionId};
use crate::store::{Store, Writer};
use crate::study::card::{new_deed, title};
use crate::study::decks::Decks;
use crate::study::ledger::refold;

/// Moves the questions of these cards and these drafts to a deck, as one deed; how many were elsewhere.
pub(in crate::study) fn transfer_cards(
    store: &mut Store,
    decks: &Decks,
    (cards, questions): (&[CardId], &[QuestionId]),
    deck: &Deck,
    now: Moment,
) -> Result<usize> {
    let mut writer = store.deed(new_deed(DeedKind::Transfer, cards, now))?;
    let mut count = 0;
    for question in questions {
        count += usize::from(transfer_question(&mut writer, decks, *question, deck.id)?);
    }
    let title = title(writer.reader(), cards)?;
    writer.entitle(transfer_title(&title, &deck.name));
    writer.commit()?;
    Ok(count)
}

/// Between the cards and their new deck in the title of a deed. One card is named by the deed itself.
pub(in crate::study) const TO_DECK: &str = " to the deck ";

/// The title of a deed that moves these cards to a deck.
pub(in crate::study) fn transfer_title(cards: &str, deck: &str) -> String {
    format!("{cards}{TO_DECK}{deck}")
}

/// Moves a question to a deck, within a transaction; whether it was elsewhere. Its memory follows the parameters of the deck; its due date
/// stays, because it is a promise.
pub(in crate::study) fn transfer_question(
    writer: &mut Writer<'_>,
    decks: &Decks,
    question: QuestionId,
    deck: DeckId,
) -> Result<bool> {
    if writer.reader().deck_of_question(question)?.is_none_or(|old| old.id == deck) {
        return Ok(false);
    }
    writer.put_in_deck(question, deck)?;
    for card in writer.reader().cards_of(question)? {
        refold(writer, decks, card)?;
    }
    Ok(true)
}
