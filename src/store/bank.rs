//! Banks: which questions of a deck they hold, and where.

use std::collections::HashMap;

use rusqlite::{Row, params};
use uuid::Uuid;

use super::query::Query;
use super::{Reader, Writer};
use crate::error::Result;
use crate::model::{CardId, DeckId, Kind, QuestionId};

/// A question of a deck with the banks that hold it, without its texts.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownQuestion {
    /// Its number.
    pub id: QuestionId,
    /// The same in every database that has the question.
    pub uid: Uuid,
    /// What it asks for.
    pub kind: Kind,
    /// The fingerprint of all its texts, if it is known.
    pub content: Option<u64>,
    /// Where banks hold it: the number of the bank, and the place in it.
    pub placements: Vec<(i64, PlacedQuestion)>,
}

/// A place in a bank.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedQuestion {
    /// The bank's own id for the question.
    pub external_id: Option<String>,
    /// What packages of Anki know it by, if that is another one.
    pub guid: Option<String>,
    /// Its place among the questions of the bank, from 0.
    pub position: u32,
    /// The line of its stem, from 1.
    pub line: u32,
    /// The fingerprints of the whole question, its stem and its options, as the bank has them.
    pub fingerprints: [u64; 3],
    /// The fingerprint of all that the bank says of it, if it is known.
    pub content: Option<u64>,
}

impl PlacedQuestion {
    /// Decodes the columns from `at` on: position, line, external id, guid, three fingerprints, content. By position, because all questions of a deck
    /// are read at once (see [`super::query`]).
    fn decode(row: &Row<'_>, at: usize) -> Result<Self> {
        let fingerprint = |column| row.get(column).map(i64::cast_unsigned);
        Ok(Self {
            position: row.get(at)?,
            line: row.get(at + 1)?,
            external_id: row.get(at + 2)?,
            guid: row.get(at + 3)?,
            fingerprints: [fingerprint(at + 4)?, fingerprint(at + 5)?, fingerprint(at + 6)?],
            content: row.get::<_, Option<i64>>(at + 7)?.map(i64::cast_unsigned),
        })
    }
}

impl Reader<'_> {
    /// The deck of this name; letter case does not count.
    pub fn deck_named(&self, name: &str) -> Result<Option<DeckId>> {
        self.one("select id from deck where name = ?", [name])
    }

    /// The number of the bank at this path in a deck; `None` if it was never imported into it.
    pub fn source_at(&self, deck: DeckId, path: &str) -> Result<Option<i64>> {
        self.one("select id from source where deck = ? and path = ?", params![deck, path])
    }

    /// The questions of a deck with the banks that hold them, by number; also those that were deleted, and those that a bank of the deck
    /// holds and that were moved to another deck.
    pub fn known_questions(&self, deck: DeckId) -> Result<Vec<KnownQuestion>> {
        let mut known = Vec::new();
        self.each_known_question(deck, |question| {
            known.push(question);
            Ok(())
        })?;
        Ok(known)
    }

    /// The same, one question after the other.
    pub fn each_known_question(&self, deck: DeckId, mut sink: impl FnMut(KnownQuestion) -> Result<()>) -> Result<()> {
        let mut last: Option<KnownQuestion> = None;
        let sql = "select question.id, uid, kind, question.content, source, position, line, external_id, guid, fingerprint,
             stem_fingerprint, options_fingerprint, placement.content
             from question left join placement on placement.question = question.id
             where question.deck = ?1 or question.id in (
                 select placement.question from placement join source on source.id = placement.source where source.deck = ?1)
             order by question.id, source";
        self.each(sql, [deck], |row| {
            let id = row.get(0)?;
            if last.as_ref().is_none_or(|last| last.id != id) {
                let content = row.get::<_, Option<i64>>(3)?.map(i64::cast_unsigned);
                let (uid, kind, placements) = (row.get(1)?, row.get(2)?, Vec::new());
                let next = KnownQuestion { id, uid, kind, content, placements };
                last.replace(next).map_or(Ok(()), &mut sink)?;
            }
            if let (Some(question), Some(source)) = (&mut last, row.get(4)?) {
                question.placements.push((source, PlacedQuestion::decode(row, 5)?));
            }
            Ok(())
        })?;
        last.map_or(Ok(()), sink)
    }

    /// The cards of a question.
    pub fn cards_of(&self, question: QuestionId) -> Result<Vec<CardId>> {
        self.all("select id from card where question = ? order by ordinal", [question])
    }

    /// Every card by the id that its bank gives it; ids that name several cards are left out.
    pub fn cards_by_bank_id(&self, deck: Option<DeckId>) -> Result<HashMap<String, CardId>> {
        self.all(
            "select placement.external_id, min(card.id) from placement join card on card.question = placement.question
             join question on question.id = placement.question
             where placement.external_id is not null and (?1 is null or question.deck = ?1)
             group by placement.external_id having count(distinct card.id) = 1",
            [deck],
        )
    }
}

impl Writer<'_> {
    /// Records where a bank holds a question.
    pub fn place(&mut self, source: i64, question: QuestionId, placed: &PlacedQuestion) -> Result<()> {
        let [whole, stem, options] = placed.fingerprints.map(u64::cast_signed);
        let content = placed.content.map(u64::cast_signed);
        let PlacedQuestion { external_id, guid, position, line, .. } = placed;
        self.run(
            "insert or replace into placement (source, question, position, line, external_id, guid, fingerprint, stem_fingerprint,
             options_fingerprint, content) values (?,?,?,?,?,?,?,?,?,?)",
            params![source, question, position, line, external_id, guid, whole, stem, options, content],
        )
    }
}
