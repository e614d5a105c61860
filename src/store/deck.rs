//! Decks.

use rusqlite::OptionalExtension;

use super::{Reader, Writer, fault};
use crate::error::Result;
use crate::model::{CardState, Deck, DeckId, StudyDay};

/// How the cards of a deck stand on a study day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeckCounts {
    /// New cards, without suspended and buried ones.
    pub new: u64,
    /// Cards in learning and relearning steps.
    pub learning: u64,
    /// Cards due for review.
    pub due: u64,
}

/// How many cards a deck holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeckSize {
    /// All of them.
    pub cards: u64,
    /// Of these, suspended ones.
    pub suspended: u64,
}

impl Reader<'_> {
    /// All decks, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn decks(&self) -> Result<Vec<Deck>> {
        let mut statement =
            self.connection.prepare_cached("select id, name from deck order by name").map_err(fault::of)?;
        let rows = statement
            .query_map([], |row| Ok(Deck { id: DeckId(row.get(0)?), name: row.get(1)? }))
            .map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    /// How many cards a deck holds, without the decks in it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn deck_size(&self, deck: DeckId) -> Result<DeckSize> {
        self.connection
            .prepare_cached("select count(*), coalesce(sum(suspended), 0) from memory where deck = ?")
            .and_then(|mut statement| {
                statement.query_row([deck.0], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))
            })
            .map(|(cards, suspended)| DeckSize { cards: cards.unsigned_abs(), suspended: suspended.unsigned_abs() })
            .map_err(fault::of)
    }

    /// How the cards of a deck stand today, without the decks in it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn deck_counts(&self, deck: DeckId, today: StudyDay) -> Result<DeckCounts> {
        let count = |state: CardState, due: &str| -> Result<u64> {
            let sql = format!(
                "select count(*) from memory where deck = ?1 and suspended = 0 and state = ?2
                 and (buried_until is null or buried_until <= ?3) {due}"
            );
            self.connection
                .prepare_cached(&sql)
                .and_then(|mut statement| {
                    statement.query_row((deck.0, state.number(), today.0), |row| row.get::<_, i64>(0))
                })
                .map(i64::unsigned_abs)
                .map_err(fault::of)
        };
        Ok(DeckCounts {
            new: count(CardState::New, "")?,
            learning: count(CardState::Learning, "")? + count(CardState::Relearning, "")?,
            due: count(CardState::Review, "and due_day <= ?3")?,
        })
    }
}

impl Writer<'_> {
    /// Gives decks other names, all at once, so that they may take the names of each other.
    ///
    /// # Errors
    /// When it cannot be written, or another deck has one of the names.
    pub fn rename_decks(&mut self, decks: &[Deck]) -> Result<()> {
        // No deck that a person names begins so: it is between two names.
        let between = |deck: &Deck| format!("::{}", deck.id.0);
        for name in [between, |deck: &Deck| deck.name.clone()] {
            for deck in decks {
                self.transaction
                    .execute("update deck set name = ? where id = ?", (name(deck), deck.id.0))
                    .map_err(fault::of)?;
            }
        }
        Ok(())
    }

    /// The deck of this name, made where there is none. Letter case does not tell decks apart.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn deck(&mut self, name: &str) -> Result<Deck> {
        let found = self
            .transaction
            .query_row("select id, name from deck where name = ?", [name], |row| {
                Ok(Deck { id: DeckId(row.get(0)?), name: row.get(1)? })
            })
            .optional()
            .map_err(fault::of)?;
        if let Some(deck) = found {
            return Ok(deck);
        }
        self.transaction.execute("insert into deck (name) values (?)", [name]).map_err(fault::of)?;
        Ok(Deck { id: DeckId(self.transaction.last_insert_rowid()), name: name.into() })
    }
}
