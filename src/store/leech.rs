//! Why a card is forgotten again and again.

use super::{Reader, fault};
use crate::error::Result;
use crate::model::{CardId, QuestionId};

/// Answers of a card that did not count as known, alike in what was picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureRow {
    /// The numbers of the choices picked, in the order picked.
    pub picked: Vec<u8>,
    /// Whether they were right, and called a guess.
    pub guessed: bool,
    /// How many such answers.
    pub times: u32,
}

impl Reader<'_> {
    /// The cards that were forgotten at least so often, most often forgotten first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn cards_with_lapses(&self, least: u32) -> Result<Vec<CardId>> {
        let mut statement = self
            .connection
            .prepare_cached("select card from memory where lapses >= ? order by lapses desc, card")
            .map_err(fault::of)?;
        let rows = statement.query_map([least], |row| row.get(0).map(CardId)).map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    /// The answers of a card that were rated again and count (practice does not), by what was picked, the most frequent first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn failures_of(&self, card: CardId) -> Result<Vec<FailureRow>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "select picked, right, count(*) from live_review where card = ? and rating = 1 and practice = 0
                 group by picked, right order by count(*) desc, picked",
            )
            .map_err(fault::of)?;
        let rows = statement
            .query_map([card.0], |row| Ok(FailureRow { picked: row.get(0)?, guessed: row.get(1)?, times: row.get(2)? }))
            .map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    /// Where banks hold a question: path and line.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn places_of(&self, question: QuestionId) -> Result<Vec<(String, u32)>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "select source.path, placement.line from placement join source on source.id = placement.source
                 where placement.question = ? order by source.path",
            )
            .map_err(fault::of)?;
        let rows = statement.query_map([question.0], |row| Ok((row.get(0)?, row.get(1)?))).map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }
}
