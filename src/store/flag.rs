//! Flags: cards that a person wants to come back to, with a note.

use rusqlite::{OptionalExtension, Row, params};

use super::{Reader, Writer, fault};
use crate::error::Result;
use crate::model::{CardId, DeckId, Flag};

impl Reader<'_> {
    /// The flag of a card; none where it has none.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn flag_of(&self, card: CardId) -> Result<Option<Flag>> {
        self.connection
            .prepare_cached("select note, at_ms from flag where card = ?")
            .and_then(|mut statement| statement.query_row([card.0], |row| flag(row, 0)).optional())
            .map_err(fault::of)
    }

    /// The flagged cards of these decks (of all where `decks` is none), by card.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn flagged_cards(&self, decks: Option<&[DeckId]>) -> Result<Vec<(CardId, Flag)>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "select flag.card, memory.deck, note, at_ms from flag join memory on memory.card = flag.card
                 order by flag.card",
            )
            .map_err(fault::of)?;
        let rows = statement
            .query_map([], |row| Ok((CardId(row.get(0)?), DeckId(row.get(1)?), flag(row, 2)?)))
            .map_err(fault::of)?;
        let mut found = Vec::new();
        for row in rows {
            let (card, deck, flag) = row.map_err(fault::of)?;
            // Flags are few, and read once: a list of decks in the statement would be another one for each number of decks.
            if decks.is_none_or(|decks| decks.contains(&deck)) {
                found.push((card, flag));
            }
        }
        Ok(found)
    }
}

fn flag(row: &Row<'_>, at: usize) -> rusqlite::Result<Flag> {
    Ok(Flag { note: row.get(at)?, at_ms: row.get(at + 1)? })
}

impl Writer<'_> {
    /// Flags a card; a flag that it has is replaced. `note` may be empty.
    ///
    /// # Errors
    /// When it cannot be written, or there is no such card.
    pub fn flag(&mut self, card: CardId, note: &str, at_ms: i64) -> Result<()> {
        self.run("insert or replace into flag (card, note, at_ms) values (?, ?, ?)", params![card.0, note, at_ms])
    }

    /// Takes the flag off a card; whether it had one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn unflag(&mut self, card: CardId) -> Result<bool> {
        self.transaction
            .prepare_cached("delete from flag where card = ?")
            .and_then(|mut statement| statement.execute([card.0]))
            .map(|gone| gone > 0)
            .map_err(fault::of)
    }
}
