//! What a mock exam may ask.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::{Reader, fault};
use crate::error::Result;
use crate::model::{CardId, CardState, DeckId, Kind, LogId, QuestionId};

/// A card whose answer the program can grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GradableRow {
    /// The card.
    pub card: CardId,
    /// Its question.
    pub question: QuestionId,
    /// Its topic, as a number that only tells topics apart.
    pub topic: Option<i64>,
    /// Where it stands.
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

impl Reader<'_> {
    /// The cards of a deck that are not suspended and whose answers are graded by the program, new and buried ones among them. Where
    /// topics are named, only those of questions with one of them, and so with tags; the names are those of [`Self::subjects`].
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn gradable_cards(&self, deck: DeckId, about: &Subjects) -> Result<Vec<GradableRow>> {
        let mut values = vec![Value::from(deck.0)];
        let mut places = |names: Vec<Value>| {
            let first = values.len() + 1;
            values.extend(names);
            (first..=values.len()).map(|place| format!("?{place}")).collect::<Vec<_>>().join(", ")
        };
        let kinds = Kind::graded().map(|kind| i64::from(kind.number()).into()).collect();
        let texts = |names: &[String]| names.iter().cloned().map(Value::from).collect();
        let mut sql = format!(
            // What is left out is read apart: looking up the row of each question takes more than twice as long. A card whose
            // question no longer has its place was suspended.
            "select card, question, topic, state from memory where deck = ?1 and suspended = 0
             and question not in (select id from question where deck = ?1 and kind not in ({}))",
            places(kinds)
        );
        if !about.topics.is_empty() {
            let topics = places(texts(&about.topics));
            sql += &format!(" and topic in (select id from topic where name in ({topics}))");
        }
        if !about.tags.is_empty() {
            let tags = places(texts(&about.tags));
            sql += &format!(" and question in (select question from question_tag where tag in ({tags}))");
        }
        let mut statement = self.connection.prepare_cached(&sql).map_err(fault::of)?;
        let rows = statement
            .query_map(params_from_iter(values), |row| {
                Ok((CardId(row.get(0)?), QuestionId(row.get(1)?), row.get(2)?, row.get(3)?))
            })
            .map_err(fault::of)?;
        let mut found = Vec::new();
        for row in rows {
            let (card, question, topic, state) = row.map_err(fault::of)?;
            let state = CardState::from_number(state).ok_or_else(|| fault::nonsense("a state of a card"))?;
            found.push(GradableRow { card, question, topic, state });
        }
        Ok(found)
    }

    /// The last answer in the log, whether it still counts or not; none where there is none.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn last_logged(&self) -> Result<Option<LogId>> {
        self.connection
            .prepare_cached("select max(id) from review")
            .and_then(|mut statement| statement.query_row([], |row| row.get::<_, Option<[u8; 16]>>(0)))
            .map(|id| id.map(|id| LogId(uuid::Uuid::from_bytes(id))))
            .map_err(fault::of)
    }
}
