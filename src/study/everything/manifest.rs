//! What an export of everything holds, file by file.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const TABLES: &str = "tables";
pub(super) const MEDIA: &str = "media";
pub(super) const BANKS: &str = "banks";
pub(super) const README: &str = "README.txt";
pub(super) const REVIEWS: &str = "reviews.csv";
/// What the format is called, and its version.
pub(super) const FORMAT: &str = "retain everything";
pub(super) const VERSION: u32 = 1;
/// The words of README.txt.
pub(super) const README_TEXT: &str = include_str!("readme.txt");
/// So much of a file is looked at to know whose it is.
const BEGINNING: u64 = 200;
/// A manifest is not longer.
const LARGEST: u64 = 64 << 20;
/// Files that systems put into folders by themselves.
const STRAY: [&str; 2] = ["desktop.ini", "Thumbs.db"];

/// A file, as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct WrittenFile {
    /// Its path within the folder, with `/`.
    pub(super) file: String,
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

/// A table, as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct WrittenTable {
    pub(super) name: String,
    pub(super) rows: u64,
    /// Names and types of the columns.
    pub(super) columns: Vec<(String, String)>,
    #[serde(flatten)]
    pub(super) file: WrittenFile,
}

/// What is in the folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) format: String,
    pub(super) version: u32,
    /// The version of the program that wrote it.
    pub(super) program: String,
    /// The number of the schema of its tables.
    pub(super) schema: i64,
    pub(super) tables: Vec<WrittenTable>,
    pub(super) media: Vec<WrittenFile>,
    /// Files of media that questions name and that were not there.
    pub(super) missing_media: Vec<String>,
    /// Files for people.
    pub(super) people: Vec<WrittenFile>,
}

/// The failure of a folder that is not as it was written.
pub(super) fn damaged(why: impl Into<String>) -> Error {
    Error::person(why).named("export-damaged").hint("take another copy of the folder; nothing was changed")
}

/// Whether a folder is an export of everything, whole or not. Its parts are no banks: the tables would be read as questions.
pub fn is_everything(folder: &Path) -> bool {
    folder.is_dir()
        && (Manifest::load(folder).is_ok_and(|manifest| manifest.format == FORMAT)
            || [MANIFEST, README].iter().any(|name| begins_as_ours(&folder.join(name)))
            || has_tables(&folder.join(TABLES))
            || has_tables(folder))
}

/// Whether a file is one of an export of everything that says nothing without the others. Its banks and tables for people are no such files.
pub(in crate::study) fn is_part_of_everything(file: &Path) -> bool {
    let (Some(name), Some(folder)) = (file.file_name(), file.parent()) else { return false };
    let is_table = file.extension().is_some_and(|ends| ends == "jsonl") && has_tables(folder);
    is_table || [MANIFEST, README].iter().any(|own| name == *own) && begins_as_ours(file)
}

/// Whether a file begins as a manifest or as the words that come with an export.
fn begins_as_ours(path: &Path) -> bool {
    let mut text = String::new();
    let is_file = fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
    let found = is_file && File::open(path).is_ok_and(|file| file.take(BEGINNING).read_to_string(&mut text).is_ok());
    found && (text.contains(&format!("\"{FORMAT}\"")) || README_TEXT.starts_with(text.trim_end()) && text.len() > 20)
}

/// Whether a folder holds tables as an export writes them: two that no other program would call so.
fn has_tables(folder: &Path) -> bool {
    let is_table = |name: &&str| folder.join(format!("{name}.jsonl")).is_file();
    ["review", "question", "card", "memory", "log_seal", "deck_setting"].into_iter().filter(is_table).count() > 1
}

impl Manifest {
    /// Reads the manifest of a folder.
    pub(super) fn load(folder: &Path) -> Result<Self> {
        let path = folder.join(MANIFEST);
        let unread = |error: io::Error| damaged(format!("{}: cannot be read: {error}", path.display()));
        let found = fs::symlink_metadata(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => damaged(format!(
                "{}: this is an export of everything, or a part of one, without its `{MANIFEST}`",
                folder.display()
            ))
            .hint(format!("to import its banks alone, name their folder: `{BANKS}`")),
            _ => unread(error),
        })?;
        if !found.is_file() || found.len() > LARGEST {
            return Err(damaged(format!("{}: this is no manifest", path.display())));
        }
        let mut text = Vec::new();
        File::open(&path).and_then(|file| file.take(LARGEST).read_to_end(&mut text)).map_err(unread)?;
        serde_json::from_slice(&text)
            .map_err(|error| damaged(format!("{}: this is no manifest: {error}", path.display())))
    }

    /// All files that it names, itself left out.
    pub(super) fn files(&self) -> impl Iterator<Item = &WrittenFile> {
        self.tables.iter().map(|table| &table.file).chain(&self.media).chain(&self.people)
    }

    /// Fails if its version is newer than this program, or if it names files that are none of such a folder.
    pub(super) fn check(&self) -> Result<()> {
        if self.format != FORMAT {
            return Err(damaged("this is no export of everything"));
        }
        if self.version > VERSION {
            return Err(Error::person(format!(
                "it was written by a newer program (format {}, this one knows {VERSION})",
                self.version
            ))
            .named("newer-export")
            .hint("install the newest `retain`; nothing was changed"));
        }
        for table in &self.tables {
            let plain = table.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
            if !plain || table.file.file != format!("{TABLES}/{}.jsonl", table.name) {
                return Err(damaged(format!(
                    "the manifest names a table in a file that is none: {:.100}",
                    table.file.file
                )));
            }
        }
        for file in &self.media {
            if media_name(&file.file).is_none() {
                return Err(damaged(format!(
                    "the manifest names a file of media that leads elsewhere: {:.100}",
                    file.file
                )));
            }
        }
        let mut names: Vec<&str> = self.files().map(|file| file.file.as_str()).collect();
        names.sort_unstable();
        match names.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(twice) => Err(damaged(format!("the manifest names {:.100} twice", twice[0]))),
            None => Ok(()),
        }
    }

    /// Files in the folder that it does not name, but for those that systems make by themselves.
    pub(super) fn foreign_files(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut foreign = Vec::new();
        for (inner, all) in [("", true), (TABLES, false), (MEDIA, false), (BANKS, false)] {
            let path = folder.join(inner);
            let entries = match fs::read_dir(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                entries => entries?,
            };
            for entry in entries {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                let stray = name.starts_with('.') || STRAY.contains(&name.as_str());
                let within = if inner.is_empty() { name.clone() } else { format!("{inner}/{name}") };
                let own_folder = all && [TABLES, MEDIA, BANKS].contains(&name.as_str());
                let known = within == MANIFEST || self.files().any(|file| file.file == within);
                if !(stray || own_folder || known) {
                    foreign.push(entry.path());
                }
            }
        }
        foreign.sort();
        Ok(foreign)
    }
}

/// The name of a file of media by its path within the folder; `None` if it leads elsewhere.
pub(super) fn media_name(file: &str) -> Option<&str> {
    file.strip_prefix(MEDIA)?.strip_prefix('/').filter(|name| is_plain(name))
}

/// Whether a name is that of a file, and not a way elsewhere.
pub(super) fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 255
        && !name.starts_with('.')
        && name.chars().all(|char| !char.is_control() && !matches!(char, '/' | '\\' | ':'))
}

/// A hash as it is written.
fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Counts and hashes what is written through it.
pub(super) struct HashedWriter<W> {
    out: W,
    bytes: u64,
    hash: Sha256,
}

impl<W: Write> HashedWriter<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, bytes: 0, hash: Sha256::new() }
    }

    /// What was written, and what it was written into.
    pub(super) fn finish(self, file: String) -> (WrittenFile, W) {
        (WrittenFile { file, bytes: self.bytes, sha256: hex(self.hash) }, self.out)
    }
}

impl<W: Write> Write for HashedWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.hash.update(&bytes[..count]);
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Fails if a file is not as it was written. `step` is called with the bytes of each piece.
pub(super) fn verify_file(folder: &Path, written: &WrittenFile, mut step: impl FnMut(u64) -> Result<()>) -> Result<()> {
    let path = folder.join(&written.file);
    let shown = path.display();
    let found = fs::symlink_metadata(&path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => damaged(format!("{shown}: this file is missing")),
        _ => damaged(format!("{shown}: cannot be read: {error}")),
    })?;
    if !found.is_file() {
        return Err(damaged(format!("{shown}: this is no ordinary file")));
    }
    if found.len() != written.bytes {
        return Err(damaged(format!("{shown}: it has {} bytes, and {} were written", found.len(), written.bytes)));
    }
    let unread = |error: io::Error| damaged(format!("{shown}: cannot be read: {error}"));
    let mut file = BufReader::with_capacity(1 << 20, File::open(&path).map_err(unread)?);
    let (mut hash, mut piece) = (Sha256::new(), vec![0; 1 << 20]);
    loop {
        let count = file.read(&mut piece).map_err(unread)?;
        if count == 0 {
            break;
        }
        hash.update(&piece[..count]);
        step(count as u64)?;
    }
    if hex(hash) != written.sha256.to_lowercase() {
        return Err(damaged(format!("{shown}: it is not as it was written")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_files_are_media() {
        assert_eq!(media_name("media/0a1b.png"), Some("0a1b.png"));
        for odd in [
            "media/../a",
            "media/..",
            "media/",
            "media",
            "/media/a",
            "media//a",
            "media/a/b",
            "media/a\\b",
            "media/c:a",
            "media/.a",
            "mediaa",
            "tables/a",
            "media/a\n",
        ] {
            assert_eq!(media_name(odd), None, "{odd}");
        }
    }
}
