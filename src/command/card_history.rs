//! What is known of a card, for whoever shows it.

use super::decks::Decks;
use crate::error::Result;
use crate::model::{CardId, Moment};
use crate::stats::CardHistory;
use crate::store::Reader;

/// The answers of a card, its memory replayed from the log, the curve of forgetting, its source and its flag; none where there is no
/// such card.
///
/// # Errors
/// When the database cannot be read.
pub(in crate::command) fn card_history(
    reader: Reader<'_>,
    decks: &Decks,
    card: CardId,
    now: Moment,
) -> Result<Option<CardHistory>> {
    let Some(loaded) = reader.card(card)? else {
        return Ok(None);
    };
    let entry = decks.of(loaded.deck)?;
    let today = now.study_day(entry.settings.day_start);
    let history = CardHistory::new(&reader.whole_log_of(card)?, &entry.replayer, today);
    Ok(Some(CardHistory {
        source: reader.places_of(loaded.question.id)?.into_iter().next(),
        bank_id: reader.bank_id_of(loaded.question.id)?,
        flag: reader.flag_of(card)?,
        ..history
    }))
}
