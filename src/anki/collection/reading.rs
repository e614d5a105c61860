//! A collection that is open, and its rows.

use std::collections::HashMap;

use rusqlite::{Connection, Row};
use serde::Deserialize;

use super::damage::damaged;
use super::part::{AnkiCard, AnkiDeck, AnkiNote, AnkiPreset, LogLine, NoteType};
use crate::anki::package::broken;
use crate::error::Result;
use crate::model::limits::{Limit, PACKAGE_ANSWERS, PACKAGE_NOTES};

/// A collection.
pub struct Collection {
    pub(super) connection: Connection,
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
        if let Some(limit) = beyond(counts) {
            return Err(broken(&format!("it has more than {} {}", limit.figure(), limit.counts)));
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

    /// The log, card by card, each in the order of events; `count` entries, as [`Self::counts`] says.
    ///
    /// # Errors
    /// If the database is damaged.
    pub fn log(&self, count: u64) -> Result<Vec<LogLine>> {
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
        let mut log = Vec::with_capacity(usize::try_from(count.min(PACKAGE_ANSWERS.most)).unwrap_or(0));
        self.each("select id, cid, ease, ivl, factor, time, type from revlog", line, |line| {
            log.push(line);
            Ok(())
        })?;
        log.sort_unstable_by_key(|line| (line.card, line.id));
        Ok(log)
    }

    pub(super) fn each<T>(
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

/// The limit that these counts of notes, cards and entries of the log go beyond, if there is one.
fn beyond([notes, cards, log]: [u64; 3]) -> Option<&'static Limit> {
    match () {
        () if notes.max(cards) > PACKAGE_NOTES.most => Some(&PACKAGE_NOTES),
        () if log > PACKAGE_ANSWERS.most => Some(&PACKAGE_ANSWERS),
        () => None,
    }
}

/// A text, which old programs may have written as a number or as bytes.
pub(super) fn text(row: &Row<'_>, place: usize) -> rusqlite::Result<String> {
    use rusqlite::types::ValueRef;
    Ok(match row.get_ref(place)? {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => String::from_utf8_lossy(bytes).into_owned(),
    })
}

/// What is read of the column `data` of a card.
#[derive(Deserialize)]
struct CardData {
    s: Option<f64>,
    d: Option<f64>,
}

/// Stability and difficulty in the column `data` of a card.
fn memory(data: &str) -> Option<(f64, f64)> {
    if !data.contains("\"s\"") {
        return None;
    }
    let data: CardData = serde_json::from_str(data).ok()?;
    data.s.zip(data.d)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collections_have_an_end() {
        let most = [PACKAGE_NOTES.most, PACKAGE_NOTES.most, PACKAGE_ANSWERS.most];
        assert_eq!(beyond(most), None);
        assert_eq!(beyond([most[0] + 1, 1, 1]), Some(&PACKAGE_NOTES));
        assert_eq!(beyond([1, most[1] + 1, 1]), Some(&PACKAGE_NOTES));
        assert_eq!(beyond([1, 1, most[2] + 1]), Some(&PACKAGE_ANSWERS));
    }

    #[test]
    fn the_memory_of_a_card_is_in_its_data() {
        assert_eq!(memory(r#"{"s":12.5,"d":4.25,"dr":0.9}"#), Some((12.5, 4.25)));
        assert_eq!([memory(""), memory("{}"), memory(r#"{"s":"x","d":1}"#), memory(r#"{"s""#)], [None; 4]);
    }
}
