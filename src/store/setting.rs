//! Settings: a deck's own over its preset's, both over those of the decks around it, and those over the default.

use std::collections::HashMap;

use rusqlite::{Row, params};

use super::{Reader, Writer, fault};
use crate::error::Result;
use crate::model::{Deck, DeckId, PresetId, SetWhen, SettingOrigin, Settings};

/// The setting that is one for the whole database, whatever a deck or a preset says.
const DATABASE_WIDE: &str = "day-start";

/// Whose settings to read or change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingOwner {
    /// A preset; [`PresetId::DEFAULT`] for all decks.
    Preset(PresetId),
    /// A deck and the decks in it.
    Deck(DeckId),
}

impl From<Option<DeckId>> for SettingOwner {
    fn from(deck: Option<DeckId>) -> Self {
        deck.map_or(Self::Preset(PresetId::DEFAULT), Self::Deck)
    }
}

impl From<PresetId> for SettingOwner {
    fn from(preset: PresetId) -> Self {
        Self::Preset(preset)
    }
}

/// A value that was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingRow {
    /// The key.
    pub key: String,
    /// The value, as [`Settings::set`] reads it.
    pub value: String,
    /// When and why.
    pub set: SetWhen,
}

/// A deck with its preset and the preset's name.
type Placed = (Deck, Option<(PresetId, String)>);

/// All values of the database, by who has them.
struct Values {
    presets: HashMap<PresetId, Vec<SettingRow>>,
    decks: HashMap<DeckId, Vec<SettingRow>>,
    /// The decks by their name in small letters, each with its preset and the preset's name.
    placed: HashMap<String, Placed>,
}

impl Values {
    /// The values that reach a deck, from those of the default to its own, so that what comes later counts over what came before.
    fn of<'a>(&'a self, name: &'a str) -> Vec<(&'a SettingRow, SettingOrigin)> {
        let of_default = self.presets.get(&PresetId::DEFAULT).into_iter().flatten();
        let mut found: Vec<_> = of_default.map(|row| (row, SettingOrigin::Default(row.set.clone()))).collect();
        let mut names: Vec<&str> = std::iter::successors(Some(name), |name| Deck::parent_name(name)).collect();
        names.reverse();
        for (deck, preset) in names.into_iter().filter_map(|name| self.placed.get(&name.to_lowercase())) {
            if let Some((preset, name)) = preset {
                let rows = self.presets.get(preset).into_iter().flatten().filter(|row| row.key != DATABASE_WIDE);
                found.extend(rows.map(|row| {
                    let set = row.set.clone();
                    (row, SettingOrigin::Preset { name: name.clone(), deck: deck.name.clone(), set })
                }));
            }
            let rows = self.decks.get(&deck.id).into_iter().flatten().filter(|row| row.key != DATABASE_WIDE);
            found.extend(rows.map(|row| (row, SettingOrigin::Deck { name: deck.name.clone(), set: row.set.clone() })));
        }
        found
    }
}

impl Reader<'_> {
    /// The settings that decks without any of their own are scheduled by.
    ///
    /// # Errors
    /// When the database cannot be read, or holds a value that no version of this program sets.
    pub fn default_settings(&self) -> Result<Settings> {
        lay(self.setting_rows(PresetId::DEFAULT.into())?.iter())
    }

    /// Every deck, by name, with the settings it is scheduled by.
    ///
    /// # Errors
    /// When the database cannot be read, or holds a value that no version of this program sets.
    pub fn decks_with_settings(&self) -> Result<Vec<(Deck, Settings)>> {
        let values = self.values()?;
        let decks = self.decks()?.into_iter();
        decks.map(|deck| Ok((deck.clone(), lay(values.of(&deck.name).into_iter().map(|(row, _)| row))?))).collect()
    }

    /// Where each value that a deck is scheduled by comes from. What is not named has the program's default.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn setting_origins(&self, deck: &Deck) -> Result<HashMap<String, SettingOrigin>> {
        let values = self.values()?;
        Ok(values.of(&deck.name).into_iter().map(|(row, origin)| (row.key.clone(), origin)).collect())
    }

    /// The values that a deck or a preset has itself, by key.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn setting_rows(&self, owner: SettingOwner) -> Result<Vec<SettingRow>> {
        let (sql, id) = match owner {
            SettingOwner::Preset(preset) => {
                ("select key, value, set_ms, evidence from setting where preset = ? order by key", preset.0)
            }
            SettingOwner::Deck(deck) => {
                ("select key, value, set_ms, evidence from deck_setting where deck = ? order by key", deck.0)
            }
        };
        let mut statement = self.connection.prepare_cached(sql).map_err(fault::of)?;
        let rows = statement.query_map([id], |row| setting_row(row, 0)).map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    fn values(&self) -> Result<Values> {
        Ok(Values {
            presets: self
                .grouped("select preset, key, value, set_ms, evidence from setting")?
                .into_iter()
                .map(|(preset, rows)| (PresetId(preset), rows))
                .collect(),
            decks: self
                .grouped("select deck, key, value, set_ms, evidence from deck_setting")?
                .into_iter()
                .map(|(deck, rows)| (DeckId(deck), rows))
                .collect(),
            placed: self.placed()?,
        })
    }

    fn grouped(&self, sql: &str) -> Result<HashMap<i64, Vec<SettingRow>>> {
        let mut statement = self.connection.prepare_cached(sql).map_err(fault::of)?;
        let mut rows = statement.query([]).map_err(fault::of)?;
        let mut grouped: HashMap<i64, Vec<SettingRow>> = HashMap::new();
        while let Some(row) = rows.next().map_err(fault::of)? {
            let owner = row.get(0).map_err(fault::of)?;
            grouped.entry(owner).or_default().push(setting_row(row, 1).map_err(fault::of)?);
        }
        Ok(grouped)
    }

    fn placed(&self) -> Result<HashMap<String, Placed>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "select deck.id, deck.name, preset.id, preset.name from deck left join preset on preset.id = deck.preset",
            )
            .map_err(fault::of)?;
        let rows = statement
            .query_map([], |row| {
                let deck = Deck { id: DeckId(row.get(0)?), name: row.get(1)? };
                let preset = row.get::<_, Option<i64>>(2)?.map(PresetId).zip(row.get::<_, Option<String>>(3)?);
                Ok((deck.name.to_lowercase(), (deck, preset)))
            })
            .map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }
}

fn setting_row(row: &Row<'_>, at: usize) -> rusqlite::Result<SettingRow> {
    let set = SetWhen { at_ms: row.get(at + 2)?, evidence: row.get(at + 3)? };
    Ok(SettingRow { key: row.get(at)?, value: row.get(at + 1)?, set })
}

/// The program's defaults with these values laid over them, one after the other.
fn lay<'a>(rows: impl Iterator<Item = &'a SettingRow>) -> Result<Settings> {
    let mut settings = Settings::default();
    for SettingRow { key, value, .. } in rows {
        settings.set_kept(key, value).map_err(|_| fault::nonsense(&format!("a setting `{key}={value}`")))?;
    }
    Ok(settings)
}

impl Writer<'_> {
    /// Sets a value for a deck and the decks in it, for a preset, or (where `owner` is no deck) for all. `evidence` says why. The
    /// value must have been accepted by [`Settings::set`].
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn set(
        &mut self,
        owner: impl Into<SettingOwner>,
        key: &str,
        value: &str,
        now_ms: i64,
        evidence: &str,
    ) -> Result<()> {
        let (table, column, id) = place(owner.into());
        let sql = format!(
            "insert into {table} ({column}, key, value, set_ms, evidence) values (?1, ?2, ?3, ?4, ?5)
             on conflict ({column}, key) do update set value = ?3, set_ms = ?4, evidence = ?5"
        );
        self.transaction.execute(&sql, params![id, key, value, now_ms, evidence]).map_err(fault::of)?;
        Ok(())
    }

    /// Takes a value back, so that what is below it counts again. Whether there was one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn unset(&mut self, owner: impl Into<SettingOwner>, key: &str) -> Result<bool> {
        let (table, column, id) = place(owner.into());
        let sql = format!("delete from {table} where {column} = ? and key = ?");
        Ok(self.transaction.execute(&sql, params![id, key]).map_err(fault::of)? > 0)
    }
}

/// The table that holds the values of an owner, the column that names the owner there, and its number.
fn place(owner: SettingOwner) -> (&'static str, &'static str, i64) {
    match owner {
        SettingOwner::Preset(preset) => ("setting", "preset", preset.0),
        SettingOwner::Deck(deck) => ("deck_setting", "deck", deck.0),
    }
}
