//! The log: appending, and reading in the order of events.

use std::collections::HashMap;

use rusqlite::params;
use uuid::Uuid;

use super::log_row::{Detail, decode_review, select_reviews};
use super::query::Query;
use super::{Reader, Writer, log_id};
use crate::error::Result;
use crate::model::{CardId, Due, LogEntry, LogId, Move, MoveKind, Rating, Review, StudyDay, Undo};

/// Devices whose name begins with this are imports: their answers were given elsewhere, and `undo` leaves them alone.
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
    pub fn append_review(&mut self, review: &Review) -> Result<()> {
        self.insert_review(review, "insert").map(|_| ())
    }

    /// Appends an answer that comes from elsewhere, unless it is there already. Returns whether it was new.
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
        let values = params![
            review.id,
            review.card,
            review.at.utc_ms,
            review.day,
            review.at.offset_minutes,
            review.rating,
            review.kind,
            review.confidence,
            review.right,
            review.picked,
            review.shown,
            review.order_seed,
            review.guess,
            review.took_ms,
            device,
            due_day,
            due_ms,
            review.practice,
            review.typed,
            review.overruled,
            review.sure,
        ];
        Ok(self.run_counted(&sql, values)? > 0)
    }

    /// Appends that an answer was taken back.
    pub fn append_undo(&mut self, undo: &Undo, day: StudyDay, device: &str) -> Result<()> {
        let device = self.device(device)?;
        self.run(
            "insert into undo (id, review, at_ms, day, offset_minutes, device) values (?,?,?,?,?,?)",
            params![undo.id, undo.review, undo.at.utc_ms, day, undo.at.offset_minutes, device],
        )
    }

    /// Appends a change without an answer.
    pub fn append_move(&mut self, change: &Move, device: &str) -> Result<()> {
        let device = self.device(device)?;
        let (kind, until) = move_columns(change.kind);
        let Move { id, card, at, day, why, .. } = change;
        self.run(
            "insert into move (id, card, at_ms, day, offset_minutes, kind, until_day, why, device) values (?,?,?,?,?,?,?,?,?)",
            params![id, card, at.utc_ms, day, at.offset_minutes, kind, until, why, device],
        )
    }

    fn device(&self, name: &str) -> Result<i64> {
        if let Some(id) = self.one("select id from device where name = ?", [name])? {
            return Ok(id);
        }
        self.run("insert into device (name) values (?)", [name])?;
        Ok(self.transaction.last_insert_rowid())
    }
}

impl Reader<'_> {
    /// The last answer that counts and was given here, with its card, and whether it is practice.
    pub fn last_answer(&self) -> Result<Option<(LogId, CardId, bool)>> {
        self.one(
            "select review.id, review.card, review.practice
             from live_review as review join device on device.id = review.device
             where substr(device.name, 1, length(?1)) <> ?1 order by review.id desc limit 1",
            [IMPORTED],
        )
    }

    /// The log of a card without what was taken back, in the order of events.
    pub fn log_of(&self, card: CardId) -> Result<Vec<LogEntry>> {
        let mut log = Vec::new();
        let reviews = select_reviews(Detail::Fold, "live_review as review where review.card = ? order by review.id");
        self.each(&reviews, [card], |row| {
            log.push(LogEntry::Review(decode_review(row, Detail::Fold, &HashMap::new())?));
            Ok(())
        })?;
        log.extend(self.moves("where card = ?", [card])?.into_iter().map(LogEntry::Move));
        log.sort_by_key(LogEntry::id);
        Ok(log)
    }

    /// The answers that count and came from this device, with their cards.
    pub fn answers_of_device(&self, device: &str) -> Result<Vec<(LogId, CardId)>> {
        self.all(
            "select review.id, review.card from live_review as review join device on device.id = review.device
             where device.name = ? order by review.id",
            [device],
        )
    }
}

pub(super) fn due_columns(due: Option<Due>) -> (Option<StudyDay>, Option<i64>) {
    match due {
        Some(Due::Day(day)) => (Some(day), None),
        Some(Due::At(ms)) => (None, Some(ms)),
        None => (None, None),
    }
}

/// The number of a kind of move, and the day that it names. [`super::log_row`] decodes them.
fn move_columns(kind: MoveKind) -> (u8, Option<StudyDay>) {
    match kind {
        MoveKind::Suspend => (0, None),
        MoveKind::Unsuspend => (1, None),
        MoveKind::Bury(day) => (2, Some(day)),
        MoveKind::Unbury => (3, None),
        MoveKind::Due(day) => (4, Some(day)),
        MoveKind::Forget => (5, None),
    }
}
