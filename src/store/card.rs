//! Cards with their questions.

use std::collections::{HashMap, HashSet};

use rusqlite::OptionalExtension;
use uuid::Uuid;

use super::memory::{COLUMNS, memory_of};
use super::{Reader, choices, fault};
use crate::error::Result;
use crate::model::cloze::Cloze;
use crate::model::{CardId, CardMemory, DeckId, Guess, Kind, Question, QuestionId};

/// A card as a session needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadedCard {
    /// The card.
    pub card: CardId,
    /// Its identity.
    pub uid: Uuid,
    /// Its deck.
    pub deck: DeckId,
    /// The name of its deck.
    pub deck_name: String,
    /// Its question.
    pub question: Question,
    /// What of its question it asks for; none where the question no longer has it.
    pub place: Option<u32>,
    /// What follows from its log.
    pub memory: CardMemory,
}

impl LoadedCard {
    /// The stem of its question; of a text with deletions what the card shows.
    pub fn stem(&self) -> String {
        match self.place.filter(|_| self.question.kind == Kind::Cloze) {
            Some(place) => Cloze::parse(&self.question.stem).front(place),
            None => self.question.stem.clone(),
        }
    }
}

/// A card as tables need it.
#[derive(Clone, Debug, PartialEq)]
pub struct CardRow {
    /// The card.
    pub card: CardId,
    /// Its identity.
    pub uid: Uuid,
    /// Its question.
    pub question: QuestionId,
    /// The identity of its question.
    pub question_uid: Uuid,
    /// Its deck.
    pub deck: DeckId,
    /// Its topic.
    pub topic: Option<String>,
    /// The stem of its question; of a text with deletions what the card shows.
    pub stem: String,
    /// The chance of being right by luck.
    pub guess: Guess,
    /// Whether its question still asks for it.
    pub asked: bool,
    /// What follows from its log.
    pub memory: CardMemory,
}

impl Reader<'_> {
    /// A card; none where there is none of this number.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn card(&self, card: CardId) -> Result<Option<LoadedCard>> {
        let sql = format!(
            "select card.uid, card.question, question.deck, deck.name, card.place, {COLUMNS}
             from card join question on question.id = card.question join deck on deck.id = question.deck
             join memory on memory.card = card.id where card.id = ?"
        );
        let mut statement = self.connection.prepare_cached(&sql).map_err(fault::of)?;
        let mut rows = statement.query([card.0]).map_err(fault::of)?;
        let Some(row) = rows.next().map_err(fault::of)? else {
            return Ok(None);
        };
        let question: i64 = row.get(1).map_err(fault::of)?;
        let Some(question) = self.question(QuestionId(question))? else {
            return Ok(None);
        };
        Ok(Some(LoadedCard {
            card,
            uid: Uuid::from_bytes(row.get(0).map_err(fault::of)?),
            deck: DeckId(row.get(2).map_err(fault::of)?),
            deck_name: row.get(3).map_err(fault::of)?,
            question,
            place: row.get(4).map_err(fault::of)?,
            memory: memory_of(row, 5)?,
        }))
    }

    /// The identity of a card; none where there is none of this number.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn card_identity(&self, card: CardId) -> Result<Option<Uuid>> {
        self.connection
            .prepare_cached("select uid from card where id = ?")
            .and_then(|mut statement| statement.query_row([card.0], |row| row.get(0).map(Uuid::from_bytes)).optional())
            .map_err(fault::of)
    }

    /// The card with this identity.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn card_by_uid(&self, uid: Uuid) -> Result<Option<CardId>> {
        self.connection
            .query_row("select id from card where uid = ?", [uid.as_bytes()], |row| row.get(0).map(CardId))
            .optional()
            .map_err(fault::of)
    }

    /// The cards whose question has this tag; letter case does not count.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn cards_with_tag(&self, tag: &str) -> Result<HashSet<CardId>> {
        // The lower case of SQLite knows no letters but those of English.
        let wanted = tag.to_lowercase();
        let mut statement = self
            .connection
            .prepare_cached("select card.id, tag from question_tag join card on card.question = question_tag.question")
            .map_err(fault::of)?;
        let mut rows = statement.query([]).map_err(fault::of)?;
        let mut found = HashSet::new();
        while let Some(row) = rows.next().map_err(fault::of)? {
            let own = row.get_ref(1).and_then(|value| Ok(value.as_str()?)).map_err(fault::of)?;
            if own.to_lowercase() == wanted {
                found.insert(CardId(row.get(0).map_err(fault::of)?));
            }
        }
        Ok(found)
    }

    /// The chance of luck of each card of a deck.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn guesses(&self, deck: DeckId) -> Result<HashMap<CardId, Guess>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "select memory.card, question.kind, question.choices from memory
                 join question on question.id = memory.question where memory.deck = ?",
            )
            .map_err(fault::of)?;
        let mut rows = statement.query([deck.0]).map_err(fault::of)?;
        let mut found = HashMap::new();
        while let Some(row) = rows.next().map_err(fault::of)? {
            let get = |error| fault::of(error);
            let kind =
                Kind::from_number(row.get(1).map_err(get)?).ok_or_else(|| fault::nonsense("a kind of question"))?;
            let choices = row.get_ref(2).and_then(|value| Ok(value.as_str()?)).map_err(get)?;
            found.insert(CardId(row.get(0).map_err(get)?), Guess::for_kind(kind, choices::count(choices)?));
        }
        Ok(found)
    }

    /// Every card, in the order of the cards.
    ///
    /// # Errors
    /// When the database cannot be read, or `sink` fails.
    pub fn each_card(&self, mut sink: impl FnMut(CardRow) -> Result<()>) -> Result<()> {
        let sql = format!(
            "select card.id, card.uid, question.id, question.uid, question.deck, topic.name, question.stem, question.kind,
             question.choices, card.place, {COLUMNS}
             from card join question on question.id = card.question left join topic on topic.id = question.topic
             join memory on memory.card = card.id order by card.id"
        );
        let mut statement = self.connection.prepare_cached(&sql).map_err(fault::of)?;
        let mut rows = statement.query([]).map_err(fault::of)?;
        while let Some(row) = rows.next().map_err(fault::of)? {
            let get = |error| fault::of(error);
            let kind =
                Kind::from_number(row.get(7).map_err(get)?).ok_or_else(|| fault::nonsense("a kind of question"))?;
            let choices = row.get_ref(8).and_then(|value| Ok(value.as_str()?)).map_err(get)?;
            let stem: String = row.get(6).map_err(get)?;
            let place: Option<u32> = row.get(9).map_err(get)?;
            let shown = place.filter(|_| kind == Kind::Cloze).map(|place| Cloze::parse(&stem).front(place));
            sink(CardRow {
                card: CardId(row.get(0).map_err(get)?),
                uid: Uuid::from_bytes(row.get(1).map_err(get)?),
                question: QuestionId(row.get(2).map_err(get)?),
                question_uid: Uuid::from_bytes(row.get(3).map_err(get)?),
                deck: DeckId(row.get(4).map_err(get)?),
                topic: row.get(5).map_err(get)?,
                stem: shown.unwrap_or(stem),
                guess: Guess::for_kind(kind, choices::count(choices)?),
                asked: place.is_some(),
                memory: memory_of(row, 10)?,
            })?;
        }
        Ok(())
    }
}
