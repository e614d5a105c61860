//! `retain deck`: decks and their settings.

use clap::{Args as Arguments, Subcommand};

use super::Context;
use super::decks::{DeckEntry, Decks};
use super::ledger::refold;
use crate::error::{Done, Error, Result};
use crate::model::{SettingError, Settings};
use crate::schedule::days_to_exam;
use crate::ui::words;

/// Decks and their settings.
#[derive(Arguments, Debug)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the decks
    List,
    /// Show a deck's settings
    Show {
        /// The deck
        deck: String,
    },
    /// Change settings of a deck and the decks in it, or the defaults
    Set {
        /// The deck, then `key=value …`
        #[arg(value_name = "DECK KEY=VALUE", required = true)]
        words: Vec<String>,
        /// Change the defaults of all decks instead of one deck
        #[arg(long)]
        default: bool,
    },
}

/// Runs the command.
///
/// # Errors
/// When there is no such deck, a setting is refused, or the database fails.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    match &args.action {
        Action::List => list(context),
        Action::Show { deck } => show(context, deck),
        Action::Set { words, default } => set(context, words, *default),
    }
}

fn list(context: &Context) -> Result<Done> {
    let store = context.store()?;
    let names: String = store.reader().decks()?.iter().map(|deck| format!("{}\n", deck.name)).collect();
    if names.is_empty() {
        context.talk("there are no decks yet\nhint: begin with `retain import FILE`")?;
    }
    context.print(&names)?;
    Ok(Done::Whole)
}

fn show(context: &Context, name: &str) -> Result<Done> {
    let store = context.store()?;
    let decks = Decks::read(store.reader())?;
    let entry = decks.exactly(name)?;
    let defaults = Settings::default();
    let mut text = format!("{}\n", entry.deck.name);
    if let Some(days) = days_to_exam(&entry.settings, context.today(store.reader())?.1) {
        text += &format!("  the exam is in {}: see `retain plan`\n", words::count(days, "day"));
    }
    for key in Settings::keys() {
        let value = entry.settings.get(key).map_err(refused)?;
        let note = if defaults.get(key).map_err(refused)? == value { "" } else { "  (changed)" };
        text += &format!("  {key:<26} {value}{note}\n");
    }
    context.print(&text)?;
    Ok(Done::Whole)
}

fn set(context: &Context, words: &[String], default: bool) -> Result<Done> {
    let (deck, pairs) = match words {
        pairs if default => (None, pairs),
        [deck, pairs @ ..] => (Some(deck), pairs),
        [] => (None, words),
    };
    if pairs.is_empty() {
        return Err(Error::usage("no setting is named").hint("write `retain deck set DECK desired-retention=0.9`"));
    }
    let mut store = context.store()?;
    let now = context.clock.now();
    let mut writer = store.writer()?;
    let before = Decks::read(writer.reader())?;
    let chosen = deck.map(|name| before.exactly(name)).transpose()?;
    let mut settings = match chosen {
        Some(entry) => entry.settings.clone(),
        None => writer.reader().default_settings()?,
    };
    let mut changes = Vec::new();
    for pair in pairs {
        let Some((key, value)) = pair.split_once('=') else {
            return Err(Error::usage(format!("`{pair}` is no setting")).hint("write it as `key=value`"));
        };
        let (key, value) = (key.trim(), value.trim());
        if key == "day-start" && chosen.is_some() {
            return Err(Error::person("the day begins at one hour for the whole database")
                .hint(format!("write `retain deck set --default day-start={value}`")));
        }
        settings.set(key, value).map_err(refused)?;
        changes.push((key, settings.get(key).map_err(refused)?));
    }
    let mut told = String::new();
    for (key, value) in &changes {
        writer.set(chosen.map(|entry| entry.deck.id), key, value, now.utc_ms, "set by hand")?;
        told += &format!("{}: {key} is now {value}\n", chosen.map_or("default", |entry| entry.deck.name.as_str()));
    }
    let after = Decks::read(writer.reader())?;
    remake_memory(&mut writer, &before, &after)?;
    writer.commit()?;
    context.talk(&told)?;
    Ok(Done::Whole)
}

/// Memory that was made under other parameters is remade from the log, in the same transaction.
fn remake_memory(writer: &mut crate::store::Writer<'_>, before: &Decks, after: &Decks) -> Result<()> {
    let changed = |entry: &&DeckEntry| {
        !before.all().iter().any(|old| old.deck.id == entry.deck.id && old.parameters == entry.parameters)
    };
    let decks: Vec<_> = after.all().iter().filter(changed).map(|entry| entry.deck.id).collect();
    if decks.is_empty() {
        return Ok(());
    }
    for (card, deck) in writer.reader().cards_with_decks()? {
        if decks.contains(&deck) {
            refold(writer, after, card)?;
        }
    }
    Ok(())
}

fn refused(error: SettingError) -> Error {
    let refused = Error::person(error.to_string());
    match error {
        SettingError::UnknownKey(key) => {
            let alike =
                Settings::keys().max_by(|a, b| strsim::jaro_winkler(a, &key).total_cmp(&strsim::jaro_winkler(b, &key)));
            match alike {
                Some(known) if strsim::jaro_winkler(known, &key) > 0.8 => {
                    refused.hint(format!("did you mean `{known}`?"))
                }
                _ => refused.hint(format!("the settings are {}", Settings::keys().collect::<Vec<_>>().join(", "))),
            }
        }
        SettingError::Value { .. } => refused.hint("nothing was changed"),
    }
}
