//! Whether an entry of another log fits into this one: what a check would condemn for ever does not enter.

use rusqlite::types::Value;
use uuid::Uuid;

use super::log::IMPORTED;
use super::log_id::{TABLES, floor};
use super::log_table::{LOG_TABLES, LogTable};
use super::loose_entry::{LooseEntry, decode};
use super::query::Query;
use super::range::{self, EnteringNumber, unusable};
use super::salvage::UNKNOWN_DEVICE;
use super::{Reader, Writer};
use crate::error::Result;
use crate::model::limits::{DEVICE_CHARS, TEXT_BYTES, steers};
use crate::model::{CardId, LogId};

/// Why an entry is left out that is here with other content.
const DIFFERS: &str = "another entry of the same identity is here, which says something else";
/// Why an entry is left out whose identity an entry of another kind has.
const TWICE: &str = "an entry of another kind has its identity";
/// Why an answer is left out that cannot be one to its question.
const NO_OPTION: &str = "it names an option that the question does not have here";
/// Why an answer is left out in which too much was typed.
const LONG: &str = "what was typed is longer than anything that is typed";

/// The name of a device as it is kept: cut, and without what steers a terminal.
pub(super) fn device_name(name: &str) -> String {
    name.chars().filter(|char| !steers(*char)).take(DEVICE_CHARS.most as usize).collect()
}

impl LooseEntry {
    /// Whether a number of it is none that an entry has.
    pub fn is_absurd(&self) -> bool {
        range::refusal(self.table(), |column| self.number(column).map(EnteringNumber::Whole)).is_some()
    }

    /// Whether another entry of the same identity says the same. What one of them does not say, because its schema is older, does not count.
    fn says_what(&self, other: &Self) -> bool {
        // The identity of an imported answer is made of its card, its time and its rating. What else is written depends on the import.
        if [self, other].iter().all(|entry| entry.device().starts_with(IMPORTED)) {
            return ["at_ms", "rating"].iter().all(|column| self.number(column) == other.number(column));
        }
        let is_unknown = |device: &str| device.is_empty() || device == UNKNOWN_DEVICE;
        let own = device_name(self.device());
        let same_device = is_unknown(self.device()) || [self.device(), &own].contains(&other.device());
        let same_card = self.card().is_none() || self.card() == other.card();
        same_device && same_card && self.same_cells(other)
    }
}

impl Reader<'_> {
    /// Whether the log has an entry of this identity.
    pub fn has_identity(&self, id: LogId) -> Result<bool> {
        let exists = LOG_TABLES.each_ref().map(|table| format!("exists (select 1 from {} where id = ?1)", table.name));
        self.value(&format!("select {}", exists.join(" or ")), [id])
    }

    /// Whether an entry was made while the clock was behind: then it counts up from the last one, whose time its identity has.
    pub fn follows_an_entry(&self, id: LogId) -> Result<bool> {
        let exists =
            TABLES.map(|table| format!("exists (select 1 from {table} where id >= ?1 and id < ?2)")).join(" or ");
        self.value(&format!("select {exists}"), [floor(id.utc_ms()), id])
    }

    /// An entry of the log with its identity.
    fn loose_entry(&self, table: &LogTable, id: &Value) -> Result<Option<LooseEntry>> {
        let mut found = None;
        self.each(&table.select("id = ?"), [id], |row| {
            let uid = |card| self.card_identity(card);
            let device = |device: i64| self.one("select name from device where id = ?", [device]);
            found = Some(decode(table, row, uid, device)?.1);
            Ok(())
        })?;
        Ok(found)
    }
}

impl Writer<'_> {
    /// Fails if a column of an answer has a number that no answer has.
    pub fn confirm_answer(number: impl Fn(&str) -> Option<i64>) -> Result<()> {
        let refusal = range::refusal("review", |column| number(column).map(EnteringNumber::Whole));
        refusal.map_or(Ok(()), |why| Err(unusable(&why)))
    }

    /// Whether the log has this entry already; `Some` with the reason if one of its identity says something else, or is of another kind.
    pub(super) fn known_entry(
        &self,
        table: &LogTable,
        id: &Value,
        entry: &LooseEntry,
    ) -> Result<(bool, Option<&'static str>)> {
        if let Some(own) = self.reader().loose_entry(table, id)? {
            return Ok((true, (!entry.says_what(&own)).then_some(DIFFERS)));
        }
        for other in LOG_TABLES.iter().filter(|other| other.name != table.name) {
            if self.value(&format!("select exists (select 1 from {} where id = ?)", other.name), [id])? {
                return Ok((false, Some(TWICE)));
            }
        }
        Ok((false, None))
    }

    /// Why an answer cannot be one to this card; `None` if it can.
    pub fn unfit_answer(&self, card: CardId, typed: Option<&str>, choices: [&[u8]; 2]) -> Result<Option<&'static str>> {
        if typed.is_some_and(|typed| typed.len() as u64 > TEXT_BYTES.most) {
            return Ok(Some(LONG));
        }
        if choices.iter().all(|numbers| numbers.is_empty()) {
            return Ok(None);
        }
        let sql = "select iif(json_valid(choices), json_array_length(choices), 256)
            from question join card on card.question = question.id where card.id = ?";
        let options: Option<u32> = self.one(sql, [card])?;
        let options = options.unwrap_or(0) as usize;
        // Of pairs, each option and its half are named.
        let fits = |numbers: &&[u8]| {
            numbers.len() <= 2 * options && numbers.iter().all(|number| usize::from(*number) < options)
        };
        Ok((!choices.iter().all(fits)).then_some(NO_OPTION))
    }

    /// The same of an entry of the log.
    pub(super) fn unfit_entry(&self, card: CardId, entry: &LooseEntry) -> Result<Option<&'static str>> {
        let (picked, shown) = (entry.bytes("picked"), entry.bytes("shown"));
        self.unfit_answer(card, entry.text("typed"), [&picked, &shown])
    }
}

/// An identity as it is in the column of one.
pub(super) fn identity(id: &Value) -> Option<LogId> {
    let Value::Blob(bytes) = id else { return None };
    Uuid::from_slice(bytes).ok().map(LogId)
}
