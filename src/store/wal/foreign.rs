//! A write-ahead log that was left over, and whether it belongs to the database next to it.
//!
//! SQLite takes a log for that of the database whose name it has, and writes its pages into it. After a crash that is what saves the newest
//! answers. If another file was put under the name meanwhile, it ruins that one. The file and the log say nothing of each other, so what they
//! come to is compared: pages of a log of its own fit, and never take an entry of the log of answers away.

use std::path::Path;

use rusqlite::Connection;

use crate::store::Reader;
use crate::store::backup::entries_missing;
use crate::store::check::first_damage;
use crate::store::database_file::open_alone;

/// Whether the log belongs to the database, or it cannot be told. `both` is the database with its log.
pub(super) fn fits(path: &Path, both: &Connection) -> bool {
    let Ok(alone) = open_alone(path) else { return true };
    let both_fail = has_faults(both);
    if !both_fail && entries_missing(&alone, both).is_some_and(|missing| missing == 0) {
        return true;
    }
    // A checkpoint that was cut off leaves a file that is not whole without its log.
    has_faults(&alone)
}

/// Whether pages do not fit together, or days of the log are not those that were sealed.
fn has_faults(connection: &Connection) -> bool {
    !matches!(first_damage(connection), Ok(None))
        || !Reader { connection }.broken_seals().is_ok_and(|broken| broken.is_empty())
}
