//! All that happened to one card.

use super::log_row::{Detail, log_id, review_of, select_reviews};
use super::{Reader, fault};
use crate::error::Result;
use crate::model::{CardId, LogEntry};

impl Reader<'_> {
    /// The whole log of a card in the order of events, with all details, each entry with whether it was taken back.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn whole_log_of(&self, card: CardId) -> Result<Vec<(LogEntry, bool)>> {
        let undone: Vec<_> = {
            let mut statement = self
                .connection
                .prepare_cached(
                    "select undo.review from review join undo on undo.review = review.id where review.card = ?",
                )
                .map_err(fault::of)?;
            let rows = statement.query_map([card.0], |row| log_id(row, 0)).map_err(fault::of)?;
            rows.collect::<rusqlite::Result<_>>().map_err(fault::of)?
        };
        let devices = self.devices()?;
        let reviews = select_reviews(Detail::Whole, "review where card = ? order by id");
        let mut statement = self.connection.prepare_cached(&reviews).map_err(fault::of)?;
        let mut rows = statement.query([card.0]).map_err(fault::of)?;
        let mut log = Vec::new();
        while let Some(row) = rows.next().map_err(fault::of)? {
            let review = review_of(row, Detail::Whole, &devices)?;
            let taken_back = undone.contains(&review.id);
            log.push((LogEntry::Review(review), taken_back));
        }
        log.extend(self.moves("where card = ?", [card.0])?.into_iter().map(|change| (LogEntry::Move(change), false)));
        log.sort_by_key(|(entry, _)| entry.id());
        Ok(log)
    }
}
