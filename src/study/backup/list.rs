//! The backups of a database, with what is in them.

use std::path::Path;

use crate::store::{BackupFacts, BackupFile, BackupPolicy};

/// A backup in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedBackup {
    /// Its number, from the newest on.
    pub number: usize,
    /// The file.
    pub file: BackupFile,
    /// What is in it, or why that cannot be told.
    pub facts: Result<BackupFacts, String>,
}

/// All backups of a database, the newest first.
pub(in crate::study) fn listed(db: &Path, policy: &BackupPolicy) -> Vec<ListedBackup> {
    let files = policy.backups(db).into_iter();
    let numbered = (1..).zip(files);
    let entry = |(number, file): (usize, BackupFile)| {
        let facts = BackupFacts::find(&file.path).map_err(|error| error.message().to_owned());
        ListedBackup { number, file, facts }
    };
    numbered.map(entry).collect()
}
