//! What lies next to a database and is not its own, by what can be seen from outside: before SQLite opens anything.

use std::fs;
use std::io::Read;
use std::path::Path;

use super::backup::BackupPolicy;
use super::database_file::{COMPANIONS, companion, has_content, linked_names, page_size, plain, refuse_special};
use super::file_watch::FileIdentity;
use super::wal::{OF_ANOTHER as LOG_OF_ANOTHER, free};
use super::way_back::with_way_back;
use crate::error::{Error, Result};
use crate::model::shell_path;

/// What a rollback journal is called that does not belong to the database next to it.
const OF_ANOTHER: &str = "-journal.of-another-database";
/// Where a [journal](https://www.sqlite.org/fileformat2.html#the_rollback_journal) says how long its header is.
const SECTOR_AT: usize = 20;
/// What a journal begins with.
const JOURNAL_MAGIC: [u8; 8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
/// The largest header, in bytes.
const LARGEST_SECTOR: u32 = 65_536;
/// What a journal has besides each page: its number and a sum.
const AROUND_PAGE: u64 = 8;

/// Fails if a file of SQLite next to the database at `path` cannot be its own, or is no file. `named` is the path as it was named, which may be a
/// link.
pub(super) fn refuse_left_over(named: &Path, path: &Path) -> Result<()> {
    for end in COMPANIONS {
        let companion = companion(path, end);
        refuse_special(&companion)?;
        refuse_link(&companion)?;
    }
    refuse_journal(path)?;
    linked_names(named).iter().filter(|link| *link != path).try_for_each(|link| refuse_log_of_link(link, path))
}

/// SQLite follows no link to a file of its own, and what it says then sounds like a folder that is read-only.
fn refuse_link(companion: &Path) -> Result<()> {
    let Ok(target) = fs::read_link(companion) else { return Ok(()) };
    let target = companion.parent().map_or_else(|| target.clone(), |folder| folder.join(&target));
    let shown = companion.display();
    let error = Error::person(format!("{shown} is a link: SQLite does not follow it, and its files must not be links"))
        .named("linked-log");
    let word = shell_path(&companion.to_string_lossy());
    Err(if target.exists() {
        error
            .hint(format!("put the file there that it leads to: `mv {} {word}`", shell_path(&target.to_string_lossy())))
    } else {
        error.hint(format!("it leads nowhere: `rm {word}` removes it"))
    })
}

/// This program never writes with a rollback journal, except for the first page, to change how the file is written. SQLite would play any other one
/// back, and the database would be what it was before.
fn refuse_journal(path: &Path) -> Result<()> {
    let journal = companion(path, "-journal");
    let Ok(length) = fs::metadata(&journal).map(|file| file.len()) else { return Ok(()) };
    let first_page = page_size(path).unwrap_or(0) as u64 + AROUND_PAGE;
    let is_ours = length == 0 || sector(&journal).is_some_and(|sector| length <= sector + 2 * first_page);
    if !has_content(path) || is_ours {
        return Ok(());
    }
    let aside = free(&companion(path, OF_ANOTHER));
    fs::rename(&journal, &aside).map_err(|error| {
        Error::person(format!(
            "{} does not belong to the database next to it, and it cannot be moved away: {error}",
            journal.display()
        ))
        .named("foreign-log")
        .hint("move it elsewhere; SQLite would write old pages from it into the database")
    })?;
    Err(Error::person(format!(
        "{} does not belong to the database next to it: this program writes none. SQLite would write old pages from it into the database, so it was moved to {}",
        journal.display(),
        aside.display()
    ))
    .named("foreign-log")
    .hint("run the same again: the database is as its file is"))
}

/// How long the header of a journal is, in bytes; `None` if it is no journal that SQLite would play back.
fn sector(journal: &Path) -> Option<u64> {
    let mut header = [0; SECTOR_AT + 4];
    fs::File::open(journal).and_then(|mut file| file.read_exact(&mut header)).ok()?;
    // Before it is synced, a journal begins with zeros.
    let is_begun = header[..JOURNAL_MAGIC.len()] == JOURNAL_MAGIC || header[..12] == [0; 12];
    let sector = u32::from_be_bytes([header[20], header[21], header[22], header[23]]);
    is_begun.then_some(u64::from(sector.min(LARGEST_SECTOR)))
}

/// The newest answers of a database that was moved away, and left a link, are next to the link.
fn refuse_log_of_link(link: &Path, path: &Path) -> Result<()> {
    let (left, own) = (companion(link, "-wal"), companion(path, "-wal"));
    if !has_content(&left) || FileIdentity::at(&left) == FileIdentity::at(&own) {
        return Ok(());
    }
    let word = |path: &Path| shell_path(&path.to_string_lossy());
    let error = Error::person(format!(
        "{} is a link to {}, but the newest answers of a database are next to the link, in {}: it was moved without them",
        link.display(),
        path.display(),
        left.display()
    ))
    .named("log-of-link");
    if has_content(&own) {
        let aside = free(&companion(link, LOG_OF_ANOTHER));
        let aside = word(&aside);
        return Err(error
            .hint(format!(
                "the database has such a file of its own, too. Move the other one away: `mv {} {aside}`",
                word(&left)
            ))
            .hint(format!("then `retain restore --answers {aside}` enters its answers")));
    }
    Err(error.hint(format!("put them next to the database: `mv {} {}`", word(&left), word(&own))))
}

/// Fails if the write-ahead log of a database lies here that is not: SQLite would throw it away, with the answers in it.
pub(super) fn refuse_log_alone(path: &Path) -> Result<()> {
    let wal = companion(path, "-wal");
    if !has_content(&wal) {
        return refuse_index_alone(path);
    }
    let (wal, index) = (wal.display(), companion(path, "-shm"));
    Err(Error::person(format!(
        "there is no database, but the newest answers of one are in {wal}: it was moved or deleted"
    ))
    .named("leftover-log")
    .hint("put the database back in its place, and the answers are in it")
    .hint(format!("to begin a new one here, move {wal} and {} elsewhere first, and keep them", index.display())))
}

/// Fails if only the file is left by which processes agree: one that still uses it agrees with no new database.
fn refuse_index_alone(path: &Path) -> Result<()> {
    let index = companion(path, "-shm");
    // In this order: a first start that goes on meanwhile makes the database first.
    if !index.exists() || path.exists() {
        return Ok(());
    }
    let word = shell_path(&index.to_string_lossy());
    Err(Error::person(format!(
        "there is no database, but {} is left of one, which was moved or deleted: a `retain` that is still open may use it",
        index.display()
    ))
    .named("leftover-log")
    .hint("put the database back in its place")
    .hint(format!("or begin a new one here: end every `retain` that is open, then `rm {word}`")))
}

/// The same, with the way back to a backup.
pub fn refuse_leftover_of(path: &Path, backups: &BackupPolicy) -> Result<()> {
    refuse_log_alone(path).map_err(|error| with_way_back(error, path, backups).about(path.display()))
}

/// Fails if a log or a journal lies where a copy of a database is to be: SQLite would take it for a part of the copy.
pub fn refuse_logs_at(copy: &Path) -> Result<()> {
    let copy = plain(copy)?;
    for end in ["-wal", "-journal"] {
        let left = companion(&copy, end);
        if has_content(&left) {
            let (left, word) = (left.display(), shell_path(&left.to_string_lossy()));
            return Err(Error::person(format!(
                "{left} is there, with changes of another database: SQLite would write them into the backup"
            ))
            .named("leftover-log")
            .hint("choose another name for the backup")
            .hint(format!("or move that file elsewhere and keep it, if no program uses it: `mv {word} {word}.kept`; nothing was changed")));
        }
    }
    Ok(())
}
