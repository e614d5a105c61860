//! The pictures and sounds of questions.

use std::collections::HashMap;

use rusqlite::params;

use super::query::Query;
use super::{Reader, Writer};
use crate::error::Result;
use crate::model::{DeckId, QuestionId};

impl Reader<'_> {
    /// The media of a question: what its texts call them, and their files in the media folder, by name.
    pub fn media_of(&self, question: QuestionId) -> Result<Vec<(String, String)>> {
        self.all("select name, file from question_media where question = ? order by name", [question])
    }

    /// The media of the questions of a deck that have any, as [`Reader::media_of`] gives them.
    pub fn media_in(&self, deck: DeckId) -> Result<HashMap<QuestionId, Vec<(String, String)>>> {
        // Few questions have media, so it is faster to look up the deck of each than to look for the media of every question.
        let rows: Vec<(QuestionId, String, String)> = self.all(
            "select question_media.question, name, file from question_media cross join question
             on question.id = question_media.question where question.deck = ?1 or question.id in (
                 select placement.question from placement join source on source.id = placement.source where source.deck = ?1)
             order by question_media.question, name",
            [deck],
        )?;
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        for (question, name, file) in rows {
            found.entry(question).or_default().push((name, file));
        }
        Ok(found)
    }
}

impl Writer<'_> {
    /// Replaces the media of a question: names and files.
    pub fn put_media(&mut self, question: QuestionId, media: &[(String, String)]) -> Result<()> {
        self.run("delete from question_media where question = ?", [question])?;
        for (name, file) in media {
            self.run(
                "insert or replace into question_media (question, name, file) values (?, ?, ?)",
                params![question, name, file],
            )?;
        }
        Ok(())
    }
}
