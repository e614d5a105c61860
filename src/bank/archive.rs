//! ZIP archives, unpacked within bounds. The sizes that an archive states are not trusted.

use std::collections::HashMap;
use std::io::{Cursor, Read as _};
use std::sync::Arc;

use zip::ZipArchive;

use crate::model::limits::{ARCHIVE_BYTES, ARCHIVE_MEMBERS, MEMBER_BYTES};

/// An archive, and how much may still be taken out of it.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
    /// Members that several questions name.
    shared: HashMap<usize, Option<Arc<[u8]>>>,
}

impl<'a> Archive<'a> {
    /// Opens an archive; `None` if it is broken, or holds more members than any bank.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        // Every member has an entry at the end. They are counted first, because the list of them is kept in memory.
        let entries =
            bytes.windows(4).filter(|window| *window == b"PK\x01\x02").take(ARCHIVE_MEMBERS.most as usize + 1).count();
        if entries as u64 > ARCHIVE_MEMBERS.most {
            return None;
        }
        Some(Self { zip: ZipArchive::new(Cursor::new(bytes)).ok()?, left: ARCHIVE_BYTES.most, shared: HashMap::new() })
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
        let most = MEMBER_BYTES.most.min(self.left);
        let bytes = self.head(place, most + 1)?;
        let size = bytes.len() as u64;
        self.left = self.left.saturating_sub(size);
        (size <= most).then_some(bytes)
    }

    /// A member that several questions may name: it is unpacked once.
    pub(super) fn shared(&mut self, place: usize) -> Option<Arc<[u8]>> {
        if let Some(known) = self.shared.get(&place) {
            return known.clone();
        }
        let bytes = self.whole(place).map(Arc::from);
        self.shared.insert(place, bytes.clone());
        bytes
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
    fn a_member_that_all_questions_name_is_unpacked_once() {
        let bytes = archive(&[("sound.mp3", &vec![b' '; 1 << 20], 40)]);
        let mut archive = Archive::open(&bytes).expect("an archive");
        let first = archive.shared(0).expect("a member");
        assert!((0..200).all(|_| archive.shared(0).is_some_and(|again| Arc::ptr_eq(&first, &again))));
    }

    #[test]
    fn what_is_no_archive_is_none() {
        let bytes = archive(&[("a", b"text", 1)]);
        assert!(Archive::open(&bytes[..bytes.len() - 8]).is_none());
        assert!(Archive::open(b"PK\x03\x04").is_none());
        assert!(Archive::open(&b"PK\x01\x02".repeat(ARCHIVE_MEMBERS.most as usize + 1)).is_none());
    }
}
