//! The pictures and sounds of questions.

use rusqlite::params;

use super::{Reader, Writer, fault};
use crate::error::Result;
use crate::model::QuestionId;

impl Reader<'_> {
    /// The media of a question: what its texts call them, and their files in the media folder, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn media_of(&self, question: QuestionId) -> Result<Vec<(String, String)>> {
        let mut statement = self
            .connection
            .prepare_cached("select name, file from question_media where question = ? order by name")
            .map_err(fault::of)?;
        let rows = statement.query_map([question.0], |row| Ok((row.get(0)?, row.get(1)?))).map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }
}

impl Writer<'_> {
    /// Says which media a question has: names and files.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put_media(&mut self, question: QuestionId, media: &[(String, String)]) -> Result<()> {
        self.run("delete from question_media where question = ?", [question.0])?;
        for (name, file) in media {
            self.run(
                "insert or replace into question_media (question, name, file) values (?, ?, ?)",
                params![question.0, name, file],
            )?;
        }
        Ok(())
    }
}
