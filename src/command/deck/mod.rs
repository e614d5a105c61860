//! `retain deck`: decks and their settings.

mod list;
mod rename;
mod set;
mod show;

use clap::{Args as Arguments, Subcommand};

use super::{Context, postpone};
use crate::error::{Done, Result};
pub(super) use show::{cut, when};

/// Decks and their settings.
#[derive(Arguments, Debug)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the decks, with how many cards they hold and how many of them are due
    List {
        /// JSON Lines, for programs
        #[arg(long)]
        json: bool,
    },
    /// Show a deck's settings, and where each comes from
    Show {
        /// The deck
        deck: String,
        /// JSON Lines, for programs
        #[arg(long)]
        json: bool,
    },
    /// Change settings of a deck and the decks in it, or the defaults
    Set {
        /// The deck, then `key=value …`; `key=inherit` takes a value back
        #[arg(value_name = "DECK KEY=VALUE", required = true)]
        words: Vec<String>,
        /// Change the defaults of all decks instead of one deck
        #[arg(long)]
        default: bool,
    },
    /// Give a deck another name, and take the decks in it along
    Rename {
        /// The deck
        deck: String,
        /// Its new name; `::` puts it into another deck
        name: String,
    },
    /// Put off due cards, those first that lose least by it
    Postpone(postpone::PostponeArgs),
    /// Ask cards before they are due, those first that lose least by it
    Advance(postpone::AdvanceArgs),
}

/// Runs the command.
///
/// # Errors
/// When there is no such deck, a setting or a name is refused, or the database fails.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    match &args.action {
        Action::List { json } => list::run(context, *json),
        Action::Show { deck, json } => show::run(context, deck, *json),
        Action::Set { words, default } => set::run(context, words, *default),
        Action::Rename { deck, name } => rename::run(context, deck, name),
        Action::Postpone(args) => postpone::postpone(context, args),
        Action::Advance(args) => postpone::advance(context, args),
    }
}
