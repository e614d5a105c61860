//! Searching: conditions become one statement, and rows become cards.

use rusqlite::Row;
use rusqlite::types::Value;
use uuid::Uuid;

use super::Reader;
use super::memory::{COLUMNS, memory_of};
use super::query::Query;
use super::search_statement::{SearchTerm, Statement};
use crate::error::Result;
use crate::model::cloze::Cloze;
use crate::model::{CardId, CardMemory, DeckId, Kind, Markup, QuestionId};

/// More hits than this are not ranked: a word that is nearly everywhere says nothing about rank, and sorting would take long.
const RANKED: usize = 1_000;
/// How much a word counts that is in the stem, an option, the explanation, the topic or a tag.
const WEIGHTS: &str = "bm25(search, 8.0, 2.0, 1.0, 4.0, 4.0)";

/// What [`FoundRow::decode`] reads before the memory of a card.
const FOUND: &str = "card.id, card.uid, question.id, question.uid, question.deck,
    (select name from topic where topic.id = question.topic), question.stem, question.kind, card.place,
    exists (select 1 from flag where flag.card = card.id), question.markup";

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

impl Reader<'_> {
    /// How many cards meet all conditions, and drafts; not counted beyond `most`.
    pub fn count_found(&self, terms: &[SearchTerm], most: usize) -> Result<usize> {
        let mut statement = Statement::new(terms);
        let from = statement.from();
        let most = statement.value(i64::try_from(most).unwrap_or(i64::MAX));
        let sql = format!("select count(*) from (select 1 {from} limit {most})");
        let count = self.value(&sql, rusqlite::params_from_iter(statement.values));
        let count: i64 = if statement.joined { count.map_err(|error| self.blamed(error))? } else { count? };
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// The cards that meet all conditions, and drafts, at most `most`: what fits best first, unless that is nearly everything, else in
    /// the order of the banks.
    pub fn found(&self, terms: &[SearchTerm], most: usize) -> Result<Vec<FoundRow>> {
        self.found_part(terms, FoundPart::first(most))
    }

    /// A part of these cards.
    pub fn found_part(&self, terms: &[SearchTerm], part: FoundPart) -> Result<Vec<FoundRow>> {
        let statement = Statement::new(terms);
        if !statement.joined {
            return self.found_in_order(statement, part);
        }
        self.found_by_words(terms, statement, part).map_err(|error| self.blamed(error))
    }

    fn found_by_words(&self, terms: &[SearchTerm], statement: Statement, part: FoundPart) -> Result<Vec<FoundRow>> {
        // The index of words makes a list of all hits before it gives the first one, so it is asked once.
        let hits = self.first_hits(terms)?;
        let shown = part.skip.checked_add(part.most).and_then(|end| hits.get(part.skip..end));
        match shown {
            _ if hits.len() <= RANKED => self.found_by(statement, &format!("{WEIGHTS}, question.id, card.place"), part),
            Some(shown) => self.found_hits(shown, statement.deleted),
            // The index gives its rows in this order; another would be sorted first.
            None => self.found_by(statement, "search.rowid", part),
        }
    }

    /// A part of what is found without words: in the order of the banks, or of the cards where memory alone decides.
    fn found_in_order(&self, statement: Statement, part: FoundPart) -> Result<Vec<FoundRow>> {
        let by_memory = statement.memory_clause().is_some();
        let Some((skip, most)) = part.places_from_end() else {
            let order = if by_memory { "card.id" } else { "question.id, card.ordinal" };
            return self.found_by(statement, order, part);
        };
        let order = if by_memory { "card.id desc" } else { "question.id desc, card.ordinal desc" };
        let mut found = self.found_by(statement, order, FoundPart { skip, most, total: None })?;
        found.reverse();
        Ok(found)
    }

    /// A part of what a statement finds, in this order.
    fn found_by(&self, mut statement: Statement, order: &str, part: FoundPart) -> Result<Vec<FoundRow>> {
        let from = statement.from();
        let [most, skip] =
            [part.most, part.skip].map(|number| statement.value(i64::try_from(number).unwrap_or(i64::MAX)));
        let sql = format!("select {FOUND}, {COLUMNS} {from} order by {order} limit {most} offset {skip}");
        self.found_rows(&sql, statement.values, statement.deleted)
    }

    /// The first hits of a search for words, one more than are ranked: question and card.
    fn first_hits(&self, terms: &[SearchTerm]) -> Result<Vec<(QuestionId, Option<i64>)>> {
        let statement = Statement::new(terms);
        let (from, most) = (statement.from(), RANKED + 1);
        let sql = format!("select question.id, card.id {from} order by search.rowid limit {most}");
        self.all(&sql, rusqlite::params_from_iter(statement.values))
    }

    /// These cards, in this order.
    fn found_hits(&self, hits: &[(QuestionId, Option<i64>)], deleted: bool) -> Result<Vec<FoundRow>> {
        if hits.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<String> = (0..hits.len()).map(|place| format!("({place}, ?, ?)")).collect();
        let sql = format!(
            "with hit (place, question, card) as (values {})
             select {FOUND}, {COLUMNS} from hit join question on question.id = hit.question
             left join card on card.id = hit.card left join memory on memory.card = card.id order by hit.place",
            rows.join(", ")
        );
        let values = hits.iter().flat_map(|(question, card)| [Value::from(question.0), Value::from(*card)]);
        self.found_rows(&sql, values.collect(), deleted)
    }

    fn found_rows(&self, sql: &str, values: Vec<Value>, deleted: bool) -> Result<Vec<FoundRow>> {
        let mut found = Vec::new();
        self.each(sql, rusqlite::params_from_iter(values), |row| {
            found.push(FoundRow::decode(row, deleted)?);
            Ok(())
        })?;
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
