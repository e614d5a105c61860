//! Cards in review for plans that move due dates, and which moves belong together.

use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::{Reader, Writer, fault, log_row};
use crate::error::Result;
use crate::model::{CardId, DeckId, LogId, MemoryState, QuestionId, StudyDay};

/// A card in review that is not suspended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReviewingRow {
    /// The card.
    pub card: CardId,
    /// Its identity.
    pub uid: Uuid,
    /// Its question.
    pub question: QuestionId,
    /// Its deck.
    pub deck: DeckId,
    /// Its memory.
    pub memory: MemoryState,
    /// The study day of its last answer.
    pub last_day: StudyDay,
    /// When it is due.
    pub due: StudyDay,
    /// Its live answers.
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

impl Reader<'_> {
    /// Every card in review that is not suspended, in the order of the cards.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn reviewing(&self) -> Result<Vec<ReviewingRow>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "select card.id, card.uid, card.question, memory.deck, memory.stability, memory.difficulty, memory.last_day,
                 memory.due_day, memory.repetitions, memory.buried_until
                 from memory join card on card.id = memory.card
                 where memory.state = 2 and memory.suspended = 0 and memory.due_day is not null and memory.last_day is not null
                 and memory.stability is not null and memory.difficulty is not null order by card.id",
            )
            .map_err(fault::of)?;
        let rows = statement
            .query_map([], |row| {
                Ok(ReviewingRow {
                    card: CardId(row.get(0)?),
                    uid: Uuid::from_bytes(row.get(1)?),
                    question: QuestionId(row.get(2)?),
                    deck: DeckId(row.get(3)?),
                    memory: MemoryState {
                        stability: row.get::<_, f64>(4)? as f32,
                        difficulty: row.get::<_, f64>(5)? as f32,
                    },
                    last_day: StudyDay(row.get(6)?),
                    due: StudyDay(row.get(7)?),
                    repetitions: row.get(8)?,
                    buried_until: row.get::<_, Option<i32>>(9)?.map(StudyDay),
                })
            })
            .map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    /// The last moves that this command made together and that were not taken back.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn last_shift(&self, command: &str) -> Result<Option<ShiftRow>> {
        self.connection
            .prepare_cached(
                "select id, first_move, last_move from shift where command = ? and takes_back is null
                 and not exists (select 1 from shift as back where back.takes_back = shift.id) order by id desc limit 1",
            )
            .and_then(|mut statement| {
                statement
                    .query_row([command], |row| {
                        Ok(ShiftRow { id: row.get(0)?, first: log_row::log_id(row, 1)?, last: log_row::log_id(row, 2)? })
                    })
                    .optional()
            })
            .map_err(fault::of)
    }

    /// The cards that nothing has happened to since they were moved together, in the order of the cards.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn untouched_since(&self, shift: ShiftRow) -> Result<Vec<CardId>> {
        let mut statement = self
            .connection
            .prepare_cached("select card from memory where through between ? and ? order by card")
            .map_err(fault::of)?;
        let rows = statement
            .query_map([shift.first.0.as_bytes(), shift.last.0.as_bytes()], |row| row.get(0).map(CardId))
            .map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }
}

impl Writer<'_> {
    /// Notes that these moves belong together, and which others they take back.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn note_shift(&mut self, command: &str, first: LogId, last: LogId, takes_back: Option<i64>) -> Result<()> {
        self.transaction
            .execute(
                "insert into shift (command, first_move, last_move, takes_back) values (?, ?, ?, ?)",
                params![command, first.0.as_bytes(), last.0.as_bytes(), takes_back],
            )
            .map_err(fault::of)?;
        Ok(())
    }
}
