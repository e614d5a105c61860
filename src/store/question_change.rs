//! Writing questions, and giving them their cards.

use std::borrow::Cow;

use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::card_change::{Asked, CardsAfter};
use super::choices::{self, ChoiceChange};
use super::{Writer, fault};
use crate::error::Result;
use crate::model::{DeckId, KeyOrigin, Kind, Markup, QuestionId};

/// What a question should say from now on.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionChange<'a> {
    /// What it asks for.
    pub kind: Kind,
    /// The question itself.
    pub stem: &'a str,
    /// Why the right answer is right.
    pub explanation: Option<&'a str>,
    /// The topic.
    pub topic: Option<&'a str>,
    /// Tags.
    pub tags: &'a [String],
    /// Where its key comes from.
    pub key: KeyOrigin,
    /// The rule that declared the key, in words.
    pub key_rule: Option<&'a str>,
    /// How its texts are written.
    pub markup: Markup,
    /// Its choices in the bank's order. Choices that are not among them are retired.
    pub choices: Vec<ChoiceChange<'a>>,
    /// The fingerprint of all that it says, where it says what its bank does.
    pub content: Option<u64>,
}

impl Writer<'_> {
    /// Adds a question with its cards (none for a draft). `uid` is its identity.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add_question(
        &mut self,
        deck: DeckId,
        uid: Uuid,
        change: &QuestionChange<'_>,
        parameters: i64,
    ) -> Result<QuestionId> {
        let topic = self.topic(change.topic)?;
        let choices = choices::changed("[]", &change.choices)?;
        self.run(
            "insert into question (uid, deck, kind, stem, explanation, topic, key_origin, key_rule, markup, choices, content)
             values (?,?,?,?,?,?,?,?,?,?,?)",
            params![
                uid.as_bytes(),
                deck.0,
                change.kind.number(),
                change.stem,
                change.explanation,
                topic,
                change.key.number(),
                change.key_rule,
                change.markup.number(),
                choices,
                change.content.map(u64::cast_signed)
            ],
        )?;
        let question = QuestionId(self.transaction.last_insert_rowid());
        self.put_tags(question, change.tags)?;
        let (kind, stem) = (change.kind, Cow::Borrowed(change.stem));
        let asked = Asked { uid, deck, kind, stem, topic, draft: change.key == KeyOrigin::Missing };
        self.add_cards(question, &asked, parameters)?;
        Ok(question)
    }

    /// Changes what a question says. Its identity and its history stay. A draft that got a key gets its cards.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn change_question(
        &mut self,
        question: QuestionId,
        change: &QuestionChange<'_>,
        parameters: i64,
    ) -> Result<CardsAfter> {
        let topic = self.topic(change.topic)?;
        let (choices, kind, stem): (String, u8, String) = self
            .transaction
            .prepare_cached("select choices, kind, stem from question where id = ?")
            .and_then(|mut statement| {
                statement.query_row([question.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            })
            .map_err(fault::of)?;
        let choices = choices::changed(&choices, &change.choices)?;
        self.run(
            "update question set kind = ?2, stem = ?3, explanation = ?4, topic = ?5, key_origin = ?6, key_rule = ?7,
             markup = ?8, choices = ?9, content = ?10 where id = ?1",
            params![
                question.0,
                change.kind.number(),
                change.stem,
                change.explanation,
                topic,
                change.key.number(),
                change.key_rule,
                change.markup.number(),
                choices,
                change.content.map(u64::cast_signed)
            ],
        )?;
        self.run(
            "update memory set topic = ?2 where card in (select id from card where question = ?1)",
            params![question.0, topic],
        )?;
        self.run("delete from question_tag where question = ?", [question.0])?;
        self.put_tags(question, change.tags)?;
        let kind = Kind::from_number(kind).ok_or_else(|| fault::nonsense("a kind of question"))?;
        self.match_cards(question, (kind, &stem), parameters)
    }

    fn put_tags(&mut self, question: QuestionId, tags: &[String]) -> Result<()> {
        for tag in tags {
            self.run("insert or ignore into question_tag (question, tag) values (?, ?)", params![question.0, tag])?;
        }
        Ok(())
    }

    fn topic(&mut self, name: Option<&str>) -> Result<Option<i64>> {
        let Some(name) = name else {
            return Ok(None);
        };
        if let Some(known) = self.topics.get(name) {
            return Ok(Some(*known));
        }
        let found = self
            .transaction
            .prepare_cached("select id from topic where name = ?")
            .and_then(|mut statement| statement.query_row([name], |row| row.get(0)).optional())
            .map_err(fault::of)?;
        let id = match found {
            Some(id) => id,
            None => {
                self.run("insert into topic (name) values (?)", [name])?;
                self.transaction.last_insert_rowid()
            }
        };
        self.topics.insert(name.to_owned(), id);
        Ok(Some(id))
    }

    pub(super) fn run(&mut self, sql: &str, values: impl rusqlite::Params) -> Result<()> {
        self.transaction.prepare_cached(sql).and_then(|mut statement| statement.execute(values)).map_err(fault::of)?;
        Ok(())
    }
}
