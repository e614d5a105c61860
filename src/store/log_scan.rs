//! Reading the whole log, in the order of events.

pub(super) mod peers;

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

use rusqlite::Connection;
use uuid::Uuid;

use super::Reader;
use super::log_row::{Detail, decode_review, select_reviews};
use super::query::Query;
use crate::error::Result;
use crate::model::{LogEntry, LogId, Move, Review};

/// This many pages of 4 KiB hold about ten thousand answers. With fewer, starting threads takes longer than reading them.
const WORTH_HELP: i64 = 2_000;

/// A range of the log.
pub(super) type LogSpan = RangeInclusive<LogId>;

/// An answer of the log, counted or taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct LoggedReview {
    /// The answer.
    pub review: Review,
    /// Whether it was taken back.
    pub undone: bool,
}

impl Reader<'_> {
    /// Every entry that counts, in the order of events, over all cards.
    pub fn each_entry(&self, mut sink: impl FnMut(LogEntry) -> Result<()>) -> Result<()> {
        let mut moves = self.moves("live_move", [])?.into_iter().peekable();
        self.scan(Detail::Fold, |review, undone| {
            while let Some(change) = moves.next_if(|change| change.id < review.id) {
                sink(LogEntry::Move(change))?;
            }
            if undone { Ok(()) } else { sink(LogEntry::Review(review)) }
        })?;
        moves.try_for_each(|change| sink(LogEntry::Move(change)))
    }

    /// Every answer, those taken back too, and every move, in the order of events, with all details.
    pub fn each_review(
        &self,
        mut on_move: impl FnMut(&Move) -> Result<()>,
        mut on_review: impl FnMut(LoggedReview) -> Result<()>,
    ) -> Result<()> {
        self.each_logged(Detail::Whole, &mut on_move, &mut on_review)
    }

    /// The same with what statistics count: without order, device and typing.
    pub fn each_counted(
        &self,
        mut on_move: impl FnMut(&Move) -> Result<()>,
        mut on_review: impl FnMut(LoggedReview) -> Result<()>,
    ) -> Result<()> {
        self.each_logged(Detail::Count, &mut on_move, &mut on_review)
    }

    fn each_logged(
        &self,
        detail: Detail,
        on_move: &mut impl FnMut(&Move) -> Result<()>,
        on_review: &mut impl FnMut(LoggedReview) -> Result<()>,
    ) -> Result<()> {
        let mut moves = self.moves("live_move", [])?.into_iter().peekable();
        self.scan(detail, |review, undone| {
            while let Some(change) = moves.next_if(|change| change.id < review.id) {
                on_move(&change)?;
            }
            on_review(LoggedReview { review, undone })
        })?;
        moves.try_for_each(|change| on_move(&change))
    }

    /// How many answers the log holds, those taken back too.
    pub fn review_count(&self) -> Result<u64> {
        self.value("select count(*) from review", []).map(i64::unsigned_abs)
    }

    /// Every answer, and whether it was taken back, in the order of events.
    fn scan(&self, detail: Detail, mut sink: impl FnMut(Review, bool) -> Result<()>) -> Result<()> {
        let mut undone = self.undone_in_order()?.into_iter().peekable();
        let devices = self.devices()?;
        let mut hand_on = |review: Review| {
            while undone.next_if(|id| *id < review.id).is_some() {}
            let taken_back = undone.peek() == Some(&review.id);
            sink(review, taken_back)
        };
        if let Some(span) = self.long_span()?
            && let Some((peers, _snapshot)) = peers::connect(self.connection, peers::cores())?
        {
            return peers::scan(peers, &span, detail, &devices, hand_on);
        }
        each_row(self.connection, detail, &devices, &(LogId(Uuid::nil())..=LogId(Uuid::max())), |review| {
            hand_on(review).map(|()| true)
        })
    }

    /// The first and the last answer, if there are so many that other threads should help to read them.
    fn long_span(&self) -> Result<Option<LogSpan>> {
        if self.value::<i64>("select page_count from pragma_page_count", [])? < WORTH_HELP {
            return Ok(None);
        }
        let ends: (Option<LogId>, Option<LogId>) =
            self.value("select (select min(id) from review), (select max(id) from review)", [])?;
        Ok(ends.0.zip(ends.1).map(|(first, last)| first..=last))
    }

    /// The answers that were taken back.
    pub fn undone(&self) -> Result<HashSet<LogId>> {
        self.all("select review from live_undo where review is not null", [])
    }

    /// The same in the order of the log.
    fn undone_in_order(&self) -> Result<Vec<LogId>> {
        let mut undone: Vec<LogId> = self.all("select review from live_undo where review is not null", [])?;
        undone.sort_unstable();
        undone.dedup();
        Ok(undone)
    }

    pub(super) fn devices(&self) -> Result<HashMap<i64, String>> {
        self.all("select id, name from device", [])
    }

    pub(super) fn moves(&self, from: &str, values: impl rusqlite::Params) -> Result<Vec<Move>> {
        let sql = format!("select id, card, at_ms, day, offset_minutes, kind, until_day, why from {from} order by id");
        self.all(&sql, values)
    }
}

/// The whole log in pieces, in order. `decode` gets a piece, and the answers that were taken back (in order). `meanwhile` runs on this
/// thread.
pub(super) fn pieces_while<A: Send, T>(
    reader: &Reader<'_>,
    decode: impl Fn(&Connection, &LogSpan, &[LogId]) -> Result<A> + Sync,
    meanwhile: impl FnOnce() -> Result<T>,
) -> Result<(Vec<A>, T)> {
    if let Some(span) = reader.long_span()?
        && let Some((peers, _snapshot)) = peers::connect(reader.connection, peers::cores())?
    {
        let undone = reader.undone_in_order()?;
        return peers::collect(peers, &span, |peer, piece| decode(peer, piece, &undone), meanwhile);
    }
    let all = LogId(Uuid::nil())..=LogId(Uuid::max());
    Ok((vec![decode(reader.connection, &all, &reader.undone_in_order()?)?], meanwhile()?))
}

/// Gives the answers in this range to `sink`, in the order of their ids, until it returns false.
fn each_row(
    connection: &Connection,
    detail: Detail,
    devices: &HashMap<i64, String>,
    range: &LogSpan,
    mut sink: impl FnMut(Review) -> Result<bool>,
) -> Result<()> {
    let sql = select_reviews(detail, "review where id between ? and ? order by id");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([range.start(), range.end()])?;
    while let Some(row) = rows.next()? {
        if !sink(decode_review(row, detail, devices)?)? {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "log_scan/tests.rs"]
mod tests;
