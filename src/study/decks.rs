//! The decks with what schedules them.

use std::collections::HashMap;

use super::did_you_mean::closest;
use crate::error::{Error, Result};
use crate::memory::{Answering, Fsrs6, Replayer};
use crate::model::{Deck, DeckId, Settings};
use crate::schedule::Scheduler;
use crate::store::Reader;

/// A deck with its settings and its model of memory.
#[derive(Clone, Debug)]
pub struct DeckEntry {
    /// The deck.
    pub deck: Deck,
    /// Its settings, inherited ones too.
    pub settings: Settings,
    /// Its model of memory, by which logs are replayed.
    pub replayer: Replayer<Fsrs6>,
    /// What [`Replayer::fingerprint`] says: the parameters that cached memory was made under.
    pub parameters: i64,
}

impl DeckEntry {
    /// A deck with these settings.
    pub fn new(deck: Deck, settings: Settings) -> Self {
        let replayer = Replayer {
            model: Fsrs6::or_default(settings.parameters.as_deref()),
            prior_knowledge: settings.prior_knowledge,
            luck_aware: settings.luck_aware,
            answering: answering_of(&settings),
        };
        let parameters = replayer.fingerprint();
        Self { deck, settings, replayer, parameters }
    }

    /// What schedules its cards; `seed` is the trainer's.
    pub fn scheduler(&self, seed: u64) -> Scheduler<'_, Fsrs6> {
        Scheduler { replayer: &self.replayer, settings: &self.settings, seed }
    }
}

/// How the person answers in a deck: as a fit learnt it, else as is usual with the prior knowledge that is set.
fn answering_of(settings: &Settings) -> Answering {
    let usual = Answering { prior_knowledge: settings.prior_knowledge, ..Answering::USUAL };
    settings.answering.map_or(usual, |[prior_knowledge, luck, owns_up, false_alarm, slip, rates_luck]| Answering {
        prior_knowledge,
        luck,
        owns_up,
        false_alarm,
        slip,
        rates_luck,
    })
}

/// The names of the outermost of these decks.
pub(super) fn outermost_names(entries: &[&DeckEntry]) -> String {
    let inner = |entry: &&&DeckEntry| {
        !entries.iter().any(|other| other.deck.id != entry.deck.id && entry.deck.is_within(&other.deck.name))
    };
    entries.iter().filter(inner).map(|entry| entry.deck.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// All decks, by name.
#[derive(Clone, Debug)]
pub struct Decks {
    entries: Vec<DeckEntry>,
    places: HashMap<DeckId, usize>,
}

impl Decks {
    /// All decks as they are now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn load(reader: Reader<'_>) -> Result<Self> {
        let entries: Vec<DeckEntry> =
            reader.decks_with_settings()?.into_iter().map(|(deck, settings)| DeckEntry::new(deck, settings)).collect();
        let places = entries.iter().enumerate().map(|(place, entry)| (entry.deck.id, place)).collect();
        Ok(Self { entries, places })
    }

    /// The deck of this number.
    ///
    /// # Errors
    /// When there is none, which is a fault of the database.
    pub fn entry(&self, deck: DeckId) -> Result<&DeckEntry> {
        self.places
            .get(&deck)
            .map(|place| &self.entries[*place])
            .ok_or_else(|| Error::fault(format!("no deck has the number {}", deck.0)).hint("run `retain check`"))
    }

    /// All of them.
    pub fn all(&self) -> &[DeckEntry] {
        &self.entries
    }

    /// The deck of this name and the decks in it; all decks without a name.
    ///
    /// # Errors
    /// When no deck has the name.
    pub fn named(&self, name: Option<&str>) -> Result<Vec<&DeckEntry>> {
        let Some(name) = name else {
            return Ok(self.entries.iter().collect());
        };
        let found: Vec<&DeckEntry> = self.entries.iter().filter(|entry| entry.deck.is_within(name)).collect();
        if found.is_empty() { Err(self.no_such_deck(name)) } else { Ok(found) }
    }

    /// The deck of exactly this name; letter case does not count.
    ///
    /// # Errors
    /// When no deck has the name.
    pub fn exactly(&self, name: &str) -> Result<&DeckEntry> {
        let wanted = name.to_lowercase();
        self.entries
            .iter()
            .find(|entry| entry.deck.name.to_lowercase() == wanted)
            .ok_or_else(|| self.no_such_deck(name))
    }

    fn no_such_deck(&self, name: &str) -> Error {
        let error = Error::person(format!("no deck is called `{name}`")).named("no-such-deck");
        match closest(name, self.entries.iter().map(|entry| entry.deck.name.as_str())) {
            Some(other) => error.hint(format!("did you mean `{other}`?")),
            None if !self.entries.is_empty() => error.hint("`retain deck list` shows all decks"),
            None => error.hint("there are no decks yet: begin with `retain import FILE`"),
        }
    }
}
