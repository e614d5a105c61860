//! When answers were given, against the clock of now.

use std::collections::HashMap;

use super::Reader;
use super::log_id::floor;
use super::log_seal::{MADE_HERE, day_of};
use super::query::Query;
use crate::error::Result;
use crate::model::{CardId, LogId, Moment, Rating};

/// Answers whose date is not the one that their identity has: it was changed since.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MisdatedAnswers {
    /// Of days that are not sealed yet.
    pub open: u64,
    /// Of days that were sealed with that date.
    pub sealed: u64,
    /// The time that the identity of the first one has, UTC milliseconds.
    pub given_ms: i64,
    /// The time that it has now.
    pub dated_ms: i64,
}

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

    /// Answers that count and were given here and not imported, as (card, UTC milliseconds, rating), with how many are alike.
    pub fn answers_given_here(&self) -> Result<HashMap<(CardId, i64, Rating), u32>> {
        let mut given = HashMap::new();
        self.each(&format!("select card, at_ms, rating from live_review where {MADE_HERE}"), [], |row| {
            *given.entry((row.get(0)?, row.get(1)?, row.get(2)?)).or_default() += 1;
            Ok(())
        })?;
        Ok(given)
    }

    /// Answers that were made here, and have another date than their identity. An identity is of the time of its answer; if the clock was behind, of
    /// that of the entry before.
    pub fn misdated_answers(&self) -> Result<MisdatedAnswers> {
        let sealed: Option<i64> = self.value("select max(day) from log_seal where device = 0", [])?;
        let sealed_run = self.last_of_sealed_runs()?;
        let mut differing: Vec<(LogId, i64)> = Vec::new();
        self.each(&format!("select id, at_ms from review where {MADE_HERE} order by id"), [], |row| {
            let (id, at_ms): (LogId, i64) = (row.get(0)?, row.get(1)?);
            differing.extend((id.utc_ms() != at_ms).then_some((id, at_ms)));
            Ok(())
        })?;
        let mut found = MisdatedAnswers::default();
        for (id, at_ms) in differing {
            if at_ms < id.utc_ms() && self.follows_an_entry(id)? {
                continue;
            }
            if found.open + found.sealed == 0 {
                (found.given_ms, found.dated_ms) = (id.utc_ms(), at_ms);
            }
            let is_sealed =
                sealed.is_some_and(|sealed| day_of(id) <= sealed) || sealed_run.is_some_and(|last| id <= last);
            *(if is_sealed { &mut found.sealed } else { &mut found.open }) += 1;
        }
        Ok(found)
    }
}
