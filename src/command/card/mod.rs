//! `retain card`: cards, by their identities as exports name them.

mod edit;
mod list;

use std::path::PathBuf;

use clap::{Args as Arguments, Subcommand};
use uuid::Uuid;

use super::Context;
use crate::error::{Done, Result};
use crate::model::MoveKind;
use crate::ui::card;
use crate::ui::paint::Paint;

/// One card.
#[derive(Arguments, Debug)]
pub struct Args {
    #[command(subcommand)]
    action: CardAction,
}

#[derive(Debug, Subcommand)]
enum CardAction {
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
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    match &args.action {
        CardAction::List(args) => list::run(context, args)?,
        CardAction::Show { card, json } => show(context, *card, *json)?,
        CardAction::Edit { card, file } => edit::run(context, *card, file.as_deref())?,
        CardAction::Flag { card, note } => {
            context.trainer()?.flag_card(*card, Some(note.trim()))?;
            context.talk(&format!("{card} is flagged"))?;
        }
        CardAction::Unflag { card } => {
            let was = context.trainer()?.flag_card(*card, None)?;
            context.talk(&format!("{card} is {}", if was { "no longer flagged" } else { "not flagged" }))?;
        }
        CardAction::Bury { card } => {
            let tomorrow = context.trainer()?.present()?.today.plus(1);
            relocate(context, *card, MoveKind::Bury(tomorrow), "put off until tomorrow")?;
        }
        CardAction::Suspend { card } => relocate(context, *card, MoveKind::Suspend, "suspended")?,
        CardAction::Unsuspend { card } => relocate(context, *card, MoveKind::Unsuspend, "back in the schedule")?,
        CardAction::Unbury { card } => relocate(context, *card, MoveKind::Unbury, "back in today")?,
        CardAction::Reset { card } => relocate(context, *card, MoveKind::Forget, "new again")?,
    }
    Ok(Done::Whole)
}

fn show(context: &Context, uid: Uuid, json: bool) -> Result<()> {
    let details = context.trainer()?.card(uid)?;
    let now = context.clock.now();
    let paint = Paint::new(context.color_out());
    context.print(&if json { card::json(&details, now)? } else { card::text(&details, &context.media(), now, paint) })
}

fn relocate(context: &Context, card: Uuid, kind: MoveKind, words: &str) -> Result<()> {
    context.trainer()?.move_card(card, kind, "by hand")?;
    context.talk(&format!("{card} is {words}"))
}
