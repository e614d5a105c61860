//! The database of a package that goes out, written row by row.

use std::collections::HashSet;
use std::path::Path;

use rusqlite::{Connection, params};
use sha1_smol::Sha1;

use super::note_type::OutNoteType;
use super::part::{OutAnswer, OutCard, OutCollection, OutGeneration, OutNote};
use super::{schema11, schema18};
use crate::anki::template::plain;
use crate::error::{Error, Result};

/// The tables of both generations.
const TABLES: &str = "
create table col (id integer primary key, crt integer not null, mod integer not null, scm integer not null, ver integer not null,
    dty integer not null, usn integer not null, ls integer not null, conf text not null, models text not null, decks text not null,
    dconf text not null, tags text not null);
create table notes (id integer primary key, guid text not null, mid integer not null, mod integer not null, usn integer not null,
    tags text not null, flds text not null, sfld integer not null, csum integer not null, flags integer not null, data text not null);
create table cards (id integer primary key, nid integer not null, did integer not null, ord integer not null, mod integer not null,
    usn integer not null, type integer not null, queue integer not null, due integer not null, ivl integer not null,
    factor integer not null, reps integer not null, lapses integer not null, left integer not null, odue integer not null,
    odid integer not null, flags integer not null, data text not null);
create table revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null, ivl integer not null,
    lastIvl integer not null, factor integer not null, time integer not null, type integer not null);";
/// Made when the rows are there, which is faster.
const INDEXES: &str = "
create index ix_notes_usn on notes (usn);
create index ix_cards_usn on cards (usn);
create index ix_revlog_usn on revlog (usn);
create index ix_cards_nid on cards (nid);
create index ix_cards_sched on cards (did, queue, due);
create index ix_revlog_cid on revlog (cid);
create index ix_notes_csum on notes (csum);";
/// Nobody needs this file after a crash, so nothing waits for the disk.
const UNSAFE: &str = "pragma journal_mode = off; pragma synchronous = off; pragma locking_mode = exclusive;
    pragma page_size = 4096; pragma cache_size = -16384; begin;";
/// The ease of SM-2, which FSRS does not ask for.
const EASE: u32 = 2_500;

/// A database that is being written.
pub struct OutDatabase {
    connection: Connection,
    /// The moments of the log that are taken.
    taken: HashSet<i64>,
    /// Entries that were moved on, because Anki has room for one in each millisecond.
    shifted: u64,
}

impl OutDatabase {
    /// Makes a new database at this path.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn create(
        path: &Path,
        generation: OutGeneration,
        collection: &OutCollection,
        note_types: &[OutNoteType],
    ) -> Result<Self> {
        let connection = Connection::open(path).map_err(unwritable)?;
        connection
            .create_collation("unicase", |one, other| one.to_lowercase().cmp(&other.to_lowercase()))
            .map_err(unwritable)?;
        connection.execute_batch(UNSAFE).and_then(|()| connection.execute_batch(TABLES)).map_err(unwritable)?;
        match generation {
            OutGeneration::Legacy => schema11::write(&connection, collection, note_types),
            OutGeneration::Latest => schema18::write(&connection, collection, note_types),
        }
        .map_err(unwritable)?;
        connection.set_prepared_statement_cache_capacity(16);
        Ok(Self { connection, taken: HashSet::new(), shifted: 0 })
    }

    /// Writes a note.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn note(&mut self, note: &OutNote) -> Result<()> {
        let tags = if note.tags.is_empty() { String::new() } else { format!(" {} ", note.tags.join(" ")) };
        let first = plain(note.fields.first().map_or("", String::as_str));
        let digest = Sha1::from(first.as_bytes()).digest().bytes();
        let check = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
        let mut statement = self
            .connection
            .prepare_cached("insert into notes values (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')")
            .map_err(unwritable)?;
        let fields = note.fields.join("\u{1f}");
        statement
            .execute(params![note.id, note.guid, note.kind, note.changed_s, tags, fields, first, check])
            .map_err(unwritable)?;
        Ok(())
    }

    /// Writes a card.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn card(&mut self, card: &OutCard) -> Result<()> {
        let mut statement = self
            .connection
            .prepare_cached("insert into cards values (?, ?, ?, ?, ?, -1, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)")
            .map_err(unwritable)?;
        let ease = if card.kind == 0 { 0 } else { EASE };
        let left = card.steps_left * 1_001;
        statement
            .execute(params![
                card.id,
                card.note,
                card.deck,
                card.ordinal,
                card.changed_s,
                card.kind,
                card.queue,
                card.due,
                card.interval,
                ease,
                card.repetitions,
                card.lapses,
                left,
                card.flag,
                card.data
            ])
            .map_err(unwritable)?;
        Ok(())
    }

    /// Writes an entry of the log.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn answer(&mut self, answer: &OutAnswer) -> Result<()> {
        let mut id = answer.at_ms;
        while !self.taken.insert(id) {
            id += 1;
        }
        self.shifted += u64::from(id != answer.at_ms);
        let mut statement = self
            .connection
            .prepare_cached("insert into revlog values (?, ?, -1, ?, ?, ?, ?, ?, ?)")
            .map_err(unwritable)?;
        statement
            .execute(params![
                id,
                answer.card,
                answer.ease,
                answer.interval,
                answer.interval_before,
                answer.factor,
                answer.took_ms,
                answer.kind
            ])
            .map_err(unwritable)?;
        Ok(())
    }

    /// Ends the database; how many entries of the log were moved on, because Anki has room for one in each millisecond.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(self) -> Result<u64> {
        self.connection.execute_batch(INDEXES).map_err(unwritable)?;
        self.connection.execute_batch("commit").map_err(unwritable)?;
        self.connection.close().map_err(|(_, error)| unwritable(error))?;
        Ok(self.shifted)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn unwritable(error: rusqlite::Error) -> Error {
    Error::person(format!("the package cannot be written: {error}")).hint("make room where the database is")
}
