//! Presets and the decks that share them.

use rusqlite::params;

use super::{Reader, Writer, fault};
use crate::error::Result;
use crate::model::{Deck, DeckId, Preset, PresetId};

impl Reader<'_> {
    /// All presets, the default first, then by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn presets(&self) -> Result<Vec<Preset>> {
        let mut statement =
            self.connection.prepare_cached("select id, name from preset order by id <> 1, name").map_err(fault::of)?;
        let rows = statement
            .query_map([], |row| Ok(Preset { id: PresetId(row.get(0)?), name: row.get(1)? }))
            .map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    /// The decks that a preset is assigned to, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn decks_of_preset(&self, preset: PresetId) -> Result<Vec<Deck>> {
        let mut statement = self
            .connection
            .prepare_cached("select id, name from deck where preset = ? order by name")
            .map_err(fault::of)?;
        let rows = statement
            .query_map([preset.0], |row| Ok(Deck { id: DeckId(row.get(0)?), name: row.get(1)? }))
            .map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }
}

impl Writer<'_> {
    /// Makes an empty preset. No other may have the name.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn add_preset(&mut self, name: &str) -> Result<PresetId> {
        self.transaction.execute("insert into preset (name) values (?)", [name]).map_err(fault::of)?;
        Ok(PresetId(self.transaction.last_insert_rowid()))
    }

    /// Gives a preset another name, which no other may have.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn rename_preset(&mut self, preset: PresetId, name: &str) -> Result<()> {
        self.transaction
            .execute("update preset set name = ? where id = ?", params![name, preset.0])
            .map_err(fault::of)?;
        Ok(())
    }

    /// Takes a preset and its values away. Its decks have none from then on.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn delete_preset(&mut self, preset: PresetId) -> Result<()> {
        for sql in [
            "update deck set preset = null where preset = ?",
            "delete from setting where preset = ?",
            "delete from preset where id = ?",
        ] {
            self.transaction.execute(sql, [preset.0]).map_err(fault::of)?;
        }
        Ok(())
    }

    /// Has a deck share a preset, or none.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn assign_preset(&mut self, deck: DeckId, preset: Option<PresetId>) -> Result<()> {
        self.transaction
            .execute("update deck set preset = ? where id = ?", params![preset.map(|preset| preset.0), deck.0])
            .map_err(fault::of)?;
        Ok(())
    }
}
