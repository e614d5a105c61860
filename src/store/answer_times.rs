//! When answers were given, against the clock of now.

use super::Reader;
use super::log_id::floor;
use super::query::Query;
use crate::error::Result;
use crate::model::Moment;

impl Reader<'_> {
    /// When the last answer of the log that counts was given.
    pub fn last_answer_at(&self) -> Result<Option<Moment>> {
        let last: Vec<(i64, i32)> =
            self.all("select at_ms, offset_minutes from live_review order by id desc limit 1", [])?;
        Ok(last.first().map(|&(utc_ms, offset_minutes)| Moment { utc_ms, offset_minutes }))
    }

    /// How many answers that count are dated after this moment, and when the latest of them was given, UTC milliseconds.
    pub fn answers_after(&self, now_ms: i64) -> Result<(u64, Option<i64>)> {
        // The id of an answer is never earlier than the answer.
        let sql = "select count(*), max(at_ms) from live_review where id >= ? and at_ms > ?";
        let (count, latest): (i64, Option<i64>) = self.value(sql, (floor(now_ms), now_ms))?;
        Ok((count.unsigned_abs(), latest))
    }
}
