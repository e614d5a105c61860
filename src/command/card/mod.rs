//! `retain card`: cards, by their identities as exports name them.

mod edit;
mod list;
mod show;
pub(super) use show::about;
mod shown;

use std::path::PathBuf;

use clap::{Args as Arguments, Subcommand};
use uuid::Uuid;

use super::Context;
use super::decks::Decks;
use super::ledger::Ledger;
use crate::error::{Done, Error, Result};
use crate::model::{CardId, MoveKind};
use crate::store::{LoadedCard, Store};

/// One card.
#[derive(Arguments, Debug)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List cards
    List(list::Args),
    /// Show a card, its answers, and what is remembered of it
    Show {
        /// The card, as `card list` names it
        #[arg(value_parser = identity)]
        card: Uuid,
        /// JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// Edit the question of a card; its answers stay
    Edit {
        /// The card; or a question, as `bank print` names those that their banks gave no id
        #[arg(value_parser = identity)]
        card: Uuid,
        /// Take the text from this file, or `-`, instead of an editor
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Mark a card to come back to
    Flag {
        /// The card
        #[arg(value_parser = identity)]
        card: Uuid,
        /// Why, or what to do
        #[arg(long, default_value = "", hide_default_value = true, value_name = "TEXT")]
        note: String,
    },
    /// Take the flag off a card
    Unflag {
        /// The card
        #[arg(value_parser = identity)]
        card: Uuid,
    },
    /// Take a card out of the schedule
    Suspend {
        /// The card
        #[arg(value_parser = identity)]
        card: Uuid,
    },
    /// Put a card back into the schedule
    Unsuspend {
        /// The card
        #[arg(value_parser = identity)]
        card: Uuid,
    },
    /// Put a card off until tomorrow
    Bury {
        /// The card
        #[arg(value_parser = identity)]
        card: Uuid,
    },
    /// Put a buried card back into today
    Unbury {
        /// The card
        #[arg(value_parser = identity)]
        card: Uuid,
    },
    /// Make a card new again; its answers stay in the log
    Reset {
        /// The card
        #[arg(value_parser = identity)]
        card: Uuid,
    },
}

/// Reads the identity of a card.
fn identity(text: &str) -> std::result::Result<Uuid, String> {
    Uuid::try_parse(text).map_err(|_| "a card is named by its identity, which `retain card list` shows".into())
}

/// Runs the command.
///
/// # Errors
/// When there is no such card, or the database fails.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    match &args.action {
        Action::List(args) => list::run(context, args),
        Action::Show { card, json } => show::run(context, *card, *json),
        Action::Edit { card, file } => edit::run(context, *card, file.as_deref()),
        Action::Flag { card, note } => flag(context, *card, Some(note)),
        Action::Unflag { card } => flag(context, *card, None),
        Action::Bury { card } => {
            let (_, today) = context.today(context.store()?.reader())?;
            relocate(context, *card, MoveKind::Bury(today.plus(1)), "put off until tomorrow")
        }
        Action::Suspend { card } => relocate(context, *card, MoveKind::Suspend, "suspended"),
        Action::Unsuspend { card } => relocate(context, *card, MoveKind::Unsuspend, "back in the schedule"),
        Action::Unbury { card } => relocate(context, *card, MoveKind::Unbury, "back in today"),
        Action::Reset { card } => relocate(context, *card, MoveKind::Forget, "new again"),
    }
}

fn relocate(context: &Context, card: Uuid, kind: MoveKind, words: &str) -> Result<Done> {
    let mut store = context.store()?;
    let decks = Decks::read(store.reader())?;
    let (id, _) = find(&store, card)?;
    let mut ledger = Ledger { store: &mut store, decks: &decks, seed: context.mixed_seed() };
    ledger.relocate(id, kind, "by hand", context.clock.now())?;
    context.talk(&format!("{card} is {words}"))?;
    Ok(Done::Whole)
}

/// Flags a card with a note, or takes its flag off.
fn flag(context: &Context, card: Uuid, note: Option<&str>) -> Result<Done> {
    let mut store = context.store()?;
    let (id, _) = find(&store, card)?;
    let mut writer = store.writer()?;
    let words = match note {
        Some(note) => {
            writer.flag(id, note.trim(), context.clock.now().utc_ms)?;
            "flagged"
        }
        None if writer.unflag(id)? => "no longer flagged",
        None => "not flagged",
    };
    writer.commit()?;
    context.talk(&format!("{card} is {words}"))?;
    Ok(Done::Whole)
}

/// The card of this identity, with its number and its question.
fn find(store: &Store, card: Uuid) -> Result<(CardId, LoadedCard)> {
    let reader = store.reader();
    let found = match reader.card_by_uid(card)? {
        Some(id) => reader.card(id)?.map(|loaded| (id, loaded)),
        None => None,
    };
    found.ok_or_else(|| Error::person(format!("no card is called `{card}`")).hint("`retain card list` lists all cards"))
}
