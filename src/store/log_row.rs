//! Rows of the log, as what they say.

use std::collections::HashMap;

use rusqlite::Row;
use uuid::Uuid;

use super::fault;
use crate::error::Result;
use crate::model::{
    CardId, Confidence, Due, Guess, LogId, Moment, Move, MoveKind, Rating, Review, ReviewKind, StudyDay,
};

/// How much of an answer to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// All of it.
    Whole,
    /// What statistics count: what memory follows from, the time taken, what was picked, and whether surely.
    Count,
    /// What memory follows from: without picks, order and device.
    Fold,
}

pub(super) fn select_reviews(detail: Detail, from: &str) -> String {
    let more = match detail {
        Detail::Whole => ", picked, shown, order_seed, took_ms, device, typed, overruled, sure",
        Detail::Count => ", took_ms, picked, sure",
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
        sure: None,
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
    if detail == Detail::Count {
        review.took_ms = row.get(13).map_err(get)?;
        review.picked = row.get(14).map_err(get)?;
        review.sure = row.get(15).map_err(get)?;
    }
    if detail == Detail::Whole {
        review.picked = row.get(13).map_err(get)?;
        review.shown = row.get(14).map_err(get)?;
        review.order_seed = row.get(15).map_err(get)?;
        review.took_ms = row.get(16).map_err(get)?;
        let device: i64 = row.get(17).map_err(get)?;
        review.typed = row.get(18).map_err(get)?;
        review.overruled = row.get(19).map_err(get)?;
        review.sure = row.get(20).map_err(get)?;
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

pub(super) fn move_of(row: &Row<'_>) -> Result<Move> {
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
