//! Names that a shell offers while somebody types a command.

use uuid::Uuid;

use super::card::short_id;
use super::decks::{DeckEntry, Decks};
use crate::error::Result;
use crate::store::Reader;

/// Cards that are offered at once.
const CARDS: usize = 40;

/// What is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameSource {
    /// Decks in use.
    Decks,
    /// Decks in use and archived ones.
    AllDecks,
    /// Decks that are archived.
    ArchivedDecks,
    /// Decks that were deleted.
    DeletedDecks,
    /// Topics of questions.
    Topics,
    /// Tags of questions.
    Tags,
    /// Presets that decks can share.
    Presets,
    /// Cards, by the first letters of their identities.
    Cards,
    /// Cards that were deleted, by the same.
    DeletedCards,
}

/// The names, each with what it is. `begin` is what was typed of it; only cards are chosen by it.
pub(super) fn names(reader: Reader<'_>, source: NameSource, begin: &str) -> Result<Vec<(String, String)>> {
    let mut found: Vec<(String, String)> = match source {
        NameSource::Decks => plain(Decks::load(reader)?.in_use().map(|entry| entry.deck.name.clone())),
        NameSource::AllDecks | NameSource::ArchivedDecks => {
            let decks = Decks::load(reader)?;
            let named = decks.listed().filter(|entry| source == NameSource::AllDecks || entry.shelf.is_some());
            let words = |entry: &DeckEntry| entry.shelf.map_or_else(String::new, |_| "archived".to_owned());
            named.map(|entry| (entry.deck.name.clone(), words(entry))).collect()
        }
        NameSource::DeletedDecks => plain(Decks::load(reader)?.deleted().map(|entry| entry.deck.name.clone())),
        NameSource::Topics | NameSource::Tags => {
            let mut names = Vec::new();
            for entry in Decks::load(reader)?.in_use() {
                names.extend(reader.subjects(entry.deck.id, source == NameSource::Tags)?);
            }
            plain(names.into_iter())
        }
        NameSource::Presets => plain(reader.presets()?.into_iter().map(|preset| preset.name)),
        NameSource::Cards | NameSource::DeletedCards => {
            return cards(reader, begin, source == NameSource::DeletedCards);
        }
    };
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn plain(names: impl Iterator<Item = String>) -> Vec<(String, String)> {
    names.map(|name| (name, String::new())).collect()
}

fn cards(reader: Reader<'_>, begin: &str, deleted: bool) -> Result<Vec<(String, String)>> {
    let digits: String = begin.chars().filter(|char| *char != '-').collect();
    let end = |fill: &str| Uuid::try_parse(&format!("{digits}{}", fill.repeat(32_usize.saturating_sub(digits.len()))));
    let (Ok(first), Ok(last)) = (end("0"), end("f")) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for uid in reader.cards_between(first, last, deleted, CARDS)? {
        let Some(card) = reader.card_by_uid(uid)? else { continue };
        if let Some(card) = reader.card(card)? {
            let stem = card.stem().split_whitespace().collect::<Vec<_>>().join(" ");
            found.push((short_id(uid), stem));
        }
    }
    Ok(found)
}
