//! A page of a table or an index: the [b-tree page](https://www.sqlite.org/fileformat2.html#b_tree_pages).

use super::record::varint;

/// The header of the database is on the first page.
const DATABASE_HEADER: usize = 100;
/// No page is smaller.
const SMALLEST: usize = 512;
/// No row is longer, in bytes.
const LONGEST: u64 = 64 << 20;

/// What a page holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageKind {
    /// Rows of a table with numbers.
    Rows,
    /// Entries of an index, or rows of a table that is ordered by its key.
    Entries,
}

/// A row in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PageCell {
    pub(super) kind: PageKind,
    /// The number of the row; 0 for an entry.
    pub(super) rowid: i64,
    /// How long the record is.
    pub(super) length: usize,
    /// Where the part of it is that is in the page.
    pub(super) local: std::ops::Range<usize>,
    /// The page with the rest.
    pub(super) overflow: Option<u32>,
    /// Where it ends.
    pub(super) end: usize,
}

/// Four bytes as a number.
pub(super) fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).and_then(|bytes| Some(u32::from_be_bytes(bytes.try_into().ok()?)))
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..at + 2).map(|bytes| usize::from(bytes[0]) << 8 | usize::from(bytes[1]))
}

/// The rows of a page; `None` if it holds none, or is no page of a tree. Those that make no sense are left out.
pub(super) fn cells(page: &[u8], is_first: bool) -> Option<Vec<PageCell>> {
    if page.len() < SMALLEST {
        return None;
    }
    let begin = if is_first { DATABASE_HEADER } else { 0 };
    let (kind, prefix, pointers) = match page.get(begin)? {
        0x0d => (PageKind::Rows, 0, begin + 8),
        0x0a => (PageKind::Entries, 0, begin + 8),
        0x02 => (PageKind::Entries, 4, begin + 12),
        _ => return None,
    };
    let count = short(page, begin + 3)?;
    let content = pointers + count * 2;
    if content > page.len() {
        return None;
    }
    let places = (0..count).filter_map(|number| short(page, pointers + number * 2));
    Some(places.filter(|place| *place >= content).filter_map(|place| cell(page, kind, place + prefix)).collect())
}

/// The row at this place.
fn cell(page: &[u8], kind: PageKind, place: usize) -> Option<PageCell> {
    let mut at = place;
    let (length, bytes) = varint(page.get(at..)?)?;
    at += bytes;
    let mut rowid = 0;
    if kind == PageKind::Rows {
        let (number, bytes) = varint(page.get(at..)?)?;
        rowid = number.cast_signed();
        at += bytes;
    }
    let length = usize::try_from(length).ok().filter(|_| length > 0 && length <= LONGEST)?;
    let here = local_length(page.len(), kind, length);
    let local = at..at + here;
    let overflow = if here < length { Some(number(page, local.end)?) } else { None };
    let end = local.end + if overflow.is_some() { 4 } else { 0 };
    (end <= page.len()).then_some(PageCell { kind, rowid, length, local, overflow, end })
}

/// How much of a record is in its page; the rest is in others.
fn local_length(page: usize, kind: PageKind, length: usize) -> usize {
    let share = |parts: usize| (page - 12) * parts / 255 - 23;
    let most = match kind {
        PageKind::Rows => page - 35,
        PageKind::Entries => share(64),
    };
    if length <= most {
        return length;
    }
    let least = share(32);
    let even = least + (length - least) % (page - 4);
    if even <= most { even } else { least }
}

/// Whether it looks as SQLite writes a page: whole rows, the first of which was put at the very end.
pub(super) fn is_likely(page: &[u8], is_first: bool) -> bool {
    cells(page, is_first).is_some_and(|cells| cells.iter().any(|cell| cell.end == page.len()))
}
