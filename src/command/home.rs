//! `retain` alone: today at a glance.

use super::Context;
use super::decks::Decks;
use super::review::limits;
use crate::error::{Done, Result};
use crate::schedule::Allowance;
use crate::ui::home::{self, DeckToday, Home};
use crate::ui::paint::Paint;

/// Until answers say otherwise, one takes this long.
const USUAL_MS: f64 = 10_000.0;

/// Runs the command.
///
/// # Errors
/// When the database fails.
pub fn run(context: &Context) -> Result<Done> {
    let store = context.store()?;
    let reader = store.reader();
    let (now, today) = context.today(reader)?;
    let decks = Decks::read(reader)?;
    let mut allowance = Allowance::new(&limits(reader, &decks, None, now, today)?);
    let mut shown = Vec::new();
    for entry in decks.all() {
        let counts = reader.deck_counts(entry.deck.id, today)?;
        let due = (0..counts.due).take_while(|_| allowance.take_review(entry.deck.id)).count() as u64;
        shown.push(DeckToday { name: entry.deck.name.clone(), new: counts.new, learning: counts.learning, due });
    }
    for (deck, entry) in shown.iter_mut().zip(decks.all()) {
        deck.new = (0..deck.new).take_while(|_| allowance.take_new(entry.deck.id)).count() as u64;
    }
    let left: u64 = shown.iter().map(|deck| deck.new + deck.learning + deck.due).sum();
    let mean = reader.mean_answer_ms()?.unwrap_or(USUAL_MS);
    let home = Home {
        minutes: left as f64 * mean / 60_000.0,
        streak: reader.streak(today, reader.default_settings()?.day_start)?,
        answered: reader.today(now, today)?.iter().map(|row| u64::from(row.answers)).sum(),
        decks: shown,
    };
    context.print(&home::text(&home, Paint::new(context.color_out())))?;
    Ok(Done::Whole)
}
