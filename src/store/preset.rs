//! Presets and the decks that share them.

use rusqlite::{Row, params};

use super::query::{FromRow, Query};
use super::{Reader, Writer};
use crate::error::Result;
use crate::model::{Deck, DeckId, Preset, PresetId};

impl FromRow for Preset {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self { id: row.get("id")?, name: row.get("name")? })
    }
}

impl Reader<'_> {
    /// All presets, the default first, then by name.
    pub fn presets(&self) -> Result<Vec<Preset>> {
        self.all("select id, name from preset order by id <> 1, name", [])
    }

    /// The decks that a preset is assigned to, by name.
    pub fn decks_of_preset(&self, preset: PresetId) -> Result<Vec<Deck>> {
        self.all("select id, name from deck where preset = ? order by name", [preset])
    }
}

impl Writer<'_> {
    /// Makes an empty preset. No other may have the name.
    pub fn add_preset(&mut self, name: &str) -> Result<PresetId> {
        self.run("insert into preset (name) values (?)", [name])?;
        Ok(PresetId(self.transaction.last_insert_rowid()))
    }

    /// Gives a preset another name, which no other may have.
    pub fn rename_preset(&mut self, preset: PresetId, name: &str) -> Result<()> {
        self.run("update preset set name = ? where id = ?", params![name, preset])
    }

    /// Deletes a preset and its values. Its decks have none from then on.
    pub fn delete_preset(&mut self, preset: PresetId) -> Result<()> {
        self.run("update deck set preset = null where preset = ?", [preset])?;
        self.run("delete from setting where preset = ?", [preset])?;
        self.run("delete from preset where id = ?", [preset])
    }

    /// Assigns a preset to a deck, or none.
    pub fn assign_preset(&mut self, deck: DeckId, preset: Option<PresetId>) -> Result<()> {
        self.run("update deck set preset = ? where id = ?", params![preset, deck])
    }
}
