//! Pictures and sounds are copied into the data folder, each under a hash of its content.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::bank::media::{ending, linked};
use crate::bank::{Bank, Problem, Severity};
use crate::error::{Error, Result};
use crate::private;

/// Names of files are derived from this name and the content.
const NAMESPACE: Uuid = Uuid::from_u128(0x7265_7461_696e_4d65_6469_6120_6669_6c65);
/// A larger file is no picture of a question.
const LARGEST: u64 = 50 << 20;

/// The media folder next to a database.
pub(super) struct MediaFolder {
    path: PathBuf,
}

/// The media of the questions of a bank: for each question its names and files.
pub(super) type MediaFiles = Vec<Vec<(String, String)>>;

/// Copies the media of questions that were written by hand; `source` is a file beside them.
pub(in crate::study) fn question_media(db: &Path, bank: &mut Bank, source: &Path) -> Result<MediaFiles> {
    MediaFolder::beside(db).gather(bank, source, false)
}

impl MediaFolder {
    pub(super) fn beside(db: &Path) -> Self {
        Self { path: db.with_file_name("media") }
    }

    /// Finds the media of a bank, in the file and next to it, and copies them unless `dry`. What is missing becomes a
    /// problem of the bank.
    pub(super) fn gather(&self, bank: &mut Bank, source: &Path, dry: bool) -> Result<MediaFiles> {
        let beside = source.parent().unwrap_or(Path::new(""));
        let mut found: MediaFiles = vec![Vec::new(); bank.questions.len()];
        let mut problems = Vec::new();
        for (question, found) in bank.questions.iter().zip(&mut found) {
            for media in &question.media {
                found.push((media.name.clone(), self.keep(&media.name, &media.bytes, dry)?));
            }
            for name in linked(question) {
                match read_media(beside, &name) {
                    Ok(bytes) => {
                        let file = self.keep(&name, &bytes, dry)?;
                        found.push((name, file));
                    }
                    Err(why) => problems.push(missing(question.line, &name, why)),
                }
            }
            found.sort_unstable();
        }
        if !problems.is_empty() {
            bank.problems.extend(problems);
            bank.problems.sort_by_key(|problem| (problem.line, problem.column));
        }
        Ok(found)
    }

    /// The file of this content, written if it is not there yet.
    fn keep(&self, name: &str, bytes: &[u8], dry: bool) -> Result<String> {
        let hash = Uuid::new_v5(&NAMESPACE, bytes).simple().to_string();
        let file = ending(name).map_or_else(|| hash.clone(), |end| format!("{hash}.{end}"));
        let path = self.path.join(&file);
        if dry || path.exists() {
            return Ok(file);
        }
        let unwritable = |error: std::io::Error| {
            Error::person(format!("{}: the media cannot be copied: {error}", self.path.display()))
                .hint("make room, or make the folder writable; nothing was imported")
        };
        private::create_folder(&self.path).map_err(unwritable)?;
        let mut copy =
            tempfile::Builder::new().prefix(private::TEMPORARY).tempfile_in(&self.path).map_err(unwritable)?;
        copy.write_all(bytes).and_then(|()| copy.as_file().sync_all()).map_err(unwritable)?;
        copy.persist(&path).map_err(|error| unwritable(error.error))?;
        Ok(file)
    }
}

/// A file next to the bank. Addresses in banks are often encoded (`my%20map.png`) or carry a query.
fn read_media(beside: &Path, name: &str) -> std::result::Result<Vec<u8>, &'static str> {
    let bare = name.split(['?', '#']).next().unwrap_or(name);
    let candidates = [name.to_owned(), bare.to_owned(), decoded(bare)];
    let path = candidates.iter().map(|name| beside.join(name)).find(|path| path.is_file());
    let path = path.ok_or("there is no such file next to the bank")?;
    match fs::metadata(&path) {
        Ok(file) if file.len() > LARGEST => Err("it is larger than 50 MiB"),
        _ => fs::read(&path).map_err(|_| "it cannot be read"),
    }
}

/// `%20` and the like, decoded.
fn decoded(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| name.to_owned())
}

fn missing(line: usize, name: &str, why: &str) -> Problem {
    Problem {
        line,
        column: 1,
        width: name.chars().count().clamp(1, 160),
        severity: Severity::Warning,
        code: "media-missing",
        message: format!("the file `{name}` is not copied: {why}"),
        hint: Some("put it where the bank names it, and import the bank again".into()),
        excerpt: name.chars().take(200).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_names_are_decoded() {
        assert_eq!(decoded("my%20map%2e.png"), "my map..png");
        assert_eq!(decoded("100%.png"), "100%.png");
        assert_eq!(decoded("a%ff.png"), "a%ff.png");
    }
}
