//! Cards to be asked beside the schedule: those that were missed, and those that were flagged.

use std::collections::HashMap;

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::queue::places;
use super::today::REACH_MS;
use super::{QueueFilter, Reader, fault, log_id};
use crate::error::Result;
use crate::model::{CardId, CardState, DeckId, Due, Rating, ReviewKind, StudyDay};

/// From when on misses are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissesSince {
    /// From the beginning of this study day.
    Day(StudyDay),
    /// From this moment, UTC milliseconds.
    Moment(i64),
}

/// Where a card stands that may be asked beside the schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandingRow {
    /// The card.
    pub card: CardId,
    /// Its deck.
    pub deck: DeckId,
    /// Its state.
    pub state: CardState,
    /// When it is due; none while it is new.
    pub due: Option<Due>,
}

/// So many cards are asked for at once: fewer than the values that a statement may have.
const AT_ONCE: usize = 10_000;

impl Reader<'_> {
    /// The cards with a wrong answer since then that was not taken back, the one that was missed last at the end. A card that was
    /// asked again since, as practice or as a review that it passed, is done for `today`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn missed(&self, since: MissesSince, today: StudyDay) -> Result<Vec<CardId>> {
        let (from_ms, from_day) = match since {
            MissesSince::Day(day) => (i64::from(day.0) * 86_400_000 - REACH_MS, day.0),
            MissesSince::Moment(at_ms) => (at_ms, i32::MIN),
        };
        let at_least = if from_day == i32::MIN { from_ms } else { i64::MIN };
        let mut statement = self
            .connection
            .prepare_cached(
                "select card, rating, kind, practice, day from live_review
                 where id >= ?1 and at_ms >= ?2 and day >= ?3 order by id",
            )
            .map_err(fault::of)?;
        let mut rows = statement.query((log_id::floor(from_ms).as_bytes(), at_least, from_day)).map_err(fault::of)?;
        // The place of the last miss, and whether the card had its retake today.
        let mut cards: HashMap<CardId, (Option<usize>, bool)> = HashMap::new();
        let mut place = 0;
        while let Some(row) = rows.next().map_err(fault::of)? {
            let get = |error| fault::of(error);
            let (card, rating, kind) = (CardId(row.get(0).map_err(get)?), row.get::<_, u8>(1), row.get::<_, u8>(2));
            let missed = rating.map_err(get)? == Rating::Again.number();
            let review = [ReviewKind::Review, ReviewKind::Ahead, ReviewKind::Exam].map(ReviewKind::number);
            let review = review.contains(&kind.map_err(get)?);
            let practice: bool = row.get(3).map_err(get)?;
            let of_today = row.get::<_, i32>(4).map_err(get)? == today.0;
            let (miss, retaken) = cards.entry(card).or_default();
            // What goes wrong in a retake is for the next one, or else it would never end.
            *retaken = of_today && (practice || (review && !missed) || (*retaken && !missed));
            if missed {
                *miss = Some(place);
            }
            place += 1;
        }
        let mut missed: Vec<(usize, CardId)> = cards
            .into_iter()
            .filter(|(_, (_, retaken))| !retaken)
            .filter_map(|(card, (miss, _))| miss.map(|place| (place, card)))
            .collect();
        missed.sort_unstable();
        Ok(missed.into_iter().map(|(_, card)| card).collect())
    }

    /// The cards that are flagged, the one that was flagged last at the end.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn flagged(&self) -> Result<Vec<CardId>> {
        let mut statement =
            self.connection.prepare_cached("select card from flag order by at_ms, card").map_err(fault::of)?;
        let rows = statement.query_map([], |row| row.get(0).map(CardId)).map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    /// The cards that were practised today, in an answer that was not taken back.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn practised(&self, today: StudyDay) -> Result<Vec<CardId>> {
        let mut statement = self
            .connection
            .prepare_cached("select distinct card from live_review where id >= ?1 and day = ?2 and practice = 1")
            .map_err(fault::of)?;
        let floor = log_id::floor(i64::from(today.0) * 86_400_000 - REACH_MS);
        let rows = statement.query_map((floor.as_bytes(), today.0), |row| row.get(0).map(CardId)).map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    /// How often a card was practised, in answers that were not taken back.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn times_practised(&self, card: CardId) -> Result<u32> {
        self.connection
            .prepare_cached("select count(*) from live_review where card = ? and practice = 1")
            .and_then(|mut statement| statement.query_row([card.0], |row| row.get(0)))
            .map_err(fault::of)
    }

    /// Those of these cards whose questions are about what the filter asks for.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn about(&self, cards: &[CardId], filter: &QueueFilter) -> Result<Vec<CardId>> {
        let mut found = Vec::new();
        for some in cards.chunks(AT_ONCE) {
            let mut values = Vec::new();
            let names = places(&mut values, some.iter().map(|card| card.0).collect());
            let narrowed = self.narrowed(filter, &mut values)?;
            let sql = format!("select card from memory where card in ({names}){narrowed}");
            let mut statement = self.connection.prepare(&sql).map_err(fault::of)?;
            let rows =
                statement.query_map(params_from_iter(values), |row| row.get(0).map(CardId)).map_err(fault::of)?;
            for card in rows {
                found.push(card.map_err(fault::of)?);
            }
        }
        Ok(found)
    }

    /// Where those of these cards stand that the filter takes and that are neither suspended nor buried, in the order given.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn standing(&self, cards: &[CardId], today: StudyDay, filter: &QueueFilter) -> Result<Vec<StandingRow>> {
        let mut found: HashMap<CardId, StandingRow> = HashMap::new();
        for some in cards.chunks(AT_ONCE) {
            let mut values = vec![Value::from(i64::from(today.0))];
            let names = places(&mut values, some.iter().map(|card| card.0).collect());
            let narrowed = self.narrowed(filter, &mut values)?;
            let sql = format!(
                "select card, deck, state, due_day, due_ms from memory where suspended = 0
                 and (buried_until is null or buried_until <= ?1) and card in ({names}){narrowed}"
            );
            let mut statement = self.connection.prepare(&sql).map_err(fault::of)?;
            let mut rows = statement.query(params_from_iter(values)).map_err(fault::of)?;
            while let Some(row) = rows.next().map_err(fault::of)? {
                let get = |error| fault::of(error);
                let card = CardId(row.get(0).map_err(get)?);
                let state = CardState::from_number(row.get(2).map_err(get)?);
                let state = state.ok_or_else(|| fault::nonsense("a state of a card"))?;
                if filter.takes(state) {
                    let deck = DeckId(row.get(1).map_err(get)?);
                    found.insert(card, StandingRow { card, deck, state, due: super::log_row::due_of(row, 3)? });
                }
            }
        }
        Ok(cards.iter().filter_map(|card| found.get(card).copied()).collect())
    }

    /// The topics of the cards of a deck, and the tags of its questions where `tags` is set.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn subjects(&self, deck: DeckId, tags: bool) -> Result<Vec<String>> {
        let sql = if tags {
            "select distinct tag from question_tag where question in (select id from question where deck = ?)"
        } else {
            "select name from topic where id in (select topic from memory where deck = ?)"
        };
        let mut statement = self.connection.prepare_cached(sql).map_err(fault::of)?;
        let rows = statement.query_map([deck.0], |row| row.get(0)).map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }
}
