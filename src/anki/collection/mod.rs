//! The collection in a package, of schema 11 (JSON in one row) or 18 (tables), as one structure.
//!
//! The database comes from anybody. Nothing in it is run: it is opened to read, without triggers and views, and only tables that are as Anki
//! makes them are read. See "Untrusted SQLite database files" in <https://www.sqlite.org/security.html>.

mod open;
mod schema11;
mod schema18;

use std::collections::HashMap;

use rusqlite::{Connection, Row};

pub use open::open;

use super::messages::PresetConfig;
use crate::error::Result;
use crate::model::limits::{PACKAGE_ANSWERS, PACKAGE_NOTES};
use open::damaged;

/// A collection.
pub struct Collection {
    connection: Connection,
    /// When it was made, seconds since 1970: the first day of due dates.
    pub created_s: i64,
    /// When it was changed last, milliseconds since 1970.
    pub changed_ms: i64,
    /// Minutes east of Greenwich where it was made, if it says so.
    pub offset_minutes: Option<i32>,
    /// The hour at which a day begins.
    pub rollover: u8,
    /// The decks by their number.
    pub decks: HashMap<i64, AnkiDeck>,
    /// The presets by their number.
    pub presets: HashMap<i64, AnkiPreset>,
    /// The note types by their number.
    pub note_types: HashMap<i64, NoteType>,
}

/// A deck of Anki.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnkiDeck {
    /// Its whole name, with `::` between the parts.
    pub name: String,
    /// The number of its preset; `None` if it is filtered.
    pub preset: Option<i64>,
    /// A desired retention of its own, 0–1.
    pub desired_retention: Option<f32>,
}

/// A preset of Anki.
#[derive(Clone, Debug, PartialEq)]
pub struct AnkiPreset {
    /// Its name.
    pub name: String,
    /// What it sets.
    pub config: PresetConfig,
}

/// A note type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NoteType {
    /// Its name.
    pub name: String,
    /// Whether its cards are deletions of a text.
    pub cloze: bool,
    /// Whether its cards are areas of a picture.
    pub occlusion: bool,
    /// The names of its fields, in order.
    pub fields: Vec<String>,
    /// Its templates, in order.
    pub templates: Vec<CardTemplate>,
}

/// A template of cards.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CardTemplate {
    /// Its name.
    pub name: String,
    /// The front.
    pub front: String,
    /// The back.
    pub back: String,
}

/// A note.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnkiNote {
    /// Its number.
    pub id: i64,
    /// What it is known by on every device.
    pub guid: String,
    /// The number of its note type.
    pub note_type: i64,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its fields, in order.
    pub fields: Vec<String>,
}

/// A card of Anki.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnkiCard {
    /// Its number.
    pub id: i64,
    /// Its note.
    pub note: i64,
    /// The deck where it is at home.
    pub deck: i64,
    /// The place of its template, or the number of its deletion from 0.
    pub ordinal: u32,
    /// When it was changed last, seconds since 1970.
    pub changed_s: i64,
    /// 0 new, 1 learning, 2 review, 3 relearning.
    pub kind: i64,
    /// −1 suspended, −2 and −3 buried, 0 new, 1 learning, 2 review, 3 learning by days.
    pub queue: i64,
    /// A place among the new ones, a day since the collection was made, or seconds since 1970.
    pub due: i64,
    /// Its flag, 0 for none.
    pub flag: u8,
    /// Stability and difficulty as Anki keeps them, if it does.
    pub memory: Option<(f64, f64)>,
}

/// An entry of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogLine {
    /// When, milliseconds since 1970.
    pub id: i64,
    /// The card.
    pub card: i64,
    /// The button, 1–4; 0 if it is no answer.
    pub ease: u8,
    /// 0 learning, 1 review, 2 relearning, 3 filtered, 4 manual, 5 rescheduled.
    pub kind: u8,
    /// The interval after it: days, or seconds below 0.
    pub interval: i32,
    /// The ease factor or difficulty after it, in thousandths.
    pub factor: i32,
    /// Milliseconds taken.
    pub took_ms: u32,
}

impl Collection {
    /// How many notes, cards and entries of the log there are.
    ///
    /// # Errors
    /// If the database is damaged, or holds more than any collection.
    pub fn counts(&self) -> Result<[u64; 3]> {
        let count = |table: &str| -> Result<u64> {
            let sql = format!("select count(*) from {table}");
            let count: i64 = self.connection.query_row(&sql, [], |row| row.get(0)).map_err(|error| damaged(&error))?;
            Ok(count.unsigned_abs())
        };
        let counts = [count("notes")?, count("cards")?, count("revlog")?];
        for (count, limit) in [(counts[0], PACKAGE_NOTES), (counts[1], PACKAGE_NOTES), (counts[2], PACKAGE_ANSWERS)] {
            if count > limit.most {
                return Err(super::package::broken(&format!("it has more than {} {}", limit.figure(), limit.counts)));
            }
        }
        Ok(counts)
    }

    /// The notes, in the order of their numbers.
    ///
    /// # Errors
    /// If the database is damaged, or `sink` fails.
    pub fn each_note(&self, sink: impl FnMut(AnkiNote) -> Result<()>) -> Result<()> {
        let note = |row: &Row<'_>| {
            Ok(AnkiNote {
                id: row.get(0)?,
                guid: text(row, 1)?,
                note_type: row.get(2)?,
                tags: text(row, 3)?.split([' ', '\u{3000}']).filter(|tag| !tag.is_empty()).map(str::to_owned).collect(),
                fields: text(row, 4)?.split('\u{1f}').map(str::to_owned).collect(),
            })
        };
        self.each("select id, guid, mid, tags, flds from notes order by id", note, sink)
    }

    /// The cards, in the order of their notes and places.
    ///
    /// # Errors
    /// If the database is damaged.
    pub fn cards(&self) -> Result<Vec<AnkiCard>> {
        let card = |row: &Row<'_>| {
            let (deck, home, due, home_due): (i64, i64, i64, i64) =
                (row.get(2)?, row.get(3)?, row.get(7)?, row.get(8)?);
            let filtered = home != 0;
            Ok(AnkiCard {
                id: row.get(0)?,
                note: row.get(1)?,
                deck: if filtered { home } else { deck },
                ordinal: row.get::<_, i64>(4)?.clamp(0, 100_000) as u32,
                changed_s: row.get(9)?,
                kind: row.get(5)?,
                queue: row.get(6)?,
                due: if filtered && home_due != 0 { home_due } else { due },
                flag: (row.get::<_, i64>(10)? & 7) as u8,
                memory: memory(&text(row, 11)?),
            })
        };
        let mut cards = Vec::new();
        // Sorted here: SQLite would sort in a file somewhere.
        let sql = "select id, nid, did, odid, ord, type, queue, due, odue, mod, flags, data from cards";
        self.each(sql, card, |card| {
            cards.push(card);
            Ok(())
        })?;
        cards.sort_unstable_by_key(|card| (card.note, card.ordinal, card.id));
        Ok(cards)
    }

    /// The log, card by card, each in the order of events.
    ///
    /// # Errors
    /// If the database is damaged.
    pub fn log(&self) -> Result<Vec<LogLine>> {
        let small = |number: i64| number.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32;
        let line = |row: &Row<'_>| {
            Ok(LogLine {
                id: row.get(0)?,
                card: row.get(1)?,
                ease: row.get::<_, i64>(2)?.clamp(0, 255) as u8,
                interval: small(row.get(3)?),
                factor: small(row.get(4)?),
                took_ms: row.get::<_, i64>(5)?.clamp(0, 1 << 30) as u32,
                kind: row.get::<_, i64>(6)?.clamp(0, 255) as u8,
            })
        };
        let mut log = Vec::new();
        self.each("select id, cid, ease, ivl, factor, time, type from revlog", line, |line| {
            log.push(line);
            Ok(())
        })?;
        log.sort_unstable_by_key(|line| (line.card, line.id));
        Ok(log)
    }

    fn each<T>(
        &self,
        sql: &str,
        decode: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
        mut sink: impl FnMut(T) -> Result<()>,
    ) -> Result<()> {
        let mut statement = self.connection.prepare(sql).map_err(|error| damaged(&error))?;
        let mut rows = statement.query([]).map_err(|error| damaged(&error))?;
        while let Some(row) = rows.next().map_err(|error| damaged(&error))? {
            sink(decode(row).map_err(|error| damaged(&error))?)?;
        }
        Ok(())
    }
}

/// A text, which old programs may have written as a number or as bytes.
fn text(row: &Row<'_>, place: usize) -> rusqlite::Result<String> {
    use rusqlite::types::ValueRef;
    Ok(match row.get_ref(place)? {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => String::from_utf8_lossy(bytes).into_owned(),
    })
}

/// Stability and difficulty in the column `data` of a card.
fn memory(data: &str) -> Option<(f64, f64)> {
    if !data.contains("\"s\"") {
        return None;
    }
    let data: serde_json::Value = serde_json::from_str(data).ok()?;
    Some((data.get("s")?.as_f64()?, data.get("d")?.as_f64()?))
}
