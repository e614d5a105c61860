//! The decks with their cards, and a deck with its settings.

use std::collections::{BTreeMap, HashMap};

use super::day::{ReviewRequest, count_day};
use super::decks::{DeckEntry, Decks};
use super::present::Present;
use super::settings::{refused, short_of_retention};
use crate::error::Result;
use crate::model::{DeckId, SettingOrigin, Settings};
use crate::schedule::days_to_exam;
use crate::store::Reader;

/// A deck with how many cards it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeckSummary {
    /// Its number in the database.
    pub id: DeckId,
    /// The deck's name.
    pub name: String,
    /// Cards in all.
    pub cards: u64,
    /// Cards never answered, without suspended and buried ones.
    pub new: u64,
    /// Cards in learning and relearning steps.
    pub learning: u64,
    /// Cards due for review.
    pub due: u64,
    /// Suspended cards.
    pub suspended: u64,
    /// Whether it is archived.
    pub archived: bool,
    /// Cards that were seen and that today asks for the exam, due or not; `None` without an exam ahead.
    pub for_exam: Option<u64>,
}

/// The decks in use, by name, and with `archived` the archived ones after them.
pub(super) fn deck_list(reader: Reader<'_>, archived: bool, present: Present) -> Result<Vec<DeckSummary>> {
    let decks = Decks::load(reader)?;
    decks.confirm_kept(reader)?;
    let exam_ahead = |entry: &DeckEntry| days_to_exam(&entry.settings, present.today).is_some();
    let work = if decks.in_use().any(exam_ahead) {
        count_day(reader, &decks, &ReviewRequest::default(), present)?.work
    } else {
        BTreeMap::new()
    };
    let summary = |entry: &DeckEntry| {
        let deck = &entry.deck;
        let (size, counts) = (reader.deck_size(deck.id)?, reader.deck_counts(deck.id, present.today)?);
        Ok(DeckSummary {
            id: deck.id,
            name: deck.name.clone(),
            cards: size.cards,
            new: counts.new,
            learning: counts.begun.learning,
            due: counts.begun.due,
            suspended: size.suspended,
            archived: entry.shelf.is_some(),
            for_exam: exam_ahead(entry).then(|| work.get(&deck.id).map_or(0, |work| work.for_exam)),
        })
    };
    decks.listed().filter(|entry| archived || entry.shelf.is_none()).map(summary).collect()
}

/// A deck with its settings.
#[derive(Clone, Debug)]
pub struct DeckSettings {
    /// The deck's name.
    pub name: String,
    /// Days until its exam; `None` without one ahead.
    pub days_to_exam: Option<u32>,
    /// What its cards hold, if that is less than its desired retention, in a line.
    pub short_of_retention: Option<String>,
    /// Every setting with its value as it is written, in the order of the documentation.
    pub values: Vec<(&'static str, String)>,
    /// Where the values come from; those without an entry are the program's.
    pub origins: HashMap<String, SettingOrigin>,
}

/// The settings of the deck of this name.
pub(super) fn deck_settings(reader: Reader<'_>, name: &str, present: Present) -> Result<DeckSettings> {
    let decks = Decks::load(reader)?;
    let entry = decks.exactly(name)?;
    let value = |key| Ok((key, entry.settings.get(key).map_err(refused)?));
    Ok(DeckSettings {
        name: entry.deck.name.clone(),
        days_to_exam: days_to_exam(&entry.settings, present.today),
        short_of_retention: short_of_retention(&reader.reviewing()?, entry),
        values: Settings::keys().map(value).collect::<Result<_>>()?,
        origins: reader.setting_origins(&entry.deck)?.into_iter().collect(),
    })
}
