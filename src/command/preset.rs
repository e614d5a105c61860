//! `retain preset`: sets of settings that decks share.

use clap::{Args as Arguments, Subcommand};
use serde::Serialize;

use super::consequence::with_consequences;
use super::deck::{cut, when};
use super::decks::Decks;
use super::setting_change::{apply, read};
use super::{Context, output};
use crate::error::{Done, Error, Result};
use crate::model::{Moment, Preset, PresetId};
use crate::store::{Reader, Writer};

/// Sets of settings that decks share.
#[derive(Arguments, Debug)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the presets and the decks that share them
    List {
        /// JSON Lines, for programs
        #[arg(long)]
        json: bool,
    },
    /// Show what a preset sets
    Show {
        /// The preset
        name: String,
        /// JSON Lines, for programs
        #[arg(long)]
        json: bool,
    },
    /// Make a preset
    Create {
        /// Its name
        name: String,
        /// `key=value …`
        #[arg(value_name = "KEY=VALUE")]
        pairs: Vec<String>,
    },
    /// Change what a preset sets
    Set {
        /// The preset
        name: String,
        /// `key=value …`; `key=inherit` takes a value back
        #[arg(value_name = "KEY=VALUE", required = true)]
        pairs: Vec<String>,
    },
    /// Have decks share a preset, instead of the one they had
    Assign {
        /// The preset
        name: String,
        /// The decks
        #[arg(value_name = "DECK", required = true)]
        decks: Vec<String>,
    },
    /// Take a deck's preset away
    Unassign {
        /// The deck
        deck: String,
    },
    /// Give a preset another name
    Rename {
        /// The preset
        name: String,
        /// Its new name
        to: String,
    },
    /// Delete a preset; its decks keep the values of their own
    Delete {
        /// The preset
        name: String,
    },
}

/// Runs the command.
///
/// # Errors
/// When there is no such preset or deck, a setting or a name is refused, or the database fails.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    match &args.action {
        Action::List { json } => return list(context, *json),
        Action::Show { name, json } => return show(context, name, *json),
        _ => {}
    }
    let mut store = context.store()?;
    let mut writer = store.writer()?;
    let now = context.clock.now();
    let told = with_consequences(context, &mut writer, |writer| match &args.action {
        Action::Create { name, pairs } => create(writer, name, pairs, now),
        Action::Set { name, pairs } => {
            let preset = find(writer.reader(), name)?;
            let changes = read(pairs, preset.id.into())?;
            apply(writer, preset.id.into(), &preset.name, &changes, now)
        }
        Action::Assign { name, decks } => assign(writer, name, decks),
        Action::Unassign { deck } => unassign(writer, deck),
        Action::Rename { name, to } => {
            let preset = find_own(writer.reader(), name)?;
            let to = proper(writer.reader(), to, Some(preset.id))?;
            writer.rename_preset(preset.id, &to)?;
            Ok(format!("{} is now {to}\n", preset.name))
        }
        Action::Delete { name } => {
            let preset = find_own(writer.reader(), name)?;
            let decks = names(writer.reader(), preset.id)?;
            writer.delete_preset(preset.id)?;
            let shared =
                if decks.is_empty() { String::new() } else { format!("; it was shared by {}", decks.join(", ")) };
            Ok(format!("{} is gone{shared}\n", preset.name))
        }
        Action::List { .. } | Action::Show { .. } => Ok(String::new()),
    })?;
    writer.commit()?;
    context.talk(&told)?;
    Ok(Done::Whole)
}

fn create(writer: &mut Writer<'_>, name: &str, pairs: &[String], now: Moment) -> Result<String> {
    let name = proper(writer.reader(), name, None)?;
    let preset = writer.add_preset(&name)?;
    let changes = read(pairs, preset.into())?;
    let told = apply(writer, preset.into(), &name, &changes, now)?;
    Ok(format!("made the preset {name}\n{told}"))
}

fn assign(writer: &mut Writer<'_>, name: &str, decks: &[String]) -> Result<String> {
    let preset = find_own(writer.reader(), name)?;
    let known = Decks::read(writer.reader())?;
    let mut told = String::new();
    for deck in decks {
        let deck = &known.exactly(deck)?.deck;
        writer.assign_preset(deck.id, Some(preset.id))?;
        told += &format!("{} has the preset {} now\n", deck.name, preset.name);
    }
    Ok(told)
}

fn unassign(writer: &mut Writer<'_>, deck: &str) -> Result<String> {
    let known = Decks::read(writer.reader())?;
    let deck = &known.exactly(deck)?.deck;
    writer.assign_preset(deck.id, None)?;
    Ok(format!("{} has no preset now\n", deck.name))
}

#[derive(Serialize)]
struct PresetRow {
    preset: String,
    decks: Vec<String>,
    settings: usize,
}

#[derive(Serialize)]
struct ValueRow<'a> {
    preset: &'a str,
    key: &'a str,
    value: &'a str,
    set: String,
    evidence: &'a str,
}

fn list(context: &Context, json: bool) -> Result<Done> {
    let store = context.store()?;
    let reader = store.reader();
    let mut text = String::new();
    for preset in reader.presets()? {
        let row = PresetRow {
            decks: names(reader, preset.id)?,
            settings: reader.setting_rows(preset.id.into())?.len(),
            preset: preset.name,
        };
        text += &if json {
            output::json_line(&row)?
        } else {
            let decks = match &row.decks[..] {
                _ if preset.id == PresetId::DEFAULT => "all decks".into(),
                [] => "no deck".into(),
                decks => decks.join(", "),
            };
            format!("{} ({} set): {decks}\n", row.preset, row.settings)
        };
    }
    context.print(&text)?;
    Ok(Done::Whole)
}

fn show(context: &Context, name: &str, json: bool) -> Result<Done> {
    let store = context.store()?;
    let reader = store.reader();
    let preset = find(reader, name)?;
    let now = context.clock.now();
    let mut text = String::new();
    if !json {
        text = format!("{}\n", preset.name);
        for deck in names(reader, preset.id)? {
            text += &format!("  of deck {deck}\n");
        }
    }
    for row in reader.setting_rows(preset.id.into())? {
        text += &if json {
            let set = Moment { utc_ms: row.set.at_ms, ..now }.rfc3339();
            let (key, value, evidence) = (row.key.as_str(), row.value.as_str(), row.set.evidence.as_str());
            output::json_line(&ValueRow { preset: &preset.name, key, value, set, evidence })?
        } else {
            format!("  {:<26} {:<24}  {}\n", row.key, cut(&row.value), when(&row.set, now))
        };
    }
    context.print(&text)?;
    Ok(Done::Whole)
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
    let error = Error::person(format!("no preset is called `{name}`"));
    let alike = presets
        .iter()
        .map(|preset| (strsim::jaro_winkler(&preset.name.to_lowercase(), &wanted), &preset.name))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    Err(match alike {
        Some((score, other)) if score > 0.8 => error.hint(format!("did you mean `{other}`?")),
        _ => error.hint("`retain preset list` shows all presets; `retain preset create` makes one"),
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
