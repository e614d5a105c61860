//! The pictures and sounds of questions.

use std::collections::HashMap;

use rusqlite::params;

use super::query::Query;
use super::{Reader, Writer};
use crate::error::Result;
use crate::model::{DeckId, QuestionId};

impl Reader<'_> {
    /// Whether this can be the name of a file in the media folder, and of none outside of it. A database can come from anybody.
    pub fn is_media_name(file: &str) -> bool {
        let (hash, end) = file.split_once('.').unwrap_or((file, ""));
        hash.len() == 32
            && hash.bytes().all(|sign| sign.is_ascii_hexdigit())
            && end.bytes().all(|sign| sign.is_ascii_alphanumeric())
    }

    /// The media of a question: what its texts call them, and their files in the media folder, by name.
    pub fn media_of(&self, question: QuestionId) -> Result<Vec<(String, String)>> {
        let mut media: Vec<(String, String)> =
            self.all("select name, file from question_media where question = ? order by name", [question])?;
        media.retain(|(_, file)| Self::is_media_name(file));
        Ok(media)
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
        for (question, name, file) in rows.into_iter().filter(|(_, _, file)| Self::is_media_name(file)) {
            found.entry(question).or_default().push((name, file));
        }
        Ok(found)
    }
}

impl Writer<'_> {
    /// Removes a name of a file from all questions that have it.
    pub fn forget_media(&mut self, file: &str) -> Result<()> {
        self.run("delete from question_media where file = ?", [file])?;
        Ok(())
    }

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
