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
use super::log::IMPORTED;
use super::query::{Query, text};
use super::range::{self, EnteringNumber, unusable};
use super::{Reader, Writer};
use crate::error::{Error, Result};
use crate::model::{CardId, LAST_MS, LogId, Moment};

/// A table of the log, with the columns that an entry is made of besides its card and its device.
pub(super) struct LogTable {
    pub(super) name: &'static str,
    /// Integers and texts.
    plain: &'static [&'static str],
    /// Bytes, written as hex.
    bytes: &'static [&'static str],
    /// Whether an entry names its card. An undo names what it takes back.
    has_card: bool,
}

/// The three tables of the log. Undos come last: they name entries of all three.
pub(super) const LOG_TABLES: [LogTable; 3] = [
    LogTable {
        name: "review",
        plain: &[
            "at_ms",
            "day",
            "offset_minutes",
            "rating",
            "kind",
            "confidence",
            "right",
            "order_seed",
            "guess_ways",
            "took_ms",
            "due_day",
            "due_ms",
            "practice",
            "typed",
            "overruled",
            "sure",
        ],
        bytes: &["id", "picked", "shown"],
        has_card: true,
    },
    LogTable {
        name: "move",
        plain: &["at_ms", "day", "offset_minutes", "kind", "until_day", "why"],
        bytes: &["id"],
        has_card: true,
    },
    LogTable {
        name: "undo",
        plain: &["at_ms", "day", "offset_minutes"],
        bytes: &["id", "review", "move", "undo"],
        has_card: false,
    },
];

impl LogTable {
    /// The entries as (id, card, device, other columns as JSON), where `condition` holds.
    fn select(&self, condition: &str) -> String {
        self.select_where(|_| true, condition)
    }

    /// The same for a table of an older schema, which has these columns only.
    pub(super) fn select_of(&self, columns: &[String], condition: &str) -> String {
        self.select_where(|column| columns.iter().any(|other| other == column), condition)
    }

    fn select_where(&self, has: impl Fn(&str) -> bool, condition: &str) -> String {
        let plain = self.plain.iter().filter(|column| has(column)).map(|column| format!("'{column}', {column}"));
        let bytes = self
            .bytes
            .iter()
            .filter(|column| has(column))
            .map(|column| format!("'{column}', iif({column} is null, null, hex({column}))"));
        let cells: Vec<String> = plain.chain(bytes).collect();
        let card = if self.has_card { "card" } else { "null" };
        format!("select id, {card}, device, json_object({}) from {} where {condition}", cells.join(", "), self.name)
    }
}

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
        let id = self.row.get("id").and_then(serde_json::Value::as_str).filter(|_| self.is_answer())?;
        id.parse::<Uuid>().ok().map(|id| id.to_string())
    }

    /// Whether it is an answer.
    pub fn is_answer(&self) -> bool {
        self.table == "review"
    }

    /// Whether it is the answer to this card at this moment, in UTC milliseconds.
    pub fn is_answer_at(&self, card: Uuid, at_ms: i64) -> bool {
        let same_time = || self.row.get("at_ms").and_then(serde_json::Value::as_i64) == Some(at_ms);
        self.is_answer() && self.card() == Some(card) && same_time()
    }

    /// The entry in words: what it is, when it was made, and of which card it is.
    pub fn words(&self) -> String {
        let what = match self.table.as_str() {
            "review" => "answer",
            "move" => "change of the schedule",
            _ => "undo",
        };
        let number = |column: &str| self.row.get(column).and_then(serde_json::Value::as_i64);
        let when = number("at_ms").map(|at_ms| (at_ms, number("offset_minutes").unwrap_or(0)));
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

    /// Every card by its identity.
    pub fn cards_by_identity(&self) -> Result<HashMap<Uuid, CardId>> {
        self.all("select uid, id from card", [])
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
        if self.value(&format!("select exists (select 1 from {} where id = ?)", table.name), [&id])? {
            return Ok(TakenIn::Known);
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
        if self.sealed_well.is_none() {
            self.sealed_well = Some(self.reader().broken_seals()?.is_empty());
        }
        if let Some(card) = card.filter(|_| table.has_card) {
            names.push("card");
            values.push(Value::from(card.0));
        }
        names.push("device");
        let device = self.device(&entry.device)?;
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
    /// Fails if a column of an answer has a number that no answer has.
    pub fn confirm_answer(number: impl Fn(&str) -> Option<i64>) -> Result<()> {
        let refusal = range::refusal("review", |column| number(column).map(EnteringNumber::Whole));
        refusal.map_or(Ok(()), |why| Err(unusable(&why)))
    }

    /// Remembers where the log is to be sealed again, and that the next identity comes after this one.
    fn note_taken_in(&mut self, id: &Value, entry: &LooseEntry, device: i64) -> Result<()> {
        let Value::Blob(bytes) = id else { return Err(unusable("no identity")) };
        let id = LogId(Uuid::from_slice(bytes).map_err(|_| unusable("no identity"))?);
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
