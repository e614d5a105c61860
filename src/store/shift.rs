//! Cards in review for plans that move due dates, and which moves belong together.

use rusqlite::{Row, params};
use uuid::Uuid;

use super::fault::nonsense;
use super::memory::memory_state;
use super::query::{FromRow, Query};
use super::{Reader, Writer};
use crate::error::Result;
use crate::model::{CardId, DeckId, LogId, MemoryState, QuestionId, StudyDay};

/// A card in review that is not suspended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReviewingRow {
    /// Its number.
    pub card: CardId,
    /// The same in every database that has the card.
    pub uid: Uuid,
    /// The number of its question.
    pub question: QuestionId,
    /// The deck of its question.
    pub deck: DeckId,
    /// Stability and difficulty.
    pub memory: MemoryState,
    /// The study day of its last answer.
    pub last_day: StudyDay,
    /// The study day on which it is due.
    pub due: StudyDay,
    /// How many answers of it count.
    pub repetitions: u32,
    /// The day from which it is no longer buried.
    pub buried_until: Option<StudyDay>,
}

/// Moves that one command made together: a range of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShiftRow {
    /// Its number.
    pub id: i64,
    /// The first move.
    pub first: LogId,
    /// The last move.
    pub last: LogId,
}

impl FromRow for ReviewingRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            card: row.get(0)?,
            uid: row.get(1)?,
            question: row.get(2)?,
            deck: row.get(3)?,
            memory: memory_state(row, 4)?.ok_or_else(|| nonsense("a card in review without a memory"))?,
            last_day: row.get(6)?,
            due: row.get(7)?,
            repetitions: row.get(8)?,
            buried_until: row.get(9)?,
        })
    }
}

impl FromRow for ShiftRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self { id: row.get("id")?, first: row.get("first_move")?, last: row.get("last_move")? })
    }
}

impl Reader<'_> {
    /// Every card in review that is not suspended, in the order of the cards.
    pub fn reviewing(&self) -> Result<Vec<ReviewingRow>> {
        self.all(
            "select card.id, card.uid, card.question, memory.deck, memory.stability, memory.difficulty, memory.last_day,
             memory.due_day, memory.repetitions, memory.buried_until
             from memory join card on card.id = memory.card
             where memory.state = 2 and memory.suspended = 0 and memory.due_day is not null and memory.last_day is not null
             and memory.stability is not null and memory.difficulty is not null order by card.id",
            [],
        )
    }

    /// The last moves that this command made together and that were not taken back.
    pub fn last_shift(&self, command: &str) -> Result<Option<ShiftRow>> {
        self.one(
            "select id, first_move, last_move from shift where command = ? and takes_back is null
             and not exists (select 1 from shift as back where back.takes_back = shift.id) order by id desc limit 1",
            [command],
        )
    }

    /// The cards that nothing has happened to since they were moved together, in the order of the cards.
    pub fn untouched_since(&self, shift: ShiftRow) -> Result<Vec<CardId>> {
        self.all("select card from memory where through between ? and ? order by card", [shift.first, shift.last])
    }
}

impl Writer<'_> {
    /// Records that these moves belong together, and which others they take back.
    pub fn note_shift(&mut self, command: &str, first: LogId, last: LogId, takes_back: Option<i64>) -> Result<()> {
        self.run(
            "insert into shift (command, first_move, last_move, takes_back) values (?, ?, ?, ?)",
            params![command, first, last, takes_back],
        )
    }
}
