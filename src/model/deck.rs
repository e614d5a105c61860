//! Decks.

use super::limits::DECK_LEVELS;

/// The number of a deck in its database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeckId(pub i64);

/// A deck. `::` in its name makes a hierarchy: `Exam::Networks` lies in `Exam`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deck {
    /// Its number in the database.
    pub id: DeckId,
    /// Its whole name.
    pub name: String,
}

/// Where a deck is that is not in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Left out of the days and of the lists, until somebody names it.
    Archived,
    /// Gone for people; its answers stay in the log.
    Deleted,
}

impl Deck {
    /// The name of the deck around the deck with this name.
    pub fn parent_name(name: &str) -> Option<&str> {
        name.rfind("::").map(|at| &name[..at])
    }

    /// The names of the decks around the deck with this name, from the outermost on. A name from elsewhere may have any number of levels, of which
    /// a deck has no more than the first ones.
    pub fn parents(name: &str) -> impl Iterator<Item = &str> {
        name.match_indices("::").take(DECK_LEVELS.most as usize).map(|(at, _)| &name[..at])
    }

    /// Whether this deck is the deck with that name or lies in it. Letter case does not count.
    pub fn is_within(&self, name: &str) -> bool {
        let (own, name) = (self.name.to_lowercase(), name.to_lowercase());
        own == name || own.strip_prefix(&name).is_some_and(|rest| rest.starts_with("::"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deck_lies_in_its_parents_only() {
        let deck = Deck { id: DeckId(1), name: "Exam::Networks".into() };
        assert!(deck.is_within("exam"));
        assert!(deck.is_within("Exam::Networks"));
        assert!(!deck.is_within("Ex"));
        assert!(!deck.is_within("Exam::Networks::IP"));
        assert_eq!(Deck::parent_name(&deck.name), Some("Exam"));
        assert_eq!(Deck::parent_name("Exam"), None);
        assert_eq!(Deck::parents("a::b::c").collect::<Vec<_>>(), ["a", "a::b"]);
        assert_eq!(Deck::parents(&"a::".repeat(100_000)).count(), 20);
    }
}
