//! Flags: cards that a person wants to come back to, with a note.

use rusqlite::{Row, params};

use super::query::{FromRow, Query};
use super::{Reader, Writer};
use crate::error::Result;
use crate::model::{CardId, DeckId, Flag};

impl FromRow for Flag {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self { note: row.get("note")?, at_ms: row.get("at_ms")? })
    }
}

impl Reader<'_> {
    /// The flag of a card; `None` if it has none.
    pub fn flag_of(&self, card: CardId) -> Result<Option<Flag>> {
        self.one("select note, at_ms from flag where card = ?", [card])
    }

    /// The flagged cards of these decks (of all decks if `decks` is `None`), by card.
    pub fn flagged_cards(&self, decks: Option<&[DeckId]>) -> Result<Vec<(CardId, Flag)>> {
        let mut found = Vec::new();
        let sql = "select flag.card as card, memory.deck as deck, note, at_ms
             from flag join memory on memory.card = flag.card order by flag.card";
        self.each(sql, [], |row| {
            // Flags are few, and read once: a list of decks would make a new statement for each number of decks.
            let deck = row.get("deck")?;
            if decks.is_none_or(|decks| decks.contains(&deck)) {
                found.push((row.get("card")?, Flag::from_row(row)?));
            }
            Ok(())
        })?;
        Ok(found)
    }
}

impl Writer<'_> {
    /// Flags a card, which must exist; a flag that it has is replaced. `note` may be empty.
    pub fn flag(&mut self, card: CardId, note: &str, at_ms: i64) -> Result<()> {
        self.run("insert or replace into flag (card, note, at_ms) values (?, ?, ?)", params![card, note, at_ms])
    }

    /// Takes the flag off a card. Returns whether it had one.
    pub fn unflag(&mut self, card: CardId) -> Result<bool> {
        Ok(self.run_counted("delete from flag where card = ?", [card])? > 0)
    }
}
