//! The pictures and sounds of questions.

use std::collections::HashMap;

use rusqlite::params;

use super::{Reader, Writer, fault};
use crate::error::Result;
use crate::model::{DeckId, QuestionId};

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

    /// The media of the questions of a deck that have any, as [`Reader::media_of`] gives them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn media_in(&self, deck: DeckId) -> Result<HashMap<QuestionId, Vec<(String, String)>>> {
        // Few questions have media: they are looked up in their decks, and not the questions of the deck one by one in them.
        let mut statement = self
            .connection
            .prepare_cached(
                "select question_media.question, name, file from question_media cross join question
                 on question.id = question_media.question where question.deck = ? order by question_media.question, name",
            )
            .map_err(fault::of)?;
        let mut rows = statement.query([deck.0]).map_err(fault::of)?;
        let mut found: HashMap<QuestionId, Vec<(String, String)>> = HashMap::new();
        while let Some(row) = rows.next().map_err(fault::of)? {
            let question = QuestionId(row.get(0).map_err(fault::of)?);
            let media = (row.get(1).map_err(fault::of)?, row.get(2).map_err(fault::of)?);
            found.entry(question).or_default().push(media);
        }
        Ok(found)
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
