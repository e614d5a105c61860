//! The log: appending, and reading in the order of events.

use std::collections::HashMap;

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::log_row::{Detail, log_id as id_at, review_of, select_reviews};
use super::{Reader, Writer, fault, log_id};
use crate::error::Result;
use crate::model::{CardId, Due, LogEntry, LogId, Move, MoveKind, Rating, Review, StudyDay, Undo};

/// Devices whose name begins so are imports: their answers were given elsewhere, and `undo` leaves them alone.
const IMPORTED: &str = "import: ";

impl Writer<'_> {
    /// An identity for the next entry of the log.
    pub fn next_id(&mut self, now_ms: i64) -> LogId {
        self.ids.next(now_ms)
    }

    /// The identity of an answer that comes from elsewhere, the same at every import.
    pub fn imported_id(card: Uuid, at_ms: i64, rating: Rating, repeat: u32) -> LogId {
        log_id::derived(card, at_ms, rating.number(), repeat)
    }

    /// The name of the device of an import, by which its answers are found again.
    pub fn import_device(source: &str, import: i64) -> String {
        format!("{IMPORTED}{source} ({import})")
    }

    /// Appends an answer.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn append_review(&mut self, review: &Review) -> Result<()> {
        self.insert_review(review, "insert").map(|_| ())
    }

    /// Appends an answer that comes from elsewhere, unless it is there already; whether it was new.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn append_imported(&mut self, review: &Review) -> Result<bool> {
        self.insert_review(review, "insert or ignore")
    }

    fn insert_review(&mut self, review: &Review, verb: &str) -> Result<bool> {
        let device = self.device(&review.device)?;
        let (due_day, due_ms) = due_columns(Some(review.due));
        let sql = format!(
            "{verb} into review (id, card, at_ms, day, offset_minutes, rating, kind, confidence, right, picked, shown, order_seed,
             guess_ways, took_ms, device, due_day, due_ms, practice, typed, overruled, sure) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
        );
        let inserted = self
            .transaction
            .prepare_cached(&sql)
            .and_then(|mut statement| {
                statement.execute(params![
                    review.id.0.as_bytes(),
                    review.card.0,
                    review.at.utc_ms,
                    review.day.0,
                    review.at.offset_minutes,
                    review.rating.number(),
                    review.kind.number(),
                    review.confidence.number(),
                    review.right,
                    review.picked,
                    review.shown,
                    review.order_seed,
                    review.guess.ways(),
                    review.took_ms,
                    device,
                    due_day,
                    due_ms,
                    review.practice,
                    review.typed,
                    review.overruled,
                    review.sure,
                ])
            })
            .map_err(fault::of)?;
        Ok(inserted > 0)
    }

    /// Appends that an answer was taken back.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn append_undo(&mut self, undo: &Undo, day: StudyDay, device: &str) -> Result<()> {
        let device = self.device(device)?;
        self.transaction
            .prepare_cached("insert into undo (id, review, at_ms, day, offset_minutes, device) values (?,?,?,?,?,?)")
            .and_then(|mut statement| {
                statement.execute(params![
                    undo.id.0.as_bytes(),
                    undo.review.0.as_bytes(),
                    undo.at.utc_ms,
                    day.0,
                    undo.at.offset_minutes,
                    device
                ])
            })
            .map_err(fault::of)?;
        Ok(())
    }

    /// Appends a change without an answer.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn append_move(&mut self, change: &Move, device: &str) -> Result<()> {
        let device = self.device(device)?;
        let (kind, until) = move_columns(change.kind);
        self.transaction
            .prepare_cached(
                "insert into move (id, card, at_ms, day, offset_minutes, kind, until_day, why, device) values (?,?,?,?,?,?,?,?,?)",
            )
            .and_then(|mut statement| {
                statement.execute(params![
                    change.id.0.as_bytes(),
                    change.card.0,
                    change.at.utc_ms,
                    change.day.0,
                    change.at.offset_minutes,
                    kind,
                    until,
                    change.why,
                    device
                ])
            })
            .map_err(fault::of)?;
        Ok(())
    }

    fn device(&self, name: &str) -> Result<i64> {
        let find = || {
            self.transaction
                .prepare_cached("select id from device where name = ?")?
                .query_row([name], |row| row.get(0))
                .optional()
        };
        if let Some(id) = find().map_err(fault::of)? {
            return Ok(id);
        }
        self.transaction.execute("insert into device (name) values (?)", [name]).map_err(fault::of)?;
        Ok(self.transaction.last_insert_rowid())
    }
}

impl Reader<'_> {
    /// The last answer that counts and was given here, with its card, and whether it is practice.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn last_answer(&self) -> Result<Option<(LogId, CardId, bool)>> {
        self.connection
            .prepare_cached(
                "select review.id, review.card, review.practice
                 from live_review as review join device on device.id = review.device
                 where substr(device.name, 1, length(?1)) <> ?1 order by review.id desc limit 1",
            )
            .and_then(|mut statement| {
                statement.query_row([IMPORTED], |row| Ok((id_at(row, 0)?, CardId(row.get(1)?), row.get(2)?))).optional()
            })
            .map_err(fault::of)
    }

    /// The log of a card without what was taken back, in the order of events.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn log_of(&self, card: CardId) -> Result<Vec<LogEntry>> {
        let mut log = Vec::new();
        let reviews = select_reviews(Detail::Fold, "live_review as review where review.card = ? order by review.id");
        let mut statement = self.connection.prepare_cached(&reviews).map_err(fault::of)?;
        let mut rows = statement.query([card.0]).map_err(fault::of)?;
        while let Some(row) = rows.next().map_err(fault::of)? {
            log.push(LogEntry::Review(review_of(row, Detail::Fold, &HashMap::new())?));
        }
        log.extend(self.moves("where card = ?", [card.0])?.into_iter().map(LogEntry::Move));
        log.sort_by_key(LogEntry::id);
        Ok(log)
    }

    /// The answers that count and came from this device, with their cards.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn answers_of_device(&self, device: &str) -> Result<Vec<(LogId, CardId)>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "select review.id, review.card from live_review as review join device on device.id = review.device
                 where device.name = ? order by review.id",
            )
            .map_err(fault::of)?;
        let rows = statement.query_map([device], |row| Ok((id_at(row, 0)?, CardId(row.get(1)?)))).map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }
}

pub(super) fn due_columns(due: Option<Due>) -> (Option<i32>, Option<i64>) {
    match due {
        Some(Due::Day(day)) => (Some(day.0), None),
        Some(Due::At(ms)) => (None, Some(ms)),
        None => (None, None),
    }
}

fn move_columns(kind: MoveKind) -> (i64, Value) {
    match kind {
        MoveKind::Suspend => (0, Value::Null),
        MoveKind::Unsuspend => (1, Value::Null),
        MoveKind::Bury(day) => (2, i64::from(day.0).into()),
        MoveKind::Unbury => (3, Value::Null),
        MoveKind::Due(day) => (4, i64::from(day.0).into()),
        MoveKind::Forget => (5, Value::Null),
    }
}
