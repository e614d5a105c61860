//! What a change of settings will mean, computed from the cards of the decks that it touches.

use super::change::with_memory;
use super::exam::{Asking, changed_exams};
use super::one_day::short_of_retention;
use crate::error::Result;
use crate::store::Writer;
use crate::study::decks::DeckEntry;
use crate::study::present::Present;

/// Changes settings of decks or presets, and remakes the memory that follows from them. Returns what the change has to tell, and what
/// follows from it for the decks that it touches.
pub(super) fn with_consequences(
    present: Present,
    writer: &mut Writer<'_>,
    change: impl FnOnce(&mut Writer<'_>) -> Result<String>,
) -> Result<String> {
    let before = Asking::load(writer.reader(), present)?;
    let mut told = with_memory(writer, change)?;
    let after = Asking::load(writer.reader(), present)?;
    told += &changed_exams(&before, &after);
    let touched = after.decks.all().iter().filter(|entry| {
        let old = before.decks.entry(entry.deck.id).ok().map(|old| old.settings.desired_retention);
        old.is_some_and(|old| old < entry.settings.desired_retention)
    });
    let touched: Vec<&DeckEntry> = touched.collect();
    if !touched.is_empty() {
        let reviewing = writer.reader().reviewing()?;
        for entry in touched {
            told += &short_of_retention(&reviewing, entry)
                .map_or_else(String::new, |line| format!("{}: {line}\n", entry.deck.name));
        }
    }
    Ok(told)
}
