//! The file of a database, looked at from outside: whose it is, whether it can be written, and how it is read if not.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::open::APPLICATION_ID;
use crate::error::{Error, Result};
use crate::private;

/// What every database of SQLite begins with.
const MAGIC: &[u8] = b"SQLite format 3\0";
/// Where the header says how large its pages are (1 is the largest), whether there is a write-ahead log (2) or a rollback journal (1), and whose file
/// it is.
const PAGE_SIZE_AT: usize = 16;
const JOURNAL_MODE_AT: usize = 18;
const APPLICATION_AT: usize = 68;
const HEADER: usize = 100;
const WRITE_AHEAD_LOG: u8 = 2;

/// What SQLite keeps next to a database, by what it adds to the name.
pub const COMPANIONS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Whether the file is a database of this program.
pub fn is_database(path: &Path) -> bool {
    header(path).is_some()
}

/// Whether the file is a copy that `retain backup` made and that nobody has opened to write since.
pub fn is_backup(path: &Path) -> bool {
    header(path).is_some_and(|header| header[JOURNAL_MODE_AT] != WRITE_AHEAD_LOG)
}

/// The first bytes of a database of this program.
fn header(path: &Path) -> Option<[u8; HEADER]> {
    // Opening a pipe would wait for somebody who writes.
    let bytes = fs::metadata(path).ok().filter(fs::Metadata::is_file).and_then(|_| first_bytes(path).ok())?;
    let ours = bytes.starts_with(MAGIC) && bytes[APPLICATION_AT..].starts_with(&APPLICATION_ID.to_be_bytes());
    ours.then_some(bytes)
}

fn first_bytes(path: &Path) -> io::Result<[u8; HEADER]> {
    let mut bytes = [0; HEADER];
    File::open(path)?.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Whether the file ends in the middle of a page, and no write-ahead log has the rest of it: a checkpoint that was cut off leaves one that has.
pub fn is_cut_off(path: &Path) -> bool {
    let Some(size) = page_size(path) else { return false };
    !has_content(&companion(path, "-wal")) && fs::metadata(path).is_ok_and(|file| file.len() % size as u64 != 0)
}

/// How many bytes a page of this database has; `None` if it is no database.
pub(super) fn page_size(path: &Path) -> Option<usize> {
    let header = first_bytes(path).ok().filter(|header| header.starts_with(MAGIC))?;
    let size = match u16::from_be_bytes([header[PAGE_SIZE_AT], header[PAGE_SIZE_AT + 1]]) {
        1 => 65_536,
        size => usize::from(size),
    };
    Some(size).filter(|size| *size > 0)
}

/// The path of a file that belongs to the database at `path`.
pub fn companion(path: &Path, end: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Links that are followed one after the other. Those that lead in a circle end somewhere.
const MOST_LINKS: usize = 40;

/// The path from the root on, so that no name is a URI (`file:…`) or means memory (`:memory:`).
pub(super) fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path).map_err(|error| {
        Error::person(format!("the path cannot be used: {error}")).hint("name a file with `--db PATH`")
    })
}

/// The path as SQLite is to have it: from the root on, and of the file itself where the name is a link, because the companions are next
/// to that.
pub(super) fn plain(path: &Path) -> Result<PathBuf> {
    let path = absolute(path)?;
    Ok(linked_names(&path).pop().unwrap_or(path))
}

/// The names on the way from this path to the file: it, and what each link leads to.
pub(super) fn linked_names(path: &Path) -> Vec<PathBuf> {
    let follow = |name: &PathBuf| {
        let target = fs::read_link(name).ok()?;
        Some(name.parent().map_or_else(|| target.clone(), |folder| folder.join(&target)))
    };
    std::iter::successors(Some(path.to_path_buf()), follow).take(MOST_LINKS + 1).collect()
}

/// Fails if something is at this path that is no file: opening a pipe would wait for somebody who writes.
pub(super) fn refuse_special(path: &Path) -> Result<()> {
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return Err(Error::person(format!("{} is no file, but a folder, a pipe or a device", path.display()))
            .named("no-file")
            .hint("move it away, or choose another file with `--db PATH`"));
    }
    Ok(())
}

/// Whether there is anything in the file.
pub(super) fn has_content(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|file| file.len() > 0)
}

/// Whether the file or its folder is marked read-only. Then it stays as it is, even if the system would let us write.
pub(super) fn is_marked_read_only(path: &Path) -> bool {
    let marked = |path: &Path| fs::metadata(path).is_ok_and(|file| file.permissions().readonly());
    // The mark means something else for folders elsewhere.
    marked(path) || (cfg!(unix) && path.parent().is_some_and(marked))
}

/// Opens a database that cannot be written.
pub(super) fn open_to_read(path: &Path) -> Result<Connection> {
    refuse_special(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let wal = companion(path, "-wal");
    if has_content(&wal) {
        // What is in the write-ahead log was answered, so it is read along or not left out in silence.
        let without_index = || Some(path).filter(|path| !companion(path, "-shm").exists()).and_then(open_without_index);
        if let Some(connection) = Some(path).filter(|path| is_marked_read_only(path)).and_then(|_| without_index()) {
            return Ok(connection);
        }
        let connection = Connection::open_with_flags(path, flags)?;
        let read = connection.query_row("select count(*) from sqlite_schema", [], |_| Ok(()));
        if let Some(connection) = read.as_ref().err().and_then(|_| without_index()) {
            return Ok(connection);
        }
        return read.map(|()| connection).map_err(|error| {
            let newest = format!("the newest answers are in {}, which cannot be read here", wal.display());
            let failure = if private::is_full(path.parent().unwrap_or(Path::new("."))) {
                Error::person(format!("{newest}: the disk is full")).named("disk-full").hint("make room, then try again")
            } else {
                Error::person(format!("{newest}: the folder is read-only")).named("database-read-only").hint(
                    "copy the database and that file into a folder that is writable, and open the copy with `--db PATH`",
                )
            };
            failure.caused_by(error)
        });
    }
    if first_bytes(path).is_ok_and(|header| header[JOURNAL_MODE_AT] == WRITE_AHEAD_LOG) {
        // SQLite would make a write-ahead log to read; there is nothing in it, and nobody can write.
        return open_alone(path);
    }
    Ok(Connection::open_with_flags(path, flags)?)
}

/// Opens a database with its write-ahead log where no index of that can be made, as on a snapshot. Nobody has it open: they would have made one. So
/// SQLite may keep the index to itself, which it does for a file that it has locked; on a file that cannot be written only locks that do nothing work.
#[cfg(unix)]
fn open_without_index(path: &Path) -> Option<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags_and_vfs(path, flags, c"unix-none").ok()?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).ok()?;
    connection.pragma_update_and_check(None, "locking_mode", "exclusive", |_| Ok(())).ok()?;
    connection.query_row("select count(*) from sqlite_schema", [], |_| Ok(())).ok()?;
    Some(connection)
}

/// Other systems have no such locks.
#[cfg(not(unix))]
fn open_without_index(_path: &Path) -> Option<Connection> {
    None
}

/// Opens a database to read it without its write-ahead log, while nobody writes.
pub(super) fn open_alone(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let uri = format!("file:{}?immutable=1", escaped(path));
    Ok(Connection::open_with_flags(uri, flags)?)
}

/// A path as a URI writes it.
fn escaped(path: &Path) -> String {
    #[cfg(unix)]
    let bytes = std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec();
    #[cfg(not(unix))]
    let bytes = format!("/{}", path.display()).replace('\\', "/").into_bytes();
    let sign = |byte: u8| match byte {
        b'/' | b'.' | b'-' | b'_' | b':' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    bytes.into_iter().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_in_a_uri_means_the_same_file() {
        assert_eq!(escaped(Path::new("/a b/100%?#é.db")), "/a%20b/100%25%3F%23%C3%A9.db");
    }

    #[cfg(unix)]
    #[test]
    fn a_write_ahead_log_is_read_where_no_index_can_be_made() {
        let (folder, snapshot) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let (path, copy) = (folder.path().join("a.db"), snapshot.path().join("a.db"));
        let database = Connection::open(&path).expect("a database");
        database.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())).expect("a log");
        database.execute_batch("create table a (b); insert into a values (1), (2)").expect("rows");
        for end in ["", "-wal"] {
            fs::copy(companion(&path, end), companion(&copy, end)).expect("a copy");
        }
        let before = ["", "-wal"].map(|end| fs::read(companion(&copy, end)).expect("a file"));
        let read = open_without_index(&copy).expect("it is read");
        assert_eq!(read.query_row("select sum(b) from a", [], |row| row.get::<_, i64>(0)).expect("rows"), 3);
        assert!(read.execute("insert into a values (4)", []).is_err());
        drop(read);
        assert_eq!(["", "-wal"].map(|end| fs::read(companion(&copy, end)).expect("a file")), before);
        assert_eq!(fs::read_dir(snapshot.path()).expect("a folder").count(), 2, "no index was made");
    }
}
