//! Cards with their questions.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::memory::{COLUMNS, memory_of};
use super::query::{Query, text};
use super::{Reader, choices};
use crate::error::Result;
use crate::model::cloze::Cloze;
use crate::model::{CardId, CardMemory, DeckId, Guess, Kind, Question, QuestionId};

/// A card as a session needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadedCard {
    /// Its number.
    pub card: CardId,
    /// The same in every database that has the card.
    pub uid: Uuid,
    /// The deck of its question.
    pub deck: DeckId,
    /// The whole name of the deck.
    pub deck_name: String,
    /// The question, with its choices in use.
    pub question: Question,
    /// The deletion that it asks for, or 0; `None` if the question no longer has it.
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
    /// Its number.
    pub card: CardId,
    /// The same in every database that has the card.
    pub uid: Uuid,
    /// The number of its question.
    pub question: QuestionId,
    /// The same in every database that has the question.
    pub question_uid: Uuid,
    /// The deck of its question.
    pub deck: DeckId,
    /// The topic of its question.
    pub topic: Option<String>,
    /// The stem of its question; of a text with deletions what the card shows.
    pub stem: String,
    /// The chance of being right by luck.
    pub guess: Guess,
    /// Whether its question still asks for it.
    pub asked: bool,
    /// Whether its question was deleted.
    pub deleted: bool,
    /// What follows from its log.
    pub memory: CardMemory,
}

impl Reader<'_> {
    /// A card; `None` if there is none of this number.
    pub fn card(&self, card: CardId) -> Result<Option<LoadedCard>> {
        let sql = format!(
            "select {COLUMNS}, card.uid, card.question, question.deck, deck.name as deck_name, card.place
             from card join question on question.id = card.question join deck on deck.id = question.deck
             join memory on memory.card = card.id where card.id = ?"
        );
        let loaded = self.one_by(&sql, [card], |row| {
            let Some(question) = self.question(row.get("question")?)? else { return Ok(None) };
            Ok(Some(LoadedCard {
                card,
                uid: row.get("uid")?,
                deck: row.get("deck")?,
                deck_name: row.get("deck_name")?,
                question,
                place: row.get("place")?,
                memory: memory_of(row, 0)?,
            }))
        })?;
        Ok(loaded.flatten())
    }

    /// Every card by its identity.
    pub fn cards_by_identity(&self) -> Result<HashMap<Uuid, CardId>> {
        self.all("select uid, id from card", [])
    }

    /// The identity of a card; `None` if there is none of this number.
    pub fn card_identity(&self, card: CardId) -> Result<Option<Uuid>> {
        self.one("select uid from card where id = ?", [card])
    }

    /// The card with this identity.
    pub fn card_by_uid(&self, uid: Uuid) -> Result<Option<CardId>> {
        self.one("select id from card where uid = ?", [uid])
    }

    /// The cards whose question has this tag; letter case does not count.
    pub fn cards_with_tag(&self, tag: &str) -> Result<HashSet<CardId>> {
        // The lower case of SQLite knows no letters but those of English.
        let wanted = tag.to_lowercase();
        let mut found = HashSet::new();
        let sql = "select card.id, tag from question_tag join card on card.question = question_tag.question";
        self.each(sql, [], |row| {
            if text(row, 1)?.to_lowercase() == wanted {
                found.insert(row.get(0)?);
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// The chance of luck of each card of a deck.
    pub fn guesses(&self, deck: DeckId) -> Result<HashMap<CardId, Guess>> {
        let mut found = HashMap::new();
        let sql = "select memory.card, question.kind, question.choices from memory
             join question on question.id = memory.question where memory.deck = ?";
        self.each(sql, [deck], |row| {
            found.insert(row.get(0)?, Guess::for_kind(row.get(1)?, choices::count(text(row, 2)?)?));
            Ok(())
        })?;
        Ok(found)
    }

    /// Every card, in the order of the cards; those of deleted questions too, unless they are erased.
    pub fn each_card(&self, mut sink: impl FnMut(CardRow) -> Result<()>) -> Result<()> {
        let sql = format!(
            "select card.id, card.uid, question.id, question.uid, question.deck, topic.name, question.stem, question.kind,
             question.choices, card.place, question.id in (select question from deleted), {COLUMNS}
             from card join question on question.id = card.question left join topic on topic.id = question.topic
             join memory on memory.card = card.id
             where question.id not in (select question from deleted where erased = 1) order by card.id"
        );
        self.each(&sql, [], |row| {
            let (stem, kind, place): (String, _, Option<u32>) = (row.get(6)?, row.get(7)?, row.get(9)?);
            let shown = place.filter(|_| kind == Kind::Cloze).map(|place| Cloze::parse(&stem).front(place));
            sink(CardRow {
                card: row.get(0)?,
                uid: row.get(1)?,
                question: row.get(2)?,
                question_uid: row.get(3)?,
                deck: row.get(4)?,
                topic: row.get(5)?,
                stem: shown.unwrap_or(stem),
                guess: Guess::for_kind(kind, choices::count(text(row, 8)?)?),
                asked: place.is_some(),
                deleted: row.get(10)?,
                memory: memory_of(row, 11)?,
            })
        })
    }
}
