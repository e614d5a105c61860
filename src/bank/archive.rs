//! ZIP archives, unpacked within bounds. The sizes that an archive states are not trusted.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

/// One member, unpacked.
const LARGEST_MEMBER: u64 = 50 << 20;
/// The most bytes that are unpacked of an archive; a member counts as often as it is unpacked.
const LARGEST: u64 = 256 << 20;
/// Members of an archive.
const MOST_MEMBERS: usize = 50_000;

/// An archive, and how much may still be taken out of it.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive; `None` if it is broken, or holds more members than any bank.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        // Every member has an entry at the end. They are counted first, because the list of them is kept in memory.
        let entries = bytes.windows(4).filter(|window| *window == b"PK\x01\x02").take(MOST_MEMBERS + 1).count();
        if entries > MOST_MEMBERS {
            return None;
        }
        Some(Self { zip: ZipArchive::new(Cursor::new(bytes)).ok()?, left: LARGEST })
    }

    /// The names of the members, in their order; empty if one cannot be read.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        let name = |place| self.zip.name_for_index(place)?.ok();
        (0..self.zip.len()).map(move |place| name(place).map_or_else(String::new, Into::into))
    }

    /// The first bytes of a member, at most `most`.
    pub(super) fn head(&mut self, place: usize, most: u64) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.zip.by_index(place).ok()?.take(most).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// A member; `None` if it cannot be unpacked, or is larger than the bounds allow.
    pub(super) fn whole(&mut self, place: usize) -> Option<Vec<u8>> {
        let most = LARGEST_MEMBER.min(self.left);
        let bytes = self.head(place, most + 1)?;
        let size = bytes.len() as u64;
        self.left = self.left.saturating_sub(size);
        (size <= most).then_some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    /// An archive of members, each some bytes many times over.
    fn archive(members: &[(&str, &[u8], usize)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes, times) in members {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a member");
            (0..*times).for_each(|_| zip.write_all(bytes).expect("bytes"));
        }
        zip.finish().expect("an archive").into_inner()
    }

    #[test]
    fn members_are_read_up_to_the_bounds() {
        let mebibyte = vec![b' '; 1 << 20];
        let bytes = archive(&[("a", b"text", 1), ("bomb", &mebibyte, 51), ("large", &mebibyte, 50)]);
        assert!(bytes.len() < 1 << 20, "it is packed tightly");
        let mut archive = Archive::open(&bytes).expect("an archive");
        assert_eq!(archive.names().collect::<Vec<_>>(), ["a", "bomb", "large"]);
        assert_eq!(archive.whole(0).as_deref(), Some(&b"text"[..]));
        assert_eq!(archive.head(1, 3).as_deref(), Some(&b"   "[..]));
        assert!(archive.whole(1).is_none(), "a member that is too large");
        assert_eq!(archive.whole(2).map(|bytes| bytes.len()), Some(50 << 20));
        for _ in 0..4 {
            archive.whole(2);
        }
        assert!(archive.whole(2).is_none(), "more than may be taken in all");
    }

    #[test]
    fn what_is_no_archive_is_none() {
        let bytes = archive(&[("a", b"text", 1)]);
        assert!(Archive::open(&bytes[..bytes.len() - 8]).is_none());
        assert!(Archive::open(b"PK\x03\x04").is_none());
        assert!(Archive::open(&b"PK\x01\x02".repeat(MOST_MEMBERS + 1)).is_none());
    }
}
