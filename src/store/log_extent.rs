//! How far the log goes: what was made of it up to an entry stays true until something is entered before that, or taken back.

use super::log_row::{Detail, decode_review, select_reviews};
use super::query::Query;
use super::{Reader, log_id};
use crate::error::Result;
use crate::model::{CardId, LogEntry, LogId};

/// The entries up to one of them, those taken back too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogExtent {
    /// The last entry, or any identity that no entry between has.
    pub last: LogId,
    /// How many answers, moves and undos there are up to it.
    pub counts: [u64; 3],
}

impl LogExtent {
    /// An identity between the entries that were made before this moment (UTC milliseconds) and those from it on.
    pub fn before(at_ms: i64) -> LogId {
        log_id::floor(at_ms)
    }
}

/// The parts of the log, as [`LogExtent::counts`] has them.
const PARTS: [&str; 3] = ["review", "move", "undo"];

impl Reader<'_> {
    /// The log up to and with this identity.
    pub fn extent_through(&self, last: LogId) -> Result<LogExtent> {
        let mut counts = [0; 3];
        for (count, part) in counts.iter_mut().zip(PARTS) {
            // Counting all is a look at the pages of the smallest index; few entries come after.
            let all: i64 = self.value(&format!("select count(*) from {part}"), [])?;
            let after: i64 = self.value(&format!("select count(*) from {part} where id > ?"), [last])?;
            *count = all.abs_diff(after);
        }
        Ok(LogExtent { last, counts })
    }

    /// Whether the log up to there is what it was: nothing was entered before, and nothing of it was taken back or counts again.
    pub fn has_extent(&self, extent: &LogExtent) -> Result<bool> {
        if self.extent_through(extent.last)? != *extent {
            return Ok(false);
        }
        let of_before =
            "select exists (select 1 from undo where id > ?1 and (review <= ?1 or move <= ?1 or undo <= ?1))";
        Ok(!self.value::<bool>(of_before, [extent.last])?)
    }

    /// The last entry of the log, of any kind.
    pub fn last_entry(&self) -> Result<Option<LogId>> {
        let mut last = None;
        for part in PARTS {
            last = last.max(self.value::<Option<LogId>>(&format!("select max(id) from {part}"), [])?);
        }
        Ok(last)
    }

    /// How many answers come after this identity, those taken back too; at most `most`.
    pub fn answers_after_entry(&self, last: LogId, most: usize) -> Result<usize> {
        let sql = format!("select count(*) from (select 1 from review where id > ? limit {most})");
        Ok(usize::try_from(self.value::<i64>(&sql, [last])?).unwrap_or(most))
    }

    /// The cards with an answer after this identity that counts, in order.
    pub fn cards_answered_after(&self, last: LogId) -> Result<Vec<CardId>> {
        self.all("select distinct card from live_review where id > ? order by card", [last])
    }

    /// The entries of a card that count, in the order of events, with what statistics count.
    pub fn counted_log_of(&self, card: CardId) -> Result<Vec<LogEntry>> {
        let mut log = Vec::new();
        let from = "live_review as review where review.card = ? order by review.id";
        let devices = std::collections::HashMap::new();
        self.each(&select_reviews(Detail::Count, from), [card], |row| {
            log.push(LogEntry::Review(decode_review(row, Detail::Count, &devices)?));
            Ok(())
        })?;
        log.extend(self.moves("live_move where card = ?", [card])?.into_iter().map(LogEntry::Move));
        log.sort_by_key(LogEntry::id);
        Ok(log)
    }

    /// Whether the database can be written.
    pub fn can_be_written(&self) -> Result<bool> {
        Ok(!self.connection.is_readonly(rusqlite::MAIN_DB)?)
    }
}
