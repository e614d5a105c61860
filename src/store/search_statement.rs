//! What a search looks for, as a statement: conditions become SQL.

use rusqlite::types::Value;

use super::query::places;
use crate::model::{DeckId, StudyDay};

/// What a card has to be like.
#[derive(Clone, Debug, PartialEq)]
pub enum SearchCondition {
    /// Words, as FTS5 reads them.
    Words(String),
    /// In one of these decks.
    Decks(Vec<DeckId>),
    /// Of one of these topics, by number.
    Topics(Vec<i64>),
    /// With one of these tags.
    Tags(Vec<String>),
    /// Never answered.
    New,
    /// In a step, at first or after a lapse.
    Learning,
    /// Due by days.
    Review,
    /// Out of the schedule.
    Suspended,
    /// Put off beyond this day.
    Buried(StudyDay),
    /// With a flag.
    Flagged,
    /// A question without a key, which has no card.
    Draft,
    /// Deleted. Without this condition, or with its contrary, nothing is found that was deleted.
    Deleted,
    /// To be asked on this day, at this moment.
    Due(StudyDay, i64),
    /// Coming back within days, the last one not included; each day with the moment at which it begins.
    Between(Option<(StudyDay, i64)>, Option<(StudyDay, i64)>),
    /// Forgotten as often as the decks allow.
    Leeches(Vec<(u32, Vec<DeckId>)>),
}

impl SearchCondition {
    /// Whether it is about what follows from the log of a card.
    fn is_about_memory(&self) -> bool {
        matches!(
            self,
            Self::New
                | Self::Learning
                | Self::Review
                | Self::Suspended
                | Self::Buried(_)
                | Self::Due(..)
                | Self::Between(..)
        )
    }
}

/// A condition, or its contrary.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchTerm {
    /// What a card has to be like.
    pub condition: SearchCondition,
    /// Whether it must not be like that.
    pub not: bool,
}

/// A statement that is put together.
#[derive(Debug, Default)]
pub(super) struct Statement {
    pub(super) joined: bool,
    /// Whether what was deleted is looked for, and nothing else.
    pub(super) deleted: bool,
    /// Whether one of the conditions holds for no card without memory.
    pub(super) by_memory: bool,
    conditions: Vec<String>,
    pub(super) values: Vec<Value>,
}

impl Statement {
    pub(super) fn new(terms: &[SearchTerm]) -> Self {
        let is_deleted = |term: &SearchTerm| term.condition == SearchCondition::Deleted && !term.not;
        let by_memory = terms.iter().any(|term| !term.not && term.condition.is_about_memory());
        let mut statement = Self { deleted: terms.iter().any(is_deleted), by_memory, ..Self::default() };
        // All words together drive the search.
        let words: Vec<String> = terms.iter().filter(|term| !term.not).filter_map(words_of).collect();
        if !words.is_empty() {
            let place = statement.value(words.join(" AND "));
            statement.joined = true;
            statement.conditions.push(format!("search match {place}"));
        }
        for term in terms {
            if term.not || words_of(term).is_none() {
                let condition = statement.condition(&term.condition);
                statement.conditions.push(match term.not {
                    true => format!("({condition}) is not true"),
                    false => format!("({condition})"),
                });
            }
        }
        statement
    }

    pub(super) fn value(&mut self, value: impl Into<Value>) -> String {
        places(&mut self.values, [value])
    }

    fn decks(&mut self, decks: &[DeckId]) -> String {
        format!("question.deck in ({})", places(&mut self.values, decks.iter().map(|deck| deck.0)))
    }

    fn condition(&mut self, condition: &SearchCondition) -> String {
        match condition {
            SearchCondition::Words(words) => {
                format!("question.id in (select rowid from search where search match {})", self.value(words.clone()))
            }
            SearchCondition::Decks(decks) => self.decks(decks),
            SearchCondition::Topics(topics) => {
                format!("question.topic in ({})", places(&mut self.values, topics.iter().copied()))
            }
            SearchCondition::Tags(tags) => format!(
                "exists (select 1 from question_tag where question_tag.question = question.id and tag in ({}))",
                places(&mut self.values, tags.iter().cloned())
            ),
            SearchCondition::New => "memory.state = 0".into(),
            SearchCondition::Learning => "memory.state in (1, 3)".into(),
            SearchCondition::Review => "memory.state = 2".into(),
            SearchCondition::Suspended => "memory.suspended".into(),
            SearchCondition::Buried(today) => format!("memory.buried_until > {}", self.value(i64::from(today.0))),
            SearchCondition::Flagged => "exists (select 1 from flag where flag.card = card.id)".into(),
            SearchCondition::Draft => "question.key_origin = 2".into(),
            SearchCondition::Deleted => "question.id in (select question from deleted)".into(),
            SearchCondition::Due(today, now_ms) => {
                let (today, now) = (self.value(i64::from(today.0)), self.value(*now_ms));
                format!(
                    "memory.suspended = 0 and ifnull(memory.buried_until, 0) <= {today}
                     and (memory.due_day <= {today} or memory.due_ms <= {now})"
                )
            }
            SearchCondition::Between(from, to) => {
                let mut all = vec!["memory.suspended = 0".to_owned()];
                for (sign, bound) in [(">=", from), ("<", to)] {
                    if let Some((day, ms)) = bound {
                        let (day, ms) = (self.value(i64::from(day.0)), self.value(*ms));
                        all.push(format!("(memory.due_day {sign} {day} or memory.due_ms {sign} {ms})"));
                    }
                }
                all.push("(memory.due_day is not null or memory.due_ms is not null)".into());
                all.join(" and ")
            }
            SearchCondition::Leeches(groups) => {
                let mut any = vec!["false".to_owned()];
                for (threshold, decks) in groups {
                    let (least, decks) = (self.value(i64::from(*threshold)), self.decks(decks));
                    any.push(format!("(memory.lapses >= {least} and {decks})"));
                }
                any.join(" or ")
            }
        }
    }

    /// Where cards are found by their memory alone, in the order of the cards: a few rows are read, and not every question.
    pub(super) fn memory_clause(&self) -> Option<String> {
        let found = self.by_memory && !self.joined && !self.deleted;
        found.then(|| {
            format!(
                "from memory cross join card on card.id = memory.card and card.place is not null
                 join question on question.id = card.question
                 where {} and memory.question not in (select question from deleted)",
                self.conditions.join(" and ")
            )
        })
    }

    pub(super) fn from(&self) -> String {
        self.memory_clause().unwrap_or_else(|| self.question_clause())
    }

    fn question_clause(&self) -> String {
        let questions = if self.joined { "search join question on question.id = search.rowid" } else { "question" };
        let conditions = if self.conditions.is_empty() { "true".into() } else { self.conditions.join(" and ") };
        // A question whose text no longer has the deletion of a card is shown by its other cards alone.
        let (asked, not, erased) =
            if self.deleted { ("", "", " where erased = 0") } else { (" and card.place is not null", "not ", "") };
        format!(
            "from {questions} left join card on card.question = question.id{asked}
             left join memory on memory.card = card.id
             where {conditions} and (card.id is not null or question.key_origin = 2)
             and question.id {not}in (select question from deleted{erased})"
        )
    }
}

fn words_of(term: &SearchTerm) -> Option<String> {
    match &term.condition {
        SearchCondition::Words(words) => Some(format!("({words})")),
        _ => None,
    }
}
