//! Looking through the cards.

use uuid::Uuid;

use super::Trainer;
use crate::error::Result;
use crate::store::FoundPart;
use crate::study::progress::Watch;
use crate::study::search::{self, Browsed, CardPreview, FoundCard, SearchFindings};
use crate::study::world;

/// Looking through the cards.
impl Trainer {
    /// Understands a search that is being typed: its last word may go on, and without a word all cards are found. The index of words is
    /// brought up to date if it is needed.
    pub fn browse(&mut self, text: &str, watch: &mut Watch<'_>) -> Result<Browsed> {
        let present = self.present()?;
        search::browse(&mut self.store, text, present, watch)
    }

    /// At most `most` of the cards and drafts of a search, after the first `skip`. `total` is how many there are, if that is known.
    pub fn browsed_part(
        &self,
        browsed: &Browsed,
        skip: usize,
        most: usize,
        total: Option<usize>,
    ) -> Result<Vec<FoundCard>> {
        browsed.part(self.reader(), FoundPart { skip, most, total })
    }

    /// How many cards and drafts a search finds.
    pub fn browsed_count(&self, browsed: &Browsed) -> Result<usize> {
        browsed.count(self.reader())
    }

    /// What a whole search finds, at most `limit`; without words all cards.
    pub fn search_or_all(&mut self, text: &str, limit: usize, watch: &mut Watch<'_>) -> Result<SearchFindings> {
        if !text.trim().is_empty() {
            return self.search(text, limit, watch);
        }
        let browsed = self.browse("", watch)?;
        let cards = self.browsed_part(&browsed, 0, limit, None)?;
        let total = Some(self.browsed_count(&browsed)?);
        Ok(SearchFindings { cards, total, sought: Vec::new(), instead: None, filter: None })
    }

    /// A question with what is known of its card. `uid` is that of a card or of a draft; `None` if it is gone.
    pub fn preview(&self, uid: Uuid) -> Result<Option<CardPreview>> {
        search::preview(self.reader(), uid)
    }

    /// Another connection to the same database, for a thread of its own.
    pub fn another(&self) -> Result<Self> {
        Self::open_existing(self.path(), self.clock, self.seed)
    }

    /// A number that changes when somebody else has written to the database.
    pub fn data_version(&self) -> Result<i64> {
        self.reader().data_version()
    }

    /// Keeps a text that cannot be used next to the database, so that nothing that was written is lost; returns where.
    pub fn keep_text(&self, uid: Uuid, text: &str) -> Result<std::path::PathBuf> {
        world::keep_text(&self.folder(), uid, text)
    }
}
