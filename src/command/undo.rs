//! `retain undo`: takes back the last answer, also after the session.

use super::Context;
use super::decks::Decks;
use super::ledger::Ledger;
use crate::error::{Done, Error, Result};
use crate::ui::rich::line;

/// Runs the command.
///
/// # Errors
/// When there is no answer to take back, or the database fails.
pub fn run(context: &Context) -> Result<Done> {
    let mut store = context.store()?;
    let decks = Decks::read(store.reader())?;
    let now = context.clock.now();
    let undone = Ledger { store: &mut store, decks: &decks, seed: context.mixed_seed() }.take_back(now)?;
    let Some(undone) = undone else {
        return Err(Error::person("there is no answer to take back").hint("answers are given by `retain review`"));
    };
    let card = store.reader().card(undone.card)?;
    let stem = card.map(|card| format!("{} › {}", card.deck_name, line(first_line(&card.stem())))).unwrap_or_default();
    context.talk(&format!(
        "took back the last answer: {stem}\nthe card is {} again; the log keeps the answer, marked",
        undone.state.name()
    ))?;
    Ok(Done::Whole)
}

fn first_line(stem: &str) -> &str {
    stem.lines().next().unwrap_or_default()
}
