//! The backups of a database, with what is in them.

use std::path::Path;

use crate::store::{BackupFacts, BackupFile, BackupPolicy};
use crate::study::check::flaws_of_file;

/// A backup in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedBackup {
    /// Its number, from the newest on.
    pub number: usize,
    /// The file.
    pub file: BackupFile,
    /// What is in it, or why that cannot be told.
    pub facts: Result<BackupFacts, String>,
    /// What is wrong with its rows, although it can be read.
    pub flaw: Option<String>,
}

/// Larger ones are not looked through for a list.
const LOOKED_THROUGH: u64 = 64 << 20;

/// All backups of a database, the newest first.
pub(in crate::study) fn listed(db: &Path, policy: &BackupPolicy) -> Vec<ListedBackup> {
    let files = policy.backups(db).into_iter();
    let numbered = (1..).zip(files);
    let entry = |(number, file): (usize, BackupFile)| {
        let facts = BackupFacts::find(&file.path).map_err(|error| error.message().to_owned());
        let is_looked_through = facts.is_ok() && file.bytes <= LOOKED_THROUGH;
        let flaw = is_looked_through.then(|| flaws_of_file(&file.path).into_iter().next()).flatten();
        ListedBackup { number, file, facts, flaw }
    };
    numbered.map(entry).collect()
}
