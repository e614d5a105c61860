//! `retain undo`: takes back the last answer, also after the session.

use super::Context;
use crate::error::{Done, Error, Result};
use crate::ui::rich::line;

/// Runs the command.
pub fn run(context: &Context) -> Result<Done> {
    let mut trainer = context.trainer()?;
    let Some(undone) = trainer.undo()? else {
        return Err(Error::person("there is no answer to take back").hint("answers are given by `retain review`"));
    };
    let card = trainer.undone_card(&undone)?.map(|card| {
        let stem = card.stem();
        format!("{} › {}", card.deck_name, line(stem.lines().next().unwrap_or_default()))
    });
    context.talk(&format!(
        "took back the last answer: {}\nthe card is {} again; the log keeps the answer, marked",
        card.unwrap_or_default(),
        undone.state.name()
    ))?;
    Ok(Done::Whole)
}
