//! The backups of a database, by the names of files.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::BACKUP_FOLDER;
use super::label::{self, BackupReason};
use crate::store::file_watch::FileIdentity;

/// A backup, as its file says from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupFile {
    /// Where it is.
    pub path: PathBuf,
    /// When it was made, UTC milliseconds.
    pub at_ms: i64,
    /// Which of that second it is.
    pub count: u32,
    /// Why.
    pub reason: BackupReason,
    /// Its size.
    pub bytes: u64,
    /// Whether it stays until somebody deletes it.
    pub stays: bool,
}

impl BackupFile {
    /// Whether it is the file at this path under another name.
    pub fn is_name_of(&self, path: &Path) -> bool {
        let own = FileIdentity::at(&self.path);
        // Elsewhere files have no identity that could be compared.
        cfg!(unix) && own.is_some() && own == FileIdentity::at(path)
    }
}

/// All backups of a database: those of a folder, those in `backups` next to it, and those that older versions kept next to it. The newest
/// first.
pub(super) fn backups_of(db: &Path, folder: &Path) -> Vec<BackupFile> {
    let beside = std::path::absolute(db).unwrap_or_else(|_| db.to_path_buf());
    let beside = beside.parent().unwrap_or(Path::new("."));
    let usual = beside.join(BACKUP_FOLDER);
    let mut found = Vec::new();
    let others = (usual != folder).then_some(&*usual);
    for folder in [folder].into_iter().chain(others) {
        found.extend(files(folder).filter_map(|path| {
            let (at_ms, count, reason) = label::parsed(&path, db)?;
            Some(file(path, at_ms, count, reason, reason.stays()))
        }));
    }
    found.extend(files(beside).filter_map(|path| {
        if let Some(at_ms) = label::parsed_old_upgrade(&path, db) {
            return Some(file(path, at_ms, 1, BackupReason::Upgrade, true));
        }
        // The name has the time of some wall clock.
        let written =
            label::is_old_backup(&path).then(|| fs::metadata(&path).and_then(|file| file.modified()).ok())??;
        let at_ms = written.duration_since(UNIX_EPOCH).ok().and_then(|since| i64::try_from(since.as_millis()).ok());
        Some(file(path, at_ms.unwrap_or(0), 1, BackupReason::ByHand, true))
    }));
    found.sort_by(|a, b| (b.at_ms, b.count, &b.path).cmp(&(a.at_ms, a.count, &a.path)));
    found
}

fn file(path: PathBuf, at_ms: i64, count: u32, reason: BackupReason, stays: bool) -> BackupFile {
    let bytes = fs::metadata(&path).map_or(0, |file| file.len());
    BackupFile { path, at_ms, count, reason, bytes, stays }
}

fn files(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_file())
}
