//! Whose the answers of the log are: cards without texts, for tables of answers.

use uuid::Uuid;

use super::{Reader, choices, fault};
use crate::error::Result;
use crate::model::{CardId, DeckId};

/// The card of answers.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnerRow {
    /// The card.
    pub card: CardId,
    /// Its identity.
    pub uid: Uuid,
    /// The identity of its question.
    pub question_uid: Uuid,
    /// Its deck.
    pub deck: DeckId,
    /// Its topic, by number; see [`Reader::topic_names`].
    pub topic: Option<i64>,
    /// The place in the bank of each choice of its question, by number, retired ones too; none where the two are the same, and where
    /// nobody asks.
    pub places: Option<Box<[u8]>>,
    /// How many choices its question ever had; 0 where nobody asks.
    pub choices: usize,
}

impl Reader<'_> {
    /// Every card as the owner of answers, in the order of the cards; with the places of choices where `places`.
    ///
    /// # Errors
    /// When the database cannot be read, or `sink` fails.
    pub fn each_owner(&self, places: bool, mut sink: impl FnMut(OwnerRow) -> Result<()>) -> Result<()> {
        let choices = if places { "question.choices" } else { "null" };
        let sql = format!(
            "select card.id, card.uid, question.uid, question.deck, question.topic, {choices}
             from card join question on question.id = card.question order by card.id"
        );
        let mut statement = self.connection.prepare_cached(&sql).map_err(fault::of)?;
        let mut rows = statement.query([]).map_err(fault::of)?;
        while let Some(row) = rows.next().map_err(fault::of)? {
            let get = |error| fault::of(error);
            let json = row.get_ref(5).and_then(|value| Ok(value.as_str_or_null()?)).map_err(get)?;
            let places = json.map(choices::positions).transpose()?.unwrap_or_default();
            let moved = places.iter().zip(0..).any(|(place, number)| *place != number);
            sink(OwnerRow {
                card: CardId(row.get(0).map_err(get)?),
                uid: Uuid::from_bytes(row.get(1).map_err(get)?),
                question_uid: Uuid::from_bytes(row.get(2).map_err(get)?),
                deck: DeckId(row.get(3).map_err(get)?),
                topic: row.get(4).map_err(get)?,
                choices: places.len(),
                places: moved.then(|| places.into_boxed_slice()),
            })?;
        }
        Ok(())
    }
}
