//! What was done today, read from the end of the log.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rusqlite::Row;

use super::query::Query;
use super::{Reader, log_id};
use crate::error::Result;
use crate::model::{CardId, CardState, DeckId, LogId, Moment, QuestionId, ReviewKind, StudyDay};

/// An answer of today is not older than this: it covers the offset of any wall clock from any other, and the longest study day, which
/// is a day and the hour that summer time gives back.
pub(super) const REACH_MS: i64 = 52 * 3_600_000;

const ANSWERED: &str =
    "select memory.card as card, memory.question as question, memory.deck as deck, memory.topic as topic,
     review.kind as kind, review.practice as practice, review.took_ms as took_ms, review.id as id
     from live_review as review join memory on memory.card = review.card
     where review.id >= ?1 and review.day = ?2 order by review.id";

const PUT_AWAY: &str =
    "select memory.card as card, memory.question as question, memory.deck as deck, memory.topic as topic,
     memory.state as state, move.id as id
     from live_move as move join memory on memory.card = move.card
     where move.id >= ?1 and move.day = ?2 and move.why in (?3, ?4)
     and (memory.suspended = 1 or memory.buried_until > ?2) order by move.id";

/// Answers of today that count, in a deck and of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TodayRow {
    /// The deck of their questions.
    pub deck: DeckId,
    /// In which situation they were given.
    pub kind: ReviewKind,
    /// Whether they are practice.
    pub practice: bool,
    /// How many they are.
    pub answers: u32,
    /// The time they took, in milliseconds.
    pub took_ms: u64,
}

/// A card that had its turn today: it was answered (practice aside), or put away when it was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskedRow {
    /// Its number.
    pub card: CardId,
    /// The number of its question.
    pub question: QuestionId,
    /// The deck of its question.
    pub deck: DeckId,
    /// A number that is the same for cards of one topic.
    pub topic: i64,
    /// In which situation it was asked first.
    pub kind: ReviewKind,
    /// Whether it was answered, rather than put away.
    pub answered: bool,
    /// Its first log entry of today.
    pub first: LogId,
    /// Its last log entry of today.
    pub last: LogId,
}

/// What was done today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Today {
    /// Answers by deck and kind.
    pub totals: Vec<TodayRow>,
    /// The cards that had their turn, in the order in which they had it.
    pub asked: Vec<AskedRow>,
}

impl Reader<'_> {
    /// What was done today: the answers that were not taken back, and the cards that were put away during a review and still are.
    /// A move of today with one of the reasons `put_away` is such a case.
    pub fn today(&self, now: Moment, today: StudyDay, put_away: [&str; 2]) -> Result<Today> {
        let mut done = self.answered_today(now, today)?;
        let places: HashMap<CardId, usize> = done.asked.iter().enumerate().map(|(at, row)| (row.card, at)).collect();
        for row in self.put_away_today(now, today, put_away)? {
            match places.get(&row.card) {
                // A card that was answered before it was put away had its turn then.
                Some(&at) => done.asked[at].last = done.asked[at].last.max(row.last),
                None => done.asked.push(row),
            }
        }
        done.asked.sort_by_key(|row| row.first);
        Ok(done)
    }

    fn answered_today(&self, now: Moment, today: StudyDay) -> Result<Today> {
        let mut done = Today::default();
        let mut places = HashMap::new();
        self.each(ANSWERED, (floor(now), today), |row| {
            let asked = asked_row(row, row.get("kind")?, true)?;
            let practice = row.get("practice")?;
            done.count(asked.deck, asked.kind, practice, row.get("took_ms")?);
            if practice {
                return Ok(());
            }
            match places.entry(asked.card) {
                Entry::Occupied(place) => {
                    let at: usize = *place.get();
                    done.asked[at].last = asked.last;
                }
                Entry::Vacant(place) => {
                    place.insert(done.asked.len());
                    done.asked.push(asked);
                }
            }
            Ok(())
        })?;
        Ok(done)
    }

    fn put_away_today(&self, now: Moment, today: StudyDay, put_away: [&str; 2]) -> Result<Vec<AskedRow>> {
        let mut found: Vec<AskedRow> = Vec::new();
        self.each(PUT_AWAY, (floor(now), today, put_away[0], put_away[1]), |row| {
            let asked = asked_row(row, row.get::<_, CardState>("state")?.into(), false)?;
            if found.iter().all(|other| other.card != asked.card) {
                found.push(asked);
            }
            Ok(())
        })?;
        Ok(found)
    }
}

fn asked_row(row: &Row<'_>, kind: ReviewKind, answered: bool) -> Result<AskedRow> {
    let id = row.get("id")?;
    Ok(AskedRow {
        card: row.get("card")?,
        question: row.get("question")?,
        deck: row.get("deck")?,
        topic: row.get::<_, Option<i64>>("topic")?.unwrap_or(0),
        kind,
        answered,
        first: id,
        last: id,
    })
}

impl Today {
    fn count(&mut self, deck: DeckId, kind: ReviewKind, practice: bool, took_ms: u32) {
        let same = |row: &&mut TodayRow| (row.deck, row.kind, row.practice) == (deck, kind, practice);
        match self.totals.iter_mut().find(same) {
            Some(row) => {
                row.answers += 1;
                row.took_ms += u64::from(took_ms);
            }
            None => self.totals.push(TodayRow { deck, kind, practice, answers: 1, took_ms: took_ms.into() }),
        }
    }
}

/// No entry of today is below this.
fn floor(now: Moment) -> LogId {
    log_id::floor(now.utc_ms.saturating_sub(REACH_MS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_is_read_from_the_end_of_the_log() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = crate::store::Store::open(&folder.path().join("a.db"), 0, None).expect("a store");
        for (sql, log) in [(ANSWERED, "review"), (PUT_AWAY, "move")] {
            let connection = store.reader().connection;
            let mut statement = connection.prepare(&format!("explain query plan {sql}")).expect("a plan");
            let values = vec![rusqlite::types::Value::Null; statement.parameter_count()];
            let values = rusqlite::params_from_iter(values);
            let steps = statement.query_map(values, |row| row.get::<_, String>(3)).expect("a plan");
            let steps = steps.collect::<rusqlite::Result<Vec<_>>>().expect("a plan");
            assert_eq!(steps[0], format!("SEARCH {log} USING PRIMARY KEY (id>?)"));
            assert!(steps.iter().all(|step| !step.starts_with("SCAN") && !step.contains("TEMP")), "{steps:?}");
        }
    }
}
