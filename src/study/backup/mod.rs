//! Backups: those that nobody has to ask for, the list of them, and the way back.

mod keeper;
mod list;
mod restore;

pub use keeper::{BackupFailure, BackupOrders, WatchMaker};
pub use list::ListedBackup;
pub use restore::{RestorePlan, Restored, WhichBackup};

pub(super) use keeper::Keeper;
pub(super) use list::listed;
pub(super) use restore::{plan_restore, restore, same_file};

use std::path::PathBuf;

use super::progress::{Progress, Watch};
use crate::error::Result;
use crate::model::Moment;
use crate::store::{BackupPolicy, BackupReason, Store};

/// What a progress bar says.
const WORK: &str = "keeping a backup";

/// A watch of a copy that shows nothing in the first second.
fn patient<'w>(watch: &'w mut Watch<'_>, work: &'w str) -> impl FnMut(u64, u64) -> bool + 'w {
    let began = std::time::Instant::now();
    move |done, all| began.elapsed() < std::time::Duration::from_secs(1) || watch(Progress { work, done, all })
}

/// Keeps a backup; its path.
pub(super) fn keep_backup(
    store: &Store,
    policy: &BackupPolicy,
    reason: BackupReason,
    now: Moment,
    watch: &mut Watch<'_>,
) -> Result<PathBuf> {
    store.keep_backup(policy, reason, now, &mut patient(watch, WORK))
}
