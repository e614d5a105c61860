//! Decks.

use rusqlite::Row;

use super::query::{FromRow, Query};
use super::{Reader, Writer};
use crate::error::Result;
use crate::model::{CardState, Deck, DeckId, StudyDay};

/// How many cards of a deck are new, in steps and due on a study day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeckCounts {
    /// New cards, without suspended and buried ones.
    pub new: u64,
    /// Cards that were seen.
    pub begun: BegunCounts,
}

/// How many cards of a deck that were seen are in steps and due on a study day, without suspended and buried ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BegunCounts {
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

impl FromRow for Deck {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self { id: row.get("id")?, name: row.get("name")? })
    }
}

impl Reader<'_> {
    /// All decks, by name.
    pub fn decks(&self) -> Result<Vec<Deck>> {
        self.all("select id, name from deck order by name", [])
    }

    /// How many cards a deck holds, without the decks in it.
    pub fn deck_size(&self, deck: DeckId) -> Result<DeckSize> {
        let sql = "select count(*), coalesce(sum(suspended), 0) from memory
             where deck = ? and question not in (select question from deleted)";
        let (cards, suspended): (u32, u32) = self.value(sql, [deck])?;
        Ok(DeckSize { cards: cards.into(), suspended: suspended.into() })
    }

    /// How many cards of a deck are new, in steps and due today, without the decks in it.
    pub fn deck_counts(&self, deck: DeckId, today: StudyDay) -> Result<DeckCounts> {
        let sql = format!("select count(*) {}", in_state(""));
        let new = self.value::<u32>(&sql, (deck, CardState::New, today))?.into();
        Ok(DeckCounts { new, begun: self.begun_counts(deck, today)? })
    }

    /// How many cards of a deck are in steps and due today, without the decks in it.
    pub fn begun_counts(&self, deck: DeckId, today: StudyDay) -> Result<BegunCounts> {
        let count = |state: CardState, due: &str| -> Result<u64> {
            self.value::<u32>(&format!("select count(*) {}", in_state(due)), (deck, state, today)).map(u64::from)
        };
        Ok(BegunCounts {
            learning: count(CardState::Learning, "")? + count(CardState::Relearning, "")?,
            due: count(CardState::Review, "and due_day <= ?3")?,
        })
    }

    /// Whether a deck has a question, deleted or not, without the decks in it.
    pub fn has_questions(&self, deck: DeckId) -> Result<bool> {
        self.value("select exists (select 1 from question where deck = ?)", [deck])
    }

    /// Whether there are questions and no deck: then the decks were lost.
    pub fn lost_its_decks(&self) -> Result<bool> {
        self.value("select not exists (select 1 from deck) and exists (select 1 from question)", [])
    }

    /// Whether a deck has a new card, without the decks in it. It does not count them: there may be very many.
    pub fn has_new(&self, deck: DeckId, today: StudyDay) -> Result<bool> {
        self.value(&format!("select exists (select 1 {})", in_state("")), (deck, CardState::New, today))
    }

    /// Whether a deck has a card that is neither suspended nor buried, without the decks in it.
    pub fn has_open(&self, deck: DeckId, today: StudyDay) -> Result<bool> {
        let sql = "select exists (select 1 from memory
            where deck = ?1 and suspended = 0 and (buried_until is null or buried_until <= ?2))";
        self.value(sql, (deck, today))
    }
}

/// The cards of deck `?1` in state `?2` that can be asked on day `?3`, and `more`.
fn in_state(more: &str) -> String {
    format!(
        "from memory where deck = ?1 and suspended = 0 and state = ?2
         and (buried_until is null or buried_until <= ?3) {more}"
    )
}

impl Writer<'_> {
    /// Gives decks other names, all at once, so that they may take the names of each other. No other deck may have one of them.
    pub fn rename_decks(&mut self, decks: &[Deck]) -> Result<()> {
        // A person cannot give a deck a name that begins so: it is the name between the two.
        let between = |deck: &Deck| format!("::{}", deck.id.0);
        for name in [between, |deck: &Deck| deck.name.clone()] {
            for deck in decks {
                self.run("update deck set name = ? where id = ?", (name(deck), deck.id))?;
            }
        }
        Ok(())
    }

    /// The deck of this name, made if there is none. Letter case does not count.
    pub fn deck(&mut self, name: &str) -> Result<Deck> {
        if let Some(deck) = self.one("select id, name from deck where name = ?", [name])? {
            return Ok(deck);
        }
        self.run("insert into deck (name) values (?)", [name])?;
        Ok(Deck { id: DeckId(self.transaction.last_insert_rowid()), name: name.into() })
    }
}
