//! `retain deck postpone` and `retain deck advance`: due cards later, or cards ahead sooner.

use clap::Args as Arguments;

use super::Context;
use super::decks::Decks;
use super::shift::{self, Field, Mode, Title};
use crate::error::{Done, Error, Result};
use crate::schedule::shift::{advance as sooner, postpone as later};

const POSTPONE: &str = "deck postpone";
const ADVANCE: &str = "deck advance";

/// Put off due cards, those first that lose least by it.
#[derive(Arguments, Debug)]
pub(super) struct PostponeArgs {
    /// The deck, with the decks in it
    #[arg(required_unless_present = "undo")]
    deck: Option<String>,
    /// Over how many days they are spread (default: each by 5–10 % of its interval)
    #[arg(value_parser = shift::days)]
    days: Option<u32>,
    /// Which share of the due cards, over 0 up to 1 (default: all)
    #[arg(long, value_parser = shift::share)]
    share: Option<f64>,
    #[command(flatten)]
    mode: Mode,
}

/// Ask cards before they are due, those first that lose least by it.
#[derive(Arguments, Debug)]
pub(super) struct AdvanceArgs {
    /// The deck, with the decks in it
    #[arg(required_unless_present = "undo")]
    deck: Option<String>,
    /// Of the cards that are due within so many days
    #[arg(value_parser = shift::days, required_unless_present = "undo")]
    days: Option<u32>,
    /// Which share of them, over 0 up to 1 (default: all)
    #[arg(long, value_parser = shift::share)]
    share: Option<f64>,
    #[command(flatten)]
    mode: Mode,
}

/// Puts off due cards.
pub(super) fn postpone(context: &Context, args: &PostponeArgs) -> Result<Done> {
    if args.mode.undo {
        return shift::undo(context, &args.mode, POSTPONE);
    }
    let mut store = context.store()?;
    let decks = Decks::read(store.reader())?;
    let field = Field::read(context, store.reader(), &decks, Some(named(args.deck.as_deref())?))?;
    let shifts = later(&field.unburied(), args.share.unwrap_or(1.0), args.days, &mut field.load(), field.today);
    let title = Title { command: POSTPONE, why: "postponed by hand".into(), note: None };
    shift::carry_out(context, &mut store, &args.mode, &title, &field, &shifts)
}

/// Makes cards due before their time.
pub(super) fn advance(context: &Context, args: &AdvanceArgs) -> Result<Done> {
    if args.mode.undo {
        return shift::undo(context, &args.mode, ADVANCE);
    }
    let mut store = context.store()?;
    let decks = Decks::read(store.reader())?;
    let field = Field::read(context, store.reader(), &decks, Some(named(args.deck.as_deref())?))?;
    let shifts = sooner(&field.cards(), args.share.unwrap_or(1.0), args.days.unwrap_or(1), field.today);
    let title = Title { command: ADVANCE, why: "advanced by hand".into(), note: None };
    shift::carry_out(context, &mut store, &args.mode, &title, &field, &shifts)
}

fn named(deck: Option<&str>) -> Result<&str> {
    deck.ok_or_else(|| Error::usage("no deck is named").hint("`retain deck list` shows all decks"))
}
