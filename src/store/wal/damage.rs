//! Whether a write-ahead log lost something that was committed to it.
//!
//! SQLite reads [a log](https://www.sqlite.org/fileformat2.html#the_write_ahead_log) up to the first frame whose checksum does not fit, and takes that
//! for the end: what comes behind it was not written to the end before a crash. The same is true of a log that was cut off, or of one with a bit that
//! flipped. Two things tell them apart. A transaction is on the disk before the next one begins, so that behind a frame that was not written to the end
//! no other transaction ends. And the [index](https://www.sqlite.org/walformat.html#the_wal_index_file_format), if it was left, says how many frames were
//! committed, and how many of them are in the database.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use super::chain::committed_end;
use super::format::{FRAME_HEADER, HEADER};
use crate::store::database_file::{companion, page_size};

/// Bytes of a header of the index. There are two of them.
const INDEX_HEADER: usize = 48;
/// The version of the index, and where the header says things.
const INDEX_VERSION: u32 = 3_007_000;
const LAST_FRAME_AT: usize = 16;
const SALT_AT: usize = 32;
/// Where the index says how many frames are in the database already.
const FOLDED_AT: usize = 2 * INDEX_HEADER;

/// What the index says of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct LogIndex {
    /// How many frames were committed.
    committed: u64,
    /// How many of them are in the database.
    folded: u64,
    /// The numbers that all frames of the log have.
    salt: [u8; 8],
}

/// Whether the log of a database that nobody has open lacks what was committed to it and is not in the database.
pub(super) fn loses_answers(database: &Path) -> bool {
    is_damaged(database).unwrap_or(false)
}

fn is_damaged(database: &Path) -> io::Result<bool> {
    let wal = companion(database, "-wal");
    let index = index(&companion(database, "-shm")).unwrap_or(None);
    let mut file = BufReader::with_capacity(1 << 16, File::open(&wal)?);
    let length = file.get_ref().metadata()?.len();
    let Some((end, page, salt)) = committed_end(&mut file)? else {
        // SQLite takes a log with a damaged header for an empty one.
        let Some(index) = index else {
            let Some(page) = page_size(database) else { return Ok(false) };
            return ends_transaction(&mut file, HEADER as u64, FRAME_HEADER + page, |_| true);
        };
        return Ok(index.folded < index.committed);
    };
    let frame = FRAME_HEADER + page;
    if let Some(index) = index.filter(|index| index.salt == salt) {
        let readable = (end - HEADER as u64) / frame as u64;
        return Ok(readable < index.committed && index.folded < index.committed);
    }
    if end >= length {
        return Ok(false);
    }
    // Frames of the time before the log began again have other numbers. Half of them is enough: the other half may be what is damaged.
    ends_transaction(&mut file, end, frame, |frame| frame[8..12] == salt[..4] || frame[12..16] == salt[4..])
}

/// Whether a frame from this place on says that it ends a transaction, among those that are of the log.
fn ends_transaction(
    file: &mut BufReader<File>,
    from: u64,
    frame: usize,
    is_of_log: impl Fn(&[u8]) -> bool,
) -> io::Result<bool> {
    let length = file.get_ref().metadata()?.len();
    let mut header = [0; FRAME_HEADER];
    let mut at = from;
    while at + frame as u64 <= length {
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut header)?;
        // The number of the page, and how many pages the database has by then.
        let (page, pages) = (word(&header, 0), word(&header, 4));
        if page > 0 && pages > 0 && is_of_log(&header) {
            return Ok(true);
        }
        at += frame as u64;
    }
    Ok(false)
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

/// What the index of a log says, if it is whole. Its numbers are those of the machine.
fn index(path: &Path) -> io::Result<Option<LogIndex>> {
    let mut bytes = [0; FOLDED_AT + 4];
    match File::open(path)?.read_exact(&mut bytes) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let number = |at: usize| u32::from_ne_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    let is_whole = bytes[..INDEX_HEADER] == bytes[INDEX_HEADER..FOLDED_AT] && bytes[12] == 1;
    if !is_whole || number(0) != INDEX_VERSION {
        return Ok(None);
    }
    let mut salt = [0; 8];
    salt.copy_from_slice(&bytes[SALT_AT..SALT_AT + 8]);
    let (committed, folded) = (number(LAST_FRAME_AT).into(), number(FOLDED_AT).into());
    Ok(Some(LogIndex { committed, folded, salt }))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use rusqlite::Connection;

    use super::*;

    const PAGE: usize = 4096;

    /// A database whose log has these transactions, as a crash leaves it: with or without the index.
    fn left(folder: &Path, transactions: usize, with_index: bool) -> PathBuf {
        let (path, crashed) = (folder.join("a.db"), folder.join("crashed.db"));
        let connection = Connection::open(&path).expect("a database");
        connection
            .execute_batch(
                "pragma journal_mode=wal; pragma wal_autocheckpoint=0; create table t(x); pragma wal_checkpoint(truncate)",
            )
            .expect("a table");
        for _ in 0..transactions {
            connection.execute_batch("insert into t values (randomblob(6000))").expect("a row");
        }
        for end in ["", "-wal", "-shm"] {
            if end != "-shm" || with_index {
                fs::copy(companion(&path, end), companion(&crashed, end)).expect("a copy");
            }
        }
        crashed
    }

    fn change(database: &Path, change: impl FnOnce(&mut Vec<u8>)) {
        let wal = companion(database, "-wal");
        let mut bytes = fs::read(&wal).expect("a log");
        change(&mut bytes);
        fs::write(wal, bytes).expect("a log");
    }

    #[test]
    fn a_whole_log_loses_nothing() {
        for with_index in [false, true] {
            let folder = tempfile::tempdir().expect("a folder");
            assert!(!loses_answers(&left(folder.path(), 5, with_index)), "{with_index}");
        }
    }

    #[test]
    fn a_bit_that_flipped_before_the_last_transaction_is_noticed() {
        for with_index in [false, true] {
            for place in [0, 9, 13, 30, HEADER + 1, HEADER + 9, HEADER + 14, HEADER + 20, HEADER + FRAME_HEADER + 77] {
                let folder = tempfile::tempdir().expect("a folder");
                let database = left(folder.path(), 4, with_index);
                change(&database, |bytes| bytes[place] ^= 4);
                assert!(loses_answers(&database), "byte {place}, index {with_index}");
            }
        }
    }

    #[test]
    fn a_log_that_was_cut_off_is_noticed_where_the_index_was_left() {
        for cut in [1, PAGE, 2 * (PAGE + FRAME_HEADER), 3 * (PAGE + FRAME_HEADER) + 11] {
            let folder = tempfile::tempdir().expect("a folder");
            let database = left(folder.path(), 4, true);
            change(&database, |bytes| bytes.truncate(bytes.len() - cut));
            assert!(loses_answers(&database), "{cut} bytes");
        }
    }

    #[test]
    fn what_was_never_committed_is_no_loss() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = left(folder.path(), 4, false);
        // A frame that was begun, one of the time before with other numbers, and zeros.
        change(&database, |bytes| bytes.extend(&bytes[HEADER..HEADER + 500].to_vec()));
        assert!(!loses_answers(&database), "a part of a frame");
        let folder = tempfile::tempdir().expect("a folder");
        let database = left(folder.path(), 4, false);
        change(&database, |bytes| {
            let mut old = bytes[HEADER..HEADER + FRAME_HEADER + PAGE].to_vec();
            (old[4], old[7], old[8], old[12]) = (0, 9, old[8] ^ 0x55, old[12] ^ 0x55);
            bytes.extend(old);
            bytes.extend(vec![0; 3 * (FRAME_HEADER + PAGE)]);
        });
        assert!(!loses_answers(&database), "older frames");
    }

    #[test]
    fn a_log_that_is_in_the_database_already_loses_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        let connection = Connection::open(&path).expect("a database");
        connection
            .execute_batch(
                "pragma journal_mode=wal; create table t(x); insert into t values (zeroblob(9000)); pragma wal_checkpoint(full)",
            )
            .expect("folded");
        change(&path, |bytes| bytes[HEADER + 100] ^= 1);
        assert!(!loses_answers(&path));
        connection.execute_batch("pragma wal_checkpoint(full)").expect("still in use");
    }

    #[test]
    fn what_is_no_log_loses_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        assert!(!loses_answers(&path));
        for bytes in [&b""[..], b"short", &[0; 9000]] {
            fs::write(companion(&path, "-wal"), bytes).expect("a file");
            assert!(!loses_answers(&path));
        }
    }
}
