//! Cards that are asked outside the schedule: those that were missed, and those that were flagged.

use std::collections::HashMap;

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::log_row::decode_due;
use super::memory::memory_state;
use super::query::{Query, places};
use super::today::REACH_MS;
use super::{QueueFilter, Reader, log_id};
use crate::error::Result;
use crate::model::{CardId, CardState, DeckId, Due, MemoryState, Rating, ReviewKind, StudyDay};

/// From when on misses are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissesSince {
    /// From the beginning of this study day.
    Day(StudyDay),
    /// From this moment, UTC milliseconds.
    Moment(i64),
}

/// A card that may be asked outside the schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetakeRow {
    /// Its number.
    pub card: CardId,
    /// The deck of its question.
    pub deck: DeckId,
    /// New, in steps or in review.
    pub state: CardState,
    /// When it is due; `None` while it is new.
    pub due: Option<Due>,
}

/// A statement may have only so many values, so this many cards are looked up at once.
const LOOKUP_SIZE: usize = 10_000;

impl Reader<'_> {
    /// The cards with a wrong answer since then that was not taken back, the latest miss last. A card that was asked again since,
    /// as practice or as a review that it passed, is done for `today`.
    pub fn missed(&self, since: MissesSince, today: StudyDay) -> Result<Vec<CardId>> {
        let (from_ms, from_day) = match since {
            MissesSince::Day(day) => (i64::from(day.0) * 86_400_000 - REACH_MS, day.0),
            MissesSince::Moment(at_ms) => (at_ms, i32::MIN),
        };
        let at_least = if from_day == i32::MIN { from_ms } else { i64::MIN };
        let sql = "select card, rating, kind, practice, day from live_review
             where id >= ?1 and at_ms >= ?2 and day >= ?3 order by id";
        // The place of the last miss, and whether the card had its retake today.
        let mut cards: HashMap<CardId, (Option<usize>, bool)> = HashMap::new();
        let mut place = 0;
        self.each(sql, (log_id::floor(from_ms), at_least, from_day), |row| {
            let missed = row.get::<_, Rating>(1)? == Rating::Again;
            let review = matches!(row.get(2)?, ReviewKind::Review | ReviewKind::Ahead | ReviewKind::Exam);
            let practice: bool = row.get(3)?;
            let of_today = row.get::<_, StudyDay>(4)? == today;
            let (miss, retaken) = cards.entry(row.get(0)?).or_default();
            // What goes wrong in a retake is for the next one, or else it would never end.
            *retaken = of_today && (practice || (review && !missed) || (*retaken && !missed));
            if missed {
                *miss = Some(place);
            }
            place += 1;
            Ok(())
        })?;
        let mut missed: Vec<(usize, CardId)> = cards
            .into_iter()
            .filter(|(_, (_, retaken))| !retaken)
            .filter_map(|(card, (miss, _))| miss.map(|place| (place, card)))
            .collect();
        missed.sort_unstable();
        Ok(missed.into_iter().map(|(_, card)| card).collect())
    }

    /// The cards that are flagged, the latest flag last.
    pub fn flagged(&self) -> Result<Vec<CardId>> {
        self.all("select card from flag order by at_ms, card", [])
    }

    /// The cards that were practised today, in an answer that was not taken back.
    pub fn practised(&self, today: StudyDay) -> Result<Vec<CardId>> {
        let floor = log_id::floor(i64::from(today.0) * 86_400_000 - REACH_MS);
        let sql = "select distinct card from live_review where id >= ?1 and day = ?2 and practice = 1";
        self.all(sql, (floor, today))
    }

    /// How often a card was practised, in answers that were not taken back.
    pub fn times_practised(&self, card: CardId) -> Result<u32> {
        self.value("select count(*) from live_review where card = ? and practice = 1", [card])
    }

    /// Those of these cards whose questions are about what the filter asks for.
    pub fn about(&self, cards: &[CardId], filter: &QueueFilter) -> Result<Vec<CardId>> {
        let mut found = Vec::new();
        for some in cards.chunks(LOOKUP_SIZE) {
            let mut values = Vec::new();
            let names = places(&mut values, some.iter().map(|card| card.0));
            let narrowed = self.narrowed(filter, &mut values)?;
            let sql = format!("select card from memory where card in ({names}){narrowed}");
            found.extend(self.all::<CardId, Vec<_>>(&sql, params_from_iter(values))?);
        }
        Ok(found)
    }

    /// Those of these cards that the filter allows and that are neither suspended nor buried, in the order given.
    pub fn retakable(&self, cards: &[CardId], today: StudyDay, filter: &QueueFilter) -> Result<Vec<RetakeRow>> {
        let mut found: HashMap<CardId, RetakeRow> = HashMap::new();
        for some in cards.chunks(LOOKUP_SIZE) {
            let mut values = vec![Value::from(i64::from(today.0))];
            let names = places(&mut values, some.iter().map(|card| card.0));
            let narrowed = self.narrowed(filter, &mut values)?;
            let sql = format!(
                "select card, deck, state, due_day, due_ms from memory where suspended = 0
                 and (buried_until is null or buried_until <= ?1) and card in ({names}){narrowed}"
            );
            self.each(&sql, params_from_iter(values), |row| {
                let (card, state) = (row.get(0)?, row.get(2)?);
                if filter.takes(state) {
                    found.insert(card, RetakeRow { card, deck: row.get(1)?, state, due: decode_due(row, 3)? });
                }
                Ok(())
            })?;
        }
        Ok(cards.iter().filter_map(|card| found.get(card).copied()).collect())
    }

    /// Shows every card that the filter allows and that is neither suspended nor buried, with its memory and the study day of its last answer.
    pub fn each_retakable(
        &self,
        today: StudyDay,
        filter: &QueueFilter,
        mut visit: impl FnMut(RetakeRow, Option<MemoryState>, Option<StudyDay>) -> Result<()>,
    ) -> Result<()> {
        let mut values = vec![Value::from(i64::from(today.0))];
        let narrowed = self.narrowed(filter, &mut values)?;
        let sql = format!(
            "select card, deck, state, due_day, due_ms, stability, difficulty, last_day from memory where suspended = 0
             and (buried_until is null or buried_until <= ?1){narrowed} order by card"
        );
        self.each(&sql, params_from_iter(values), |row| {
            let (card, state) = (row.get(0)?, row.get(2)?);
            if !filter.takes(state) {
                return Ok(());
            }
            let found = RetakeRow { card, deck: row.get(1)?, state, due: decode_due(row, 3)? };
            visit(found, memory_state(row, 5)?, row.get(7)?)
        })
    }

    /// The topics of the cards of a deck, and the tags of its questions if `tags` is set.
    pub fn subjects(&self, deck: DeckId, tags: bool) -> Result<Vec<String>> {
        let sql = if tags {
            "select distinct tag from question_tag where question in (select id from question where deck = ?)"
        } else {
            "select name from topic where id in (select topic from memory where deck = ?)"
        };
        self.all(sql, [deck])
    }
}
