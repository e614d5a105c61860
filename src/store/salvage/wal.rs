//! A write-ahead log without SQLite: the [pages](https://www.sqlite.org/fileformat2.html#the_write_ahead_log) that were committed to it.

use std::ops::Range;

use super::page::number;
use super::pages::SIZES;
use crate::store::wal::format::{FRAME_HEADER, HEADER, MAGIC, summed};

/// A page in a write-ahead log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WalFrame {
    pub(super) page: u32,
    /// Where the page is in the file.
    pub(super) place: Range<usize>,
}

/// Whether these bytes are the beginning of a write-ahead log.
pub(super) fn is_wal(bytes: &[u8]) -> bool {
    number(bytes, 0).is_some_and(|magic| magic & !1 == MAGIC)
}

/// The size of the pages, and those that were committed, in order. Frames between damaged ones are found, too: each continues the sum that the
/// one before it carries.
pub(super) fn frames(bytes: &[u8]) -> (usize, Vec<WalFrame>) {
    let big_endian = number(bytes, 0).is_some_and(|magic| magic & 1 == 1);
    let stated = number(bytes, 8).and_then(|size| usize::try_from(size).ok()).filter(|size| SIZES.contains(size));
    if let Some(size) = stated.filter(|_| is_wal(bytes)) {
        let found = frames_of(bytes, size, big_endian);
        if !found.is_empty() {
            return (size, found);
        }
    }
    // The header is damaged: the right reading is the one whose sums fit.
    let readings = SIZES.into_iter().flat_map(|size| [(size, false), (size, true)]);
    let readings = readings.map(|(size, big_endian)| (size, frames_of(bytes, size, big_endian)));
    readings.max_by_key(|(_, found)| found.len()).unwrap_or((0, Vec::new()))
}

fn frames_of(bytes: &[u8], size: usize, big_endian: bool) -> Vec<WalFrame> {
    let mut found = Vec::new();
    let mut committed = 0;
    let mut before = sums(bytes, HEADER - 8);
    // A log that was begun again has frames of the time before behind the new ones. Their salt is another one.
    let is_header_sound = bytes
        .get(..HEADER - 8)
        .is_some_and(|header| sums(bytes, HEADER - 8) == Some(summed([0, 0], header, big_endian)));
    let salt_at = if is_header_sound { 16 } else { HEADER + 8 };
    let Some(salt) = bytes.get(salt_at..salt_at + 8) else { return found };
    for at in (HEADER..bytes.len()).step_by(FRAME_HEADER + size) {
        let Some(frame) = bytes.get(at..at + FRAME_HEADER + size) else { break };
        let (head, page) = frame.split_at(FRAME_HEADER);
        let stored = sums(head, 16);
        let fits = before
            .is_some_and(|before| stored == Some(summed(summed(before, &head[..8], big_endian), page, big_endian)));
        before = stored;
        if !fits || &head[8..16] != salt {
            continue;
        }
        let Some(number_of_page) = number(head, 0) else { continue };
        found.push(WalFrame { page: number_of_page, place: at + FRAME_HEADER..at + FRAME_HEADER + size });
        if number(head, 4).is_some_and(|pages| pages > 0) {
            committed = found.len();
        }
    }
    found.truncate(committed);
    found
}

fn sums(bytes: &[u8], at: usize) -> Option<[u32; 2]> {
    Some([number(bytes, at)?, number(bytes, at + 4)?])
}
