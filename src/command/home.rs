//! `retain` alone: today at a glance.

use super::Context;
use super::decks::{DeckEntry, Decks};
use super::review::{ExamQueue, RECENT, done, limits};
use crate::error::{Done, Result};
use crate::model::{CardState, Deck, StudyDay};
use crate::schedule::{Allowance, days_to_exam};
use crate::stats::Pace;
use crate::store::QueueFilter;
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
    let mut allowance = Allowance::new(&limits(reader, &decks, None, now, today)?);
    let done = done(reader, now, today)?;
    let mut queue = ExamQueue::new(reader, &decks, &done, today, None);
    let mut exams = Vec::new();
    for entry in decks.all() {
        if queue.add(entry, &QueueFilter::default())? {
            exams.push(entry.deck.id);
        }
    }
    let before_exams = queue.choose(&mut allowance);
    let mut shown = Vec::new();
    for entry in decks.all() {
        let counts = reader.deck_counts(entry.deck.id, today)?;
        if exams.contains(&entry.deck.id) {
            let chosen = |state| {
                before_exams.iter().filter(|card| card.deck == entry.deck.id && card.state == state).count() as u64
            };
            let (new, due) = (chosen(CardState::New), chosen(CardState::Review));
            shown.push(DeckToday { name: entry.deck.name.clone(), new, learning: counts.learning, due });
            continue;
        }
        let due = (0..counts.due).take_while(|_| allowance.take_review(entry.deck.id)).count() as u64;
        shown.push(DeckToday { name: entry.deck.name.clone(), new: counts.new, learning: counts.learning, due });
    }
    for (deck, entry) in shown.iter_mut().zip(decks.all()).filter(|(_, entry)| !exams.contains(&entry.deck.id)) {
        deck.new = (0..deck.new).take_while(|_| allowance.take_new(entry.deck.id)).count() as u64;
    }
    let sum = |of: fn(&DeckToday) -> u64| usize::try_from(shown.iter().map(of).sum::<u64>()).unwrap_or(usize::MAX);
    let pace = Pace::of(&reader.timed_answers(RECENT, None)?);
    let home = Home {
        // As the forecast has it, with the steps that follow on the same day.
        minutes: pace.minutes(sum(|deck| deck.due + deck.learning), sum(|deck| deck.new)),
        streak: reader.streak(today, reader.default_settings()?.day_start)?,
        exams: decks.all().iter().filter_map(|entry| exam_of(&decks, entry, today)).collect(),
        answered: done.totals.iter().map(|row| u64::from(row.answers)).sum(),
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
