//! The cards in review with what schedules them, and the work of the days.

use std::collections::HashMap;

use crate::error::Result;
use crate::memory::Fsrs6;
use crate::model::{CardId, DeckId, StudyDay};
use crate::schedule::due_moves::Movable;
use crate::schedule::{LOAD_DAYS, Load, Scheduler};
use crate::store::{Reader, ReviewingRow};
use crate::study::decks::Decks;
use crate::study::present::Present;

/// The cards in review.
#[derive(Debug)]
pub(super) struct Reviewing<'a> {
    pub(super) decks: &'a Decks,
    pub(super) present: Present,
    rows: Vec<ReviewingRow>,
    schedulers: HashMap<DeckId, Scheduler<'a, Fsrs6>>,
    scope: Vec<DeckId>,
    load: Vec<(StudyDay, u32)>,
}

impl<'a> Reviewing<'a> {
    /// Those of a deck and the decks in it are chosen; all without a name.
    pub(super) fn read_cards(
        reader: Reader<'_>,
        decks: &'a Decks,
        deck: Option<&str>,
        present: Present,
    ) -> Result<Self> {
        let scope = decks.named(deck)?.iter().map(|entry| entry.deck.id).collect();
        let schedulers = decks.all().iter().map(|entry| (entry.deck.id, entry.scheduler(present.seed))).collect();
        let load = reader.load(present.today, StudyDay(i32::MAX))?;
        let scope: Vec<DeckId> = scope;
        let mut rows = reader.reviewing()?;
        // An archived deck asks for nothing, unless it was named.
        let asks = |deck| scope.contains(&deck) || decks.entry(deck).is_ok_and(|entry| entry.shelf.is_none());
        rows.retain(|row| asks(row.deck));
        Ok(Self { decks, present, rows, schedulers, scope, load })
    }

    /// The cards of the chosen decks.
    pub(super) fn chosen(&self) -> Vec<Movable<'_, Fsrs6>> {
        self.all().into_iter().filter(|card| self.scope.contains(&card.deck)).collect()
    }

    /// The cards of the chosen decks that are not buried today: of a day's work, these are due.
    pub(super) fn unburied(&self) -> Vec<Movable<'_, Fsrs6>> {
        let buried = self.buried();
        self.chosen().into_iter().filter(|card| !buried.contains_key(&card.card)).collect()
    }

    /// The cards that are buried today, with the day from which they are not.
    pub(super) fn buried(&self) -> HashMap<CardId, StudyDay> {
        let until =
            |row: &ReviewingRow| Some((row.card, row.buried_until.filter(|until| *until > self.present.today)?));
        self.rows.iter().filter_map(until).collect()
    }

    /// The cards of all decks in use, and of those that were chosen.
    pub(super) fn all(&self) -> Vec<Movable<'_, Fsrs6>> {
        let movable = |row: &ReviewingRow| {
            Some(Movable {
                card: row.card,
                uid: row.uid,
                question: row.question,
                deck: row.deck,
                memory: row.memory,
                repetitions: row.repetitions,
                last_day: row.last_day,
                due: row.due,
                scheduler: self.schedulers.get(&row.deck)?,
            })
        };
        self.rows.iter().filter_map(movable).collect()
    }

    /// The work of the days from today on, over all decks.
    pub(super) fn load(&self) -> Load {
        Load::new(self.load.iter().copied(), Some(self.present.today.plus(LOAD_DAYS)), Vec::new())
    }
}
