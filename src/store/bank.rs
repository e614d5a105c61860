//! Banks: what a deck holds of them, and what an import changes.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::{Reader, Writer, fault};
use crate::error::Result;
use crate::model::{CardId, CardMemory, DeckId, KeyOrigin, Kind, Markup, Question, QuestionId};

/// A question of a deck with the banks that hold it.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownQuestion {
    /// The question.
    pub question: Question,
    /// Where banks hold it.
    pub placements: Vec<KnownPlacement>,
}

/// Where a bank holds a question.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownPlacement {
    /// The path of the bank.
    pub source: String,
    /// Its place in the bank.
    pub placed: PlacedQuestion,
}

/// A place in a bank.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedQuestion {
    /// The bank's own id for the question.
    pub external_id: Option<String>,
    /// Its place among the questions of the bank, from 0.
    pub position: u32,
    /// The line of its stem, from 1.
    pub line: u32,
    /// The fingerprints of the whole question, its stem and its options, as the bank has them.
    pub fingerprints: [u64; 3],
}

/// What a question should say from now on.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionChange {
    /// What it asks for.
    pub kind: Kind,
    /// The question itself.
    pub stem: String,
    /// Why the right answer is right.
    pub explanation: Option<String>,
    /// The topic.
    pub topic: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Where its key comes from.
    pub key: KeyOrigin,
    /// The rule that declared the key, in words.
    pub key_rule: Option<String>,
    /// How its texts are written.
    pub markup: Markup,
    /// Its choices in the bank's order. Choices that are not among them are retired.
    pub choices: Vec<ChoiceChange>,
}

/// What a choice should say from now on.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceChange {
    /// Its identity; none for a new choice.
    pub number: Option<u8>,
    /// What it says.
    pub text: String,
    /// Whether picking it is right.
    pub correct: bool,
    /// What to say to somebody who picked it.
    pub feedback: Option<String>,
    /// Whether it keeps its place.
    pub pinned: bool,
    /// The share of the mark, 1 for all of it; none where right and wrong say all.
    pub weight: Option<f64>,
    /// The other half, where it is one half of a pair.
    pub pair: Option<String>,
    /// How far a number may be off.
    pub tolerance: Option<f64>,
}

/// A question after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The question.
    pub question: QuestionId,
    /// Its card; none for a draft.
    pub card: Option<CardId>,
}

impl Reader<'_> {
    /// The deck of this name; letter case does not count.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn deck_named(&self, name: &str) -> Result<Option<DeckId>> {
        self.connection
            .query_row("select id from deck where name = ?", [name], |row| row.get(0).map(DeckId))
            .optional()
            .map_err(fault::of)
    }

    /// The deck that a bank at this path was imported into, where it was imported into one only.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn deck_of_source(&self, path: &str) -> Result<Option<String>> {
        let mut statement = self
            .connection
            .prepare("select deck.name from source join deck on deck.id = source.deck where source.path = ?")
            .map_err(fault::of)?;
        let rows = statement.query_map([path], |row| row.get(0)).map_err(fault::of)?;
        let mut names: Vec<String> = rows.collect::<rusqlite::Result<_>>().map_err(fault::of)?;
        Ok(if names.len() == 1 { names.pop() } else { None })
    }

    /// The questions of a deck with the banks that hold them, by number.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn known_questions(&self, deck: DeckId) -> Result<Vec<KnownQuestion>> {
        let mut placements: HashMap<QuestionId, Vec<KnownPlacement>> = HashMap::new();
        let mut statement = self
            .connection
            .prepare(
                "select placement.question, source.path, external_id, position, line, fingerprint, stem_fingerprint,
                 options_fingerprint from source join placement on placement.source = source.id where source.deck = ?
                 order by placement.question, source.id",
            )
            .map_err(fault::of)?;
        let mut rows = statement.query([deck.0]).map_err(fault::of)?;
        while let Some(row) = rows.next().map_err(fault::of)? {
            let get = |error| fault::of(error);
            let print = |column| row.get::<_, i64>(column).map(i64::cast_unsigned).map_err(get);
            placements.entry(QuestionId(row.get(0).map_err(get)?)).or_default().push(KnownPlacement {
                source: row.get(1).map_err(get)?,
                placed: PlacedQuestion {
                    external_id: row.get(2).map_err(get)?,
                    position: row.get(3).map_err(get)?,
                    line: row.get(4).map_err(get)?,
                    fingerprints: [print(5)?, print(6)?, print(7)?],
                },
            });
        }
        let known = self.questions(Some(deck.0))?.into_iter().map(|question| KnownQuestion {
            placements: placements.remove(&question.id).unwrap_or_default(),
            question,
        });
        Ok(known.collect())
    }

    /// The cards of a question.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn cards_of(&self, question: QuestionId) -> Result<Vec<CardId>> {
        let mut statement = self
            .connection
            .prepare_cached("select id from card where question = ? order by ordinal")
            .map_err(fault::of)?;
        let rows = statement.query_map([question.0], |row| row.get(0).map(CardId)).map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    /// Every card by the id that its bank gives it; ids that name several cards are left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn cards_by_bank_id(&self, deck: Option<DeckId>) -> Result<HashMap<String, CardId>> {
        let mut statement = self
            .connection
            .prepare(
                "select placement.external_id, min(card.id) from placement join card on card.question = placement.question
                 join question on question.id = placement.question
                 where placement.external_id is not null and (?1 is null or question.deck = ?1)
                 group by placement.external_id having count(distinct card.id) = 1",
            )
            .map_err(fault::of)?;
        let rows = statement
            .query_map([deck.map(|deck| deck.0)], |row| Ok((row.get(0)?, CardId(row.get(1)?))))
            .map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }
}

impl Writer<'_> {
    /// The number of the bank at this path in a deck, noted as imported now.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn source(&mut self, deck: DeckId, path: &str, now_ms: i64) -> Result<i64> {
        self.transaction
            .query_row(
                "insert into source (deck, path, imported_ms) values (?1, ?2, ?3)
                 on conflict (deck, path) do update set imported_ms = ?3 returning id",
                params![deck.0, path, now_ms],
                |row| row.get(0),
            )
            .map_err(fault::of)
    }

    /// Says where a bank holds a question.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn place(&mut self, source: i64, question: QuestionId, placed: &PlacedQuestion) -> Result<()> {
        let [whole, stem, options] = placed.fingerprints.map(u64::cast_signed);
        self.transaction
            .prepare_cached(
                "insert or replace into placement (source, question, position, line, external_id, fingerprint, stem_fingerprint,
                 options_fingerprint) values (?,?,?,?,?,?,?,?)",
            )
            .and_then(|mut statement| {
                statement.execute(params![
                    source,
                    question.0,
                    placed.position,
                    placed.line,
                    placed.external_id,
                    whole,
                    stem,
                    options
                ])
            })
            .map_err(fault::of)?;
        Ok(())
    }

    /// Adds a question with its card (none for a draft, or for a kind without choices). `uid` and `card_uid` are their identities.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add_question(
        &mut self,
        deck: DeckId,
        uid: Uuid,
        card_uid: Uuid,
        change: &QuestionChange,
        parameters: i64,
    ) -> Result<Applied> {
        let topic = self.topic(change.topic.as_deref())?;
        self.transaction
            .prepare_cached(
                "insert into question (uid, deck, kind, stem, explanation, topic, key_origin, key_rule, markup)
                 values (?,?,?,?,?,?,?,?,?)",
            )
            .and_then(|mut statement| {
                statement.execute(params![
                    uid.as_bytes(),
                    deck.0,
                    change.kind.number(),
                    change.stem,
                    change.explanation,
                    topic,
                    change.key.number(),
                    change.key_rule,
                    change.markup.number()
                ])
            })
            .map_err(fault::of)?;
        let question = QuestionId(self.transaction.last_insert_rowid());
        for (number, choice) in (0_u8..).zip(&change.choices) {
            self.put_choice(question, number, number, choice)?;
        }
        self.put_tags(question, &change.tags)?;
        let card = self.give_card(question, card_uid, change, parameters)?;
        Ok(Applied { question, card })
    }

    /// Changes what a question says. Its identity and its history stay. A draft that got a key gets its card.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn change_question(
        &mut self,
        question: QuestionId,
        card_uid: Uuid,
        change: &QuestionChange,
        parameters: i64,
    ) -> Result<Applied> {
        let topic = self.topic(change.topic.as_deref())?;
        self.run(
            "update question set kind = ?2, stem = ?3, explanation = ?4, topic = ?5, key_origin = ?6, key_rule = ?7,
             markup = ?8 where id = ?1",
            params![
                question.0,
                change.kind.number(),
                change.stem,
                change.explanation,
                topic,
                change.key.number(),
                change.key_rule,
                change.markup.number()
            ],
        )?;
        self.run(
            "update memory set topic = ?2 where card in (select id from card where question = ?1)",
            params![question.0, topic],
        )?;
        self.run("update choice set retired = 1 where question = ?", [question.0])?;
        let mut free: u16 = self
            .transaction
            .query_row("select coalesce(max(number) + 1, 0) from choice where question = ?", [question.0], |row| {
                row.get(0)
            })
            .map_err(fault::of)?;
        for (position, choice) in (0_u8..).zip(&change.choices) {
            let number = match choice.number {
                Some(number) => number,
                None => {
                    let number = u8::try_from(free).map_err(|_| {
                        crate::error::Error::person("a question was edited so often that it has more than 256 choices")
                            .hint("give it another id in the bank, so that it becomes a new question")
                    })?;
                    free += 1;
                    number
                }
            };
            self.put_choice(question, number, position, choice)?;
        }
        self.run("delete from question_tag where question = ?", [question.0])?;
        self.put_tags(question, &change.tags)?;
        let card = self.give_card(question, card_uid, change, parameters)?;
        Ok(Applied { question, card })
    }

    fn give_card(
        &mut self,
        question: QuestionId,
        uid: Uuid,
        change: &QuestionChange,
        parameters: i64,
    ) -> Result<Option<CardId>> {
        if let Some(card) = self.reader().cards_of(question)?.first() {
            return Ok(Some(*card));
        }
        // A draft, or a kind that cannot be asked yet.
        if change.key == KeyOrigin::Missing || !change.kind.has_choices() {
            return Ok(None);
        }
        self.run("insert into card (uid, question, ordinal) values (?, ?, 0)", params![uid.as_bytes(), question.0])?;
        let card = CardId(self.transaction.last_insert_rowid());
        self.put_memory(card, &CardMemory::NEW, parameters)?;
        Ok(Some(card))
    }

    fn put_choice(&mut self, question: QuestionId, number: u8, position: u8, choice: &ChoiceChange) -> Result<()> {
        self.run(
            "insert into choice (question, number, position, text, correct, feedback, pinned, weight, pair, tolerance, retired)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0) on conflict (question, number) do update set
             position = ?3, text = ?4, correct = ?5, feedback = ?6, pinned = ?7, weight = ?8, pair = ?9, tolerance = ?10,
             retired = 0",
            params![
                question.0,
                number,
                position,
                choice.text,
                choice.correct,
                choice.feedback,
                choice.pinned,
                choice.weight,
                choice.pair,
                choice.tolerance
            ],
        )
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
        let found = self
            .transaction
            .prepare_cached("select id from topic where name = ?")
            .and_then(|mut statement| statement.query_row([name], |row| row.get(0)).optional())
            .map_err(fault::of)?;
        if found.is_some() {
            return Ok(found);
        }
        self.run("insert into topic (name) values (?)", [name])?;
        Ok(Some(self.transaction.last_insert_rowid()))
    }

    fn run(&mut self, sql: &str, values: impl rusqlite::Params) -> Result<()> {
        self.transaction.prepare_cached(sql).and_then(|mut statement| statement.execute(values)).map_err(fault::of)?;
        Ok(())
    }
}
