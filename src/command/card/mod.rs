//! `retain card`: cards, named by their ids, by numbers of the last list, or by words.

mod edit;
mod list;

use std::path::PathBuf;

use clap::{Args as Arguments, Subcommand};
use uuid::Uuid;

use super::Context;
use crate::error::{Done, Error, Result};
use crate::model::MoveKind;
use crate::study::{NamedCard, Trainer};
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
    #[command(after_help = NAMES)]
    Flag {
        /// The cards
        #[arg(required = true, value_name = "CARD")]
        cards: Vec<String>,
        /// Why, or what to do
        #[arg(long, default_value = "", hide_default_value = true, value_name = "TEXT")]
        note: String,
    },
    /// Take the flags off cards
    Unflag(NamedArgs),
    /// Take cards out of the schedule
    Suspend(NamedArgs),
    /// Put cards back into the schedule
    Unsuspend(NamedArgs),
    /// Put cards off until tomorrow
    Bury(NamedArgs),
    /// Put buried cards back into today
    Unbury(NamedArgs),
    /// Make cards new again; their answers stay in the log
    Reset(NamedArgs),
}

/// Cards that something is done to.
#[derive(Arguments, Debug)]
#[command(after_help = NAMES)]
struct NamedArgs {
    /// The cards
    #[arg(required = true, value_name = "CARD")]
    cards: Vec<String>,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    match &args.action {
        CardAction::List(args) => list::run(context, args)?,
        CardAction::Show { card, json } => show(context, card, *json)?,
        CardAction::Edit { card, file } => edit::run(context, card, file.as_deref())?,
        CardAction::Flag { cards, note } => flag(context, cards, Some(note.trim()))?,
        CardAction::Unflag(NamedArgs { cards }) => flag(context, cards, None)?,
        CardAction::Bury(NamedArgs { cards }) => {
            let tomorrow = context.trainer()?.present()?.today.plus(1);
            relocate(context, cards, MoveKind::Bury(tomorrow))?;
        }
        CardAction::Suspend(NamedArgs { cards }) => relocate(context, cards, MoveKind::Suspend)?,
        CardAction::Unsuspend(NamedArgs { cards }) => relocate(context, cards, MoveKind::Unsuspend)?,
        CardAction::Unbury(NamedArgs { cards }) => relocate(context, cards, MoveKind::Unbury)?,
        CardAction::Reset(NamedArgs { cards }) => relocate(context, cards, MoveKind::Forget)?,
    }
    Ok(Done::Whole)
}

/// The cards that were named, and a word if the list whose numbers were used is an old one.
fn named(context: &Context, trainer: &mut Trainer, names: &[String]) -> Result<Vec<NamedCard>> {
    let named = trainer.cards_named(names)?;
    if let Some(at) = named.stale {
        context.talk(&card_names::stale(at))?;
    }
    Ok(named.cards)
}

fn only(context: &Context, trainer: &mut Trainer, name: &str) -> Result<NamedCard> {
    let cards = named(context, trainer, &[name.to_owned()])?;
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

fn uids(cards: &[NamedCard]) -> Vec<Uuid> {
    cards.iter().map(|card| card.uid).collect()
}

fn relocate(context: &Context, names: &[String], kind: MoveKind) -> Result<()> {
    let mut trainer = context.trainer()?;
    let cards = named(context, &mut trainer, names)?;
    trainer.move_cards(&uids(&cards), kind, "by hand")?;
    context.talk(&card_names::moved(kind, &cards))
}

fn flag(context: &Context, names: &[String], note: Option<&str>) -> Result<()> {
    let mut trainer = context.trainer()?;
    let cards = named(context, &mut trainer, names)?;
    let changed = trainer.flag_cards(&uids(&cards), note)?;
    context.talk(&match note {
        Some(_) => card_names::flagged(&cards),
        None => card_names::unflagged(&cards, &changed),
    })
}
