//! Whether the write-ahead log still holds what was written into it.
//!
//! A program that copies an older log over it, or cuts it off, takes acknowledged answers away, and SQLite does not notice before it
//! reads them. Each frame of a log has a checksum over all frames before it, so the end of what is known stands for the whole: see "WAL
//! File Format" in <https://www.sqlite.org/fileformat2.html#the_write_ahead_log>.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::format::{FRAME_HEADER, HEADER, MAGIC, summed};

/// The log up to the end of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ChainEnd {
    /// Where the next transaction begins, in bytes.
    offset: u64,
    /// The checksum over all before it.
    sum: [u32; 2],
    /// The numbers that all frames of this log have.
    salt: [u8; 8],
}

/// When and how long a file was.
type FileStamp = (u64, Option<SystemTime>);

/// Looks after the log of a database that is held still, so that the log only grows.
#[derive(Debug)]
pub(in crate::store) struct LogChain {
    path: PathBuf,
    /// The end at the beginning, if there was a log already: all before it is in the database, and the next transaction may begin the log again.
    folded: Option<ChainEnd>,
    /// The end of what is in the log alone; `None` before anything is.
    known: Option<ChainEnd>,
    stamp: Option<FileStamp>,
}

impl LogChain {
    /// A log in which nothing waits: the next transaction may begin it from the start.
    pub(in crate::store) fn new(path: PathBuf) -> Self {
        let folded = File::open(&path).and_then(|file| walk_on(file, None)).unwrap_or_default();
        Self { path, folded, known: None, stamp: None }
    }

    /// Whether all that was known to be in it is still there. A log that nobody wrote into since is not read.
    pub(in crate::store) fn holds(&mut self) -> bool {
        let stamp = stamp(&self.path);
        if stamp == self.stamp {
            return true;
        }
        let Some(known) = self.known else { return true };
        let holds = File::open(&self.path).and_then(|file| walk(file, Some(known)));
        match holds {
            Ok(ChainWalk { end, passed: true }) => {
                (self.known, self.stamp) = (end, stamp);
                true
            }
            _ => false,
        }
    }

    /// Takes in what was just written.
    pub(in crate::store) fn grow(&mut self) {
        let stamp = stamp(&self.path);
        let found = File::open(&self.path).and_then(|file| walk_on(file, self.known));
        if let Ok(found) = found
            && found != self.folded
        {
            (self.known, self.stamp) = (found, stamp);
        }
    }
}

fn stamp(path: &Path) -> Option<FileStamp> {
    fs::metadata(path).ok().map(|file| (file.len(), file.modified().ok()))
}

/// Where the last transaction of a log ends in bytes, the size of its pages, and the numbers that all of its frames have; `None` if its header is none.
pub(super) fn committed_end(reader: &mut (impl Read + Seek)) -> io::Result<Option<(u64, usize, [u8; 8])>> {
    let Some((header, start)) = header(reader)? else { return Ok(None) };
    let end = frames(reader, &header, start, |_| ())?;
    Ok(Some((end.offset, header.page_size, start.salt)))
}

/// What reading a log came to.
struct ChainWalk {
    /// The end of its last transaction.
    end: Option<ChainEnd>,
    /// Whether the end that was known is in it.
    passed: bool,
}

/// Reads a log from its start.
fn walk(file: File, known: Option<ChainEnd>) -> io::Result<ChainWalk> {
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let Some((header, start)) = header(&mut reader)? else { return Ok(ChainWalk { end: None, passed: false }) };
    let mut passed = known == Some(start);
    let end = frames(&mut reader, &header, start, |end| passed |= known == Some(end))?;
    Ok(ChainWalk { end: Some(end), passed })
}

/// Reads a log on from the end that is known, or from its start.
fn walk_on(file: File, known: Option<ChainEnd>) -> io::Result<Option<ChainEnd>> {
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let Some((header, start)) = header(&mut reader)? else { return Ok(known) };
    let from = known.filter(|known| known.salt == start.salt).unwrap_or(start);
    reader.seek(SeekFrom::Start(from.offset))?;
    frames(&mut reader, &header, from, |_| ()).map(Some)
}

/// What the header of a log says.
struct LogHeader {
    page_size: usize,
    big_endian: bool,
}

fn header(reader: &mut impl Read) -> io::Result<Option<(LogHeader, ChainEnd)>> {
    let mut bytes = [0; HEADER];
    if !filled(reader, &mut bytes)? {
        return Ok(None);
    }
    let word = |at: usize| u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    let page_size = word(8) as usize;
    if word(0) & !1 != MAGIC || !(512..=65_536).contains(&page_size) || !page_size.is_power_of_two() {
        return Ok(None);
    }
    let big_endian = word(0) & 1 == 1;
    let sum = summed([0, 0], &bytes[..24], big_endian);
    if sum != [word(24), word(28)] {
        return Ok(None);
    }
    let mut salt = [0; 8];
    salt.copy_from_slice(&bytes[16..24]);
    Ok(Some((LogHeader { page_size, big_endian }, ChainEnd { offset: HEADER as u64, sum, salt })))
}

/// Reads frames as long as they follow from those before; the end of the last whole transaction.
fn frames(
    reader: &mut impl Read,
    header: &LogHeader,
    start: ChainEnd,
    mut each: impl FnMut(ChainEnd),
) -> io::Result<ChainEnd> {
    let mut frame = vec![0; FRAME_HEADER + header.page_size];
    let (mut at, mut end) = (start, start);
    while filled(reader, &mut frame)? {
        let word = |at: usize| u32::from_be_bytes([frame[at], frame[at + 1], frame[at + 2], frame[at + 3]]);
        let sum = summed(at.sum, &frame[..8], header.big_endian);
        let sum = summed(sum, &frame[FRAME_HEADER..], header.big_endian);
        if frame[8..16] != at.salt || sum != [word(16), word(20)] {
            break;
        }
        at = ChainEnd { offset: at.offset + frame.len() as u64, sum, ..at };
        // The last frame of a transaction says how large the database is.
        if word(4) != 0 {
            end = at;
            each(end);
        }
    }
    Ok(end)
}

/// Fills the buffer; whether there was as much.
fn filled(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    match reader.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;

    /// A database with a log into which SQLite wrote.
    fn logged(folder: &tempfile::TempDir) -> (Connection, LogChain) {
        let path = folder.path().join("a.db");
        let connection = Connection::open(&path).expect("a database");
        connection
            .execute_batch(
                "pragma journal_mode=wal; pragma wal_autocheckpoint=0; create table t(x); pragma wal_checkpoint(full)",
            )
            .expect("a table");
        let chain = LogChain::new(folder.path().join("a.db-wal"));
        (connection, chain)
    }

    fn write(connection: &Connection, chain: &mut LogChain) {
        assert!(chain.holds());
        connection.execute_batch("insert into t values (randomblob(9000))").expect("written");
        chain.grow();
    }

    #[test]
    fn a_log_that_grows_holds_all_of_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let (connection, mut chain) = logged(&folder);
        for _ in 0..5 {
            write(&connection, &mut chain);
        }
        let length = fs::metadata(&chain.path).expect("a log").len();
        assert_eq!(chain.known.map(|known| known.offset), Some(length), "all frames of SQLite are understood");
        // Another connection writes into the same log.
        let other = Connection::open(folder.path().join("a.db")).expect("a database");
        other.execute_batch("pragma wal_autocheckpoint=0; insert into t values (1)").expect("written");
        assert!(chain.holds());
        assert!(chain.known.is_some_and(|known| known.offset > length));
        write(&connection, &mut chain);
        assert!(chain.holds());
    }

    #[test]
    fn a_log_that_begins_again_before_anything_is_in_it_alone_holds() {
        let folder = tempfile::tempdir().expect("a folder");
        let (connection, _) = logged(&folder);
        connection.execute_batch("insert into t values (1); pragma wal_checkpoint(full)").expect("folded");
        let mut chain = LogChain::new(folder.path().join("a.db-wal"));
        assert!(chain.folded.is_some());
        // Somebody writes nothing, then another one writes: the log begins from the start, with other numbers.
        chain.grow();
        assert!(chain.known.is_none());
        connection.execute_batch("insert into t values (2)").expect("written");
        assert!(chain.holds());
        chain.grow();
        assert!(chain.known.is_some_and(|known| chain.folded.is_some_and(|folded| folded.salt != known.salt)));
        write(&connection, &mut chain);
        assert!(chain.holds());
    }

    #[test]
    fn a_log_that_is_cut_overwritten_or_older_does_not_hold() {
        type Damage = fn(&Path, &[u8]);
        let damages: [(&str, Damage); 5] = [
            ("cut to nothing", |path, _| fs::write(path, "").expect("cut")),
            ("cut in the middle", |path, _| {
                let bytes = fs::read(path).expect("a log");
                fs::write(path, &bytes[..bytes.len() / 2]).expect("cut");
            }),
            ("an older one", |path, older| fs::write(path, older).expect("copied")),
            ("noise at the start", |path, _| {
                let mut bytes = fs::read(path).expect("a log");
                bytes[..100].fill(0x5a);
                fs::write(path, bytes).expect("noise");
            }),
            ("noise in one page", |path, _| {
                let mut bytes = fs::read(path).expect("a log");
                bytes[5000] ^= 1;
                fs::write(path, bytes).expect("noise");
            }),
        ];
        for (what, damage) in damages {
            let folder = tempfile::tempdir().expect("a folder");
            let (connection, mut chain) = logged(&folder);
            write(&connection, &mut chain);
            let older = fs::read(&chain.path).expect("a log");
            write(&connection, &mut chain);
            damage(&chain.path, &older);
            // The same tick of the clock of the file system would hide it.
            let file = File::options().write(true).open(&chain.path).expect("a log");
            file.set_modified(SystemTime::UNIX_EPOCH).expect("a time");
            assert!(!chain.holds(), "{what}");
        }
    }

    #[test]
    fn what_is_no_log_is_known_as_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db-wal");
        let mut chain = LogChain::new(path.clone());
        chain.grow();
        assert!(chain.holds() && chain.known.is_none());
        for bytes in [&b""[..], b"short", &[0x5a; 100], &[0; 4096]] {
            fs::write(&path, bytes).expect("written");
            chain.grow();
            assert!(chain.holds() && chain.known.is_none());
        }
    }
}
