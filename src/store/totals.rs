//! Figures of today and of the streak, read from the end of the log.

use rusqlite::OptionalExtension;

use super::{Reader, fault, log_id};
use crate::error::Result;
use crate::model::{CardId, DayStart, DeckId, Moment, QuestionId, ReviewKind, StudyDay};

/// No wall clock is further than this from another, and no study day is longer than a day and the hour that summer time gives
/// back: an answer of today is not older.
const REACH_MS: i64 = 52 * 3_600_000;

/// Answers of today that count, in a deck and of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TodayRow {
    /// The deck.
    pub deck: DeckId,
    /// The situation.
    pub kind: ReviewKind,
    /// How many.
    pub answers: u32,
}

impl Reader<'_> {
    /// The answers of today by deck and kind.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn today(&self, now: Moment, today: StudyDay) -> Result<Vec<TodayRow>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "select memory.deck, review.kind, count(*) from live_review as review join memory on memory.card = review.card
                 where review.id >= ?1 and review.day = ?2 group by memory.deck, review.kind",
            )
            .map_err(fault::of)?;
        let floor = log_id::floor(now.utc_ms.saturating_sub(REACH_MS));
        let mut rows = statement.query((floor.as_bytes(), today.0)).map_err(fault::of)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(fault::of)? {
            let kind = ReviewKind::from_number(row.get(1).map_err(fault::of)?);
            found.push(TodayRow {
                deck: DeckId(row.get(0).map_err(fault::of)?),
                kind: kind.ok_or_else(|| fault::nonsense("a kind of answer"))?,
                answers: row.get(2).map_err(fault::of)?,
            });
        }
        Ok(found)
    }

    /// The cards that were answered today, each with its question.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn answered_today(&self, now: Moment, today: StudyDay) -> Result<Vec<(QuestionId, CardId)>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "select distinct memory.question, memory.card from live_review as review join memory on memory.card = review.card
                 where review.id >= ?1 and review.day = ?2",
            )
            .map_err(fault::of)?;
        let floor = log_id::floor(now.utc_ms.saturating_sub(REACH_MS));
        let rows = statement
            .query_map((floor.as_bytes(), today.0), |row| Ok((QuestionId(row.get(0)?), CardId(row.get(1)?))))
            .map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    /// Study days in a row with an answer that counts, up to today, or up to yesterday where today has none yet.
    ///
    /// It jumps from day to day in the log, so it takes a look-up for each day of the streak.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn streak(&self, today: StudyDay, start: DayStart) -> Result<u32> {
        let mut statement = self
            .connection
            .prepare_cached(
                "select day, at_ms, offset_minutes from live_review where id < ? and day <= ? order by id desc limit 1",
            )
            .map_err(fault::of)?;
        let (mut before, mut wanted, mut streak) = (uuid::Uuid::max(), today, 0);
        loop {
            let found: Option<(i32, i64, i32)> = statement
                .query_row((before.as_bytes(), wanted.0), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()
                .map_err(fault::of)?;
            let Some((day, at_ms, offset_minutes)) = found else {
                return Ok(streak);
            };
            let day = StudyDay(day);
            let nothing_today = streak == 0 && wanted == today;
            if day != wanted && !(nothing_today && day.0 == today.0 - 1) {
                return Ok(streak);
            }
            streak += 1;
            wanted = StudyDay(day.0 - 1);
            let begins = i64::from(day.0) * 86_400_000 + i64::from(start.hour()) * 3_600_000
                - i64::from(offset_minutes) * 60_000;
            before = log_id::floor(begins.min(at_ms));
        }
    }

    /// The mean time of the last answers that count, in milliseconds; none where there are none.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn mean_answer_ms(&self) -> Result<Option<f64>> {
        self.connection
            .prepare_cached(
                "select avg(took_ms) from (select took_ms from live_review where took_ms > 0 order by id desc limit 200)",
            )
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
            .map_err(fault::of)
    }
}
