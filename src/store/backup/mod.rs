//! Backups: sound copies, which of them stay, and how one is put in the place of a database.

mod copy;
mod facts;
mod generations;
mod hook;
mod label;
mod list;
mod restore;

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::Store;
use super::database_file::{is_cut_off, open_to_read, plain};
use crate::error::{Error, Result};
use crate::model::Moment;
use crate::private;

pub use copy::{CopyPace, CopyWatch};
pub(super) use copy::{failed, sound_copy};
pub use facts::{BackupFacts, answers_missing_in};
pub(super) use facts::{entries_missing, is_blank, open_beside, state_of};
pub use generations::Generations;
pub use hook::CommitHook;
pub use label::BackupReason;
pub use list::BackupFile;
use list::backups_of;
pub(super) use restore::replace;
pub use restore::{PutInPlace, put_back, put_in_place, verify};

/// The name of the folder next to the database in which backups are.
pub const BACKUP_FOLDER: &str = "backups";

/// Which backups are made without being asked for, where they are, and which of them stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupPolicy {
    /// Whether to keep one before larger changes and once a day. One before an upgrade, a purge and a restore is kept in any case.
    pub automatic: bool,
    /// The folder; `backups` next to the database if `None`. One that is relative begins at the folder of the database.
    pub folder: Option<PathBuf>,
    /// Which of them stay.
    pub generations: Generations,
}

impl Default for BackupPolicy {
    fn default() -> Self {
        Self { automatic: true, folder: None, generations: Generations::default() }
    }
}

impl BackupPolicy {
    /// The folder of the backups of this database.
    pub fn folder_for(&self, db: &Path) -> PathBuf {
        let beside = std::path::absolute(db).unwrap_or_else(|_| db.to_path_buf());
        let own = self.folder.as_deref().unwrap_or(Path::new(BACKUP_FOLDER));
        beside.parent().map_or_else(|| own.to_path_buf(), |folder| folder.join(own))
    }

    /// All backups of this database, the newest first.
    pub fn backups(&self, db: &Path) -> Vec<BackupFile> {
        backups_of(db, &self.folder_for(db))
    }

    /// Keeps a backup of the database that is open here, and lets go of those that are too many; where it is.
    ///
    /// # Errors
    /// If the database is damaged, or the copy cannot be written. Then nothing is left behind, and no other backup goes.
    pub(super) fn keep(
        &self,
        source: &Connection,
        db: &Path,
        reason: BackupReason,
        now: Moment,
        (pace, watch): (CopyPace, &mut CopyWatch<'_>),
    ) -> Result<PathBuf> {
        let folder = self.made_folder(db)?;
        let draft = copy::draft(source, &folder, pace, watch)?;
        let kept = self.name(draft, db, &folder, reason, now)?;
        self.thin(source, db, now);
        Ok(kept)
    }

    /// The folder of backups, which is made if it is not there.
    fn made_folder(&self, db: &Path) -> Result<PathBuf> {
        let named = self.folder_for(db);
        // To make what a link leads to would be to write where nobody asked for it.
        if named.is_symlink() && !named.exists() {
            return Err(Error::person(format!(
                "{}: the folder for backups is a link that leads nowhere",
                named.display()
            ))
            .named("backup-failed")
            .hint("remove the link, or make the folder that it is to lead to"));
        }
        let folder = plain(&named)?;
        if folder.exists() && !folder.is_dir() {
            return Err(Error::person(format!(
                "{}: the folder for backups cannot be made: there is a file of that name",
                folder.display()
            ))
            .named("backup-failed")
            .hint("move it away, or name another one: `retain config backups.folder FOLDER`"));
        }
        private::create_folder(&folder).map_err(|error| {
            Error::person(format!("{}: the folder for backups cannot be made: {error}", folder.display()))
                .named("backup-failed")
                .hint("make its folder writable, or name another one: `retain config backups.folder FOLDER`")
        })?;
        Ok(folder)
    }

    /// Gives a draft the first name that is free.
    fn name(
        &self,
        draft: tempfile::TempPath,
        db: &Path,
        folder: &Path,
        reason: BackupReason,
        now: Moment,
    ) -> Result<PathBuf> {
        let mut draft = draft;
        let mut count = label::free_count(folder, db, now.utc_ms);
        loop {
            let path = folder.join(label::file_name(db, now.utc_ms, count, reason));
            // Another process may take the name in between, so nothing is ever replaced.
            match draft.persist_noclobber(&path) {
                Ok(()) => {
                    private::sync_folder(folder).map_err(|error| copy::failed(folder, &error))?;
                    return Ok(path);
                }
                Err(error) if path.exists() && count < u32::MAX => (draft, count) = (error.path, count + 1),
                Err(error) => return Err(copy::failed(folder, &error.error)),
            }
        }
    }

    /// Lets go of the backups that are too many. Those that somebody asked for, and what a restore replaced, stay.
    /// Two databases of one name may have one folder: those of the other one are not touched.
    fn thin(&self, source: &Connection, db: &Path, now: Moment) {
        let folder = self.folder_for(db);
        let mut own = self.backups(db);
        own.retain(|backup| {
            !backup.stays && backup.path.parent() == Some(&folder) && facts::is_before(&backup.path, source)
        });
        let times: Vec<i64> = own.iter().map(|backup| backup.at_ms).collect();
        for (backup, stays) in own.iter().zip(self.generations.that_stay(&times, now)) {
            if !stays {
                // One that cannot be removed does no harm.
                drop(std::fs::remove_file(&backup.path));
            }
        }
    }

    /// Keeps a copy before a repair, which may be as damaged as the database is; where it is.
    pub(super) fn keep_as_it_is(&self, source: &Connection, db: &Path, now: Moment) -> Result<PathBuf> {
        let folder = self.made_folder(db)?;
        let draft = copy::unchecked_draft(source, &folder, CopyPace::Fast, &mut |_, _| true)?;
        self.name(draft, db, &folder, BackupReason::Repair, now)
    }

    /// A name for a backup that is free in the folder of backups.
    pub fn free_name(&self, db: &Path, reason: BackupReason, now: Moment) -> PathBuf {
        label::free_name(&self.folder_for(db), db, reason, now.utc_ms)
    }
}

/// A name for a backup that is free in any folder.
pub fn free_name_in(folder: &Path, db: &Path, reason: BackupReason, now: Moment) -> PathBuf {
    label::free_name(folder, db, reason, now.utc_ms)
}

impl Store {
    /// Has this called before each change becomes durable.
    pub fn set_commit_hook(&mut self, hook: CommitHook) {
        self.hook = Some(hook);
    }

    /// The next change is a large one, for this reason.
    pub fn announce(&mut self, reason: BackupReason) {
        self.reason = Some(reason);
    }

    /// Copies the database to a file, also while others use it. The copy was checked, and it is one file without a write-ahead log: it can be
    /// read from a read-only place, and is known as a backup by it.
    pub fn copy_to(&self, file: &Path) -> Result<()> {
        self.refuse_cut_off()?;
        sound_copy(&self.connection, &plain(file)?, CopyPace::Fast, &mut |_, _| true)
    }

    /// SQLite fills the rest of a page that is cut off with nothing, and does not say so.
    fn refuse_cut_off(&self) -> Result<()> {
        if is_cut_off(&plain(&self.path)?) { Err(copy::damaged("it ends in the middle of a page")) } else { Ok(()) }
    }

    /// Keeps a copy before a repair, which may be as damaged as the database is; where it is.
    pub fn keep_as_it_is(&self, policy: &BackupPolicy, now: Moment) -> Result<PathBuf> {
        policy.keep_as_it_is(&self.connection, &self.path, now)
    }

    /// Keeps a backup; where it is.
    pub fn keep_backup(
        &self,
        policy: &BackupPolicy,
        reason: BackupReason,
        now: Moment,
        watch: &mut CopyWatch<'_>,
    ) -> Result<PathBuf> {
        self.refuse_cut_off()?;
        policy.keep(&self.connection, &self.path, reason, now, (CopyPace::Fast, watch))
    }
}

/// Keeps a backup of a database that others use, in this process or another, from a connection of its own: what was committed so far. `None` if
/// there is nothing in the database, or if `unless_kept` and the newest backup holds this state already.
pub fn keep_backup_beside(
    db: &Path,
    policy: &BackupPolicy,
    (reason, unless_kept): (BackupReason, bool),
    now: Moment,
    (pace, watch): (CopyPace, &mut CopyWatch<'_>),
) -> Result<Option<PathBuf>> {
    let source = open_beside(db)?;
    if is_blank(&source) || (unless_kept && is_kept(&source, policy, db)) {
        return Ok(None);
    }
    policy.keep(&source, db, reason, now, (pace, watch)).map(Some)
}

/// Whether the newest backup holds the state of this database.
fn is_kept(source: &Connection, policy: &BackupPolicy, db: &Path) -> bool {
    let newest = policy.backups(db).into_iter().next();
    let state = newest.and_then(|newest| open_to_read(&newest.path).ok()).and_then(|newest| state_of(&newest));
    state.is_some() && state == state_of(source)
}

/// When the study day of this moment began, as the settings of a database say that others use, UTC milliseconds.
pub fn today_began(db: &Path, now: Moment) -> Result<i64> {
    let connection = open_beside(db)?;
    let start = super::Reader { connection: &connection }.default_settings()?.day_start;
    Ok(now.start_of(now.study_day(start), start))
}
