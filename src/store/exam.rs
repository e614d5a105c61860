//! What a mock exam may ask.

use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use super::Reader;
use super::query::{FromRow, Query, places};
use crate::error::Result;
use crate::model::{CardId, CardState, DeckId, Kind, LogId, QuestionId};

/// A card whose answer the program can grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GradableRow {
    /// Its number.
    pub card: CardId,
    /// The number of its question.
    pub question: QuestionId,
    /// A number that is the same for cards of one topic.
    pub topic: Option<i64>,
    /// New, in steps or in review.
    pub state: CardState,
}

/// What questions are about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subjects {
    /// Topics.
    pub topics: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
}

impl FromRow for GradableRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self { card: row.get(0)?, question: row.get(1)?, topic: row.get(2)?, state: row.get(3)? })
    }
}

impl Reader<'_> {
    /// The cards of a deck that are not suspended and whose answers the program grades; new and buried ones too. If topics are
    /// named, only cards of questions with one of them; the same for tags. The names are those of [`Self::subjects`].
    pub fn gradable_cards(&self, deck: DeckId, about: &Subjects) -> Result<Vec<GradableRow>> {
        let mut values = vec![Value::from(deck.0)];
        let kinds = places(&mut values, Kind::graded().map(|kind| i64::from(kind.number())));
        let mut sql = format!(
            // What is left out is read apart: looking up the row of each question takes more than twice as long. A card whose
            // question no longer has its place was suspended.
            "select card, question, topic, state from memory where deck = ?1 and suspended = 0
             and question not in (select id from question where deck = ?1 and kind not in ({kinds}))"
        );
        if !about.topics.is_empty() {
            let topics = places(&mut values, about.topics.iter().cloned());
            sql += &format!(" and topic in (select id from topic where name in ({topics}))");
        }
        if !about.tags.is_empty() {
            let tags = places(&mut values, about.tags.iter().cloned());
            sql += &format!(" and question in (select question from question_tag where tag in ({tags}))");
        }
        self.all(&sql, params_from_iter(values))
    }

    /// The last answer in the log, whether it still counts or not; `None` if there is none.
    pub fn last_logged(&self) -> Result<Option<LogId>> {
        self.value("select max(id) from review", [])
    }
}
