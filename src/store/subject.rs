//! Cards as statistics count them, without texts: a hundred thousand of them are read at once.

use std::collections::HashMap;

use rusqlite::Row;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::log_row::due_of;
use super::{Reader, fault};
use crate::error::Result;
use crate::model::{CardId, CardMemory, CardState, DeckId, Kind, MemoryState, QuestionId, StudyDay};

/// A card as statistics count it.
#[derive(Clone, Debug)]
pub struct SubjectRow<'a> {
    /// The card.
    pub card: CardId,
    /// Its question. The cards of a question come one after the other.
    pub question: QuestionId,
    /// Its deck.
    pub deck: DeckId,
    /// Its topic, by number; see [`Reader::topic_names`].
    pub topic: Option<i64>,
    /// The kind of its question.
    pub kind: Kind,
    /// The stem of its question.
    pub stem: &'a str,
    /// Whether its question still asks for it.
    pub asked: bool,
    /// The choices of its question that are in use.
    pub choices: &'a [SubjectChoice],
    /// What follows from its log, as far as it tells where the card stands: without its step, and how many answers there were.
    pub memory: CardMemory,
}

/// A choice in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubjectChoice {
    /// Its number.
    pub number: u8,
    /// Its place in the bank.
    pub position: u8,
    /// Whether picking it is right.
    pub correct: bool,
}

/// What counts of a choice as it is stored; see `choices`.
#[derive(Deserialize)]
struct Stored {
    #[serde(rename = "text")]
    _text: IgnoredAny,
    #[serde(default)]
    right: bool,
    #[serde(default)]
    at: Option<u8>,
    #[serde(default)]
    retired: bool,
}

/// In the order of the index of the cards by question, so that no row with its texts is put aside to be sorted.
const SQL: &str =
    "select card.id, card.question, question.deck, question.topic, question.kind, question.stem, question.choices,
             card.place is not null, memory.state, memory.due_day, memory.due_ms, memory.stability, memory.difficulty,
             memory.last_day, memory.lapses, memory.suspended, memory.buried_until, memory.last_ms
             from card join question on question.id = card.question join memory on memory.card = card.id
             order by card.question, card.ordinal";

impl Reader<'_> {
    /// Every card, question by question.
    ///
    /// # Errors
    /// When the database cannot be read, or `sink` fails.
    pub fn each_subject(&self, mut sink: impl FnMut(SubjectRow<'_>) -> Result<()>) -> Result<()> {
        let mut statement = self.connection.prepare_cached(SQL).map_err(fault::of)?;
        let mut rows = statement.query([]).map_err(fault::of)?;
        let mut choices = Vec::new();
        while let Some(row) = rows.next().map_err(fault::of)? {
            let get = |error| fault::of(error);
            let text = |at| row.get_ref(at).and_then(|value| Ok(value.as_str()?)).map_err(get);
            let kind =
                Kind::from_number(row.get(4).map_err(get)?).ok_or_else(|| fault::nonsense("a kind of question"))?;
            read_choices(text(6)?, &mut choices)?;
            sink(SubjectRow {
                card: CardId(row.get(0).map_err(get)?),
                question: QuestionId(row.get(1).map_err(get)?),
                deck: DeckId(row.get(2).map_err(get)?),
                topic: row.get(3).map_err(get)?,
                kind,
                stem: text(5)?,
                asked: row.get(7).map_err(get)?,
                choices: &choices,
                memory: stands(row, 8)?,
            })?;
        }
        Ok(())
    }

    /// The names of all topics, by number.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn topic_names(&self) -> Result<HashMap<i64, String>> {
        let mut statement = self.connection.prepare_cached("select id, name from topic").map_err(fault::of)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }
}

fn stands(row: &Row<'_>, at: usize) -> Result<CardMemory> {
    let get = |error| fault::of(error);
    let stability: Option<f64> = row.get(at + 3).map_err(get)?;
    let difficulty: Option<f64> = row.get(at + 4).map_err(get)?;
    let state = CardState::from_number(row.get(at).map_err(get)?);
    Ok(CardMemory {
        state: state.ok_or_else(|| fault::nonsense("a state of a card"))?,
        due: due_of(row, at + 1)?,
        memory: stability
            .zip(difficulty)
            .map(|(stability, difficulty)| MemoryState { stability: stability as f32, difficulty: difficulty as f32 }),
        last_day: row.get::<_, Option<i32>>(at + 5).map_err(get)?.map(StudyDay),
        lapses: row.get(at + 6).map_err(get)?,
        suspended: row.get(at + 7).map_err(get)?,
        buried_until: row.get::<_, Option<i32>>(at + 8).map_err(get)?.map(StudyDay),
        last_at: row.get(at + 9).map_err(get)?,
        ..CardMemory::NEW
    })
}

fn read_choices(json: &str, into: &mut Vec<SubjectChoice>) -> Result<()> {
    let stored: Vec<Stored> = serde_json::from_str(json).map_err(|_| fault::nonsense("the choices of a question"))?;
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
        let steps = statement.query_map([], |row| row.get::<_, String>(3)).expect("a plan");
        let steps = steps.collect::<rusqlite::Result<Vec<_>>>().expect("a plan");
        assert!(steps.iter().all(|step| !step.contains("TEMP")), "{steps:?}");
    }

    #[test]
    fn choices_in_use_come_in_the_order_of_the_bank() {
        let mut choices = Vec::new();
        let json =
            r#"[{"text":"a","retired":true},{"text":"b \" }","right":true},{"text":"c","at":0,"feedback":"no"}]"#;
        read_choices(json, &mut choices).expect("choices");
        let told: Vec<_> = choices.iter().map(|choice| (choice.number, choice.position, choice.correct)).collect();
        assert_eq!(told, [(2, 0, false), (1, 1, true)]);
        assert!(read_choices("[{}]", &mut choices).is_err() && read_choices("", &mut choices).is_err());
    }
}
