//! `retain card`: cards, named by their ids, by numbers of the last list, or by words.

mod change;
mod chosen;
mod edit;
mod list;

use std::path::PathBuf;

use clap::{ArgGroup, Args as Arguments, Subcommand};

use chosen::Chosen;

use super::Context;
use crate::error::{Done, Error, Result};
use crate::model::MoveKind;
use crate::study::{NamedCard, NamedCards, Trainer};
use crate::ui::paint::Paint;
use crate::ui::{card, card_names};

/// One card.
#[derive(Arguments, Debug)]
pub struct Args {
    #[command(subcommand)]
    action: CardAction,
}

/// How cards are named.
const NAMES: &str = "Name cards by the first letters of their id (at least 4), by a number of the last list (`3` or `#3`), or by words \
                     of the question (`\"largest planet\"`), if only one card has them.";

#[derive(Debug, Subcommand)]
enum CardAction {
    /// List cards
    List(list::Args),
    /// Show a card, its answers, and what is remembered of it
    #[command(after_help = NAMES)]
    Show {
        /// The card
        card: String,
        /// JSON, for programs
        #[arg(long)]
        json: bool,
    },
    /// Edit the question of a card; its answers stay
    #[command(after_help = NAMES)]
    Edit {
        /// The card; or a question, as `bank print` names those that their banks gave no id
        card: String,
        /// Take the text from this file, or `-`, instead of an editor
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Mark cards to come back to
    Flag {
        #[command(flatten)]
        chosen: Chosen,
        /// Why, or what to do
        #[arg(long, default_value = "", hide_default_value = true, value_name = "TEXT")]
        note: String,
    },
    /// Take the flags off cards
    Unflag(Chosen),
    /// Take cards out of the schedule
    Suspend(Chosen),
    /// Put cards back into the schedule
    Unsuspend(Chosen),
    /// Put cards off until tomorrow
    Bury(Chosen),
    /// Put buried cards back into today
    Unbury(Chosen),
    /// Make cards new again; their answers stay in the log
    Reset(Chosen),
    /// Move questions with their cards and answers to another deck
    Move {
        #[command(flatten)]
        chosen: Chosen,
        /// The deck
        #[arg(long, value_name = "DECK")]
        to: String,
    },
    /// Add tags to questions, or take tags off
    #[command(group(ArgGroup::new("change").args(["add", "remove"]).required(true).multiple(true)))]
    Tag {
        #[command(flatten)]
        chosen: Chosen,
        /// A tag to add
        #[arg(long, value_name = "TAG")]
        add: Vec<String>,
        /// A tag to take off
        #[arg(long, value_name = "TAG")]
        remove: Vec<String>,
    },
    /// Delete questions with their cards; their answers stay in the log
    Delete(Chosen),
    /// Bring deleted questions back
    Restore(Chosen),
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    match &args.action {
        CardAction::List(args) => list::run(context, args)?,
        CardAction::Show { card, json } => show(context, card, *json)?,
        CardAction::Edit { card, file } => edit::run(context, card, file.as_deref())?,
        CardAction::Flag { chosen, note } => change::flag(context, chosen, Some(note.trim()))?,
        CardAction::Unflag(chosen) => change::flag(context, chosen, None)?,
        CardAction::Bury(chosen) => {
            let tomorrow = context.trainer()?.present()?.today.plus(1);
            change::relocate(context, chosen, MoveKind::Bury(tomorrow))?;
        }
        CardAction::Suspend(chosen) => change::relocate(context, chosen, MoveKind::Suspend)?,
        CardAction::Unsuspend(chosen) => change::relocate(context, chosen, MoveKind::Unsuspend)?,
        CardAction::Unbury(chosen) => change::relocate(context, chosen, MoveKind::Unbury)?,
        CardAction::Reset(chosen) => change::relocate(context, chosen, MoveKind::Forget)?,
        CardAction::Move { chosen, to } => change::transfer(context, chosen, to)?,
        CardAction::Tag { chosen, add, remove } => change::retag(context, chosen, add, remove)?,
        CardAction::Delete(chosen) => change::delete(context, chosen)?,
        CardAction::Restore(chosen) => change::restore(context, chosen)?,
    }
    Ok(Done::Whole)
}

/// The cards that were named, and a word if the list whose numbers were used is an old one.
fn say_if_stale(context: &Context, named: NamedCards) -> Result<Vec<NamedCard>> {
    if let Some(at) = named.stale {
        context.talk(&card_names::stale(at))?;
    }
    Ok(named.cards)
}

fn only(context: &Context, trainer: &mut Trainer, name: &str) -> Result<NamedCard> {
    let cards = say_if_stale(context, trainer.cards_named(&[name.to_owned()])?)?;
    cards.into_iter().next().ok_or_else(|| Error::usage("no card is named"))
}

fn show(context: &Context, name: &str, json: bool) -> Result<()> {
    let mut trainer = context.trainer()?;
    let uid = only(context, &mut trainer, name)?.uid;
    let details = trainer.card(uid)?;
    let now = context.clock.now();
    let paint = Paint::new(context.color_out());
    context.print(&if json { card::json(&details, now)? } else { card::text(&details, &context.media(), now, paint) })
}
