//! All entries of a log that are in the pages of a file, found without its trees: these may be damaged.

use std::collections::HashMap;
use std::io;
use std::path::Path;

use uuid::Uuid;

use super::page::{self, PageKind};
use super::pages::PageFile;
use super::record::values_in;
use super::shape::{self, ScannedEntry, ScannedName};
use crate::store::log::IMPORTED;
use crate::store::log_table::LOG_TABLES;

/// Where an entry is: its identity, the page, and the row in it.
type EntryPlace = ([u8; 16], u32, u32);

/// What is in the pages of a file.
#[derive(Debug)]
pub(super) struct PageScan {
    pages: PageFile,
    /// The entries of each table of the log, in the order of their identities.
    entries: [Vec<EntryPlace>; LOG_TABLES.len()],
    /// The cards of answers.
    pub(super) answered: Vec<([u8; 16], i64)>,
    pub(super) cards: HashMap<i64, Uuid>,
    pub(super) questions: HashMap<i64, Uuid>,
    /// What may be names of devices. Topics and presets look the same.
    devices: HashMap<i64, Vec<String>>,
}

impl PageScan {
    /// Looks at every page of a database or of a write-ahead log.
    pub(super) fn begin(path: &Path) -> io::Result<Self> {
        let pages = PageFile::open(path)?;
        let mut scan = Self {
            pages,
            entries: Default::default(),
            answered: Vec::new(),
            cards: HashMap::new(),
            questions: HashMap::new(),
            devices: HashMap::new(),
        };
        let mut place = scan.pages.written_from(0);
        while place < scan.pages.count() {
            scan.look_at(place);
            place = scan.pages.written_from(place + 1);
        }
        for entries in &mut scan.entries {
            entries.sort_unstable();
            entries.dedup_by_key(|(id, ..)| *id);
        }
        scan.answered.sort_unstable();
        scan.answered.dedup();
        Ok(scan)
    }

    fn look_at(&mut self, place: usize) {
        let Some((page, is_first)) = self.pages.at(place) else { return };
        for (number, cell) in (0_u32..).zip(page::cells(&page, is_first).unwrap_or_default()) {
            let Some(values) = self.pages.record(&page, &cell).and_then(|record| values_in(&record)) else { continue };
            if cell.kind == PageKind::Rows {
                match shape::name(&values) {
                    Some(ScannedName::Card(uid)) => drop(self.cards.insert(cell.rowid, uid)),
                    Some(ScannedName::Question(uid)) => drop(self.questions.insert(cell.rowid, uid)),
                    Some(ScannedName::Device(name)) => self.devices.entry(cell.rowid).or_default().push(name),
                    None => {}
                }
            } else if let Some(entry) = shape::entry(values)
                && let Ok(place) = u32::try_from(place)
            {
                self.entries[entry.table].push((entry.id, place, number));
                self.answered.extend(
                    entry.card.filter(|_| LOG_TABLES[entry.table].name == "review").map(|card| (entry.id, card)),
                );
            }
        }
    }

    /// The entries of a table of the log in their order, each once.
    pub(super) fn entries(&self, table: usize) -> impl Iterator<Item = ScannedEntry> {
        self.entries[table].iter().filter_map(|&(id, place, number)| {
            let (page, is_first) = self.pages.at(place as usize)?;
            let cell = page::cells(&page, is_first)?.into_iter().nth(number as usize)?;
            let found = shape::entry(values_in(&self.pages.record(&page, &cell)?)?)?;
            (found.id == id).then_some(found)
        })
    }

    /// The numbers of what may be devices.
    pub(super) fn device_numbers(&self) -> impl Iterator<Item = i64> {
        self.devices.keys().copied()
    }

    /// The name of a device: one that is of an import, or that is `known`.
    pub(super) fn device(&self, number: i64, known: impl Fn(&str) -> bool) -> Option<&str> {
        let names = self.devices.get(&number)?.iter().map(String::as_str);
        let mut names = names.filter(|name| name.starts_with(IMPORTED) || known(name));
        names.next()
    }
}
