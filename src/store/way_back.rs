//! What to say if a database is damaged or gone and there are backups of it.

use std::fs::File;
use std::io::ErrorKind as IoErrorKind;
use std::path::Path;

use super::backup::{BackupPolicy, BackupReason};
use super::database_file::{companion, has_content};
use super::fault::damaged;
use crate::error::{Error, ErrorKind};
use crate::model::shell_path;

/// The failures after which a backup is the way on.
const BEYOND_OPENING: [&str; 4] = ["not-a-database", "database-damaged", "another-program", "leftover-log"];

/// What the smallest database of this program has at least, in bytes.
const PAGE: u64 = 4096;

/// How many backups of the database at this path there are, without what restores replaced and without copies of what was to be repaired.
pub fn backups_to_go_back_to(db: &Path, policy: &BackupPolicy) -> usize {
    let name = db.file_name().unwrap_or_default().to_string_lossy().into_owned() + ".";
    // What older versions called after the time alone may be of any database.
    let own = |path: &Path| path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(&name));
    let backups = policy.backups(db);
    let is_way_back = |reason| !matches!(reason, BackupReason::Restore | BackupReason::Repair);
    backups.iter().filter(|backup| is_way_back(backup.reason) && own(&backup.path)).count()
}

/// Adds the way back to the failure of a database that cannot be opened.
pub(super) fn with_way_back(error: Error, db: &Path, policy: &BackupPolicy) -> Error {
    let error = explained(error, db);
    if !BEYOND_OPENING.contains(&error.code()) {
        return error;
    }
    let Some(go_back) = go_back(db, policy) else { return without_backup(error, db) };
    let renewed = Error::person(error.message()).named(error.code()).hint(go_back);
    let renewed = if error.code() == "leftover-log" {
        // There are two ways, and this is the second one.
        error.hints().iter().fold(renewed, |renewed, hint| renewed.hint(hint.as_str()))
    } else {
        renewed
    };
    renewed.caused_by(error)
}

/// The way on if there is no backup: what can be read of the file is entered into a new database.
pub fn salvage_hint(db: &Path) -> String {
    let (from, to) = (db.display().to_string(), format!("{}.damaged", db.display()));
    let ends = ["", "-wal", "-shm"].into_iter().filter(|end| end.is_empty() || has_content(&companion(db, end)));
    let moves: Vec<String> = ends
        .map(|end| format!("mv {} {}", shell_path(&format!("{from}{end}")), shell_path(&format!("{to}{end}"))))
        .collect();
    format!(
        "there is no backup of it; to keep what can still be read: `{}`, then import your banks as at first (`retain import FILE`), then `retain restore --answers {}` enters the answers",
        moves.join(" && "),
        shell_path(&to)
    )
}

/// Says of a damaged file without a backup how its answers are read.
fn without_backup(error: Error, db: &Path) -> Error {
    if !has_content(db) {
        return error;
    }
    match error.code() {
        "database-damaged" => {
            Error::person(error.message()).named(error.code()).hint(salvage_hint(db)).caused_by(error)
        }
        // A text or so is short, and never was one.
        "not-a-database" if std::fs::metadata(db).is_ok_and(|file| file.len() >= PAGE) => {
            Error::person(error.message())
                .named(error.code())
                .hint("choose another file with `--db PATH`, if this never was one")
                .hint(salvage_hint(db))
                .caused_by(error)
        }
        _ => error,
    }
}

/// The hint that leads to the newest backup, if there is one.
fn go_back(db: &Path, policy: &BackupPolicy) -> Option<String> {
    let backups = match backups_to_go_back_to(db, policy) {
        0 => return None,
        1 => "the backup that there is".to_owned(),
        count => format!("the newest sound one of {count} backups"),
    };
    Some(if has_content(db) {
        format!("`retain restore latest` goes back to {backups}, and keeps this file")
    } else if has_content(&companion(db, "-wal")) {
        format!(
            "`retain restore latest` goes back to {backups}, keeps what is left here, and says how to enter the answers in it"
        )
    } else {
        format!("`retain restore latest` puts {backups} in its place")
    })
}

/// Says of a database that is there what SQLite does not: that its header or its schema is damaged, or that it may not be read.
fn explained(error: Error, db: &Path) -> Error {
    if !has_content(db) {
        return error;
    }
    let comes_from_sqlite =
        std::error::Error::source(&error).is_some_and(<dyn std::error::Error>::is::<rusqlite::Error>);
    if error.kind() == ErrorKind::Fault && comes_from_sqlite {
        return damaged(error.message().trim_start_matches("unexpected database error: ")).caused_by(error);
    }
    if error.code() == "database-unopened" {
        for file in [db.to_path_buf(), companion(db, "-wal"), companion(db, "-shm")] {
            let is_file = std::fs::metadata(&file).is_ok_and(|file| file.is_file());
            if is_file && File::open(&file).is_err_and(|error| error.kind() == IoErrorKind::PermissionDenied) {
                let file = file.display();
                return Error::person(format!("{file} cannot be read: you have no right to"))
                    .named("database-unopened")
                    .hint(format!("make it readable: `chmod u+rw {file}`, if it is yours"))
                    .caused_by(error);
            }
        }
    }
    error
}
