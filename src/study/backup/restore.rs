//! Back to a backup: which one, what that would mean, and doing it.

use std::path::{Path, PathBuf};

use super::patient;
use crate::error::{Error, Result};
use crate::model::Moment;
use crate::private;
use crate::store::{
    BackupFacts, BackupFile, BackupPolicy, BackupReason, Store, answers_missing_in, put_in_place, verify,
};
use crate::study::progress::Watch;

/// Which backup is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhichBackup<'a> {
    /// By a number of the list, `latest`, the beginning of its date and time, or the path of a file.
    Named(&'a str),
    /// What the newest restore replaced.
    Replaced,
}

/// What a restore would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestorePlan {
    /// The backup. Every page of it was looked at.
    pub backup: PathBuf,
    /// When it was made, if it is in the list.
    pub made: Option<Moment>,
    /// Why it was made, if it is in the list.
    pub reason: Option<BackupReason>,
    /// What is in it.
    pub facts: BackupFacts,
    /// Whether there is a database to replace.
    pub replaces: bool,
    /// How many answers of the present database are not in it; `None` if that cannot be told, because it cannot be read.
    pub missing: Option<u64>,
}

/// What a restore did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Where the database is now that was replaced; `None` if there was none.
    pub kept: Option<PathBuf>,
    /// Whether it could not be opened.
    pub was_damaged: bool,
}

/// What going back to a backup would mean.
pub(in crate::study) fn plan_restore(
    db: &Path,
    which: WhichBackup<'_>,
    policy: &BackupPolicy,
    now: Moment,
) -> Result<RestorePlan> {
    let all = policy.backups(db);
    let found = match which {
        WhichBackup::Named(name) => named(&all, name, now)?,
        WhichBackup::Replaced => {
            let newest = all.iter().find(|backup| backup.reason == BackupReason::Restore);
            newest.map(|backup| backup.path.clone()).ok_or_else(|| {
                Error::person("no restore was made that could be undone")
                    .named("nothing-to-undo")
                    .hint("`retain backup list` shows the backups there are")
            })?
        }
    };
    if same_file(&found, db) {
        return Err(Error::person("this is the database itself, not a backup of it")
            .hint("`retain backup list` shows the backups there are"));
    }
    verify(&found).map_err(|error| error.about(found.display()))?;
    // Without room for its companions, a sound database cannot be opened either.
    let folder = std::path::absolute(db).ok().and_then(|db| db.parent().map(Path::to_path_buf));
    if folder.is_some_and(|folder| private::is_full(&folder)) {
        return Err(Error::person(format!("{}: the disk is full, so nothing can be put in its place", db.display()))
            .named("disk-full")
            .hint("make room, then try again; nothing was changed"));
    }
    let entry = all.iter().find(|backup| same_file(&backup.path, &found));
    let replaces = std::fs::metadata(db).is_ok_and(|file| file.len() > 0);
    Ok(RestorePlan {
        made: entry.map(|entry| Moment { utc_ms: entry.at_ms, ..now }),
        reason: entry.map(|entry| entry.reason),
        facts: BackupFacts::find(&found)?,
        missing: if replaces { answers_missing_in(&found, db)? } else { None },
        replaces,
        backup: found,
    })
}

/// The file of the backup that somebody means.
fn named(all: &[BackupFile], name: &str, now: Moment) -> Result<PathBuf> {
    let unknown = |why: String| {
        Err(Error::person(why).named("no-such-backup").hint("`retain backup list` shows them with their numbers"))
    };
    let name = name.trim();
    if name.eq_ignore_ascii_case("latest") {
        // What a restore replaced is no way forward: `--undo` is the way to it.
        let newest = all.iter().find(|backup| backup.reason != BackupReason::Restore);
        return newest.map_or_else(|| unknown("there is no backup yet".into()), |backup| Ok(backup.path.clone()));
    }
    let path = Path::new(name);
    if path.is_file() {
        return Ok(path.to_path_buf());
    }
    if let Ok(number) = name.parse::<usize>()
        && name.len() < 5
    {
        return match number.checked_sub(1).and_then(|at| all.get(at)) {
            Some(backup) => Ok(backup.path.clone()),
            None => unknown(format!("there is no backup number {number}: there are {}", all.len())),
        };
    }
    let is_date =
        name.len() >= 7 && name.bytes().take(4).all(|byte| byte.is_ascii_digit()) && name.as_bytes()[4] == b'-';
    if is_date {
        let begin = name.replace('T', " ");
        let of_then = all.iter().find(|backup| {
            let made = Moment { utc_ms: backup.at_ms, ..now };
            made.date_time().is_some_and(|time| time.format("%Y-%m-%d %H:%M:%S").to_string().starts_with(&begin))
        });
        return of_then
            .map_or_else(|| unknown(format!("no backup was made at `{name}`")), |backup| Ok(backup.path.clone()));
    }
    unknown(format!("no backup and no file is called `{name}`"))
}

fn same_file(one: &Path, other: &Path) -> bool {
    one == other
        || matches!((std::fs::canonicalize(one), std::fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

/// Goes back to a backup, and upgrades the database if the backup is of an older version.
pub(in crate::study) fn restore(
    db: &Path,
    plan: &RestorePlan,
    policy: &BackupPolicy,
    now: Moment,
    watch: &mut Watch<'_>,
) -> Result<Restored> {
    let aside = policy.free_name(db, BackupReason::Restore, now);
    let put = put_in_place(db, &plan.backup, &aside, &mut patient(watch, "restoring"))?;
    // An older one is upgraded now, so that a failure is met now.
    drop(Store::open_keeping(db, now.utc_ms, None, policy)?);
    Ok(Restored { kept: put.kept, was_damaged: put.was_damaged })
}
