//! The file in which a walk over the log is kept, next to the database. If anything is wrong with it, it is as if it were not there.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use uuid::Uuid;

use super::coding::{BlockReader, BlockWriter, LONGEST_BLOCK, digest};
use super::word::{TOGETHER, WalkedAnswer, WalkedWord};
use crate::model::{LogId, Review};
use crate::private;
use crate::store::{LogExtent, companion};

/// What the name of the file adds to that of the database.
pub(crate) const KEPT_WALK: &str = "-figures";

/// What the file begins with. The number changes with the bytes of an answer, and with what the models say of one.
const MAGIC: [u8; 16] = *b"retain figures 1";
const HEADER: usize = 96;
/// A block begins with its length and its digest.
const BLOCK_HEADER: usize = 12;

/// What a walk that is kept rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct KeptBasis {
    /// The entries of the log that were walked through.
    pub(super) extent: LogExtent,
    /// The last card that there was.
    pub(super) last_card: u64,
    /// A digest of the cards up to that one, each with the parameters of its deck.
    pub(super) rules: u64,
}

impl KeptBasis {
    fn header(&self) -> [u8; HEADER] {
        let mut header = [0; HEADER];
        header[..16].copy_from_slice(&MAGIC);
        header[16..32].copy_from_slice(self.extent.last.0.as_bytes());
        let numbers = self.extent.counts.into_iter().chain([self.last_card, self.rules]);
        for (place, number) in header[32..].chunks_exact_mut(8).zip(numbers) {
            place.copy_from_slice(&number.to_le_bytes());
        }
        let sum = digest(&header[..HEADER - 8]);
        header[HEADER - 8..].copy_from_slice(&sum.to_le_bytes());
        header
    }

    fn from_header(header: &[u8; HEADER]) -> Option<Self> {
        let number = |place: usize| header[place..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
        let basis = Self {
            extent: LogExtent {
                last: LogId(Uuid::from_bytes(*header[16..].first_chunk()?)),
                counts: [number(32), number(40), number(48)],
            },
            last_card: number(56),
            rules: number(64),
        };
        (basis.header() == *header).then_some(basis)
    }
}

/// A walk that was kept.
#[derive(Debug)]
pub(super) struct KeptWalk {
    file: File,
    pub(super) basis: KeptBasis,
}

impl KeptWalk {
    /// The path of the file of a database.
    pub(super) fn path(database: &Path) -> PathBuf {
        companion(database, KEPT_WALK)
    }

    /// What is kept of this database; `None` if nothing is that can be used.
    pub(super) fn open(database: &Path) -> Option<Self> {
        let path = Self::path(database);
        // Opening a pipe would wait for somebody who writes.
        if !std::fs::metadata(&path).ok()?.is_file() {
            return None;
        }
        let mut file = File::open(path).ok()?;
        let mut header = [0; HEADER];
        file.read_exact(&mut header).ok()?;
        Some(Self { basis: KeptBasis::from_header(&header)?, file })
    }

    /// Whether every block is as it was written.
    pub(super) fn is_whole(&self) -> bool {
        self.blocks(|_| true)
    }

    /// Gives every answer with what the models say of it, in the order of the log, some at once. False if the file is not as it was written.
    pub(super) fn each(&self, mut sink: impl FnMut(&[WalkedAnswer])) -> bool {
        let mut batch = vec![WalkedAnswer::EMPTY; TOGETHER];
        self.blocks(|block| {
            let mut answers = BlockReader::new(block);
            while !answers.is_empty() {
                let mut filled = 0;
                while let Some(answer) = batch.get_mut(filled).filter(|_| !answers.is_empty()) {
                    let Some(word) = answers.next(&mut answer.review) else { return false };
                    answer.word = word;
                    filled += 1;
                }
                sink(&batch[..filled]);
            }
            true
        })
    }

    /// Gives every block to `sink`, until it returns false or something is wrong; false then.
    fn blocks(&self, mut sink: impl FnMut(&[u8]) -> bool) -> bool {
        let mut file = &self.file;
        if file.seek(SeekFrom::Start(HEADER as u64)).is_err() {
            return false;
        }
        let mut block = Vec::new();
        loop {
            match next_block(file, &mut block) {
                Ok(true) if sink(&block) => {}
                // The end is said by a block without bytes, so a file that was cut off is not taken for a whole one.
                Ok(false) => return true,
                _ => return false,
            }
        }
    }
}

/// Reads a block; false at the end. An error if it is not as it was written.
fn next_block(mut file: &File, block: &mut Vec<u8>) -> io::Result<bool> {
    let mut header = [0; BLOCK_HEADER];
    file.read_exact(&mut header)?;
    let [a, b, c, d, sum @ ..] = header;
    let length = u32::from_le_bytes([a, b, c, d]) as usize;
    if length > LONGEST_BLOCK {
        return Err(io::ErrorKind::InvalidData.into());
    }
    block.resize(length, 0);
    file.read_exact(block)?;
    if digest(block) != u64::from_le_bytes(sum) {
        return Err(io::ErrorKind::InvalidData.into());
    }
    Ok(length > 0)
}

/// Keeps a walk. What was kept before stays until all is written.
pub(super) struct KeptWalkWriter {
    file: NamedTempFile,
    block: BlockWriter,
}

impl KeptWalkWriter {
    /// Begins to keep a walk of this database; after the blocks of an earlier one, if there is one.
    pub(super) fn begin(database: &Path, basis: &KeptBasis, earlier: Option<&KeptWalk>) -> io::Result<Self> {
        let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = tempfile::Builder::new().prefix(private::TEMPORARY).tempfile_in(folder)?;
        let mut writer = Self { file, block: BlockWriter::default() };
        writer.file.write_all(&basis.header())?;
        if earlier.is_some_and(|earlier| !earlier.blocks(|block| writer.write(block).is_ok())) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(writer)
    }

    /// Appends an answer.
    pub(super) fn add(&mut self, review: &Review, word: &WalkedWord) -> io::Result<()> {
        self.block.add(review, word).ok_or(io::ErrorKind::Unsupported)?;
        if self.block.is_full() { self.end_block() } else { Ok(()) }
    }

    /// Puts what was written in the place of what was kept before.
    pub(super) fn finish(mut self, database: &Path) -> io::Result<()> {
        if !self.block.bytes.is_empty() {
            self.end_block()?;
        }
        self.write(&[])?;
        self.file.persist(KeptWalk::path(database))?;
        Ok(())
    }

    fn end_block(&mut self) -> io::Result<()> {
        let block = std::mem::take(&mut self.block.bytes);
        self.write(&block)?;
        self.block.bytes = block;
        self.block.clear();
        Ok(())
    }

    fn write(&mut self, block: &[u8]) -> io::Result<()> {
        let length = u32::try_from(block.len()).map_err(|_| io::ErrorKind::InvalidData)?;
        self.file.write_all(&length.to_le_bytes())?;
        self.file.write_all(&digest(block).to_le_bytes())?;
        self.file.write_all(block)
    }
}
