//! The decks with what schedules them.

use std::collections::HashMap;
use std::path::PathBuf;

use super::deck_name::numbered;
use super::did_you_mean::closest;
use super::last_list::LastList;
use crate::error::{Error, Result};
use crate::memory::{Answering, Fsrs6, Replayer};
use crate::model::search_text::folded_name;
use crate::model::{Deck, DeckId, Settings, Shelf, count, shell_argument};
use crate::schedule::Scheduler;
use crate::store::Reader;

/// Fewer letters than this name no deck that has more.
const SHORTEST_PREFIX: usize = 4;

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
    /// Where it is; `None` if it is in use.
    pub shelf: Option<Shelf>,
    /// Whether it is deleted and has no questions that could come back with it.
    pub is_hollow: bool,
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
        Self { deck, settings, replayer, parameters, shelf: None, is_hollow: false }
    }

    /// Whether it was deleted: nobody names it, and its answers still count.
    pub fn is_deleted(&self) -> bool {
        self.shelf == Some(Shelf::Deleted)
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

/// All decks, by name; archived and deleted ones too, because the log names their cards.
#[derive(Clone, Debug)]
pub struct Decks {
    entries: Vec<DeckEntry>,
    places: HashMap<DeckId, usize>,
    /// The database, beside which the list is that was shown last.
    db: PathBuf,
}

impl Decks {
    /// All decks as they are now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn load(reader: Reader<'_>) -> Result<Self> {
        let shelves = reader.shelves()?;
        let entry = |(deck, settings): (Deck, Settings)| {
            let shelf = shelves.get(&deck.id).copied();
            let is_hollow = shelf == Some(Shelf::Deleted) && !reader.has_questions(deck.id)?;
            Ok(DeckEntry { shelf, is_hollow, ..DeckEntry::new(deck, settings) })
        };
        let entries: Vec<DeckEntry> = reader.decks_with_settings()?.into_iter().map(entry).collect::<Result<_>>()?;
        let places = entries.iter().enumerate().map(|(place, entry)| (entry.deck.id, place)).collect();
        Ok(Self { entries, places, db: reader.path() })
    }

    /// Fails if there are questions and no deck, which is no new database but a damaged one.
    pub fn confirm_kept(&self, reader: Reader<'_>) -> Result<()> {
        if !self.entries.is_empty() || !reader.lost_its_decks()? {
            return Ok(());
        }
        Err(Error::person("the database has questions and no deck: its decks were removed by something else")
            .named("database-damaged")
            .hint("`retain check` looks for more; `retain restore latest` goes back to the newest good backup"))
    }

    /// The deck of this number.
    ///
    /// # Errors
    /// When there is none, which is a fault of the database.
    pub fn entry(&self, deck: DeckId) -> Result<&DeckEntry> {
        self.places
            .get(&deck)
            .map(|place| &self.entries[*place])
            .ok_or_else(|| Error::inconsistent(format!("no deck has the number {}", deck.0)))
    }

    /// All of them, also those that are not in use.
    pub fn all(&self) -> &[DeckEntry] {
        &self.entries
    }

    /// Those in use: neither archived nor deleted.
    pub fn in_use(&self) -> impl Iterator<Item = &DeckEntry> + Clone {
        self.entries.iter().filter(|entry| entry.shelf.is_none())
    }

    /// Those that people see, in the order of lists: those in use, then the archived ones.
    pub fn listed(&self) -> impl Iterator<Item = &DeckEntry> + Clone {
        self.in_use().chain(self.entries.iter().filter(|entry| entry.shelf == Some(Shelf::Archived)))
    }

    /// Those that were deleted.
    pub fn deleted(&self) -> impl Iterator<Item = &DeckEntry> + Clone {
        self.entries.iter().filter(|entry| entry.is_deleted())
    }

    /// The deck that [`Self::whole_name`] finds and the decks in it; all decks in use without a name. Archived decks come along if nothing
    /// else is meant.
    ///
    /// # Errors
    /// When no deck is meant, or several.
    pub fn named(&self, name: Option<&str>) -> Result<Vec<&DeckEntry>> {
        let Some(name) = name else {
            return Ok(self.in_use().collect());
        };
        let found = self.within(name)?;
        let in_use: Vec<&DeckEntry> = found.iter().copied().filter(|entry| entry.shelf.is_none()).collect();
        Ok(if in_use.is_empty() { found } else { in_use })
    }

    /// The deck that [`Self::whole_name`] finds and the decks in it, archived ones too.
    ///
    /// # Errors
    /// When no deck is meant, or several.
    pub fn within(&self, name: &str) -> Result<Vec<&DeckEntry>> {
        let name = self.whole_name(name)?;
        Ok(self.listed().filter(|entry| entry.deck.is_within(&name)).collect())
    }

    /// The whole name that people mean: a name that a deck has or that holds decks, `#3` for the third deck of the last `deck list`, or the first
    /// letters of the name of one deck, or of its last part.
    ///
    /// # Errors
    /// When no deck is meant, or several.
    pub fn whole_name(&self, name: &str) -> Result<String> {
        if let Some(entry) = self.listed().find(|entry| entry.deck.is_within(name)) {
            // As the deck writes it: letter case does not count where people type it.
            let parts: Vec<&str> = entry.deck.name.split("::").take(name.split("::").count()).collect();
            return Ok(parts.join("::"));
        }
        if let Some(number) = numbered(name) {
            return self.in_last_list(number).map(|entry| entry.deck.name.clone());
        }
        let wanted = folded_name(name);
        if wanted.chars().count() < SHORTEST_PREFIX {
            return Err(self.no_such_deck(name));
        }
        let begins = |entry: &&DeckEntry| {
            let own = folded_name(&entry.deck.name);
            own.starts_with(&wanted) || own.rsplit("::").next().is_some_and(|last| last.starts_with(&wanted))
        };
        let found: Vec<&DeckEntry> = self.listed().filter(begins).collect();
        // The decks in a deck are meant with it.
        let is_inner = |entry: &&&DeckEntry| {
            found.iter().any(|other| other.deck.id != entry.deck.id && entry.deck.is_within(&other.deck.name))
        };
        match found.iter().filter(|entry| !is_inner(entry)).collect::<Vec<_>>()[..] {
            [] => Err(self.no_such_deck(name)),
            [only] => Ok(only.deck.name.clone()),
            ref several => {
                let names: Vec<String> = several.iter().take(5).map(|entry| format!("`{}`", entry.deck.name)).collect();
                let message = format!("several decks begin with `{name}`");
                Err(Error::person(message)
                    .named("ambiguous-deck")
                    .hint(format!("write more of one of {}", names.join(", "))))
            }
        }
    }

    /// The deck with this number in the list that was shown last, whatever was made and deleted since; in the list of now if none was shown yet.
    fn in_last_list(&self, number: usize) -> Result<&DeckEntry> {
        let unlisted =
            |what: String| Error::person(what).named("no-such-deck").hint("`retain deck list` shows all decks");
        let found = match LastList::deck(&self.db, number) {
            None => {
                let found = number.checked_sub(1).and_then(|place| self.listed().nth(place));
                return found.ok_or_else(|| self.no_such_deck(&format!("#{number}")));
            }
            Some(Ok(deck)) => self.listed().find(|entry| entry.deck.id == deck),
            Some(Err(length)) => {
                let decks = count(length as u64, "deck");
                return Err(unlisted(format!("the last list of decks has no number {number}: it has {decks}")));
            }
        };
        found.ok_or_else(|| unlisted(format!("number {number} of the last list of decks is gone")))
    }

    /// The deck of exactly this name, if there is one, also one that is not in use; letter case does not count.
    pub(super) fn strictly(&self, name: &str) -> Option<&DeckEntry> {
        let wanted = name.to_lowercase();
        self.entries.iter().find(|entry| entry.deck.name.to_lowercase() == wanted)
    }

    /// One deck, without the decks in it, as [`Self::whole_name`] finds it.
    ///
    /// # Errors
    /// When no deck is meant, or several.
    pub fn exactly(&self, name: &str) -> Result<&DeckEntry> {
        let whole = self.whole_name(name)?;
        self.strictly(&whole).filter(|entry| !entry.is_deleted()).ok_or_else(|| self.no_such_deck(name))
    }

    /// The name, if it is no deck of its own and only holds others.
    pub fn holder_of_others(&self, name: &str) -> Option<String> {
        self.whole_name(name).ok().filter(|whole| self.strictly(whole).is_none())
    }

    fn no_such_deck(&self, name: &str) -> Error {
        let is_free = self.strictly(name).is_none();
        if let Some(inner) = self.listed().find(|entry| is_free && entry.deck.is_within(name)) {
            let what = format!("`{name}` is no deck of its own: it only holds others, such as `{}`", inner.deck.name);
            return Error::person(what).named("no-such-deck").hint(format!(
                "`retain deck create {}` makes it one; its settings then count for the decks in it, too",
                shell_argument(name)
            ));
        }
        let error = Error::person(format!("no deck is called `{name}`")).named("no-such-deck");
        let mut gone = self.deleted().filter(|entry| entry.deck.is_within(name));
        if let Some(gone) = gone.clone().find(|entry| !entry.is_hollow).or_else(|| gone.next()) {
            let name = &gone.deck.name;
            if gone.is_hollow {
                return error.hint(format!(
                    "the deck `{name}` is gone and has no questions: it was merged into another one, its import was taken back, \
                     or it was empty; `retain undo --list` shows what was done"
                ));
            }
            return error
                .hint(format!("`{name}` was deleted: `retain deck restore {}` brings it back", shell_argument(name)));
        }
        match closest(name, self.listed().map(|entry| entry.deck.name.as_str())) {
            Some(other) => error.hint(format!("did you mean `{other}`?")),
            None if self.listed().next().is_some() => error.hint("`retain deck list` shows all decks"),
            None => error.hint("there are no decks yet: begin with `retain import FILE`"),
        }
    }
}
