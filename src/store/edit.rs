//! Edits: what a person changed in a question beside its banks.

use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::{Reader, Writer, fault};
use crate::error::Result;
use crate::model::{Deck, DeckId, QuestionId};

impl Reader<'_> {
    /// The deck of a question; none where there is no such question.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn deck_of_question(&self, question: QuestionId) -> Result<Option<Deck>> {
        self.connection
            .prepare_cached(
                "select deck.id, deck.name from question join deck on deck.id = question.deck where question.id = ?",
            )
            .and_then(|mut statement| {
                statement
                    .query_row([question.0], |row| Ok(Deck { id: DeckId(row.get(0)?), name: row.get(1)? }))
                    .optional()
            })
            .map_err(fault::of)
    }

    /// The question with this identity.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn question_by_uid(&self, uid: Uuid) -> Result<Option<QuestionId>> {
        self.connection
            .prepare_cached("select id from question where uid = ? limit 1")
            .and_then(|mut statement| {
                statement.query_row([uid.as_bytes()], |row| row.get(0).map(QuestionId)).optional()
            })
            .map_err(fault::of)
    }

    /// The bank's own id for a question; that of the bank imported first where several have one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn bank_id_of(&self, question: QuestionId) -> Result<Option<String>> {
        self.connection
            .prepare_cached(
                "select external_id from placement where question = ? and external_id is not null order by source limit 1",
            )
            .and_then(|mut statement| statement.query_row([question.0], |row| row.get(0)).optional())
            .map_err(fault::of)
    }
}

impl Writer<'_> {
    /// Notes that a question was edited by hand, so that taking back an import before it leaves the question alone.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn note_edit(&mut self, question: QuestionId, at_ms: i64) -> Result<()> {
        self.run(
            "insert or replace into edit (question, at_ms, after_import)
             select ?1, ?2, coalesce(max(id), 0) from import",
            params![question.0, at_ms],
        )
    }

    /// Leaves the questions that were edited after an import out of what taking it back restores; how many it had changed.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_edited_since(&mut self, import: i64) -> Result<u64> {
        let kept = self
            .transaction
            .execute(
                "delete from question_before where import = ?1
                 and question in (select question from edit where after_import >= ?1)",
                [import],
            )
            .map_err(fault::of)?;
        Ok(kept as u64)
    }
}
