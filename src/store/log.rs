//! The log: appending, and reading in the order of events.

use std::collections::{HashMap, HashSet};

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::{Reader, Writer, fault, log_id};
use crate::error::Result;
use crate::model::{
    CardId, Confidence, Due, Guess, LogEntry, LogId, Moment, Move, MoveKind, Rating, Review, ReviewKind, StudyDay, Undo,
};

/// Devices whose name begins so are imports: their answers were given elsewhere, and `undo` leaves them alone.
const IMPORTED: &str = "import: ";

/// An answer of the log, counted or taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct LoggedReview {
    /// The answer.
    pub review: Review,
    /// Whether it was taken back.
    pub undone: bool,
}

/// How much of an answer to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// All of it.
    Whole,
    /// What memory follows from: without picks, order and device.
    Fold,
}

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
             guess_ways, took_ms, device, due_day, due_ms, practice, typed, overruled) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
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
                statement
                    .query_row([IMPORTED], |row| Ok((log_id(row, 0)?, CardId(row.get(1)?), row.get(2)?)))
                    .optional()
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
        log.sort_by_key(entry_id);
        Ok(log)
    }

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
        let mut moves = self.moves("", [])?.into_iter().peekable();
        self.scan(Detail::Whole, |review, undone| {
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

    fn scan(&self, detail: Detail, mut sink: impl FnMut(Review, bool) -> Result<()>) -> Result<()> {
        let undone = self.undone()?;
        let devices = self.devices()?;
        let sql = select_reviews(detail, "review order by id");
        let mut statement = self.connection.prepare_cached(&sql).map_err(fault::of)?;
        let mut rows = statement.query([]).map_err(fault::of)?;
        while let Some(row) = rows.next().map_err(fault::of)? {
            let review = review_of(row, detail, &devices)?;
            let taken_back = !undone.is_empty() && undone.contains(&review.id);
            sink(review, taken_back)?;
        }
        Ok(())
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
        let rows =
            statement.query_map([device], |row| Ok((log_id(row, 0)?, CardId(row.get(1)?)))).map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
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

pub(super) fn entry_id(entry: &LogEntry) -> LogId {
    match entry {
        LogEntry::Review(review) => review.id,
        LogEntry::Move(change) => change.id,
    }
}

pub(super) fn select_reviews(detail: Detail, from: &str) -> String {
    let more = match detail {
        Detail::Whole => ", picked, shown, order_seed, took_ms, device, typed, overruled",
        Detail::Fold => "",
    };
    format!(
        "select id, card, at_ms, day, offset_minutes, rating, kind, confidence, right, guess_ways, due_day, due_ms,
         practice{more} from {from}"
    )
}

pub(super) fn review_of(row: &Row<'_>, detail: Detail, devices: &HashMap<i64, String>) -> Result<Review> {
    let get = |error| fault::of(error);
    let rating = Rating::from_number(row.get(5).map_err(get)?).ok_or_else(|| fault::nonsense("a rating"))?;
    let kind = ReviewKind::from_number(row.get(6).map_err(get)?).ok_or_else(|| fault::nonsense("a kind of answer"))?;
    let confidence =
        Confidence::from_number(row.get(7).map_err(get)?).ok_or_else(|| fault::nonsense("a confidence"))?;
    let due = due_of(row, 10)?.ok_or_else(|| fault::nonsense("an answer without a due date"))?;
    let mut review = Review {
        id: log_id(row, 0).map_err(get)?,
        card: CardId(row.get(1).map_err(get)?),
        at: Moment { utc_ms: row.get(2).map_err(get)?, offset_minutes: row.get(4).map_err(get)? },
        day: StudyDay(row.get(3).map_err(get)?),
        rating,
        kind,
        confidence,
        right: row.get(8).map_err(get)?,
        overruled: false,
        typed: None,
        picked: Vec::new(),
        shown: Vec::new(),
        order_seed: 0,
        guess: Guess::from_ways(row.get(9).map_err(get)?),
        took_ms: 0,
        device: String::new(),
        due,
        practice: row.get(12).map_err(get)?,
    };
    if detail == Detail::Whole {
        review.picked = row.get(13).map_err(get)?;
        review.shown = row.get(14).map_err(get)?;
        review.order_seed = row.get(15).map_err(get)?;
        review.took_ms = row.get(16).map_err(get)?;
        let device: i64 = row.get(17).map_err(get)?;
        review.typed = row.get(18).map_err(get)?;
        review.overruled = row.get(19).map_err(get)?;
        review.device = devices.get(&device).cloned().unwrap_or_default();
    }
    Ok(review)
}

pub(super) fn log_id(row: &Row<'_>, column: usize) -> rusqlite::Result<LogId> {
    Ok(LogId(Uuid::from_bytes(row.get(column)?)))
}

/// The due date in the columns `column` (day) and the one after it (moment).
pub(super) fn due_of(row: &Row<'_>, column: usize) -> Result<Option<Due>> {
    let day: Option<i32> = row.get(column).map_err(fault::of)?;
    let ms: Option<i64> = row.get(column + 1).map_err(fault::of)?;
    Ok(day.map(|day| Due::Day(StudyDay(day))).or(ms.map(Due::At)))
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

fn move_of(row: &Row<'_>) -> Result<Move> {
    let get = |error| fault::of(error);
    let number: i64 = row.get(5).map_err(get)?;
    let until: Option<i32> = row.get(6).map_err(get)?;
    let kind = match (number, until.map(StudyDay)) {
        (0, None) => MoveKind::Suspend,
        (1, None) => MoveKind::Unsuspend,
        (2, Some(day)) => MoveKind::Bury(day),
        (3, None) => MoveKind::Unbury,
        (4, Some(day)) => MoveKind::Due(day),
        (5, None) => MoveKind::Forget,
        _ => return Err(fault::nonsense("a kind of move")),
    };
    Ok(Move {
        id: log_id(row, 0).map_err(get)?,
        card: CardId(row.get(1).map_err(get)?),
        at: Moment { utc_ms: row.get(2).map_err(get)?, offset_minutes: row.get(4).map_err(get)? },
        day: StudyDay(row.get(3).map_err(get)?),
        kind,
        why: row.get(7).map_err(get)?,
    })
}
