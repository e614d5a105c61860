//! Why a card is forgotten again and again.

use rusqlite::Row;

use super::Reader;
use super::query::{FromRow, Query};
use crate::error::Result;
use crate::model::{CardId, QuestionId};

/// Answers of a card that did not count as known and in which the same choices were picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureRow {
    /// The numbers of the choices picked, in the order picked.
    pub picked: Vec<u8>,
    /// Whether they were right, and called a guess.
    pub guessed: bool,
    /// How many such answers.
    pub times: u32,
}

impl FromRow for FailureRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self { picked: row.get("picked")?, guessed: row.get("right")?, times: row.get("times")? })
    }
}

impl Reader<'_> {
    /// The cards that were forgotten at least this often, most often forgotten first.
    pub fn cards_with_lapses(&self, least: u32) -> Result<Vec<CardId>> {
        self.all(
            "select card from memory where lapses >= ? and question not in (select question from deleted)
             order by lapses desc, card",
            [least],
        )
    }

    /// The answers of a card that were rated again and count (practice does not), by what was picked, the most frequent first.
    pub fn failures_of(&self, card: CardId) -> Result<Vec<FailureRow>> {
        self.all(
            "select picked, right, count(*) as times from live_review where card = ? and rating = 1 and practice = 0
             group by picked, right order by count(*) desc, picked",
            [card],
        )
    }

    /// Where banks hold a question: path and line.
    pub fn places_of(&self, question: QuestionId) -> Result<Vec<(String, u32)>> {
        self.all(
            "select source.path, placement.line from placement join source on source.id = placement.source
             where placement.question = ? order by source.path",
            [question],
        )
    }
}
