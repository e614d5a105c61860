//! Erasing what was deleted: texts go for good, the log stays.

use rusqlite::Row;

use super::query::{FromRow, Query};
use super::{Reader, Store, Writer};
use crate::error::Result;
use crate::model::QuestionId;

/// What could be erased.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erasable {
    /// Deleted questions that still have their texts.
    pub questions: u64,
    /// Their answers in the log, which stay.
    pub answers: u64,
    /// Of these, answers that were typed, so that the log has their words.
    pub typed: u64,
}

impl FromRow for Erasable {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let count = |column| row.get::<_, i64>(column).map(i64::unsigned_abs);
        Ok(Self { questions: count("questions")?, answers: count("answers")?, typed: count("typed")? })
    }
}

impl Reader<'_> {
    /// What could be erased.
    pub fn erasable(&self) -> Result<Erasable> {
        self.value(
            "select (select count(*) from deleted where erased = 0) as questions, count(review.id) as answers,
             count(review.typed) as typed
             from deleted join card on card.question = deleted.question join review on review.card = card.id
             where erased = 0",
            [],
        )
    }

    /// The files of the media folder that questions name; with `deleted_too` also those that only deleted ones name.
    pub fn media_files(&self, deleted_too: bool) -> Result<Vec<String>> {
        let sql = if deleted_too {
            "select distinct file from question_media order by file"
        } else {
            "select distinct file from question_media where question not in (select question from deleted) order by file"
        };
        self.all(sql, [])
    }
}

impl Writer<'_> {
    /// Erases the texts of all deleted questions, here and wherever an import or a deed kept them. How many choices they had and which were
    /// right stays, because answers in the log speak of them.
    pub fn erase_deleted(&mut self) -> Result<()> {
        let questions: Vec<QuestionId> = self.all("select question from deleted where erased = 0", [])?;
        self.erase_titles(&questions)?;
        for question in questions {
            self.run(
                "update question set stem = '', explanation = null, topic = null, key_rule = null, content = null, choices = (
                 select json_group_array(json_patch('{}', json_object('text', '', 'right', value -> 'right',
                     'at', value -> 'at', 'retired', value -> 'retired')) order by key)
                 from json_each(question.choices)) where id = ?",
                [question],
            )?;
            for sql in [
                "delete from question_tag where question = ?",
                "delete from question_media where question = ?",
                "delete from placement where question = ?",
                "delete from flag where card in (select id from card where question = ?)",
                "delete from question_before where question = ?",
                "delete from placement_before where question = ?",
                "update memory set topic = null where question = ?",
                "update deleted set erased = 1, cards = '[]' where question = ?",
            ] {
                self.run(sql, [question])?;
            }
        }
        // Nothing that was done before is taken back after this, so what it takes to do so goes too.
        self.forget_changes()?;
        self.run("delete from source where not exists (select 1 from placement where placement.source = source.id)", [])
    }

    /// Erases the titles of deeds that quote these questions. Titles are words for people, and nothing follows from them; so for this the guard
    /// of the history of deeds is lifted within the transaction.
    fn erase_titles(&mut self, questions: &[QuestionId]) -> Result<()> {
        self.run("drop trigger deed_is_never_changed", [])?;
        for question in questions {
            let stem: String = self.value("select stem from question where id = ?", [question])?;
            let Some(quoted) = stem.lines().next().filter(|line| !line.is_empty()) else { continue };
            self.run("update deed set title = 'a question (erased)' where instr(title, ?) > 0", [quoted])?;
        }
        self.run(
            "create trigger deed_is_never_changed before update on deed
             begin select raise(abort, 'the history of deeds is append-only'); end",
            [],
        )
    }
}

impl Store {
    /// Overwrites what was erased in the file.
    pub fn scrub(&mut self) -> Result<()> {
        self.connection.execute_batch("vacuum")?;
        self.connection.pragma_update(None, "secure_delete", "off")?;
        Ok(self.connection.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()))?)
    }

    /// Lets what is deleted from now on be overwritten, until [`Self::scrub`].
    pub fn begin_scrubbing(&mut self) -> Result<()> {
        Ok(self.connection.query_row("pragma secure_delete = on", [], |_| Ok(()))?)
    }
}
