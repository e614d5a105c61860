//! Entries of the log outside of their database: a line of JSON each, which another database can take in.
//!
//! Cards go by their identity, devices by their name, and everything else as the row has it. So an entry is the same wherever it is, and
//! enters a log once.

use std::collections::HashMap;

use rusqlite::Row;
use rusqlite::types::Value;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::dump::unhex;
use super::entry_fit::{device_name, identity};
use super::log::IMPORTED;
use super::log_table::{LOG_TABLES, LogTable};
use super::query::{Query, text};
use super::range::{self, EnteringNumber, unusable};
use super::{Reader, Writer};
use crate::error::{Error, Result};
use crate::model::{CardId, LAST_MS, LogId, Moment};

/// An entry of the log, outside of its database.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LooseEntry {
    /// Which table of the log it is of.
    table: String,
    /// The identity of the card; none for an undo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    card: Option<String>,
    /// The name of the device.
    device: String,
    /// Its columns, by name; bytes as hex.
    row: serde_json::Map<String, serde_json::Value>,
}

/// What became of an entry that another log was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenIn {
    /// It is in the log now; the card whose memory is to be remade.
    New(Option<CardId>),
    /// It was there already.
    Known,
    /// Its card, or what it takes back, is not there.
    Homeless,
    /// It does not fit into this log; why.
    Unfit(&'static str),
}

impl LooseEntry {
    /// An entry of a table of the log, made of its columns.
    pub(super) fn assembled(
        table: &LogTable,
        card: Option<Uuid>,
        device: String,
        columns: Vec<(&'static str, Value)>,
    ) -> Self {
        let cell = |value: Value| match value {
            Value::Integer(number) => number.into(),
            Value::Text(text) => text.into(),
            Value::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>().into(),
            Value::Null | Value::Real(_) => serde_json::Value::Null,
        };
        let row = columns.into_iter().map(|(name, value)| (name.to_owned(), cell(value))).collect();
        Self { table: table.name.into(), card: card.map(|uid| uid.to_string()), device, row }
    }

    /// The identity of an answer; `None` for other entries.
    pub fn identity(&self) -> Option<String> {
        self.log_id().filter(|_| self.is_answer()).map(|LogId(id)| id.to_string())
    }

    /// The table that it is of.
    pub(super) fn table(&self) -> &str {
        &self.table
    }

    /// The number in a column.
    pub(super) fn number(&self, column: &str) -> Option<i64> {
        self.row.get(column).and_then(serde_json::Value::as_i64)
    }

    /// The name of the device.
    pub(super) fn device(&self) -> &str {
        &self.device
    }

    /// Whether what both say in their columns is the same.
    pub(super) fn same_cells(&self, other: &Self) -> bool {
        use serde_json::Value::{Null, String};
        self.row.iter().all(|(column, cell)| match (cell, other.row.get(column).unwrap_or(&Null)) {
            (String(own), String(other)) => own == other || (column != "typed" && own.eq_ignore_ascii_case(other)),
            (own, other) => own == other,
        })
    }

    /// The text of a column.
    pub(super) fn text(&self, column: &str) -> Option<&str> {
        self.row.get(column).and_then(serde_json::Value::as_str)
    }

    /// The bytes of a column; none if they are not hex.
    pub(super) fn bytes(&self, column: &str) -> Vec<u8> {
        self.text(column).and_then(unhex).unwrap_or_default()
    }

    /// The identity of the entry.
    pub fn log_id(&self) -> Option<LogId> {
        self.text("id")?.parse::<Uuid>().ok().map(LogId)
    }

    /// Whether it is an answer.
    pub fn is_answer(&self) -> bool {
        self.table == "review"
    }

    /// Whether it is the answer to this card at this moment, in UTC milliseconds.
    pub fn is_answer_at(&self, card: Uuid, at_ms: i64) -> bool {
        self.is_answer() && self.card() == Some(card) && self.number("at_ms") == Some(at_ms)
    }

    /// When it was given, as it says, and as its identity says, UTC milliseconds. They are the same unless the clock was behind.
    pub fn times(&self) -> Option<(i64, i64)> {
        let at_ms = self.number("at_ms")?;
        Some((at_ms, self.log_id()?.utc_ms()))
    }

    /// The number that the order of the options of an answer follows from.
    pub fn order_seed(&self) -> Option<i64> {
        self.number("order_seed")
    }

    /// The entry in words: what it is, when it was made, and of which card it is.
    pub fn words(&self) -> String {
        let what = match self.table.as_str() {
            "review" => "answer",
            "move" => "change of the schedule",
            _ => "undo",
        };
        let when = self.number("at_ms").map(|at_ms| (at_ms, self.number("offset_minutes").unwrap_or(0)));
        Self::words_of(what, when, self.card.as_deref())
    }

    /// The same of something that is no entry yet. `when` is in UTC milliseconds and minutes of offset.
    pub fn words_of(what: &str, when: Option<(i64, i64)>, card: Option<&str>) -> String {
        let time = when.and_then(|(utc_ms, offset)| {
            let offset_minutes = i32::try_from(offset).ok().filter(|offset| offset.abs() < 1_440).unwrap_or(0);
            let moment = Moment { utc_ms, offset_minutes };
            (0..=LAST_MS)
                .contains(&utc_ms)
                .then(|| moment.rfc3339().chars().take(16).collect::<String>().replace('T', " "))
        });
        let of = time.map_or_else(|| " without a usable time".into(), |time| format!(" of {time}"));
        // Eight letters name a card, as in every list.
        let card = card.map(|uid| uid.chars().filter(char::is_ascii_hexdigit).take(8).collect::<String>());
        let card = card.map(|letters| format!(" (card {letters})")).unwrap_or_default();
        format!("the {what}{of}{card}")
    }

    /// Whether it is about a card; an undo is about another entry.
    pub fn names_card(&self) -> bool {
        self.table != "undo"
    }

    /// The identity of the card that it is about.
    pub fn card(&self) -> Option<Uuid> {
        self.card.as_deref().and_then(|uid| uid.parse().ok())
    }
}

/// An entry with its identity, made of a row of [`LogTable::select`].
pub(super) fn decode(
    table: &LogTable,
    row: &Row<'_>,
    uid: impl FnOnce(CardId) -> Result<Option<Uuid>>,
    device: impl FnOnce(i64) -> Result<Option<String>>,
) -> Result<(LogId, LooseEntry)> {
    let text = text(row, 3)?;
    let row_of_entry = serde_json::from_str(text)
        .map_err(|error| Error::fault(format!("an entry of the log cannot be written: {error}")))?;
    let card = row.get::<_, Option<CardId>>(1)?.map(uid).transpose()?.flatten();
    let entry = LooseEntry {
        table: table.name.into(),
        card: card.map(|uid| uid.to_string()),
        device: device(row.get(2)?)?.unwrap_or_default(),
        row: row_of_entry,
    };
    Ok((row.get(0)?, entry))
}

impl Reader<'_> {
    /// The few entries of the log after this one, in the order of the log.
    pub(super) fn loose_entries_after(&self, after: Option<LogId>) -> Result<Vec<LooseEntry>> {
        let mut entries: Vec<(LogId, LooseEntry)> = Vec::new();
        // With an `or` in it, SQLite would read the whole log.
        let condition = if after.is_some() { "id > ?1" } else { "?1 is null" };
        for table in &LOG_TABLES {
            self.each(&table.select(condition), [after], |row| {
                let uid = |card| self.card_identity(card);
                let device = |device: i64| self.one("select name from device where id = ?", [device]);
                entries.push(decode(table, row, uid, device)?);
                Ok(())
            })?;
        }
        entries.sort_by_key(|(id, _)| *id);
        Ok(entries.into_iter().map(|(_, entry)| entry).collect())
    }

    /// All entries of the log: answers, then moves, then undos, each in the order of the log.
    pub fn each_loose_entry(&self, mut sink: impl FnMut(LooseEntry) -> Result<()>) -> Result<()> {
        let uids: HashMap<CardId, Uuid> = self.all("select id, uid from card", [])?;
        let devices: HashMap<i64, String> = self.all("select id, name from device", [])?;
        for table in &LOG_TABLES {
            self.each(&table.select("true order by id"), [], |row| {
                let uid = |card| Ok(uids.get(&card).copied());
                sink(decode(table, row, uid, |device| Ok(devices.get(&device).cloned()))?.1)
            })?;
        }
        Ok(())
    }
}

impl Writer<'_> {
    /// Appends an entry of another log, unless it is there already. `cards` are all cards of this database by their identity.
    ///
    /// # Errors
    /// When the entry says what no entry can say, or the database fails.
    pub fn take_in(&mut self, entry: &LooseEntry, cards: &HashMap<Uuid, CardId>) -> Result<TakenIn> {
        let table =
            LOG_TABLES.iter().find(|table| table.name == entry.table).ok_or_else(|| unusable("an unknown table"))?;
        let mut names: Vec<&str> = Vec::new();
        let mut values: Vec<Value> = Vec::new();
        for column in table.plain {
            let cell = match entry.row.get(*column) {
                None | Some(serde_json::Value::Null) => continue,
                Some(serde_json::Value::String(text)) => Value::from(text.clone()),
                Some(number) => Value::from(number.as_i64().ok_or_else(|| unusable("no number where one has to be"))?),
            };
            names.push(column);
            values.push(cell);
        }
        for column in table.bytes {
            let cell = match entry.row.get(*column) {
                None | Some(serde_json::Value::Null) => continue,
                Some(serde_json::Value::String(hex)) => unhex(hex).ok_or_else(|| unusable("bytes that are not hex"))?,
                Some(_) => return Err(unusable("bytes that are not hex")),
            };
            names.push(column);
            values.push(Value::from(cell));
        }
        let whole = |column: &str| {
            let place = names.iter().position(|name| *name == column)?;
            if let Value::Integer(number) = values[place] { Some(EnteringNumber::Whole(number)) } else { None }
        };
        if let Some(why) = range::refusal(table.name, whole) {
            return Err(unusable(&why));
        }
        let id = names.iter().position(|name| *name == "id").map(|place| values[place].clone());
        let id = id.ok_or_else(|| unusable("no identity"))?;
        match self.known_entry(table, &id, entry)? {
            (_, Some(why)) => return Ok(TakenIn::Unfit(why)),
            (true, None) => return Ok(TakenIn::Known),
            (false, None) => {}
        }
        let card = entry.card().and_then(|uid| cards.get(&uid).copied());
        let whole = match table.name {
            "undo" => ["review", "move", "undo"].into_iter().try_fold(false, |found, target| {
                let Some(place) = names.iter().position(|name| *name == target) else { return Ok(found) };
                let sql = format!("select exists (select 1 from {target} where id = ?)");
                Ok::<_, Error>(found || self.value(&sql, [&values[place]])?)
            })?,
            _ => card.is_some(),
        };
        if !whole {
            return Ok(TakenIn::Homeless);
        }
        if let Some(why) =
            card.filter(|_| entry.is_answer()).map(|card| self.unfit_entry(card, entry)).transpose()?.flatten()
        {
            return Ok(TakenIn::Unfit(why));
        }
        if self.sealed_well.is_none() {
            self.sealed_well = Some(self.reader().broken_seals()?.is_empty());
        }
        if let Some(card) = card.filter(|_| table.has_card) {
            names.push("card");
            values.push(Value::from(card.0));
        }
        names.push("device");
        let device = self.device(&device_name(&entry.device))?;
        values.push(Value::from(device));
        let places = vec!["?"; names.len()].join(", ");
        let sql = format!("insert into {} ({}) values ({places})", table.name, names.join(", "));
        self.run(&sql, rusqlite::params_from_iter(values)).map_err(|error| {
            if error.code() == "fault" { unusable("a value that no entry can have").caused_by(error) } else { error }
        })?;
        self.note_taken_in(&id, entry, device)?;
        let card = match card {
            Some(card) => Some(card),
            None => self.one(
                "with recursive taken (review, move, undo) as (
                     select review, move, undo from undo where id = ?1
                     union all
                     select undo.review, undo.move, undo.undo from taken join undo on undo.id = taken.undo)
                 select coalesce(review.card, move.card) from taken
                 left join review on review.id = taken.review left join move on move.id = taken.move
                 where taken.undo is null",
                [id],
            )?,
        };
        Ok(TakenIn::New(card))
    }
}

impl Writer<'_> {
    /// Remembers where the log is to be sealed again, and that the next identity comes after this one.
    fn note_taken_in(&mut self, id: &Value, entry: &LooseEntry, device: i64) -> Result<()> {
        let id = identity(id).ok_or_else(|| unusable("no identity"))?;
        if entry.device.starts_with(IMPORTED) {
            self.imports.insert(device);
        } else if id.utc_ms() > LAST_MS {
            // Every entry that is made here comes after the last one.
            return Err(unusable("an identity of a time that no calendar has"));
        } else {
            self.taken_in = Some(self.taken_in.map_or(id, |first| first.min(id)));
        }
        self.ids.pass(id);
        Ok(())
    }
}
