//! The cache of what follows from the log.

use rusqlite::{OptionalExtension, Row, ToSql, params};

use super::{Reader, Writer, fault, log, log_row};
use crate::error::Result;
use crate::model::{CardId, CardMemory, CardState, DeckId, MemoryState, QuestionId, StudyDay};

/// What is cached of a card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MemoryRow {
    /// The card.
    pub card: CardId,
    /// Its deck.
    pub deck: DeckId,
    /// What follows from its log.
    pub memory: CardMemory,
    /// Under which parameters and luck settings it was made.
    pub parameters: i64,
}

/// The columns of [`memory_of`], to be read from any row of `memory`.
pub(super) const COLUMNS: &str = "memory.state, memory.step, memory.due_day, memory.due_ms, memory.stability, memory.difficulty,
    memory.last_ms, memory.last_day, memory.repetitions, memory.lapses, memory.suspended, memory.buried_until, memory.through";

/// Reads [`COLUMNS`] that begin at `at`.
pub(super) fn memory_of(row: &Row<'_>, at: usize) -> Result<CardMemory> {
    let get = |error| fault::of(error);
    let stability: Option<f64> = row.get(at + 4).map_err(get)?;
    let difficulty: Option<f64> = row.get(at + 5).map_err(get)?;
    let through: Option<[u8; 16]> = row.get(at + 12).map_err(get)?;
    Ok(CardMemory {
        state: CardState::from_number(row.get(at).map_err(get)?).ok_or_else(|| fault::nonsense("a state of a card"))?,
        step: row.get(at + 1).map_err(get)?,
        due: log_row::due_of(row, at + 2)?,
        memory: stability
            .zip(difficulty)
            .map(|(stability, difficulty)| MemoryState { stability: stability as f32, difficulty: difficulty as f32 }),
        last_at: row.get(at + 6).map_err(get)?,
        last_day: row.get::<_, Option<i32>>(at + 7).map_err(get)?.map(StudyDay),
        repetitions: row.get(at + 8).map_err(get)?,
        lapses: row.get(at + 9).map_err(get)?,
        suspended: row.get(at + 10).map_err(get)?,
        buried_until: row.get::<_, Option<i32>>(at + 11).map_err(get)?.map(StudyDay),
        through: through.map(|bytes| crate::model::LogId(uuid::Uuid::from_bytes(bytes))),
    })
}

impl Reader<'_> {
    /// What is cached of a card; none where there is no such card.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn memory(&self, card: CardId) -> Result<Option<MemoryRow>> {
        let sql = format!("select card, deck, parameters, {COLUMNS} from memory where card = ?");
        let mut statement = self.connection.prepare_cached(&sql).map_err(fault::of)?;
        let mut rows = statement.query([card.0]).map_err(fault::of)?;
        rows.next().map_err(fault::of)?.map(row_of).transpose()
    }

    /// Everything that is cached, in the order of the cards.
    ///
    /// # Errors
    /// When the database cannot be read, or `sink` fails.
    pub fn each_memory(&self, mut sink: impl FnMut(MemoryRow) -> Result<()>) -> Result<()> {
        let sql = format!("select card, deck, parameters, {COLUMNS} from memory order by card");
        let mut statement = self.connection.prepare_cached(&sql).map_err(fault::of)?;
        let mut rows = statement.query([]).map_err(fault::of)?;
        while let Some(row) = rows.next().map_err(fault::of)? {
            sink(row_of(row)?)?;
        }
        Ok(())
    }

    /// Every card with its deck, in the order of the cards: what a replay must cover.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn cards_with_decks(&self) -> Result<Vec<(CardId, DeckId)>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "select card.id, question.deck from card join question on question.id = card.question order by card.id",
            )
            .map_err(fault::of)?;
        let rows = statement.query_map([], |row| Ok((CardId(row.get(0)?), DeckId(row.get(1)?)))).map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    /// Every card that was answered, with its deck, in the order of the cards.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn answered_cards(&self) -> Result<Vec<(CardId, DeckId)>> {
        let mut statement = self
            .connection
            .prepare_cached("select card, deck from memory where repetitions > 0 order by card")
            .map_err(fault::of)?;
        let rows = statement.query_map([], |row| Ok((CardId(row.get(0)?), DeckId(row.get(1)?)))).map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    /// The deck of a card; none where there is no such card.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn deck_of(&self, card: CardId) -> Result<Option<DeckId>> {
        self.connection
            .prepare_cached(
                "select question.deck from card join question on question.id = card.question where card.id = ?",
            )
            .and_then(|mut statement| statement.query_row([card.0], |row| row.get(0).map(DeckId)).optional())
            .map_err(fault::of)
    }
}

impl Writer<'_> {
    /// Caches what follows from a card's log.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put_memory(&mut self, card: CardId, memory: &CardMemory, parameters: i64) -> Result<()> {
        // The deck and the topic are the question's; a row that is there already keeps them in step by `place_memory`.
        let columns = MemoryColumns::of(memory);
        let updated = self
            .transaction
            .prepare_cached(
                "update memory set state = ?2, step = ?3, due_day = ?4, due_ms = ?5, stability = ?6, difficulty = ?7, last_ms = ?8,
                 last_day = ?9, repetitions = ?10, lapses = ?11, suspended = ?12, buried_until = ?13, through = ?14,
                 parameters = ?15 where card = ?1",
            )
            .and_then(|mut statement| columns.bind(card, parameters, |values| statement.execute(values)))
            .map_err(fault::of)?;
        if updated > 0 { Ok(()) } else { self.fill_memory(card, memory, parameters) }
    }

    /// Caches what follows from the log of a card of which nothing is cached yet.
    ///
    /// # Errors
    /// When it cannot be written, or something is cached of it.
    pub fn fill_memory(&mut self, card: CardId, memory: &CardMemory, parameters: i64) -> Result<()> {
        let columns = MemoryColumns::of(memory);
        self.transaction
            .prepare_cached(
                "insert into memory (card, state, step, due_day, due_ms, stability, difficulty, last_ms, last_day, repetitions,
                 lapses, suspended, buried_until, through, parameters, deck, topic, question)
                 select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, question.deck, question.topic,
                 question.id
                 from card join question on question.id = card.question where card.id = ?1",
            )
            .and_then(|mut statement| columns.bind(card, parameters, |values| statement.execute(values)))
            .map_err(fault::of)?;
        Ok(())
    }

    /// Caches that a card of this question, deck and topic is new.
    pub(super) fn add_new_memory(
        &mut self,
        card: CardId,
        question: QuestionId,
        deck: DeckId,
        topic: Option<i64>,
        parameters: i64,
    ) -> Result<()> {
        let state = CardMemory::NEW.state.number();
        self.transaction
            .prepare_cached(
                "insert into memory (card, question, deck, topic, state, step, repetitions, lapses, suspended, parameters)
                 values (?, ?, ?, ?, ?, 0, 0, 0, 0, ?)",
            )
            .and_then(|mut statement| statement.execute(params![card.0, question.0, deck.0, topic, state, parameters]))
            .map_err(fault::of)?;
        Ok(())
    }

    /// Throws the cache away, to be remade by a replay.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn drop_memory(&mut self) -> Result<()> {
        self.transaction.execute_batch("delete from memory; delete from load;").map_err(fault::of)?;
        Ok(())
    }
}

struct MemoryColumns {
    memory: CardMemory,
    due: (Option<i32>, Option<i64>),
    stability: Option<f64>,
    difficulty: Option<f64>,
}

impl MemoryColumns {
    fn of(memory: &CardMemory) -> Self {
        Self {
            memory: *memory,
            due: log::due_columns(memory.due),
            stability: memory.memory.map(|state| f64::from(state.stability)),
            difficulty: memory.memory.map(|state| f64::from(state.difficulty)),
        }
    }

    fn bind<T>(
        &self,
        card: CardId,
        parameters: i64,
        run: impl FnOnce(&[&dyn ToSql]) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let memory = &self.memory;
        run(params![
            card.0,
            memory.state.number(),
            memory.step,
            self.due.0,
            self.due.1,
            self.stability,
            self.difficulty,
            memory.last_at,
            memory.last_day.map(|day| day.0),
            memory.repetitions,
            memory.lapses,
            memory.suspended,
            memory.buried_until.map(|day| day.0),
            memory.through.map(|id| *id.0.as_bytes()),
            parameters,
        ])
    }
}

fn row_of(row: &Row<'_>) -> Result<MemoryRow> {
    Ok(MemoryRow {
        card: CardId(row.get(0).map_err(fault::of)?),
        deck: DeckId(row.get(1).map_err(fault::of)?),
        parameters: row.get(2).map_err(fault::of)?,
        memory: memory_of(row, 3)?,
    })
}
