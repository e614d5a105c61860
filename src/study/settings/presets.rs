//! Sets of settings that decks share.

use super::change::{apply, parse_changes};
use super::consequence::with_consequences;
use crate::error::{Error, Result};
use crate::model::{DeedKind, Preset, PresetId, SetWhen};
use crate::store::{NewDeed, Reader, Store, Writer};
use crate::study::decks::Decks;
use crate::study::did_you_mean::closest;
use crate::study::present::Present;

/// A change of presets.
#[derive(Clone, Copy, Debug)]
pub enum PresetChange<'a> {
    /// Makes a preset of this name, with these `key=value` pairs.
    Create(&'a str, &'a [String]),
    /// Changes what a preset sets.
    Set(&'a str, &'a [String]),
    /// Has decks share a preset.
    Assign(&'a str, &'a [String]),
    /// Takes a deck's preset away.
    Unassign(&'a str),
    /// Gives a preset another name.
    Rename(&'a str, &'a str),
    /// Deletes a preset; its decks keep the values of their own.
    Delete(&'a str),
}

/// Changes presets, with all that follows, in one transaction. Returns what happened, a line each.
pub(in crate::study) fn change_presets(
    store: &mut Store,
    change: PresetChange<'_>,
    present: Present,
) -> Result<String> {
    let mut writer = store.deed(NewDeed::new(DeedKind::Preset, present.now))?;
    let lines = with_consequences(present, &mut writer, |writer| match change {
        PresetChange::Create(name, pairs) => create(writer, name, pairs, present),
        PresetChange::Set(name, pairs) => {
            let preset = find(writer.reader(), name)?;
            let changes = parse_changes(pairs, preset.id.into(), present.today)?;
            apply(writer, preset.id.into(), &preset.name, &changes, present.now)
        }
        PresetChange::Assign(name, decks) => assign(writer, name, decks),
        PresetChange::Unassign(deck) => unassign(writer, deck),
        PresetChange::Rename(name, to) => {
            let preset = find_own(writer.reader(), name)?;
            let to = proper(writer.reader(), to, Some(preset.id))?;
            writer.rename_preset(preset.id, &to)?;
            Ok(format!("{} is now {to}\n", preset.name))
        }
        PresetChange::Delete(name) => {
            let preset = find_own(writer.reader(), name)?;
            let decks = names(writer.reader(), preset.id)?;
            writer.delete_preset(preset.id)?;
            let shared =
                if decks.is_empty() { String::new() } else { format!("; it was shared by {}", decks.join(", ")) };
            Ok(format!("{} is gone{shared}\n", preset.name))
        }
    })?;
    writer.entitle(lines.lines().collect::<Vec<_>>().join("; "));
    writer.commit()?;
    Ok(lines)
}

fn create(writer: &mut Writer<'_>, name: &str, pairs: &[String], present: Present) -> Result<String> {
    let name = proper(writer.reader(), name, None)?;
    let preset = writer.add_preset(&name)?;
    let changes = parse_changes(pairs, preset.into(), present.today)?;
    let told = apply(writer, preset.into(), &name, &changes, present.now)?;
    Ok(format!("made the preset {name}\n{told}"))
}

fn assign(writer: &mut Writer<'_>, name: &str, decks: &[String]) -> Result<String> {
    let preset = find_own(writer.reader(), name)?;
    let known = Decks::load(writer.reader())?;
    let mut told = String::new();
    for deck in decks {
        let deck = &known.exactly(deck)?.deck;
        writer.assign_preset(deck.id, Some(preset.id))?;
        told += &format!("{} has the preset {} now\n", deck.name, preset.name);
    }
    Ok(told)
}

fn unassign(writer: &mut Writer<'_>, deck: &str) -> Result<String> {
    let known = Decks::load(writer.reader())?;
    let deck = &known.exactly(deck)?.deck;
    writer.assign_preset(deck.id, None)?;
    Ok(format!("{} has no preset now\n", deck.name))
}

/// A preset with what it sets.
#[derive(Clone, Debug)]
pub struct PresetSummary {
    /// The preset.
    pub preset: Preset,
    /// The names of the decks that share it.
    pub decks: Vec<String>,
    /// The values that it sets.
    pub values: Vec<PresetValue>,
}

/// A value that a preset sets.
#[derive(Clone, Debug)]
pub struct PresetValue {
    /// The setting.
    pub key: String,
    /// Its value as it is written.
    pub value: String,
    /// When and why it was set.
    pub set: SetWhen,
}

/// All presets.
pub(in crate::study) fn all_presets(reader: Reader<'_>) -> Result<Vec<PresetSummary>> {
    reader.presets()?.into_iter().map(|preset| summary(reader, preset)).collect()
}

/// The preset of this name.
pub(in crate::study) fn preset_named(reader: Reader<'_>, name: &str) -> Result<PresetSummary> {
    summary(reader, find(reader, name)?)
}

fn summary(reader: Reader<'_>, preset: Preset) -> Result<PresetSummary> {
    let rows = reader.setting_rows(preset.id.into())?.into_iter();
    let values = rows.map(|row| PresetValue { key: row.key, value: row.value, set: row.set }).collect();
    Ok(PresetSummary { decks: names(reader, preset.id)?, values, preset })
}

fn names(reader: Reader<'_>, preset: PresetId) -> Result<Vec<String>> {
    Ok(reader.decks_of_preset(preset)?.into_iter().map(|deck| deck.name).collect())
}

fn find(reader: Reader<'_>, name: &str) -> Result<Preset> {
    let wanted = name.to_lowercase();
    let presets = reader.presets()?;
    if let Some(found) = presets.iter().find(|preset| preset.name.to_lowercase() == wanted) {
        return Ok(found.clone());
    }
    let error = Error::person(format!("no preset is called `{name}`")).named("no-such-preset");
    Err(match closest(name, presets.iter().map(|preset| preset.name.as_str())) {
        Some(other) => error.hint(format!("did you mean `{other}`?")),
        None => error.hint("`retain preset list` shows all presets; `retain preset create` makes one"),
    })
}

/// A preset that a person made.
fn find_own(reader: Reader<'_>, name: &str) -> Result<Preset> {
    let preset = find(reader, name)?;
    if preset.id == PresetId::DEFAULT {
        return Err(Error::person("the default is shared by all decks, under this name")
            .hint("make a preset of your own with `retain preset create NAME`"));
    }
    Ok(preset)
}

/// A name that no other preset has.
fn proper(reader: Reader<'_>, name: &str, own: Option<PresetId>) -> Result<String> {
    let name = name.trim();
    if name.is_empty() || name.contains('=') || name.chars().any(char::is_control) {
        return Err(Error::person(format!("a preset cannot be called `{}`", name.escape_debug()))
            .hint("a name is one line without `=`"));
    }
    let wanted = name.to_lowercase();
    match reader.presets()?.iter().find(|other| Some(other.id) != own && other.name.to_lowercase() == wanted) {
        Some(other) => Err(Error::person(format!("there is a preset `{}` already", other.name))
            .hint("choose another name, or change it with `retain preset set`")),
        None => Ok(name.into()),
    }
}
