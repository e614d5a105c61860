//! Settings: a deck's own over its parent's over the default.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, params};

use super::{Reader, Writer, fault};
use crate::error::Result;
use crate::model::{Deck, DeckId, Settings};

/// The preset that all decks fall back to.
pub(super) const DEFAULT: i64 = 1;

impl Reader<'_> {
    /// The settings that decks without any of their own are scheduled by.
    ///
    /// # Errors
    /// When the database cannot be read, or holds a value that no version of this program sets.
    pub fn default_settings(&self) -> Result<Settings> {
        let mut settings = Settings::default();
        lay_over(&mut settings, self.values()?.get(&DEFAULT))?;
        Ok(settings)
    }

    /// Every deck, by name, with the settings it is scheduled by.
    ///
    /// # Errors
    /// When the database cannot be read, or holds a value that no version of this program sets.
    pub fn decks_with_settings(&self) -> Result<Vec<(Deck, Settings)>> {
        let values = self.values()?;
        let presets = self.presets()?;
        let default = self.default_settings()?;
        let mut decks = Vec::new();
        for deck in self.decks()? {
            let mut settings = default.clone();
            let mut names: Vec<&str> =
                std::iter::successors(Some(deck.name.as_str()), |name| Deck::parent_name(name)).collect();
            names.reverse();
            for name in names {
                let preset = presets.get(&name.to_lowercase());
                lay_over(&mut settings, preset.and_then(|preset| values.get(preset)))?;
            }
            // The day begins at one hour for the whole database.
            settings.day_start = default.day_start;
            decks.push((deck, settings));
        }
        Ok(decks)
    }

    fn presets(&self) -> Result<HashMap<String, i64>> {
        let mut statement = self
            .connection
            .prepare_cached("select name, preset from deck where preset is not null")
            .map_err(fault::of)?;
        let rows = statement
            .query_map([], |row| Ok((row.get::<_, String>(0)?.to_lowercase(), row.get(1)?)))
            .map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    fn values(&self) -> Result<HashMap<i64, Vec<(String, String)>>> {
        let mut statement = self
            .connection
            .prepare_cached("select preset, key, value from setting order by preset, key")
            .map_err(fault::of)?;
        let mut rows = statement.query([]).map_err(fault::of)?;
        let mut values: HashMap<i64, Vec<(String, String)>> = HashMap::new();
        while let Some(row) = rows.next().map_err(fault::of)? {
            let preset = row.get(0).map_err(fault::of)?;
            values.entry(preset).or_default().push((row.get(1).map_err(fault::of)?, row.get(2).map_err(fault::of)?));
        }
        Ok(values)
    }
}

fn lay_over(settings: &mut Settings, values: Option<&Vec<(String, String)>>) -> Result<()> {
    for (key, value) in values.into_iter().flatten() {
        settings.set(key, value).map_err(|_| fault::nonsense(&format!("a setting `{key}={value}`")))?;
    }
    Ok(())
}

impl Writer<'_> {
    /// Sets a value for a deck and the decks in it, or (where `deck` is none) for all. `evidence` says why. The value must have
    /// been accepted by [`Settings::set`].
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn set(&mut self, deck: Option<DeckId>, key: &str, value: &str, now_ms: i64, evidence: &str) -> Result<()> {
        let preset = match deck {
            None => DEFAULT,
            Some(deck) => self.own_preset(deck)?,
        };
        self.transaction
            .execute(
                "insert into setting (preset, key, value, set_ms, evidence) values (?1, ?2, ?3, ?4, ?5)
                 on conflict (preset, key) do update set value = ?3, set_ms = ?4, evidence = ?5",
                params![preset, key, value, now_ms, evidence],
            )
            .map_err(fault::of)?;
        Ok(())
    }

    fn own_preset(&mut self, deck: DeckId) -> Result<i64> {
        let own: Option<i64> = self
            .transaction
            .query_row("select preset from deck where id = ?", [deck.0], |row| row.get(0))
            .optional()
            .map_err(fault::of)?
            .flatten();
        if let Some(own) = own {
            return Ok(own);
        }
        self.transaction
            .execute("insert into preset (name) select 'deck ' || id from deck where id = ?", [deck.0])
            .map_err(fault::of)?;
        let preset = self.transaction.last_insert_rowid();
        self.transaction.execute("update deck set preset = ? where id = ?", [preset, deck.0]).map_err(fault::of)?;
        Ok(preset)
    }
}
