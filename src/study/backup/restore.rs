//! Back to a backup: which one, what that would mean, and doing it.

use std::fs;
use std::path::{Path, PathBuf};

use super::patient;
use crate::error::{Error, Result};
use crate::model::{DAY_MS, Moment, shell_path};
use crate::private;
use crate::store::{
    BackupFacts, BackupFile, BackupPolicy, BackupReason, Store, answers_missing_in, put_back, put_in_place,
    refuse_leftover_of, verify,
};
use crate::study::check::flaws_of_file;
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
    /// What is wrong with it. Only what a restore replaced is put back all the same, as it is.
    pub damage: Option<String>,
    /// What is wrong with its rows, although it can be read.
    pub flaws: Vec<String>,
    /// Whether its schema is not as this program makes it, so that it cannot be used before a check puts that right.
    pub unguarded: bool,
    /// Newer backups that cannot be used, and why.
    pub passed_over: Vec<(PathBuf, String)>,
    /// When it was made, if it is in the list.
    pub made: Option<Moment>,
    /// Why it was made, if it is in the list.
    pub reason: Option<BackupReason>,
    /// What is in it; `None` if it is damaged.
    pub facts: Option<BackupFacts>,
    /// Whether there is a database to replace.
    pub replaces: bool,
    /// Whether the database is gone, and its write-ahead log is still there.
    pub leaves_log: bool,
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
    /// Whether it was gone, and what is kept is its write-ahead log.
    pub was_log_alone: bool,
}

/// What going back to a backup would mean.
pub(in crate::study) fn plan_restore(
    db: &Path,
    which: WhichBackup<'_>,
    policy: &BackupPolicy,
    now: Moment,
) -> Result<RestorePlan> {
    let all = policy.backups(db);
    let mut passed_over = Vec::new();
    let (found, verified) = match which {
        WhichBackup::Named(name) if name.trim().eq_ignore_ascii_case("latest") => {
            let found = newest_sound(db, &all, policy, now, &mut passed_over)?;
            let verified = verify(&found);
            (found, verified)
        }
        WhichBackup::Named(name) => {
            let found = named(db, &all, name, now)?;
            if same_file(&found, db) {
                return Err(Error::person("this is the database itself, not a backup of it")
                    .named("not-a-backup")
                    .hint("`retain backup list` shows the backups there are"));
            }
            let verified = verify(&found).map_err(|error| unusable(&found, error))?;
            (found, Ok(verified))
        }
        WhichBackup::Replaced => {
            // A restore that was cut off had only begun to keep what it was to replace.
            let replaced = |backup: &&BackupFile| backup.reason == BackupReason::Restore && !backup.is_name_of(db);
            let newest = all.iter().find(replaced);
            let newest = newest.map(|backup| backup.path.clone()).ok_or_else(|| {
                Error::person("no restore was made that could be undone")
                    .named("nothing-to-undo")
                    .hint("`retain backup list` shows the backups there are")
            })?;
            // It was there before, and so it can be there again, as it was.
            let verified = verify(&newest);
            (newest, verified)
        }
    };
    let unguarded = verified.as_ref().is_ok_and(|differences| !differences.is_empty());
    let damage = verified.err().map(|error| error.message().to_owned());
    // Without room for its companions, a sound database cannot be opened either.
    let folder = std::path::absolute(db).ok().and_then(|db| db.parent().map(Path::to_path_buf));
    if folder.is_some_and(|folder| private::is_full(&folder)) {
        return Err(Error::person(format!("{}: the disk is full, so nothing can be put in its place", db.display()))
            .named("disk-full")
            .hint("make room, then try again; nothing was changed"));
    }
    let entry = all.iter().find(|backup| same_file(&backup.path, &found));
    let replaces = fs::metadata(db).is_ok_and(|file| file.len() > 0);
    Ok(RestorePlan {
        made: entry.map(|entry| Moment { utc_ms: entry.at_ms, ..now }),
        reason: entry.map(|entry| entry.reason),
        unguarded,
        flaws: if damage.is_none() { flaws_of_file(&found) } else { Vec::new() },
        facts: if damage.is_none() { Some(BackupFacts::find(&found)?) } else { None },
        missing: if replaces && damage.is_none() { answers_missing_in(&found, db)? } else { None },
        leaves_log: !replaces && refuse_leftover_of(db, policy).is_err(),
        replaces,
        damage,
        passed_over,
        backup: found,
    })
}

/// The newest backup that is sound. What a restore replaced is no way forward: `--undo` is the way to it. One that is dated after now was made by a clock
/// that was ahead, so it may be older than all others: it comes last.
fn newest_sound(
    db: &Path,
    all: &[BackupFile],
    policy: &BackupPolicy,
    now: Moment,
    passed_over: &mut Vec<(PathBuf, String)>,
) -> Result<PathBuf> {
    let mut flawed = None;
    let usable = all.iter().filter(|backup| backup.reason != BackupReason::Restore);
    let (ahead, dated): (Vec<_>, Vec<_>) = usable.partition(|backup| backup.at_ms > now.utc_ms.saturating_add(DAY_MS));
    for backup in dated.into_iter().chain(ahead) {
        match verify(&backup.path) {
            Ok(_) => match flaws_of_file(&backup.path).into_iter().next() {
                None => return Ok(backup.path.clone()),
                Some(flaw) => {
                    flawed.get_or_insert((backup.path.clone(), passed_over.len()));
                    passed_over.push((backup.path.clone(), flaw));
                }
            },
            Err(error) => passed_over.push((backup.path.clone(), error.message().to_owned())),
        }
    }
    // If none is without a flaw, the newest that can be read has most.
    if let Some((newest, place)) = flawed {
        passed_over.truncate(place);
        return Ok(newest);
    }
    let folder = policy.folder_for(db).display().to_string();
    let elsewhere = "`retain restore FILE` goes back to a backup that you keep elsewhere";
    if passed_over.is_empty() {
        let only_replaced = !all.is_empty();
        let error =
            Error::person(format!("there is no backup of {} in {folder}", db.display())).named("no-such-backup");
        let error = if only_replaced {
            error.hint("`retain restore --undo` puts back what the newest restore replaced")
        } else {
            error
        };
        return Err(error.hint(elsewhere));
    }
    let report: String = passed_over.iter().map(|(path, why)| format!("{}: {why}\n", path.display())).collect();
    Err(Error::person("no backup can be used").named("no-such-backup").after_report(report).hint(elsewhere))
}

/// Why a file cannot be gone back to.
fn unusable(file: &Path, error: Error) -> Error {
    let name = file.display();
    let other = "name another one: `retain backup list` shows them; nothing was changed";
    if error.code() == "no-file" {
        return Error::person(error.message()).named("not-a-backup").hint(other);
    }
    if let Err(why) = fs::File::open(file) {
        return Error::person(format!("{name} cannot be read: {why}")).named("not-a-backup").hint(other);
    }
    match error.code() {
        "not-a-database" => Error::person(format!("{name} is neither a backup nor a file of kept answers"))
            .named("not-a-database")
            .hint(other)
            .caused_by(error),
        "database-damaged" | "fault" => {
            let what = error.message();
            let what = what
                .strip_prefix("the backup is damaged: ")
                .or(what.strip_prefix("the database is damaged: "))
                .unwrap_or(what);
            Error::person(format!("{name}: the backup is damaged: {what}"))
                .named("database-damaged")
                .hint(other)
                .hint(format!(
                    "`retain restore --answers {}` enters the answers that can be read of it into a database",
                    shell_path(&file.to_string_lossy())
                ))
                .caused_by(error)
        }
        "foreign-schema" => {
            Error::person(format!("{name}: {}", error.message())).named("foreign-schema").hint(other).caused_by(error)
        }
        _ => error.about(name),
    }
}

/// The file of the backup that somebody means.
fn named(db: &Path, all: &[BackupFile], name: &str, now: Moment) -> Result<PathBuf> {
    let unknown = |why: String| {
        let error = Error::person(why).named("no-such-backup");
        Err(if all.is_empty() {
            error.hint(format!(
                "there is no backup of {} yet; name the file of one that you keep elsewhere",
                db.display()
            ))
        } else {
            error.hint("`retain backup list` shows them with their numbers")
        })
    };
    let name = name.trim();
    let path = Path::new(name);
    if path.is_file() {
        return Ok(path.to_path_buf());
    }
    if let Some(backup) = all.iter().find(|backup| backup.path.file_name().is_some_and(|file| file == name)) {
        return Ok(backup.path.clone());
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
    if path.exists() {
        let what = if path.is_dir() { "is a folder" } else { "is no file, but a pipe or a device" };
        return unknown(format!("`{name}` {what}"));
    }
    unknown(format!("no backup and no file is called `{name}`"))
}

/// Whether two paths lead to one file.
pub(in crate::study) fn same_file(one: &Path, other: &Path) -> bool {
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
    let put = if plan.damage.is_some() {
        put_back(db, &plan.backup, &aside)?
    } else {
        let put = put_in_place(db, &plan.backup, &aside, &mut patient(watch, "restoring"))?;
        // An older one is upgraded now, so that a failure is met now.
        match Store::open_keeping(db, now.utc_ms, None, policy) {
            Err(error) if plan.unguarded && error.code() == "foreign-schema" => {}
            opened => drop(opened?),
        }
        put
    };
    Ok(Restored { kept: put.kept, was_damaged: put.was_damaged, was_log_alone: put.was_log_alone })
}
