//! `retain preset`: sets of settings that decks share.

use clap::{Args as Arguments, Subcommand};

use super::Context;
use crate::error::{Done, Result};
use crate::study::PresetChange;
use crate::ui::settings;

/// Sets of settings that decks share.
#[derive(Arguments, Debug)]
pub struct Args {
    #[command(subcommand)]
    action: PresetAction,
}

#[derive(Debug, Subcommand)]
enum PresetAction {
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
    /// Give decks this preset, instead of the one they had
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
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    // A preset can be made before there is a deck.
    let mut trainer = match &args.action {
        PresetAction::Create { name, pairs } => {
            context.rehearse(|trainer| trainer.change_presets(PresetChange::Create(name, pairs)))?;
            context.trainer_or_new()?
        }
        _ => context.trainer()?,
    };
    let change = match &args.action {
        PresetAction::List { json } => {
            let presets = trainer.presets()?;
            context.print(&if *json { settings::preset_lines(&presets)? } else { settings::preset_list(&presets) })?;
            return Ok(Done::Whole);
        }
        PresetAction::Show { name, json } => {
            let (preset, now) = (trainer.preset(name)?, trainer.now());
            context.print(&if *json {
                settings::preset_values(&preset, now)?
            } else {
                settings::preset_text(&preset, now)
            })?;
            return Ok(Done::Whole);
        }
        PresetAction::Create { name, pairs } => PresetChange::Create(name, pairs),
        PresetAction::Set { name, pairs } => PresetChange::Set(name, pairs),
        PresetAction::Assign { name, decks } => PresetChange::Assign(name, decks),
        PresetAction::Unassign { deck } => PresetChange::Unassign(deck),
        PresetAction::Rename { name, to } => PresetChange::Rename(name, to),
        PresetAction::Delete { name } => PresetChange::Delete(name),
    };
    context.talk(&trainer.change_presets(change)?)?;
    Ok(Done::Whole)
}
