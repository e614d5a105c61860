//! The log of another database, as far as it can be read: of a backup, of another computer, of a file that is damaged, or of a
//! write-ahead log whose database is gone.
//!
//! SQLite reads what it can: a table from its beginning until that fails, and then from its end backwards. If anything is wrong with the file,
//! every page of it is looked at, too: a row that has the shape of an entry is one, even if the tree that it was in is damaged.

mod page;
mod pages;
mod record;
mod scan;
mod shape;
#[cfg(test)]
mod tests;
mod wal;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Row};
use uuid::Uuid;

use self::scan::PageScan;
use super::Reader;
use super::check::misplaced_words;
use super::database_file::{has_content, open_to_read, plain};
use super::log_seal::BrokenSeal;
use super::log_table::{LOG_TABLES, LogTable};
use super::loose_entry::{LooseEntry, decode};
use super::open;
use super::query::Query;
use crate::error::{Error, Result};
use crate::model::{CardId, LogId};

/// The name of a device that cannot be read.
pub(super) const UNKNOWN_DEVICE: &str = "unknown device";

/// How well a log could be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// How many entries were read.
    pub entries: usize,
    /// Whether some could not be read.
    pub damaged: bool,
}

/// A file with a log.
#[derive(Debug)]
pub struct Salvage {
    /// `None` if SQLite cannot open it.
    connection: Option<Connection>,
    /// `None` if nothing is wrong with the file.
    scan: Option<PageScan>,
    cards: HashMap<i64, Uuid>,
    devices: HashMap<i64, String>,
    /// The end of the path.
    name: String,
    /// Where it is.
    folder: Option<PathBuf>,
}

impl Salvage {
    /// Opens a database, or what is left of one, to read its log.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn open(path: &Path) -> Result<Self> {
        let path = plain(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (mut cards, mut devices) = (HashMap::new(), HashMap::new());
        let connection = connected(&path);
        let mut is_sound = false;
        if let Some(connection) = &connection {
            is_sound = connection.value::<String>("pragma quick_check(1)", []).is_ok_and(|found| found == "ok")
                && LOG_TABLES.iter().all(|table| !columns_of(connection, table).is_empty());
            both_ways(connection, "select id, uid from card order by id", |row| {
                cards.insert(row.get(0)?, row.get(1)?);
                Ok(())
            })?;
            both_ways(connection, "select id, name from device order by id", |row| {
                devices.insert(row.get(0)?, row.get(1)?);
                Ok(())
            })?;
        }
        let scan = if is_sound { None } else { Some(PageScan::begin(&path).map_err(unreadable)?) };
        if let Some(scan) = &scan {
            // What is in a tree is newer than what is in a page that belongs to none.
            for (card, uid) in &scan.cards {
                cards.entry(*card).or_insert(*uid);
            }
        }
        let folder = path.parent().map(Path::to_path_buf);
        Ok(Self { connection, scan, cards, devices, name, folder })
    }

    /// The days and imports whose entries are not as they were sealed in this file; none if it is of an older schema. Of a damaged file only those of
    /// which no entry is missing: what cannot be read is lost, and that alters none of the others.
    pub fn broken_seals(&self) -> Vec<BrokenSeal> {
        let Some(connection) = &self.connection else { return Vec::new() };
        if !connection.value::<i64>("pragma user_version", []).is_ok_and(|version| version >= open::WITH_SEALS) {
            return Vec::new();
        }
        let mut broken = Reader { connection }.broken_seals().unwrap_or_default();
        broken.retain(|seal| self.scan.is_none() || seal.found == seal.sealed);
        broken
    }

    /// The cards of this file whose identity is of another question, and what to say of them; none if it is damaged.
    pub fn misplaced_cards(&self) -> (HashSet<Uuid>, Option<String>) {
        let whole = self.connection.as_ref().filter(|_| self.scan.is_none());
        let cards = whole.and_then(|connection| Reader { connection }.misplaced_cards().ok()).unwrap_or_default();
        let words = misplaced_words(cards.len());
        (cards, words)
    }

    /// Whether the log or a deed of this file has the identity before this one.
    pub fn follows_an_entry(&self, id: LogId) -> bool {
        let connection = self.connection.as_ref().filter(|_| self.scan.is_none());
        connection.is_some_and(|connection| Reader { connection }.follows_an_entry(id).unwrap_or(false))
    }

    /// Completes what cannot be read here by what the database says into which the entries go: the identities of cards, if the numbers
    /// mean the same cards there, and the names of devices. `db` is its path. `is_known`: whether the person says that the file is of it.
    pub fn complete_from(&mut self, own: Reader<'_>, db: &Path, is_known: bool) -> Result<()> {
        let Some(scan) = &self.scan else { return Ok(()) };
        let own_devices: Vec<(i64, String)> = own.all("select id, name from device", [])?;
        let known = |name: &str| own_devices.iter().any(|(_, own)| own == name);
        for number in scan.device_numbers() {
            if let Some(name) = scan.device(number, known) {
                self.devices.entry(number).or_insert_with(|| name.to_owned());
            }
        }
        for (number, name) in &own_devices {
            self.devices.entry(*number).or_insert_with(|| name.clone());
        }
        let cards: Vec<(i64, Uuid, i64)> = own.all("select id, uid, question from card", [])?;
        let questions: HashMap<i64, Uuid> = own.all("select id, uid from question", [])?;
        let (mut agree, mut differ) = (0_usize, 0_usize);
        let mut compare = |same: bool| *(if same { &mut agree } else { &mut differ }) += 1;
        cards.iter().filter_map(|(card, uid, _)| Some(self.cards.get(card)? == uid)).for_each(&mut compare);
        scan.questions
            .iter()
            .filter_map(|(question, uid)| Some(questions.get(question)? == uid))
            .for_each(&mut compare);
        for (id, card) in &scan.answered {
            let here: Option<i64> = own.one("select card from review where id = ?", [&id[..]])?;
            here.into_iter().for_each(|here| compare(here == *card));
        }
        // The write-ahead log next to a database is of this one, and so is one that a restore put aside. Elsewhere, many are called so.
        let is_next_to = db.parent() == self.folder.as_deref();
        let db = db.file_name().unwrap_or_default().to_string_lossy();
        let by_name = self.name.strip_prefix(&*db).is_some_and(|rest| {
            is_next_to && (rest == "-wal" || rest.starts_with("-wal.damaged")) || rest.ends_with(".backup-wal")
        });
        let is_of_here = differ == 0 && (agree > 0 || by_name || is_known);
        for (card, uid, question) in cards {
            let is_same = match (scan.questions.get(&question), questions.get(&question)) {
                (Some(there), Some(here)) => there == here,
                _ => is_of_here,
            };
            if is_same {
                self.cards.entry(card).or_insert(uid);
            }
        }
        Ok(())
    }

    /// Visits all entries: answers, then moves, then undos, each once.
    ///
    /// # Errors
    /// When nothing can be read, or `sink` fails.
    pub fn each(&self, mut sink: impl FnMut(LooseEntry) -> Result<()>) -> Result<Salvaged> {
        let mut seen: HashSet<[u8; 16]> = HashSet::new();
        let mut entries = 0;
        let mut damaged = self.scan.is_some();
        for (number, table) in LOG_TABLES.iter().enumerate() {
            // In the order of their identities, because an undo can name another one.
            for entry in self.scan.iter().flat_map(|scan| scan.entries(number)) {
                seen.insert(entry.id);
                let card = entry.card.and_then(|card| self.cards.get(&card).copied());
                let device = self.devices.get(&entry.device).map_or(UNKNOWN_DEVICE, String::as_str).to_owned();
                entries += 1;
                sink(LooseEntry::assembled(table, card, device, entry.columns))?;
            }
            let Some(connection) = &self.connection else { continue };
            let columns = columns_of(connection, table);
            if columns.is_empty() {
                continue;
            }
            both_ways(connection, &table.select_of(&columns, "true order by id"), |row| {
                let uid = |card: CardId| Ok(self.cards.get(&card.0).copied());
                let found = decode(table, row, uid, |device| Ok(self.devices.get(&device).cloned()));
                let Ok((id, entry)) = found else {
                    damaged = true;
                    return Ok(());
                };
                if self.scan.is_some() && !seen.insert(id.0.into_bytes()) {
                    return Ok(());
                }
                entries += 1;
                sink(entry)
            })?;
        }
        if entries == 0 && damaged {
            return Err(Error::person("no answer can be read from it").named("no-answers"));
        }
        Ok(Salvaged { entries, damaged })
    }
}

fn unreadable(error: std::io::Error) -> Error {
    Error::person(format!("it cannot be read: {error}")).caused_by(error)
}

/// The database, if SQLite can open it. An empty one is left alone, because its write-ahead log would be thrown away.
fn connected(path: &Path) -> Option<Connection> {
    let connection = if has_content(path) { open_to_read(path).ok()? } else { return None };
    open::prepare(&connection).ok()?;
    connection.value::<i64>("select count(*) from sqlite_schema", []).ok().map(|_| connection)
}

fn columns_of(connection: &Connection, table: &LogTable) -> Vec<String> {
    connection.all("select name from pragma_table_info(?)", [table.name]).unwrap_or_default()
}

/// Visits the rows of a statement that ends in `order by id`; from both ends if it fails in between.
fn both_ways(connection: &Connection, sql: &str, mut visit: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
    if read_until_damage(connection, sql, &mut visit)? {
        return Ok(());
    }
    read_until_damage(connection, &format!("{sql} desc"), &mut visit).map(|_| ())
}

/// Whether all rows could be read. A failure of `visit` that is none of the file is passed on.
fn read_until_damage(
    connection: &Connection,
    sql: &str,
    visit: &mut impl FnMut(&Row<'_>) -> Result<()>,
) -> Result<bool> {
    let Ok(mut statement) = connection.prepare(sql) else { return Ok(false) };
    let Ok(mut rows) = statement.query([]) else { return Ok(false) };
    loop {
        match rows.next() {
            Ok(None) => return Ok(true),
            Ok(Some(row)) => match visit(row) {
                Err(error) if error.code() == "database-damaged" => {}
                done => done?,
            },
            Err(_) => return Ok(false),
        }
    }
}
