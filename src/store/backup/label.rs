//! What a backup is called: `retain.db.20261123T070000Z.daily.backup`.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime};

use crate::store::database_file::COMPANIONS;

const STAMP: &str = "%Y%m%dT%H%M%SZ";
const END: &str = ".backup";

macro_rules! reasons {
    ($($variant:ident $name:literal $words:literal,)+) => {
        /// Why a backup was made.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum BackupReason {
            $(#[doc = $words] $variant,)+
        }

        impl BackupReason {
            const ALL: &[Self] = &[$(Self::$variant),+];

            /// As the name of the file and programs have it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// In words.
            pub fn words(self) -> &'static str {
                match self { $(Self::$variant => $words),+ }
            }
        }
    };
}

reasons! {
    ByHand "by-hand" "made by `retain backup`",
    Daily "daily" "before the first change of a day",
    Upgrade "before-upgrade" "before an upgrade of the database",
    Import "before-import" "before an import",
    Fit "before-fit" "before a fit",
    Merge "before-merge" "before decks were merged",
    Deletion "before-deletion" "before a deck was deleted",
    Purge "before-purge" "before a purge",
    Moves "before-moves" "before due dates were moved",
    Cards "before-cards" "before many cards were changed",
    Answers "before-answers" "before answers were entered",
    Rebuild "before-rebuild" "before the schedule was rebuilt",
    Repair "before-repair" "before a repair",
    Restore "before-restore" "what a restore replaced",
}

impl BackupReason {
    /// Whether such a backup stays until somebody deletes it.
    pub fn stays(self) -> bool {
        matches!(self, Self::ByHand | Self::Repair | Self::Restore)
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|reason| reason.name() == name)
    }
}

/// The name of a backup; `count` tells those of one second apart.
pub(super) fn file_name(db: &Path, at_ms: i64, count: u32, reason: BackupReason) -> OsString {
    let stamp = DateTime::from_timestamp_millis(at_ms).map_or_else(|| "0".into(), |at| at.format(STAMP).to_string());
    let count = if count > 1 { format!("-{count}") } else { String::new() };
    let mut name = db.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{stamp}{count}.{}{END}", reason.name()));
    name
}

/// A name in a folder that is free.
pub(super) fn free_name(folder: &Path, db: &Path, reason: BackupReason, at_ms: i64) -> PathBuf {
    folder.join(file_name(db, at_ms, free_count(folder, db, at_ms), reason))
}

/// The number of the next backup of a second, whatever it is for: so they stay in order.
pub(super) fn free_count(folder: &Path, db: &Path, at_ms: i64) -> u32 {
    let second = |ms: i64| ms.div_euclid(1_000);
    let names = fs::read_dir(folder).into_iter().flatten().flatten();
    let counts = names
        .filter_map(|entry| parsed(&without_companion(&entry.path()), db))
        .filter(|(at, ..)| second(*at) == second(at_ms));
    counts.map(|(_, count, _)| count).max().map_or(1, |last| last.saturating_add(1))
}

/// The name of the backup that a file belongs to: a restore that was killed may have left the write-ahead log alone.
fn without_companion(file: &Path) -> PathBuf {
    let name = file.as_os_str().to_string_lossy();
    COMPANIONS.iter().find_map(|end| name.strip_suffix(end)).map_or_else(|| file.to_path_buf(), PathBuf::from)
}

/// What the name of a backup of this database says: when it was made, which of that second it is, and why.
pub(super) fn parsed(file: &Path, db: &Path) -> Option<(i64, u32, BackupReason)> {
    let (file, db) = (file.file_name()?.to_str()?, db.file_name()?.to_str()?);
    let rest = file.strip_prefix(db)?.strip_prefix('.')?.strip_suffix(END)?;
    let (stamp, reason) = rest.split_once('.')?;
    let (stamp, count) = match stamp.split_once('-') {
        Some((stamp, count)) => (stamp, count.parse().ok()?),
        None => (stamp, 1),
    };
    let at = NaiveDateTime::parse_from_str(stamp, STAMP).ok()?;
    Some((at.and_utc().timestamp_millis(), count, BackupReason::named(reason)?))
}

/// When a copy before an upgrade was made that an older version of the program kept: `retain.db.schema-5-1795000000000.backup`.
pub(super) fn parsed_old_upgrade(file: &Path, db: &Path) -> Option<i64> {
    let (file, db) = (file.file_name()?.to_str()?, db.file_name()?.to_str()?);
    let rest = file.strip_prefix(db)?.strip_prefix(".schema-")?.strip_suffix(END)?;
    rest.split_once('-').and_then(|(_, ms)| ms.parse().ok())
}

/// Whether `retain backup` of an older version made a file: `retain-20261123080000.backup.db`.
pub(super) fn is_old_backup(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name.strip_prefix("retain-")
        .and_then(|name| name.strip_suffix(".backup.db"))
        .is_some_and(|stamp| !stamp.is_empty() && stamp.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_it_was_made_of() {
        for db in ["retain.db", "my study.2026", ".hidden", "a.20261123T070000Z.daily.backup"] {
            for (count, &reason) in (1..).zip(BackupReason::ALL) {
                let name = file_name(Path::new(db), 1_795_000_000_000, count, reason);
                assert_eq!(
                    parsed(Path::new(&name), Path::new(db)),
                    Some((1_795_000_000_000, count, reason)),
                    "{name:?}"
                );
            }
        }
        assert_eq!(
            file_name(Path::new("/a/retain.db"), 1_795_000_000_999, 2, BackupReason::Daily),
            "retain.db.20261118T110640Z-2.daily.backup"
        );
    }

    #[test]
    fn a_log_that_was_left_takes_a_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let db = Path::new("retain.db");
        let name = free_name(folder.path(), db, BackupReason::Restore, 0);
        for (end, count) in [("-journal", 2), ("-wal", 2)] {
            let left = PathBuf::from(format!("{}{end}", name.display()));
            fs::write(&left, "left").expect("a file");
            assert_eq!(free_count(folder.path(), db, 999), count, "{end}");
            fs::remove_file(left).expect("a file");
        }
    }

    #[test]
    fn other_files_are_no_backups() {
        let db = Path::new("/a/retain.db");
        for name in [
            "retain.db",
            "retain.db.backup",
            "retain.db.20261118T114640Z.daily",
            "other.db.20261118T114640Z.daily.backup",
            "retain.db.20261318T114640Z.daily.backup",
            "retain.db.20261118T114640Z.weekly.backup",
            "retain.db.20261118T114640Z-x.daily.backup",
        ] {
            assert_eq!(parsed(Path::new(name), db), None, "{name}");
        }
        assert_eq!(parsed_old_upgrade(Path::new("retain.db.schema-5-17.backup"), db), Some(17));
        assert_eq!(parsed_old_upgrade(Path::new("retain.db.schema-5-x.backup"), db), None);
        assert!(is_old_backup(Path::new("retain-20261123080000.backup.db")));
        assert!(!is_old_backup(Path::new("retain-mine.backup.db")));
    }
}
