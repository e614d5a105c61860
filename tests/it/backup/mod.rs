//! Backups: kept without being asked for, sound or not at all, and the way back. Everything as text, and back.

mod automatic;
mod damage;
mod everything;
mod restore;
mod rights;

use std::fs;
use std::path::{Path, PathBuf};

use retain::clock::Clock;
use retain::study::{BackupOrders, BackupPolicy, Trainer};

use crate::fixture::study::Study;

pub const BANK: &str =
    "1. Which planet is red?\nA. Venus\nB. Mars *\n\n2. Which planet is large?\nA. Jupiter *\nB. Mercury\n";

/// The application as the program opens it: backups are kept.
pub fn keeping(study: &Study, policy: BackupPolicy) -> (Trainer, retain::study::BackupFailure) {
    let orders = BackupOrders { policy, ..BackupOrders::default() };
    let failure = orders.failure.clone();
    let trainer = Trainer::open_keeping(&study.db(), Clock::fixed(study.now()), Some(1), orders).expect("a database");
    (trainer, failure)
}

/// The reasons of all backups, the newest first.
pub fn reasons(study: &Study) -> Vec<&'static str> {
    Trainer::backups(&study.db(), &BackupPolicy::default()).iter().map(|backup| backup.file.reason.name()).collect()
}

/// The names of the files of a folder, in order.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

pub fn folder(study: &Study) -> PathBuf {
    study.db().with_file_name("backups")
}

/// Writes over pages of the database, as a failing disk does.
pub fn damage(db: &Path) {
    let mut bytes = fs::read(db).expect("the database");
    // The first pages stay, so that it can still be opened.
    let end = bytes.len();
    for byte in &mut bytes[end - 4_096 * 12..end - 4_096] {
        *byte = 0x5a;
    }
    fs::write(db, bytes).expect("the database");
}
