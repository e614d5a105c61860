//! `retain deck`: decks and their settings.

use clap::{Args as Arguments, Subcommand};

use super::{Context, postpone};
use crate::error::{Done, Error, Result};
use crate::ui::{decks, settings};

/// Decks and their settings.
#[derive(Arguments, Debug)]
pub struct Args {
    #[command(subcommand)]
    action: DeckAction,
}

#[derive(Debug, Subcommand)]
enum DeckAction {
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
    #[command(after_long_help = settings::all())]
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
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    match &args.action {
        DeckAction::List { json } => {
            let list = context.trainer()?.deck_list()?;
            if list.is_empty() {
                context.talk("there are no decks yet\nhint: begin with `retain import FILE`")?;
            } else {
                context.print(&if *json { decks::json(&list)? } else { decks::text(&list) })?;
            }
        }
        DeckAction::Show { deck, json } => {
            let settings = context.trainer()?.deck_settings(deck)?;
            let now = context.clock.now();
            context.print(&if *json {
                settings::deck_lines(&settings, now)?
            } else {
                settings::deck_text(&settings, now)
            })?;
        }
        DeckAction::Set { words, default } => set(context, words, *default)?,
        DeckAction::Rename { deck, name } => {
            let renamed = context.trainer()?.rename_deck(deck, name)?;
            context.talk(&renamed.iter().map(|(old, new)| format!("{old} is now {new}\n")).collect::<String>())?;
        }
        DeckAction::Postpone(args) => return postpone::postpone(context, args),
        DeckAction::Advance(args) => return postpone::advance(context, args),
    }
    Ok(Done::Whole)
}

/// All of the settings, or none of them.
fn set(context: &Context, words: &[String], default: bool) -> Result<()> {
    let (deck, pairs) = match words {
        pairs if default => (None, pairs),
        [deck, pairs @ ..] => (Some(deck.as_str()), pairs),
        [] => (None, words),
    };
    if pairs.is_empty() {
        return Err(Error::usage("no setting is named").hint("write `retain deck set DECK desired-retention=0.9`"));
    }
    let mut trainer = if default { context.trainer_or_new()? } else { context.trainer()? };
    context.talk(&trainer.change_settings(deck, pairs)?)
}
