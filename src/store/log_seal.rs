//! Seals over the log: a chain of hashes that tells whether an entry was changed or removed since.
//!
//! This is no protection against somebody who knows how it works: they could write new seals. It is there for what happens to files, and for
//! hands that are quicker than careful.

use std::collections::HashSet;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::imported_answer::ImportedAnswer;
use super::log::{IMPORTED, due_columns};
use super::loose_entry::LooseEntry;
use super::query::Query;
use super::run_seal::{seal_last_day, seal_run, seal_runs_again};
use super::{Reader, Writer};
use crate::error::Result;
use crate::model::{Confidence, DAY_MS, LogId, Rating};

/// What is hashed of an entry, by table. Columns that come later are not part of it.
pub(super) const SEALED: [(&str, &str); 3] = [
    (
        "review",
        "id, card, at_ms, day, offset_minutes, rating, kind, confidence, right, picked, shown, order_seed, guess_ways, took_ms,
         device, due_day, due_ms, practice, typed, overruled, sure",
    ),
    ("move", "id, card, at_ms, day, offset_minutes, kind, until_day, why, device"),
    ("undo", "id, review, move, undo, at_ms, day, offset_minutes, device"),
];
/// Which entries were made here and not imported.
pub(super) const MADE_HERE: &str = "device not in (select id from device where substr(name, 1, 8) = 'import: ')";
/// The number of the seals of what was made here.
const HERE: i64 = 0;

/// A seal that does not fit what is in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenSeal {
    /// The day of UTC, in days since 1970; `None` for an imported history.
    pub day: Option<i64>,
    /// The name of the import; `None` for a day.
    pub import: Option<String>,
    /// How many entries were sealed; none if the seal itself is missing.
    pub sealed: u32,
    /// How many are there now.
    pub found: u32,
}

impl BrokenSeal {
    /// Whether it is over this entry of its log.
    pub fn is_over(&self, entry: &LooseEntry) -> bool {
        if let Some(import) = entry.device().strip_prefix(IMPORTED) {
            return self.import.as_deref() == Some(import);
        }
        let Some((at_ms, id_ms)) = entry.times() else { return false };
        // A run within a day of identities goes by the clock.
        self.import.is_none() && [at_ms, id_ms].map(|ms| Some(ms.div_euclid(DAY_MS))).contains(&self.day)
    }
}

/// The day of UTC in which an entry was made, in days since 1970.
pub(super) fn day_of(id: LogId) -> i64 {
    id.utc_ms().div_euclid(DAY_MS)
}

/// The first possible identity of a day.
pub(super) fn floor(day: i64) -> LogId {
    let ms = u128::try_from(day * DAY_MS).unwrap_or(0);
    LogId(Uuid::from_u128(ms << 80))
}

/// Which entries a seal is over.
#[derive(Clone, Copy)]
pub(super) enum Sealing {
    /// Those of a day that were made here.
    Day(i64),
    /// Those that were made here after an entry of a day, or after its beginning, up to another one.
    Run { after: Option<LogId>, through: LogId },
    /// The answers of an import.
    Import(i64),
}

/// The seal over an import, as far as its answers.
#[derive(Clone, Debug)]
pub(super) struct SealBegun {
    pub(super) device: i64,
    hasher: Sha256,
    count: u32,
}

/// Begins the seal over an import with its answers, in the order of their ids: what [`hash`] makes of their rows.
pub(super) fn begin_seal(answers: &[ImportedAnswer], offset_minutes: i32, device: i64) -> SealBegun {
    let mut hasher = Sha256::new();
    hasher.update(SEALED[0].0.as_bytes());
    let mut bytes = Vec::with_capacity(256);
    for answer in answers {
        let (due_day, due_ms) = due_columns(Some(answer.due));
        let (right, whole) = (i64::from(answer.rating != Rating::Again), |number: Option<i64>| match number {
            Some(number) => ValueRef::Integer(number),
            None => ValueRef::Null,
        });
        let id = answer.id.0.into_bytes();
        let cells = [
            ValueRef::Blob(&id),
            ValueRef::Integer(answer.card.0),
            ValueRef::Integer(answer.at_ms),
            ValueRef::Integer(answer.day.0.into()),
            ValueRef::Integer(offset_minutes.into()),
            ValueRef::Integer(answer.rating.number().into()),
            ValueRef::Integer(answer.kind.number().into()),
            ValueRef::Integer(Confidence::Stated.number().into()),
            ValueRef::Integer(right),
            ValueRef::Blob(&[]),
            ValueRef::Blob(&[]),
            ValueRef::Integer(answer.order_seed.into()),
            ValueRef::Integer(0),
            ValueRef::Integer(answer.took_ms.into()),
            ValueRef::Integer(device),
            whole(due_day.map(|day| day.0.into())),
            whole(due_ms),
            ValueRef::Integer(0),
            ValueRef::Null,
            ValueRef::Integer(0),
            ValueRef::Null,
        ];
        bytes.clear();
        cells.into_iter().for_each(|cell| add_cell(&mut bytes, cell));
        hasher.update(&bytes);
    }
    SealBegun { device, hasher, count: u32::try_from(answers.len()).unwrap_or(u32::MAX) }
}

/// A cell as it is hashed: no two rows give the same bytes.
fn add_cell(bytes: &mut Vec<u8>, cell: ValueRef<'_>) {
    match cell {
        ValueRef::Null => bytes.push(0),
        ValueRef::Integer(number) => {
            bytes.push(1);
            bytes.extend(number.to_le_bytes());
        }
        ValueRef::Real(number) => {
            bytes.push(2);
            bytes.extend(number.to_bits().to_le_bytes());
        }
        ValueRef::Text(content) | ValueRef::Blob(content) => {
            bytes.push(3);
            bytes.extend((content.len() as u64).to_le_bytes());
            bytes.extend(content);
        }
    }
}

/// The hash over these entries after the hash before, and how many there are.
pub(super) fn hash(connection: &Connection, before: &[u8], sealing: Sealing) -> Result<(Vec<u8>, u32)> {
    let mut hasher = Sha256::new();
    hasher.update(before);
    hash_on(connection, (hasher, 0), &SEALED, sealing)
}

/// Goes on hashing with the entries of these tables.
fn hash_on(
    connection: &Connection,
    (mut hasher, mut count): (Sha256, u32),
    tables: &[(&str, &str)],
    sealing: Sealing,
) -> Result<(Vec<u8>, u32)> {
    let mut bytes = Vec::with_capacity(256);
    for (table, columns) in tables {
        hasher.update(table.as_bytes());
        let (condition, from, to) = match sealing {
            Sealing::Day(day) => (
                format!("id >= ?1 and id < ?2 and {MADE_HERE}"),
                floor(day).0.as_bytes().to_vec(),
                floor(day + 1).0.as_bytes().to_vec(),
            ),
            Sealing::Run { after, through } => (
                format!("id > ?1 and id <= ?2 and {MADE_HERE}"),
                after.unwrap_or(floor(day_of(through))).0.as_bytes().to_vec(),
                through.0.as_bytes().to_vec(),
            ),
            Sealing::Import(device) => {
                ("id >= ?1 and id <= ?2 and device = ".to_owned() + &device.to_string(), vec![0; 16], vec![0xff; 16])
            }
        };
        let width = columns.split(',').count();
        connection.each(
            &format!("select {columns} from {table} where {condition} order by id"),
            params![from, to],
            |row| {
                count += 1;
                bytes.clear();
                for column in 0..width {
                    add_cell(&mut bytes, row.get_ref(column)?);
                }
                hasher.update(&bytes);
                Ok(())
            },
        )?;
    }
    Ok((hasher.finalize().to_vec(), count))
}

/// The seal before this day: its day and its hash.
fn seal_before(connection: &Connection, day: i64) -> Result<Option<(i64, Vec<u8>)>> {
    connection.one_by(
        "select day, hash from log_seal where device = 0 and day < ? order by day desc limit 1",
        [day],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The day of the first entry that was made here on this day or later.
fn next_day(connection: &Connection, day: i64) -> Result<Option<i64>> {
    let mut next = None;
    for (table, _) in SEALED {
        let sql = format!("select min(id) from {table} where id >= ? and {MADE_HERE}");
        // Imported answers may lie in between; the index of ids is walked over them.
        let id: Option<LogId> = connection.value(&sql, [floor(day)])?;
        next = match (next, id.map(day_of)) {
            (Some(next), Some(day)) => Some(day.min(next)),
            (next, day) => next.or(day),
        };
    }
    Ok(next)
}

/// Seals every day from this one on, up to and with the last one.
fn seal_days(connection: &Connection, first: i64, last: i64) -> Result<()> {
    let mut before = seal_before(connection, first)?.map(|(_, hash)| hash).unwrap_or_default();
    let mut day = first;
    while let Some(next) = next_day(connection, day)?.filter(|next| *next <= last) {
        let (hash, entries) = hash(connection, &before, Sealing::Day(next))?;
        connection.run(
            "insert or replace into log_seal (device, day, entries, hash) values (?, ?, ?, ?)",
            params![HERE, next, entries, hash],
        )?;
        before = hash;
        day = next + 1;
    }
    Ok(())
}

/// Seals an import. `begun` is its seal as far as its answers, if that is known.
fn seal_import(connection: &Connection, device: i64, begun: Option<SealBegun>) -> Result<()> {
    let (hash, entries) = match begun {
        Some(SealBegun { hasher, count, .. }) => {
            hash_on(connection, (hasher, count), &SEALED[1..], Sealing::Import(device))?
        }
        None => hash(connection, &[], Sealing::Import(device))?,
    };
    if entries == 0 {
        return Ok(());
    }
    connection.run(
        "insert or replace into log_seal (device, day, entries, hash) values (?, 0, ?, ?)",
        params![device, entries, hash],
    )
}

/// Seals the whole log but its last day, for a database of before.
pub(super) fn seal_everything(connection: &Connection) -> Result<()> {
    connection.run("delete from log_seal", [])?;
    if let Some(last) = last_made_here(connection)? {
        seal_days(connection, i64::MIN / DAY_MS, day_of(last) - 1)?;
    }
    let imports: Vec<i64> =
        connection.all("select id from device where substr(name, 1, length(?1)) = ?1", [IMPORTED])?;
    imports.into_iter().try_for_each(|device| seal_import(connection, device, None))
}

/// The last entry that was made here.
pub(super) fn last_made_here(connection: &Connection) -> Result<Option<LogId>> {
    connection.value(
        &format!(
            "select max(id) from (select max(id) as id from review where {MADE_HERE}
             union all select max(id) from undo union all select max(id) from move)"
        ),
        [],
    )
}

impl Writer<'_> {
    /// Seals the days that are over with the entry that was made last, and the imports of this transaction.
    pub(super) fn seal(&mut self) -> Result<()> {
        for device in std::mem::take(&mut self.imports) {
            let begun = self.seal_begun.take_if(|seal| seal.device == device);
            seal_import(&self.transaction, device, begun)?;
        }
        // A log that was changed behind our back stays known as one. Entries that belong before others came later.
        // What was the last day here need not be the last one now.
        if let (Some(taken), Some(true)) = (self.taken_in, self.sealed_well) {
            let first = self.begun_after.map_or(taken, |last| last.min(taken));
            if let Some(last) = last_made_here(&self.transaction)? {
                seal_days(&self.transaction, day_of(first), day_of(last) - 1)?;
            }
            seal_runs_again(&self.transaction, first)?;
        }
        self.seal_days_that_are_over()?;
        match self.ids.last() {
            Some(last) if self.taken_in.is_some() || self.ids.last() != self.begun_after => {
                seal_run(&self.transaction, day_of(last), self.taken_in.is_none())
            }
            _ => Ok(()),
        }
    }

    fn seal_days_that_are_over(&self) -> Result<()> {
        let (Some(before), Some(last)) = (self.begun_after.map(day_of), self.ids.last().map(day_of)) else {
            return Ok(());
        };
        // What a check condemns is not made the truth by the next answer.
        let doubts = self.taken_in.is_none();
        if before < last && !(doubts && self.reader().misdated_before_seal()?) {
            let first = seal_before(&self.transaction, i64::MAX)?.map_or(i64::MIN / DAY_MS, |(day, _)| day + 1);
            seal_days(&self.transaction, first, last - 1)?;
        }
        Ok(())
    }

    /// Seals the whole log as it is now, because the person says that it is right.
    pub fn accept_log(&self) -> Result<()> {
        seal_everything(&self.transaction)?;
        seal_runs_again(&self.transaction, floor(0))?;
        seal_last_day(&self.transaction)
    }
}

impl Reader<'_> {
    /// The seals that do not fit what is in the log, and those that are missing.
    pub fn broken_seals(&self) -> Result<Vec<BrokenSeal>> {
        type SealRow = (i64, i64, u32, Vec<u8>);
        let mut seals: Vec<SealRow> = Vec::new();
        self.each("select device, day, entries, hash from log_seal order by device, day", [], |row| {
            seals.push((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
            Ok(())
        })?;
        let sealed: HashSet<(i64, i64)> = seals.iter().map(|(device, day, ..)| (*device, *day)).collect();
        let mut broken = Vec::new();
        let (mut before, mut next) = (Vec::new(), i64::MIN / DAY_MS);
        for (device, day, sealed, seal) in seals {
            let sealing = if device == HERE { Sealing::Day(day) } else { Sealing::Import(device) };
            if device == HERE {
                // A day whose seal was removed is reported below, and does not make those after it wrong.
                while let Some(unsealed) = next_day(self.connection, next)?.filter(|unsealed| *unsealed < day) {
                    before = hash(self.connection, &before, Sealing::Day(unsealed))?.0;
                    next = unsealed + 1;
                }
                next = day + 1;
            }
            let previous: &[u8] = if device == HERE { &before } else { &[] };
            let (now, found) = hash(self.connection, previous, sealing)?;
            if now != seal {
                let import = if device == HERE { None } else { self.import_name(device)? };
                broken.push(BrokenSeal { day: Some(day).filter(|_| device == HERE), import, sealed, found });
            }
            // What was sealed goes on to hold for the days after it.
            before = seal;
        }
        broken.extend(self.missing_seals(&sealed)?);
        broken.extend(self.broken_runs()?);
        Ok(broken)
    }

    /// The days that are over and the imports that have entries and no seal.
    fn missing_seals(&self, sealed: &HashSet<(i64, i64)>) -> Result<Vec<BrokenSeal>> {
        let mut missing = Vec::new();
        let last = last_made_here(self.connection)?.map(day_of);
        let mut from = i64::MIN / DAY_MS;
        while let Some(day) = next_day(self.connection, from)?.filter(|day| last.is_some_and(|last| *day < last)) {
            if !sealed.contains(&(HERE, day)) {
                let (_, found) = hash(self.connection, &[], Sealing::Day(day))?;
                missing.push(BrokenSeal { day: Some(day), import: None, sealed: 0, found });
            }
            from = day + 1;
        }
        let imports: Vec<i64> = self.all("select id from device where substr(name, 1, length(?1)) = ?1", [IMPORTED])?;
        for device in imports.into_iter().filter(|device| !sealed.contains(&(*device, 0))) {
            let (_, found) = hash(self.connection, &[], Sealing::Import(device))?;
            if found > 0 {
                missing.push(BrokenSeal { day: None, import: self.import_name(device)?, sealed: 0, found });
            }
        }
        Ok(missing)
    }

    fn import_name(&self, device: i64) -> Result<Option<String>> {
        self.one("select substr(name, ?) from device where id = ?", params![IMPORTED.len() as i64 + 1, device])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_here_is_what_no_import_made() {
        assert!(MADE_HERE.contains(&format!("substr(name, 1, {}) = '{IMPORTED}'", IMPORTED.len())));
    }

    #[test]
    fn days_begin_where_their_first_identity_is() {
        assert_eq!(day_of(floor(20_000)), 20_000);
        assert_eq!(day_of(LogId(Uuid::from_u128(floor(20_001).0.as_u128() - 1))), 20_000);
    }
}
