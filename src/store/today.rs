//! What was done today, read from the end of the log.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::{Reader, fault, log_id};
use crate::error::Result;
use crate::model::{CardId, CardState, DeckId, LogId, Moment, QuestionId, ReviewKind, StudyDay};

/// No wall clock is further than this from another, and no study day is longer than a day and the hour that summer time gives
/// back: an answer of today is not older.
pub(super) const REACH_MS: i64 = 52 * 3_600_000;

const ANSWERED: &str =
    "select memory.card, memory.question, memory.deck, memory.topic, review.kind, review.practice, review.took_ms, review.id
     from live_review as review join memory on memory.card = review.card
     where review.id >= ?1 and review.day = ?2 order by review.id";

const PUT_AWAY: &str = "select memory.card, memory.question, memory.deck, memory.topic, memory.state, move.id
     from move join memory on memory.card = move.card
     where move.id >= ?1 and move.day = ?2 and move.why in (?3, ?4)
     and (memory.suspended = 1 or memory.buried_until > ?2) order by move.id";

/// Answers of today that count, in a deck and of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TodayRow {
    /// The deck.
    pub deck: DeckId,
    /// The situation.
    pub kind: ReviewKind,
    /// Whether they are practice.
    pub practice: bool,
    /// How many.
    pub answers: u32,
    /// The time they took, in milliseconds.
    pub took_ms: u64,
}

/// A card that had its turn today: it was answered (practice aside), or put away when it was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskedRow {
    /// The card.
    pub card: CardId,
    /// Its question.
    pub question: QuestionId,
    /// Its deck.
    pub deck: DeckId,
    /// Its topic, as a number that only tells topics apart.
    pub topic: i64,
    /// In which situation it was asked first.
    pub kind: ReviewKind,
    /// Whether it was answered, rather than put away.
    pub answered: bool,
    /// What was logged of it first today.
    pub first: LogId,
    /// What was logged of it last today.
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
    /// What was done today: the answers that were not taken back, and the cards that a review put away until further notice or
    /// for the day, which a move of today says with one of the words `put_away`, and which are put away still.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn today(&self, now: Moment, today: StudyDay, put_away: [&str; 2]) -> Result<Today> {
        let mut done = self.answered_today(now, today)?;
        let places: HashMap<CardId, usize> = done.asked.iter().enumerate().map(|(at, row)| (row.card, at)).collect();
        for row in self.put_away_today(now, today, put_away)? {
            match places.get(&row.card) {
                // What was answered before it was put away had its turn then.
                Some(&at) => done.asked[at].last = done.asked[at].last.max(row.last),
                None => done.asked.push(row),
            }
        }
        done.asked.sort_by_key(|row| row.first);
        Ok(done)
    }

    fn answered_today(&self, now: Moment, today: StudyDay) -> Result<Today> {
        let mut statement = self.connection.prepare_cached(ANSWERED).map_err(fault::of)?;
        let mut rows = statement.query((floor(now).as_bytes(), today.0)).map_err(fault::of)?;
        let mut done = Today::default();
        let mut places = HashMap::new();
        while let Some(row) = rows.next().map_err(fault::of)? {
            let get = |error| fault::of(error);
            let kind = ReviewKind::from_number(row.get(4).map_err(get)?);
            let kind = kind.ok_or_else(|| fault::nonsense("a kind of answer"))?;
            let id = super::log_row::log_id(row, 7).map_err(get)?;
            let practice: bool = row.get(5).map_err(get)?;
            let deck = DeckId(row.get(2).map_err(get)?);
            done.count(deck, kind, practice, row.get::<_, u32>(6).map_err(get)?);
            if practice {
                continue;
            }
            let card = CardId(row.get(0).map_err(get)?);
            match places.entry(card) {
                Entry::Occupied(place) => {
                    let at: usize = *place.get();
                    done.asked[at].last = id;
                }
                Entry::Vacant(place) => {
                    place.insert(done.asked.len());
                    done.asked.push(AskedRow {
                        card,
                        question: QuestionId(row.get(1).map_err(get)?),
                        deck,
                        topic: row.get::<_, Option<i64>>(3).map_err(get)?.unwrap_or(0),
                        kind,
                        answered: true,
                        first: id,
                        last: id,
                    });
                }
            }
        }
        Ok(done)
    }

    fn put_away_today(&self, now: Moment, today: StudyDay, put_away: [&str; 2]) -> Result<Vec<AskedRow>> {
        let mut statement = self.connection.prepare_cached(PUT_AWAY).map_err(fault::of)?;
        let [one, other] = put_away;
        let mut rows = statement.query((floor(now).as_bytes(), today.0, one, other)).map_err(fault::of)?;
        let mut found: Vec<AskedRow> = Vec::new();
        while let Some(row) = rows.next().map_err(fault::of)? {
            let get = |error| fault::of(error);
            let card = CardId(row.get(0).map_err(get)?);
            if found.iter().any(|other| other.card == card) {
                continue;
            }
            let state = CardState::from_number(row.get(4).map_err(get)?);
            let id = super::log_row::log_id(row, 5).map_err(get)?;
            found.push(AskedRow {
                card,
                question: QuestionId(row.get(1).map_err(get)?),
                deck: DeckId(row.get(2).map_err(get)?),
                topic: row.get::<_, Option<i64>>(3).map_err(get)?.unwrap_or(0),
                kind: state.ok_or_else(|| fault::nonsense("a state of a card"))?.into(),
                answered: false,
                first: id,
                last: id,
            });
        }
        Ok(found)
    }
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

/// Below this there is no entry of today.
fn floor(now: Moment) -> uuid::Uuid {
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
