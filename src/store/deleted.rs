//! Deleted questions: hidden, with all that is needed to bring them back.

use std::collections::HashSet;

use rusqlite::{Row, params};

use super::query::{FromRow, Query};
use super::{Reader, Writer};
use crate::error::Result;
use crate::model::{CardId, DeckId, Kind, QuestionId};

/// A question that was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeletedQuestion {
    /// The question.
    pub question: QuestionId,
    /// The deck that it was deleted with; `None` if it was deleted alone.
    pub with_deck: Option<DeckId>,
    /// When.
    pub at_ms: i64,
    /// Whether its texts are gone too, so that it cannot be restored.
    pub erased: bool,
}

/// A card of a question that was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeletedCard {
    /// The card.
    pub card: CardId,
    /// Whether it was out of the schedule before.
    pub suspended: bool,
    /// What it asked for before; `None` if its question had that no more.
    pub place: Option<u32>,
}

impl FromRow for DeletedQuestion {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            question: row.get("question")?,
            with_deck: row.get("deck")?,
            at_ms: row.get("at_ms")?,
            erased: row.get("erased")?,
        })
    }
}

impl FromRow for DeletedCard {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self { card: row.get("card")?, suspended: row.get("suspended")?, place: row.get("place")? })
    }
}

impl Reader<'_> {
    /// All questions that were deleted, by number.
    pub fn deletions(&self) -> Result<Vec<DeletedQuestion>> {
        self.all("select question, deck, at_ms, erased from deleted order by question", [])
    }

    /// The deletion of a question; `None` if it was not deleted.
    pub fn deletion_of(&self, question: QuestionId) -> Result<Option<DeletedQuestion>> {
        self.one("select question, deck, at_ms, erased from deleted where question = ?", [question])
    }

    /// The questions of a deck, with those that were deleted and those without a card.
    pub fn question_numbers(&self, deck: DeckId) -> Result<Vec<QuestionId>> {
        self.all("select id from question where deck = ? order by id", [deck])
    }

    /// The question of a card.
    pub fn question_of(&self, card: CardId) -> Result<Option<QuestionId>> {
        self.one("select question from card where id = ?", [card])
    }
}

impl Writer<'_> {
    /// Notes that a question is deleted: its cards ask for nothing more. They are still to be suspended.
    pub fn hide_question(&mut self, question: QuestionId, with_deck: Option<DeckId>, at_ms: i64) -> Result<()> {
        self.run(
            "insert into deleted (question, deck, at_ms, cards) values (?1, ?2, ?3, (
             select json_group_array(json_object('card', card.id, 'place', card.place, 'suspended', memory.suspended))
             from card join memory on memory.card = card.id where card.question = ?1))",
            params![question, with_deck, at_ms],
        )?;
        self.run("update card set place = null where question = ? and place is not null", [question])
    }

    /// Notes that a question is no longer deleted: its cards ask for what they asked for before, as far as it still has that. They are still
    /// to be put back into the schedule; `parameters` are those of its deck.
    pub fn show_question(&mut self, question: QuestionId, parameters: i64) -> Result<Vec<DeletedCard>> {
        let cards: Vec<DeletedCard> = self.all(
            "select value ->> 'card' as card, value ->> 'suspended' as suspended, value ->> 'place' as place
             from deleted, json_each(deleted.cards) where question = ? order by 1",
            [question],
        )?;
        let (kind, stem): (Kind, String) = self.value("select kind, stem from question where id = ?", [question])?;
        let asked: HashSet<u32> = crate::model::asked_places(kind, &stem).into_iter().collect();
        for DeletedCard { card, place, .. } in &cards {
            if let Some(place) = place.filter(|place| asked.contains(place)) {
                self.run("update card set place = ?2 where id = ?1", params![card, place])?;
            }
        }
        self.run("delete from deleted where question = ?", [question])?;
        self.match_cards(question, (kind, &stem), parameters)?;
        Ok(cards)
    }

    /// Puts a question with its cards into another deck. The memory of its cards is to be remade.
    pub fn put_in_deck(&mut self, question: QuestionId, deck: DeckId) -> Result<()> {
        self.run("update question set deck = ?2 where id = ?1", params![question, deck])?;
        self.run("update memory set deck = ?2 where question = ?1", params![question, deck])
    }

    /// Lets the banks of a deck belong to another one. A bank that the other has too stays where it is.
    pub fn move_sources(&mut self, from: DeckId, to: DeckId) -> Result<()> {
        self.run("update or ignore source set deck = ?2 where deck = ?1", params![from, to])
    }

    /// Changes the tags of a question; whether that changed anything.
    pub fn retag(&mut self, question: QuestionId, add: &[String], remove: &[String]) -> Result<bool> {
        let mut changed = 0;
        for tag in remove {
            let own: Vec<String> = self.all("select tag from question_tag where question = ?", [question])?;
            // The lower case of SQLite knows no letters but those of English.
            for own in own.iter().filter(|own| own.to_lowercase() == tag.to_lowercase()) {
                changed += self
                    .run_counted("delete from question_tag where question = ?1 and tag = ?2", params![question, own])?;
            }
        }
        for tag in add {
            changed += self.run_counted(
                "insert or ignore into question_tag (question, tag) values (?, ?)",
                params![question, tag],
            )?;
        }
        Ok(changed > 0)
    }
}
