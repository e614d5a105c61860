//! Banks: which questions of a deck they hold, and where.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::{Reader, Writer, fault};
use crate::error::Result;
use crate::model::{CardId, DeckId, Kind, QuestionId};

/// A question of a deck with the banks that hold it, without its texts.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownQuestion {
    /// Its number.
    pub id: QuestionId,
    /// Its identity.
    pub uid: Uuid,
    /// What it asks for.
    pub kind: Kind,
    /// The fingerprint of all that it says, where it is known.
    pub content: Option<u64>,
    /// Where banks hold it: the number of the bank, and the place in it.
    pub placements: Vec<(i64, PlacedQuestion)>,
}

/// A place in a bank.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedQuestion {
    /// The bank's own id for the question.
    pub external_id: Option<String>,
    /// Its place among the questions of the bank, from 0.
    pub position: u32,
    /// The line of its stem, from 1.
    pub line: u32,
    /// The fingerprints of the whole question, its stem and its options, as the bank has them.
    pub fingerprints: [u64; 3],
    /// The fingerprint of all that the bank says of it, where it is known.
    pub content: Option<u64>,
}

impl Reader<'_> {
    /// The deck of this name; letter case does not count.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn deck_named(&self, name: &str) -> Result<Option<DeckId>> {
        self.connection
            .query_row("select id from deck where name = ?", [name], |row| row.get(0).map(DeckId))
            .optional()
            .map_err(fault::of)
    }

    /// The number of the bank at this path in a deck; none where it was never imported into it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn source_at(&self, deck: DeckId, path: &str) -> Result<Option<i64>> {
        self.connection
            .query_row("select id from source where deck = ? and path = ?", params![deck.0, path], |row| row.get(0))
            .optional()
            .map_err(fault::of)
    }

    /// The questions of a deck with the banks that hold them, by number.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn known_questions(&self, deck: DeckId) -> Result<Vec<KnownQuestion>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "select question.id, uid, kind, question.content, source, position, line, external_id, fingerprint,
                 stem_fingerprint, options_fingerprint, placement.content
                 from question left join placement on placement.question = question.id
                 where question.deck = ? order by question.id, source",
            )
            .map_err(fault::of)?;
        let mut rows = statement.query([deck.0]).map_err(fault::of)?;
        let mut known: Vec<KnownQuestion> = Vec::new();
        while let Some(row) = rows.next().map_err(fault::of)? {
            let get = |error| fault::of(error);
            let id = QuestionId(row.get(0).map_err(get)?);
            if known.last().is_none_or(|last| last.id != id) {
                known.push(KnownQuestion {
                    id,
                    uid: Uuid::from_bytes(row.get(1).map_err(get)?),
                    kind: Kind::from_number(row.get(2).map_err(get)?)
                        .ok_or_else(|| fault::nonsense("a kind of question"))?,
                    content: row.get::<_, Option<i64>>(3).map_err(get)?.map(i64::cast_unsigned),
                    placements: Vec::new(),
                });
            }
            let print = |column| row.get::<_, i64>(column).map(i64::cast_unsigned).map_err(get);
            if let (Some(question), Some(source)) = (known.last_mut(), row.get::<_, Option<i64>>(4).map_err(get)?) {
                let placed = PlacedQuestion {
                    position: row.get(5).map_err(get)?,
                    line: row.get(6).map_err(get)?,
                    external_id: row.get(7).map_err(get)?,
                    fingerprints: [print(8)?, print(9)?, print(10)?],
                    content: row.get::<_, Option<i64>>(11).map_err(get)?.map(i64::cast_unsigned),
                };
                question.placements.push((source, placed));
            }
        }
        Ok(known)
    }

    /// The cards of a question.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn cards_of(&self, question: QuestionId) -> Result<Vec<CardId>> {
        let mut statement = self
            .connection
            .prepare_cached("select id from card where question = ? order by ordinal")
            .map_err(fault::of)?;
        let rows = statement.query_map([question.0], |row| row.get(0).map(CardId)).map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    /// Every card by the id that its bank gives it; ids that name several cards are left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn cards_by_bank_id(&self, deck: Option<DeckId>) -> Result<HashMap<String, CardId>> {
        let mut statement = self
            .connection
            .prepare(
                "select placement.external_id, min(card.id) from placement join card on card.question = placement.question
                 join question on question.id = placement.question
                 where placement.external_id is not null and (?1 is null or question.deck = ?1)
                 group by placement.external_id having count(distinct card.id) = 1",
            )
            .map_err(fault::of)?;
        let rows = statement
            .query_map([deck.map(|deck| deck.0)], |row| Ok((row.get(0)?, CardId(row.get(1)?))))
            .map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }
}

impl Writer<'_> {
    /// Says where a bank holds a question.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn place(&mut self, source: i64, question: QuestionId, placed: &PlacedQuestion) -> Result<()> {
        let [whole, stem, options] = placed.fingerprints.map(u64::cast_signed);
        self.transaction
            .prepare_cached(
                "insert or replace into placement (source, question, position, line, external_id, fingerprint, stem_fingerprint,
                 options_fingerprint, content) values (?,?,?,?,?,?,?,?,?)",
            )
            .and_then(|mut statement| {
                statement.execute(params![
                    source,
                    question.0,
                    placed.position,
                    placed.line,
                    placed.external_id,
                    whole,
                    stem,
                    options,
                    placed.content.map(u64::cast_signed)
                ])
            })
            .map_err(fault::of)?;
        Ok(())
    }
}
