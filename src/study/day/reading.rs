//! How much is read to know a day.

use crate::model::Deck;
use crate::study::decks::DeckEntry;

/// What is wanted of a day.
///
/// With a backlog of 30,000 cards, to choose the 200 of today means to read all of them. Their number is known as soon as the limit is
/// reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayReading {
    /// The cards in their order.
    Cards,
    /// Only how many they are.
    Numbers,
}

/// Whether no other chosen deck draws on the limits of this one or of a deck around it: then the number of its cards does not depend on
/// how urgent those of other decks are.
pub(super) fn stands_alone(chosen: &[&DeckEntry], entry: &DeckEntry) -> bool {
    let outermost = outermost(&entry.deck);
    chosen.iter().all(|other| other.deck.id == entry.deck.id || !other.deck.is_within(outermost))
}

fn outermost(deck: &Deck) -> &str {
    Deck::parents(&deck.name).next().unwrap_or(&deck.name)
}
