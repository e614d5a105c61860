//! When answers were given, against the clock of now.

use std::collections::{HashMap, HashSet};

use super::Reader;
use super::log_id::{before, floor};
use super::log_seal::MADE_HERE;
use super::query::Query;
use crate::error::Result;
use crate::model::{CardId, DAY_MS, LogId, Moment, Rating};

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

    /// The last identity that a seal is over; `None` if nothing was sealed yet.
    fn sealed_through(&self) -> Result<Option<LogId>> {
        let day: Option<i64> = self.value("select max(day) from log_seal where device = 0", [])?;
        Ok(day.map(|day| before(floor((day + 1) * DAY_MS))).max(self.last_of_sealed_runs()?))
    }

    /// Answers after this identity that were made here and have another date than it, each with its date, UTC milliseconds. An identity is of the time of
    /// its answer; if the clock was behind, of that of the entry before.
    fn misdated_after(&self, id: LogId) -> Result<Vec<(LogId, i64)>> {
        let mut differing: Vec<(LogId, i64)> = Vec::new();
        let sql = format!("select id, at_ms from review where id > ? and {MADE_HERE} order by id");
        self.each(&sql, [id], |row| {
            let (id, at_ms): (LogId, i64) = (row.get(0)?, row.get(1)?);
            differing.extend((id.utc_ms() != at_ms).then_some((id, at_ms)));
            Ok(())
        })?;
        let mut misdated = Vec::new();
        for (id, at_ms) in differing {
            if at_ms > id.utc_ms() || !self.follows_an_entry(id)? {
                misdated.push((id, at_ms));
            }
        }
        Ok(misdated)
    }

    /// Whether an answer that no seal is over has another date than its identity. No seal is to make that the truth.
    pub(super) fn misdated_before_seal(&self) -> Result<bool> {
        Ok(!self.misdated_after(self.sealed_through()?.unwrap_or(floor(0)))?.is_empty())
    }

    /// Cards of which something was done here that no seal is over yet: nothing shows whether it was changed since.
    pub fn cards_without_seal(&self) -> Result<HashSet<CardId>> {
        let sql = format!(
            "select card from review where id > ?1 and {MADE_HERE}
             union select card from move where id > ?1 and {MADE_HERE}
             union select coalesce(review.card, move.card) from undo left join review on review.id = undo.review
                 left join move on move.id = undo.move where undo.id > ?1 and undo.undo is null
             union select card from deed where id > ?1 and card is not null"
        );
        let cards: Vec<CardId> = self.all(&sql, [self.sealed_through()?.unwrap_or(floor(0))])?;
        Ok(cards.into_iter().collect())
    }

    /// Answers that were made here, and have another date than their identity.
    pub fn misdated_answers(&self) -> Result<MisdatedAnswers> {
        let sealed = self.sealed_through()?;
        let mut found = MisdatedAnswers::default();
        for (id, at_ms) in self.misdated_after(floor(0))? {
            if found.open + found.sealed == 0 {
                (found.given_ms, found.dated_ms) = (id.utc_ms(), at_ms);
            }
            *(if sealed.is_some_and(|last| id <= last) { &mut found.sealed } else { &mut found.open }) += 1;
        }
        Ok(found)
    }
}
