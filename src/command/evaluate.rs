//! `retain evaluate`: how well recall is predicted, and what that means.

mod report;

use std::collections::HashMap;

use clap::Args as Arguments;

use super::Context;
use super::decks::Decks;
use super::histories;
use super::interrupt::{Interrupt, stopped};
use crate::error::{Done, Error, Result};
use crate::memory::{Fsrs6, Method, NoFit, evaluate};
use crate::model::DeckId;
use crate::ui::progress;

/// Show how well recall is predicted, in words, figures and a picture.
#[derive(Arguments, Debug)]
pub struct Args {
    /// Only this deck and the decks in it
    deck: Option<String>,
    /// The same as one line of JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When there is no such deck, somebody stops it, or the database fails.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let interrupt = Interrupt::listen()?;
    let store = context.store()?;
    let decks = Decks::read(store.reader())?;
    let chosen = decks.named(args.deck.as_deref())?;
    let histories = histories::read(context, store.reader(), &chosen, &interrupt)?.histories;
    let default = Fsrs6::default();
    let models: HashMap<DeckId, &Fsrs6> = chosen.iter().map(|entry| (entry.deck.id, &entry.replayer.model)).collect();
    let own = chosen.iter().any(|entry| entry.settings.parameters.is_some());
    let bar = progress::bar(0, "fitting the past", context.quiet);
    let mut watch = |done: usize, all: usize| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
        !interrupt.asked()
    };
    let in_use = |history: &crate::memory::History| models.get(&history.deck).copied().unwrap_or(&default);
    let evaluation = match evaluate(&histories, in_use, &mut watch) {
        Ok(evaluation) => Some(evaluation),
        Err(NoFit::TooFew) => None,
        Err(NoFit::Stopped) => return Err(stopped()),
        Err(NoFit::Failed) => return Err(Error::fault("the evaluation came to nothing").hint("please report this")),
    };
    bar.finish_and_clear();
    interrupt.check()?;
    let Some(evaluation) = evaluation else {
        let answers = histories.iter().map(|history| history.predicted().count()).sum();
        context.print(&report::too_few(args.deck.as_deref(), answers, args.json)?)?;
        return Ok(Done::Whole);
    };
    // Parameters that were fitted may have learnt from the very answers that judge them; the defaults have not.
    let judged = if own { Method::Fitted } else { Method::InUse };
    let report = report::Report::new(args.deck.as_deref(), &evaluation, judged);
    context.print(&if args.json { report.json()? } else { report.text() })?;
    Ok(Done::Whole)
}
