//! What is cached in memory and does not follow from the log: only that is written again.

use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, ValueRef};

use super::log::due_columns;
use super::memory::COLUMNS;
use super::query::Query;
use super::{Reader, Writer};
use crate::error::Result;
use crate::model::{CardId, CardMemory};

/// What is cached wrongly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StaleMemories {
    /// By the place of what follows from the log: whether something else is cached, or nothing.
    pub wrong: Vec<bool>,
    /// Cards of which something is cached, and that are not there.
    pub gone: Vec<CardId>,
}

impl Reader<'_> {
    /// Compares what is cached with what follows from the log: of all cards, in their order, each with the fingerprint of its parameters. Every cell is
    /// compared as it is stored.
    pub fn stale_memories(&self, follows: &[(CardId, CardMemory, i64)]) -> Result<StaleMemories> {
        let mut stale = StaleMemories { wrong: vec![true; follows.len()], gone: Vec::new() };
        let mut rest = follows.iter().enumerate().peekable();
        // The deck, the topic and the question are those of the card.
        let sql = format!(
            "select memory.card, memory.deck is question.deck and memory.topic is question.topic
             and memory.question is question.id, memory.parameters, {COLUMNS}
             from memory left join card on card.id = memory.card left join question on question.id = card.question
             order by memory.card"
        );
        self.each(&sql, [], |row| {
            let card: CardId = row.get(0)?;
            while rest.next_if(|(_, (other, ..))| *other < card).is_some() {}
            let Some((place, (_, memory, parameters))) = rest.next_if(|(_, (other, ..))| *other == card) else {
                stale.gone.push(card);
                return Ok(());
            };
            let (due_day, due_ms) = due_columns(memory.due);
            let (stability, difficulty) = memory.memory.map(|state| (state.stability, state.difficulty)).unzip();
            let cells: [&dyn ToSql; 14] = [
                parameters,
                &memory.state,
                &memory.step,
                &due_day,
                &due_ms,
                &stability,
                &difficulty,
                &memory.last_at,
                &memory.last_day,
                &memory.repetitions,
                &memory.lapses,
                &memory.suspended,
                &memory.buried_until,
                &memory.through,
            ];
            let mut same: bool = row.get(1)?;
            for (column, cell) in (2..).zip(cells) {
                same &= is_stored(row.get_ref(column)?, &cell.to_sql()?);
            }
            stale.wrong[place] = !same;
            Ok(())
        })?;
        Ok(stale)
    }
}

/// Whether a cell holds exactly this value.
fn is_stored(cell: ValueRef<'_>, value: &ToSqlOutput<'_>) -> bool {
    let value = match value {
        ToSqlOutput::Owned(value) => ValueRef::from(value),
        ToSqlOutput::Borrowed(value) => *value,
        _ => return false,
    };
    match (cell, value) {
        (ValueRef::Real(cell), ValueRef::Real(value)) => cell.to_bits() == value.to_bits(),
        (cell, value) => cell == value,
    }
}

impl Writer<'_> {
    /// Removes what is cached of a card.
    pub fn remove_memory(&mut self, card: CardId) -> Result<()> {
        self.run("delete from memory where card = ?", [card])
    }

    /// Counts the cards of each day again, if they are not counted as they are.
    pub fn recount_load(&mut self) -> Result<()> {
        if self.reader().miscounted_days()? == 0 {
            return Ok(());
        }
        self.run("delete from load", [])?;
        self.run(
            "insert into load (day, cards) select due_day, count(*) from memory
             where state = 2 and suspended = 0 and due_day is not null and deck not in (select deck from shelf)
             group by due_day",
            [],
        )
    }
}
