//! The database of a package that goes out, written row by row.
//!
//! The rows are written by a thread of its own, while others are read and made.

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;

use super::note_type::OutNoteType;
use super::part::{OutAnswer, OutCard, OutCollection, OutGeneration, OutNote};
use super::row_writer::RowWriter;
use super::{schema11, schema18};
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
/// Nobody needs this file after a crash, so nothing waits for the disk.
const UNSAFE: &str = "pragma journal_mode = off; pragma synchronous = off; pragma locking_mode = exclusive;
    pragma page_size = 4096; pragma cache_size = -16384; begin;";
/// Rows that go to the thread together.
const TOGETHER: usize = 256;
/// How many times as many may wait for it.
const AHEAD: usize = 8;

/// A row of the database.
enum QueuedRow {
    Note(OutNote),
    Card(OutCard),
    Answer(OutAnswer),
}

/// A database that is being written.
pub struct OutDatabase {
    rows: Vec<QueuedRow>,
    /// To the thread; what is empty is the end.
    sender: Option<SyncSender<Vec<QueuedRow>>>,
    thread: Option<JoinHandle<rusqlite::Result<u64>>>,
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
        let (sender, receiver) = sync_channel(AHEAD);
        let thread = thread::spawn(move || write_rows(connection, &receiver));
        Ok(Self { rows: Vec::with_capacity(TOGETHER), sender: Some(sender), thread: Some(thread) })
    }

    /// Writes a note.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn note(&mut self, note: OutNote) -> Result<()> {
        self.row(QueuedRow::Note(note))
    }

    /// Writes a card.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn card(&mut self, card: OutCard) -> Result<()> {
        self.row(QueuedRow::Card(card))
    }

    /// Writes an entry of the log.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn answer(&mut self, answer: OutAnswer) -> Result<()> {
        self.row(QueuedRow::Answer(answer))
    }

    fn row(&mut self, row: QueuedRow) -> Result<()> {
        self.rows.push(row);
        if self.rows.len() < TOGETHER { Ok(()) } else { self.send() }
    }

    /// Gives the rows to the thread; none is the end.
    fn send(&mut self) -> Result<()> {
        let rows = std::mem::replace(&mut self.rows, Vec::with_capacity(TOGETHER));
        match self.sender.as_ref().map(|sender| sender.send(rows)) {
            Some(Ok(())) => Ok(()),
            // It ended, and says why.
            _ => self.join().map(drop),
        }
    }

    /// Ends the database; how many entries of the log were moved on, because Anki has room for one in each millisecond.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(mut self) -> Result<u64> {
        if !self.rows.is_empty() {
            self.send()?;
        }
        self.send()?;
        self.join()
    }

    fn join(&mut self) -> Result<u64> {
        self.sender = None;
        let stopped = || Error::fault("the writer of the package stopped").hint("please report this");
        let thread = self.thread.take().ok_or_else(stopped)?;
        thread.join().map_err(|_| stopped())?.map_err(unwritable)
    }
}

impl Drop for OutDatabase {
    /// The file is closed, whatever happened.
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// Writes rows until the end comes; how many entries of the log were moved on. Without an end the database stays unfinished.
fn write_rows(connection: Connection, receiver: &Receiver<Vec<QueuedRow>>) -> rusqlite::Result<u64> {
    let mut writer = RowWriter::new(connection)?;
    for rows in receiver {
        if rows.is_empty() {
            return writer.finish();
        }
        for row in rows {
            match row {
                QueuedRow::Note(note) => writer.note(&note)?,
                QueuedRow::Card(card) => writer.card(&card)?,
                QueuedRow::Answer(answer) => writer.answer(answer)?,
            }
        }
    }
    Ok(0)
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn unwritable(error: rusqlite::Error) -> Error {
    Error::person(format!("the package cannot be written: {error}")).hint("make room where the database is")
}
