//! Writing questions, and giving them their cards.

use std::borrow::Cow;

use rusqlite::params;
use uuid::Uuid;

use super::Writer;
use super::card_change::{CardBasis, CardsAfter};
use super::choices::{self, ChoiceChange};
use super::query::Query;
use crate::error::Result;
use crate::model::{DeckId, KeyOrigin, Kind, Markup, QuestionId};

/// What a question should say from now on.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionChange<'a> {
    /// What it asks for.
    pub kind: Kind,
    /// The text of the question.
    pub stem: &'a str,
    /// Why the right answer is right.
    pub explanation: Option<&'a str>,
    /// The name of its topic.
    pub topic: Option<&'a str>,
    /// The names of its tags.
    pub tags: &'a [String],
    /// Where its key comes from.
    pub key: KeyOrigin,
    /// The rule that declared the key, in words.
    pub key_rule: Option<&'a str>,
    /// How its texts are written.
    pub markup: Markup,
    /// Its choices in the bank's order. Choices that are not among them are retired.
    pub choices: Vec<ChoiceChange<'a>>,
    /// The fingerprint of all its texts, if they are those of its bank.
    pub content: Option<u64>,
}

impl Writer<'_> {
    /// Adds a question with its cards (none for a draft). `uid` is its identity.
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
                uid,
                deck,
                change.kind,
                change.stem,
                change.explanation,
                topic,
                change.key,
                change.key_rule,
                change.markup,
                choices,
                change.content.map(u64::cast_signed)
            ],
        )?;
        let question = QuestionId(self.transaction.last_insert_rowid());
        self.put_tags(question, change.tags)?;
        let (kind, stem) = (change.kind, Cow::Borrowed(change.stem));
        let source = CardBasis { uid, deck, kind, stem, topic, draft: change.key == KeyOrigin::Missing };
        self.add_cards(question, &source, parameters)?;
        Ok(question)
    }

    /// Changes what a question says. Its identity and its history stay. A draft that got a key gets its cards.
    pub fn change_question(
        &mut self,
        question: QuestionId,
        change: &QuestionChange<'_>,
        parameters: i64,
    ) -> Result<CardsAfter> {
        let topic = self.topic(change.topic)?;
        let (choices, kind, stem): (String, Kind, String) =
            self.value("select choices, kind, stem from question where id = ?", [question])?;
        let choices = choices::changed(&choices, &change.choices)?;
        self.run(
            "update question set kind = ?2, stem = ?3, explanation = ?4, topic = ?5, key_origin = ?6, key_rule = ?7,
             markup = ?8, choices = ?9, content = ?10 where id = ?1",
            params![
                question,
                change.kind,
                change.stem,
                change.explanation,
                topic,
                change.key,
                change.key_rule,
                change.markup,
                choices,
                change.content.map(u64::cast_signed)
            ],
        )?;
        self.run(
            "update memory set topic = ?2 where card in (select id from card where question = ?1)",
            params![question, topic],
        )?;
        self.run("delete from question_tag where question = ?", [question])?;
        self.put_tags(question, change.tags)?;
        self.match_cards(question, (kind, &stem), parameters)
    }

    fn put_tags(&mut self, question: QuestionId, tags: &[String]) -> Result<()> {
        for tag in tags {
            self.run("insert or ignore into question_tag (question, tag) values (?, ?)", params![question, tag])?;
        }
        Ok(())
    }

    /// The number of a topic, which is made if there is none of this name.
    fn topic(&mut self, name: Option<&str>) -> Result<Option<i64>> {
        let Some(name) = name else { return Ok(None) };
        if let Some(known) = self.topics.get(name) {
            return Ok(Some(*known));
        }
        let id = match self.one("select id from topic where name = ?", [name])? {
            Some(id) => id,
            None => {
                self.run("insert into topic (name) values (?)", [name])?;
                self.transaction.last_insert_rowid()
            }
        };
        self.topics.insert(name.to_owned(), id);
        Ok(Some(id))
    }
}
