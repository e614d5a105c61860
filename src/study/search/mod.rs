//! Searching: everything that banks say, narrowed by deck, topic, tag, state and due date.

mod browse;
mod filter;
mod part;
mod query;

pub use browse::{Browsed, CardPreview};
pub(super) use browse::{browse, preview};
pub use filter::STATES as SEARCH_STATES;
pub use part::filter_text;
use query::SearchQuery;
pub(super) use query::stem_query;

use uuid::Uuid;

use super::decks::Decks;
use super::present::Present;
use super::progress::{Steps, Watch};
use super::scope::recall_on;
use crate::error::Result;
use crate::model::search_text::Sought;
use crate::model::{CardMemory, Markup, Shelf};
use crate::store::{FoundRow, Reader, Store, Writer};

/// The failures after which the index is made in memory.
const NO_ROOM: [&str; 2] = ["disk-full", "database-io"];
/// Hits are not counted beyond this.
const COUNTED: usize = 1_000;

/// What a search found.
#[derive(Clone, Debug)]
pub struct SearchFindings {
    /// The cards, and the drafts, that fit best.
    pub cards: Vec<FoundCard>,
    /// How many there are altogether; `None` if more than a thousand.
    pub total: Option<usize>,
    /// The words that were searched for, to be shown where they are.
    pub sought: Vec<Sought>,
    /// Another search that finds something, where this one finds nothing, with how many cards it finds.
    pub instead: Option<(String, usize)>,
    /// What the filter may be that a word looks like, where nothing is found: `tag:x` for `tags:x`.
    pub filter: Option<(String, Option<String>)>,
}

/// A card that was found, or a draft, which has no card.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundCard {
    /// The identity of the card; `None` for a draft.
    pub card: Option<Uuid>,
    /// The identity of its question.
    pub question: Uuid,
    /// The name of its deck.
    pub deck: String,
    /// Its topic.
    pub topic: Option<String>,
    /// What it asks, as written.
    pub stem: String,
    /// How its texts are written.
    pub markup: Markup,
    /// What follows from the log of the card; `None` for a draft.
    pub memory: Option<CardMemory>,
    /// The probability of recall today; `None` while it is new.
    pub retrievability: Option<f64>,
    /// Whether it has a flag.
    pub flagged: bool,
    /// Why it does not come back, if it is deleted or its deck is archived.
    pub shelf: Option<Shelf>,
}

impl FoundCard {
    fn new(row: FoundRow, decks: &Decks, present: Present) -> Result<Self> {
        let entry = decks.entry(row.deck)?;
        let retrievability =
            row.memory.as_ref().and_then(|memory| recall_on(&entry.replayer.model, memory, present.today));
        Ok(Self {
            card: row.card.map(|(_, uid)| uid),
            question: row.question_uid,
            deck: entry.deck.name.clone(),
            topic: row.topic,
            stem: row.stem,
            markup: row.markup,
            memory: row.memory,
            retrievability,
            flagged: row.flagged,
            shelf: if row.deleted { Some(Shelf::Deleted) } else { entry.shelf },
        })
    }
}

/// Brings the index of words up to date: questions come and change without it.
pub(super) fn catch_up(store: &mut Store, watch: &mut Watch<'_>) -> Result<()> {
    let unknown = store.reader().unindexed()?;
    if unknown == 0 {
        return store.reader().confirm_index();
    }
    let mut steps = Steps::new(watch, "indexing", unknown);
    let filled = store.index_writer().and_then(|writer| fill(writer, &mut steps));
    match filled {
        // Reading goes on where nothing can be written.
        Err(error) if NO_ROOM.contains(&error.code()) => {
            let writer = store.own_index_writer()?;
            let mut steps = Steps::new(watch, "indexing", writer.reader().unindexed()?);
            fill(writer, &mut steps)
        }
        filled => filled,
    }
}

fn fill(mut writer: Writer<'_>, steps: &mut Steps<'_, '_>) -> Result<()> {
    writer.fill_index(|| steps.step())?;
    writer.reader().confirm_index()?;
    writer.commit()
}

/// Makes the index of words from nothing.
pub(super) fn remake_index(store: &mut Store, watch: &mut Watch<'_>) -> Result<()> {
    let mut writer = store.writer()?;
    writer.drop_index()?;
    let mut steps = Steps::new(watch, "indexing", writer.reader().unindexed()?);
    writer.fill_index(|| steps.step())?;
    writer.commit()
}

/// The cards that `text` asks for, at most `limit`; the index is to be up to date.
pub(super) fn search(reader: Reader<'_>, text: &str, limit: usize, present: Present) -> Result<SearchFindings> {
    let decks = Decks::load(reader)?;
    let query = SearchQuery::parse(text, reader, &decks, present)?;
    let rows = reader.found(&query.terms, limit)?;
    let total = if rows.len() < limit { rows.len() } else { reader.count_found(&query.terms, COUNTED + 1)? };
    let instead = if rows.is_empty() { instead(reader, text, &decks, present)? } else { None };
    let cards = rows.into_iter().map(|row| FoundCard::new(row, &decks, present)).collect::<Result<_>>()?;
    Ok(SearchFindings {
        cards,
        total: Some(total).filter(|total| *total <= COUNTED.max(limit)),
        filter: if total == 0 { query.sought.iter().find_map(|sought| filter::meant(&sought.text)) } else { None },
        sought: query.sought,
        instead,
    })
}

/// The same search for words that only begin so, if that finds something.
fn instead(reader: Reader<'_>, text: &str, decks: &Decks, present: Present) -> Result<Option<(String, usize)>> {
    let Some(wider) = query::with_prefixes(text) else { return Ok(None) };
    let query = SearchQuery::parse(&wider, reader, decks, present)?;
    let found = reader.count_found(&query.terms, COUNTED)?;
    Ok((found > 0).then_some((wider, found)))
}
