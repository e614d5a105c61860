//! The cache of what follows from the log.

use std::collections::BTreeMap;

use rusqlite::{Row, Statement, params};

use super::bulk_index::IndexesOff;
use super::card_change::CardBasis;
use super::column::nearest;
use super::log::due_columns;
use super::log_row::decode_due;
use super::query::{FromRow, Query};
use super::{Reader, Writer};
use crate::error::Result;
use crate::model::{CardId, CardMemory, DeckId, MemoryState, Moment, QuestionId};

/// How many memories are written by one statement.
const TOGETHER: usize = 32;
/// How many of those that wait are written at a time.
const PART: usize = 128 * TOGETHER;
/// The indexes that are made again when much is written.
const INDEXES: [&str; 2] = ["memory_queue", "memory_new"];
/// Fewer memories than this are not worth it.
const MANY: usize = 20_000;
/// How many values a memory has, with its card and its parameters.
const OWN: usize = 15;

/// What is cached of a card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MemoryRow {
    /// Its number.
    pub card: CardId,
    /// The deck of its question.
    pub deck: DeckId,
    /// What follows from its log.
    pub memory: CardMemory,
    /// The fingerprint of the parameters and luck settings that it was computed with.
    pub parameters: i64,
}

impl FromRow for MemoryRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self { card: row.get(0)?, deck: row.get(1)?, parameters: row.get(2)?, memory: memory_of(row, 3)? })
    }
}

/// The columns of [`memory_of`], to be selected from `memory`.
pub(super) const COLUMNS: &str = "memory.state, memory.step, memory.due_day, memory.due_ms, memory.stability, memory.difficulty,
    memory.last_ms, memory.last_day, memory.repetitions, memory.lapses, memory.suspended, memory.buried_until, memory.through";

/// Decodes [`COLUMNS`] that begin at `at`. By position, because all cards are read at once (see [`super::query`]).
pub(super) fn memory_of(row: &Row<'_>, at: usize) -> Result<CardMemory> {
    Ok(CardMemory {
        state: row.get(at)?,
        step: small(row, at + 1)?,
        due: decode_due(row, at + 2)?,
        memory: memory_state(row, at + 4)?,
        last_at: row.get::<_, Option<i64>>(at + 6)?.map(|ms| Moment::within_calendar(ms, 0).utc_ms),
        last_day: row.get(at + 7)?,
        repetitions: small(row, at + 8)?,
        lapses: small(row, at + 9)?,
        suspended: row.get(at + 10)?,
        buried_until: row.get(at + 11)?,
        through: row.get(at + 12)?,
    })
}

/// A small number, or the nearest one: a check reports what is there.
fn small<T: TryFrom<u32> + From<u8>>(row: &Row<'_>, column: usize) -> Result<T> {
    Ok(T::try_from(nearest(row.get(column)?)).unwrap_or_else(|_| u8::MAX.into()))
}

/// Stability and difficulty, in the columns `at` and the next; `None` while a card is new.
pub(super) fn memory_state(row: &Row<'_>, at: usize) -> Result<Option<MemoryState>> {
    let (stability, difficulty): (Option<f32>, Option<f32>) = (row.get(at)?, row.get(at + 1)?);
    // Nothing is computed with a number that no card can have: a check reports it.
    let nearest = |(stability, difficulty): (f32, f32)| MemoryState {
        stability: stability.clamp(f32::MIN_POSITIVE, 1e9),
        difficulty: difficulty.clamp(0.9, 10.1),
    };
    Ok(stability.zip(difficulty).map(nearest))
}

impl Reader<'_> {
    /// What is cached of a card; `None` if there is no such card.
    pub fn memory(&self, card: CardId) -> Result<Option<MemoryRow>> {
        self.one(&format!("select card, deck, parameters, {COLUMNS} from memory where card = ?"), [card])
    }

    /// Everything that is cached, in the order of the cards.
    pub fn each_memory(&self, mut sink: impl FnMut(MemoryRow) -> Result<()>) -> Result<()> {
        let sql = format!("select card, deck, parameters, {COLUMNS} from memory order by card");
        self.each(&sql, [], |row| sink(MemoryRow::from_row(row)?))
    }

    /// Every card with its deck, in the order of the cards: what a replay must cover.
    pub fn cards_with_decks(&self) -> Result<Vec<(CardId, DeckId)>> {
        self.all(
            "select card.id, question.deck from card join question on question.id = card.question order by card.id",
            [],
        )
    }

    /// Every card that was answered, with its deck, in the order of the cards.
    pub fn answered_cards(&self) -> Result<Vec<(CardId, DeckId)>> {
        self.all("select card, deck from memory where repetitions > 0 order by card", [])
    }

    /// Whether something is logged of a card of this deck.
    pub fn has_logged_cards(&self, deck: DeckId) -> Result<bool> {
        self.value("select exists (select 1 from memory where deck = ? and through is not null)", [deck])
    }

    /// The deck of a card; `None` if there is no such card.
    pub fn deck_of(&self, card: CardId) -> Result<Option<DeckId>> {
        self.one(
            "select question.deck from card join question on question.id = card.question where card.id = ?",
            [card],
        )
    }
}

impl Writer<'_> {
    /// Caches what follows from a card's log.
    pub fn put_memory(&mut self, card: CardId, memory: &CardMemory, parameters: i64) -> Result<()> {
        if self.is_due(card) {
            return self.fill_memory(card, memory, parameters);
        }
        // The deck and the topic are the question's; a row that is there already keeps them up to date.
        let updated = self.write_memory(
            "update memory set state = ?2, step = ?3, due_day = ?4, due_ms = ?5, stability = ?6, difficulty = ?7, last_ms = ?8,
             last_day = ?9, repetitions = ?10, lapses = ?11, suspended = ?12, buried_until = ?13, through = ?14,
             parameters = ?15 where card = ?1",
            card,
            memory,
            parameters,
        )?;
        if updated > 0 { Ok(()) } else { self.fill_memory(card, memory, parameters) }
    }

    /// Caches what follows from the logs of many cards, each with the parameters that it was computed with. A statement that may have to be taken
    /// back keeps every page as it was, so that it pays to write many rows with one.
    pub fn put_memories(&mut self, memories: &[(CardId, CardMemory, i64)]) -> Result<()> {
        let indexes = if self.is_most_of_memory(memories.len())? {
            self.take_indexes_off(&INDEXES)?
        } else {
            IndexesOff::default()
        };
        let (new, known): (Vec<_>, Vec<_>) = memories.iter().partition(|(card, ..)| self.is_due(*card));
        self.insert_memories(&new)?;
        self.update_memories(&known)?;
        self.make_indexes(indexes)
    }

    /// Whether so many rows are written that making the indexes from all of them is quicker.
    fn is_most_of_memory(&self, coming: usize) -> Result<bool> {
        if coming < MANY {
            return Ok(false);
        }
        let count: i64 = self.value("select count(*) from memory", [])?;
        Ok(count.unsigned_abs() <= 2 * coming as u64)
    }

    fn update_memories(&mut self, memories: &[(CardId, CardMemory, i64)]) -> Result<()> {
        let sql = format!(
            "update memory set state = new.column2, step = new.column3, due_day = new.column4, due_ms = new.column5,
             stability = new.column6, difficulty = new.column7, last_ms = new.column8, last_day = new.column9,
             repetitions = new.column10, lapses = new.column11, suspended = new.column12, buried_until = new.column13,
             through = new.column14, parameters = new.column15
             from ({}) as new where memory.card = new.column1",
            values(TOGETHER)
        );
        let (groups, rest) = memories.as_chunks::<TOGETHER>();
        let mut alone: Vec<&(CardId, CardMemory, i64)> = rest.iter().collect();
        if !groups.is_empty() {
            let mut statement = self.transaction.prepare(&sql)?;
            for group in groups {
                if run_together(&mut statement, group)? < group.len() {
                    // Of some, nothing is cached yet.
                    alone.extend(group);
                }
            }
        }
        alone.into_iter().try_for_each(|(card, memory, parameters)| self.put_memory(*card, memory, *parameters))
    }

    /// Caches what follows from the logs of many cards of which nothing is cached yet.
    fn insert_memories(&mut self, memories: &[(CardId, CardMemory, i64)]) -> Result<()> {
        // Each with its question, in the order in which they are given.
        let sql = format!(
            "insert into memory (card, state, step, due_day, due_ms, stability, difficulty, last_ms, last_day, repetitions,
             lapses, suspended, buried_until, through, parameters, deck, topic, question)
             select new.*, question.deck, question.topic, question.id from ({}) as new
             cross join card on card.id = new.column1 cross join question on question.id = card.question",
            values(TOGETHER)
        );
        let (groups, rest) = memories.as_chunks::<TOGETHER>();
        if !groups.is_empty() {
            let mut statement = self.transaction.prepare(&sql)?;
            groups.iter().try_for_each(|group| run_together(&mut statement, group).map(drop))?;
        }
        rest.iter().try_for_each(|(card, memory, parameters)| self.fill_memory(*card, memory, *parameters))
    }

    /// From now on, what is cached of new cards is written when what follows from their logs is known, or before the commit.
    pub fn delay_memories(&mut self) {
        self.delayed.get_or_insert_default();
    }

    /// Whether a card is new and what is cached of it is yet to be written.
    pub fn is_delayed(&self, card: CardId) -> bool {
        self.delayed.as_ref().is_some_and(|delayed| delayed.contains_key(&card))
    }

    /// The same, and it is written now.
    fn is_due(&mut self, card: CardId) -> bool {
        self.delayed.as_mut().is_some_and(|delayed| delayed.remove(&card).is_some())
    }

    /// Caches of the cards that wait for it that they are new.
    pub(super) fn write_delayed(&mut self) -> Result<()> {
        let Some(delayed) = self.delayed.as_mut().map(std::mem::take) else { return Ok(()) };
        let indexes = if self.is_most_of_memory(delayed.len())? {
            self.take_indexes_off(&INDEXES)?
        } else {
            IndexesOff::default()
        };
        // A part of them at a time: all would take more memory than it takes to know that they are new.
        let mut delayed = delayed.into_iter().peekable();
        while delayed.peek().is_some() {
            let some = delayed.by_ref().take(PART);
            let new: Vec<_> = some.map(|(card, (_, parameters))| (card, CardMemory::NEW, parameters)).collect();
            self.insert_memories(&new)?;
        }
        self.make_indexes(indexes)
    }

    /// Caches what follows from the log of a card of which nothing is cached yet.
    pub fn fill_memory(&mut self, card: CardId, memory: &CardMemory, parameters: i64) -> Result<()> {
        self.write_memory(
            "insert into memory (card, state, step, due_day, due_ms, stability, difficulty, last_ms, last_day, repetitions,
             lapses, suspended, buried_until, through, parameters, deck, topic, question)
             select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, question.deck, question.topic,
             question.id
             from card join question on question.id = card.question where card.id = ?1",
            card,
            memory,
            parameters,
        )
        .map(|_| ())
    }

    /// Runs a statement with the values of a memory. Returns how many rows it changed.
    fn write_memory(&self, sql: &str, card: CardId, memory: &CardMemory, parameters: i64) -> Result<usize> {
        let mut statement = self.transaction.prepare_cached(sql)?;
        bind(&mut statement, 0, card, memory, parameters)?;
        Ok(statement.raw_execute()?)
    }

    /// Says that what is cached of the cards of a deck was computed with these parameters.
    pub fn adopt_parameters(&mut self, deck: DeckId, parameters: i64) -> Result<()> {
        for (of_deck, adopted) in self.delayed.iter_mut().flat_map(BTreeMap::values_mut) {
            if *of_deck == deck {
                *adopted = parameters;
            }
        }
        self.run("update memory set parameters = ?2 where deck = ?1", params![deck, parameters])
    }

    /// Caches that a card of this question is new.
    pub(super) fn add_new_memory(
        &mut self,
        card: CardId,
        question: QuestionId,
        source: &CardBasis<'_>,
        parameters: i64,
    ) -> Result<()> {
        if let Some(delayed) = &mut self.delayed {
            delayed.insert(card, (source.deck, parameters));
            return Ok(());
        }
        self.run(
            "insert into memory (card, question, deck, topic, state, step, repetitions, lapses, suspended, parameters)
             values (?, ?, ?, ?, ?, 0, 0, 0, 0, ?)",
            params![card, question, source.deck, source.topic, CardMemory::NEW.state, parameters],
        )
    }

    /// Throws the cache away, to be rebuilt by a replay.
    pub fn drop_memory(&mut self) -> Result<()> {
        Ok(self.transaction.execute_batch("delete from memory; delete from load;")?)
    }
}

/// So many rows of parameters.
fn values(count: usize) -> String {
    format!("values {}", vec![format!("({})", ["?"; OWN].join(",")); count].join(","))
}

/// Runs a statement with as many memories as it takes. Returns how many rows it changed.
fn run_together(statement: &mut Statement<'_>, group: &[(CardId, CardMemory, i64)]) -> Result<usize> {
    for (place, (card, memory, parameters)) in group.iter().enumerate() {
        bind(statement, place * OWN, *card, memory, *parameters)?;
    }
    Ok(statement.raw_execute()?)
}

/// Binds a memory to the parameters behind the first so many.
fn bind(
    statement: &mut Statement<'_>,
    before: usize,
    card: CardId,
    memory: &CardMemory,
    parameters: i64,
) -> rusqlite::Result<()> {
    let (due_day, due_ms) = due_columns(memory.due);
    let (stability, difficulty) = memory.memory.map(|state| (state.stability, state.difficulty)).unzip();
    statement.raw_bind_parameter(before + 1, card)?;
    statement.raw_bind_parameter(before + 2, memory.state)?;
    statement.raw_bind_parameter(before + 3, memory.step)?;
    statement.raw_bind_parameter(before + 4, due_day)?;
    statement.raw_bind_parameter(before + 5, due_ms)?;
    statement.raw_bind_parameter(before + 6, stability)?;
    statement.raw_bind_parameter(before + 7, difficulty)?;
    statement.raw_bind_parameter(before + 8, memory.last_at)?;
    statement.raw_bind_parameter(before + 9, memory.last_day)?;
    statement.raw_bind_parameter(before + 10, memory.repetitions)?;
    statement.raw_bind_parameter(before + 11, memory.lapses)?;
    statement.raw_bind_parameter(before + 12, memory.suspended)?;
    statement.raw_bind_parameter(before + 13, memory.buried_until)?;
    statement.raw_bind_parameter(before + 14, memory.through)?;
    statement.raw_bind_parameter(before + OWN, parameters)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::model::{CardState, Due, KeyOrigin, Kind, Markup, StudyDay};
    use crate::store::schema_guard::{differences, newest, schema};
    use crate::store::{QuestionChange, Store};

    const DECK: DeckId = DeckId(1);

    fn store(folder: &tempfile::TempDir) -> Store {
        let store = Store::open(&folder.path().join("a.db"), 0, Some(1)).expect("a store");
        store.connection.execute_batch("insert into deck (id, name) values (1, 'A'), (2, 'B')").expect("decks");
        store
    }

    fn add(writer: &mut Writer<'_>, number: u128) -> CardId {
        let change = QuestionChange {
            kind: Kind::Card,
            stem: "q",
            explanation: None,
            topic: Some("t"),
            tags: &[],
            key: KeyOrigin::Marked,
            key_rule: None,
            markup: Markup::Plain,
            choices: Vec::new(),
            content: None,
        };
        let question = writer.add_question(DECK, Uuid::from_u128(number), &change, 5).expect("a question");
        writer.reader().cards_of(question).expect("cards")[0]
    }

    fn remembered(day: i32) -> CardMemory {
        let memory = Some(MemoryState { stability: 3.0, difficulty: 5.0 });
        CardMemory { state: CardState::Review, due: Some(Due::Day(StudyDay(day))), memory, ..CardMemory::NEW }
    }

    #[test]
    fn delayed_memories_are_written_once_and_none_is_forgotten() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = store(&folder);
        let mut writer = store.writer().expect("a writer");
        let before = add(&mut writer, 1);
        writer.delay_memories();
        let new: Vec<CardId> = (2..80).map(|number| add(&mut writer, number)).collect();
        assert!(!writer.is_delayed(before) && new.iter().all(|card| writer.is_delayed(*card)));
        assert_eq!(writer.reader().memory(new[0]).expect("memory"), None);
        writer.adopt_parameters(DeckId(2), 6).expect("parameters");
        writer.adopt_parameters(DECK, 7).expect("parameters");
        writer.remove_card(new[1]).expect("a card that goes");
        writer.put_memory(new[2], &remembered(2), 8).expect("memory");
        let many: Vec<_> = new[3..70].iter().chain([&before, &new[2]]).map(|card| (*card, remembered(3), 9)).collect();
        writer.put_memories(&many).expect("memories");
        writer.commit().expect("a commit");
        let row = |card: CardId| store.reader().memory(card).expect("memory").map(|row| (row.memory, row.parameters));
        assert_eq!(row(new[0]), Some((CardMemory::NEW, 7)));
        assert_eq!(row(new[1]), None);
        for card in new[2..70].iter().chain([&before]) {
            assert_eq!(row(*card), Some((remembered(3), 9)));
        }
        assert_eq!(row(new[77]), Some((CardMemory::NEW, 7)));
        let wrong = "select count(*) from memory join card on card.id = memory.card join question on question.id = card.question
             where memory.question is not question.id or memory.deck <> question.deck or memory.topic is not question.topic";
        let count = |sql: &str| store.connection.query_row(sql, [], |row| row.get::<_, i64>(0)).expect("a count");
        assert_eq!([count(wrong), count("select count(*) from memory")], [0, 78]);
        assert_eq!(count("select cards from load where day = 3"), 69);
    }

    #[test]
    fn the_indexes_are_there_again_when_much_was_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = store(&folder);
        store
            .connection
            .execute_batch(&format!(
                "insert into question (id, uid, deck, kind, stem, key_origin, choices) values (1, zeroblob(16), 1, 0, 'q', 0, '[]');
                 with recursive place (n) as (values (1) union all select n + 1 from place where n < {MANY})
                 insert into card (id, uid, question, ordinal) select n, zeroblob(16), 1, n from place;"
            ))
            .expect("cards");
        let mut writer = store.writer().expect("a writer");
        let memories: Vec<_> = (1..=MANY as i64).map(|card| (CardId(card), remembered(card as i32 % 9), 1)).collect();
        writer.put_memories(&memories).expect("memories");
        writer.put_memories(&memories).expect("the same again");
        writer.commit().expect("a commit");
        assert_eq!(differences(&schema(&store.connection).expect("a schema"), &newest()), []);
        let count = |sql: &str| store.connection.query_row(sql, [], |row| row.get::<_, i64>(0)).expect("a count");
        assert_eq!(count("select count(*) from memory indexed by memory_queue where deck = 1"), MANY as i64);
        assert_eq!(count("select sum(cards) from load"), MANY as i64);
    }
}
