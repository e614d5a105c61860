//! All that is known of a card.

use crate::error::Result;
use crate::model::{CardId, StudyDay};
use crate::stats::CardHistory;
use crate::store::{LoadedCard, Reader};
use crate::study::decks::Decks;
use crate::study::present::Present;

/// A card with its answers.
#[derive(Clone, Debug)]
pub struct CardDetails {
    /// The card with its question and its deck.
    pub card: LoadedCard,
    /// Its answers, its memory replayed from the log, the forgetting curve, its source and its flag.
    pub history: CardHistory,
    /// Names and files of the media of its question.
    pub media: Vec<(String, String)>,
    /// Whether its question was deleted.
    pub deleted: bool,
    /// The study day in its deck.
    pub today: StudyDay,
}

/// What is known of a card; `None` if there is none of this number.
pub(in crate::study) fn card_details(
    reader: Reader<'_>,
    decks: &Decks,
    card: CardId,
    present: Present,
) -> Result<Option<CardDetails>> {
    let Some(loaded) = reader.card(card)? else {
        return Ok(None);
    };
    let entry = decks.entry(loaded.deck)?;
    let today = present.now.study_day(entry.settings.day_start);
    let history = CardHistory {
        source: reader.places_of(loaded.question.id)?.into_iter().next(),
        bank_id: reader.bank_id_of(loaded.question.id)?,
        flag: reader.flag_of(card)?,
        ..CardHistory::new(&reader.whole_log_of(card)?, &entry.replayer, today)
    };
    let (media, deletion) = (reader.media_of(loaded.question.id)?, reader.deletion_of(loaded.question.id)?);
    Ok(Some(CardDetails { media, deleted: deletion.is_some(), card: loaded, history, today }))
}
