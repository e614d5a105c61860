//! What a change of settings will mean, said when it is made: reckoned from the cards of the decks that it touches.

mod exam;
mod one_day;

pub(super) use one_day::told as one_day;

use exam::Sight;

use super::Context;
use super::decks::DeckEntry;
use super::setting_change::with_memory;
use crate::error::Result;
use crate::store::Writer;

/// Changes settings of decks or presets, and remakes the memory that follows from them. Returns what the change has to tell, and what
/// follows from it for the decks that it touches.
pub(super) fn with_consequences(
    context: &Context,
    writer: &mut Writer<'_>,
    change: impl FnOnce(&mut Writer<'_>) -> Result<String>,
) -> Result<String> {
    let before = Sight::read(context, writer.reader())?;
    let mut told = with_memory(writer, change)?;
    let after = Sight::read(context, writer.reader())?;
    told += &exam::told(&before, &after);
    let touched = after.decks.all().iter().filter(|entry| {
        let old = before.decks.of(entry.deck.id).ok().map(|old| old.settings.desired_retention);
        old.is_some_and(|old| old < entry.settings.desired_retention)
    });
    let touched: Vec<&DeckEntry> = touched.collect();
    if !touched.is_empty() {
        let reviewing = writer.reader().reviewing()?;
        for entry in touched {
            told += &one_day::told(&reviewing, entry)
                .map_or_else(String::new, |line| format!("{}: {line}\n", entry.deck.name));
        }
    }
    Ok(told)
}
