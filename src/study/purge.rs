//! What was deleted is erased: its texts, its pictures and sounds. The log of answers stays, and nothing before a purge is taken back after it.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::progress::unwatched;
use super::search;
use crate::error::Result;
use crate::model::{DeedKind, Moment};
use crate::store::{Erasable, NewDeed, Store};

/// What is erased, or would be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purge {
    /// The questions and their answers.
    pub erasable: Erasable,
    /// Names of the decks that were deleted.
    pub decks: Vec<String>,
    /// Pictures and sounds that no question needs any more.
    pub media: Vec<PathBuf>,
    /// Bytes of them.
    pub media_bytes: u64,
}

impl Purge {
    /// Whether there is nothing to erase.
    pub fn is_empty(&self) -> bool {
        self.erasable.questions == 0 && self.media.is_empty()
    }
}

/// What would be erased.
pub(super) fn plan(store: &Store, decks: Vec<String>) -> Result<Purge> {
    let needed: HashSet<String> = store.reader().media_files(false)?.into_iter().collect();
    let known: HashSet<String> = store.reader().media_files(true)?.into_iter().collect();
    let folder = store.path().with_file_name("media");
    let mut media: Vec<PathBuf> = known.difference(&needed).map(|file| folder.join(file)).collect();
    media.retain(|path| is_plain(path) && path.is_file());
    media.sort_unstable();
    let media_bytes = media.iter().filter_map(|path| fs::metadata(path).ok()).map(|data| data.len()).sum();
    Ok(Purge { erasable: store.reader().erasable()?, decks, media, media_bytes })
}

/// Whether a name from the database leads to a file of the media folder itself.
fn is_plain(path: &Path) -> bool {
    path.parent().is_some_and(|folder| folder.ends_with("media"))
}

/// Erases what `plan` found.
pub(super) fn purge(store: &mut Store, purge: &Purge, now: Moment) -> Result<()> {
    store.begin_scrubbing()?;
    let mut writer = store.writer()?;
    writer.begin_deed(NewDeed { rows: false, ..NewDeed::new(DeedKind::Purge, now) })?;
    writer.erase_deleted()?;
    writer.commit()?;
    for file in &purge.media {
        // A file that cannot be removed is no reason to stop: the texts are gone.
        drop(fs::remove_file(file));
    }
    search::remake_index(store, &mut unwatched)?;
    store.scrub()
}
