//! Decks that are not in use: archived ones and deleted ones.

use std::collections::HashMap;

use rusqlite::params;

use super::query::Query;
use super::{Reader, Writer};
use crate::error::Result;
use crate::model::{DeckId, Shelf};

impl Reader<'_> {
    /// The decks that are not in use, with where they are.
    pub fn shelves(&self) -> Result<HashMap<DeckId, Shelf>> {
        let mut found = HashMap::new();
        self.each("select deck, deleted from shelf", [], |row| {
            let shelf = if row.get(1)? { Shelf::Deleted } else { Shelf::Archived };
            found.insert(row.get(0)?, shelf);
            Ok(())
        })?;
        Ok(found)
    }

    /// When a deck was put where it is not in use, in milliseconds; `None` if it is in use.
    pub fn shelved_ms(&self, deck: DeckId) -> Result<Option<i64>> {
        self.one("select at_ms from shelf where deck = ?", [deck])
    }

    /// Where a deck is that is not in use; `None` if it is in use.
    pub fn shelf_of(&self, deck: DeckId) -> Result<Option<Shelf>> {
        let deleted: Option<bool> = self.one("select deleted from shelf where deck = ?", [deck])?;
        Ok(deleted.map(|deleted| if deleted { Shelf::Deleted } else { Shelf::Archived }))
    }
}

impl Writer<'_> {
    /// Puts a deck where it is not in use. One that is archived stays so while it is deleted.
    pub fn shelve(&mut self, deck: DeckId, shelf: Shelf, at_ms: i64) -> Result<()> {
        let (archived, deleted) = (shelf == Shelf::Archived, shelf == Shelf::Deleted);
        self.run(
            "insert into shelf (deck, archived, deleted, at_ms) values (?1, ?2, ?3, ?4)
             on conflict (deck) do update set archived = max(archived, ?2), deleted = ?3, at_ms = ?4",
            params![deck, archived, deleted, at_ms],
        )
    }

    /// A deck is no longer deleted: it is in use, or archived as before.
    pub fn restore_deck(&mut self, deck: DeckId) -> Result<()> {
        self.run("delete from shelf where deck = ? and archived = 0", [deck])?;
        self.run("update shelf set deleted = 0 where deck = ?", [deck])
    }

    /// Puts a deck back into use.
    pub fn unshelve(&mut self, deck: DeckId) -> Result<()> {
        self.run("delete from shelf where deck = ?", [deck])
    }
}
