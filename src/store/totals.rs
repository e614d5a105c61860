//! Figures of the streak and of answering times, read from the end of the log.

use rusqlite::Row;
use uuid::Uuid;

use super::query::{FromRow, Query};
use super::{Reader, log_id};
use crate::error::Result;
use crate::model::{DayStart, DeckId, LogId, Moment, ReviewKind, StudyDay, TimedAnswer};

impl FromRow for TimedAnswer {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            deck: row.get(0)?,
            kind: row.get(1)?,
            rating: row.get(2)?,
            confidence: row.get(3)?,
            right: row.get(4)?,
            guess: row.get(5)?,
            took_ms: row.get(6)?,
        })
    }
}

impl Reader<'_> {
    /// Study days in a row with an answer that counts, up to today, or up to yesterday if today has none yet.
    ///
    /// It jumps from day to day in the log, so it takes one look-up for each day of the streak. If a change of time zone or a clock
    /// that went back makes a jump miss the day before, it walks there answer by answer.
    pub fn streak(&self, today: StudyDay, start: DayStart) -> Result<u32> {
        let last_before = |id: LogId, day: i32| -> Result<Option<(StudyDay, Moment, LogId)>> {
            let sql = "select day, at_ms, offset_minutes, id from live_review where id < ? and day <= ? order by id desc limit 1";
            self.one_by(sql, (id, day), |row| {
                let at = Moment { utc_ms: row.get(1)?, offset_minutes: row.get(2)? };
                Ok((row.get(0)?, at, row.get(3)?))
            })
        };
        let end = LogId(Uuid::max());
        let (mut jump, mut walk, mut wanted, mut streak) = (end, end, today.0, 0);
        loop {
            let follows = |day: i32| day == wanted || (streak == 0 && wanted == today.0 && day == today.0 - 1);
            let mut found = last_before(jump, wanted)?.filter(|found| follows(found.0.0));
            if found.is_none() && jump != walk {
                found = last_before(walk, wanted)?.filter(|found| follows(found.0.0));
            }
            let Some((day, at, id)) = found else { return Ok(streak) };
            streak += 1;
            wanted = day.0 - 1;
            (jump, walk) = (log_id::floor(at.start_of(day, start).min(at.utc_ms)), id);
        }
    }

    /// The last answers that count, at most `limit`: their situation, and the milliseconds from showing to answering.
    pub fn recent_times(&self, limit: u32) -> Result<Vec<(ReviewKind, u32)>> {
        self.all("select kind, took_ms from live_review where practice = 0 order by id desc limit ?", [limit])
    }

    /// How many answers that count were reviews of due cards, by deck.
    pub fn review_counts(&self) -> Result<Vec<(DeckId, u64)>> {
        let rows: Vec<(DeckId, i64)> = self.all(
            "select memory.deck, count(*) from live_review as review join memory on memory.card = review.card
             where review.kind = ? and review.practice = 0 group by memory.deck",
            [ReviewKind::Review],
        )?;
        Ok(rows.into_iter().map(|(deck, count)| (deck, count.unsigned_abs())).collect())
    }

    /// The last `limit` answers that count (before the day `before`, if given), the latest first, to measure how the person
    /// answers. Practice is left out.
    pub fn timed_answers(&self, limit: u32, before: Option<StudyDay>) -> Result<Vec<TimedAnswer>> {
        self.all(
            "select memory.deck, review.kind, rating, confidence, right, guess_ways, took_ms
             from live_review as review join memory on memory.card = review.card
             where review.day < ?1 and review.practice = 0 order by review.id desc limit ?2",
            (before.map_or(i32::MAX, |day| day.0), limit),
        )
    }
}
