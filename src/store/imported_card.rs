//! Cards by what the packages of Anki know them by.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::Reader;
use super::memory::{COLUMNS, memory_of};
use super::query::Query;
use crate::error::Result;
use crate::model::{CardId, CardMemory, DeckId, QuestionId};

/// A card of a question that a bank holds.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedCardRow {
    /// Its number.
    pub card: CardId,
    /// The same in every database that has the card.
    pub uid: Uuid,
    /// Its question.
    pub question: QuestionId,
    /// The deck of its question.
    pub deck: DeckId,
    /// The id that the bank gives its question.
    pub external_id: String,
    /// Which card of the question it is: of a text with numbered deletions the number from 0.
    pub ordinal: u32,
    /// What follows from its log.
    pub memory: CardMemory,
}

impl Reader<'_> {
    /// The cards of the questions that the bank at this path holds, whatever deck they are in.
    pub fn cards_of_bank(&self, path: &str) -> Result<Vec<ImportedCardRow>> {
        let sql = format!(
            "select card.id, card.uid, question.id, question.deck, placement.external_id, card.ordinal, {COLUMNS}
             from source join placement on placement.source = source.id
             join question on question.id = placement.question join card on card.question = question.id
             join memory on memory.card = card.id
             where source.path = ? and placement.external_id is not null"
        );
        let mut found = Vec::new();
        self.each(&sql, [path], |row| {
            found.push(ImportedCardRow {
                card: row.get(0)?,
                uid: row.get(1)?,
                question: row.get(2)?,
                deck: row.get(3)?,
                external_id: row.get(4)?,
                ordinal: row.get(5)?,
                memory: memory_of(row, 6)?,
            });
            Ok(())
        })?;
        Ok(found)
    }

    /// The packages of Anki that were imported.
    pub fn package_sources(&self) -> Result<HashSet<i64>> {
        self.all("select id from source where path like '%.apkg' or path like '%.colpkg'", [])
    }

    /// The decks of all questions that are not erased, by the identities of the questions.
    pub fn decks_by_identity(&self) -> Result<HashMap<Uuid, String>> {
        let mut found = HashMap::new();
        self.each(
            "select question.uid, deck.name from question join deck on deck.id = question.deck
             where question.id not in (select question from deleted where erased = 1)",
            [],
            |row| {
                found.insert(row.get(0)?, row.get(1)?);
                Ok(())
            },
        )?;
        Ok(found)
    }

    /// The decks of the questions that came in packages of Anki, by their ids. Erased questions are nowhere.
    pub fn decks_of_packaged(&self) -> Result<HashMap<String, String>> {
        let mut found = HashMap::new();
        self.each(
            "select placement.external_id, deck.name from source join placement on placement.source = source.id
             join question on question.id = placement.question join deck on deck.id = question.deck
             where (source.path like '%.apkg' or source.path like '%.colpkg') and placement.external_id is not null
             and question.id not in (select question from deleted where erased = 1)",
            [],
            |row| {
                found.insert(row.get(0)?, row.get(1)?);
                Ok(())
            },
        )?;
        Ok(found)
    }
}
