//! Rows of the log as entries. They are read by the million, so their cells are found by position (see [`super::query`]).

use std::collections::HashMap;

use rusqlite::Row;

use super::column::nearest;
use super::fault::nonsense;
use super::query::FromRow;
use crate::error::Result;
use crate::model::{Due, Moment, Move, MoveKind, Review, StudyDay};

/// How much of an answer is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// All of it.
    Whole,
    /// What statistics count: what memory follows from, the time taken, what was picked, and how sure the person was.
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

pub(super) fn decode_review(row: &Row<'_>, detail: Detail, devices: &HashMap<i64, String>) -> Result<Review> {
    let mut review = Review {
        id: row.get(0)?,
        card: row.get(1)?,
        at: Moment::within_calendar(row.get(2)?, row.get(4)?),
        day: row.get(3)?,
        rating: row.get(5)?,
        kind: row.get(6)?,
        confidence: row.get(7)?,
        right: row.get(8)?,
        guess: row.get(9)?,
        due: decode_due(row, 10)?.ok_or_else(|| nonsense("an answer without a due date"))?,
        practice: row.get(12)?,
        ..Review::EMPTY
    };
    if detail == Detail::Count {
        review.took_ms = nearest(row.get(13)?);
        review.picked = row.get(14)?;
        review.sure = row.get(15)?;
    }
    if detail == Detail::Whole {
        review.picked = row.get(13)?;
        review.shown = row.get(14)?;
        review.order_seed = nearest(row.get(15)?);
        review.took_ms = nearest(row.get(16)?);
        review.device = devices.get(&row.get::<_, i64>(17)?).cloned().unwrap_or_default();
        review.typed = row.get(18)?;
        review.overruled = row.get(19)?;
        review.sure = row.get(20)?;
    }
    Ok(review)
}

/// The due date in the columns `column` (day) and the one after it (moment).
pub(super) fn decode_due(row: &Row<'_>, column: usize) -> Result<Option<Due>> {
    let (day, moment): (Option<StudyDay>, Option<i64>) = (row.get(column)?, row.get(column + 1)?);
    let moment = moment.map(|utc_ms| Due::At(Moment::within_calendar(utc_ms, 0).utc_ms));
    Ok(day.map(Due::Day).or(moment))
}

impl FromRow for Move {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let kind = match (row.get(5)?, row.get(6)?) {
            (0, None) => MoveKind::Suspend,
            (1, None) => MoveKind::Unsuspend,
            (2, Some(day)) => MoveKind::Bury(day),
            (3, None) => MoveKind::Unbury,
            (4, Some(day)) => MoveKind::Due(day),
            (5, None) => MoveKind::Forget,
            _ => return Err(nonsense("a kind of move")),
        };
        Ok(Self {
            id: row.get(0)?,
            card: row.get(1)?,
            at: Moment::within_calendar(row.get(2)?, row.get(4)?),
            day: row.get(3)?,
            kind,
            why: row.get(7)?,
        })
    }
}
