//! Today at a glance.

use super::day::{CountedDay, RECENT, ReviewRequest, count_day, done};
use super::decks::{DeckEntry, Decks};
use super::idle::{IdleReason, idle_reason};
use super::present::Present;
use crate::error::Result;
use crate::model::{Deck, StudyDay};
use crate::schedule::days_to_exam;
use crate::stats::Pace;
use crate::store::{BegunCounts, Reader};

/// A deck today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeckToday {
    /// The deck's name.
    pub name: String,
    /// New cards that today asks for.
    pub new: u64,
    /// Cards in learning steps.
    pub learning: u64,
    /// Cards due for review.
    pub due: u64,
    /// Cards that were seen and that today asks for the exam, due or not; `None` without an exam ahead.
    pub for_exam: Option<u64>,
    /// All cards that today asks for.
    pub today: u64,
    /// Whether there are cards that were never asked, within today's or beyond.
    pub unseen: bool,
    /// Due cards that today does not ask for, as the limits say, or as another card of their question has its turn.
    pub left_over: u64,
}

impl DeckToday {
    /// Whether there are cards beyond what today asks for.
    pub fn has_more(&self) -> bool {
        self.unseen || self.left_over > 0
    }
}

/// Today.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Home {
    /// The decks, by name.
    pub decks: Vec<DeckToday>,
    /// Minutes that today's cards will take.
    pub minutes: f64,
    /// Study days in a row.
    pub streak: u32,
    /// Answers given today.
    pub answered: u64,
    /// Exams that are ahead.
    pub exams: Vec<ExamAhead>,
    /// Whether there is a card to practise, due or not.
    pub practice: bool,
    /// Why there is nothing to show, if no deck is in use.
    pub idle: Option<IdleReason>,
}

/// An exam that is ahead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExamAhead {
    /// The deck's name.
    pub deck: String,
    /// The day of the exam.
    pub day: StudyDay,
    /// Days until then.
    pub days: u32,
}

/// What today asks of each deck.
pub(super) fn home(reader: Reader<'_>, present: Present) -> Result<Home> {
    let today = present.today;
    let decks = Decks::load(reader)?;
    let CountedDay { work, begun } = count_day(reader, &decks, &ReviewRequest::default(), present)?;
    let mut shown = Vec::new();
    for entry in decks.in_use() {
        let BegunCounts { learning, due } = match begun.get(&entry.deck.id) {
            Some(counts) => *counts,
            None => reader.begun_counts(entry.deck.id, today)?,
        };
        let work = work.get(&entry.deck.id).copied().unwrap_or_default();
        let exam_ahead = days_to_exam(&entry.settings, today).is_some();
        shown.push(DeckToday {
            name: entry.deck.name.clone(),
            new: work.new,
            learning,
            due,
            for_exam: exam_ahead.then_some(work.for_exam),
            today: work.cards(),
            unseen: reader.has_new(entry.deck.id, today)?,
            left_over: if exam_ahead { 0 } else { due.saturating_sub(work.due) },
        });
    }
    let mut practice = shown.iter().any(|deck| deck.today > 0 || deck.has_more());
    for entry in decks.in_use() {
        practice = practice || reader.has_open(entry.deck.id, today)?;
    }
    let sum =
        |cards: fn(&DeckToday) -> u64| usize::try_from(shown.iter().map(cards).sum::<u64>()).unwrap_or(usize::MAX);
    let pace = Pace::measured(&reader.recent_times(RECENT)?);
    Ok(Home {
        // As the forecast has it, with the steps that follow on the same day.
        minutes: pace.minutes(
            sum(|deck| deck.today.saturating_sub(deck.new + deck.learning)),
            sum(|deck| deck.learning),
            sum(|deck| deck.new),
        ),
        streak: reader.streak(today, present.day_start)?,
        exams: decks.in_use().filter_map(|entry| exam_ahead(&decks, entry, today)).collect(),
        answered: done(reader, present)?.totals.iter().map(|row| u64::from(row.answers)).sum(),
        practice,
        idle: if shown.is_empty() { idle_reason(reader, None)? } else { None },
        decks: shown,
    })
}

/// The exam of a deck, if it is ahead and not that of the deck around it.
pub(super) fn exam_ahead(decks: &Decks, entry: &DeckEntry, today: StudyDay) -> Option<ExamAhead> {
    let days = days_to_exam(&entry.settings, today)?;
    let around = Deck::parent_name(&entry.deck.name).and_then(|name| decks.strictly(name));
    let own = around.is_none_or(|around| around.settings.exam != entry.settings.exam);
    own.then(|| ExamAhead { deck: entry.deck.name.clone(), day: today.plus(days), days })
}
