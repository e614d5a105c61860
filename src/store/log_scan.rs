//! Reading the whole log, in the order of events.

mod peers;

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

use rusqlite::Connection;
use uuid::Uuid;

use super::log_row::{Detail, log_id, move_of, review_of, select_reviews};
use super::{Reader, fault};
use crate::error::Result;
use crate::model::{LogEntry, LogId, Move, Review};

/// So many pages of 4 KiB hold some ten thousand answers: reading fewer takes no longer than to call for help.
const WORTH_HELP: i64 = 2_000;

/// A range of the log.
pub(super) type Span = RangeInclusive<LogId>;

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
    ///
    /// # Errors
    /// When the database cannot be read, or `sink` fails.
    pub fn each_entry(&self, mut sink: impl FnMut(LogEntry) -> Result<()>) -> Result<()> {
        let mut moves = self.moves("", [])?.into_iter().peekable();
        self.scan(Detail::Fold, |review, undone| {
            while let Some(change) = moves.next_if(|change| change.id < review.id) {
                sink(LogEntry::Move(change))?;
            }
            if undone { Ok(()) } else { sink(LogEntry::Review(review)) }
        })?;
        moves.try_for_each(|change| sink(LogEntry::Move(change)))
    }

    /// Every answer, those taken back too, and every move, in the order of events, with all details.
    ///
    /// # Errors
    /// When the database cannot be read, or a sink fails.
    pub fn each_review(
        &self,
        mut on_move: impl FnMut(&Move) -> Result<()>,
        mut on_review: impl FnMut(LoggedReview) -> Result<()>,
    ) -> Result<()> {
        self.each_logged(Detail::Whole, &mut on_move, &mut on_review)
    }

    /// The same with what statistics count: nothing of order, device and typing.
    ///
    /// # Errors
    /// When the database cannot be read, or a sink fails.
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
        let mut moves = self.moves("", [])?.into_iter().peekable();
        self.scan(detail, |review, undone| {
            while let Some(change) = moves.next_if(|change| change.id < review.id) {
                on_move(&change)?;
            }
            on_review(LoggedReview { review, undone })
        })?;
        moves.try_for_each(|change| on_move(&change))
    }

    /// How many answers the log holds, those taken back too.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn review_count(&self) -> Result<u64> {
        self.connection
            .query_row("select count(*) from review", [], |row| row.get::<_, i64>(0))
            .map(i64::unsigned_abs)
            .map_err(fault::of)
    }

    /// Every answer, and whether it was taken back, in the order of events.
    fn scan(&self, detail: Detail, mut sink: impl FnMut(Review, bool) -> Result<()>) -> Result<()> {
        let mut undone = self.undone_in_order()?.into_iter().peekable();
        let devices = self.devices()?;
        let mut give = |review: Review| {
            while undone.next_if(|id| *id < review.id).is_some() {}
            let taken_back = undone.peek() == Some(&review.id);
            sink(review, taken_back)
        };
        if let Some(span) = self.long_span()?
            && let Some((peers, _snapshot)) = peers::of(self.connection, peers::cores())?
        {
            return peers::read(peers, &span, detail, &devices, give);
        }
        each_row(self.connection, detail, &devices, &(LogId(Uuid::nil())..=LogId(Uuid::max())), |review| {
            give(review).map(|()| true)
        })
    }

    /// The first and the last answer, where there are so many that others may help to read them.
    fn long_span(&self) -> Result<Option<Span>> {
        let pages: i64 = self
            .connection
            .query_row("select page_count from pragma_page_count", [], |row| row.get(0))
            .map_err(fault::of)?;
        if pages < WORTH_HELP {
            return Ok(None);
        }
        let ends: (Option<[u8; 16]>, Option<[u8; 16]>) = self
            .connection
            .query_row("select (select min(id) from review), (select max(id) from review)", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .map_err(fault::of)?;
        let id = |bytes| LogId(Uuid::from_bytes(bytes));
        Ok(ends.0.zip(ends.1).map(|(first, last)| id(first)..=id(last)))
    }

    /// The answers that were taken back.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn undone(&self) -> Result<HashSet<LogId>> {
        let mut statement = self.connection.prepare_cached("select review from undo").map_err(fault::of)?;
        let rows = statement.query_map([], |row| log_id(row, 0)).map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    /// The same in the order of the log.
    fn undone_in_order(&self) -> Result<Vec<LogId>> {
        let mut undone: Vec<LogId> = self.undone()?.into_iter().collect();
        undone.sort_unstable();
        Ok(undone)
    }

    pub(super) fn devices(&self) -> Result<HashMap<i64, String>> {
        let mut statement = self.connection.prepare_cached("select id, name from device").map_err(fault::of)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    pub(super) fn moves(&self, filter: &str, values: impl rusqlite::Params) -> Result<Vec<Move>> {
        let sql =
            format!("select id, card, at_ms, day, offset_minutes, kind, until_day, why from move {filter} order by id");
        let mut statement = self.connection.prepare_cached(&sql).map_err(fault::of)?;
        let mut rows = statement.query(values).map_err(fault::of)?;
        let mut moves = Vec::new();
        while let Some(row) = rows.next().map_err(fault::of)? {
            moves.push(move_of(row)?);
        }
        Ok(moves)
    }
}

/// The whole log in pieces, in order: `decode` is given a piece, and what was taken back (in order). Something else is done on this
/// thread meanwhile.
pub(super) fn pieces_while<A: Send, T>(
    reader: &Reader<'_>,
    decode: impl Fn(&Connection, &Span, &[LogId]) -> Result<A> + Sync,
    meanwhile: impl FnOnce() -> Result<T>,
) -> Result<(Vec<A>, T)> {
    if let Some(span) = reader.long_span()?
        && let Some((peers, _snapshot)) = peers::of(reader.connection, peers::cores())?
    {
        let undone = reader.undone_in_order()?;
        return peers::collect(peers, &span, |peer, piece| decode(peer, piece, &undone), meanwhile);
    }
    let all = LogId(Uuid::nil())..=LogId(Uuid::max());
    Ok((vec![decode(reader.connection, &all, &reader.undone_in_order()?)?], meanwhile()?))
}

/// The answers in this range, in the order of their ids, until `sink` says that it wants no more.
fn each_row(
    connection: &Connection,
    detail: Detail,
    devices: &HashMap<i64, String>,
    range: &Span,
    mut sink: impl FnMut(Review) -> Result<bool>,
) -> Result<()> {
    let sql = select_reviews(detail, "review where id between ? and ? order by id");
    let mut statement = connection.prepare_cached(&sql).map_err(fault::of)?;
    let mut rows = statement.query([range.start().0.as_bytes(), range.end().0.as_bytes()]).map_err(fault::of)?;
    while let Some(row) = rows.next().map_err(fault::of)? {
        if !sink(review_of(row, detail, devices)?)? {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "log_scan/tests.rs"]
mod tests;
