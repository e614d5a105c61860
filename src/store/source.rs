//! The files that banks came from: where they are, the deck of each, and what they have in common with another bank.

use std::collections::{HashMap, HashSet};

use rusqlite::{Row, params};

use super::query::{FromRow, Query};
use super::{Reader, Writer};
use crate::error::Result;
use crate::model::DeckId;

/// A bank in the deck that it was imported into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRow {
    /// Its number.
    pub id: i64,
    /// Its path.
    pub path: String,
    /// The deck, by the name that it has now.
    pub deck: String,
    /// The deck that it asked for when it was imported last; `None` if it named none.
    pub named: Option<String>,
}

/// A bank that holds questions of another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KinRow {
    /// The bank.
    pub source: SourceRow,
    /// How many of the questions it holds.
    pub held: usize,
    /// How many questions it has in all.
    pub all: usize,
}

const COLUMNS: &str = "source.id as id, source.path as path, deck.name as deck, source.named as named";

impl FromRow for SourceRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self { id: row.get("id")?, path: row.get("path")?, deck: row.get("deck")?, named: row.get("named")? })
    }
}

impl Reader<'_> {
    /// The banks at this path, one for each deck that it was imported into, the last import first.
    pub fn sources_at(&self, path: &str) -> Result<Vec<SourceRow>> {
        let sql = format!(
            "select {COLUMNS} from source join deck on deck.id = source.deck where source.path = ?
             order by imported_ms desc, source.id desc"
        );
        self.all(&sql, [path])
    }

    /// The decks where the questions of the bank at this path are now, by the ids that the bank gives them; not of erased ones.
    pub fn decks_of_bank(&self, path: &str) -> Result<HashMap<String, String>> {
        self.all(
            "select placement.external_id, deck.name from source join placement on placement.source = source.id
             join question on question.id = placement.question join deck on deck.id = question.deck
             where source.path = ? and placement.external_id is not null
             and question.id not in (select question from deleted where erased = 1)",
            [path],
        )
    }

    /// The banks that hold questions with some of these fingerprints, by number.
    pub fn kin(&self, prints: &HashSet<u64>) -> Result<Vec<KinRow>> {
        let mut counts: HashMap<i64, (usize, usize)> = HashMap::new();
        self.each("select source, fingerprint from placement", [], |row| {
            let (held, all) = counts.entry(row.get(0)?).or_default();
            *all += 1;
            *held += usize::from(prints.contains(&row.get(1).map(i64::cast_unsigned)?));
            Ok(())
        })?;
        let sql = format!("select {COLUMNS} from source join deck on deck.id = source.deck order by source.id");
        let sources: Vec<SourceRow> = self.all(&sql, [])?;
        let kin = sources.into_iter().filter_map(|source| {
            let (held, all) = counts.get(&source.id).copied().filter(|(held, _)| *held > 0)?;
            Some(KinRow { source, held, all })
        });
        Ok(kin.collect())
    }
}

impl Writer<'_> {
    /// The number of the bank at this path in a deck, recorded as imported now. `named`: the deck that it asks for.
    pub fn source(&mut self, deck: DeckId, path: &str, named: Option<&str>, now_ms: i64) -> Result<i64> {
        self.value(
            "insert into source (deck, path, imported_ms, named) values (?1, ?2, ?3, ?4)
             on conflict (deck, path) do update set imported_ms = ?3, named = ?4 returning id",
            params![deck, path, now_ms, named],
        )
    }

    /// Records that the file of a bank is at another path now.
    pub fn move_source(&mut self, source: i64, path: &str) -> Result<()> {
        self.run("update source set path = ?2 where id = ?1", params![source, path])
    }
}
