//! `retain optimize`: fits the parameters of the memory model to the answers, and adopts what predicts better.

use clap::Args as Arguments;

use super::Context;
use super::interrupt::Interrupt;
use super::progress::bars;
use crate::error::{Done, Result};
use crate::study::{FitRequest, Trainer};
use crate::ui::fits;

/// Fit the model of memory to your answers, where that predicts better.
#[derive(Arguments, Debug)]
pub struct Args {
    /// Give this deck (and the decks in it) parameters of its own, where they predict better than those it has
    #[arg(conflicts_with = "all")]
    deck: Option<String>,
    /// Fit the default of all decks, then each deck
    #[arg(long)]
    all: bool,
    /// Say what would be adopted, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Go back to the parameters before the last fit that was adopted
    #[arg(long, conflicts_with_all = ["all", "dry_run", "history"])]
    revert: bool,
    /// Show the fits so far, and what became of them
    #[arg(long, conflicts_with_all = ["all", "dry_run"])]
    history: bool,
    /// A line of JSON for each fit
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let deck = args.deck.as_deref();
    if args.history {
        return history(context, deck, args.json);
    }
    let mut watch = bars(context, Some(Interrupt::listen()?));
    let mut trainer = context.trainer()?;
    if args.revert {
        let reverted = trainer.revert_fit(deck, &mut watch)?;
        context.talk(&fits::reverted(&reverted))?;
        return Ok(Done::Whole);
    }
    let request = match deck {
        Some(deck) => FitRequest::Deck(deck),
        None if args.all => FitRequest::All,
        None => FitRequest::Default,
    };
    let tried = trainer.optimize(request, args.dry_run, &mut watch)?;
    drop(watch);
    context.print(&if args.json { fits::json(&tried)? } else { fits::text(&tried, args.dry_run) })?;
    Ok(Done::Whole)
}

fn history(context: &Context, deck: Option<&str>, json: bool) -> Result<Done> {
    let past = context.trainer()?.past_fits(deck)?;
    if past.is_empty() && !json {
        context.talk("no fit was tried yet\nhint: run `retain optimize`")?;
    }
    context.print(&fits::history(&past, json, context.clock.now().offset_minutes)?)?;
    Ok(Done::Whole)
}

/// Fits the default parameters at the start of a day, if it is time, and says what was changed.
pub(super) fn at_the_start_of_a_day(context: &Context, trainer: &mut Trainer) -> Result<()> {
    if !trainer.is_time_to_fit()? {
        return Ok(());
    }
    let mut watch = bars(context, Some(Interrupt::listen()?));
    let answers = trainer.reader().review_count()?;
    let fitted = trainer.fit_default(&mut watch)?;
    drop(watch);
    fitted.map_or(Ok(()), |attempt| context.talk(&fits::automatic(&attempt, answers)))
}
