//! Questions and cards as packages of Anki hold them, one after the other.

use std::collections::{HashMap, HashSet};

use super::memory::{COLUMNS, memory_of};
use super::query::{Query, text};
use super::{Reader, choices};
use crate::error::Result;
use crate::model::{CardId, CardMemory, DeckId, Kind, Question, QuestionId, StudyDay};

/// A question with what its note needs.
#[derive(Clone, Debug, PartialEq)]
pub struct PackagedRow {
    /// The question, with its tags.
    pub question: Question,
    /// Its deck.
    pub deck: DeckId,
    /// When its text was changed last, milliseconds since 1970.
    pub changed_ms: i64,
    /// When a person edited it here last; 0 if nobody did.
    pub edited_ms: i64,
}

/// A card with where it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PackagedCard {
    /// Its number.
    pub card: CardId,
    /// Its question.
    pub question: QuestionId,
    /// The deletion that it asks for, or 0; `None` if the question no longer has it.
    pub place: Option<u32>,
    /// What follows from its log.
    pub memory: CardMemory,
}

const QUESTIONS: &str = "select question.id, question.uid, question.kind, question.stem, question.explanation, topic.name,
    question.key_origin, question.key_rule, question.markup, question.choices, question.deck, max(ifnull(edit.at_ms, 0), ifnull((
        select max(imported_ms) from placement join source on source.id = placement.source
        where placement.question = question.id), 0)),
    (select group_concat(tag, char(31)) from question_tag where question_tag.question = question.id), ifnull(edit.at_ms, 0)
    from question left join topic on topic.id = question.topic left join edit on edit.question = question.id
    where question.id not in (select question from deleted)";

impl Reader<'_> {
    /// Every question that is not deleted, by number.
    pub fn each_packaged(&self, mut sink: impl FnMut(PackagedRow) -> Result<()>) -> Result<()> {
        self.each(&format!("{QUESTIONS} order by question.id"), [], |row| sink(packaged(row)?))
    }

    /// A question that is not deleted; `None` if there is none of this number.
    pub fn packaged(&self, question: QuestionId) -> Result<Option<PackagedRow>> {
        self.one_by(&format!("{QUESTIONS} and question.id = ?"), [question], packaged)
    }

    /// Every card, question by question.
    pub fn packaged_cards(&self) -> Result<Vec<PackagedCard>> {
        let sql = format!(
            "select card.id, card.question, card.place, {COLUMNS} from card join memory on memory.card = card.id
             order by card.question, card.ordinal"
        );
        let mut cards = Vec::new();
        self.each(&sql, [], |row| {
            cards.push(PackagedCard {
                card: row.get(0)?,
                question: row.get(1)?,
                place: row.get(2)?,
                memory: memory_of(row, 3)?,
            });
            Ok(())
        })?;
        Ok(cards)
    }

    /// The ids that notes of Anki gave to questions, and whether each is a card of two sides.
    pub fn packaged_ids(&self) -> Result<HashMap<QuestionId, (String, bool)>> {
        let mut found = HashMap::new();
        self.each(
            "select placement.question, ifnull(placement.guid, placement.external_id), question.kind
             from source join placement on placement.source = source.id join question on question.id = placement.question
             where (source.path like '%.apkg' or source.path like '%.colpkg' or placement.guid is not null)
             and placement.external_id is not null order by source.id desc",
            [],
            |row| {
                found.insert(row.get(0)?, (row.get(1)?, row.get::<_, Kind>(2)? == Kind::Card));
                Ok(())
            },
        )?;
        Ok(found)
    }

    /// When each bank was imported last, by number; not packages of Anki.
    pub fn bank_imports(&self) -> Result<HashMap<i64, i64>> {
        self.all("select id, imported_ms from source where path not like '%.apkg' and path not like '%.colpkg'", [])
    }

    /// The questions that have pictures or sounds.
    pub fn questions_with_media(&self) -> Result<HashSet<QuestionId>> {
        self.all("select distinct question from question_media", [])
    }

    /// The study day of the first answer.
    pub fn first_answer_day(&self) -> Result<Option<StudyDay>> {
        self.one("select day from review order by id limit 1", [])
    }

    /// How many mock exams there were.
    pub fn exams_sat(&self) -> Result<u64> {
        self.value::<i64>("select count(*) from exam", []).map(i64::unsigned_abs)
    }
}

fn packaged(row: &rusqlite::Row<'_>) -> Result<PackagedRow> {
    let tags: Option<String> = row.get(12)?;
    Ok(PackagedRow {
        question: Question {
            id: row.get(0)?,
            uid: row.get(1)?,
            kind: row.get(2)?,
            stem: row.get(3)?,
            explanation: row.get(4)?,
            topic: row.get(5)?,
            key: row.get(6)?,
            key_rule: row.get(7)?,
            markup: row.get(8)?,
            choices: choices::in_use(text(row, 9)?)?,
            tags: tags.map(|tags| tags.split('\u{1f}').map(str::to_owned).collect()).unwrap_or_default(),
        },
        deck: row.get(10)?,
        changed_ms: row.get(11)?,
        edited_ms: row.get(13)?,
    })
}
