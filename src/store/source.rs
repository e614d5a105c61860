//! The files that banks came from: where they are, the deck of each, and what they have in common with another bank.

use std::collections::{HashMap, HashSet};

use rusqlite::{Row, params};

use super::{Reader, Writer, fault};
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
    /// The deck that it asked for when it was imported last; none where it named none.
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

const COLUMNS: &str = "source.id, source.path, deck.name, source.named";

fn source(row: &Row<'_>) -> rusqlite::Result<SourceRow> {
    Ok(SourceRow { id: row.get(0)?, path: row.get(1)?, deck: row.get(2)?, named: row.get(3)? })
}

impl Reader<'_> {
    /// The banks at this path, one for each deck that it was imported into, the last import first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn sources_at(&self, path: &str) -> Result<Vec<SourceRow>> {
        let sql = format!(
            "select {COLUMNS} from source join deck on deck.id = source.deck where source.path = ?
             order by imported_ms desc, source.id desc"
        );
        let mut statement = self.connection.prepare(&sql).map_err(fault::of)?;
        let rows = statement.query_map([path], source).map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    /// The banks that hold questions with some of these fingerprints, by number.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn kin(&self, prints: &HashSet<u64>) -> Result<Vec<KinRow>> {
        let mut counts: HashMap<i64, (usize, usize)> = HashMap::new();
        let mut statement = self.connection.prepare("select source, fingerprint from placement").map_err(fault::of)?;
        let mut rows = statement.query([]).map_err(fault::of)?;
        while let Some(row) = rows.next().map_err(fault::of)? {
            let (source, print): (i64, i64) = row.get(0).and_then(|id| Ok((id, row.get(1)?))).map_err(fault::of)?;
            let (held, all) = counts.entry(source).or_default();
            *all += 1;
            *held += usize::from(prints.contains(&print.cast_unsigned()));
        }
        let sql = format!("select {COLUMNS} from source join deck on deck.id = source.deck order by source.id");
        let mut statement = self.connection.prepare(&sql).map_err(fault::of)?;
        let rows = statement.query_map([], source).map_err(fault::of)?;
        let mut kin = Vec::new();
        for row in rows {
            let source = row.map_err(fault::of)?;
            if let Some(&(held @ 1.., all)) = counts.get(&source.id) {
                kin.push(KinRow { source, held, all });
            }
        }
        Ok(kin)
    }
}

impl Writer<'_> {
    /// The number of the bank at this path in a deck, noted as imported now. `named`: the deck that it asks for.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn source(&mut self, deck: DeckId, path: &str, named: Option<&str>, now_ms: i64) -> Result<i64> {
        self.transaction
            .query_row(
                "insert into source (deck, path, imported_ms, named) values (?1, ?2, ?3, ?4)
                 on conflict (deck, path) do update set imported_ms = ?3, named = ?4 returning id",
                params![deck.0, path, now_ms, named],
                |row| row.get(0),
            )
            .map_err(fault::of)
    }

    /// The file of a bank is at another path now.
    ///
    /// # Errors
    /// When it cannot be written, or the deck has a bank at that path.
    pub fn move_source(&mut self, source: i64, path: &str) -> Result<()> {
        self.run("update source set path = ?2 where id = ?1", params![source, path])
    }
}
