//! Cards as statistics count them, without texts: a hundred thousand of them are read at once.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::Reader;
use super::fault::nonsense;
use super::log_row::decode_due;
use super::memory::memory_state;
use super::query::{Query, text};
use crate::error::Result;
use crate::model::{CardId, CardMemory, DeckId, Kind, QuestionId};

/// A card as statistics count it.
#[derive(Clone, Debug)]
pub struct SubjectRow<'a> {
    /// Its number.
    pub card: CardId,
    /// The number of its question. The cards of a question come one after the other.
    pub question: QuestionId,
    /// The deck of its question.
    pub deck: DeckId,
    /// Its topic, by number; see [`Reader::topic_names`].
    pub topic: Option<i64>,
    /// The kind of its question.
    pub kind: Kind,
    /// The stem of its question.
    pub stem: &'a str,
    /// Whether its question still asks for it.
    pub asked: bool,
    /// Whether its question was deleted: only its answers count.
    pub deleted: bool,
    /// The choices of its question that are in use.
    pub choices: &'a [SubjectChoice],
    /// What follows from its log, without its step and how many answers there were.
    pub memory: CardMemory,
}

/// A choice in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubjectChoice {
    /// Its number within the question.
    pub number: u8,
    /// Its place in the bank.
    pub position: u8,
    /// Whether picking it is right.
    pub correct: bool,
}

/// The fields of a stored choice that statistics need; see `choices`.
#[derive(Deserialize)]
struct StoredMark {
    #[serde(rename = "text")]
    _text: IgnoredAny,
    #[serde(default)]
    right: bool,
    #[serde(default)]
    at: Option<u8>,
    #[serde(default)]
    retired: bool,
}

/// In the order of the index of cards by question, so that SQLite does not sort rows with their texts.
const SQL: &str =
    "select card.id, card.question, question.deck, question.topic, question.kind, question.stem, question.choices,
             card.place is not null, memory.state, memory.due_day, memory.due_ms, memory.stability, memory.difficulty,
             memory.last_day, memory.lapses, memory.suspended, memory.buried_until, memory.last_ms,
             question.id in (select question from deleted)
             from card join question on question.id = card.question join memory on memory.card = card.id
             where card.question between ?1 and ?2
             order by card.question, card.ordinal";

impl Reader<'_> {
    /// The cards of the questions in this range, question by question.
    pub fn each_subject(
        &self,
        questions: RangeInclusive<QuestionId>,
        mut sink: impl FnMut(SubjectRow<'_>) -> Result<()>,
    ) -> Result<()> {
        let mut choices = Vec::new();
        self.each(SQL, [questions.start(), questions.end()], |row| {
            parse_choices(text(row, 6)?, &mut choices)?;
            sink(SubjectRow {
                card: row.get(0)?,
                question: row.get(1)?,
                deck: row.get(2)?,
                topic: row.get(3)?,
                kind: row.get(4)?,
                stem: text(row, 5)?,
                asked: row.get(7)?,
                deleted: row.get(18)?,
                choices: &choices,
                memory: CardMemory {
                    state: row.get(8)?,
                    due: decode_due(row, 9)?,
                    memory: memory_state(row, 11)?,
                    last_day: row.get(13)?,
                    lapses: row.get(14)?,
                    suspended: row.get(15)?,
                    buried_until: row.get(16)?,
                    last_at: row.get(17)?,
                    ..CardMemory::NEW
                },
            })
        })
    }

    /// A question in the middle of all: about as many come before it as after it.
    pub fn middle_question(&self) -> Result<QuestionId> {
        self.value("select ifnull(min(id), 0) / 2 + ifnull(max(id), 0) / 2 from question", [])
    }

    /// The names of all topics, by number.
    pub fn topic_names(&self) -> Result<HashMap<i64, String>> {
        self.all("select id, name from topic", [])
    }
}

fn parse_choices(json: &str, into: &mut Vec<SubjectChoice>) -> Result<()> {
    let stored: Vec<StoredMark> = serde_json::from_str(json).map_err(|_| nonsense("the choices of a question"))?;
    into.clear();
    into.extend((0..=u8::MAX).zip(stored).filter(|(_, stored)| !stored.retired).map(|(number, stored)| {
        SubjectChoice { number, position: stored.at.unwrap_or(number), correct: stored.right }
    }));
    into.sort_by_key(|choice| choice.position);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_card_is_sorted() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = crate::store::Store::open(&folder.path().join("a.db"), 0, None).expect("a store");
        let connection = store.reader().connection;
        let mut statement = connection.prepare(&format!("explain query plan {SQL}")).expect("a plan");
        let steps = statement.query_map([1, 2], |row| row.get::<_, String>(3)).expect("a plan");
        let steps = steps.collect::<rusqlite::Result<Vec<_>>>().expect("a plan");
        assert!(steps.iter().all(|step| !step.contains("TEMP")), "{steps:?}");
    }

    #[test]
    fn choices_in_use_come_in_the_order_of_the_bank() {
        let mut choices = Vec::new();
        let json =
            r#"[{"text":"a","retired":true},{"text":"b \" }","right":true},{"text":"c","at":0,"feedback":"no"}]"#;
        parse_choices(json, &mut choices).expect("choices");
        let told: Vec<_> = choices.iter().map(|choice| (choice.number, choice.position, choice.correct)).collect();
        assert_eq!(told, [(2, 0, false), (1, 1, true)]);
        assert!(parse_choices("[{}]", &mut choices).is_err() && parse_choices("", &mut choices).is_err());
    }
}
