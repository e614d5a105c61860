//! Figures of the streak and of habits, read from the end of the log.

use rusqlite::OptionalExtension;
use uuid::Uuid;

use super::{Reader, fault, log_id};
use crate::error::Result;
use crate::model::{Confidence, DayStart, DeckId, Guess, Moment, Rating, ReviewKind, StudyDay, TimedAnswer};

impl Reader<'_> {
    /// Study days in a row with an answer that counts, up to today, or up to yesterday where today has none yet.
    ///
    /// It jumps from day to day in the log, so it takes a look-up for each day of the streak. Where a journey or a clock that went
    /// back makes a jump miss the day before, it walks there.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn streak(&self, today: StudyDay, start: DayStart) -> Result<u32> {
        let mut statement = self
            .connection
            .prepare_cached(
                "select day, at_ms, offset_minutes, id from live_review where id < ? and day <= ? order by id desc limit 1",
            )
            .map_err(fault::of)?;
        let mut last_before = |id: Uuid, day: i32| -> Result<Option<(i32, i64, i32, Uuid)>> {
            let columns =
                |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, Uuid::from_bytes(row.get(3)?)));
            statement.query_row((id.as_bytes(), day), columns).optional().map_err(fault::of)
        };
        let (mut jump, mut walk, mut wanted, mut streak) = (Uuid::max(), Uuid::max(), today.0, 0);
        loop {
            let follows = |day: i32| day == wanted || (streak == 0 && wanted == today.0 && day == today.0 - 1);
            let mut found = last_before(jump, wanted)?.filter(|found| follows(found.0));
            if found.is_none() && jump != walk {
                found = last_before(walk, wanted)?.filter(|found| follows(found.0));
            }
            let Some((day, at_ms, offset_minutes, id)) = found else {
                return Ok(streak);
            };
            streak += 1;
            wanted = day - 1;
            let begins = Moment { utc_ms: at_ms, offset_minutes }.start_of(StudyDay(day), start);
            (jump, walk) = (log_id::floor(begins.min(at_ms)), id);
        }
    }

    /// How many answers that count were reviews of due cards, by deck.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn review_counts(&self) -> Result<Vec<(DeckId, u64)>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "select memory.deck, count(*) from live_review as review join memory on memory.card = review.card
                 where review.kind = ? and review.practice = 0 group by memory.deck",
            )
            .map_err(fault::of)?;
        let rows = statement
            .query_map([ReviewKind::Review.number()], |row| {
                Ok((DeckId(row.get(0)?), row.get::<_, i64>(1)?.unsigned_abs()))
            })
            .map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    /// The last `limit` answers that count, before the day `before` where one is given, for what they say of the person's habits;
    /// the latest first. Practice is left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn timed_answers(&self, limit: u32, before: Option<StudyDay>) -> Result<Vec<TimedAnswer>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "select memory.deck, review.kind, review.rating, review.confidence, review.right, review.guess_ways, review.took_ms
                 from live_review as review join memory on memory.card = review.card
                 where review.day < ?1 and review.practice = 0 order by review.id desc limit ?2",
            )
            .map_err(fault::of)?;
        let mut rows = statement.query((before.map_or(i32::MAX, |day| day.0), limit)).map_err(fault::of)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(fault::of)? {
            let get = |error| fault::of(error);
            let kind = ReviewKind::from_number(row.get(1).map_err(get)?);
            let rating = Rating::from_number(row.get(2).map_err(get)?);
            let confidence = Confidence::from_number(row.get(3).map_err(get)?);
            found.push(TimedAnswer {
                deck: DeckId(row.get(0).map_err(get)?),
                kind: kind.ok_or_else(|| fault::nonsense("a kind of answer"))?,
                rating: rating.ok_or_else(|| fault::nonsense("a rating"))?,
                confidence: confidence.ok_or_else(|| fault::nonsense("a confidence"))?,
                right: row.get(4).map_err(get)?,
                guess: Guess::from_ways(row.get(5).map_err(get)?),
                took_ms: row.get(6).map_err(get)?,
            });
        }
        Ok(found)
    }
}
