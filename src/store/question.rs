//! Questions with their choices.

use std::collections::HashSet;

use rusqlite::Row;

use super::query::{FromRow, Query, text};
use super::{Reader, choices};
use crate::error::Result;
use crate::model::{DeckId, Question, QuestionId};

const COLUMNS: &str = "question.id as id, question.uid as uid, question.kind as kind, question.stem as stem,
    question.explanation as explanation, topic.name as topic, question.key_origin as key_origin,
    question.key_rule as key_rule, question.markup as markup, question.choices as choices";

impl FromRow for Question {
    /// Without its tags.
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            uid: row.get("uid")?,
            kind: row.get("kind")?,
            stem: row.get("stem")?,
            explanation: row.get("explanation")?,
            topic: row.get("topic")?,
            tags: Vec::new(),
            key: row.get("key_origin")?,
            key_rule: row.get("key_rule")?,
            markup: row.get("markup")?,
            choices: choices::in_use(text(row, "choices")?)?,
        })
    }
}

impl Reader<'_> {
    /// A question with the choices in use; `None` if there is none of this number.
    pub fn question(&self, id: QuestionId) -> Result<Option<Question>> {
        let sql = format!(
            "select {COLUMNS} from question left join topic on topic.id = question.topic where question.id = ?"
        );
        let Some(question) = self.one::<Question>(&sql, [id])? else { return Ok(None) };
        let tags = self.all("select tag from question_tag where question = ? order by tag", [id])?;
        Ok(Some(Question { tags, ..question }))
    }

    /// All questions of a deck (of all decks if `deck` is `None`), by number, each with its choices in use; not those that were deleted.
    pub fn questions(&self, deck: Option<i64>) -> Result<Vec<Question>> {
        let sql = format!(
            "select {COLUMNS} from question left join topic on topic.id = question.topic
             where (?1 is null or question.deck = ?1) and question.id not in (select question from deleted)
             order by question.id"
        );
        let mut questions: Vec<Question> = self.all(&sql, [deck])?;
        let sql = "select question, tag from question_tag
             where ?1 is null or question in (select id from question where deck = ?1) order by question, tag";
        self.each(sql, [deck], |row| {
            let question: QuestionId = row.get(0)?;
            if let Ok(place) = questions.binary_search_by_key(&question, |other| other.id) {
                questions[place].tags.push(row.get(1)?);
            }
            Ok(())
        })?;
        Ok(questions)
    }

    /// The questions of a deck that are not deleted.
    pub fn questions_in(&self, deck: DeckId) -> Result<HashSet<QuestionId>> {
        self.all("select id from question where deck = ? and id not in (select question from deleted)", [deck])
    }

    /// How many questions a deck has, drafts among them.
    pub fn question_count(&self, deck: DeckId) -> Result<usize> {
        let count: u32 = self.value(
            "select count(*) from question where deck = ? and id not in (select question from deleted)",
            [deck],
        )?;
        Ok(count as usize)
    }
}
