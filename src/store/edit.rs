//! Edits: what a person changed in a question by hand.

use rusqlite::params;
use uuid::Uuid;

use super::query::Query;
use super::{Reader, Writer};
use crate::error::Result;
use crate::model::{Deck, QuestionId};

impl Reader<'_> {
    /// The deck of a question; `None` if there is no such question.
    pub fn deck_of_question(&self, question: QuestionId) -> Result<Option<Deck>> {
        let sql = "select deck.id as id, name from question join deck on deck.id = question.deck where question.id = ?";
        self.one(sql, [question])
    }

    /// The question with this identity.
    pub fn question_by_uid(&self, uid: Uuid) -> Result<Option<QuestionId>> {
        self.one("select id from question where uid = ? limit 1", [uid])
    }

    /// The bank's own id for a question; if several banks have one, that of the bank imported first.
    pub fn bank_id_of(&self, question: QuestionId) -> Result<Option<String>> {
        self.one(
            "select external_id from placement where question = ? and external_id is not null order by source limit 1",
            [question],
        )
    }
}

impl Writer<'_> {
    /// Records that a question was edited by hand, so that taking back an import before it leaves the question alone.
    pub fn note_edit(&mut self, question: QuestionId, at_ms: i64) -> Result<()> {
        self.run(
            "insert or replace into edit (question, at_ms, after_import)
             select ?1, ?2, coalesce(max(id), 0) from import",
            params![question, at_ms],
        )
    }

    /// Excludes the questions edited after an import from what taking it back restores. Returns how many of them it had changed.
    pub fn keep_edited_since(&mut self, import: i64) -> Result<u64> {
        let kept = self.run_counted(
            "delete from question_before where import = ?1
             and question in (select question from edit where after_import >= ?1)",
            [import],
        )?;
        Ok(kept as u64)
    }
}
