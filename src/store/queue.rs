//! What is due: read from one index, never by a scan of the log.

use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use super::Reader;
use super::fault::nonsense;
use super::memory::memory_state;
use super::query::{Query, places};
use crate::error::Result;
use crate::model::{CardId, CardState, DeckId, MemoryState, QuestionId, StudyDay};

const STEP_COLUMNS: &str = "card, question, due_ms";
const DUE_COLUMNS: &str = "card, topic, stability, difficulty, last_day, due_day, question";
const NEW_COLUMNS: &str = "card, topic, question";
const DUE: &str = "and due_day <= ?3";

/// Which cards are wanted: those that every list allows. An empty list allows all.
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
    /// Whether it allows cards in this state.
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
    /// Its number.
    pub card: CardId,
    /// The number of its question.
    pub question: QuestionId,
    /// Learning or relearning.
    pub state: CardState,
    /// When its step is over, UTC milliseconds.
    pub due_ms: i64,
}

/// A card that is due for review.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DueRow {
    /// Its number.
    pub card: CardId,
    /// The number of its question.
    pub question: QuestionId,
    /// A number that is the same for cards of one topic.
    pub topic: i64,
    /// The study day on which it is due.
    pub due: StudyDay,
    /// Stability and difficulty.
    pub memory: MemoryState,
    /// The study day of its last answer.
    pub last_day: StudyDay,
}

/// A card that was never answered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NewRow {
    /// Its number.
    pub card: CardId,
    /// The number of its question.
    pub question: QuestionId,
    /// A number that is the same for cards of one topic.
    pub topic: i64,
}

/// A query of the queue: its columns, the state of the cards, and what comes before and after the conditions of the filter.
#[derive(Clone, Copy)]
struct QueueQuery<'a> {
    columns: &'a str,
    state: CardState,
    condition: &'a str,
    tail: &'a str,
}

impl Reader<'_> {
    /// The cards of a deck that wait out a learning step, of any length. Their states are not filtered: a card in a step may be
    /// wanted for the state in which it began the day.
    pub fn step_cards(&self, deck: DeckId, today: StudyDay, filter: &QueueFilter) -> Result<Vec<StepRow>> {
        let mut found = Vec::new();
        for state in [CardState::Learning, CardState::Relearning] {
            let values = [Value::from(deck.0), i64::from(today.0).into()];
            let query = QueueQuery { columns: STEP_COLUMNS, state, condition: "", tail: "" };
            self.each_queued(query, filter, &values, |row| {
                found.push(StepRow { card: row.get(0)?, question: row.get(1)?, state, due_ms: row.get(2)? });
                Ok(())
            })?;
        }
        Ok(found)
    }

    /// The cards of a deck that are suspended.
    pub fn suspended_cards(&self, deck: DeckId) -> Result<Vec<CardId>> {
        self.all("select card from memory where deck = ? and suspended = 1", [deck])
    }

    /// Gives the cards of a deck that are due for review until `until` to `sink`, one by one: there may be very many. With `most`, only
    /// as many, those first that have been due for the longest time.
    pub fn each_due_card(
        &self,
        deck: DeckId,
        today: StudyDay,
        until: StudyDay,
        most: Option<u32>,
        filter: &QueueFilter,
        mut sink: impl FnMut(DueRow),
    ) -> Result<()> {
        if !filter.takes(CardState::Review) {
            return Ok(());
        }
        let values = [Value::from(deck.0), i64::from(today.0).into(), i64::from(until.0).into()];
        let tail = most.map_or_else(String::new, |most| format!("order by due_day limit {most}"));
        let query = QueueQuery { columns: DUE_COLUMNS, state: CardState::Review, condition: DUE, tail: &tail };
        self.each_queued(query, filter, &values, |row| {
            sink(DueRow {
                card: row.get(0)?,
                question: row.get(6)?,
                due: row.get(5)?,
                topic: row.get::<_, Option<i64>>(1)?.unwrap_or(0),
                memory: memory_state(row, 2)?.ok_or_else(|| nonsense("a due card without a memory"))?,
                last_day: row.get(4)?,
            });
            Ok(())
        })
    }

    /// The first `limit` new cards of a deck, in the order of the bank; all of them if `limit` is `None`.
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
        let values = [Value::from(deck.0), i64::from(today.0).into()];
        let limit = limit.map_or_else(String::new, |limit| format!("limit {limit}"));
        let mut found: Vec<NewRow> = Vec::new();
        let tail = format!("order by card {limit}");
        let query = QueueQuery { columns: NEW_COLUMNS, state: CardState::New, condition: "", tail: &tail };
        self.each_queued(query, filter, &values, |row| {
            let topic = row.get::<_, Option<i64>>(1)?.unwrap_or(0);
            found.push(NewRow { card: row.get(0)?, question: row.get(2)?, topic });
            Ok(())
        })?;
        Ok(found)
    }

    /// Whether one of these questions has more than one card.
    pub fn have_siblings(&self, questions: &[QuestionId]) -> Result<bool> {
        for questions in questions.chunks(500) {
            let mut values = Vec::new();
            let places = places(&mut values, questions.iter().map(|question| question.0));
            let sql = format!(
                "select exists (select 1 from card where question in ({places}) group by question having count(*) > 1)"
            );
            if self.value(&sql, params_from_iter(values))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Shows the rows of a queue to `visit`. Their cells are found by position: there may be very many.
    fn each_queued(
        &self,
        query: QueueQuery<'_>,
        filter: &QueueFilter,
        values: &[Value],
        visit: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let (sql, values) = self.queue_sql(query, filter, values)?;
        self.each(&sql, params_from_iter(values), visit)
    }

    /// The statement, and all its values: first those of the deck and of today. The state is a part of the statement: new cards have
    /// an index of their own.
    fn queue_sql(&self, query: QueueQuery<'_>, filter: &QueueFilter, values: &[Value]) -> Result<(String, Vec<Value>)> {
        let QueueQuery { columns, state, condition, tail } = query;
        let mut values = values.to_vec();
        let narrowed = self.narrowed(filter, &mut values)?;
        let sql = format!(
            "select {columns} from memory where deck = ?1 and suspended = 0 and state = {}
             and (buried_until is null or buried_until <= ?2) {condition}{narrowed} {tail}",
            state.number()
        );
        Ok((sql, values))
    }

    /// The condition on topics and tags for a query of `memory`, ` and …`, with its values added to `values`.
    pub(super) fn narrowed(&self, filter: &QueueFilter, values: &mut Vec<Value>) -> Result<String> {
        let mut narrowed = String::new();
        if !filter.topics.is_empty() {
            let topics = self.alike("select name, id from topic", &filter.topics)?;
            narrowed += &format!(" and topic in ({})", places(values, topics));
        }
        if !filter.tags.is_empty() {
            let tags = self.alike("select distinct tag, tag from question_tag", &filter.tags)?;
            narrowed += &format!(
                " and card in (select card.id from card join question_tag on question_tag.question = card.question
                 where question_tag.tag in ({}))",
                places(values, tags)
            );
        }
        Ok(narrowed)
    }

    /// The second columns of the rows whose first column is one of `names`; letter case does not count.
    fn alike(&self, sql: &str, names: &[String]) -> Result<Vec<Value>> {
        let names: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
        let rows: Vec<(String, Value)> = self.all(sql, [])?;
        Ok(rows.into_iter().filter(|(name, _)| names.contains(&name.to_lowercase())).map(|(_, value)| value).collect())
    }

    /// The first study day after today on which a card that is not suspended is due. Also how many are due tomorrow, with those that
    /// are buried until then.
    pub fn due_after(&self, decks: &[DeckId], today: StudyDay) -> Result<(Option<StudyDay>, u64)> {
        let (mut first, mut tomorrow) = (None::<StudyDay>, 0);
        for deck in decks {
            let (next, count): (Option<StudyDay>, u32) = self.value(
                "select (select min(due_day) from memory where deck = ?1 and suspended = 0 and state = 2 and due_day > ?2),
                 (select count(*) from memory where deck = ?1 and suspended = 0 and state = 2 and due_day = ?2 + 1
                  and (buried_until is null or buried_until <= ?2 + 1))
                 + (select count(*) from memory where deck = ?1 and suspended = 0 and state = 2 and due_day <= ?2
                  and buried_until = ?2 + 1)",
                (deck, today),
            )?;
            first = first.into_iter().chain(next).min();
            tomorrow += u64::from(count);
        }
        Ok((first, tomorrow))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_queue_is_read_from_its_index_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = crate::store::Store::open(&folder.path().join("a.db"), 0, None).expect("a store");
        let reader = store.reader();
        let values = [1, 2, 3].map(Value::from);
        let few = "order by due_day limit 464";
        for (columns, state, condition, tail, index) in [
            (STEP_COLUMNS, CardState::Learning, "", "", "memory_queue"),
            (DUE_COLUMNS, CardState::Review, DUE, "", "memory_queue"),
            (DUE_COLUMNS, CardState::Review, DUE, few, "memory_queue"),
            (NEW_COLUMNS, CardState::New, "", "order by card limit 20", "memory_new"),
            (NEW_COLUMNS, CardState::New, "", "order by card ", "memory_new"),
        ] {
            let places = if condition.is_empty() { &values[..2] } else { &values };
            let filter = QueueFilter::default();
            let query = QueueQuery { columns, state, condition, tail };
            let (sql, values) = reader.queue_sql(query, &filter, places).expect("a query");
            let mut statement = reader.connection.prepare(&format!("explain query plan {sql}")).expect("a plan");
            let steps = statement.query_map(params_from_iter(values), |row| row.get::<_, String>(3)).expect("a plan");
            let plan = steps.collect::<rusqlite::Result<Vec<_>>>().expect("a plan").join("; ");
            let wanted = format!("SEARCH memory USING COVERING INDEX {index} (deck=?");
            assert!(plan.starts_with(&wanted) && !plan.contains("TEMP B-TREE"), "{columns}{tail}: {plan}");
        }
    }
}
