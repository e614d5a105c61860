//! The [format of a write-ahead log](https://www.sqlite.org/fileformat2.html#the_write_ahead_log): what all who read one need.

/// Bytes before the first frame.
pub(in crate::store) const HEADER: usize = 32;
/// Bytes of a frame before its page.
pub(in crate::store) const FRAME_HEADER: usize = 24;
/// What it begins with; the last bit says how its sums are computed.
pub(in crate::store) const MAGIC: u32 = 0x377f_0682;

/// The checksum of SQLite, carried on over `bytes`, whose length is a multiple of eight.
pub(in crate::store) fn summed([mut first, mut second]: [u32; 2], bytes: &[u8], big_endian: bool) -> [u32; 2] {
    for pair in bytes.chunks_exact(8) {
        let word = |at: usize| {
            let word = [pair[at], pair[at + 1], pair[at + 2], pair[at + 3]];
            if big_endian { u32::from_be_bytes(word) } else { u32::from_le_bytes(word) }
        };
        first = first.wrapping_add(word(0)).wrapping_add(second);
        second = second.wrapping_add(word(4)).wrapping_add(first);
    }
    [first, second]
}
