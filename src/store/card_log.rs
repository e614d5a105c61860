//! All that happened to one card.

use super::Reader;
use super::log_row::{Detail, decode_review, select_reviews};
use super::query::Query;
use crate::error::Result;
use crate::model::{CardId, LogEntry, LogId};

impl Reader<'_> {
    /// The whole log of a card in the order of events, with all details, each entry with whether it was taken back.
    pub fn whole_log_of(&self, card: CardId) -> Result<Vec<(LogEntry, bool)>> {
        let sql =
            "select undo.review from review join live_undo as undo on undo.review = review.id where review.card = ?";
        let undone: Vec<LogId> = self.all(sql, [card])?;
        let devices = self.devices()?;
        let mut log = Vec::new();
        self.each(&select_reviews(Detail::Whole, "review where card = ? order by id"), [card], |row| {
            let review = decode_review(row, Detail::Whole, &devices)?;
            let taken_back = undone.contains(&review.id);
            log.push((LogEntry::Review(review), taken_back));
            Ok(())
        })?;
        log.extend(
            self.moves("live_move where card = ?", [card])?.into_iter().map(|change| (LogEntry::Move(change), false)),
        );
        log.sort_by_key(|(entry, _)| entry.id());
        Ok(log)
    }
}
