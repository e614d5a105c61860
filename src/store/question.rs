//! Questions with their choices.

use rusqlite::{OptionalExtension, Row};
use uuid::Uuid;

use super::{Reader, choices, fault};
use crate::error::Result;
use crate::model::{KeyOrigin, Kind, Markup, Question, QuestionId};

const COLUMNS: &str = "question.id, question.uid, question.kind, question.stem, question.explanation, topic.name,
    question.key_origin, question.key_rule, question.markup, question.choices";

impl Reader<'_> {
    /// A question with the choices in use; none where there is none of this number.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn question(&self, id: QuestionId) -> Result<Option<Question>> {
        let sql = format!(
            "select {COLUMNS} from question left join topic on topic.id = question.topic where question.id = ?"
        );
        let found = self
            .connection
            .prepare_cached(&sql)
            .and_then(|mut statement| statement.query_row([id.0], |row| Ok(question_of(row))).optional())
            .map_err(fault::of)?;
        let Some(question) = found else {
            return Ok(None);
        };
        let mut question = question?;
        let mut statement = self
            .connection
            .prepare_cached("select tag from question_tag where question = ? order by tag")
            .map_err(fault::of)?;
        let tags = statement.query_map([id.0], |row| row.get(0)).map_err(fault::of)?;
        question.tags = tags.collect::<rusqlite::Result<_>>().map_err(fault::of)?;
        Ok(Some(question))
    }

    /// All questions of a deck (of all decks where `deck` is none), by number, each with its choices in use.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn questions(&self, deck: Option<i64>) -> Result<Vec<Question>> {
        let sql = format!(
            "select {COLUMNS} from question left join topic on topic.id = question.topic
             where (?1 is null or question.deck = ?1) order by question.id"
        );
        let mut statement = self.connection.prepare_cached(&sql).map_err(fault::of)?;
        let mut rows = statement.query([deck]).map_err(fault::of)?;
        let mut questions = Vec::new();
        while let Some(row) = rows.next().map_err(fault::of)? {
            questions.push(question_of(row)?);
        }
        self.add_tags(deck, &mut questions)?;
        Ok(questions)
    }

    /// How many questions a deck has, drafts among them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn question_count(&self, deck: crate::model::DeckId) -> Result<usize> {
        self.connection
            .query_row("select count(*) from question where deck = ?", [deck.0], |row| row.get::<_, i64>(0))
            .map(|count| usize::try_from(count).unwrap_or(0))
            .map_err(fault::of)
    }

    fn add_tags(&self, deck: Option<i64>, questions: &mut [Question]) -> Result<()> {
        let mut statement = self
            .connection
            .prepare_cached(
                "select question, tag from question_tag
                 where ?1 is null or question in (select id from question where deck = ?1) order by question, tag",
            )
            .map_err(fault::of)?;
        let mut rows = statement.query([deck]).map_err(fault::of)?;
        while let Some(row) = rows.next().map_err(fault::of)? {
            let question = QuestionId(row.get(0).map_err(fault::of)?);
            if let Ok(place) = questions.binary_search_by_key(&question, |other| other.id) {
                questions[place].tags.push(row.get(1).map_err(fault::of)?);
            }
        }
        Ok(())
    }
}

fn question_of(row: &Row<'_>) -> Result<Question> {
    let get = |error| fault::of(error);
    Ok(Question {
        id: QuestionId(row.get(0).map_err(get)?),
        uid: Uuid::from_bytes(row.get(1).map_err(get)?),
        kind: Kind::from_number(row.get(2).map_err(get)?).ok_or_else(|| fault::nonsense("a kind of question"))?,
        stem: row.get(3).map_err(get)?,
        explanation: row.get(4).map_err(get)?,
        topic: row.get(5).map_err(get)?,
        tags: Vec::new(),
        key: KeyOrigin::from_number(row.get(6).map_err(get)?).ok_or_else(|| fault::nonsense("an origin of a key"))?,
        key_rule: row.get(7).map_err(get)?,
        markup: Markup::from_number(row.get(8).map_err(get)?).ok_or_else(|| fault::nonsense("a markup"))?,
        choices: choices::in_use(row.get_ref(9).and_then(|value| Ok(value.as_str()?)).map_err(get)?)?,
    })
}
