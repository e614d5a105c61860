//! Settings: a deck's own over its preset's, both over those of the decks around it, and those over the default.

use std::collections::HashMap;
use std::hash::Hash;

use rusqlite::types::FromSql;
use rusqlite::{Row, params};

use super::query::{FromRow, Query};
use super::{Reader, Writer};
use crate::error::Result;
use crate::model::{Deck, DeckId, PresetId, SetWhen, SettingError, SettingOrigin, Settings};

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

impl FromRow for SettingRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let set = SetWhen { at_ms: row.get("set_ms")?, evidence: row.get("evidence")? };
        Ok(Self { key: row.get("key")?, value: row.get("value")?, set })
    }
}

/// A deck with its preset and the preset's name.
type DeckWithPreset = (Deck, Option<(PresetId, String)>);

/// All values of the database, by owner.
struct AllSettings {
    presets: HashMap<PresetId, Vec<SettingRow>>,
    decks: HashMap<DeckId, Vec<SettingRow>>,
    /// The decks by their name in small letters, each with its preset and the preset's name.
    placed: HashMap<String, DeckWithPreset>,
}

impl AllSettings {
    /// The values that reach a deck, from those of the default to its own: a later one overrides an earlier one.
    fn reaching<'a>(&'a self, name: &'a str) -> Vec<(&'a SettingRow, SettingOrigin)> {
        let of_default = self.presets.get(&PresetId::DEFAULT).into_iter().flatten();
        let mut found: Vec<_> = of_default.map(|row| (row, SettingOrigin::Default(row.set.clone()))).collect();
        let names: Vec<&str> = Deck::parents(name).chain([name]).collect();
        for (deck, preset) in names.into_iter().filter_map(|name| self.placed.get(&name.to_lowercase())) {
            if let Some((preset, name)) = preset {
                let rows =
                    self.presets.get(preset).into_iter().flatten().filter(|row| !Settings::is_database_wide(&row.key));
                found.extend(rows.map(|row| {
                    let set = row.set.clone();
                    (row, SettingOrigin::Preset { name: name.clone(), deck: deck.name.clone(), set })
                }));
            }
            let rows =
                self.decks.get(&deck.id).into_iter().flatten().filter(|row| !Settings::is_database_wide(&row.key));
            found.extend(rows.map(|row| (row, SettingOrigin::Deck { name: deck.name.clone(), set: row.set.clone() })));
        }
        found
    }
}

impl Reader<'_> {
    /// The settings that decks without any of their own are scheduled by.
    pub fn default_settings(&self) -> Result<Settings> {
        Ok(settings_from(self.setting_rows(PresetId::DEFAULT.into())?.iter()))
    }

    /// Every deck, by name, with the settings it is scheduled by.
    pub fn decks_with_settings(&self) -> Result<Vec<(Deck, Settings)>> {
        let all = self.all_settings()?;
        let decks = self.decks()?.into_iter();
        decks
            .map(|deck| {
                let settings = settings_from(all.reaching(&deck.name).into_iter().map(|(row, _)| row));
                Ok((deck, settings))
            })
            .collect()
    }

    /// Where each value that a deck is scheduled by comes from. What is not named has the program's default.
    pub fn setting_origins(&self, deck: &Deck) -> Result<HashMap<String, SettingOrigin>> {
        let all = self.all_settings()?;
        Ok(all.reaching(&deck.name).into_iter().map(|(row, origin)| (row.key.clone(), origin)).collect())
    }

    /// The values that a deck or a preset has itself, by key.
    pub fn setting_rows(&self, owner: SettingOwner) -> Result<Vec<SettingRow>> {
        let (sql, id) = match owner {
            SettingOwner::Preset(preset) => {
                ("select key, value, set_ms, evidence from setting where preset = ? order by key", preset.0)
            }
            SettingOwner::Deck(deck) => {
                ("select key, value, set_ms, evidence from deck_setting where deck = ? order by key", deck.0)
            }
        };
        self.all(sql, [id])
    }

    fn all_settings(&self) -> Result<AllSettings> {
        let mut placed = HashMap::new();
        let sql = "select deck.id as id, deck.name as name, preset.id as preset, preset.name as preset_name
             from deck left join preset on preset.id = deck.preset";
        self.each(sql, [], |row| {
            let deck = Deck::from_row(row)?;
            let preset = row.get::<_, Option<_>>("preset")?.zip(row.get("preset_name")?);
            placed.insert(deck.name.to_lowercase(), (deck, preset));
            Ok(())
        })?;
        Ok(AllSettings {
            presets: self.settings_by_owner("select preset, key, value, set_ms, evidence from setting")?,
            decks: self.settings_by_owner("select deck, key, value, set_ms, evidence from deck_setting")?,
            placed,
        })
    }

    /// The values of a table, by the owner in its first column.
    fn settings_by_owner<T: FromSql + Eq + Hash>(&self, sql: &str) -> Result<HashMap<T, Vec<SettingRow>>> {
        let mut by_owner: HashMap<T, Vec<SettingRow>> = HashMap::new();
        self.each(sql, [], |row| {
            by_owner.entry(row.get(0)?).or_default().push(SettingRow::from_row(row)?);
            Ok(())
        })?;
        Ok(by_owner)
    }
}

/// The program's defaults with these values laid over them, one after the other. One that means nothing leaves what is below it: a check
/// reports it.
fn settings_from<'a>(rows: impl Iterator<Item = &'a SettingRow>) -> Settings {
    let mut settings = Settings::default();
    for SettingRow { key, value, .. } in rows {
        drop(settings.set_kept(key, value));
    }
    settings
}

/// A value that its setting cannot have, as no version of this program sets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusableSetting {
    owner: SettingOwner,
    /// Whose it is, in words.
    pub whose: String,
    /// The key.
    pub key: String,
    /// The value.
    pub value: String,
}

impl UnusableSetting {
    /// What is wrong with it, in words.
    pub fn words(&self) -> String {
        let value: String = self.value.chars().filter(|char| !char.is_control()).take(60).collect();
        format!(
            "the setting `{}` of {} is `{value}`, which means nothing, so what is set around it counts",
            self.key, self.whose
        )
    }
}

impl Reader<'_> {
    /// All values that their settings cannot have. A setting of an unknown key is none: it may be of a newer program.
    pub fn unusable_settings(&self) -> Result<Vec<UnusableSetting>> {
        let mut found = Vec::new();
        // What is not UTF-8 is shown as far as it can be.
        let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut look = |owner, whose: Option<Vec<u8>>, key: String, value: Vec<u8>| {
            let is_text = std::str::from_utf8(&value).is_ok();
            let (whose, value) = (whose.map(|name| shown(&name)), shown(&value));
            let refusal = Settings::default().set_kept(&key, &value).err();
            let is_unusable = refusal.is_some_and(|refusal| !matches!(refusal, SettingError::UnknownKey(_)));
            if is_unusable || !is_text {
                let whose = match owner {
                    SettingOwner::Preset(PresetId::DEFAULT) => "all decks".into(),
                    SettingOwner::Preset(_) => format!("the preset `{}`", whose.unwrap_or_default()),
                    SettingOwner::Deck(_) => format!("the deck `{}`", whose.unwrap_or_default()),
                };
                found.push(UnusableSetting { owner, whose, key, value });
            }
        };
        let presets =
            "select setting.preset, cast(preset.name as blob), key, cast(value as blob) from setting left join preset on preset.id = setting.preset
             order by 1, 3";
        self.each(presets, [], |row| {
            look(SettingOwner::Preset(row.get(0)?), row.get(1)?, row.get(2)?, row.get(3)?);
            Ok(())
        })?;
        let decks = "select deck_setting.deck, cast(deck.name as blob), key, cast(value as blob) from deck_setting left join deck on deck.id = deck_setting.deck
             order by 1, 3";
        self.each(decks, [], |row| {
            look(SettingOwner::Deck(row.get(0)?), row.get(1)?, row.get(2)?, row.get(3)?);
            Ok(())
        })?;
        Ok(found)
    }
}

impl Writer<'_> {
    /// Sets a value for a deck and the decks in it, for a preset, or (if `owner` is `None`) for all. `evidence` says why.
    /// [`Settings::set`] must have accepted the value.
    pub fn set(
        &mut self,
        owner: impl Into<SettingOwner>,
        key: &str,
        value: &str,
        now_ms: i64,
        evidence: &str,
    ) -> Result<bool> {
        let (table, column, id) = table_of(owner.into());
        let sql = format!(
            "insert into {table} ({column}, key, value, set_ms, evidence) values (?1, ?2, ?3, ?4, ?5)
             on conflict ({column}, key) do update set value = ?3, set_ms = ?4, evidence = ?5
             where value is not ?3 or evidence is not ?5"
        );
        Ok(self.run_counted(&sql, params![id, key, value, now_ms, evidence])? > 0)
    }

    /// Removes the values that their settings cannot have.
    pub fn remove_unusable(&mut self, settings: &[UnusableSetting]) -> Result<()> {
        settings.iter().try_for_each(|setting| self.unset(setting.owner, &setting.key).map(drop))
    }

    /// Removes a value, so that the one below it counts again. Returns whether there was one.
    pub fn unset(&mut self, owner: impl Into<SettingOwner>, key: &str) -> Result<bool> {
        let (table, column, id) = table_of(owner.into());
        let sql = format!("delete from {table} where {column} = ? and key = ?");
        Ok(self.run_counted(&sql, params![id, key])? > 0)
    }
}

/// The table that holds the values of an owner, the column that names the owner there, and its number.
fn table_of(owner: SettingOwner) -> (&'static str, &'static str, i64) {
    match owner {
        SettingOwner::Preset(preset) => ("setting", "preset", preset.0),
        SettingOwner::Deck(deck) => ("deck_setting", "deck", deck.0),
    }
}
