//! Seals over runs of entries within a day of identities, for when that day does not end: an entry was made while the clock was ahead, and all
//! later ones have identities of its day.

use rusqlite::{Connection, params};

use super::Reader;
use super::log_seal::{BrokenSeal, MADE_HERE, SEALED, Sealing, day_of, floor, hash, last_made_here};
use super::query::Query;
use crate::error::Result;
use crate::model::{DAY_MS, LogId};

/// A run that was sealed.
struct SealedRun {
    through: LogId,
    day: i64,
    entries: u32,
    hash: Vec<u8>,
}

/// All runs that were sealed, in the order of the log.
fn sealed_runs(connection: &Connection) -> Result<Vec<SealedRun>> {
    let mut runs = Vec::new();
    connection.each("select through, day, entries, hash from run_seal order by through", [], |row| {
        runs.push(SealedRun { through: row.get(0)?, day: row.get(1)?, entries: row.get(2)?, hash: row.get(3)? });
        Ok(())
    })?;
    Ok(runs)
}

/// The last run that was sealed in the day of this identity and before it.
fn run_before(connection: &Connection, through: LogId) -> Result<Option<(LogId, Vec<u8>)>> {
    connection.one_by(
        "select through, hash from run_seal where through >= ? and through < ? order by through desc limit 1",
        [floor(day_of(through)), through],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The hash over the run that ends with this entry, and how many entries it has.
fn run_hash(connection: &Connection, through: LogId) -> Result<(Vec<u8>, u32)> {
    let (after, before) = run_before(connection, through)?.unzip();
    hash(connection, &before.unwrap_or_default(), Sealing::Run { after, through })
}

/// The last entry that was made here on this day of identities, and when.
fn last_of_day(connection: &Connection, day: i64) -> Result<Option<(LogId, i64)>> {
    let mut last = None;
    for (table, _) in SEALED {
        let sql = format!("select id, at_ms from {table} where id >= ? and {MADE_HERE} order by id desc limit 1");
        last = last.max(connection.one_by(&sql, [floor(day)], |row| Ok((row.get(0)?, row.get(1)?)))?);
    }
    Ok(last)
}

/// The end of the last run of this day of identities, the last one of the log, that is over and not sealed: what follows was made on another day of
/// the clock.
fn open_end(connection: &Connection, day: i64) -> Result<Option<(LogId, i64)>> {
    let Some((_, at_ms)) = last_of_day(connection, day)? else { return Ok(None) };
    let sealed: Option<LogId> = connection.value("select max(through) from run_seal", [])?;
    let from = sealed.unwrap_or(floor(day)).max(floor(day));
    let mut end = None;
    for (table, _) in SEALED {
        // An identity that is sealed is at the end of its run, and the first one of a day is none that is made.
        let sql = format!(
            "select id, at_ms / {DAY_MS} from {table} where id > ?1 and at_ms / {DAY_MS} <> ?2 and {MADE_HERE}
             order by id desc limit 1"
        );
        let found = connection
            .one_by(&sql, params![from, at_ms.div_euclid(DAY_MS)], |row| Ok((row.get::<_, LogId>(0)?, row.get(1)?)))?;
        end = end.max(found);
    }
    Ok(end)
}

/// Seals the runs of this day of identities that are over, as one; with `doubts` not if an answer in them has another date than it was given.
pub(super) fn seal_run(connection: &Connection, day: i64, doubts: bool) -> Result<()> {
    let Some((through, day)) = open_end(connection, day)? else { return Ok(()) };
    // What a check condemns is not made the truth by the next answer.
    if doubts && (Reader { connection }).misdated_before_seal()? {
        return Ok(());
    }
    let (hash, entries) = run_hash(connection, through)?;
    connection.run(
        "insert into run_seal (through, day, entries, hash) values (?, ?, ?, ?)",
        params![through, day, entries, hash],
    )
}

/// Seals the runs of the last day of identities that are over, for a database of before.
pub(super) fn seal_last_day(connection: &Connection) -> Result<()> {
    last_made_here(connection)?.map_or(Ok(()), |last| seal_run(connection, day_of(last), false))
}

/// Seals the runs that end with this identity or after it as they are now.
pub(super) fn seal_runs_again(connection: &Connection, from: LogId) -> Result<()> {
    for run in sealed_runs(connection)?.into_iter().filter(|run| run.through >= from) {
        let (hash, entries) = run_hash(connection, run.through)?;
        if entries == 0 {
            connection.run("delete from run_seal where through = ?", [run.through])?;
        } else {
            connection.run(
                "update run_seal set entries = ?2, hash = ?3 where through = ?1",
                params![run.through, entries, hash],
            )?;
        }
    }
    Ok(())
}

impl Reader<'_> {
    /// The seals of runs that do not fit what is in the log, and the one that is missing.
    pub(super) fn broken_runs(&self) -> Result<Vec<BrokenSeal>> {
        // A database of an older schema has none.
        let has_runs: bool = self.value("select exists (select 1 from sqlite_schema where name = 'run_seal')", [])?;
        if !has_runs {
            return Ok(Vec::new());
        }
        let mut broken = Vec::new();
        for run in sealed_runs(self.connection)? {
            let (now, found) = run_hash(self.connection, run.through)?;
            if now != run.hash {
                broken.push(BrokenSeal { day: Some(run.day), import: None, sealed: run.entries, found });
            }
        }
        let last = last_made_here(self.connection)?.map(day_of);
        if let Some((through, day)) = last.map(|day| open_end(self.connection, day)).transpose()?.flatten() {
            let (_, found) = run_hash(self.connection, through)?;
            broken.push(BrokenSeal { day: Some(day), import: None, sealed: 0, found });
        }
        Ok(broken)
    }

    /// The last entry that the seal of a run is over.
    pub(super) fn last_of_sealed_runs(&self) -> Result<Option<LogId>> {
        self.value("select max(through) from run_seal", [])
    }
}
