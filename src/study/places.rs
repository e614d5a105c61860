//! Where the files of a database are, and what to say if there is none.

use std::fs;
use std::path::{Path, PathBuf};

use super::did_you_mean::closest;
use crate::error::{Error, Result};
use crate::store::{BackupPolicy, COMPANIONS, backups_to_go_back_to, companion, is_database, refuse_leftover_of};

/// Other databases that are named if none has a name like the one that was asked for.
const NAMED: usize = 3;

/// Files that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileGroup {
    /// The file, or the folder they are in.
    pub path: PathBuf,
    /// How many files there are.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// Where everything is that belongs to a database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The database, with the files that SQLite keeps next to it. It also holds the settings.
    pub database: FileGroup,
    /// The folder with pictures and sounds.
    pub media: FileGroup,
    /// The folder of backups, with all backups of this database.
    pub backups: FileGroup,
    /// The newest of the backups.
    pub newest_backup: Option<PathBuf>,
}

impl Places {
    /// Where the files of the database at this path are, or would be; backups as `policy` says.
    pub fn around(db: &Path, policy: &BackupPolicy) -> Self {
        let db = std::path::absolute(db).unwrap_or_else(|_| db.to_path_buf());
        let mut database = FileGroup { path: db.clone(), ..FileGroup::default() };
        for file in [db.clone()].into_iter().chain(COMPANIONS.map(|end| companion(&db, end))) {
            database.add(&file);
        }
        let mut media = FileGroup { path: db.with_file_name("media"), ..FileGroup::default() };
        for file in files(&media.path.clone()) {
            media.add(&file);
        }
        let mut backups = FileGroup { path: policy.folder_for(&db), ..FileGroup::default() };
        let all = policy.backups(&db);
        for backup in &all {
            backups.add(&backup.path);
        }
        let newest_backup = all.into_iter().next().map(|backup| backup.path);
        Self { database, media, backups, newest_backup }
    }
}

impl FileGroup {
    fn add(&mut self, file: &Path) {
        if let Ok(found) = fs::metadata(file).map(|found| found.len()) {
            self.files += 1;
            self.bytes += found;
        }
    }
}

/// The files of a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    found
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// What to say if there is no database at this path, but backups of one.
pub(super) fn lost_database(db: &Path, policy: &BackupPolicy) -> Option<Error> {
    if fs::metadata(db).is_ok_and(|found| !found.is_file() || found.len() > 0) {
        return None;
    }
    let (are, newest) = match backups_to_go_back_to(db, policy) {
        0 => return None,
        1 => ("is 1 backup of one".to_owned(), "it"),
        count => (format!("are {count} backups of one"), "the newest sound one"),
    };
    let (path, folder) = (db.display(), policy.folder_for(db));
    Some(
        Error::person(format!("there is no database at {path}, but there {are}"))
            .named("database-gone")
            .hint(format!("`retain restore latest` puts {newest} in its place"))
            .hint(format!(
                "to begin a new one all the same, move the backups out of {}, or name another file with `--db PATH`",
                folder.display()
            )),
    )
}

/// Fails if there is no database at this path, with names that may have been meant.
pub(super) fn must_exist(db: &Path, policy: &BackupPolicy) -> Result<()> {
    let absent = match fs::metadata(db) {
        Ok(found) if !found.is_file() || found.len() > 0 => return Ok(()),
        Ok(_) => format!("there is no database at {}: the file is empty", db.display()),
        Err(_) => format!("there is no database at {}", db.display()),
    };
    // What was answered last may be in what is left of it.
    refuse_leftover_of(db, policy)?;
    let folder = db.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let others: Vec<String> = files(folder)
        .iter()
        .filter(|file| is_database(file))
        .map(|file| name(file))
        .filter(|other| *other != name(db))
        .collect();
    let shown = |other: &str| db.with_file_name(other).display().to_string();
    let error = Error::person(absent).named("no-database");
    let error = match closest(&name(db), others.iter().map(String::as_str)) {
        Some(near) => error.hint(format!("did you mean `--db {}`?", shown(near))),
        None if others.is_empty() => error,
        None => {
            let some: Vec<String> = others.iter().take(NAMED).map(|other| format!("`{}`", shown(other))).collect();
            error.hint(format!("there are databases next to it: {}", some.join(", ")))
        }
    };
    if let Some(lost) = lost_database(db, policy) {
        let error = Error::person(lost.message()).named("no-database");
        let error = lost.hints().iter().take(1).fold(error, |error, hint| error.hint(hint.as_str()));
        return Err(error.hint("`retain backup list` shows them; `--db PATH` or `RETAIN_DB` names another database"));
    }
    Err(error.hint("`retain import FILE` makes one; `--db PATH` or `RETAIN_DB` names another"))
}
