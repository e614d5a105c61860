//! Searching: conditions become one statement, and rows become cards.

use rusqlite::Row;
use rusqlite::types::Value;
use uuid::Uuid;

use super::Reader;
use super::memory::{COLUMNS, memory_of};
use super::query::{Query, places};
use crate::error::Result;
use crate::model::cloze::Cloze;
use crate::model::{CardId, CardMemory, DeckId, Kind, Markup, QuestionId, StudyDay};

/// More hits than this are not ranked: a word that is nearly everywhere says nothing about rank, and sorting would take long.
const RANKED: usize = 1_000;
/// How much a word counts that is in the stem, an option, the explanation, the topic or a tag.
const WEIGHTS: &str = "bm25(search, 8.0, 2.0, 1.0, 4.0, 4.0)";

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

/// A condition, or its contrary.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchTerm {
    /// What a card has to be like.
    pub condition: SearchCondition,
    /// Whether it must not be like that.
    pub not: bool,
}

/// A card that was found, or a question that has no card.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundRow {
    /// The card; `None` for a draft.
    pub card: Option<(CardId, Uuid)>,
    /// The question.
    pub question: QuestionId,
    /// The same in every database that has the question.
    pub question_uid: Uuid,
    /// The deck of its question.
    pub deck: DeckId,
    /// The topic of its question.
    pub topic: Option<String>,
    /// The stem of its question; of a text with deletions what the card shows.
    pub stem: String,
    /// What follows from the log of the card; `None` for a draft.
    pub memory: Option<CardMemory>,
    /// How its texts are written.
    pub markup: Markup,
    /// Whether it has a flag.
    pub flagged: bool,
    /// Whether it was deleted.
    pub deleted: bool,
}

/// A part of the cards that a search finds, in their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FoundPart {
    /// How many cards come before it.
    pub skip: usize,
    /// At most this many cards.
    pub most: usize,
    /// How many there are altogether, if that is known: what is nearer to the end is looked for from there.
    pub total: Option<usize>,
}

impl FoundPart {
    /// The first cards, at most this many.
    pub fn first(most: usize) -> Self {
        Self { skip: 0, most, total: None }
    }

    /// How many cards to pass over and to fetch from the end, if that is nearer.
    fn places_from_end(self) -> Option<(usize, usize)> {
        let total = self.total.filter(|total| self.skip > total / 2)?;
        let end = (self.skip + self.most).min(total);
        Some((total - end, end.saturating_sub(self.skip)))
    }
}

impl FoundRow {
    fn decode(row: &Row<'_>, deleted: bool) -> Result<Self> {
        let card: Option<CardId> = row.get(0)?;
        let uid: Option<Uuid> = row.get(1)?;
        let (stem, kind, place): (String, Kind, Option<u32>) = (row.get(6)?, row.get(7)?, row.get(8)?);
        let shown = place.filter(|_| kind == Kind::Cloze).map(|place| Cloze::parse(&stem).front(place));
        Ok(Self {
            card: card.zip(uid),
            question: row.get(2)?,
            question_uid: row.get(3)?,
            deck: row.get(4)?,
            topic: row.get(5)?,
            stem: shown.unwrap_or(stem),
            flagged: row.get(9)?,
            deleted,
            markup: row.get(10)?,
            memory: card.map(|_| memory_of(row, 11)).transpose()?,
        })
    }
}

/// A statement that is put together.
#[derive(Debug, Default)]
struct Statement {
    joined: bool,
    /// Whether what was deleted is looked for, and nothing else.
    deleted: bool,
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Statement {
    fn new(terms: &[SearchTerm]) -> Self {
        let is_deleted = |term: &SearchTerm| term.condition == SearchCondition::Deleted && !term.not;
        let mut statement = Self { deleted: terms.iter().any(is_deleted), ..Self::default() };
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

    fn value(&mut self, value: impl Into<Value>) -> String {
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

    fn from(&self) -> String {
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

impl Reader<'_> {
    /// How many cards meet all conditions, and drafts; not counted beyond `most`.
    pub fn count_found(&self, terms: &[SearchTerm], most: usize) -> Result<usize> {
        let mut statement = Statement::new(terms);
        let from = statement.from();
        let most = statement.value(i64::try_from(most).unwrap_or(i64::MAX));
        let sql = format!("select count(*) from (select 1 {from} limit {most})");
        let count: i64 = self.value(&sql, rusqlite::params_from_iter(statement.values))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// The cards that meet all conditions, and drafts, at most `most`: what fits best first, unless that is nearly everything, else in
    /// the order of the banks.
    pub fn found(&self, terms: &[SearchTerm], most: usize) -> Result<Vec<FoundRow>> {
        self.found_part(terms, FoundPart::first(most))
    }

    /// A part of these cards.
    pub fn found_part(&self, terms: &[SearchTerm], part: FoundPart) -> Result<Vec<FoundRow>> {
        let mut statement = Statement::new(terms);
        let from = statement.from();
        let is_ranked = statement.joined && self.count_found(terms, RANKED + 1)? <= RANKED;
        let behind = part.places_from_end().filter(|_| !statement.joined);
        let (skip, most) = behind.unwrap_or((part.skip, part.most));
        let order = match (is_ranked, statement.joined, behind) {
            (true, ..) => format!("{WEIGHTS}, question.id, card.place"),
            // The index gives its rows in this order; another would be sorted first.
            (false, true, _) => "search.rowid".into(),
            (false, false, None) => "question.id, card.ordinal".into(),
            (false, false, Some(_)) => "question.id desc, card.ordinal desc".into(),
        };
        let [most, skip] = [most, skip].map(|number| statement.value(i64::try_from(number).unwrap_or(i64::MAX)));
        let sql = format!(
            "select card.id, card.uid, question.id, question.uid, question.deck,
             (select name from topic where topic.id = question.topic), question.stem, question.kind, card.place,
             exists (select 1 from flag where flag.card = card.id), question.markup, {COLUMNS}
             {from} order by {order} limit {most} offset {skip}"
        );
        // Either nothing is found that was deleted, or nothing else.
        let deleted = statement.deleted;
        let mut found = Vec::new();
        self.each(&sql, rusqlite::params_from_iter(statement.values), |row| {
            found.push(FoundRow::decode(row, deleted)?);
            Ok(())
        })?;
        if behind.is_some() {
            found.reverse();
        }
        Ok(found)
    }

    /// A number that changes when another connection has written.
    pub fn data_version(&self) -> Result<i64> {
        self.value("pragma data_version", [])
    }

    /// The names of all tags.
    pub fn tag_names(&self) -> Result<Vec<String>> {
        self.all("select distinct tag from question_tag order by tag", [])
    }

    /// Cards that were deleted, or that were not, whose identity lies between the two; at most `most`.
    pub fn cards_between(&self, first: Uuid, last: Uuid, deleted: bool, most: usize) -> Result<Vec<Uuid>> {
        let (not, erased) = if deleted { ("", " where erased = 0") } else { ("not ", "") };
        let sql = format!(
            "select uid from card where uid between ? and ?
             and question {not}in (select question from deleted{erased}) limit {most}"
        );
        self.all(&sql, [first, last])
    }

    /// Cards whose identity begins with these bytes, in order from the first to the last possible one; questions if there is no such card. At
    /// most `most`.
    pub fn found_between(&self, first: Uuid, last: Uuid, most: usize) -> Result<Vec<Uuid>> {
        for table in ["card", "question"] {
            let sql = format!("select uid from {table} where uid between ? and ? limit {most}");
            let found: Vec<Uuid> = self.all(&sql, [first, last])?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }
}
