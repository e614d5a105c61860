//! The files in the archive of a document.

use std::collections::HashMap;

use super::pictures;
use crate::bank::archive::Archive;
use crate::bank::{Media, decode};

/// An archive whose members are found by their names.
pub(super) struct Members<'a> {
    archive: Archive<'a>,
    places: HashMap<String, usize>,
}

impl<'a> Members<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let archive = Archive::open(bytes)?;
        let places = archive.names().enumerate().map(|(place, name)| (name, place)).collect();
        Some(Self { archive, places })
    }

    fn bytes(&mut self, name: &str) -> Option<Vec<u8>> {
        self.archive.whole(*self.places.get(name)?)
    }

    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let bytes = self.bytes(name)?;
        Some(decode::decode(&bytes).ok()?.text.into_owned())
    }

    /// The pictures at these paths below a folder.
    pub(super) fn media(&mut self, folder: &str, paths: &[String]) -> Vec<Media> {
        let picture = |path: &String| {
            let bytes = self.bytes(&format!("{folder}{path}"))?.into();
            Some(Media { name: pictures::file_name(path).to_owned(), bytes })
        };
        paths.iter().filter_map(picture).collect()
    }
}
