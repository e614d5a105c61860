//! What is due: read from one index, never by a scan of the log.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::{Reader, fault};
use crate::error::Result;
use crate::model::{CardId, CardState, DeckId, MemoryState, QuestionId, StudyDay};

const STEP_COLUMNS: &str = "card, question, due_ms";
const DUE_COLUMNS: &str = "card, topic, stability, difficulty, last_day, due_day, question";
const NEW_COLUMNS: &str = "card, topic, question";

/// Which cards to take: those that every list allows. An empty list allows all.
#[derive(Clone, Debug, Default)]
pub struct QueueFilter {
    /// Only these topics (letter case does not count).
    pub topics: Vec<String>,
    /// Only questions with one of these tags (letter case does not count).
    pub tags: Vec<String>,
    /// Only cards in these states.
    pub states: Vec<CardState>,
}

impl QueueFilter {
    /// Whether cards in this state are taken.
    pub fn takes(&self, state: CardState) -> bool {
        self.states.is_empty() || self.states.contains(&state)
    }

    /// Whether it matters what a question is about.
    pub fn asks_for_subject(&self) -> bool {
        !self.topics.is_empty() || !self.tags.is_empty()
    }
}

/// A card in a learning step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepRow {
    /// The card.
    pub card: CardId,
    /// Its question.
    pub question: QuestionId,
    /// Learning or relearning.
    pub state: CardState,
    /// When its step is over, UTC milliseconds.
    pub due_ms: i64,
}

/// A card that is due for review.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DueRow {
    /// The card.
    pub card: CardId,
    /// Its question.
    pub question: QuestionId,
    /// Its topic, as a number that only tells topics apart.
    pub topic: i64,
    /// The study day on which it is due.
    pub due: StudyDay,
    /// Its memory.
    pub memory: MemoryState,
    /// The study day of its last answer.
    pub last_day: StudyDay,
}

/// A card that was never answered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NewRow {
    /// The card.
    pub card: CardId,
    /// Its question.
    pub question: QuestionId,
    /// Its topic, as a number that only tells topics apart.
    pub topic: i64,
}

impl Reader<'_> {
    /// The cards of a deck that wait out a learning step, however long. Their states are not filtered: a card in a step may be
    /// wanted for the state in which it began the day.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn step_cards(&self, deck: DeckId, today: StudyDay, filter: &QueueFilter) -> Result<Vec<StepRow>> {
        let mut found = Vec::new();
        for state in [CardState::Learning, CardState::Relearning] {
            let values = [Value::from(deck.0), i64::from(state.number()).into(), i64::from(today.0).into()];
            found.extend(self.queue(STEP_COLUMNS, "", filter, &values, |row| {
                Ok(StepRow { card: CardId(row.get(0)?), question: QuestionId(row.get(1)?), state, due_ms: row.get(2)? })
            })?);
        }
        Ok(found)
    }

    /// The cards of a deck that are suspended.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn suspended_cards(&self, deck: DeckId) -> Result<Vec<CardId>> {
        let mut statement = self
            .connection
            .prepare_cached("select card from memory where deck = ? and suspended = 1")
            .map_err(fault::of)?;
        let rows = statement.query_map([deck.0], |row| row.get(0).map(CardId)).map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    /// Gives the cards of a deck that are due for review until `until` to `take`, one by one: there may be very many.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn each_due_card(
        &self,
        deck: DeckId,
        today: StudyDay,
        until: StudyDay,
        filter: &QueueFilter,
        mut take: impl FnMut(DueRow),
    ) -> Result<()> {
        if !filter.takes(CardState::Review) {
            return Ok(());
        }
        let state = i64::from(CardState::Review.number());
        let values = [Value::from(deck.0), state.into(), i64::from(today.0).into(), i64::from(until.0).into()];
        let (sql, values) = self.queue_sql(DUE_COLUMNS, "and due_day <= ?4", "", filter, &values)?;
        let mut statement = self.connection.prepare_cached(&sql).map_err(fault::of)?;
        let mut rows = statement.query(params_from_iter(values)).map_err(fault::of)?;
        while let Some(row) = rows.next().map_err(fault::of)? {
            take(due_row(row).map_err(fault::of)?);
        }
        Ok(())
    }

    /// The first `limit` new cards of a deck, in the order of the bank; all of them where `limit` is none.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn new_cards(
        &self,
        deck: DeckId,
        today: StudyDay,
        limit: Option<u32>,
        filter: &QueueFilter,
    ) -> Result<Vec<NewRow>> {
        if !filter.takes(CardState::New) {
            return Ok(Vec::new());
        }
        let state = i64::from(CardState::New.number());
        let values = [Value::from(deck.0), state.into(), i64::from(today.0).into()];
        // All of them are sorted faster here than there.
        let tail = limit.map_or_else(String::new, |limit| format!("order by card limit {limit}"));
        let mut found = self.queue_with(NEW_COLUMNS, "", &tail, filter, &values, |row| {
            Ok(NewRow {
                card: CardId(row.get(0)?),
                question: QuestionId(row.get(2)?),
                topic: row.get::<_, Option<i64>>(1)?.unwrap_or(0),
            })
        })?;
        found.sort_unstable_by_key(|row| row.card);
        Ok(found)
    }

    fn queue<T>(
        &self,
        columns: &str,
        condition: &str,
        filter: &QueueFilter,
        values: &[Value],
        row: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        self.queue_with(columns, condition, "", filter, values, row)
    }

    fn queue_with<T>(
        &self,
        columns: &str,
        condition: &str,
        tail: &str,
        filter: &QueueFilter,
        values: &[Value],
        row: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let (sql, values) = self.queue_sql(columns, condition, tail, filter, values)?;
        let mut statement = self.connection.prepare_cached(&sql).map_err(fault::of)?;
        let rows = statement.query_map(params_from_iter(values), row).map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    /// What to ask for, with all values of its places.
    fn queue_sql(
        &self,
        columns: &str,
        condition: &str,
        tail: &str,
        filter: &QueueFilter,
        values: &[Value],
    ) -> Result<(String, Vec<Value>)> {
        let mut values = values.to_vec();
        let narrowed = self.narrowed(filter, &mut values)?;
        let sql = format!(
            "select {columns} from memory where deck = ?1 and suspended = 0 and state = ?2
             and (buried_until is null or buried_until <= ?3) {condition}{narrowed} {tail}"
        );
        Ok((sql, values))
    }

    /// The condition on topics and tags for a query of `memory`, ` and …`, with its values added to `values`.
    pub(super) fn narrowed(&self, filter: &QueueFilter, values: &mut Vec<Value>) -> Result<String> {
        let mut narrowed = String::new();
        if !filter.topics.is_empty() {
            let topics = self.alike("select name, id from topic", &filter.topics, |row| row.get::<_, i64>(1))?;
            narrowed += &format!(" and topic in ({})", places(values, topics));
        }
        if !filter.tags.is_empty() {
            let tags =
                self.alike("select distinct tag from question_tag", &filter.tags, |row| row.get::<_, String>(0))?;
            narrowed += &format!(
                " and card in (select card.id from card join question_tag on question_tag.question = card.question
                 where question_tag.tag in ({}))",
                places(values, tags)
            );
        }
        Ok(narrowed)
    }

    /// What `take` reads from the rows whose first column is one of `names`, letter case aside.
    fn alike<T>(
        &self,
        sql: &str,
        names: &[String],
        take: impl Fn(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let names: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
        let mut statement = self.connection.prepare_cached(sql).map_err(fault::of)?;
        let mut rows = statement.query([]).map_err(fault::of)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(fault::of)? {
            if names.contains(&row.get::<_, String>(0).map_err(fault::of)?.to_lowercase()) {
                found.push(take(row).map_err(fault::of)?);
            }
        }
        Ok(found)
    }

    /// The first study day on which a card that is not suspended is due after today, and how many are due tomorrow, those that are buried
    /// until then among them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn due_after(&self, decks: &[DeckId], today: StudyDay) -> Result<(Option<StudyDay>, u64)> {
        let (mut first, mut tomorrow) = (None::<i32>, 0_u64);
        for deck in decks {
            let (next, count): (Option<i32>, i64) = self
                .connection
                .prepare_cached(
                    "select (select min(due_day) from memory where deck = ?1 and suspended = 0 and state = 2 and due_day > ?2),
                     (select count(*) from memory where deck = ?1 and suspended = 0 and state = 2 and due_day = ?2 + 1
                      and (buried_until is null or buried_until <= ?2 + 1))
                     + (select count(*) from memory where deck = ?1 and suspended = 0 and state = 2 and due_day <= ?2
                      and buried_until = ?2 + 1)",
                )
                .and_then(|mut statement| statement.query_row((deck.0, today.0), |row| Ok((row.get(0)?, row.get(1)?))))
                .map_err(fault::of)?;
            first = match (first, next) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
            tomorrow += count.unsigned_abs();
        }
        Ok((first.map(StudyDay), tomorrow))
    }
}

fn due_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<DueRow> {
    Ok(DueRow {
        card: CardId(row.get(0)?),
        question: QuestionId(row.get(6)?),
        due: StudyDay(row.get(5)?),
        topic: row.get::<_, Option<i64>>(1)?.unwrap_or(0),
        memory: MemoryState { stability: row.get::<_, f64>(2)? as f32, difficulty: row.get::<_, f64>(3)? as f32 },
        last_day: StudyDay(row.get(4)?),
    })
}

/// Adds `more` to `values` and names their places, as `?5, ?6`.
pub(super) fn places<T: Into<Value>>(values: &mut Vec<Value>, more: Vec<T>) -> String {
    let mut names = Vec::new();
    for value in more {
        values.push(value.into());
        names.push(format!("?{}", values.len()));
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_queue_is_read_from_its_index_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = crate::store::Store::open(&folder.path().join("a.db"), 0, None).expect("a store");
        let reader = store.reader();
        let values = [1, 2, 3, 4].map(Value::from);
        for (columns, condition, tail) in [
            (STEP_COLUMNS, "", ""),
            (DUE_COLUMNS, "and due_day <= ?4", ""),
            (NEW_COLUMNS, "", "order by card limit 20"),
            (NEW_COLUMNS, "", ""),
        ] {
            let places = if condition.is_empty() { &values[..3] } else { &values };
            let (sql, values) =
                reader.queue_sql(columns, condition, tail, &QueueFilter::default(), places).expect("a query");
            let mut statement = reader.connection.prepare(&format!("explain query plan {sql}")).expect("a plan");
            let steps = statement.query_map(params_from_iter(values), |row| row.get::<_, String>(3)).expect("a plan");
            let plan = steps.collect::<rusqlite::Result<Vec<_>>>().expect("a plan").join("; ");
            assert!(plan.starts_with("SEARCH memory USING COVERING INDEX memory_queue (deck=?"), "{columns}: {plan}");
        }
    }
}
