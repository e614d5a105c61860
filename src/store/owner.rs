//! Whose the answers of the log are: cards without texts, for tables of answers.

use uuid::Uuid;

use super::query::{Query, text};
use super::{Reader, choices};
use crate::error::Result;
use crate::model::{CardId, DeckId};

/// A card that answers belong to.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnerRow {
    /// Its number.
    pub card: CardId,
    /// The same in every database that has the card.
    pub uid: Uuid,
    /// The same in every database that has the question.
    pub question_uid: Uuid,
    /// The deck of its question.
    pub deck: DeckId,
    /// Its topic, by number; see [`Reader::topic_names`].
    pub topic: Option<i64>,
    /// The place in the bank of each choice of its question, by number, retired ones too. `None` if place and number are the same
    /// for all, or if places were not asked for.
    pub places: Option<Box<[u8]>>,
    /// How many choices its question ever had; 0 if places were not asked for.
    pub choices: usize,
}

impl Reader<'_> {
    /// Every card as the owner of answers, in the order of the cards; with the places of choices if `places` is set.
    pub fn each_owner(&self, places: bool, mut sink: impl FnMut(OwnerRow) -> Result<()>) -> Result<()> {
        let choices = if places { "question.choices" } else { "'[]'" };
        let sql = format!(
            "select card.id, card.uid, question.uid, question.deck, question.topic, {choices}
             from card join question on question.id = card.question order by card.id"
        );
        self.each(&sql, [], |row| {
            let places = choices::positions(text(row, 5)?)?;
            let moved = places.iter().zip(0..).any(|(place, number)| *place != number);
            sink(OwnerRow {
                card: row.get(0)?,
                uid: row.get(1)?,
                question_uid: row.get(2)?,
                deck: row.get(3)?,
                topic: row.get(4)?,
                choices: places.len(),
                places: moved.then(|| places.into_boxed_slice()),
            })
        })
    }
}
