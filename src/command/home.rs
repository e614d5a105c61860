//! `retain` alone: today at a glance.

use super::Context;
use super::decks::{DeckEntry, Decks};
use super::review::{Choice, RECENT, choose, done};
use crate::error::{Done, Result};
use crate::model::{Deck, StudyDay};
use crate::schedule::days_to_exam;
use crate::stats::Pace;
use crate::ui::home::{self, DeckToday, ExamAhead, Home};
use crate::ui::paint::Paint;

/// Runs the command.
///
/// # Errors
/// When the database fails.
pub fn run(context: &Context) -> Result<Done> {
    let store = context.store()?;
    let reader = store.reader();
    let (now, today) = context.today(reader)?;
    let decks = Decks::read(reader)?;
    let work = choose(reader, &decks, &Choice::default(), now, context.mixed_seed())?.work;
    let mut shown = Vec::new();
    for entry in decks.all() {
        let counts = reader.deck_counts(entry.deck.id, today)?;
        let work = work.get(&entry.deck.id).copied().unwrap_or_default();
        shown.push(DeckToday {
            name: entry.deck.name.clone(),
            new: work.new,
            learning: counts.learning,
            due: counts.due,
            for_exam: days_to_exam(&entry.settings, today).map(|_| work.for_exam),
            today: work.cards(),
            left_over: days_to_exam(&entry.settings, today).map_or(counts.due.saturating_sub(work.due), |_| 0),
        });
    }
    let sum = |of: fn(&DeckToday) -> u64| usize::try_from(shown.iter().map(of).sum::<u64>()).unwrap_or(usize::MAX);
    let pace = Pace::of(&reader.timed_answers(RECENT, None)?);
    let home = Home {
        // As the forecast has it, with the steps that follow on the same day.
        minutes: pace.minutes(
            sum(|deck| deck.today.saturating_sub(deck.new + deck.learning)),
            sum(|deck| deck.learning),
            sum(|deck| deck.new),
        ),
        streak: reader.streak(today, reader.default_settings()?.day_start)?,
        exams: decks.all().iter().filter_map(|entry| exam_of(&decks, entry, today)).collect(),
        answered: done(reader, now, today)?.totals.iter().map(|row| u64::from(row.answers)).sum(),
        decks: shown,
    };
    context.print(&home::text(&home, Paint::new(context.color_out())))?;
    Ok(Done::Whole)
}

/// The exam of a deck, where it is ahead and not that of the deck around it.
fn exam_of(decks: &Decks, entry: &DeckEntry, today: StudyDay) -> Option<ExamAhead> {
    let days = days_to_exam(&entry.settings, today)?;
    let around = Deck::parent_name(&entry.deck.name).and_then(|name| decks.exactly(name).ok());
    let own = around.is_none_or(|around| around.settings.exam != entry.settings.exam);
    let day = today.plus(days);
    own.then(|| ExamAhead { deck: entry.deck.name.clone(), day, days })
}
