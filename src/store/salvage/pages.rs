//! The pages of a database file and its write-ahead log, sound or damaged.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::page::{self, PageCell};
use super::wal::{self, WalFrame};
use crate::store::database_file::companion;

/// The sizes that pages can have.
pub(super) const SIZES: [usize; 8] = [4_096, 512, 1_024, 2_048, 8_192, 16_384, 32_768, 65_536];
/// How many pages are looked at to find out how large they are.
const SAMPLE: usize = 500;

/// A file of pages, and what was committed to its write-ahead log.
#[derive(Debug)]
pub(super) struct PageFile {
    /// `None` if there is a write-ahead log only.
    database: Option<File>,
    /// How many whole pages are in it.
    pages: usize,
    size: usize,
    wal: Vec<u8>,
    frames: Vec<WalFrame>,
    /// The last frame of each page.
    newest: HashMap<u32, usize>,
}

impl PageFile {
    /// Opens a database or a write-ahead log.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let mut first = [0; 32];
        let length = file.read(&mut first)?;
        if wal::is_wal(&first[..length]) {
            return Ok(Self::new(None, 0, fs::read(path)?));
        }
        // A write-ahead log whose first bytes are damaged is known by its name.
        if path.file_name().is_some_and(|name| name.to_string_lossy().contains("-wal")) {
            let bytes = fs::read(path)?;
            if !wal::frames(&bytes).1.is_empty() {
                return Ok(Self::new(None, 0, bytes));
            }
        }
        let length = file.metadata()?.len();
        let wal = fs::read(companion(path, "-wal")).unwrap_or_default();
        Ok(Self::new(Some(file), length, wal))
    }

    fn new(database: Option<File>, length: u64, wal: Vec<u8>) -> Self {
        let (size_in_wal, frames) = wal::frames(&wal);
        let size = match &database {
            _ if !frames.is_empty() => size_in_wal,
            Some(file) => likely_size(file, length),
            None => SIZES[0],
        };
        let pages = usize::try_from(length).unwrap_or(usize::MAX).div_ceil(size);
        let newest = frames.iter().enumerate().map(|(at, frame)| (frame.page, at)).collect();
        Self { database, pages, size, wal, frames, newest }
    }

    /// How many pages there are: those of the file, and those of the write-ahead log.
    pub(super) fn count(&self) -> usize {
        self.pages + self.frames.len()
    }

    /// The first place from this one on where something is written. A file can be far longer than what is in it.
    pub(super) fn written_from(&self, place: usize) -> usize {
        let written = self.database.as_ref().filter(|_| place < self.pages).map(|file| {
            let at = data_from(file, (place as u64).saturating_mul(self.size as u64));
            at.and_then(|at| usize::try_from(at / self.size as u64).ok()).unwrap_or(self.pages).clamp(place, self.pages)
        });
        written.unwrap_or(place)
    }

    /// A page, by its place among all, with whether it is the first of the database.
    pub(super) fn at(&self, place: usize) -> Option<(Vec<u8>, bool)> {
        match place.checked_sub(self.pages) {
            None => Some((page_of(self.database.as_ref()?, place, self.size)?, place == 0)),
            Some(place) => {
                let frame = self.frames.get(place)?;
                Some((self.wal.get(frame.place.clone())?.to_vec(), frame.page == 1))
            }
        }
    }

    /// The newest state of the page of this number.
    fn numbered(&self, number: u32) -> Option<Vec<u8>> {
        if let Some(frame) = self.newest.get(&number) {
            return self.wal.get(self.frames[*frame].place.clone()).map(<[u8]>::to_vec);
        }
        page_of(self.database.as_ref()?, usize::try_from(number).ok()?.checked_sub(1)?, self.size)
    }

    /// The whole record of a row.
    pub(super) fn record(&self, page: &[u8], cell: &PageCell) -> Option<Vec<u8>> {
        let mut record = page.get(cell.local.clone())?.to_vec();
        let mut next = cell.overflow;
        while record.len() < cell.length {
            let more = self.numbered(next.filter(|next| *next > 0)?)?;
            next = page::number(&more, 0);
            let rest = (cell.length - record.len()).min(more.len().checked_sub(4)?);
            record.extend_from_slice(more.get(4..4 + rest)?);
        }
        Some(record)
    }
}

/// A page of a file, counted from 0. What is missing at the end of the file is zero.
fn page_of(mut file: &File, number: usize, size: usize) -> Option<Vec<u8>> {
    let at = u64::try_from(number).ok()?.checked_mul(size as u64)?;
    file.seek(SeekFrom::Start(at)).ok()?;
    let mut bytes = Vec::with_capacity(size);
    file.take(size as u64).read_to_end(&mut bytes).ok()?;
    if bytes.is_empty() {
        return None;
    }
    bytes.resize(size, 0);
    Some(bytes)
}

/// Where the next bytes of a file are that were written, from this one on; `None` if there are none. A system that cannot say so means each byte.
#[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd", target_vendor = "apple"))]
fn data_from(file: &File, at: u64) -> Option<u64> {
    match rustix::fs::seek(file, rustix::fs::SeekFrom::Data(at)) {
        Ok(data) => Some(data),
        Err(rustix::io::Errno::NXIO) => None,
        Err(_) => Some(at),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "freebsd", target_vendor = "apple")))]
#[expect(clippy::unnecessary_wraps, reason = "other systems can say that there are none")]
fn data_from(_file: &File, at: u64) -> Option<u64> {
    Some(at)
}

/// The size with which most of the file looks like pages.
fn likely_size(file: &File, length: u64) -> usize {
    let fitting = |size: usize| {
        let pages = usize::try_from(length).unwrap_or(usize::MAX).div_ceil(size);
        let step = pages.div_ceil(SAMPLE).max(1);
        let looks =
            |number: &usize| page_of(file, *number, size).is_some_and(|bytes| page::is_likely(&bytes, *number == 0));
        (0..pages).step_by(step).filter(looks).count() * step * size
    };
    let scored = SIZES.map(|size| (fitting(size), size));
    // The first of the best: the usual size.
    scored.into_iter().rev().max_by_key(|(score, _)| *score).map_or(SIZES[0], |(_, size)| size)
}
