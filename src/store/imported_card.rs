//! Cards by what the packages of Anki know them by.

use std::collections::{HashMap, HashSet};

use rusqlite::types::ValueRef;
use uuid::Uuid;

use super::memory::{COLUMNS, memory_of};
use super::query::Query;
use super::{Reader, Writer};
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
    /// What packages know its question by.
    pub guid: String,
    /// Which card of the question it is: of a text with numbered deletions the number from 0.
    pub ordinal: u32,
    /// What follows from its log.
    pub memory: CardMemory,
}

/// A question that has an identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityRow {
    /// Its number.
    pub question: QuestionId,
    /// Its deck; `None` if it was erased.
    pub deck: Option<String>,
    /// When a bank or a person changed it last, milliseconds since 1970; 0 if it only came in packages.
    pub changed_ms: i64,
}

impl Writer<'_> {
    /// The cards of the questions that the bank at this path holds, whatever deck they are in.
    pub fn cards_of_bank(&self, path: &str) -> Result<Vec<ImportedCardRow>> {
        let sql = format!(
            "select card.id, card.uid, question.id, question.deck, ifnull(placement.guid, placement.external_id), ifnull(card.place, card.ordinal), {COLUMNS}
             from source join placement on placement.source = source.id
             join question on question.id = placement.question join card on card.question = question.id
             left join memory on memory.card = card.id
             where source.path = ? and placement.external_id is not null and (card.place is not null or not exists (
                 select 1 from card other where other.question = card.question and other.place = card.ordinal))"
        );
        let mut found = Vec::new();
        self.each(&sql, [path], |row| {
            let card = row.get(0)?;
            let memory = match row.get_ref(6)? {
                ValueRef::Null if self.is_delayed(card) => CardMemory::NEW,
                // A card of what was deleted.
                ValueRef::Null => return Ok(()),
                _ => memory_of(row, 6)?,
            };
            found.push(ImportedCardRow {
                card,
                uid: row.get(1)?,
                question: row.get(2)?,
                deck: row.get(3)?,
                guid: row.get(4)?,
                ordinal: row.get(5)?,
                memory,
            });
            Ok(())
        })?;
        Ok(found)
    }
}

impl Reader<'_> {
    /// Every card that is not erased, by number: its identity, its deck, and whether something is logged of it.
    pub fn cards_with_identities(&self) -> Result<Vec<(CardId, Uuid, DeckId, bool)>> {
        let mut found = Vec::new();
        self.each(
            "select card.id, card.uid, question.deck, memory.through is not null
             from card join question on question.id = card.question join memory on memory.card = card.id
             where question.id not in (select question from deleted where erased = 1) order by card.id",
            [],
            |row| {
                found.push((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
                Ok(())
            },
        )?;
        Ok(found)
    }

    /// The packages of Anki that were imported.
    pub fn package_sources(&self) -> Result<HashSet<i64>> {
        self.all("select id from source where path like '%.apkg' or path like '%.colpkg'", [])
    }

    /// The questions that have an identity, erased ones as well.
    pub fn identities(&self) -> Result<HashMap<Uuid, IdentityRow>> {
        let mut found = HashMap::new();
        self.each(
            "select question.uid, question.id, iif(deleted.erased = 1, null, deck.name), max(ifnull(edit.at_ms, 0), ifnull((
                 select max(imported_ms) from placement join source on source.id = placement.source
                 where placement.question = question.id
                 and source.path not like '%.apkg' and source.path not like '%.colpkg'), 0))
             from question join deck on deck.id = question.deck left join edit on edit.question = question.id
             left join deleted on deleted.question = question.id",
            [],
            |row| {
                let known = IdentityRow { question: row.get(1)?, deck: row.get(2)?, changed_ms: row.get(3)? };
                found.insert(row.get(0)?, known);
                Ok(())
            },
        )?;
        Ok(found)
    }

    /// The decks of the questions that came as notes of Anki, and their identities, by what packages know them by. Erased questions are
    /// nowhere.
    pub fn decks_of_packaged(&self) -> Result<HashMap<String, (String, Uuid)>> {
        let mut found = HashMap::new();
        self.each(
            "select ifnull(placement.guid, placement.external_id), deck.name, question.uid
             from source join placement on placement.source = source.id
             join question on question.id = placement.question join deck on deck.id = question.deck
             where (source.path like '%.apkg' or source.path like '%.colpkg' or placement.guid is not null)
             and placement.external_id is not null and question.id not in (select question from deleted where erased = 1)",
            [],
            |row| {
                found.insert(row.get(0)?, (row.get(1)?, row.get(2)?));
                Ok(())
            },
        )?;
        Ok(found)
    }
}
