//! `retain deck`: decks and their settings.

use clap::{Args as Arguments, Subcommand};

use super::{Context, postpone};
use crate::error::{Done, Error, Result};
use crate::study::is_setting;
use crate::ui::rich::line;
use crate::ui::{decks, screen, settings};

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
        /// Archived decks too
        #[arg(long)]
        all: bool,
        /// Decks that were deleted, instead of those that are there
        #[arg(long, conflicts_with_all = ["all", "json"])]
        deleted: bool,
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
    /// Make an empty deck
    Create {
        /// Its name; `::` puts it into another deck
        name: String,
    },
    /// Put a deck into another one, with the decks in it
    Move {
        /// The deck
        deck: String,
        /// The deck that it goes into
        #[arg(required_unless_present = "top")]
        into: Option<String>,
        /// Out of the decks around it
        #[arg(long, conflicts_with = "into")]
        top: bool,
    },
    /// Put all questions of a deck into another one; the first deck is removed
    Merge {
        /// The deck that goes
        from: String,
        /// The deck that it goes into
        into: String,
        /// Nothing is asked: `retain undo` takes it back
        #[arg(long, hide = true)]
        yes: bool,
    },
    /// Leave a deck out of daily reviews and lists, until you name it
    Archive {
        /// The deck, with the decks in it
        deck: String,
    },
    /// Put an archived deck back into use
    Unarchive {
        /// The deck, with the decks in it
        deck: String,
    },
    /// Delete a deck with its questions; their answers stay in the log
    Delete {
        /// The deck, with the decks in it
        deck: String,
        /// Nothing is asked: `retain undo` takes it back
        #[arg(long, hide = true)]
        yes: bool,
    },
    /// Bring a deleted deck back, with its questions
    Restore {
        /// The deck, with the decks in it
        deck: String,
    },
    /// Put off due cards, those first that lose least by it
    Postpone(postpone::PostponeArgs),
    /// Ask cards before they are due, those first that lose least by it
    Advance(postpone::AdvanceArgs),
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    match &args.action {
        DeckAction::List { deleted: true, .. } => {
            let names = context.trainer()?.deleted_decks()?;
            if names.is_empty() {
                context.talk("no deck was deleted")?;
            }
            context.print(&names.iter().map(|name| format!("{}\n", line(name))).collect::<String>())?;
        }
        DeckAction::List { all, json, .. } => {
            let trainer = context.trainer()?;
            let (list, every) = (trainer.deck_list(*all)?, trainer.deck_list(true)?.len());
            let hidden = every - list.len();
            if every == 0 {
                context.talk("there are no decks yet\nhint: begin with `retain import FILE`")?;
            } else if *json {
                context.print(&decks::json(&list)?)?;
            } else {
                context.print(&decks::text(&list, screen::columns()))?;
                trainer.keep_deck_list(&list);
                if hidden > 0 {
                    context.talk(&decks::hidden(hidden))?;
                }
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
            context.talk(&decks::renamed(&renamed))?;
        }
        DeckAction::Create { name } => {
            context.rehearse(|trainer| trainer.create_deck(name))?;
            let name = context.trainer_or_new()?.create_deck(name)?;
            context.talk(&decks::created(&name))?;
        }
        DeckAction::Move { deck, into, .. } => {
            let moved = context.trainer()?.move_deck(deck, into.as_deref())?;
            context.talk(&decks::renamed(&moved))?;
        }
        DeckAction::Merge { from, into, yes: _ } => {
            let mut trainer = context.trainer()?;
            let merged = trainer.merge_decks(from, into)?;
            context.talk(&decks::merged(&merged))?;
            for deck in &merged.into {
                if trainer.is_archived(deck)? {
                    context.talk(&decks::in_archive(deck))?;
                }
            }
        }
        DeckAction::Archive { deck } => {
            let shelved = context.trainer()?.archive_deck(deck)?;
            context.talk(&decks::archived(&shelved))?;
        }
        DeckAction::Unarchive { deck } => {
            let shelved = context.trainer()?.unarchive_deck(deck)?;
            context.talk(&decks::unarchived(&shelved))?;
        }
        DeckAction::Delete { deck, yes: _ } => {
            let shelved = context.trainer()?.delete_deck(deck)?;
            context.talk(&decks::deleted(&shelved))?;
        }
        DeckAction::Restore { deck } => {
            let shelved = context.trainer()?.restore_deck(deck)?;
            context.talk(&decks::restored(&shelved))?;
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
    let key = deck.and_then(|first| first.split('=').next()).map(str::trim).filter(|key| is_setting(key));
    let has_value =
        deck.is_some_and(|first| first.contains('=')) || pairs.first().is_some_and(|next| next.starts_with('='));
    if let Some(key) = key.filter(|_| has_value) {
        return Err(Error::usage("no deck is named").hint(format!(
            "write `retain deck set DECK {key}=…`, or `retain deck set --default {key}=…` for all decks"
        )));
    }
    if pairs.is_empty() {
        return Err(Error::usage("no setting is named").hint("write `retain deck set DECK desired-retention=0.9`"));
    }
    if default {
        context.rehearse(|trainer| trainer.change_settings(deck, pairs))?;
    }
    let mut trainer = if default { context.trainer_or_new()? } else { context.trainer()? };
    context.talk(&trainer.change_settings(deck, pairs)?)
}
